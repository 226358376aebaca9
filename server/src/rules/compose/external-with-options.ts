import { defineRule, type Problem } from "../../engine/rule.ts";
import type { ComposeModel } from "../../languages/compose/model.ts";
import { removePath, setPath } from "../../languages/yaml/edit.ts";
import { isUnknown, scalarText } from "../../languages/yaml/path.ts";
import { joined } from "../shared/joined-edits.ts";
import { reviewed } from "../shared/edit-fixes.ts";
import { composeWith } from "./shared/example.ts";
import { type External, externalsOf } from "./shared/externals.ts";
import { oncePerPlace } from "./shared/services.ts";

const volume = (keys: readonly string[]): readonly string[] => [
  "volumes:",
  "  uploads:",
  ...keys.map((key) => `    ${key}`),
];
const own = ["volumes:", "  - uploads:/srv/uploads"];

export default defineRule("compose", {
  slug: "external-with-options",
  summary: "A volume is external and has options all the same, or something external has two names.",
  why: `\`external: true\` says that the volume exists already and Compose leaves it as it is. A driver, its options or labels say how to make it. Compose does not choose
between the two and refuses the whole file, as it does where the old form \`external: { name: … }\` and \`name\` differ.`,
  category: "correctness",
  severity: "error",
  preset: "minimal",
  since: "0.1.0",
  aliases: ["compose-go:consistency"],
  references: [
    "https://docs.docker.com/reference/compose-file/volumes/#external",
    "https://docs.docker.com/reference/compose-file/networks/#external",
  ],
  fix: "review",
  examples: [
    {
      bad: composeWith({ own, end: volume(["external: true", "driver: local"]) }),
      good: composeWith({ own, end: volume(["external: true"]) }),
    },
  ],
  *check(model) {
    yield* oncePerPlace(problems(model));
  },
});

function* problems(model: ComposeModel): Iterable<Problem> {
  for (const found of externalsOf(model)) {
    yield* twoNames(model, found);
    if (found.part !== "volumes") continue;
    const { part, noun, name, options } = found;
    const [first] = options;
    if (first === undefined) continue;
    const keys = options.map(({ key }) => `\`${key}\``).join(", ");
    yield {
      at: first.keySpan,
      message: `The ${noun} \`${name}\` is external, so Compose does not make it and refuses ${keys} beside that: remove ${options.length === 1 ? "it" : "them"}, or \`external\`.`,
      fixes: () => [
        ...reviewed(
          `Remove ${keys} from the external ${noun} \`${name}\``,
          joined(
            model.document.text,
            options.map(({ key }) => removePath(model.document, model.root, [part, name, key])),
          ),
        ),
        ...reviewed(
          `Remove \`external\` (Compose makes the ${noun}, under the project's name)`,
          removePath(model.document, model.root, [part, name, "external"]),
        ),
      ],
      related: [{ at: found.entry.keySpan, message: `\`${name}\` exists already` }],
    };
  }
}

/** `name: a` beside `external: { name: b }`. */
function* twoNames(model: ComposeModel, { part, noun, name, map, entry }: External): Iterable<Problem> {
  const old = entry.value.type === "map" ? entry.value.get("name") : undefined;
  const now = map.get("name");
  if (old === undefined || now === undefined || isUnknown(old.value) || isUnknown(now.value)) return;
  const [before, after] = [scalarText(old.value), scalarText(now.value)];
  if (before === undefined || after === undefined || before === after) return;
  yield {
    at: old.value.span,
    message: `The ${noun} \`${name}\` has two names, \`${after}\` by \`name\` and \`${before}\` by \`external\`, so Compose refuses the file: write \`external: true\` and the right \`name\`.`,
    fixes: () =>
      reviewed(`Keep the name \`${after}\``, setPath(model.document, model.root, [part, name, "external"], true)),
    related: [{ at: now.value.span, message: `the other name of \`${name}\`` }],
  };
}
