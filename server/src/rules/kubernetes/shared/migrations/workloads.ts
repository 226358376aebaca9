import { removePath, setPath } from "../../../../languages/yaml/edit.ts";
import type { YamlValue } from "../../../../languages/yaml/edit.ts";
import type { YamlNode } from "../../../../languages/yaml/node.ts";
import { entriesOf, getPath, isNull, isUnknown, scalarText } from "../../../../languages/yaml/path.ts";
import type { Migration } from "./migration.ts";

/**
 * Deployments, DaemonSets, StatefulSets and ReplicaSets of `extensions/v1beta1`, `apps/v1beta1` and `apps/v1beta2` to `apps/v1`. Where no selector is
 * written the old versions take the labels of the template.
 * Source: https://kubernetes.io/docs/reference/using-api/deprecation-guide/#deployment-v116
 */
export const workload: Migration = (document, resource) => {
  const { map, apiVersion, resourceKind, partial } = resource;
  const gone = ["rollbackTo", "templateGeneration"].filter((key) => getPath(map, "spec", key) !== undefined);
  const changes = gone.map((key) => removePath(document, map, ["spec", key]));
  const old = apiVersion !== "apps/v1beta2";
  if (!partial && isNull(getPath(map, "spec", "selector"))) {
    const labels = old ? knownLabels(getPath(map, "spec", "template", "metadata", "labels")) : undefined;
    if (labels === undefined) return undefined;
    const position = isNull(getPath(map, "spec", "replicas")) ? "start" : { after: ["replicas"] };
    changes.push(setPath(document, map, ["spec", "selector"], { matchLabels: labels }, { position }));
  }
  const caution = old && !partial ? changedDefault(apiVersion, resourceKind, getPath(map, "spec")) : undefined;
  return { changes, ...(caution === undefined ? {} : { caution }) };
};

function knownLabels(node: YamlNode | undefined): YamlValue | undefined {
  const labels = entriesOf(node).map(
    ({ key, value }) => [key, isUnknown(value, "kubernetes") ? undefined : scalarText(value)] as const,
  );
  const known = labels.flatMap(([key, text]) => (text === undefined ? [] : [[key, text] as const]));
  return known.length === 0 || known.length < labels.length ? undefined : Object.fromEntries(known);
}

/** What the object gets by default that it did not get before; `undefined` where all of that is written. */
function changedDefault(apiVersion: string, kind: string, spec: YamlNode | undefined): string | undefined {
  if (kind === "ReplicaSet") return undefined;
  if (kind === "Deployment") {
    const written = [
      "revisionHistoryLimit",
      ...(apiVersion === "extensions/v1beta1" ? ["progressDeadlineSeconds"] : []),
    ];
    const rolling = apiVersion === "extensions/v1beta1" && scalarText(getPath(spec, "strategy", "type")) !== "Recreate";
    const steps = ["maxSurge", "maxUnavailable"].map((key) => getPath(spec, "strategy", "rollingUpdate", key));
    const complete = written.every((key) => !isNull(getPath(spec, key))) && !(rolling && steps.some(isNull));
    return complete ? undefined : "rollouts go by its defaults, which are others";
  }
  return scalarText(getPath(spec, "updateStrategy", "type")) === undefined
    ? "its pods are then replaced whenever the template changes, not just when they are deleted"
    : undefined;
}
