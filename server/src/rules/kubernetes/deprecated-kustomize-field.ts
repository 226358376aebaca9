import { defineRule, type Fix } from "../../engine/rule.ts";
import { isWrittenOut, type Kustomization } from "../../languages/kustomize/kustomization.ts";
import {
  appendItem,
  removeEntry,
  renameKey,
  setPath,
  type YamlRecord,
  type YamlValue,
} from "../../languages/yaml/edit.ts";
import type { YamlDocument, YamlEntry, YamlNode } from "../../languages/yaml/node.ts";
import { isNull, itemsOf, scalarText } from "../../languages/yaml/path.ts";
import { contains } from "../../text/span.ts";
import { insert, type TextEdit } from "../../text/edit.ts";
import { editFixes } from "../shared/edit-fixes.ts";
import { joined } from "../shared/joined-edits.ts";

export default defineRule("kubernetes", {
  slug: "deprecated-kustomize-field",
  summary: "A kustomization uses a field that Kustomize is going to drop.",
  why: `\`bases\`, \`patchesStrategicMerge\`, \`patchesJson6902\`, \`commonLabels\` and \`vars\` are deprecated: Kustomize 5 warns at each build, and the next API version
(\`kustomize.config.k8s.io/v1\`) will not have them. Each has a successor that can do more.

\`vars\` has to be rewritten by hand, as \`replacements\` names what is replaced instead of searching for it.`,
  category: "correctness",
  severity: "info",
  preset: "recommended",
  since: "0.1.0",
  aliases: [],
  references: [
    "https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/bases/",
    "https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/patchesstrategicmerge/",
    "https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/labels/",
  ],
  fix: "safe",
  examples: [
    {
      path: "kustomization.yaml",
      bad: "bases:\n  - ../base\npatchesStrategicMerge:\n  - replicas.yaml # more of them\n",
      good: "resources:\n  - ../base\npatches:\n  - path: replicas.yaml # more of them\n",
    },
  ],
  *check({ document, kustomization, templated }) {
    if (kustomization === undefined || templated) return;
    for (const entry of kustomization.map.entries) {
      const successor = successors[entry.key];
      if (successor === undefined || entry.merged !== undefined) continue;
      yield {
        at: entry.keySpan,
        message: `\`${entry.key}\` is deprecated, and Kustomize warns of it at each build: use \`${successor}\`.`,
        tag: "deprecated",
        fixes: () => rewritten(document, kustomization, entry, successor),
      };
    }
  },
});

/** Source: the deprecation notices in `api/types/kustomization.go` of kustomize. */
const successors: Readonly<Record<string, string>> = {
  bases: "resources",
  patchesStrategicMerge: "patches",
  patchesJson6902: "patches",
  commonLabels: "labels",
  vars: "replacements",
  imageTags: "images",
  helmChartInflationGenerator: "helmCharts",
};

function rewritten(document: YamlDocument, { map }: Kustomization, entry: YamlEntry, to: string): readonly Fix[] {
  const there = map.get(to);
  const title = `Write \`${to}\` instead of \`${entry.key}\``;
  switch (entry.key) {
    case "bases":
    case "imageTags":
    case "patchesJson6902":
      if (there === undefined) return editFixes(title, "safe", renameKey(document, entry, to));
      if (entry.key !== "bases") return [];
      return editFixes(`${title} (behind what is there)`, "review", moved(document, entry, there, textOf));
    case "patchesStrategicMerge":
      if (there === undefined) return editFixes(title, "safe", asPaths(document, entry));
      return editFixes(`${title} (behind what is there)`, "review", moved(document, entry, there, pathOf));
    case "commonLabels":
      return there === undefined ? editFixes(title, "safe", asLabels(document, entry)) : [];
    default:
      return [];
  }
}

/** Each of the files becomes the `path` of a patch, where it stands. */
function asPaths(document: YamlDocument, entry: YamlEntry): readonly TextEdit[] | undefined {
  const { value } = entry;
  if (value.type !== "seq" || value.alias !== undefined) return undefined;
  const edits = value.items.flatMap((item) => {
    if (pathOf(item) === undefined) return [];
    const { start, end } = item.span;
    return value.flow ? [insert(start, "{ path: "), insert(end, " }")] : [insert(start, "path: ")];
  });
  if (value.items.some((item) => pathOf(item) === undefined)) return undefined;
  return joined(document.text, [renameKey(document, entry, "patches"), edits]);
}

/** The items go to the end of another list; not where comments would be lost on the way. */
function moved(
  document: YamlDocument,
  entry: YamlEntry,
  { value: there }: YamlEntry,
  read: (item: YamlNode) => YamlValue | undefined,
): readonly TextEdit[] | undefined {
  const whole = { start: entry.keySpan.start, end: entry.value.span.end };
  if (there.type !== "seq" || document.comments.some(({ span }) => contains(whole, span))) return undefined;
  const values = itemsOf(entry.value).map(read);
  if (values.length === 0 || values.includes(undefined) || document.root?.type !== "map") return undefined;
  return joined(document.text, [
    ...values.map((value) => (value === undefined ? undefined : appendItem(document, there, value))),
    removeEntry(document, document.root, entry.key),
  ]);
}

function asLabels(document: YamlDocument, entry: YamlEntry): readonly TextEdit[] | undefined {
  const { value } = entry;
  if (value.type !== "map" || document.root?.type !== "map") return undefined;
  const whole = { start: entry.keySpan.end, end: value.span.end };
  if (document.comments.some(({ span }) => contains(whole, span))) return undefined;
  const pairs: Record<string, string> = {};
  for (const { key, value: label } of value.entries) {
    const text = scalarText(label);
    if (text === undefined || isNull(label) || label.anchor !== undefined || label.alias !== undefined)
      return undefined;
    pairs[key] = text;
  }
  const labels: YamlRecord = { includeSelectors: true, pairs };
  return joined(document.text, [
    renameKey(document, entry, "labels"),
    setPath(document, document.root, [entry.key], [labels]),
  ]);
}

function textOf(item: YamlNode): string | undefined {
  return item.anchor === undefined && item.alias === undefined ? scalarText(item) : undefined;
}

/** A patch that is written out where a file is named is left alone: its text would have to be indented anew. */
function pathOf(item: YamlNode): YamlRecord | undefined {
  const path = item.type === "scalar" && !isWrittenOut(item.text) ? textOf(item) : undefined;
  return path === undefined ? undefined : { path };
}
