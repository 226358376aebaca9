import { defineRule } from "../../engine/rule.ts";
import { setPath } from "../../languages/yaml/edit.ts";
import { reviewed } from "../shared/edit-fixes.ts";
import { flagOf } from "./shared/security-context.ts";

function constraints(allowed: boolean): string {
  return `apiVersion: security.openshift.io/v1\nkind: SecurityContextConstraints\nmetadata:\n  name: shop\nallowPrivilegedContainer: ${allowed}\nrunAsUser:\n  type: MustRunAsRange\nseLinuxContext:\n  type: MustRunAs\n`;
}

export default defineRule("kubernetes", {
  slug: "privileged-scc",
  summary: "OpenShift's SecurityContextConstraints allow privileged containers.",
  why: `A privileged container is root on its node. Who may use constraints that allow one (see their \`users\` and \`groups\`, or the role that names them) holds every node
that their pods come to. OpenShift brings \`privileged\` for the few that need it; one more of the kind mostly comes from copying it.`,
  category: "security",
  severity: "warning",
  preset: "recommended",
  since: "0.1.0",
  aliases: ["kube-linter:scc-deny-privileged-container"],
  references: [
    "https://docs.openshift.com/container-platform/latest/authentication/managing-security-context-constraints.html",
  ],
  fix: "review",
  keys: ["allowPrivilegedContainer"],
  examples: [{ bad: constraints(true), good: constraints(false) }],
  *check(model) {
    for (const resource of model.resources) {
      if (resource.resourceKind !== "SecurityContextConstraints") continue;
      const entry = resource.entry("allowPrivilegedContainer");
      // The one that OpenShift itself brings.
      if (entry === undefined || flagOf(entry.value) !== true || resource.name === "privileged") continue;
      yield {
        at: entry.keySpan,
        message:
          "Whoever may use these constraints can run containers as root of the node: set `allowPrivilegedContainer: false`.",
        fixes: () =>
          reviewed(
            "Set `allowPrivilegedContainer: false` (privileged pods that use these are refused)",
            setPath(model.document, resource.map, ["allowPrivilegedContainer"], false),
          ),
      };
    }
  },
});
