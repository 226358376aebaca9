import { reachOf } from "../../knowledge/capabilities.ts";
import { addedCapability } from "./shared/added-capability.ts";

export default addedCapability({
  slug: "host-takeover-capability",
  example: "SYS_ADMIN",
  summary: "A container adds a capability with which it can become root on the node.",
  why: `\`SYS_ADMIN\` mounts file systems and enters namespaces, \`SYS_MODULE\` loads code into the node's kernel, \`SYS_RAWIO\` and
\`DAC_READ_SEARCH\` read its disks past every permission, and \`ALL\` is all of them. A container with one of these is as good as privileged: whoever
breaks into it has the node, with every pod, volume and token on it.

Storage drivers and tools that load eBPF programs may really need one. Most others want a single narrower capability, a device plugin, or nothing at all since
the documentation they follow was written.`,
  severity: "error",
  preset: "minimal",
  aliases: [
    "polaris:dangerousCapabilities",
    "trivy:KSV-0005",
    "trivy:KSV-0120",
    "checkov:CKV_K8S_39",
    "kics:containers_with_sys_admin_capabilities",
  ],
  say(written, owner) {
    const found = reachOf(written);
    if (found?.reach !== "takeover") return undefined;
    return {
      message: `\`${written}\` lets ${owner} ${found.allows.replaceAll("the host", "the node").replaceAll("on the host", "on the node")}: remove it, or add the narrower capability that is needed.`,
      fix: { title: `Remove \`${written}\` (what needs it stops working)` },
    };
  },
});
