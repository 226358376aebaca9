import { jobWith } from "./shared/example.ts";
import { refusedSetting } from "./shared/refused-setting.ts";
import { nameOf } from "./shared/workloads.ts";

const security = ["runAsNonRoot: true", "seccompProfile:", "  type: RuntimeDefault"];

export default refusedSetting({
  slug: "windows-host-process",
  check: "windowsHostProcess",
  summary: "A container runs as a process of the Windows node itself.",
  why: `A HostProcess container is no container: its program runs on the node, with the node's file system, network and, mostly, \`NT AUTHORITY\\SYSTEM\`.
It is what \`privileged\` is on Linux. \`baseline\` refuses it.

Network plugins, storage drivers and exporters for Windows nodes need it; keep those in a namespace of their own.`,
  severity: "warning",
  preset: "recommended",
  aliases: [
    "polaris:hostProcess",
    "trivy:KSV-0103",
    "pss:baseline/windowshostprocess",
    "pss:restricted/windowshostprocess",
  ],
  references: [
    "https://kubernetes.io/docs/tasks/configure-pod-container/create-hostprocess-pod/",
    "https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline",
  ],
  keys: ["hostProcess"],
  examples: [
    {
      bad: jobWith({ podSecurity: [...security, "windowsOptions:", "  hostProcess: true"] }),
      good: jobWith({ podSecurity: security }),
    },
  ],
  say: (violation) => ({
    message: `${violation.container === undefined ? "Every container of the pod" : nameOf(violation.container)} runs as a process of the Windows node itself: remove \`hostProcess\`, unless it manages the node.`,
    fix: { title: "Remove `hostProcess` (what it did to the node no longer works)" },
  }),
});
