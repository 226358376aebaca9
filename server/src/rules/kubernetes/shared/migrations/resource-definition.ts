import { hasComment } from "../../../../languages/yaml/edit/layout.ts";
import { removeEntry, renameKey, setPath } from "../../../../languages/yaml/edit.ts";
import type { YamlDocument, YamlMap, YamlNode } from "../../../../languages/yaml/node.ts";
import { asMap, booleanOf, entriesOf, getPath, isNull, itemsOf, scalarText } from "../../../../languages/yaml/path.ts";
import type { TextEdit } from "../../../../text/edit.ts";
import { eachWritten, type Migration } from "./migration.ts";
import { anItem, rearrange } from "./rearrange.ts";

/**
 * `apiextensions.k8s.io/v1beta1` to `v1`, where all schemas are structural or there is none. With several versions that share what stands in the spec, or a schema that
 * the new version refuses, there is more to decide than a fix can.
 * Source: https://kubernetes.io/docs/reference/using-api/deprecation-guide/#customresourcedefinition-v122
 */
export const resourceDefinition: Migration = (document, { map, partial, annotations }) => {
  const spec = asMap(getPath(map, "spec"));
  if (spec === undefined || partial || booleanOf(getPath(spec, "preserveUnknownFields")) === true) return undefined;
  const reserved = /(?:^|\.)(?:k8s|kubernetes)\.io$/.test(scalarText(getPath(spec, "group")) ?? "");
  if (reserved && !annotations.some(({ name }) => name === "api-approved.kubernetes.io")) return undefined;
  const versions = itemsOf(getPath(spec, "versions"));
  const schemas = [spec.get("validation")?.value, ...versions.map((version) => getPath(version, "schema"))].flatMap(
    (holder) => getPath(holder, "openAPIV3Schema") ?? [],
  );
  if (!schemas.every(isStructural)) return undefined;
  const columns = [spec, ...versions].flatMap((holder) => itemsOf(getPath(holder, "additionalPrinterColumns")));
  const paths = columns.flatMap((column) => asMap(column)?.get("JSONPath") ?? []);
  const inner = [...paths.map((path) => renameKey(document, path, "jsonPath")), ...conversion(document, spec)];
  if (inner.includes(undefined)) return undefined;
  const within = inner.flatMap((edits) => edits ?? []);
  const changes = versionChanges(document, spec, { versions, within, hasSchema: schemas.length > 0 });
  // What no schema names was kept, unless that was switched off.
  const kept = schemas.length > 0 && booleanOf(getPath(spec, "preserveUnknownFields")) !== false;
  return kept ? { changes, caution: "fields that its schema does not name are then dropped" } : { changes };
};

/** Keys of the spec that stand in each version now, with their new names. */
const perVersion: readonly (readonly [former: string, key: string])[] = [
  ["subresources", "subresources"],
  ["additionalPrinterColumns", "additionalPrinterColumns"],
  ["validation", "schema"],
];

function versionChanges(
  document: YamlDocument,
  spec: YamlMap,
  given: {
    readonly versions: readonly YamlNode[];
    readonly within: readonly TextEdit[];
    readonly hasSchema: boolean;
  },
): readonly (readonly TextEdit[] | undefined)[] {
  const { versions, within, hasSchema } = given;
  const scoped = !isNull(getPath(spec, "scope"));
  const shared = perVersion.filter(([former]) => spec.get(former) !== undefined);
  if (versions.length > 0 && shared.length === 0) {
    const complete = versions.every((version) => getPath(version, "schema", "openAPIV3Schema") !== undefined);
    const scope = setPath(document, spec, ["scope"], "Namespaced", { position: { after: ["group"] } });
    const drop = spec.get("version") === undefined ? [] : [removeEntry(document, spec, "version")];
    return complete ? [within, ...drop, ...(scoped ? [] : [scope])] : [undefined];
  }
  const [only] = versions;
  const bare =
    only === undefined ||
    (only.type === "map" &&
      only.entries.every(
        ({ key, value }) => key === "name" || (/^(?:served|storage)$/.test(key) && booleanOf(value)),
      ) &&
      !hasComment(document, only.span));
  const name = scalarText(spec.get("version")?.value) ?? scalarText(getPath(only, "name"));
  if (versions.length > 1 || !bare || name === undefined) return [undefined];
  const named = spec.get("version") === undefined ? [{ to: at("name"), value: name }] : [];
  const empty = hasSchema
    ? []
    : [
        { to: at("schema", "openAPIV3Schema", "type"), value: "object" },
        { to: at("schema", "openAPIV3Schema", "x-kubernetes-preserve-unknown-fields"), value: true },
      ];
  return [
    rearrange(document, spec, {
      moves: [
        { from: "version", to: at("name"), head: true },
        ...shared.map(([former, key]) => ({ from: former, to: at(key) })),
      ],
      adds: [
        ...named,
        { to: at("served"), value: true },
        { to: at("storage"), value: true },
        ...empty.map((add) => ({ ...add, last: true })),
        ...(scoped ? [] : [{ to: ["scope"], value: "Namespaced" }]),
      ],
      drops: ["versions"],
      within,
    }),
  ];
}

function at(...keys: readonly string[]): readonly string[] {
  return ["versions", anItem, ...keys];
}

function conversion(document: YamlDocument, spec: YamlMap): readonly (readonly TextEdit[] | undefined)[] {
  const node = getPath(spec, "conversion");
  const former = ["webhookClientConfig", "conversionReviewVersions"];
  if (!former.some((key) => getPath(node, key) !== undefined) || node === undefined) return [];
  return eachWritten([node], (map) =>
    rearrange(document, map, {
      moves: [
        { from: "webhookClientConfig", to: ["webhook", "clientConfig"] },
        { from: "conversionReviewVersions", to: ["webhook", "conversionReviewVersions"] },
      ],
    }),
  );
}

/**
 * Every field says its type, which is most of what a structural schema is.
 * Source: https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#specifying-a-structural-schema
 */
function isStructural(schema: YamlNode): boolean {
  if (schema.type !== "map") return false;
  const open = ["x-kubernetes-int-or-string", "x-kubernetes-preserve-unknown-fields"].some(
    (key) => booleanOf(getPath(schema, key)) === true,
  );
  if (!open && scalarText(getPath(schema, "type")) === undefined) return false;
  const more = ["items", "additionalProperties"].flatMap((key) => asMap(getPath(schema, key)) ?? []);
  return [...entriesOf(getPath(schema, "properties")).map(({ value }) => value), ...more].every(isStructural);
}
