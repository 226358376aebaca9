import { defineInstructionRule } from "../../engine/rule.ts";
import { replace } from "../../text/edit.ts";

export default defineInstructionRule({
  slug: "port-protocol-casing",
  summary: "The protocol of a port is not in lower case.",
  why: `The builder takes \`80/TCP\` for \`80/tcp\`, and writes the latter into the image. Lower case is what Docker's documentation, \`docker inspect\` and Compose show,
so a search finds it. Nothing breaks where it is left.`,
  category: "networking",
  severity: "hint",
  preset: "strict",
  since: "0.1.0",
  aliases: ["buildkit:ExposeProtoCasing"],
  references: ["https://docs.docker.com/reference/build-checks/expose-proto-casing/"],
  fix: "safe",
  examples: [{ path: "ports.Dockerfile", bad: "EXPOSE 8080/TCP\n", good: "EXPOSE 8080/tcp\n" }],
  instructions: ["EXPOSE"],
  suspects: (expose) => expose.words.some(({ text }) => /[A-Z]/.test(protocol.exec(text)?.[1] ?? "")),
  *check(expose) {
    for (const { text, span } of expose.words) {
      const found = protocol.exec(text)?.[1];
      // A continuation within the word leaves no place for it.
      if (found === undefined || found === found.toLowerCase() || span.end - span.start !== text.length) continue;
      const start = span.start + text.lastIndexOf("/") + 1;
      const at = { start, end: start + found.length };
      const lower = found.toLowerCase();
      yield {
        at,
        message: `\`${found}\` is read as \`${lower}\`: write it in lower case.`,
        fixes: () => [{ title: `Write \`${lower}\``, safety: "safe", edits: [replace(at, lower)] }],
      };
    }
  },
});

const protocol = /\/(tcp|udp|sctp)["']?$/i;
