import { jobWith } from "./shared/example.ts";
import { subjectName } from "./shared/pod-security-place.ts";
import { refusedSetting } from "./shared/refused-setting.ts";

const security = [
  "allowPrivilegeEscalation: false",
  "readOnlyRootFilesystem: true",
  "capabilities:",
  "  drop:",
  "    - ALL",
];

export default refusedSetting({
  slug: "unmasked-proc",
  check: "procMount",
  summary: "A container sees the parts of `/proc` that runtimes hide.",
  why: `Runtimes hide or lock what a container has no business with below \`/proc\`: the kernel's keys, timers and memory map, \`sysrq-trigger\`, the settings in
\`/proc/sys\`. With \`procMount: Unmasked\` they are all there, and root in the container can change the node through them.

It is meant for containers that start containers themselves, in a user namespace: with \`hostUsers: false\` its root is nobody on the node, and from
Kubernetes 1.35 on \`baseline\` allows it there.`,
  severity: "warning",
  preset: "recommended",
  aliases: [
    "kube-linter:unsafe-proc-mount",
    "polaris:procMount",
    "trivy:KSV-0027",
    "kics:container_runs_unmasked",
    "pss:baseline/procmount",
    "pss:restricted/procmount",
    "pss:restricted/procmount_restricted",
  ],
  references: [
    "https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline",
    "https://kubernetes.io/docs/concepts/workloads/pods/user-namespaces/",
  ],
  keys: ["procMount"],
  examples: [
    {
      bad: jobWith({ containerSecurity: [...security, "procMount: Unmasked"] }),
      good: jobWith({ containerSecurity: security }),
    },
  ],
  say: (violation) => ({
    message:
      violation.value === "Unmasked"
        ? `${subjectName(violation)} sees all of \`/proc\`, through which root changes the node: remove \`procMount\`.`
        : `\`${violation.value}\` is no \`procMount\`; there are \`Default\` and \`Unmasked\`: remove it.`,
    fix: { title: "Remove `procMount` (containers within this one may not start)" },
  }),
});
