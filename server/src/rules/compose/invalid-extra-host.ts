import { defineRule, type Problem } from "../../engine/rule.ts";
import type { ComposeModel } from "../../languages/compose/model.ts";
import { insideQuotes } from "../../languages/scalar-place.ts";
import { entriesOf, isUnknown, isUnknownText, itemsOf } from "../../languages/yaml/path.ts";
import { insert } from "../../text/edit.ts";
import { reviewed } from "../shared/edit-fixes.ts";
import { composeWith } from "./shared/example.ts";
import { oncePerPlace } from "./shared/services.ts";

export default defineRule("compose", {
  slug: "invalid-extra-host",
  summary: "An entry of `extra_hosts` has no address, or no proper name.",
  why: `\`extra_hosts\` adds lines to the container's \`/etc/hosts\`: a name and an address, \`name=address\` or \`name:address\`. With one of them missing, or a colon in the
name, Compose refuses the whole file. The host itself is \`host-gateway\`.`,
  category: "correctness",
  severity: "error",
  preset: "minimal",
  since: "0.1.0",
  aliases: ["compose-go:consistency"],
  references: ["https://docs.docker.com/reference/compose-file/services/#extra_hosts"],
  fix: "review",
  examples: [
    {
      bad: composeWith({ own: ["extra_hosts:", "  - host.docker.internal"] }),
      good: composeWith({ own: ["extra_hosts:", "  - host.docker.internal:host-gateway"] }),
    },
  ],
  keys: ["extra_hosts"],
  *check(model) {
    yield* oncePerPlace(problems(model));
  },
});

function* problems(model: ComposeModel): Iterable<Problem> {
  const { text } = model.document;
  for (const service of model.services) {
    for (const path of [["extra_hosts"], ["build", "extra_hosts"]]) {
      const hosts = service.get(...path);
      for (const item of itemsOf(hosts)) {
        if (item.type !== "scalar" || item.value === null || isUnknown(item)) continue;
        const separator = item.text.includes("=") ? item.text.indexOf("=") : item.text.indexOf(":");
        const at = insideQuotes(text, item);
        if (separator < 0) {
          yield {
            at,
            message: `\`${item.text}\` has no address, so Compose refuses the file: write \`${item.text}:\` and the address, or \`${item.text}:host-gateway\` for the host.`,
            fixes: () =>
              text.slice(at.start, at.end) === item.text && item.text === "host.docker.internal"
                ? reviewed("Let it stand for the host (`host-gateway`)", [insert(at.end, ":host-gateway")])
                : [],
          };
        } else if (!isName(item.text.slice(0, separator)))
          yield { at, message: badName(item.text.slice(0, separator)) };
      }
      for (const { key, keySpan } of entriesOf(hosts)) {
        if (!isUnknownText(key) && !isName(key)) yield { at: keySpan, message: badName(key) };
      }
    }
  }
}

function isName(host: string): boolean {
  return host !== "" && !/[:=]/.test(host);
}

function badName(host: string): string {
  return `${host === "" ? "An empty text" : `\`${host}\``} is no host name, so Compose refuses the file: write \`name=address\`.`;
}
