// Writes server/src/knowledge/kubernetes-fields/shapes.ts: every built-in kind of Kubernetes and every field at every depth, with its type, as the
// typings of the development dependency `kubernetes-models` have them. Run it after updating that package; test/knowledge holds the file to it.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./tools.mjs";

const packages = ["kubernetes-models", "@kubernetes-models/apimachinery"];

/** Where the table is written, from the root of the repository. */
export const target = "server/src/knowledge/kubernetes-fields/shapes.ts";

/** The text of the table. */
export function fieldTable() {
  const definitions = new Map(packages.flatMap((name) => [...definitionsIn(join(root, "node_modules", name))]));
  const kinds = [...definitions.values()].filter(isKind);
  const used = reachable(definitions, kinds);
  const names = shapeNames([...definitions.values()].filter(({ id }) => used.has(id)));
  const shapes = new Map();
  for (const definition of definitions.values()) {
    if (used.has(definition.id) && definition.fields.length > 0)
      shapes.set(names.get(definition.id), shapeText(definition, names));
  }
  const versions = new Map();
  for (const { id, apiVersion, name } of kinds) {
    versions.set(apiVersion, [...(versions.get(apiVersion) ?? []), `${name}:${names.get(id)}`]);
  }
  return [
    "// Written by scripts/kubernetes-fields.mjs: not to be edited by hand.",
    `/** The package it was made of. Facts of the API, as Kubernetes' own OpenAPI documents have them, in the typings of that package (MIT). */`,
    `export const source = "kubernetes-models ${versionOf("kubernetes-models")}";`,
    "",
    "/** By `apiVersion`: each kind with the name of its shape. The text begins and ends with a blank, as below. */",
    `export const kinds: Readonly<Record<string, string>> = {\n${lines(versions, (list) => list.sort().join(" "))}};`,
    "",
    "/**",
    " * By name: the fields of a shape, each as `name:type`, or `name!:type` where the API server asks for it. Types are `string`, `int`, `number`,",
    " * `bool`, `quantity`, `port` (an integer or a text), `time`, `any`, `=A|B` (one of these texts), `[T]` (a list), `{T}` (a map) and names of shapes.",
    " * What the API server alone writes (`status`) is `any`. A shape that an older version of its API has otherwise is named with that version.",
    " */",
    `export const shapes: Readonly<Record<string, string>> = {\n${lines(shapes, (text) => text)}};`,
    "",
  ].join("\n");
}

function* definitionsIn(folder) {
  for (const path of typingsIn(folder)) {
    // What stands in comments looks like fields here and there.
    const text = readFileSync(path, "utf8").replace(/\/\*\*[\s\S]*?\*\//g, "");
    const id = /export type \{ \w+ as I(\w+)/.exec(text)?.[1];
    const body = /export interface I\w+(?: extends TypeMeta)? \{\n([\s\S]*?)^\}/m.exec(text)?.[1];
    if (id === undefined) continue;
    const name = /([^/]+)\.d\.ts$/.exec(path)[1];
    const apiVersion = /"apiVersion": "([^"]+)"/.exec(body ?? "")?.[1];
    yield [id, { id, name, apiVersion, place: placeOf(id), fields: fieldsIn(id, body ?? "") }];
  }
}

function* typingsIn(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (entry.name === "_schemas" || entry.name === "node_modules") continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* typingsIn(path);
    else if (entry.name.endsWith(".d.ts") && entry.name !== "index.d.ts") yield path;
  }
}

/** `IoK8sApiAppsV1beta1DeploymentSpec` → `apps/v1beta1`; what belongs to no version has none. */
function placeOf(id) {
  const match =
    /^IoK8s(?:Api|KubeAggregatorPkgApis|ApiextensionsApiserverPkgApis|ApimachineryPkgApis)([A-Z].+?)(V\d(?:(?:alpha|beta)\d)?)(?=[A-Z])/.exec(
      id,
    );
  return match === null ? "" : `${match[1].toLowerCase()}/${match[2].toLowerCase()}`;
}

// Claims within a StatefulSet are written out there, with their names optional.
const inlined = /Array<\{ "apiVersion".*?\}>/g;

function fieldsIn(id, body) {
  const flat = body
    .replace(/\s*\n\s*/g, " ")
    .replace(inlined, "Array<IIoK8sApiCoreV1PersistentVolumeClaim>")
    .trim();
  return [...flat.matchAll(/"([^"]+)"(\??): (.*?);(?= "|$)/g)].map(([, name, optional, type]) => ({
    name,
    required: optional === "" && !(name === "apiVersion" || name === "kind"),
    type: name === "status" ? "any" : typeOf(type.trim(), `${id}.${name}`),
  }));
}

// Their typings call all of these `number`; in the API only the limits of a schema are more than integers.
const fractions = /JSONSchemaProps\.(?:minimum|maximum|multipleOf)$/;

