import { capabilityName, linuxCapabilities, reachOf } from "../../knowledge/capabilities.ts";
import { baselineCapabilities } from "../../knowledge/pod-security.ts";
import { addedCapability } from "./shared/added-capability.ts";

export default addedCapability({
  slug: "added-capability",
  example: "SYS_PTRACE",
  summary: "A container adds a capability beyond those that any container may have.",
  why: `The Pod Security Standards name thirteen capabilities that leave the node and other pods alone. What goes beyond lets a program read other
processes' memory (\`SYS_PTRACE\`), set the node's clock (\`SYS_TIME\`), watch its kernel (\`PERFMON\`, \`BPF\`) or pass over its limits
(\`SYS_RESOURCE\`, \`SYS_NICE\`). A namespace that enforces \`baseline\` refuses the pod.

Monitoring and time synchronisation have reasons; \`IPC_LOCK\`, with which a program keeps secrets out of swap, is harmless as such.`,
  severity: "warning",
  preset: "recommended",
  aliases: [],
  say(written, owner) {
    // Of those the spelling is at fault, if anything.
    const name = capabilityName(written);
    if (baselineCapabilities.has(name) || !linuxCapabilities.has(name)) return undefined;
    const found = reachOf(written);
    if (found?.reach === "takeover" || found?.reach === "network" || name === "NET_RAW") return undefined;
    const fix = { title: `Remove \`${written}\` (what needs it stops working)` };
    if (found === undefined) {
      const message = `\`${written}\` is not among the capabilities that any container may have: remove it, or keep it with the reason in a comment.`;
      return { message, fix, severity: "hint" };
    }
    const mild = found.reach === "resources" || found.reach === "kernel-log";
    return {
      message: `\`${written}\` lets ${owner} ${found.allows.replaceAll("the host", "the node")}: remove it, unless that is its job.`,
      fix,
      ...(mild ? { severity: "info" } : {}),
    };
  },
});
