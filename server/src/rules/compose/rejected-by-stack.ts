import { defineRule, type Fix, type Problem } from "../../engine/rule.ts";
import {
  type StackKey,
  stackPartKeys,
  stackScalars,
  stackServiceKeys,
  stackTopKeys,
} from "../../knowledge/stack-keys.ts";
import type { ComposeModel, ComposeService } from "../../languages/compose/model.ts";
import { replaceScalar } from "../../languages/yaml/edit.ts";
import type { YamlEntry, YamlMap, YamlScalar } from "../../languages/yaml/node.ts";
import { getPath, isNull, isUnknown, itemsOf, scalarText } from "../../languages/yaml/path.ts";
import { reviewed, safe } from "../shared/edit-fixes.ts";
import { keysIn, keyTree } from "./shared/key-tree.ts";
import { moved, withoutKey } from "./shared/moved-keys.ts";
import { oncePerPlace } from "./shared/services.ts";
import { stackPath, stackWith } from "./shared/stack-example.ts";
import { withItemsAs } from "./shared/stack-forms.ts";

export default defineRule("compose", {
  slug: "rejected-by-stack",
  summary: "A stack file holds what `docker stack deploy` refuses.",
  why: `\`docker stack deploy\` reads the old format 3 of Compose files, by a list of keys and types that hardly grew since. A key that it does not know, or a value
of another type, stops the whole deployment with one line of text, on the first of them only. Nothing of it shows under \`docker compose\`, which knows more keys
and takes \`0.5\` and \`"0.5"\` alike; files written by \`docker compose config\` fail for the same reason.

Limits, replicas and restart policies have a place below \`deploy\` that both commands read. For the rest a stack has other means or none. A file that is no
stack file is told by \`dialect: compose\` in the configuration.`,
  category: "correctness",
  severity: "error",
  preset: "minimal",
  since: "0.1.0",
  aliases: [],
  references: [
    "https://docs.docker.com/engine/swarm/stack-deploy/",
    "https://docs.docker.com/reference/cli/docker/stack/deploy/",
  ],
  fix: "safe",
  examples: [
    {
      path: stackPath,
      bad: stackWith({ memory: [], own: ["mem_limit: 512m"] }),
      good: stackWith({ memory: [], own: ["deploy:", "  resources:", "    limits:", "      memory: 512m"] }),
    },
    {
      path: stackPath,
      bad: stackWith({ memory: ["  resources:", "    limits:", "      cpus: 0.5", "      memory: 512M"] }),
      good: stackWith({ memory: ["  resources:", "    limits:", '      cpus: "0.5"', "      memory: 512M"] }),
    },
  ],
  *check(model) {
    if (model.dialect !== "stack" || model.document.templated) return;
    yield* oncePerPlace(refusals(model));
  },
});

const partTree = keyTree(stackPartKeys);
const scalarTree = keyTree(stackScalars);

function* refusals(model: ComposeModel): Iterable<Problem> {
  const { root } = model;
  for (const entry of root.entries) {
    const known = stackTopKeys.get(entry.key);
    if (known !== undefined) {
      yield refusal(entry, known.advice, () => dropped(model, root, entry, known));
    }
  }
  for (const service of model.services) yield* refusalsOf(model, service);
  for (const { owner, entry, fact } of keysIn(root, partTree)) {
    yield refusal(entry, fact.advice, () => dropped(model, owner, entry, fact));
  }
  for (const { entry, fact } of keysIn(root, scalarTree)) {
    const { value } = entry;
    if (value.type === "scalar" && !isNull(value) && !isUnknown(value))
      yield* wrongForm(model, entry, value, fact.type);
  }
}

