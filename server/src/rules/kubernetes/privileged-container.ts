import { defineRule } from "../../engine/rule.ts";
import { reviewed } from "../shared/edit-fixes.ts";
import { flagOf } from "./shared/security-context.ts";
import { removePath } from "../../languages/yaml/edit.ts";
import { containersOf, nameOf } from "./shared/workloads.ts";
import { jobWith } from "./shared/example.ts";

export default defineRule("kubernetes", {
  slug: "privileged-container",
  summary: "A container runs privileged, which makes it root on the node.",
  why: `\`privileged: true\` gives a container every capability and every device of the node and turns seccomp and AppArmor off. Root in it is root
on the node, and from there on every pod, volume and token of that node. A flaw in the program is then a flaw in the cluster.

What seems to need it usually needs one capability, one device or one mount. Agents that really manage the node (storage and network plugins) keep
it: say so in a comment behind \`seaworthy ignore\`.`,
  category: "security",
  severity: "error",
  preset: "minimal",
  since: "0.1.0",
  aliases: [
    "kube-linter:privileged-container",
    "kube-score:container-security-context-privileged",
    "polaris:runAsPrivileged",
    "trivy:KSV-0017",
    "checkov:CKV_K8S_16",
    "kics:container_is_privileged",
    "pss:baseline/privileged",
    "pss:baseline/base",
    "pss:restricted/privileged",
  ],
  references: ["https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline"],
  fix: "review",
  examples: [
    {
      bad: jobWith({ containerSecurity: ["readOnlyRootFilesystem: true", "privileged: true"] }),
      good: jobWith({}),
      fixed: false,
    },
  ],
  keys: ["privileged"],
  *check(model) {
    for (const { pod, container } of containersOf(model)) {
      const entry = container.entry("securityContext", "privileged");
      if (entry === undefined || flagOf(entry.value) !== true) continue;
      // Root of a user namespace is nobody on the node, whatever it may do inside.
      const contained = flagOf(pod.get("hostUsers")) === false;
      yield {
        at: entry.keySpan,
        message: `${nameOf(container)} is privileged, which makes it root ${contained ? "of all that its user namespace reaches" : "on the node"}: remove it and add the one capability or device it needs.`,
        ...(contained ? { severity: "info" } : {}),
        fixes: () =>
          reviewed(
            "Remove `privileged` (what needs it stops working)",
            removePath(model.document, container.map, ["securityContext", "privileged"]),
          ),
      };
    }
  },
});
