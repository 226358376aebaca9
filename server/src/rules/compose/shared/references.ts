import { closestOf } from "../../../text/closest.ts";
import type { ComposeModel, ComposeService } from "../../../languages/compose/model.ts";
import { splitShort } from "../../../languages/compose/short-syntax.ts";
import { removePath } from "../../../languages/yaml/edit.ts";
import type { YamlEntry, YamlNode, YamlScalar } from "../../../languages/yaml/node.ts";
import { entriesOf, getPath, isUnknownText, itemsOf, type PathStep } from "../../../languages/yaml/path.ts";
import { insideQuotes, partOf } from "../../../languages/scalar-place.ts";
import { type TextEdit, replace } from "../../../text/edit.ts";
import type { Span } from "../../../text/span.ts";
import type { ComposePart } from "../../../workspace/facts.ts";
import type { WorkspaceView } from "../../../workspace/workspace.ts";

/** A place where a service names something that the project has to declare. Only names that are known, none with a variable. */
export interface Reference {
  readonly name: string;
  /** The service that names it; behind `extends` the place may lie in the service it is made of. */
  readonly service: ComposeService;
  /** The name's characters, without quotes and whatever else stands in the value. */
  readonly at: Span;
  /** The key it stands under, as one writes it: `depends_on`, `build.secrets`. */
  readonly key: string;
  /** The steps from the service to the list or map that holds the reference, or to its value. */
  readonly path: readonly string[];
  /** What is written: the item of a list, the scalar, or for a map's key its value. */
  readonly node: YamlNode;
}

/**
 * The services that a service waits for, and so needs: `depends_on`, `links`, `volumes_from`, and the namespaces it shares. That is what Compose
 * itself makes dependencies of. Source: loader/normalize.go of compose-spec/compose-go.
 */
export function* dependenciesOf({ document: { text } }: ComposeModel, service: ComposeService): Iterable<Reference> {
  for (const { service: name, span, node } of service.dependsOn) {
    if (isUnknownText(name)) continue;
    const at = node.type === "scalar" && node.span.start === span.start ? insideQuotes(text, node) : bare(text, span);
    yield { name, service, at, key: "depends_on", path: ["depends_on"], node };
  }
  for (const item of itemsOf(service.get("links"))) {
    if (item.type !== "scalar") continue;
    const parts = splitShort(item.text, ":");
    const name = parts.length === 2 ? (parts[0] ?? item.text) : item.text;
    yield* named(text, service, item, name, 0, ["links"]);
  }
  for (const item of itemsOf(service.get("volumes_from"))) {
    if (item.type !== "scalar" || item.text.startsWith("container:")) continue;
    yield* named(text, service, item, splitShort(item.text, ":")[0] ?? item.text, 0, ["volumes_from"]);
  }
  for (const key of ["network_mode", "ipc", "pid", "uts"]) {
    const node = service.get(key);
    if (node?.type !== "scalar" || !node.text.startsWith(servicePrefix)) continue;
    yield* named(text, service, node, node.text.slice(servicePrefix.length), servicePrefix.length, [key]);
  }
}

const servicePrefix = "service:";

/** The services whose images a service's build starts from or copies from. */
export function* buildContextsOf({ document: { text } }: ComposeModel, service: ComposeService): Iterable<Reference> {
  const path = ["build", "additional_contexts"];
  const contexts = service.get(...path);
  for (const { value } of entriesOf(contexts)) {
    if (value.type !== "scalar" || !value.text.startsWith(servicePrefix)) continue;
    yield* named(text, service, value, value.text.slice(servicePrefix.length), servicePrefix.length, path);
  }
  for (const item of itemsOf(contexts)) {
    const from = item.type === "scalar" ? item.text.indexOf(`=${servicePrefix}`) : -1;
    if (item.type !== "scalar" || from < 0) continue;
    const start = from + 1 + servicePrefix.length;
    yield* named(text, service, item, item.text.slice(start), start, path);
  }
}

/** The networks, secrets, configs or models that a service names, in lists of names, lists of maps with a `source`, or as keys of a map. */
export function* partsNamedBy(
  { document: { text } }: ComposeModel,
  service: ComposeService,
  path: readonly string[],
): Iterable<Reference> {
  const holder = service.get(...path);
  const key = path.join(".");
  for (const { key: name, keySpan, value } of entriesOf(holder)) {
    if (!isUnknownText(name) && value.tag !== "!reset") {
      yield { name, service, at: bare(text, keySpan), key, path, node: value };
    }
  }
  for (const item of itemsOf(holder)) {
    const scalar = item.type === "map" ? getPath(item, "source") : item;
    if (scalar?.type !== "scalar" || scalar.value === null || isUnknownText(scalar.text)) continue;
    yield { name: scalar.text, service, at: insideQuotes(text, scalar), key, path, node: item };
  }
}

