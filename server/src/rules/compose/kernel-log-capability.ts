import { addedCapability } from "./shared/added-capability.ts";
import { isWatcher } from "./shared/host-namespace.ts";

export default addedCapability({
  slug: "kernel-log-capability",
  reach: "kernel-log",
  example: "SYSLOG",
  summary: "A service may read the kernel's log.",
  why: `The kernel's log tells of the whole machine: its devices, its other containers, and the addresses in memory by which an attack on the kernel finds its way. \`SYSLOG\` opens it
to a container, to read and to clear.

A syslog server that takes messages from the network does not need it, whatever the name says. An agent that collects the kernel's messages does; images known for that are not reported.`,
  severity: "info",
  preset: "recommended",
  aliases: ["compose-lint:CL-0030"],
  advice: "; a syslog server does not need it",
  needs: (service) => isWatcher(service),
});
