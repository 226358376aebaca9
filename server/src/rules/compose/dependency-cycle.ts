import { defineRule, type Problem, type Related } from "../../engine/rule.ts";
import type { ComposeModel } from "../../languages/compose/model.ts";
import { reviewed } from "../shared/edit-fixes.ts";
import { composeWith, serviceLines } from "./shared/example.ts";
import { dependenciesOf, type Reference, withoutReference } from "./shared/references.ts";
import { oncePerPlace } from "./shared/services.ts";

const worker = (own: readonly string[]): readonly string[] =>
  serviceLines({ name: "worker", image: ["image: ghcr.io/acme/worker:2.0.1"], own })
    .trimEnd()
    .split("\n");

const waits = (name: string): readonly string[] => ["depends_on:", `  ${name}:`, "    condition: service_healthy"];

export default defineRule("compose", {
  slug: "dependency-cycle",
  summary: "Services depend on each other in a circle.",
  why: `Compose starts a service after those it depends on, so a circle has no first one and the whole file is refused. Besides \`depends_on\`, \`links\`,
\`volumes_from\` and \`service:\` in \`network_mode\`, \`ipc\`, \`pid\` and \`uts\` count as dependencies. Where two services need each other, one of them has to start without
the other and try again until it answers.`,
  category: "correctness",
  severity: "error",
  preset: "minimal",
  since: "0.1.0",
  aliases: ["compose-go:consistency"],
  references: ["https://docs.docker.com/compose/how-tos/startup-order/"],
  fix: "review",
  examples: [
    {
      bad: composeWith({ own: waits("worker"), end: worker(waits("api")) }),
      good: composeWith({ own: waits("worker"), end: worker([]) }),
    },
  ],
  *check(model) {
    yield* oncePerPlace(problems(model));
  },
});

function* problems(model: ComposeModel): Iterable<Problem> {
  for (const circle of circlesOf(model)) {
    const closing = circle.at(-1);
    if (closing === undefined) continue;
    yield {
      at: closing.at,
      message: `${told(circle)}: Compose cannot tell which to start first and refuses the file. Remove one of these dependencies.`,
      // Whose network or processes are shared is hardly what can go.
      fixes: () =>
        [closing, ...circle.slice(0, -1).toReversed()]
          .filter(({ key }) => key === "depends_on" || key === "links")
          .flatMap((reference) => reviewed(removalTitle(reference), withoutReference(model, reference))),
      related: circle.slice(0, -1).map(({ at, service, name, key }): Related => {
        return { at, message: `\`${service.name}\` depends on \`${name}\` by \`${key}\`` };
      }),
      ...(model.dialect === "stack" ? { severity: "warning" } : {}),
    };
  }
}

function removalTitle({ service, name, key }: Reference): string {
  const after = service.name === name ? "" : ` (it may start before \`${name}\`)`;
  return `Remove \`${name}\` from the \`${key}\` of \`${service.name}\`${after}`;
}

function told(circle: readonly Reference[]): string {
  const names = circle.map(({ service }) => service.name);
  const [first = ""] = names;
  if (names.length === 1) return `\`${first}\` depends on itself`;
  const shown = names.length > 5 ? [...names.slice(0, 3), "…", ...names.slice(-1)] : names;
  return `The dependencies ${[...shown, first].map((name) => (name === "…" ? name : `\`${name}\``)).join(" → ")} go in a circle`;
}

/**
 * For each dependency that leads back to a service on the way to it, the dependencies of that circle, this one last. Services are gone through in
 * the file's order, each once, so the time is linear; without the dependencies that are found there is no circle.
 */
function* circlesOf(model: ComposeModel): Iterable<readonly Reference[]> {
  const done = new Set<string>();
  const position = new Map<string, number>();
  const way: Reference[] = [];
  for (const { name: start } of model.services) {
    if (done.has(start)) continue;
    // A stack of our own: a file may chain more services than calls can be nested.
    const open = [{ name: start, left: referencesFrom(model, start) }];
    position.set(start, 0);
    for (let top = open.at(-1); top !== undefined; top = open.at(-1)) {
      const next = top.left.next();
      if (next.done === true) {
        open.pop();
        way.pop();
        position.delete(top.name);
        done.add(top.name);
        continue;
      }
      const { name } = next.value;
      const at = position.get(name);
      if (at !== undefined) yield [...way.slice(at), next.value];
      else if (!done.has(name) && model.service(name) !== undefined) {
        way.push(next.value);
        position.set(name, open.length);
        open.push({ name, left: referencesFrom(model, name) });
      }
    }
  }
}

function referencesFrom(model: ComposeModel, name: string): Iterator<Reference, undefined> {
  const service = model.service(name);
  const references = service === undefined ? [] : [...dependenciesOf(model, service)];
  // A service that is named twice is one dependency.
  const first = references.filter((one, index) => references.findIndex((other) => other.name === one.name) === index);
  return first.values();
}