/** The volumes that a service names; paths and anonymous volumes are none, nor is what Compose takes for the drive of a Windows path. */
export function* volumesOf({ document: { text } }: ComposeModel, service: ComposeService): Iterable<Reference> {
  for (const { type, source, node } of service.mounts) {
    if (type !== "volume" || source === undefined || source === "" || isUnknownText(source)) continue;
    const path = ["volumes"];
    if (node.type === "scalar") {
      if (/^[A-Za-z]$/.test(source)) continue;
      yield* named(text, service, node, source, 0, path);
    } else {
      const written = getPath(node, "source");
      if (written?.type !== "scalar") continue;
      yield { name: source, service, at: insideQuotes(text, written), key: "volumes", path, node };
    }
  }
}

function* named(
  text: string,
  service: ComposeService,
  node: YamlScalar,
  name: string,
  from: number,
  path: readonly string[],
): Iterable<Reference> {
  if (node.value === null || isUnknownText(name) || isUnknownText(node.text.slice(0, from))) return;
  yield { name, service, at: partOf(text, node, from, from + name.length), key: path.join("."), path, node };
}

/** A key's characters without its quotes. */
function bare(text: string, { start, end }: Span): Span {
  const quote = text[start];
  const quoted = end - start >= 2 && (quote === '"' || quote === "'") && text[end - 1] === quote;
  return quoted ? { start: start + 1, end: end - 1 } : { start, end };
}

/** What a file declares of a part, as written. Services that are not finished, or hold pieces for others, count. */
export function declaredIn({ root }: ComposeModel, part: ComposePart): readonly YamlEntry[] {
  return entriesOf(getPath(root, part));
}

/**
 * Whether it is certain that nothing of this name is declared, here or in another file of the project. `false` where any of these could not be read, or
 * the file is only a part of something.
 */
export function isUndeclared(model: ComposeModel, workspace: WorkspaceView, part: ComposePart, name: string): boolean {
  if (model.document.templated || getPath(model.root, part, name) !== undefined) return false;
  if (part === "networks" && name === "default") return false;
  const project = workspace.composeProject();
  return project.declared(part, name) === undefined && project.complete;
}

/** The declared name that a name is most likely a slip of. */
export function nearName(model: ComposeModel, part: ComposePart, name: string): string | undefined {
  return closest(
    name,
    declaredIn(model, part).map(({ key }) => key),
  );
}

/** The service that was probably meant: another one of this file, or of those that it includes or is laid over. */
export function nearService(
  model: ComposeModel,
  workspace: WorkspaceView,
  { name, service }: Reference,
): string | undefined {
  const here = declaredIn(model, "services").map(({ key }) => key);
  const below = workspace.composeProject().below.flatMap(({ services }) => services);
  return closest(
    name,
    [...here, ...below].filter((other) => other !== service.name),
  );
}

/** Only names that can be written as they are. */
function closest(name: string, names: readonly string[]): string | undefined {
  return closestOf(
    name,
    names.filter((other) => /^[\w.-]+$/.test(other)),
  );
}

/** Puts another name in the place of the one that is written; `undefined` where that is not to be found as it is, as behind an escape. */
export function renamed(
  { document: { text } }: ComposeModel,
  reference: Reference,
  name: string,
): readonly TextEdit[] | undefined {
  return text.slice(reference.at.start, reference.at.end) === reference.name
    ? [replace(reference.at, name)]
    : undefined;
}

/** Takes a reference away, where it is written in the very service that makes it: the item or key, and the list or map that would be left empty. */
export function withoutReference(model: ComposeModel, reference: Reference): readonly TextEdit[] | undefined {
  const { service, path, node } = reference;
  const step = stepTo(getPath(service.map, ...path), node);
  return step === undefined ? undefined : removePath(model.document, service.map, [...path, step]);
}

function stepTo(holder: YamlNode | undefined, node: YamlNode): PathStep | undefined {
  if (holder?.type === "map") return holder.entries.find(({ value }) => value === node)?.key;
  const index = itemsOf(holder).indexOf(node);
  return index < 0 ? undefined : index;
}
