import { hostNamespace } from "./shared/host-namespace.ts";

export default hostNamespace({
  slug: "host-pid",
  key: "pid",
  summary: "A service sees the processes of the host.",
  why: `With \`pid: host\` a container sees every process of the host with its command line, and often its environment, where secrets are. As root it may also send
them signals, and \`/proc/1/root\` is the host's own file system.

What looks at the host's processes needs it: metrics agents and profilers. Images known for that are not reported. To look at one other service, share with that alone: \`pid: service:api\`.`,
  severity: "warning",
  preset: "recommended",
  aliases: ["compose-lint:CL-0010", "kics:host_namespace_is_shared"],
  references: [
    "https://docs.docker.com/reference/compose-file/services/#pid",
    "https://docs.docker.com/engine/containers/run/#pid-settings---pid",
  ],
  shares: "process numbers",
  advice: "it sees all processes and, as root, may stop them; remove it, or share with one service by `pid: service:…`",
  breaks: "what looks at processes of the host sees them no longer",
  forWatchers: true,
});
