import { appArmorAnnotationPrefix } from "../../knowledge/pod-security.ts";
import { jobWith } from "./shared/example.ts";
import { holderName } from "./shared/pod-security-place.ts";
import { refusedSetting } from "./shared/refused-setting.ts";

const security = ["runAsNonRoot: true", "seccompProfile:", "  type: RuntimeDefault"];

export default refusedSetting({
  slug: "unconfined-apparmor",
  check: "appArmorProfile",
  summary: "A container turns its AppArmor profile off.",
  why: `On nodes with AppArmor every container has the runtime's default profile, which keeps it from mounting file systems and from writing to the kernel's
interfaces below \`/proc\` and \`/sys\`. \`Unconfined\` takes that away, mostly because one access was denied years ago and nobody asked which.

Give the program a profile of its own (\`Localhost\`) where the default denies something it needs. On nodes without AppArmor the setting does nothing.`,
  severity: "warning",
  preset: "recommended",
  aliases: ["trivy:KSV-0002", "pss:baseline/apparmorprofile", "pss:restricted/apparmorprofile"],
  references: [
    "https://kubernetes.io/docs/tutorials/security/apparmor/",
    "https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline",
  ],
  keys: ["appArmorProfile", "annotations"],
  examples: [
    {
      bad: jobWith({ podSecurity: [...security, "appArmorProfile:", "  type: Unconfined"] }),
      good: jobWith({ podSecurity: [...security, "appArmorProfile:", "  type: RuntimeDefault"] }),
    },
  ],
  say(violation) {
    const { value, place } = violation;
    const annotation = place?.path[0] === "annotations" ? String(place.path[1]) : undefined;
    const annotated = annotation !== undefined;
    const owner = annotated ? `\`${annotation.slice(appArmorAnnotationPrefix.length)}\`` : holderName(violation);
    const known = value === "Unconfined" || value === "unconfined";
    return {
      message: known
        ? `\`${value}\` turns AppArmor off for ${owner}: use \`${annotated ? "runtime/default" : "RuntimeDefault"}\`, or a profile of its own.`
        : `\`${value}\` is no AppArmor profile that Kubernetes knows: use \`${annotated ? "runtime/default" : "RuntimeDefault"}\`${annotated ? "" : " or `Localhost`"}.`,
      fix: {
        title: `Change it to \`${annotated ? "runtime/default" : "RuntimeDefault"}\` (rare accesses are denied)`,
        value: annotated ? "runtime/default" : "RuntimeDefault",
      },
    };
  },
});
