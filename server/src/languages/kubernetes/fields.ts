import { atLeast } from "../../knowledge/deprecated-apis.ts";
import {
  type FieldType,
  fieldType,
  firstRelease,
  requiredOf,
  shapeOfKind,
} from "../../knowledge/kubernetes-fields/index.ts";
import type { Span } from "../../text/span.ts";
import type { YamlEntry, YamlMap, YamlNode, YamlScalar } from "../yaml/node.ts";
import { isNull, isUnknown } from "../yaml/path.ts";
import type { KubernetesModel, Resource } from "./model.ts";
import { fitsType } from "./scalar-types.ts";

/** A map whose fields are known. */
export interface FieldRecord {
  readonly map: YamlMap;
  /** The name of its shape, for the table of fields. */
  readonly shape: string;
  /** The field whose value it is, or whose list it is an item of; `undefined` for the object itself. */
  readonly entry: YamlEntry | undefined;
  /** It is an item of a list, or a value of a map of anything. */
  readonly item: boolean;
  /** The maps around it, from the inside out. */
  readonly around: readonly FieldRecord[];
  readonly resource: Resource;
}

/** What the API server would refuse in the fields of an object of a built-in kind. Each stands where it was written. */
export type FieldProblem =
  | { readonly type: "unknown-field"; readonly entry: YamlEntry; readonly record: FieldRecord }
  /** The release that the document is judged for does not have the field yet; `since` is the first that has. */
  | { readonly type: "newer-field"; readonly entry: YamlEntry; readonly since: string; readonly record: FieldRecord }
  | {
      readonly type: "wrong-type";
      readonly node: YamlNode;
      readonly expected: FieldType;
      /** The field; of an item in a list the field of that list. */
      readonly entry: YamlEntry;
      /** The key or index below that field; none for the field itself. */
      readonly below: readonly (string | number)[];
      readonly record: FieldRecord;
    }
  | {
      readonly type: "unknown-value";
      readonly node: YamlScalar;
      readonly values: readonly string[];
      readonly entry: YamlEntry;
      readonly below: readonly (string | number)[];
      readonly record: FieldRecord;
    }
  /** Fields that are not there, or null. Not of patches and templates. */
  | { readonly type: "missing-field"; readonly names: readonly string[]; readonly record: FieldRecord };

/**
 * What is wrong with the fields of a document, in the order written; ask by `model.once(fieldProblems)`. Nothing of templates, where structure cannot
 * be trusted, nothing of custom resources, and nothing on lines that are broken, where it is not known what was meant.
 */
export function fieldProblems(model: KubernetesModel): readonly FieldProblem[] {
  if (model.templated) return [];
  const problems: FieldProblem[] = [];
  for (const resource of model.resources) {
    const shape = shapeOfKind(resource.apiVersion, resource.resourceKind);
    if (shape === undefined) continue;
    const visit: Visit = { problems, resource, release: model.release, seen: new Map() };
    visitRecord({ map: resource.map, shape, entry: undefined, item: false, around: [], resource }, visit);
  }
  const broken = brokenLines(model);
  return broken.length === 0
    ? problems
    : problems.filter((problem) => !broken.some((line) => isWithin(startOf(problem), line)));
}

function brokenLines({ document: { text, problems } }: KubernetesModel): readonly Span[] {
  return problems.map(({ at }) => {
    const end = text.indexOf("\n", at.start);
    return { start: text.lastIndexOf("\n", at.start - 1) + 1, end: end < 0 ? text.length : end };
  });
}

function isWithin(offset: number, { start, end }: Span): boolean {
  return start <= offset && offset <= end;
}

function startOf(problem: FieldProblem): number {
  if (problem.type === "missing-field") return problem.record.entry?.keySpan.start ?? problem.record.map.span.start;
  return "node" in problem ? problem.node.span.start : problem.entry.keySpan.start;
}

interface Visit {
  readonly problems: FieldProblem[];
  readonly resource: Resource;
  readonly release: string;
  /** What was judged through an alias before, by its offset: each shape once. */
  readonly seen: Map<number, Set<string>>;
}

function visitRecord(record: FieldRecord, visit: Visit): void {
  const { map, shape } = record;
  if (map.alias !== undefined || map.anchor !== undefined) {
    const shapes = visit.seen.get(map.span.start) ?? new Set();
    if (shapes.has(shape)) return;
    visit.seen.set(map.span.start, shapes.add(shape));
  }
  if (!visit.resource.partial) {
    const names = requiredOf(shape).filter((name) => isNull(map.get(name)?.value));
    if (names.length > 0) visit.problems.push({ type: "missing-field", names, record });
  }
  for (const entry of map.entries) {
    const type = fieldType(shape, entry.key);
    if (type === undefined) {
      if (!isDirective(entry.key)) visit.problems.push({ type: "unknown-field", entry, record });
      continue;
    }
    const since = firstRelease(shape, entry.key);
    if (since !== undefined && !atLeast(visit.release, since)) {
      visit.problems.push({ type: "newer-field", entry, since, record });
    } else visitValue(entry.value, type, { entry, below: [], record }, visit);
  }
}

interface Place {
  readonly entry: YamlEntry;
  readonly below: readonly (string | number)[];
  readonly record: FieldRecord;
}

function visitValue(node: YamlNode, expected: FieldType, place: Place, visit: Visit): void {
  if (expected.type === "any" || isNull(node) || isUnknown(node, "kubernetes") || node.tag !== undefined) return;
  // A variable of Kustomize may stand for a number, too.
  if (node.type === "scalar" && expected.type !== "string" && /^\$\(.*\)$/.test(node.text)) return;
  const wrong = (): void => void visit.problems.push({ type: "wrong-type", node, expected, ...place });
  switch (expected.type) {
    case "shape": {
      if (node.type !== "map") return wrong();
      const { record, entry, below } = place;
      const around = [record, ...record.around];
      const inner = {
        map: node,
        shape: expected.shape,
        entry,
        item: below.length > 0,
        around,
        resource: record.resource,
      };
      return visitRecord(inner, visit);
    }
    case "list": {
      if (node.type !== "seq") return wrong();
      for (const [index, item] of node.items.entries()) {
        if (isItemDirective(item)) continue;
        visitValue(item, expected.of, { ...place, below: [...place.below, index] }, visit);
      }
      return;
    }
    case "map": {
      if (node.type !== "map") return wrong();
      for (const { key, value } of node.entries) {
        if (!isDirective(key)) visitValue(value, expected.of, { ...place, below: [...place.below, key] }, visit);
      }
      return;
    }
    default: {
      if (node.type !== "scalar" || !fitsType(node, expected)) return wrong();
      if (expected.type !== "choice" || node.text === "" || expected.of.includes(node.text)) return;
      visit.problems.push({ type: "unknown-value", node, values: expected.of, ...place });
    }
  }
}

/** `$patch`, `$retainKeys`, `$setElementOrder/containers`: for Kustomize and `kubectl patch`. */
function isDirective(key: string): boolean {
  return key.startsWith("$") && key !== "$ref" && key !== "$schema";
}

function isItemDirective(item: YamlNode): boolean {
  return item.type === "map" && item.get("$patch") !== undefined;
}
