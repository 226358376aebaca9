import { jobWith } from "./shared/example.ts";
import { subjectName } from "./shared/pod-security-place.ts";
import { refusedSetting } from "./shared/refused-setting.ts";
import { flagOf } from "./shared/security-context.ts";

export default refusedSetting({
  slug: "host-port",
  check: "hostPorts",
  summary: "A container takes a port of the node it runs on.",
  why: `A \`hostPort\` opens the container on every address of its node, past Services and, with many network plugins, past network policies. It is also
scarce: only one pod per node can have it, so further replicas stay pending and a rolling update with as many pods as nodes does not start.

A Service gives a stable address without either. Ingress controllers and DNS caches that run as a DaemonSet have a reason, and are only hinted at.`,
  severity: "info",
  preset: "recommended",
  aliases: [
    "polaris:hostPortSet",
    "trivy:KSV-0024",
    "checkov:CKV_K8S_26",
    "kics:workload_host_port_not_specified",
    "kubescape:C-0044",
    "pss:baseline/hostports",
    "pss:restricted/hostports",
  ],
  references: [
    "https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline",
    "https://kubernetes.io/docs/concepts/configuration/overview/#services",
  ],
  keys: ["hostPort"],
  examples: [
    {
      bad: jobWith({ container: ["ports:", "  - containerPort: 8080", "    hostPort: 80"] }),
      good: jobWith({ container: ["ports:", "  - containerPort: 8080"] }),
    },
  ],
  say(violation, { pod }) {
    const { value } = violation;
    const shared = flagOf(pod.get("hostNetwork")) === true;
    return {
      message: shared
        ? `${subjectName(violation)} takes port \`${value}\` of the node, as every port of a pod with \`hostNetwork\` does: leave \`hostPort\` out.`
        : `${subjectName(violation)} takes port \`${value}\` of its node, which only one pod per node can have: remove it and use a Service.`,
      ...(shared || pod.workload === "DaemonSet" ? { severity: "hint" } : {}),
      fix: { title: `Remove \`hostPort: ${value}\` (who connects to the node's port needs a Service)` },
    };
  },
});
