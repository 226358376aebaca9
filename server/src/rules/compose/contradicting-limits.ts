import { defineRule, type Fix, type Problem } from "../../engine/rule.ts";
import type { ComposeModel, ComposeService } from "../../languages/compose/model.ts";
import { bytesOf } from "../../languages/compose/value.ts";
import { removeEntry, setPath } from "../../languages/yaml/edit.ts";
import type { YamlNode } from "../../languages/yaml/node.ts";
import { isNull, isUnknown, scalarText } from "../../languages/yaml/path.ts";
import { joined } from "../shared/joined-edits.ts";
import { reviewed } from "../shared/edit-fixes.ts";
import { composeWith } from "./shared/example.ts";
import { oncePerPlace } from "./shared/services.ts";

export default defineRule("compose", {
  slug: "contradicting-limits",
  summary: "A limit of the service and the one under `deploy.resources` differ.",
  why: `\`cpus\`, \`mem_limit\`, \`mem_reservation\` and \`pids_limit\` mean the same as their twins under \`deploy.resources\`. Where the service has one and \`deploy.resources.limits\`
(or \`reservations\`) another value, or no such entry at all beside others, Compose refuses the whole file. Keep limits in one place: \`deploy.resources\`, which
stacks understand as well.`,
  category: "correctness",
  severity: "error",
  preset: "minimal",
  since: "0.1.0",
  aliases: ["compose-go:consistency"],
  references: [
    "https://docs.docker.com/reference/compose-file/deploy/#resources",
    "https://docs.docker.com/reference/compose-file/services/#mem_limit",
  ],
  fix: "review",
  examples: [
    {
      bad: composeWith({
        memory: ["mem_limit: 512m"],
        own: ["deploy:", "  resources:", "    limits:", "      memory: 1g"],
      }),
      good: composeWith({ memory: [], own: ["deploy:", "  resources:", "    limits:", "      memory: 1g"] }),
    },
  ],
  keys: ["deploy"],
  *check(model) {
    // A stack refuses the short keys as such.
    if (model.dialect !== "stack") yield* oncePerPlace(problems(model));
  },
});

interface Twins {
  readonly key: string;
  readonly path: readonly [string, string, "limits" | "reservations", string];
  readonly amount: (text: string) => number | undefined;
}

const twins: readonly Twins[] = [
  { key: "cpus", path: ["deploy", "resources", "limits", "cpus"], amount: plainNumber },
  { key: "mem_limit", path: ["deploy", "resources", "limits", "memory"], amount: bytesOf },
  { key: "mem_reservation", path: ["deploy", "resources", "reservations", "memory"], amount: bytesOf },
  { key: "pids_limit", path: ["deploy", "resources", "limits", "pids"], amount: plainNumber },
];

function* problems(model: ComposeModel): Iterable<Problem> {
  for (const service of model.services) {
    if (service.get("deploy", "resources") === undefined) continue;
    for (const pair of twins) {
      const problem = contradiction(model, service, pair);
      if (problem !== undefined) yield problem;
    }
  }
}

function contradiction(
  model: ComposeModel,
  service: ComposeService,
  { key, path, amount }: Twins,
): Problem | undefined {
  const own = service.entry(key);
  const ownAmount = amountOf(own?.value, amount);
  const group = service.get(...path.slice(0, -1));
  // Nought is as good as nothing.
  if (own === undefined || ownAmount === undefined || ownAmount === 0 || group?.type !== "map") return undefined;
  const other = group.get(path[3]);
  const name = path.join(".");
  const value = scalarText(own.value) ?? "";
  if (other === undefined) {
    return {
      at: own.keySpan,
      message: `\`${service.name}\` has \`${key}: ${value}\` beside a \`${path.slice(0, -1).join(".")}\` without \`${path[3]}\`, which Compose refuses: move it there.`,
      fixes: () => [moved(model, service, key, path)].flat(),
    };
  }
  const otherAmount = amountOf(other.value, amount);
  if (otherAmount === undefined || otherAmount === ownAmount) return undefined;
  return {
    at: own.keySpan,
    message: `\`${service.name}\` has \`${key}: ${value}\` and \`${name}: ${scalarText(other.value) ?? ""}\`, so Compose refuses the file: keep one of them.`,
    fixes: () => [
      ...reviewed(
        `Remove \`${key}\` (the limit is ${scalarText(other.value) ?? ""})`,
        removeEntry(model.document, service.map, key),
      ),
      ...moved(model, service, key, path),
    ],
    related: [{ at: other.keySpan, message: `\`${name}\`` }],
  };
}

function moved(model: ComposeModel, service: ComposeService, key: string, path: Twins["path"]): readonly Fix[] {
  const { document } = model;
  const value = scalarText(service.get(key));
  if (value === undefined) return [];
  // The schema wants CPUs as a text there, and processes as a number.
  const written = path[3] === "pids" ? Number(value) : value;
  return reviewed(
    `Move \`${key}: ${value}\` to \`${path.join(".")}\``,
    joined(document.text, [removeEntry(document, service.map, key), setPath(document, service.map, path, written)]),
  );
}

function amountOf(node: YamlNode | undefined, amount: (text: string) => number | undefined): number | undefined {
  if (isNull(node) || isUnknown(node)) return undefined;
  const text = scalarText(node);
  return text === undefined ? undefined : amount(text);
}

function plainNumber(text: string): number | undefined {
  return /^-?\d+(?:\.\d+)?$/.test(text) ? Number(text) : undefined;
}
