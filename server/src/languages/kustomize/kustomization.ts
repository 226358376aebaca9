import { nameOf } from "../../text/path.ts";
import type { Span } from "../../text/span.ts";
import { insideQuotes } from "../scalar-place.ts";
import { isKustomizationName } from "../sniff.ts";
import type { YamlDocument, YamlMap, YamlNode } from "../yaml/node.ts";
import { booleanOf, entriesOf, getPath, isNull, itemsOf, scalarText } from "../yaml/path.ts";

/** What a `kustomization.yaml`, or a component, says of files and names. Places count from the start of its document. */
export interface Kustomization {
  readonly map: YamlMap;
  /** To be included by others through `components`. */
  readonly component: boolean;
  /** Everything it reads by a path or an address, in the order of the fields. */
  readonly entries: readonly KustomizationEntry[];
  readonly generated: readonly GeneratedObject[];
  readonly namePrefix: string;
  readonly nameSuffix: string;
  /** Given to all objects, whatever they say themselves. */
  readonly namespace: string | undefined;
  /** Labels that it gives to pods; the selectors of its own objects may follow. */
  readonly labels: Readonly<Record<string, string>>;
  /** Some of these labels come into selectors too, and into those that are not written. */
  readonly selectors: boolean;
  /** Images, as they are written without tag and digest, that it gives another tag or a digest. */
  readonly retagged: readonly string[];
  /** Numbers of replicas by the names of the workloads that it sets them for. */
  readonly replicas: readonly (readonly [string, number])[];
  /** Charts, plugins or functions add objects that nobody sees here. */
  readonly open: boolean;
}

/** A path, an address or, of a patch, a text that is none. */
export interface KustomizationEntry {
  /** The field that it stands in: `resources`, `patches`, `configMapGenerator`, … */
  readonly field: string;
  /** `objects`: a file of them, or a folder with a kustomization of its own; `component`: the latter only; `patch`: a file of patches; `file`: any other. */
  readonly as: "objects" | "component" | "patch" | "file" | "environment";
  readonly written: string;
  readonly span: Span;
  /** Where an item of a list stands, counted from 0; its field's own list. */
  readonly index: number;
}

/** A ConfigMap or Secret that Kustomize makes; others call it by this name, whatever is added to it when it is written out. */
export interface GeneratedObject {
  readonly kind: "ConfigMap" | "Secret";
  readonly name: string;
  readonly namespace: string | undefined;
  readonly span: Span;
  /** Without those that come from `environment`. */
  readonly keys: readonly string[];
  /** Files whose names become keys, as written. */
  readonly environment: readonly string[];
}

/** The document of a kustomization file; `undefined` for any other. */
export function kustomizationOf(document: YamlDocument, path: string): Kustomization | undefined {
  const { root, text } = document;
  if (root?.type !== "map") return undefined;
  const apiVersion = scalarText(getPath(root, "apiVersion"));
  const kind = scalarText(getPath(root, "kind"));
  const own = apiVersion?.startsWith("kustomize.config.k8s.io/") === true;
  if (!own && (apiVersion !== undefined || kind !== undefined || !isKustomizationName(nameOf(path)))) return undefined;
  const generated = [
    ...generatedIn(text, root, "configMapGenerator", "ConfigMap"),
    ...generatedIn(text, root, "secretGenerator", "Secret"),
  ];
  return {
    map: root,
    component: kind === "Component",
    entries: entriesIn(text, root),
    generated,
    namePrefix: scalarText(getPath(root, "namePrefix")) ?? "",
    nameSuffix: scalarText(getPath(root, "nameSuffix")) ?? "",
    namespace: scalarText(getPath(root, "namespace")) ?? undefined,
    labels: labelsIn(root),
    selectors:
      entriesOf(getPath(root, "commonLabels")).length > 0 ||
      itemsOf(getPath(root, "labels")).some((item) => booleanOf(getPath(item, "includeSelectors")) === true),
    retagged: itemsOf(getPath(root, "images")).flatMap((item) =>
      ["newTag", "digest"].some((key) => !isNull(getPath(item, key))) ? (scalarText(getPath(item, "name")) ?? []) : [],
    ),
    replicas: itemsOf(getPath(root, "replicas")).flatMap((item) => {
      const name = scalarText(getPath(item, "name"));
      const count = getPath(item, "count");
      return name !== undefined && count?.type === "scalar" && typeof count.value === "number"
        ? [[name, count.value] as const]
        : [];
    }),
    open: makers.some((key) => !isNull(getPath(root, key))),
  };
}

const makers: readonly string[] = ["helmCharts", "helmChartInflationGenerator", "generators", "transformers"];

