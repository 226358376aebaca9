import { defineRule, type Fix, type Problem } from "../../engine/rule.ts";
import type { ComposeModel } from "../../languages/compose/model.ts";
import { removePath, setPath } from "../../languages/yaml/edit.ts";
import type { YamlEntry, YamlMap } from "../../languages/yaml/node.ts";
import { booleanOf, isUnknown, scalarText } from "../../languages/yaml/path.ts";
import type { WorkspaceView } from "../../workspace/workspace.ts";
import { reviewed } from "../shared/edit-fixes.ts";
import { composeWith } from "./shared/example.ts";
import { declaredIn } from "./shared/references.ts";
import { oncePerPlace } from "./shared/services.ts";

const secret = (keys: readonly string[]): readonly string[] => [
  "secrets:",
  "  api_key:",
  ...keys.map((key) => `    ${key}`),
];
const own = ["secrets:", "  - api_key"];

export default defineRule("compose", {
  slug: "secret-source",
  summary: "A secret or config says nothing of where its value comes from, or says it more than once.",
  why: `A secret is read from a \`file\` or a variable of the caller's \`environment\`; a config from one of these or from its own \`content\`. Without a source there is nothing
to mount, with several nobody knows which one counts, and Compose refuses the whole file in both cases. What exists already, in a swarm, is declared with
\`external: true\`.`,
  category: "correctness",
  severity: "error",
  preset: "minimal",
  since: "0.1.0",
  aliases: ["compose-go:consistency"],
  references: [
    "https://docs.docker.com/reference/compose-file/secrets/",
    "https://docs.docker.com/reference/compose-file/configs/",
  ],
  fix: "review",
  examples: [
    {
      bad: composeWith({ own, end: secret(["file: ./secrets/api_key.txt", "environment: API_KEY"]) }),
      good: composeWith({ own, end: secret(["file: ./secrets/api_key.txt"]) }),
    },
  ],
  reads: "workspace",
  *check(model, _options, workspace) {
    yield* oncePerPlace(problems(model, workspace));
  },
});

/** What may be read from, by the part's key. */
const kinds = [
  { part: "secrets", noun: "secret", sources: ["file", "environment"], folder: "./secrets/", ending: ".txt" },
  { part: "configs", noun: "config", sources: ["file", "environment", "content"], folder: "./", ending: "" },
] as const;

type SourceKind = (typeof kinds)[number];

function* problems(model: ComposeModel, workspace: WorkspaceView): Iterable<Problem> {
  for (const kind of kinds) {
    for (const declared of declaredIn(model, kind.part)) {
      // What is no map at all is a wrong type.
      if (declared.value.type !== "map" || declared.value.tag !== undefined) continue;
      const map = declared.value;
      const found = kind.sources.flatMap((key) => map.get(key) ?? []);
      if (found.length > 1) yield several(model, kind, declared, found);
      else if (lacksSource(kind, map, found[0]) && !isElsewhere(workspace, kind, declared.key))
        yield none(model, kind, declared);
    }
  }
}

/** Another file may say what this one leaves out. */
function isElsewhere(workspace: WorkspaceView, { part }: SourceKind, name: string): boolean {
  const project = workspace.composeProject();
  return project.declared(part, name) !== undefined || !project.complete;
}

function lacksSource({ part }: SourceKind, map: YamlMap, source: YamlEntry | undefined): boolean {
  if (source !== undefined) return source.key === "environment" && isEmpty(source) && part === "secrets";
  const external = map.get("external")?.value;
  if (external === undefined) return part === "secrets" ? map.get("driver") === undefined : true;
  // A config that is only not external is let through.
  return part === "secrets" && booleanOf(external) === false;
}

function isEmpty({ value }: YamlEntry): boolean {
  return value.type === "scalar" && scalarText(value) === "" && !isUnknown(value);
}

function several(
  model: ComposeModel,
  { part, noun }: SourceKind,
  { key: name }: YamlEntry,
  found: readonly YamlEntry[],
): Problem {
  const [first, second] = found;
  return {
    at: (second ?? first)?.keySpan ?? model.root.span,
    message: `The ${noun} \`${name}\` has several sources, ${found.map(({ key }) => `\`${key}\``).join(" and ")}, so Compose refuses the file: keep one of them.`,
    fixes: () =>
      found.length > 2
        ? []
        : found
            .toReversed()
            .flatMap(({ key }): readonly Fix[] =>
              reviewed(
                `Remove \`${key}\` from the ${noun} \`${name}\``,
                removePath(model.document, model.root, [part, name, key]),
              ),
            ),
    related: found.slice(0, 1).map(({ key, keySpan }) => ({ at: keySpan, message: `\`${name}\` has a \`${key}\`` })),
  };
}

function none(model: ComposeModel, kind: SourceKind, { key: name, keySpan }: YamlEntry): Problem {
  const { part, noun, sources, folder, ending } = kind;
  const file = `${folder}${name}${ending}`;
  return {
    at: keySpan,
    message: `The ${noun} \`${name}\` does not say where its value comes from, so Compose refuses the file: add ${sources.map((key) => `\`${key}\``).join(", ")}, or \`external: true\` in a swarm.`,
    fixes: () =>
      reviewed(`Read \`${name}\` from \`${file}\``, setPath(model.document, model.root, [part, name, "file"], file)),
  };
}
