import { defineRule, type Fix, type Problem } from "../../engine/rule.ts";
import type { ComposeModel, ComposePort } from "../../languages/compose/model.ts";
import { type PortRange, rangeOf } from "../../languages/compose/ports.ts";
import { replaceScalar } from "../../languages/yaml/edit.ts";
import { asScalar, getPath } from "../../languages/yaml/path.ts";
import type { TextEdit } from "../../text/edit.ts";
import { joined } from "../shared/joined-edits.ts";
import { reviewed } from "../shared/edit-fixes.ts";
import { composeWith } from "./shared/example.ts";
import { wordsOfPort } from "./shared/published-ports.ts";
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
  keys: ["ports"],
  *check(model) {
    yield* oncePerPlace(problems(model));
  },
});

const limit = 1024;

/** One finding for all ports of a service: who minds one of them minds them all. */
function* problems(model: ComposeModel): Iterable<Problem> {
  for (const service of model.services) {
    const entry = service.entry("ports");
    const [first, ...others] = service.ports.filter(isPrivileged);
    if (entry === undefined || first === undefined) continue;
    const more = others.length === 0 ? "" : ` (and ${others.length} more)`;
    const words = wordsOfPort(first);
    yield {
      at: entry.keySpan,
      message: isBelow(rangeOf(first.published))
        ? `\`${words}\`${more} takes a port below ${limit} of the host, which engines without root may not: publish one from ${limit} on, or let a proxy have it.`
        : `\`${words}\`${more} leads to a port below ${limit}, which may need root in the container: let the program listen on one from ${limit} on.`,
      fixes: () => higher(model, [first, ...others]),
    };
  }
}

function isPrivileged({ published, target }: ComposePort): boolean {
  return isBelow(rangeOf(published)) || isBelow(rangeOf(target));
}

function isBelow(range: PortRange | undefined): boolean {
  return range !== undefined && range.first < limit;
}

/** 8080 in place of 80, 8443 of 443, and so on, where nothing else has that one. Only where that is all there is to do. */
function higher(model: ComposeModel, ports: readonly ComposePort[]): readonly Fix[] {
  const moved: number[] = [];
  const edits = joined(
    model.document.text,
    ports.map((port) => {
      const published = rangeOf(port.published);
      if (published === undefined || published.first !== published.last || isBelow(rangeOf(port.target)))
        return undefined;
      const instead = published.first + 8000;
      if (published.first === 0 || isTaken(model, instead)) return undefined;
      moved.push(instead);
      return republished(model, port, instead);
    }),
  );
  const title = `Publish at ${moved.join(" and ")} instead (who connects has to be told, or to be passed on by a proxy)`;
  return reviewed(title, edits);
}

function isTaken({ services }: ComposeModel, port: number): boolean {
  return services.some(({ ports }) =>
    ports.some(({ published }) => {
      const range = rangeOf(published);
      return range !== undefined && range.first <= port && port <= range.last;
    }),
  );
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
