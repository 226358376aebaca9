import { defineRule, type Problem } from "../../engine/rule.ts";
import type { ComposeModel } from "../../languages/compose/model.ts";
import type { YamlNode, YamlScalar } from "../../languages/yaml/node.ts";
import { getPath, itemsOf } from "../../languages/yaml/path.ts";
import { replace } from "../../text/edit.ts";
import { composeWith } from "./shared/example.ts";
import { oncePerPlace } from "./shared/services.ts";

export default defineRule("compose", {
  slug: "unquoted-port",
  summary: "A port is written without quotes, and some readers take it for another number.",
  why: `Readers of YAML 1.1, such as \`podman-compose\`, Ansible and the old \`docker-compose\`, take \`22:22\` for a number to the base of 60: 1342. It happens where
what stands behind the colon is below 60, so with the ports of SSH, SMTP, DNS and FTP. Docker Compose 2 reads YAML 1.2, where \`22:22\` is text.

With quotes around all ports nobody has to know. Where nothing but Docker Compose reads the file, they change nothing, which is why this is off until
asked for.`,
  category: "correctness",
  severity: "hint",
  preset: "all",
  since: "0.1.0",
  aliases: ["dclint:require-quotes-in-ports"],
  references: ["https://docs.docker.com/reference/compose-file/services/#ports", "https://yaml.org/type/int.html"],
  fix: "safe",
  examples: [
    {
      bad: composeWith({ own: ["ports:", "  - 127.0.0.1:2525:25", "  - 2525:25"] }),
      good: composeWith({ own: ["ports:", "  - 127.0.0.1:2525:25", '  - "2525:25"'] }),
    },
  ],
  *check(model) {
    yield* oncePerPlace(problems(model));
  },
});

function* problems(model: ComposeModel): Iterable<Problem> {
  for (const { map } of model.services) {
    for (const key of ["ports", "expose"]) {
      for (const item of itemsOf(getPath(map, key))) {
        if (isBare(item)) yield problemOf(item);
      }
    }
  }
}

/** A plain scalar of digits and colons; whatever else is in it makes text of it for everybody. */
function isBare(node: YamlNode): node is YamlScalar {
  return node.type === "scalar" && node.style === "plain" && node.tag === undefined && /^\d+(?::\d+)*$/.test(node.text);
}

function problemOf({ text, span }: YamlScalar): Problem {
  const sexagesimal = /^[1-9]\d*(?::[0-5]?\d)+$/.test(text);
  return {
    at: span,
    message: sexagesimal
      ? `\`${text}\` is the number ${toNumber(text)} for readers of YAML 1.1: put it in quotes.`
      : `\`${text}\` stands without quotes: put it in quotes, as ports that look like numbers are read as such by some.`,
    fixes: () => [{ title: `Put \`${text}\` in quotes`, safety: "safe", edits: [replace(span, `"${text}"`)] }],
    ...(sexagesimal ? { severity: "info" } : {}),
  };
}

function toNumber(text: string): number {
  return text.split(":").reduce((sum, part) => sum * 60 + Number(part), 0);
}
