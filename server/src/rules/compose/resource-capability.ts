import type { ComposeService } from "../../languages/compose/model.ts";
import { addedCapability } from "./shared/added-capability.ts";
import { factsOf } from "./shared/services.ts";

export default addedCapability({
  slug: "resource-capability",
  reach: "resources",
  example: "SYS_NICE",
  summary: "A service may pass over the limits that keep it from starving others.",
  why: `\`SYS_NICE\`, \`SYS_RESOURCE\`, \`LEASE\` and \`IPC_OWNER\` let a process put itself before all others, raise its own limits, or hold up who shares files and memory with it. What
it can harm is how others run rather than what they hold, so this is advice.

Some databases and real-time programs do use \`SYS_NICE\`: MySQL's image asks for it to place its threads, and works without it. What needs more open files gets them by \`ulimits\`.`,
  severity: "hint",
  preset: "strict",
  aliases: ["compose-lint:CL-0029"],
  advice: ", or set `ulimits` where it is about a limit",
  needs: (service, capability) => capability === "SYS_NICE" && placesThreads(service),
});

function placesThreads(service: ComposeService): boolean {
  return ["MySQL", "MariaDB", "Percona Server", "ClickHouse"].includes(factsOf(service)?.name ?? "");
}
