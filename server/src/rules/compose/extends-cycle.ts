import { defineRule, type Problem } from "../../engine/rule.ts";
import type { ComposeModel, ComposeService } from "../../languages/compose/model.ts";
import { removeEntry } from "../../languages/yaml/edit.ts";
import { insideQuotes } from "../../languages/scalar-place.ts";
import { getPath, isUnknown } from "../../languages/yaml/path.ts";
import type { Span } from "../../text/span.ts";
import { reviewed } from "../shared/edit-fixes.ts";
import { composeWith, serviceLines } from "./shared/example.ts";

const worker = (own: readonly string[]): readonly string[] =>
  serviceLines({ name: "worker", image: ["image: ghcr.io/acme/worker:2.0.1"], own })
    .trimEnd()
    .split("\n");

export default defineRule("compose", {
  slug: "extends-cycle",
  summary: "Services extend each other in a circle.",
  why: `A service that extends another one is made of what that one says and what it says itself. In a circle there is nothing to begin with, and Compose refuses the whole
file. What both are to have belongs to a third service that each of them extends, or to a key that begins with \`x-\`.`,
  category: "correctness",
  severity: "error",
  preset: "minimal",
  since: "0.1.0",
  aliases: ["compose-go:consistency"],
  references: ["https://docs.docker.com/reference/compose-file/services/#extends"],
  fix: "review",
  examples: [
    {
      bad: composeWith({ own: ["extends: worker"], end: worker(["extends: api"]) }),
      good: composeWith({ own: ["extends: worker"], end: worker([]) }),
    },
  ],
  keys: ["extends"],
  *check(model) {
    // Of each service in turn: what it leads to is looked at once, so the time is linear.
    const done = new Set<string>();
    for (const service of model.services) yield* circleFrom(model, service, done);
  },
});

function* circleFrom(model: ComposeModel, start: ComposeService, done: Set<string>): Iterable<Problem> {
  const way: string[] = [];
  for (let at: ComposeService | undefined = start; at !== undefined && !done.has(at.name); ) {
    done.add(at.name);
    way.push(at.name);
    const base = baseOf(model, at);
    if (base === undefined) return;
    const from = way.indexOf(base.name);
    if (from >= 0) {
      const { name } = at;
      const { map } = at;
      const circle = [...way.slice(from), base.name].map((one) => `\`${one}\``).join(" → ");
      yield {
        at: base.at,
        message: `${way.length - from === 1 ? `\`${name}\` extends itself` : `The services ${circle} extend each other in a circle`}, so Compose refuses the file: remove one \`extends\`.`,
        fixes: () =>
          reviewed(
            `Remove \`extends\` from \`${name}\` (it no longer has what \`${base.name}\` says)`,
            removeEntry(model.document, map, "extends"),
          ),
      };
      return;
    }
    at = model.service(base.name);
  }
}

/** The service of this file that a service extends. */
function baseOf(
  model: ComposeModel,
  { map }: ComposeService,
): { readonly name: string; readonly at: Span } | undefined {
  const value = map.get("extends")?.value;
  // One that names a file, be it this very file, may lead anywhere.
  if (getPath(value, "file") !== undefined) return undefined;
  const node = value?.type === "map" ? value.get("service")?.value : value;
  if (node?.type !== "scalar" || node.value === null || isUnknown(node)) return undefined;
  return { name: node.text, at: insideQuotes(model.document.text, node) };
}
