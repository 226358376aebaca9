import { defineRule, type Problem } from "../../engine/rule.ts";
import { capabilityName, linuxCapabilities } from "../../knowledge/capabilities.ts";
import { baselineCapabilities } from "../../knowledge/pod-security.ts";
import { replaceScalar } from "../../languages/yaml/edit.ts";
import type { KubernetesModel } from "../../languages/kubernetes/model.ts";
import { isUnknown, itemsOf, scalarText } from "../../languages/yaml/path.ts";
import { closestOf } from "../../text/closest.ts";
import { editFixes } from "../shared/edit-fixes.ts";
import { oncePerPlace } from "../shared/once-per-place.ts";
import { jobWith } from "./shared/example.ts";
import { containersOf } from "./shared/workloads.ts";

const security = ["allowPrivilegeEscalation: false", "readOnlyRootFilesystem: true", "capabilities:", "  drop:"];

export default defineRule("kubernetes", {
  slug: "misspelt-capability",
  summary: "A capability is not written the way Kubernetes names it.",
  why: `Kubernetes hands the names to the container runtime as they are, in capitals and without \`CAP_\`. Some runtimes forgive another spelling, others do not
start the container (\`unknown capability\`) or drop nothing. Pod Security forgives none: to it \`drop: [all]\` drops nothing, and \`CAP_CHOWN\`
is a capability it does not know.`,
  category: "correctness",
  severity: "info",
  preset: "recommended",
  since: "0.1.0",
  aliases: [
    "pss:baseline/capabilities_baseline",
    "pss:restricted/capabilities_baseline",
    "pss:restricted/capabilities_restricted",
  ],
  references: [
    "https://kubernetes.io/docs/tasks/configure-pod-container/security-context/#set-capabilities-for-a-container",
    "https://man7.org/linux/man-pages/man7/capabilities.7.html",
  ],
  fix: "review",
  examples: [
    {
      bad: jobWith({ containerSecurity: [...security, "    - all"] }),
      good: jobWith({ containerSecurity: [...security, "    - ALL"] }),
    },
  ],
  keys: ["capabilities"],
  *check(model) {
    yield* oncePerPlace(problems(model));
  },
});

function* problems(model: KubernetesModel): Iterable<Problem> {
  for (const { container } of containersOf(model)) {
    for (const key of ["add", "drop"]) {
      for (const item of itemsOf(container.get("securityContext", "capabilities", key))) {
        const written = scalarText(item);
        if (item.type !== "scalar" || written === undefined || isUnknown(item, "kubernetes")) continue;
        const name = capabilityName(written);
        const known = linuxCapabilities.has(name);
        const meant = known ? name : closestOf(name, [...linuxCapabilities]);
        // Where it should not be added at all, that is what there is to say.
        if (meant === written || (key === "add" && known && !baselineCapabilities.has(name))) continue;
        const message = known
          ? `Kubernetes names this capability \`${name}\`, and Pod Security and some container runtimes do not know \`${written}\`: write \`${name}\`.`
          : `\`${written}\` is no capability of Linux${meant === undefined ? ": remove it." : `. Did you mean \`${meant}\`?`}`;
        yield {
          at: item.span,
          message,
          ...(known ? {} : { severity: "warning" }),
          fixes: () =>
            meant === undefined
              ? []
              : editFixes(`Change to \`${meant}\``, "review", replaceScalar(model.document, item, meant)),
        };
      }
    }
  }
}
