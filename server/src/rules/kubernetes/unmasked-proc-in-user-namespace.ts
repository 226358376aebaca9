import { userNamespaceCounts } from "../../knowledge/pod-security.ts";
import { jobWith } from "./shared/example.ts";
import { subjectName } from "./shared/pod-security-place.ts";
import { refusedSetting } from "./shared/refused-setting.ts";
import { flagOf } from "./shared/security-context.ts";

const security = [
  "allowPrivilegeEscalation: false",
  "readOnlyRootFilesystem: true",
  "capabilities:",
  "  drop:",
  "    - ALL",
];

export default refusedSetting({
  slug: "unmasked-proc-in-user-namespace",
  check: "procMount_restricted",
  summary:
    "A container with a user namespace of its own sees the parts of `/proc` that runtimes hide, which `restricted` refuses.",
  why: `With \`hostUsers: false\` the root of a pod is nobody on the node, so that an unmasked \`/proc\` does little harm, and containers within a container need
it. The level \`restricted\` refuses it all the same: what it hides is a surface for attacks on the kernel.

Turn this on where namespaces are to reach \`restricted\`; builders and sandboxes belong in one that enforces \`baseline\`.`,
  severity: "hint",
  preset: "all",
  aliases: ["pss:restricted/procmount_restricted", "pss:restricted/procmount"],
  references: ["https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted"],
  keys: ["procMount"],
  examples: [
    {
      bad: jobWith({ containerSecurity: [...security, "procMount: Unmasked"], podEnd: ["hostUsers: false"] }),
      good: jobWith({ containerSecurity: security, podEnd: ["hostUsers: false"] }),
    },
  ],
  say(violation, { pod }, { release }) {
    if (!userNamespaceCounts(release) || flagOf(pod.get("hostUsers")) !== false) return undefined;
    return {
      message: `${subjectName(violation)} sees all of \`/proc\`, which Pod Security \`restricted\` refuses even in a user namespace: remove \`procMount\`.`,
      fix: { title: "Remove `procMount` (containers within this one may not start)" },
    };
  },
});
