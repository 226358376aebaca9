import { reachOf } from "../../knowledge/capabilities.ts";
import { flagOf } from "./shared/security-context.ts";
import { addedCapability } from "./shared/added-capability.ts";

export default addedCapability({
  slug: "network-admin-capability",
  example: "NET_ADMIN",
  summary: "A container adds `NET_ADMIN`, with which it changes addresses, routes and firewall rules.",
  why: `In a pod's own network \`NET_ADMIN\` takes down what others rely on there: the redirection of a service mesh, a sidecar's firewall, the routes to the
cluster. With \`hostNetwork\` it is the node's network that it changes, for every pod on it.

VPN clients, network plugins and the init containers of service meshes need it. A mesh that brings its own network plugin spares its pods the
capability.`,
  severity: "warning",
  preset: "recommended",
  aliases: ["polaris:dangerousCapabilities"],
  say(written, owner, { pod }) {
    const found = reachOf(written);
    if (found?.reach !== "network") return undefined;
    const where = flagOf(pod.get("hostNetwork")) === true ? " of the node" : "";
    return {
      message: `\`${written}\` lets ${owner} ${found.allows}${where}: remove it, unless managing the network is its job.`,
      fix: { title: `Remove \`${written}\` (what needs it stops working)` },
    };
  },
});