const special = new Map([
  ["IoK8sApimachineryPkgApiResourceQuantity", "quantity"],
  ["IoK8sApimachineryPkgUtilIntstrIntOrString", "port"],
  ["IoK8sApimachineryPkgApisMetaV1Time", "time"],
  ["IoK8sApimachineryPkgApisMetaV1MicroTime", "time"],
]);

function typeOf(written, where) {
  const list = /^Array<(.*)>$/.exec(written)?.[1];
  if (list !== undefined) return { list: typeOf(list, where) };
  const map = /^\{ \[key: string\]: (.*); \}$/.exec(written)?.[1];
  if (map !== undefined) return { map: typeOf(map, where) };
  if (/\.(?:apiVersion|kind)$/.test(where) && written.startsWith('"')) return "string";
  if (/^"[^"]*"(?: \| "[^"]*")*$/.test(written)) {
    // An empty text stands for what is the default wherever one of several is taken.
    const values = [...written.matchAll(/"([^"]*)"/g)].flatMap(([, value]) => value || []).sort();
    return values.some((value) => !/^[\w./-]+$/.test(value)) ? "string" : `=${values.join("|")}`;
  }
  if (written === "number") return fractions.test(where) ? "number" : "int";
  if (written === "boolean") return "bool";
  if (written === "string") return "string";
  const id = /^I(IoK8s\w+)$/.exec(written)?.[1] ?? (/^I[A-Z]\w+$/.test(written) ? ownName(written, where) : undefined);
  if (id !== undefined) return special.get(id) ?? { shape: id };
  return "any";
}

/** A type that names itself does so by its short name. */
function ownName(written, where) {
  const id = where.slice(0, where.indexOf("."));
  return id.endsWith(written.slice(1)) ? id : undefined;
}

function isKind({ apiVersion, name, fields }) {
  return apiVersion !== undefined && !name.endsWith("List") && fields.some(({ name: field }) => field !== "status");
}

function shapesIn(type) {
  if (typeof type === "string") return [];
  return type.shape === undefined ? shapesIn(type.list ?? type.map) : [type.shape];
}

function reachable(definitions, kinds) {
  const found = new Set();
  const open = kinds.map(({ id }) => id);
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (found.has(id) || !definitions.has(id)) continue;
    found.add(id);
    open.push(...definitions.get(id).fields.flatMap(({ type }) => shapesIn(type)));
  }
  return found;
}

/** Equal shapes of one name share it; where versions differ, the newest has the short name and the others tell their version. */
function shapeNames(definitions) {
  let classes = new Map(definitions.map(({ id, name, fields }) => [id, fields.length === 0 ? "any" : name]));
  for (let count = 0; count !== new Set(classes.values()).size; ) {
    count = new Set(classes.values()).size;
    const texts = new Map();
    for (const definition of definitions) {
      const { id, name } = definition;
      const text = `${name}${shapeText(definition, classes)}`;
      texts.set(text, [...(texts.get(text) ?? []), id]);
    }
    const byId = new Map(definitions.map((definition) => [definition.id, definition]));
    const taken = new Set();
    const groups = [...texts.values()]
      .map((ids) => ids.map((id) => byId.get(id)).sort(byAge))
      .sort(([a], [b]) => byAge(a, b));
    classes = new Map();
    for (const group of groups) {
      const [{ name, place, fields }] = group;
      const label = fields.length === 0 ? "any" : taken.has(name) ? `${name}@${place}` : name;
      taken.add(name);
      for (const { id } of group) classes.set(id, label);
    }
  }
  return classes;
}

/** Core first, then stable versions, newest first. */
function byAge(a, b) {
  const rank = ({ place }) => [
    place.startsWith("core/") || place.startsWith("meta/") ? 0 : 1,
    /(?:alpha|beta)/.test(place) ? 1 : 0,
    -Number(/v(\d+)/.exec(place)?.[1] ?? 0),
  ];
  const [x, y] = [rank(a), rank(b)];
  const at = x.findIndex((value, index) => value !== y[index]);
  return at < 0 ? (a.place < b.place ? 1 : -1) : x[at] - y[at];
}

function shapeText({ fields }, names) {
  const text = (type) => {
    if (typeof type === "string") return type;
    if (type.list !== undefined) return `[${text(type.list)}]`;
    if (type.map !== undefined) return `{${text(type.map)}}`;
    return names.get(type.shape) ?? "any";
  };
  return fields.map(({ name, required, type }) => `${name}${required ? "!" : ""}:${text(type)}`).join(" ");
}

function lines(entries, textOf) {
  return [...entries]
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    .map(([key, value]) => {
      const name = /^\w+$/.test(key) ? key : JSON.stringify(key);
      const text = JSON.stringify(` ${textOf(value)} `);
      const line = `  ${name}: ${text},`;
      return line.length <= 120 || name.length < 3 ? `${line}\n` : `  ${name}:\n    ${text},\n`;
    })
    .join("");
}

function versionOf(name) {
  return JSON.parse(readFileSync(join(root, "node_modules", name, "package.json"), "utf8")).version;
}

if (process.argv[1] === import.meta.filename) writeFileSync(join(root, target), fieldTable());
