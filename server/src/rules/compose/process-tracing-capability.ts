import { addedCapability } from "./shared/added-capability.ts";
import { isWatcher } from "./shared/host-namespace.ts";

export default addedCapability({
  slug: "process-tracing-capability",
  reach: "tracing",
  example: "SYS_PTRACE",
  summary: "A service may look into the memory of other processes.",
  why: `\`SYS_PTRACE\` lets one process of a container read and change the memory of the others, secrets included, past the users they run as; together with \`pid: host\`
that means those of the host.

It is added for debuggers and profilers and then forgotten. Kernels since 4.8 let a process trace what it started itself without it. Agents that watch the host need it; images known for that are not reported.`,
  severity: "warning",
  preset: "recommended",
  aliases: ["compose-lint:CL-0027"],
  advice: " where nothing is being debugged",
  needs: (service) => isWatcher(service),
});
