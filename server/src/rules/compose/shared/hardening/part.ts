import type { ComposeModel, ComposeService } from "../../../../languages/compose/model.ts";
import { appendItem, setPath, type YamlValue } from "../../../../languages/yaml/edit.ts";
import { mergeEdits, minimalEdit, type TextEdit } from "../../../../text/edit.ts";
import { entriesOf, itemsOf, scalarText } from "../../../../languages/yaml/path.ts";
import type { WorkspaceView } from "../../../../workspace/workspace.ts";
import { isSetElsewhere } from "../services.ts";

/** One thing that hardens a service: a key, or a few that only make sense together. */
export interface HardeningPart {
  /** The keys that come or grow with it. */
  readonly keys: readonly string[];
  /** What the service lacks, for a list in a sentence: "a read-only root file system". */
  readonly missing: string;
  /** What is done, in the imperative, and in brackets what may break. */
  readonly title: string;
  readonly edits: readonly TextEdit[];
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

/**
 * Adds items to a list of the service, which is made where it is missing. `undefined` where the list is written elsewhere or used by others as well:
 * it would grow for them too, or be replaced.
 */
export function addItems(
  hardened: Hardened,
  key: string,
  items: readonly string[],
): readonly (readonly TextEdit[])[] | undefined {
  const { model, service } = hardened;
  if (items.length === 0) return [];
  if (isOpen(hardened, key)) {
    const edits = addKey(hardened, key, items);
    return edits === undefined ? undefined : [edits];
  }
  const own = service.map.get(key);
  if (own === undefined || own.merged !== undefined || service.entry(key)?.value.span.start !== own.value.span.start)
    return undefined;
  const list = own.value;
  if (list.alias !== undefined || list.anchor !== undefined || list.tag !== undefined) return undefined;
  if (list.type === "scalar") {
    const text = scalarText(list);
    const edits = text === undefined ? undefined : setPath(model.document, service.map, [key], [text, ...items]);
    return edits === undefined ? undefined : [edits];
  }
  if (list.type !== "seq") return undefined;
  const edits = items.map((item) => inserted(model, appendItem(model.document, list, item)));
  return edits.some((edit) => edit === undefined)
    ? undefined
    : edits.flatMap((edit) => (edit === undefined ? [] : [edit]));
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
  changes: readonly (readonly TextEdit[] | undefined)[] | undefined,
): readonly TextEdit[] | undefined {
  if (changes === undefined || changes.includes(undefined)) return undefined;
  const edits = changes.flatMap((change) => change ?? []);
  return mergeEdits([
    ...edits.filter((edit) => growsWithin(hardened, edit)),
    ...edits.filter((edit) => !growsWithin(hardened, edit)),
  ]);
}

/** What a list, or a lone value in its place, holds. */
export function textsAt({ service }: Hardened, key: string): readonly string[] {
  const node = service.get(key);
  if (node === undefined) return [];
  const texts = node.type === "seq" ? itemsOf(node).map((item) => scalarText(item)) : [scalarText(node)];
  return texts.flatMap((text) => text ?? []);
}

/** Whether other services of the file take over what is written in this one, by `extends`, an alias or a merge. */
export function isShared({ document, root }: ComposeModel, service: ComposeService): boolean {
  const { anchor } = service.map;
  if (anchor !== undefined && new RegExp(`\\*${escaped(anchor)}(?![^\\s,\\[\\]{}])`).test(document.text)) return true;
  return entriesOf(root.get("services")?.value).some(({ key, value }) => {
    const extended = value.type === "map" ? value.get("extends")?.value : undefined;
    const name = extended?.type === "map" ? extended.get("service")?.value : extended;
    return key !== service.name && scalarText(name) === service.name;
  });
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\-]/g, String.raw`\$&`);
}
