import { defineRule, type Problem } from "../../engine/rule.ts";
import type { ComposeModel } from "../../languages/compose/model.ts";
import { insideQuotes, partOf } from "../../languages/scalar-place.ts";
import { getPath, isUnknown, scalarText } from "../../languages/yaml/path.ts";
import type { YamlNode } from "../../languages/yaml/node.ts";
import { replace } from "../../text/edit.ts";
import type { Span } from "../../text/span.ts";
import { reviewed } from "../shared/edit-fixes.ts";
import { isAddress } from "./shared/addresses.ts";
import { composeWith } from "./shared/example.ts";
import { oncePerPlace } from "./shared/services.ts";

export default defineRule("compose", {
  slug: "invalid-host-ip",
  summary: "A port is to be published at something that is no IP address.",
  why: `The host's address of a published port is an IP address: no name such as \`localhost\`, which can stand for several, and no address with a zone. Anything else
makes Compose refuse the whole file. In the short form an IPv6 address needs brackets, in the long form (\`host_ip\`) it must not have any.`,
  category: "correctness",
  severity: "error",
  preset: "minimal",
  since: "0.1.0",
  aliases: ["compose-go:consistency"],
  references: ["https://docs.docker.com/reference/compose-file/services/#ports"],
  fix: "review",
  examples: [
    {
      bad: composeWith({ own: ["ports:", '  - "localhost:8080:8080"'] }),
      good: composeWith({ own: ["ports:", '  - "127.0.0.1:8080:8080"'] }),
    },
  ],
  keys: ["ports"],
  *check(model) {
    yield* oncePerPlace(problems(model));
  },
});

function* problems(model: ComposeModel): Iterable<Problem> {
  for (const service of model.services) {
    for (const { node } of service.ports) {
      const written = addressOf(model.document.text, node);
      if (written === undefined) continue;
      const { text, at, short } = written;
      if (short ? isShortAddress(text) : isAddress(text)) continue;
      const meant = meantBy(text, short);
      yield {
        at,
        message: `${text === "" ? "An empty text" : `\`${text}\``} is no IP address Docker can publish a port at, so Compose refuses the file: ${
          meant === undefined ? "write the address, or leave it out to publish at all of them." : `write \`${meant}\`.`
        }`,
        fixes: () => (meant === undefined ? [] : reviewed(`Publish at \`${meant}\``, [replace(at, meant)])),
      };
    }
  }
}

function addressOf(
  text: string,
  node: YamlNode,
): { readonly text: string; readonly at: Span; readonly short: boolean } | undefined {
  if (node.type === "map") {
    const ip = getPath(node, "host_ip");
    const written = scalarText(ip);
    if (ip?.type !== "scalar" || written === undefined || isUnknown(ip)) return undefined;
    return { text: written, at: insideQuotes(text, ip), short: false };
  }
  if (node.type !== "scalar" || isUnknown(node)) return undefined;
  const parts = node.text.split(":");
  const ip = parts.slice(0, -2).join(":");
  return ip === "" ? undefined : { text: ip, at: partOf(text, node, 0, ip.length), short: true };
}

/** In the short form an IPv6 address has brackets. */
function isShortAddress(text: string): boolean {
  const inner = /^\[(.*)\]$/.exec(text)?.[1];
  return inner === undefined ? isAddress(text) && !text.includes(":") : isAddress(inner);
}

/** The address that was meant, where that is plain. */
function meantBy(text: string, short: boolean): string | undefined {
  if (text.toLowerCase() === "localhost") return "127.0.0.1";
  if (text === "*" || text === "") return "0.0.0.0";
  const inner = /^\[(.*)\]$/.exec(text)?.[1] ?? text;
  if (isAddress(inner) && inner.includes(":")) return short ? `[${inner}]` : inner;
  const plain = inner.replace(/(?<=^|\.)0+(?=\d)/g, "");
  return isAddress(plain) ? plain : undefined;
}
