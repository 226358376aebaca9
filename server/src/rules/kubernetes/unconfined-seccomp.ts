import { jobWith } from "./shared/example.ts";
import { holderName } from "./shared/pod-security-place.ts";
import { refusedSetting } from "./shared/refused-setting.ts";
import { flagOf } from "./shared/security-context.ts";

const type = ["securityContext", "seccompProfile", "type"] as const;

export default refusedSetting({
  slug: "unconfined-seccomp",
  check: "seccompProfile_baseline",
  summary: "A container turns the filter of system calls off.",
  why: `A container shares the kernel with everything else on the node, and most ways out of one go through a rare system call. \`Unconfined\` lets all of them
through, even where the node would filter by default.

Programs that trace or sandbox others (debuggers, some browsers) may need more than \`RuntimeDefault\` allows: give them a \`Localhost\` profile
that names it.`,
  severity: "warning",
  preset: "recommended",
  aliases: [
    "trivy:KSV-0104",
    "trivy:KSV-0030",
    "kube-score:container-seccomp-profile",
    "checkov:CKV_K8S_31",
    "kics:seccomp_profile_is_not_configured",
    "pss:baseline/seccompprofile_baseline",
    "pss:restricted/seccompprofile_baseline",
    "pss:restricted/seccompprofile_restricted",
  ],
  references: [
    "https://kubernetes.io/docs/tutorials/security/seccomp/",
    "https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline",
  ],
  keys: ["seccompProfile", "annotations"],
  examples: [
    {
      bad: jobWith({ podSecurity: ["runAsNonRoot: true", "seccompProfile:", "  type: Unconfined"] }),
      good: jobWith({}),
    },
  ],
  say(violation, { pod }) {
    const { value, place, container } = violation;
    // A privileged container runs unconfined whatever is asked for.
    const filtered = pod.containers.filter((one) => flagOf(one.get("securityContext", "privileged")) !== true);
    if (filtered.length === 0 || (container !== undefined && !filtered.includes(container))) return undefined;
    const annotated = place?.path[0] === "annotations";
    // What every container sets for itself, the pod need not.
    const unused = container === undefined && !annotated && filtered.every((one) => one.get(...type) !== undefined);
    if (unused) return undefined;
    const known = value.toLowerCase() === "unconfined";
    const instead = annotated ? "runtime/default" : "RuntimeDefault";
    return {
      message: known
        ? `\`${value}\` turns the filter of system calls off${container === undefined ? "" : ` for ${holderName(violation)}`}: use \`${instead}\`.`
        : `\`${value}\` is no seccomp profile that Kubernetes knows: use \`${instead}\`.`,
      fix: { title: `Change it to \`${instead}\` (rare system calls are refused)`, value: instead },
    };
  },
});
