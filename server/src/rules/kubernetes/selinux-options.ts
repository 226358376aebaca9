import { jobWith } from "./shared/example.ts";
import { holderName } from "./shared/pod-security-place.ts";
import { refusedSetting } from "./shared/refused-setting.ts";

const security = ["runAsNonRoot: true", "seccompProfile:", "  type: RuntimeDefault"];

export default refusedSetting({
  slug: "selinux-options",
  check: "seLinuxOptions",
  summary: "A container asks for an SELinux type, user or role of its own.",
  why: `SELinux keeps containers apart from the node and from each other by their labels. \`spc_t\`, the type people ask for when a file cannot be read,
switches that off, and a user or role of one's own may do the same. \`baseline\` allows the four types that container runtimes bring and no user or role.

Mostly the files are labelled wrongly: \`level\` alone, a volume's \`seLinuxMount\`, or relabelling mends that. On nodes without SELinux nothing
of it counts.`,
  severity: "info",
  preset: "recommended",
  aliases: ["trivy:KSV-0025", "pss:baseline/selinuxoptions", "pss:restricted/selinuxoptions"],
  references: [
    "https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline",
    "https://kubernetes.io/docs/tasks/configure-pod-container/security-context/#assign-selinux-labels-to-a-container",
  ],
  keys: ["seLinuxOptions"],
  examples: [
    {
      bad: jobWith({ podSecurity: [...security, "seLinuxOptions:", "  type: spc_t"] }),
      good: jobWith({ podSecurity: security }),
    },
  ],
  say(violation) {
    const { value, place } = violation;
    const key = String(place?.path.at(-1) ?? "");
    const off = key === "type" && value === "spc_t";
    return {
      message: off
        ? `\`spc_t\` switches SELinux off for ${holderName(violation)}: remove it, or label the files that it cannot read.`
        : `SELinux ${key} \`${value}\` of ${holderName(violation)} may loosen what keeps containers apart, and Pod Security \`baseline\` refuses it: remove it.`,
      ...(off ? { severity: "warning" } : {}),
      fix: { title: `Remove \`${key}\` (what it could reach may be denied)` },
    };
  },
});
