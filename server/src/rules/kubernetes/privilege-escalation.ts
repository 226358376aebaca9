import { defineRule } from "../../engine/rule.ts";
import { flagOf, isAllPowerful, setInContainer } from "./shared/security-context.ts";
import { containersOf, nameOf } from "./shared/workloads.ts";
import { jobWith } from "./shared/example.ts";

export default defineRule("kubernetes", {
  slug: "privilege-escalation",
  summary: "A container may gain more privileges than it was started with.",
  why: `Without \`allowPrivilegeEscalation: false\` a process may run a setuid program such as \`su\` or \`ping\` and come out as root, whatever
\`runAsUser\` says. The setting turns on the kernel's \`no_new_privs\` flag, which ends that for good. Hardly any service needs setuid programs.

The exceptions are images whose start script calls \`sudo\`, and containers that are privileged or add \`SYS_ADMIN\`: for those Kubernetes
refuses the setting, and this rule is silent.`,
  category: "security",
  severity: "info",
  preset: "strict",
  since: "0.1.0",
  aliases: [
    "kube-linter:privilege-escalation-container",
    "polaris:privilegeEscalationAllowed",
    "trivy:KSV-0001",
    "checkov:CKV_K8S_20",
    "kics:privilege_escalation_allowed",
    "pss:restricted/allowprivilegeescalation",
    "pss:restricted/base",
    "pss:restricted/base_windows",
  ],
  references: [
    "https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted",
    "https://kubernetes.io/docs/tasks/configure-pod-container/security-context/",
  ],
  fix: "review",
  examples: [
    {
      bad: jobWith({ containerSecurity: ["readOnlyRootFilesystem: true", "capabilities:", "  drop:", "    - ALL"] }),
      good: jobWith({
        containerSecurity: [
          "readOnlyRootFilesystem: true",
          "capabilities:",
          "  drop:",
          "    - ALL",
          "allowPrivilegeEscalation: false",
        ],
      }),
    },
  ],
  *check(model) {
    for (const { pod, container, whole } of containersOf(model)) {
      if (pod.windows || isAllPowerful(container)) continue;
      const entry = container.entry("securityContext", "allowPrivilegeEscalation");
      const allowed = flagOf(entry?.value);
      if (allowed === false || allowed === "unknown") continue;
      if (allowed === undefined && !whole) continue;
      yield {
        at: entry?.keySpan ?? container.at,
        message: `${nameOf(container)} may gain privileges through setuid programs: set \`allowPrivilegeEscalation: false\` in its \`securityContext\`.`,
        fixes: () =>
          setInContainer(
            model,
            container,
            ["allowPrivilegeEscalation"],
            false,
            "Set `allowPrivilegeEscalation: false` (setuid programs such as `sudo` stop working)",
          ),
      };
    }
  },
});
