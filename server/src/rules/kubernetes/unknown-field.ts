import { defineRule, type EditFix, type Fix } from "../../engine/rule.ts";
import { newestKubernetes } from "../../knowledge/deprecated-apis.ts";
import { type FieldRecord, fieldProblems } from "../../languages/kubernetes/fields.ts";
import type { KubernetesModel } from "../../languages/kubernetes/model.ts";
import { removeEntry, removePath, renameKey, setPath } from "../../languages/yaml/edit.ts";
import type { YamlEntry } from "../../languages/yaml/node.ts";
import { getPath, itemsOf } from "../../languages/yaml/path.ts";
import { reviewed } from "../shared/edit-fixes.ts";
import { joined } from "../shared/joined-edits.ts";
import { jobWith } from "./shared/example.ts";
import { type FieldGuess, guessField } from "./shared/field-guess.ts";
import { recordWords, shortened } from "./shared/field-words.ts";
import { movable } from "./shared/plain-value.ts";

export default defineRule("kubernetes", {
  slug: "unknown-field",
  summary: "A field that the kind does not have: Kubernetes refuses the object, or drops what it says.",
  why: `\`kubectl apply\` asks the API server to refuse unknown fields (from Kubernetes 1.27 on), so the deployment stops there. Older clients, and tools that do
not ask, have the field dropped without a word, which is worse: the limit, the probe or the security setting that somebody wrote and reviewed is not in
force. Mostly the field is misspelt or indented one level too far or not far enough.

The list of fields goes up to what is known of Kubernetes ${newestKubernetes}; where the config names an older release, newer fields are told as well. Custom resources are
never judged.`,
  category: "correctness",
  severity: "error",
  preset: "minimal",
  since: "0.1.0",
  aliases: ["kube-linter:schema-validation", "kube-linter:template-kubeconform"],
  references: [
    "https://kubernetes.io/docs/reference/using-api/api-concepts/#field-validation",
    "https://kubernetes.io/docs/reference/kubernetes-api/",
  ],
  fix: "review",
  examples: [
    {
      bad: jobWith({ container: ["workingdir: /srv"] }),
      good: jobWith({ container: ["workingDir: /srv"] }),
    },
    {
      bad: jobWith({ container: ["activeDeadlineSeconds: 600"] }),
      good: jobWith({}).replace("      containers:", "      activeDeadlineSeconds: 600\n      containers:"),
    },
  ],
  *check(model) {
    for (const problem of model.once(fieldProblems)) {
      if (problem.type === "newer-field") {
        const { entry, since, record } = problem;
        yield {
          at: entry.keySpan,
          message: `\`${shortened(entry.key)}\` of ${recordWords(record)} came with Kubernetes ${since}; ${model.release} refuses or drops it: remove it, or name a newer release.`,
          fixes: () => removal(model, record, entry),
        };
      }
      if (problem.type !== "unknown-field") continue;
      const { entry, record } = problem;
      const guess = guessField(entry, record);
      yield {
        at: entry.keySpan,
        message: `\`${shortened(entry.key)}\` is no field of ${recordWords(record)}${adviceOf(guess)}`,
        fixes: () => fixesOf(model, record, entry, guess),
      };
    }
  },
});

function adviceOf(guess: FieldGuess | undefined): string {
  switch (guess?.type) {
    case "name":
      return `: did you mean \`${guess.name}\`?`;
    case "taken":
      return `, and \`${guess.name}\`, which it looks like, is there already: put both together.`;
    case "outside":
      return `: it belongs to ${definite(guess.record)}, further out.`;
    case "beside":
      return `: it belongs under ${pathWords(guess)}.`;
    case "instead":
      return `: it is written as \`${guess.path.join(".")}\`.`;
    case "containers":
      return ": it is a setting of each container.";
    case "version":
      return `: \`${guess.apiVersion}\` has it.`;
    default:
      return ", so Kubernetes refuses the object or drops it: remove it.";
  }
}

/** `recordWords` of a map that is the only one of its kind there. */
function definite(record: FieldRecord): string {
  return recordWords(record).replace(/^an? /, "the ");
}