function* refusalsOf(model: ComposeModel, service: ComposeService): Iterable<Problem> {
  for (const entry of service.map.entries) {
    const known = stackServiceKeys.get(entry.key);
    if (known?.fate !== "refused" || entry.value.tag === "!reset") continue;
    yield refusal(entry, known.advice, () =>
      known.instead === undefined
        ? dropped(model, service.map, entry, known)
        : placed(model, service, entry, known.instead),
    );
  }
  const depends = service.map.get("depends_on");
  if (depends?.value.type === "map") {
    const names = depends.value.entries.map(({ key }) => key);
    yield {
      at: depends.keySpan,
      message:
        "`docker stack deploy` takes `depends_on` as a list alone, and starts all at once anyway: let the services wait for each other themselves.",
      fixes: () => {
        const edits = withItemsAs(model.document, service.map, "depends_on", names);
        const title = "Write `depends_on` as a list (a stack knows no conditions)";
        return reviewed(title, edits);
      },
    };
  }
  const files = service.map.get("env_file");
  const object = itemsOf(files?.value).find((item) => item.type === "map");
  if (files !== undefined && object !== undefined) {
    yield {
      at: files.keySpan,
      message: "`docker stack deploy` takes paths alone in `env_file`, no maps: name files that are always there.",
      fixes: () => {
        const paths = itemsOf(files.value).map((item) => scalarText(item) ?? scalarText(getPath(item, "path")));
        if (paths.includes(undefined)) return [];
        const edits = withItemsAs(
          model.document,
          service.map,
          "env_file",
          paths.flatMap((path) => path ?? []),
        );
        const title = "Name the files by their paths (a missing one then stops the deployment)";
        return reviewed(title, edits);
      },
    };
  }
  const build = service.map.get("build");
  if (build !== undefined && !isNull(build.value) && service.get("image") === undefined && model.role === "main") {
    yield {
      at: build.keySpan,
      message: "`docker stack deploy` builds nothing: build and push the image before, and name it by `image`.",
    };
  }
}

function refusal(entry: YamlEntry, advice: string, edits: () => Fix | undefined): Problem {
  return {
    at: entry.keySpan,
    message: `\`docker stack deploy\` refuses \`${entry.key}\`: ${advice}.`,
    fixes: () => {
      const fix = edits();
      return fix === undefined ? [] : [fix];
    },
  };
}

function dropped(
  { document }: ComposeModel,
  owner: YamlMap,
  { key }: YamlEntry,
  { droppable = false }: Pick<StackKey, "droppable">,
): Fix | undefined {
  const edits = droppable ? withoutKey(document, owner, key) : undefined;
  return edits === undefined
    ? undefined
    : { title: `Remove \`${key}\` (\`docker compose\` would heed it)`, safety: "review", edits };
}

function placed(
  model: ComposeModel,
  service: ComposeService,
  { key, value }: YamlEntry,
  instead: readonly string[],
): Fix | undefined {
  const text = scalarText(value);
  if (text === undefined) return undefined;
  const counts = instead.at(-1) === "pids" || instead.at(-1) === "replicas";
  // A swarm has no number for "as many as you like": no limit is none.
  if (counts && !/^\d+$/.test(text)) return undefined;
  const edits = moved(model, service, key, instead, counts ? Number(text) : text);
  const title = `Say it as \`${instead.join(".")}\``;
  return edits === undefined ? undefined : { title, safety: "review", edits };
}

function* wrongForm(
  model: ComposeModel,
  { key, value }: YamlEntry,
  scalar: YamlScalar,
  type: "text" | "number" | "boolean",
): Iterable<Problem> {
  const wanted = inForm(scalar, type);
  if (wanted === scalar.value) return;
  const { text } = scalar;
  const form = { text: "text", number: "a number", boolean: "`true` or `false`" }[type];
  const hint =
    wanted === undefined
      ? ""
      : type === "text"
        ? `: put \`${text}\` in quotes`
        : `: take the quotes from \`${text}\` away`;
  yield {
    at: value.span,
    message: `\`docker stack deploy\` wants ${form} as \`${key}\`${hint}.`,
    fixes: () => {
      const edits = wanted === undefined ? undefined : replaceScalar(model.document, scalar, wanted);
      const title = type === "text" ? `Put \`${text}\` in quotes` : `Take the quotes from \`${text}\` away`;
      return safe(title, edits);
    },
  };
}

/** The value in the form wanted, as it is where it has it, `undefined` where it has none. */
function inForm(
  { value, text }: YamlScalar,
  type: "text" | "number" | "boolean",
): string | number | boolean | undefined {
  if (type === "text") return text;
  if (type === "number")
    return typeof value === "number" ? value : /^(?:0|[1-9]\d*)$/.test(text) ? Number(text) : undefined;
  if (typeof value === "boolean") return value;
  return text === "true" ? true : text === "false" ? false : undefined;
}
