import { defineInstructionRule } from "../../engine/rule.ts";
import { portRange } from "../../languages/dockerfile/ports.ts";

export default defineInstructionRule({
  slug: "port-out-of-range",
  summary: "`EXPOSE` names a port above 65535.",
  why: `A port is a number of 16 bits, so the highest one is 65535. The builder refuses \`EXPOSE\` with a higher one, usually a digit that was typed twice, a comma
or a slash that is missing between two ports.`,
  category: "correctness",
  severity: "error",
  preset: "minimal",
  since: "0.1.0",
  aliases: [
    "hadolint:DL3011",
    "trivy:DS-0008",
    "kics:unix_ports_out_of_range",
    "droast:DF040",
    "semgrep:invalid-port",
    "dockerfile-utils:INVALID_PORT",
  ],
  references: [
    "https://docs.docker.com/reference/dockerfile/#expose",
    "https://www.iana.org/assignments/service-names-port-numbers/service-names-port-numbers.xhtml",
  ],
  fix: null,
  examples: [
    {
      bad: 'FROM node:22.14-alpine\nUSER node\nEXPOSE 80800\nHEALTHCHECK CMD ["node", "health.js"]\n',
      good: 'FROM node:22.14-alpine\nUSER node\nEXPOSE 8080\nHEALTHCHECK CMD ["node", "health.js"]\n',
      fixed: false,
    },
  ],
  instructions: ["EXPOSE"],
  suspects: (expose) => expose.words.some(({ value }) => /\d{5}/.test(value) || value.includes("$")),
  *check(expose) {
    for (const { resolved, span } of expose.words) {
      for (const port of resolved?.split(/\s+/) ?? []) {
        if (portRange(port) !== "large") continue;
        yield { at: span, message: `\`${port}\` is no port, and the builder refuses it: the highest port is 65535.` };
      }
    }
  },
});
