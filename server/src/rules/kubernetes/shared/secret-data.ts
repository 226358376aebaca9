import type { Resource } from "../../../languages/kubernetes/model.ts";
import type { YamlEntry, YamlScalar } from "../../../languages/yaml/node.ts";
import { entriesOf } from "../../../languages/yaml/path.ts";

/** An entry of a Secret's or ConfigMap's data. */
export interface DataEntry {
  readonly entry: YamlEntry;
  readonly value: YamlScalar;
  /** In base64, as the API has it. */
  readonly encoded: boolean;
}

/** A Secret of Kubernetes itself. */
export function isSecret({ resourceKind, apiVersion }: Resource): boolean {
  return resourceKind === "Secret" && apiVersion === "v1";
}

/** A ConfigMap of Kubernetes itself. */
export function isConfigMap({ resourceKind, apiVersion }: Resource): boolean {
  return resourceKind === "ConfigMap" && apiVersion === "v1";
}

/** The entries of a Secret or ConfigMap whose values are scalars and written down. */
export function dataOf(resource: Resource): readonly DataEntry[] {
  const encoded = isSecret(resource) ? "data" : "binaryData";
  return ["data", "stringData", "binaryData"].flatMap((key) =>
    entriesOf(resource.get(key)).flatMap((entry): DataEntry[] =>
      entry.value.type === "scalar" && entry.value.value !== null
        ? [{ entry, value: entry.value, encoded: key === encoded }]
        : [],
    ),
  );
}

/** Encrypted in the file by SOPS; what stands there is no secret any more. */
export function isEncrypted(resource: Resource): boolean {
  return resource.map.get("sops") !== undefined || dataOf(resource).some(({ value }) => value.text.startsWith("ENC["));
}