function pathWords({ record, path }: FieldGuess & { readonly type: "beside" }): string {
  const written = path.map((step, index) => (step === 0 ? "[]" : index === 0 ? step : `.${step}`)).join("");
  const holder = record.entry === undefined || record.item ? "" : `${record.entry.key}.`;
  return `\`${holder}${written}\``;
}

function fixesOf(
  model: KubernetesModel,
  record: FieldRecord,
  entry: YamlEntry,
  guess: FieldGuess | undefined,
): readonly Fix[] {
  if (guess?.type === "name") {
    return reviewed(
      `Rename it to \`${guess.name}\` (what it says takes effect)`,
      renameKey(model.document, entry, guess.name),
    );
  }
  switch (guess?.type) {
    case "outside":
    case "beside":
      return moved(model, record, entry, guess);
    case "instead":
      return replaced(model, record, entry, guess.path);
    case "containers":
      return spread(model, record, entry);
    case "taken":
    case "version":
      return [];
    default:
      return removal(model, record, entry);
  }
}

function replaced(
  { document }: KubernetesModel,
  { map }: FieldRecord,
  entry: YamlEntry,
  path: readonly string[],
): readonly EditFix[] {
  const value = entry.merged === undefined ? movable(document, entry.value) : undefined;
  if (value === undefined || getPath(map, ...path) !== undefined) return [];
  const others = map.entries.filter(({ key }) => key !== entry.key && meantAsWell(key, path));
  // Two fields that go to the same map would each make it: the second is mended in the next round.
  const [first] = [entry, ...others].sort((a, b) => a.keySpan.start - b.keySpan.start);
  const edits =
    first === entry
      ? joined(document.text, [removeEntry(document, map, entry.key), setPath(document, map, path, value)])
      : undefined;
  return reviewed(`Write it as \`${path.join(".")}\``, edits);
}

function meantAsWell(key: string, [first]: readonly string[]): boolean {
  return first !== undefined && /^service(?:Name|Port)$/.test(key);
}

/** A setting of the pod that is one of its containers goes to all of them. */
function spread({ document }: KubernetesModel, record: FieldRecord, entry: YamlEntry): readonly EditFix[] {
  const pod = record.around[0]?.map;
  const value = entry.merged === undefined ? movable(document, entry.value) : undefined;
  if (pod === undefined || value === undefined) return [];
  const containers = ["initContainers", "containers"].flatMap((key) => itemsOf(getPath(pod, key)));
  const edits = containers.flatMap((container) => {
    if (container.type !== "map" || getPath(container, "securityContext", entry.key) !== undefined) return [];
    return [setPath(document, container, ["securityContext", entry.key], value)];
  });
  return reviewed(
    "Move it to each container (what it says takes effect)",
    joined(document.text, [removePath(document, pod, ["securityContext", entry.key]), ...edits]),
  );
}

function moved(
  { document }: KubernetesModel,
  record: FieldRecord,
  entry: YamlEntry,
  guess: FieldGuess & { readonly type: "outside" | "beside" },
): readonly EditFix[] {
  const value = entry.merged === undefined ? movable(document, entry.value) : undefined;
  if (value === undefined) return [];
  const words = guess.type === "outside" ? definite(guess.record) : pathWords(guess);
  const inner = [record, ...record.around].find((one) => one.around[0]?.map === guess.record.map);
  const before = inner?.entry?.key;
  const target = guess.type === "outside" ? [entry.key] : [...guess.path, entry.key];
  if (getPath(guess.record.map, ...target) !== undefined) return [];
  const edits = joined(document.text, [
    removeEntry(document, record.map, entry.key),
    setPath(
      document,
      guess.record.map,
      target,
      value,
      guess.type === "outside" && before !== undefined ? { position: { before: [before] } } : {},
    ),
  ]);
  return reviewed(`Move it to ${words} (what it says takes effect)`, edits);
}

function removal({ document }: KubernetesModel, { map }: FieldRecord, { key }: YamlEntry): readonly EditFix[] {
  return reviewed(`Remove \`${shortened(key)}\` (Kubernetes refuses it)`, removeEntry(document, map, key));
}
