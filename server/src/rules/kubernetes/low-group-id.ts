import { lowId } from "./shared/low-id.ts";
import { jobWith } from "./shared/example.ts";

const security = ["runAsNonRoot: true", "seccompProfile:", "  type: RuntimeDefault"];

export default lowId({
  slug: "low-group-id",
  key: "runAsGroup",
  summary: "A container runs with a group whose number the node may use for somebody else.",
  why: `Group numbers mean the same inside a container and on its node, and where none is given it is mostly the group of root. What that group may read on a
shared folder, the container may read. A high number of its own belongs to nobody else.

Images own their files by groups in the low range, too, and those made for OpenShift by group 0; they break with another one. Contested, so it is off
until asked for.`,
  aliases: [
    "kube-score:Container Security Context User Group ID",
    "kube-score:container-security-context-user-group-id",
    "trivy:KSV-0021",
  ],
  examples: [
    {
      bad: jobWith({ podSecurity: [...security, "runAsGroup: 1000"] }),
      good: jobWith({ podSecurity: [...security, "runAsGroup: 10001"] }),
    },
  ],
});
