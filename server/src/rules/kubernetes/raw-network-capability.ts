import { capabilityName } from "../../knowledge/capabilities.ts";
import { addedCapability } from "./shared/added-capability.ts";

export default addedCapability({
  slug: "raw-network-capability",
  example: "NET_RAW",
  summary: "A container adds `NET_RAW`, with which it can forge packets.",
  why: `With raw sockets a program writes whole packets, sender included: it can answer in the name of other pods on the same network, poison their ARP
and DNS, and read along. Container engines give \`NET_RAW\` by default only so that \`ping\` works, which today's kernels allow without
(\`net.ipv4.ping_group_range\`).

Probes of the network itself (smokeping, the blackbox exporter's ICMP module) are the exception.`,
  severity: "info",
  preset: "recommended",
  aliases: ["kube-linter:drop-net-raw-capability", "trivy:KSV-0119", "checkov:CKV_K8S_28"],
  say(written, owner) {
    if (capabilityName(written) !== "NET_RAW") return undefined;
    return {
      message: `\`${written}\` lets ${owner} forge packets in the name of other pods: remove it, \`ping\` works without.`,
      fix: { title: `Remove \`${written}\` (what sends raw packets stops working)` },
    };
  },
});