/** Whether an entry lies in a repository or on a server, as Kustomize tells: an address, `git@…`, or a host with a path. */
export function isRemoteEntry(written: string): boolean {
  return (
    /^(?:[a-z][a-z0-9+.-]*:|git@|github\.com[/:])/i.test(written) ||
    /\?(?:ref|version|timeout)=|\.git(?:\/\/|$|\?)/.test(written)
  );
}

const lists: Readonly<Record<string, KustomizationEntry["as"]>> = {
  resources: "objects",
  bases: "objects",
  components: "component",
  crds: "file",
  configurations: "file",
  generators: "file",
  transformers: "file",
  validators: "file",
  patchesStrategicMerge: "patch",
};

function entriesIn(text: string, root: YamlMap): readonly KustomizationEntry[] {
  const found: KustomizationEntry[] = [];
  const add = (field: string, as: KustomizationEntry["as"], node: YamlNode | undefined, index: number): void => {
    const written = scalarText(node);
    if (node?.type !== "scalar" || written === undefined || written.trim() === "" || isWrittenOut(written)) return;
    found.push({ field, as, written, span: insideQuotes(text, node), index });
  };
  for (const { key, value } of root.entries) {
    const as = lists[key];
    const items = itemsOf(value);
    if (as !== undefined) for (const [index, item] of items.entries()) add(key, as, item, index);
    else if (key === "patches" || key === "patchesJson6902")
      for (const [index, item] of items.entries()) add(key, "patch", getPath(item, "path"), index);
    else if (key === "replacements")
      for (const [index, item] of items.entries()) add(key, "file", getPath(item, "path"), index);
    else if (key === "openapi") add(key, "file", getPath(value, "path"), 0);
    else if (key === "helmCharts")
      for (const [index, item] of items.entries()) add(key, "file", getPath(item, "valuesFile"), index);
    else if (key === "configMapGenerator" || key === "secretGenerator") {
      for (const [index, item] of items.entries()) {
        for (const file of itemsOf(getPath(item, "files"))) addSource(text, key, file, index, found);
        for (const file of itemsOf(getPath(item, "envs"))) add(key, "environment", file, index);
        add(key, "environment", getPath(item, "env"), index);
      }
    }
  }
  return found;
}

/** Whether a patch, or an object that a plugin reads, stands itself where a path may: no path looks like that. */
export function isWrittenOut(text: string): boolean {
  return text.includes("\n") || /:\s|^\s*[[{]/.test(text);
}

/** `path` or `key=path`. */
function addSource(text: string, field: string, node: YamlNode, index: number, to: KustomizationEntry[]): void {
  const written = scalarText(node);
  if (node.type !== "scalar" || written === undefined) return;
  const at = written.indexOf("=") + 1;
  const { start, end } = insideQuotes(text, node);
  const path = written.slice(at);
  if (path !== "") to.push({ field, as: "file", written: path, span: { start: start + at, end }, index });
}

function generatedIn(
  text: string,
  root: YamlMap,
  field: string,
  kind: GeneratedObject["kind"],
): readonly GeneratedObject[] {
  return itemsOf(getPath(root, field)).flatMap((item) => {
    const node = getPath(item, "name");
    const name = scalarText(node);
    if (node?.type !== "scalar" || name === undefined) return [];
    const textsOf = (key: string): readonly string[] =>
      itemsOf(getPath(item, key)).flatMap((one) => scalarText(one) ?? []);
    const files = textsOf("files").map((file) =>
      file.includes("=") ? file.slice(0, file.indexOf("=")) : nameOf(file),
    );
    const literals = textsOf("literals").map((literal) => literal.split("=", 1)[0] ?? "");
    return [
      {
        kind,
        name,
        namespace: scalarText(getPath(item, "namespace")),
        span: insideQuotes(text, node),
        keys: [...files, ...literals],
        environment: [
          ...textsOf("envs"),
          ...(scalarText(getPath(item, "env")) === undefined ? [] : [scalarText(getPath(item, "env")) ?? ""]),
        ],
      },
    ];
  });
}

function labelsIn(root: YamlMap): Readonly<Record<string, string>> {
  const labels: Record<string, string> = {};
  const add = (pairs: YamlNode | undefined): void => {
    for (const { key, value } of entriesOf(pairs)) {
      const text = scalarText(value);
      if (text !== undefined && key !== "__proto__") labels[key] = text;
    }
  };
  add(getPath(root, "commonLabels"));
  for (const item of itemsOf(getPath(root, "labels"))) {
    if (["includeSelectors", "includeTemplates"].some((key) => booleanOf(getPath(item, key)) === true)) {
      add(getPath(item, "pairs"));
    }
  }
  return labels;
}
