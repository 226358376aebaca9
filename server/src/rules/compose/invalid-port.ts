import { defineRule, type Problem } from "../../engine/rule.ts";
import type { ComposeModel } from "../../languages/compose/model.ts";
import { type PortRange, rangeOf } from "../../languages/compose/ports.ts";
import { partOf } from "../../languages/scalar-place.ts";
import type { YamlScalar } from "../../languages/yaml/node.ts";
import { isUnknown } from "../../languages/yaml/path.ts";
import { replace } from "../../text/edit.ts";
import type { Span } from "../../text/span.ts";
import { reviewed } from "../shared/edit-fixes.ts";
import { composeWith } from "./shared/example.ts";
import { oncePerPlace } from "./shared/services.ts";

export default defineRule("compose", {
  slug: "invalid-port",
  summary: "A published port is out of range, no number, or one end of a range that does not fit the other.",
  why: `A port is a number up to 65535, or a range such as \`8000-8010\`, and is published as \`tcp\`, \`udp\` or \`sctp\`. A range of ports in the container needs as many on the
host. Anything else makes Compose refuse the whole file, which is a surprise in a line that was only copied and changed.`,
  category: "correctness",
  severity: "error",
  preset: "minimal",
  since: "0.1.0",
  aliases: ["compose-go:consistency"],
  references: ["https://docs.docker.com/reference/compose-file/services/#ports"],
  fix: "review",
  examples: [
    {
      bad: composeWith({ own: ["ports:", '  - "127.0.0.1:8000-8001:8000-8002"'] }),
      good: composeWith({ own: ["ports:", '  - "127.0.0.1:8000-8002:8000-8002"'] }),
    },
  ],
  keys: ["ports", "expose"],
  *check(model) {
    yield* oncePerPlace(problems(model));
  },
});

function* problems(model: ComposeModel): Iterable<Problem> {
  for (const service of model.services) {
    for (const { node } of service.ports) {
      if (node.type === "scalar" && !isUnknown(node)) yield* shortForm(model.document.text, node);
    }
  }
}

function* shortForm(text: string, node: YamlScalar): Iterable<Problem> {
  const slash = node.text.indexOf("/");
  const end = slash < 0 ? node.text.length : slash;
  const targetStart = node.text.lastIndexOf(":", end) + 1;
  const hostStart = targetStart === 0 ? 0 : node.text.lastIndexOf(":", targetStart - 2) + 1;
  const at = (from: number, to: number): Span => (to > from ? partOf(text, node, from, to) : node.span);
  const target = node.text.slice(targetStart, end);
  const host = targetStart === 0 ? "" : node.text.slice(hostStart, targetStart - 1);
  const targetPorts = portsOf(target);
  const hostPorts = host === "" ? undefined : portsOf(host);
  if ("wrong" in targetPorts) yield told(target, at(targetStart, end), targetPorts);
  if (hostPorts !== undefined && "wrong" in hostPorts) yield told(host, at(hostStart, targetStart - 1), hostPorts);
  const protocol = node.text.slice(end + 1).split("/")[0] ?? "";
  if (!["", "tcp", "udp", "sctp"].includes(protocol.toLowerCase())) {
    yield {
      at: at(end + 1, end + 1 + protocol.length),
      message: `\`${protocol}\` is no protocol a port can be published with, so Compose refuses the file: write \`tcp\`, \`udp\` or \`sctp\`.`,
    };
  }
  if (hostPorts === undefined || "wrong" in targetPorts || "wrong" in hostPorts) return;
  const [wanted, given] = [sizeOf(targetPorts), sizeOf(hostPorts)];
  if (wanted === given || wanted === 1) return;
  const last = hostPorts.first + wanted - 1;
  const fitting = `${hostPorts.first}-${last}`;
  const place = at(hostStart, targetStart - 1);
  yield {
    at: place,
    message: `\`${host}\` is ${given === 1 ? "1 port" : `${given} ports`} on the host for the ${wanted} of \`${target}\` in the container, so Compose refuses the file: write as many on both sides.`,
    fixes: () => (last > 65535 ? [] : reviewed(`Publish at \`${fitting}\``, [replace(place, fitting)])),
  };
}

interface Mistake {
  readonly wrong: string;
  readonly advice: string;
  /** What was meant, where that is plain. */
  readonly meant?: string;
}

function told(text: string, at: Span, { wrong, advice, meant }: Mistake): Problem {
  return {
    at,
    message: `${text === "" ? "A port" : `\`${text}\``} ${wrong}, so Compose refuses the file: ${advice}.`,
    ...(meant === undefined ? {} : { fixes: () => reviewed(`Write \`${meant}\``, [replace(at, meant)]) }),
  };
}

function portsOf(text: string): PortRange | Mistake {
  if (text === "") return { wrong: "in the container is missing", advice: "write it last" };
  const range = rangeOf(text);
  if (range === undefined) {
    const trimmed = text.trim();
    return trimmed === text
      ? { wrong: "is no port", advice: "write a number up to 65535, or a range such as `8000-8010`" }
      : { wrong: "has a space, which no port may have", advice: `write \`${trimmed}\``, meant: trimmed };
  }
  const { first, last } = range;
  if (first > 65535 || last > 65535) return { wrong: "is no port", advice: "the highest one is 65535" };
  const meant = `${last}-${first}`;
  return last < first ? { wrong: "ends before it begins", advice: `write \`${meant}\``, meant } : range;
}

function sizeOf({ first, last }: PortRange): number {
  return last - first + 1;
}
