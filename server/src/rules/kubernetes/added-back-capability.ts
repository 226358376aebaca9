import { baselineCapabilities } from "../../knowledge/pod-security.ts";
import { jobWith } from "./shared/example.ts";
import { subjectName } from "./shared/pod-security-place.ts";
import { refusedSetting } from "./shared/refused-setting.ts";

export default refusedSetting({
  slug: "added-back-capability",
  check: "capabilities_restricted",
  summary: "A container adds a capability that Pod Security `restricted` does not allow.",
  why: `To drop \`ALL\` and add back the few that are needed is good practice, and for a program that starts as root and becomes another user
(\`CHOWN\`, \`SETUID\`, \`SETGID\`) there is no other way. The level \`restricted\` still refuses it: there only \`NET_BIND_SERVICE\` may be added.

Turn this on where namespaces are to reach \`restricted\`. An image that starts as its own user needs none of these.`,
  severity: "hint",
  preset: "all",
  aliases: ["kubescape:C-0046", "pss:restricted/capabilities_restricted", "pss:restricted/base"],
  references: ["https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted"],
  keys: ["capabilities"],
  examples: [
    {
      bad: jobWith({ containerSecurity: [...hardened(), "  add:", "    - CHOWN"] }),
      good: jobWith({ containerSecurity: hardened() }),
    },
  ],
  say(violation) {
    const { value } = violation;
    if (!baselineCapabilities.has(value) || value === "NET_BIND_SERVICE") return undefined;
    return {
      message: `${subjectName(violation)} adds \`${value}\` back, which Pod Security \`restricted\` refuses: run the image as a user that does not need it.`,
      fix: { title: `Remove \`${value}\` (what needs it stops working)` },
    };
  },
});

function hardened(): readonly string[] {
  return ["allowPrivilegeEscalation: false", "readOnlyRootFilesystem: true", "capabilities:", "  drop:", "    - ALL"];
}
