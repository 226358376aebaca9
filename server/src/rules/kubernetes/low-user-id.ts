import { lowId } from "./shared/low-id.ts";
import { jobWith } from "./shared/example.ts";

const security = ["runAsNonRoot: true", "seccompProfile:", "  type: RuntimeDefault"];

export default lowId({
  slug: "low-user-id",
  key: "runAsUser",
  summary: "A container runs as a user whose number the node may use for somebody else.",
  why: `User numbers mean the same inside a container and on its node. Below 10000 lie the node's own users, so that a process that gets out of its container,
or a shared folder, may belong to a person or a daemon there. A high number that nobody else has is a second wall.

Many good images bring a user of their own in the low range (101, 999, 1000, 65532) and own their files as that user, so that another number breaks them;
\`hostUsers: false\` maps all numbers away and makes this moot. Contested, so it is off until asked for.`,
  aliases: [
    "kube-score:Container Security Context User Group ID",
    "kube-score:container-security-context-user-group-id",
    "trivy:KSV-0020",
    "checkov:CKV_K8S_40",
    "kics:containers_run_with_low_uid",
  ],
  examples: [
    {
      bad: jobWith({ podSecurity: [...security, "runAsUser: 1000"] }),
      good: jobWith({ podSecurity: [...security, "runAsUser: 10001"] }),
    },
  ],
});
