import { unequalRequest } from "./shared/unequal-request.ts";

export default unequalRequest({
  slug: "unequal-cpu-request",
  amount: "cpu",
  sample: ["100m", "500m"],
  risk: "is slowed down only at",
  summary: "A container may use more CPU than it asked for.",
  why: `A container whose CPU limit is above its request is fast where its node is idle and slow where it is not, so tests tell little about production. With both the same it
gets the same everywhere. Together with equal memory that makes the pod \`Guaranteed\`, which pinned CPUs and some latency guarantees need.

Against it: processors, unlike memory, can be lent and taken back at once, and what nobody else uses is wasted then. Most teams do better with requests and no CPU
limits at all, so this is off unless you ask for it.`,
  aliases: [
    "kube-score:Container CPU Requests Equal Limits",
    "kube-score:container-cpu-requests-equal-limits",
    "kube-score:Container Resource Requests Equal Limits",
    "kube-score:container-resource-requests-equal-limits",
  ],
  references: [
    "https://kubernetes.io/docs/concepts/workloads/pods/pod-qos/",
    "https://kubernetes.io/docs/tasks/administer-cluster/cpu-management-policies/",
  ],
});
