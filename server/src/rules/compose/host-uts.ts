import { hostNamespace } from "./shared/host-namespace.ts";

export default hostNamespace({
  slug: "host-uts",
  key: "uts",
  summary: "A service shares the host's name with the host, and may change it.",
  why: `With \`uts: host\` a container has the host's name and domain and, with the capability for it, changes them for everybody: logs and certificates then name another machine.

Who only wants the host's name inside a container sets \`hostname\`, or hands it over as a variable.`,
  severity: "info",
  preset: "recommended",
  aliases: ["compose-lint:CL-0010"],
  references: [
    "https://docs.docker.com/reference/compose-file/services/#uts",
    "https://docs.docker.com/engine/containers/run/#uts-settings---uts",
  ],
  shares: "the name of the machine",
  advice: "it may rename it; remove it and set `hostname` where the name matters",
  breaks: "the service then has a name of its own",
});
