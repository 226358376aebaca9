import type { ComposeService } from "../../languages/compose/model.ts";
import { addedCapability } from "./shared/added-capability.ts";

export default addedCapability({
  slug: "network-admin-capability",
  reach: "network",
  example: "NET_ADMIN",
  summary: "A service may reconfigure its network.",
  why: `With \`NET_ADMIN\` a process changes addresses, routes and firewall rules of its network: it can listen in on neighbours of the same bridge and pass itself off for them.
On the host's network (\`network_mode: host\`) these are the host's own rules.

VPNs, DNS and DHCP servers and load balancers with a floating address need it; images known for that are not reported. An ordinary service that opens ports does not.`,
  severity: "warning",
  preset: "recommended",
  aliases: ["compose-lint:CL-0011"],
  advice: ", unless the service is there to run a network",
  needs: (service) => runsNetwork(service),
});

/** Programs whose job is the network, by words in the names of their images. */
const networkProgram =
  /(?:^|[/_.-])(?:\w*vpn\w*|wireguard|wg-easy|wg|gluetun|tailscale|headscale|zerotier\w*|netbird|nebula|openconnect|strongswan|softether\w*|ipsec\S*|pi-?hole|dhcpd?|dnsmasq|adguardhome|keepalived|metallb|frr|bird|calico\S*|cilium|flannel|crowdsec\S*|fail2ban|suricata|zeek|transmission-openvpn|home-?assistant)(?:$|[/_.-])/i;

function runsNetwork(service: ComposeService): boolean {
  if (service.image !== undefined && networkProgram.test(service.image.canonical)) return true;
  return networkProgram.test(service.name);
}
