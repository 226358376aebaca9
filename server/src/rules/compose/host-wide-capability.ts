import type { ComposeService } from "../../languages/compose/model.ts";
import { addedCapability } from "./shared/added-capability.ts";
import { isWatcher } from "./shared/host-namespace.ts";

export default addedCapability({
  slug: "host-wide-capability",
  reach: "host-wide",
  example: "SYS_TIME",
  summary: "A service may change something that there is only once on the host.",
  why: `The clock, the audit, the access control and the instruments of the kernel are not divided among containers. A capability for them (\`SYS_TIME\`, \`SYS_BOOT\`, \`BPF\`,
\`PERFMON\`, \`AUDIT_CONTROL\` and the like) acts on the host and on every other container.

A time server needs \`SYS_TIME\` and an observability agent \`BPF\` or \`PERFMON\`; images known for these are not reported. Containers have the host's time without it.`,
  severity: "warning",
  preset: "recommended",
  aliases: ["compose-lint:CL-0028"],
  advice: "; it acts on the host and every container on it",
  needs: (service, capability) => isWatcher(service) || (capability === "SYS_TIME" && keepsTime(service)),
});

function keepsTime({ image }: ComposeService): boolean {
  return image !== undefined && /(?:^|[/_.-])(?:chrony\w*|ntpd?|openntpd)(?:$|[/_.-])/i.test(image.canonical);
}
