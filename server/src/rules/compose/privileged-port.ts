import { defineRule, type Fix, type Problem } from "../../engine/rule.ts";
import type { ComposeModel, ComposePort } from "../../languages/compose/model.ts";
import { type PortRange, rangeOf } from "../../languages/compose/ports.ts";
import { replaceScalar } from "../../languages/yaml/edit.ts";
import { asScalar, getPath } from "../../languages/yaml/path.ts";
import type { TextEdit } from "../../text/edit.ts";
import { composeWith } from "./shared/example.ts";
import { placeOfPort, wordsOfPort } from "./shared/published-ports.ts";
import { oncePerPlace } from "./shared/services.ts";

export default defineRule("compose", {
  slug: "privileged-port",
  summary: "A port below 1024 is published, or served within the container.",
  why: `Ports below 1024 were for root alone. An engine that runs without root cannot publish them on the host until somebody lowers the host's limit, and a process that
serves one in its container may need root or \`NET_BIND_SERVICE\` there: with Docker 20.10 and newer it does not, with other engines, older ones, and on the host's
network it does.

A program that serves 8080 behind \`80:8080\`, or behind a proxy, runs everywhere and as anybody. The other side: a site has to be reached at 80 and 443, and most
engines run as root and do so without harm, which is why the rule is only in \`all\`.`,
  category: "networking",
  severity: "hint",
  preset: "all",
  since: "0.1.0",
  aliases: ["kics:privileged_ports_mapped_in_container"],
  references: [
    "https://docs.docker.com/engine/security/rootless/tips/#exposing-privileged-ports",
    "https://docs.docker.com/engine/release-notes/20.10/#20100",
  ],
  fix: "review",
  examples: [
    {
      bad: composeWith({ own: ["ports:", '  - "80:8080"'] }),
      good: composeWith({ own: ["ports:", '  - "8080:8080"'] }),
    },
  ],
  *check(model) {
    yield* oncePerPlace(problems(model));
  },
});

const limit = 1024;

function* problems(model: ComposeModel): Iterable<Problem> {
  for (const service of model.services) {
    for (const port of service.ports) {
      const published = rangeOf(port.published);
      const target = rangeOf(port.target);
      const onHost = isPrivileged(published);
      if (!onHost && !isPrivileged(target)) continue;
      const words = wordsOfPort(port);
      yield {
        at: placeOfPort(port),
        message: onHost
          ? `\`${words}\` takes port ${String(published?.first)} of the host, which engines without root may not: publish a port from ${limit} on, or let a proxy have it.`
          : `\`${words}\` leads to port ${String(target?.first)}, which may need root in the container: let the program listen on a port from ${limit} on.`,
        fixes: () => (published === undefined || isPrivileged(target) ? [] : higher(model, port, published)),
      };
    }
  }
}

function isPrivileged(range: PortRange | undefined): boolean {
  return range !== undefined && range.first < limit;
}

/** 8080 in place of 80, 8443 of 443, and so on, where nothing else has that one. */
function higher(model: ComposeModel, port: ComposePort, { first, last }: PortRange): readonly Fix[] {
  const instead = first + 8000;
  const taken = model.services.some(({ ports }) => ports.some(({ published }) => holds(rangeOf(published), instead)));
  const edits = first === last && first > 0 && !taken ? republished(model, port, instead) : undefined;
  const title = `Publish it at ${instead} (who connects to ${first} has to be told, or to be passed on by a proxy)`;
  return edits === undefined ? [] : [{ title, safety: "review", edits }];
}

function republished(
  { document }: ComposeModel,
  { node, published = "" }: ComposePort,
  instead: number,
): readonly TextEdit[] | undefined {
  if (node.type === "map") {
    const scalar = asScalar(getPath(node, "published"));
    const value = typeof scalar?.value === "number" ? instead : String(instead);
    return scalar === undefined ? undefined : replaceScalar(document, scalar, value, { intoAnchor: true });
  }
  if (node.type !== "scalar") return undefined;
  const text = node.text.replace(new RegExp(`(^|:)${published}(?=:)`), (_, before: string) => `${before}${instead}`);
  return text === node.text ? undefined : replaceScalar(document, node, text, { intoAnchor: true });
}

function holds(range: PortRange | undefined, port: number): boolean {
  return range !== undefined && range.first <= port && port <= range.last;
}
