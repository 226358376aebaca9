import { unequalRequest } from "./shared/unequal-request.ts";

export default unequalRequest({
  slug: "unequal-memory-request",
  amount: "memory",
  sample: ["64Mi", "128Mi"],
  risk: "may take memory that nobody set aside for it up to",
  summary: "A container may take more memory than it asked for.",
  why: `Memory between request and limit is promised to nobody. Where many pods of a node take it at once, the node runs out although each is within its limit, and the
kubelet evicts or the kernel kills some of them. With both the same, what a pod may take it also has, and it is among the last to be evicted.

Against it: what programs need for a moment then lies idle most of the time, and a cluster holds fewer of them. Many run well with a request for the ordinary day and
a limit for the worst one, so this is off unless you ask for it.`,
  aliases: [
    "kube-score:Container Memory Requests Equal Limits",
    "kube-score:container-memory-requests-equal-limits",
    "kube-score:Container Resource Requests Equal Limits",
    "kube-score:container-resource-requests-equal-limits",
  ],
  references: [
    "https://kubernetes.io/docs/concepts/workloads/pods/pod-qos/",
    "https://kubernetes.io/docs/concepts/scheduling-eviction/node-pressure-eviction/",
  ],
});
