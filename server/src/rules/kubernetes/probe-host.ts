import { atLeast } from "../../knowledge/deprecated-apis.ts";
import { podSecurityChecks } from "../../knowledge/pod-security.ts";
import { serviceWith } from "./shared/example.ts";
import { holderName } from "./shared/pod-security-place.ts";
import { refusedSetting } from "./shared/refused-setting.ts";
import { flagOf } from "./shared/security-context.ts";

const readiness = ["readinessProbe:", "  tcpSocket:", "    port: http", "  periodSeconds: 10"];

export default refusedSetting({
  slug: "probe-host",
  check: "hostProbesAndHostLifecycle",
  summary: "A probe or a lifecycle hook asks another host than the pod itself.",
  why: `Probes and \`httpGet\` hooks are sent by the kubelet, from the node, to the pod's own address. With \`host\` they go to whatever is written there:
\`localhost\` is the node, not the container, and another name tells how that other service is doing, so that its outage restarts this one. It is
also a way to make the kubelet talk to addresses that the pod cannot reach; from Kubernetes 1.34 on \`baseline\` refuses it.

A virtual host is asked for with the header \`Host\` instead. Pods with \`hostNetwork\` that listen on the loopback alone are the exception.`,
  severity: "warning",
  preset: "recommended",
  aliases: ["pss:baseline/hostprobesandhostlifecycle", "pss:restricted/hostprobesandhostlifecycle"],
  references: [
    "https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline",
    "https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/#http-probes",
  ],
  keys: ["host"],
  examples: [
    {
      bad: serviceWith({ container: [...readiness, ...liveness("    host: localhost")] }),
      good: serviceWith({ container: [...readiness, ...liveness()] }),
    },
  ],
  say(violation, { pod, whole }, { release }) {
    const { value } = violation;
    const loopback = /^(?:localhost|127\.\d+\.\d+\.\d+|::1)$/.test(value);
    const network = flagOf(pod.get("hostNetwork"));
    if (loopback && (network === "unknown" || (network === undefined && !whole))) return undefined;
    const shared = network === true;
    const since = podSecurityChecks.hostProbesAndHostLifecycle.from;
    const refused = atLeast(release, since);
    if (loopback && shared && !refused) return undefined;
    const instead =
      loopback && !shared ? `which is the node and not ${holderName(violation)}` : "and not of the pod itself";
    return {
      message:
        loopback && shared
          ? `Pod Security \`baseline\` refuses a \`host\` here since Kubernetes ${since}: have the program listen on the pod's address, and remove it.`
          : `This is asked of \`${value}\`, ${instead}: remove \`host\`, or send the name as a \`Host\` header.`,
      ...(loopback && shared ? { severity: "hint" } : {}),
      fix: { title: "Remove `host` (the pod itself is asked)" },
    };
  },
});

function liveness(...more: readonly string[]): readonly string[] {
  return [
    "livenessProbe:",
    "  tcpSocket:",
    "    port: http",
    ...more,
    "  initialDelaySeconds: 15",
    "  periodSeconds: 20",
  ];
}
