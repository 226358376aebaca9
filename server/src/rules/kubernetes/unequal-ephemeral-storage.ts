import { unequalRequest } from "./shared/unequal-request.ts";

export default unequalRequest({
  slug: "unequal-ephemeral-storage",
  amount: "ephemeral-storage",
  sample: ["1Gi", "2Gi"],
  risk: "may fill the node's disk up to",
  summary: "A container may fill more of the node's disk than it asked for.",
  why: `The scheduler counts the request. What containers write beyond it (logs, \`emptyDir\`, their own file system) fills a disk that was promised to others, and a node that runs
short of it evicts pods. With both the same there is always room for what is allowed. Most clusters do well without, so this is off unless you ask for it.`,
  aliases: [
    "kube-score:Container Ephemeral Storage Request Equals Limit",
    "kube-score:container-ephemeral-storage-request-equals-limit",
  ],
  references: ["https://kubernetes.io/docs/concepts/storage/ephemeral-storage/"],
});
