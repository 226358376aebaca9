import type { Fix } from "../../../../engine/rule.ts";
import { oneOrMany } from "../../../../languages/compose/short-syntax.ts";
import type { YamlScalar, YamlSequence } from "../../../../languages/yaml/node.ts";
import type { ComposeModel, ComposeService } from "../../../../languages/compose/model.ts";
import { appendItem, setPath, type YamlValue } from "../../../../languages/yaml/edit.ts";
import { mergeEdits, minimalEdit, type TextEdit } from "../../../../text/edit.ts";
import { entriesOf, scalarText } from "../../../../languages/yaml/path.ts";
import type { WorkspaceView } from "../../../../workspace/workspace.ts";
import { isSetElsewhere } from "../services.ts";
import { reviewed } from "../../../shared/edit-fixes.ts";

/** One thing that hardens a service: a key, or a few that only make sense together. */
export interface HardeningPart {
  /** The keys that come or grow with it. */
  readonly keys: readonly string[];
  /** What the service lacks, for a list in a sentence: "a read-only root file system". */
  readonly missing: string;
  /** What is done, in the imperative, and in brackets what may break. */
  readonly title: string;
  /** `undefined` where it cannot be made without harm after all. Made when asked for, since a check looks at every service and nobody at most edits. */
  readonly edits: () => readonly TextEdit[] | undefined;
  /** It is known of the image, or follows from the file, that the service works so; else it is to be tried. */
  readonly certain: boolean;
}

/** What the parts are made from. */
export interface Hardened {
  readonly model: ComposeModel;
  readonly service: ComposeService;
  readonly workspace: WorkspaceView;
}

/** Whether nobody has said anything at a path, in this file or in another one of the project. */
export function isOpen({ service, workspace }: Hardened, ...path: readonly string[]): boolean {
  return service.entry(...path) === undefined && !isSetElsewhere(workspace, service.name, ...path);
}

/** Adds a key to the end of the service; `undefined` where that cannot be done without harm. */
export function addKey({ model, service }: Hardened, key: string, value: YamlValue): readonly TextEdit[] | undefined {
  return inserted(model, setPath(model.document, service.map, [key], value));
}

/** Edits without the characters they leave as they are: several that add to the end of one map then stand one after the other, in their order. */
export function inserted(
  { document }: ComposeModel,
  edits: readonly TextEdit[] | undefined,
): readonly TextEdit[] | undefined {
  return edits?.flatMap((edit) => minimalEdit(document.text, edit) ?? []);
}

/** Whether `addItems` can add to a list: it is not there yet, or it is the service's own and nobody else's. */
export function takesItems(hardened: Hardened, key: string): boolean {
  return isOpen(hardened, key) || ownList(hardened, key) !== undefined;
}

/**
 * Adds items to a list of the service, which is made where it is missing. `undefined` where the list is written elsewhere or used by others as well:
 * it would grow for them too, or be replaced.
 */
export function addItems(
  hardened: Hardened,
  key: string,
  items: readonly YamlValue[],
): readonly (readonly TextEdit[] | undefined)[] {
  const { model, service } = hardened;
  if (items.length === 0) return [];
  if (isOpen(hardened, key)) return [addKey(hardened, key, items)];
  const list = ownList(hardened, key);
  if (list === undefined) return [undefined];
  return list.type === "scalar"
    ? [setPath(model.document, service.map, [key], [list.text, ...items])]
    : items.map((item) => inserted(model, appendItem(model.document, list, item)));
}

function ownList({ service }: Hardened, key: string): YamlSequence | YamlScalar | undefined {
  const own = service.map.get(key);
  if (own === undefined || own.merged !== undefined) return undefined;
  if (service.entry(key)?.value.span.start !== own.value.span.start) return undefined;
  const list = own.value;
  if (list.alias !== undefined || list.anchor !== undefined || list.tag !== undefined || list.type === "map")
    return undefined;
  return list.type === "scalar" && scalarText(list) === undefined ? undefined : list;
}

/**
 * Whether an edit adds to a list or map within the service rather than a key of its own. Where that stands last in the service, both are added at one
 * offset, and this has to come first.
 */
export function growsWithin({ service }: Hardened, { text }: TextEdit): boolean {
  const [, indent = "", dash] = /^(?:\r?\n)?( *)(-)?/.exec(text) ?? [];
  const { column } = service.map;
  return column !== undefined && (indent.length > column || (indent.length === column && dash !== undefined));
}

/** Several changes as one list of edits, those within lists and maps of the service first; `undefined` where any change is. */
export function together(
  hardened: Hardened,
  changes: readonly (readonly TextEdit[] | undefined)[],
): readonly TextEdit[] | undefined {
  if (changes.includes(undefined)) return undefined;
  const edits = changes.flatMap((change) => change ?? []);
  return mergeEdits([
    ...edits.filter((edit) => growsWithin(hardened, edit)),
    ...edits.filter((edit) => !growsWithin(hardened, edit)),
  ]);
}

/** What a list, or a lone value in its place, holds. */
export function textsAt({ service }: Hardened, key: string): readonly string[] {
  return oneOrMany(service.get(key)).flatMap((item) => scalarText(item) ?? []);
}

/** The names of services that others of the file take over, by `extends`, an alias or a merge of their own anchor. */
export function sharedServices({ document, root, services }: ComposeModel): ReadonlySet<string> {
  const extended = entriesOf(root.get("services")?.value).flatMap(({ key, value }) => {
    const base = value.type === "map" ? value.get("extends")?.value : undefined;
    const name = scalarText(base?.type === "map" ? base.get("service")?.value : base);
    return name === undefined || name === key ? [] : [name];
  });
  const anchored = services.flatMap(({ name, map: { anchor } }) => (anchor === undefined ? [] : [{ name, anchor }]));
  if (anchored.length === 0) return new Set(extended);
  const aliases = new Set([...document.text.matchAll(/\*(?=([^\s,[\]{}]+))/g)].map(([, alias]) => alias));
  return new Set([...extended, ...anchored.flatMap(({ name, anchor }) => (aliases.has(anchor) ? [name] : []))]);
}

/** A part as the fixes of a problem: one, or none where it cannot be made. */
export function fixesOf(part: HardeningPart | undefined): readonly Fix[] {
  return part === undefined ? [] : reviewed(part.title, part.edits());
}
