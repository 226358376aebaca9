import { defineRule } from "../../engine/rule.ts";
import { removePath } from "../../languages/yaml/edit.ts";
import { reviewed } from "../shared/edit-fixes.ts";
import { flagOf } from "./shared/security-context.ts";
import { workloadsOf } from "./shared/workloads.ts";
import { jobWith } from "./shared/example.ts";

const namespaces = [
  { key: "hostNetwork", gives: "the node's network interfaces, past every NetworkPolicy" },
  { key: "hostPID", gives: "every process of the node, with its environment and files" },
  { key: "hostIPC", gives: "the shared memory of every process of the node" },
] as const;

export default defineRule("kubernetes", {
  slug: "host-namespace",
  summary: "A pod shares a namespace of the node: its network, its processes or its shared memory.",
  why: `\`hostNetwork\` lets a pod listen on the node's interfaces, reach services that only listen on the node's loopback, and step past network
policies; two such pods on one node fight for the port. \`hostPID\` shows it every process of the node, environment variables and all.
\`hostIPC\` opens the shared memory of other programs.

Network plugins, node exporters and ingress controllers on bare metal have a reason: keep it there, with that reason in a comment.`,
  category: "security",
  severity: "warning",
  preset: "recommended",
  since: "0.1.0",
  aliases: [
    "kube-linter:host-network",
    "kube-linter:host-pid",
    "kube-linter:host-ipc",
    "polaris:hostNetworkSet",
    "polaris:hostPIDSet",
    "polaris:hostIPCSet",
    "trivy:KSV-0008",
    "trivy:KSV-0009",
    "trivy:KSV-0010",
    "checkov:CKV_K8S_17",
    "checkov:CKV_K8S_18",
    "checkov:CKV_K8S_19",
    "kics:shared_host_network_namespace",
    "kics:shared_host_pid_namespace",
    "kics:shared_host_ipc_namespace",
    "pss:baseline/hostnamespaces",
    "pss:baseline/base",
    "pss:restricted/hostnamespaces",
  ],
  references: ["https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline"],
  fix: "review",
  examples: [{ bad: jobWith({ podEnd: ["hostPID: true"] }), good: jobWith({}) }],
  keys: ["hostNetwork", "hostPID", "hostIPC"],
  *check(model) {
    for (const { pod } of workloadsOf(model)) {
      for (const { key, gives } of namespaces) {
        const entry = pod.entry(key);
        if (entry === undefined || flagOf(entry.value) !== true) continue;
        yield {
          at: entry.keySpan,
          message: `\`${key}\` opens ${gives}: remove it, unless the pod manages the node itself.`,
          fixes: () =>
            reviewed(
              `Remove \`${key}\` (what the pod reaches through it is gone)`,
              removePath(model.document, pod.spec, [key]),
            ),
        };
      }
    }
  },
});
