import { firstReleases, newerFields, newerKinds } from "./releases.ts";
import { kinds, shapes } from "./shapes.ts";
import { filledIn, otherNames, toldValues } from "./values.ts";

/** What a field takes. `quantity` is a text or a number, `port` an integer or a text; both say nothing of what the text must look like. */
export type FieldType =
  | { readonly type: "string" | "int" | "number" | "bool" | "quantity" | "port" | "time" | "any" }
  | { readonly type: "choice"; readonly of: readonly string[] }
  | { readonly type: "list" | "map"; readonly of: FieldType }
  | { readonly type: "shape"; readonly shape: string };

/**
 * The name of the shape of a kind; `undefined` where this version of this API group is not known to have it, which says nothing of custom resources.
 * Nothing here is kept: an answer is looked up in a text each time it is asked for.
 */
export function shapeOfKind(apiVersion: string, kind: string): string | undefined {
  const all = own(kinds, apiVersion);
  return all === undefined || !isName(kind) ? undefined : lookUp(all, kind)?.type;
}

/** The kinds of an `apiVersion`, in alphabetical order; `undefined` where it is none of those known. */
export function kindsOf(apiVersion: string): readonly string[] | undefined {
  const all = own(kinds, apiVersion);
  return all === undefined ? undefined : [...namesIn(all), ...(own(newerKinds, apiVersion) ?? [])];
}

/** Every `apiVersion` that is known: those that were removed since among them, the alpha ones not. */
export function knownVersions(): readonly string[] {
  return Object.keys(kinds);
}

/** What a field of a shape takes; `undefined` where the shape has no such field. */
export function fieldType(shape: string, field: string): FieldType | undefined {
  if (!isName(field)) return undefined;
  const written = lookUp(own(shapes, shape) ?? "", field) ?? lookUp(own(newerFields, shape) ?? "", field);
  if (written === undefined) return undefined;
  const told = own(toldValues, `${shape}.${field}`);
  return told === undefined ? typeOf(written.type) : { type: "choice", of: told };
}

/** The fields of a shape. */
export function fieldsOf(shape: string): readonly string[] {
  return namesIn(own(shapes, shape) ?? "");
}

/** The fields without which the API server refuses an object of a shape. */
export function requiredOf(shape: string): readonly string[] {
  const text = own(shapes, shape) ?? "";
  const found: string[] = [];
  for (let at = text.indexOf("!:"); at >= 0; at = text.indexOf("!:", at + 2)) {
    const name = text.slice(text.lastIndexOf(" ", at) + 1, at);
    if (!filledIn.has(`${shape}.${name}`)) found.push(name);
  }
  return found;
}

/** The release that brought a field, as `1.28`; `undefined` for one that is older than 1.20. */
export function firstRelease(shape: string, field: string): string | undefined {
  if (!isName(field)) return undefined;
  const told = lookUp(own(firstReleases, shape) ?? "", field)?.type;
  return told ?? (lookUp(own(newerFields, shape) ?? "", field) === undefined ? undefined : "1.37");
}

/** The field that people mean who write another tool's name for it. */
export function meantBy(shape: string, name: string): string | undefined {
  return own(otherNames, `${shape}.${name}`);
}

/** Keys of YAML may be anything; `name:string` is none that could be found by looking for it. */
function isName(key: string): boolean {
  return /^[\w$.-]+$/.test(key);
}

function own<T>(record: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}

/** The type behind a name in ` name:type name!:type `. */
function lookUp(text: string, name: string): { readonly type: string } | undefined {
  let at = text.indexOf(` ${name}:`);
  let from = at + name.length + 2;
  if (at < 0) {
    at = text.indexOf(` ${name}!:`);
    from = at + name.length + 3;
  }
  return at < 0 ? undefined : { type: text.slice(from, text.indexOf(" ", from)) };
}

function namesIn(text: string): readonly string[] {
  return text.split(" ").flatMap((field) => (field === "" ? [] : [field.slice(0, field.search(/!?:/))]));
}

function typeOf(written: string): FieldType {
  switch (written) {
    case "string":
    case "int":
    case "number":
    case "bool":
    case "quantity":
    case "port":
    case "time":
    case "any":
      return { type: written };
    default:
  }
  if (written.startsWith("=")) return { type: "choice", of: written.slice(1).split("|") };
  if (written.startsWith("[")) return { type: "list", of: typeOf(written.slice(1, -1)) };
  if (written.startsWith("{")) return { type: "map", of: typeOf(written.slice(1, -1)) };
  return { type: "shape", shape: written };
}
