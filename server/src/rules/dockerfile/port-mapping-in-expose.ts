import { defineInstructionRule } from "../../engine/rule.ts";
import { replaceWord } from "../../languages/dockerfile/edit.ts";
import { isPort, portRange } from "../../languages/dockerfile/ports.ts";

export default defineInstructionRule({
  slug: "port-mapping-in-expose",
  summary: "`EXPOSE` names a port of the host or an address, which it cannot publish.",
  why: `\`EXPOSE\` only notes which ports of the container serve; it publishes none. In \`8080:80\` and \`127.0.0.1:80:80\` the builder drops everything but the last
port, so whoever reads the file expects an address that nobody listens on. BuildKit warns of it and will refuse it in a future release. Where a
port is published is said when the container is started: \`docker run -p 127.0.0.1:8080:80\`, or \`ports\` in Compose.`,
  category: "networking",
  severity: "warning",
  preset: "recommended",
  since: "0.1.0",
  aliases: ["buildkit:ExposeInvalidFormat"],
  references: [
    "https://docs.docker.com/reference/build-checks/expose-invalid-format/",
    "https://docs.docker.com/reference/dockerfile/#expose",
  ],
  fix: "safe",
  examples: [
    {
      bad: 'FROM node:22.14-alpine\nUSER node\nEXPOSE 8080:3000\nHEALTHCHECK CMD ["node", "health.js"]\n',
      good: 'FROM node:22.14-alpine\nUSER node\nEXPOSE 3000\nHEALTHCHECK CMD ["node", "health.js"]\n',
    },
  ],
  instructions: ["EXPOSE"],
  suspects: (expose) => expose.words.some(({ value }) => value.includes(":")),
  *check(expose) {
    for (const word of expose.words) {
      const { value, span, text } = word;
      const host = endOfHost(value);
      if (host === 0) continue;
      const port = value.slice(host);
      if (!word.variable && !isPort(portRange(port))) continue;
      yield {
        at: span,
        message: `\`EXPOSE\` publishes nothing, so of \`${value}\` only \`${port}\` counts: write \`${port}\`, and publish it with \`docker run -p\` or Compose's \`ports\`.`,
        fixes: () =>
          text === value ? [{ title: `Write \`${port}\``, safety: "safe", edits: [replaceWord(word, port)] }] : [],
      };
    }
  },
});

/** Behind the last `:` that is not in braces (`${PORT:-80}` is a variable with a default); 0 where there is none. */
function endOfHost(value: string): number {
  let depth = 0;
  for (let at = value.length - 1; at >= 0; at--) {
    if (value[at] === "}") depth += 1;
    else if (value[at] === "{") depth -= 1;
    else if (value[at] === ":" && depth === 0) return at + 1;
  }
  return 0;
}
