import { isSafeSysctl, sysctlSafeSince } from "../../knowledge/pod-security.ts";
import { jobWith } from "./shared/example.ts";
import { refusedSetting } from "./shared/refused-setting.ts";

const security = ["runAsNonRoot: true", "seccompProfile:", "  type: RuntimeDefault"];

export default refusedSetting({
  slug: "unsafe-sysctl",
  check: "sysctls",
  summary: "A pod sets a sysctl that kubelets refuse unless they were told to allow it.",
  why: `Only a handful of sysctls belong to a pod alone and are known to disturb nobody else. For any other one the kubelet rejects the pod
(\`SysctlForbidden\`), over and over, unless the node was started with \`--allowed-unsafe-sysctls\`: the manifest works on one cluster and fails on the
next. \`baseline\` refuses such a pod altogether.

Which ones are safe grew over time; say in the config which release the clusters run. Nodes of a kind, set up by their operator with the values they need, are
the better place for the others.`,
  severity: "warning",
  preset: "recommended",
  aliases: [
    "kube-linter:unsafe-sysctls",
    "trivy:KSV-0026",
    "kics:cluster_allows_unsafe_sysctls",
    "pss:baseline/sysctls",
    "pss:restricted/sysctls",
  ],
  references: [
    "https://kubernetes.io/docs/tasks/administer-cluster/sysctl-cluster/",
    "https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline",
  ],
  keys: ["sysctls"],
  examples: [
    {
      bad: jobWith({ podSecurity: [...security, "sysctls:", "  - name: kernel.msgmax", '    value: "65536"'] }),
      good: jobWith({ podSecurity: security }),
    },
  ],
  say({ value }, _workload, { release }) {
    // Kernels take slashes for dots, and so does the kubelet.
    const name = value.replaceAll("/", ".");
    if (isSafeSysctl(name, release)) return undefined;
    const since = sysctlSafeSince(name);
    return {
      message:
        since === undefined
          ? `\`${value}\` is not a safe sysctl, so that nodes refuse the pod unless they were set up to allow it: remove it, or set it on the nodes.`
          : `\`${value}\` is a safe sysctl from Kubernetes ${since} on only, and nodes of ${release} refuse the pod: remove it, or set it on the nodes.`,
      fix: { title: `Remove \`${value}\` (the kernel's default holds)` },
    };
  },
});
