import type { Fix } from "../../../engine/rule.ts";
import type { KubernetesModel } from "../../../languages/kubernetes/model.ts";
import { replaceScalar } from "../../../languages/yaml/edit.ts";
import type { YamlEntry, YamlNode } from "../../../languages/yaml/node.ts";
import { asScalar, entriesOf, getPath, isUnknown, scalarText } from "../../../languages/yaml/path.ts";
import { closestOf } from "../../../text/closest.ts";
import type { Labels } from "../../../workspace/label-selector.ts";
import { reviewed } from "../../shared/edit-fixes.ts";

/** Whether a template decides a part of a selector, so that what it selects is not known. */
export function isUnknownSelector(selector: YamlNode | undefined): boolean {
  if (selector === undefined) return false;
  if (selector.type === "scalar") return isUnknown(selector, "kubernetes");
  const parts = selector.type === "seq" ? selector.items : selector.entries.map(({ value }) => value);
  return parts.some(isUnknownSelector);
}

/** The first label of a selector's `matchLabels` that differs from those given, or its first one. */
export function differingLabel(selector: YamlNode | undefined, labels: Labels): YamlEntry | undefined {
  const entries = entriesOf(getPath(selector, "matchLabels"));
  return entries.find(({ key, value }) => labels[key] !== scalarText(value)) ?? entries[0];
}

/** `web-db` is another thing than `web`, not a slip of it. */
function addsWords(longer: string, shorter: string): boolean {
  const words = longer.split(/[-._]/);
  const others = shorter.split(/[-._]/);
  return words.length > others.length && others.every((word) => words.includes(word));
}

/** Writes the value that the pods have in the place of one that looks like a slip of it. */
export function corrected(model: KubernetesModel, entry: YamlEntry | undefined, labels: Labels): readonly Fix[] {
  const scalar = asScalar(entry?.value);
  const has = entry === undefined ? undefined : labels[entry.key];
  if (entry === undefined || scalar === undefined || has === undefined) return [];
  if (closestOf(scalar.text, [has]) === undefined || addsWords(scalar.text, has) || addsWords(has, scalar.text))
    return [];
  return reviewed(
    `Write \`${entry.key}: ${has}\` (if these are the pods meant)`,
    replaceScalar(model.document, scalar, has),
  );
}
