import { hostNamespace } from "./shared/host-namespace.ts";

export default hostNamespace({
  slug: "host-ipc",
  key: "ipc",
  summary: "A service shares memory segments and message queues with the host.",
  why: `With \`ipc: host\` a container reads and writes the shared memory of the host's programs: of a database, a browser, a desktop.

It is often copied from guides for machine learning, where workers only want more than the 64 MB of shared memory that a container gets. \`shm_size: 1gb\` gives them that
without the host's. Two services that exchange data share with one another: \`ipc: shareable\` on one, \`ipc: service:…\` on the other.`,
  severity: "warning",
  preset: "recommended",
  aliases: ["compose-lint:CL-0010", "kics:shared_host_ipc_namespace"],
  references: [
    "https://docs.docker.com/reference/compose-file/services/#ipc",
    "https://docs.docker.com/engine/containers/run/#ipc-settings---ipc",
  ],
  shares: "shared memory and queues",
  advice: "it reads what other programs exchange; remove it and give it memory of its own by `shm_size`",
  breaks: "programs that need more than 64 MB of shared memory then need `shm_size`",
});
