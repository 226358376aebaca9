import type { Fix, Problem } from "../../../engine/rule.ts";
import type { KubernetesModel } from "../../../languages/kubernetes/model.ts";
import { insideQuotes } from "../../../languages/scalar-place.ts";
import { replaceScalar } from "../../../languages/yaml/edit.ts";
import type { YamlScalar } from "../../../languages/yaml/node.ts";
import type { ManifestView, ObjectReference, PlacedObject } from "../../../workspace/manifests.ts";
import { reviewed } from "../../shared/edit-fixes.ts";

/** A name that nothing in sight has, and what to say of it. */
export interface MissingTarget {
  readonly reference: ObjectReference;
  /** The scalar that holds the name; the problem is reported there. */
  readonly node: YamlScalar;
  /** What comes of it, to follow on "There is no ConfigMap `a` here, so": "the container does not start". */
  readonly consequence: string;
  /**
   * What becomes of a name where nothing of its kind lies beside it, so that it may well be made elsewhere: nothing is said unless something is called nearly
   * the same (the default), or a hint anyway.
   */
  readonly elsewhere?: "near" | "hint";
}

/**
 * The problem of a name that leads nowhere: of the rule's own severity where others of its kind lie beside it and all of these are known, else a hint at most.
 * `undefined` where something has the name, or something that nobody sees may have it.
 */
export function missingTarget(
  model: KubernetesModel,
  manifests: ManifestView,
  { reference, node, consequence, elsewhere = "near" }: MissingTarget,
): Problem | undefined {
  const { found, near, missing } = manifests.lookUp(reference);
  if (found.length > 0 || missing === "unknown") return undefined;
  const meant = near.find((one) => one.name !== undefined);
  if (missing === "elsewhere" && elsewhere === "near" && meant === undefined) return undefined;
  const { kind, name } = reference;
  const place = missing === "here" ? "here" : "in sight";
  return {
    at: insideQuotes(model.document.text, node),
    message: `There is no ${kind} \`${name}\` ${place}, so ${consequence}${meant === undefined ? "" : `: did you mean \`${meant.name}\`?`}${meant === undefined ? "." : ""}`,
    ...(missing === "here" ? {} : { severity: "hint" as const }),
    related: meant === undefined ? [] : [placeOf(meant)],
    fixes: () => (meant?.name === undefined ? [] : renamed(model, node, meant.name)),
  };
}

/** Where an object is, for the list of related places. */
export function placeOf({ kind, name, path, span }: PlacedObject): NonNullable<Problem["related"]>[number] {
  return { at: span, path, message: name === undefined ? `The ${kind} is here.` : `${kind} \`${name}\` is here.` };
}

/** Writes another name in the place of one. */
export function renamed(model: KubernetesModel, node: YamlScalar, name: string): readonly Fix[] {
  return reviewed(`Write \`${name}\`, the nearest name`, replaceScalar(model.document, node, name));
}
