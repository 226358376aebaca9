import { removeEntry, renameKey, replaceScalar, setPath } from "../../../../languages/yaml/edit.ts";
import type { YamlNode } from "../../../../languages/yaml/node.ts";
import { asMap, entriesOf, getPath, isNull, isUnknown, itemsOf, scalarText } from "../../../../languages/yaml/path.ts";
import { joined } from "../../../shared/joined-edits.ts";
import { eachWritten, type Migration, unchanged } from "./migration.ts";
import { rearrange } from "./rearrange.ts";

/** `policy/v1beta1` to `policy/v1`: only the empty selector means something else. */
export const disruptionBudget: Migration = (_document, { map }) => {
  const selector = getPath(map, "spec", "selector");
  const empty =
    selector?.type === "map" &&
    entriesOf(getPath(selector, "matchLabels")).length === 0 &&
    itemsOf(getPath(selector, "matchExpressions")).length === 0;
  return empty
    ? { changes: [], caution: "the empty selector, which selected no pod, then selects every pod of the namespace" }
    : unchanged;
};

/** What the old versions gave a priority level that asks for none. */
const usualShares = 30;

/** `flowcontrol.apiserver.k8s.io/v1beta1` and `v1beta2` to `v1`: the shares have another name, and none means none. */
export const priorityLevel: Migration = (document, resource) => {
  const limited = asMap(getPath(resource.map, "spec", "limited"));
  if (limited === undefined) return unchanged;
  const former = limited.get("assuredConcurrencyShares");
  const shares = former ?? limited.get("nominalConcurrencyShares");
  if (shares === undefined) return unchanged;
  const { value } = shares;
  const meant = resource.annotations.some(({ name }) => name === "flowcontrol.k8s.io/v1beta3-preserve-zero");
  const none = value.type === "scalar" && value.value === 0 && !meant;
  return {
    changes: [
      former === undefined ? [] : renameKey(document, former, "nominalConcurrencyShares"),
      none ? replaceScalar(document, value, usualShares) : [],
    ],
  };
};

/** `resource.k8s.io/v1beta1` to `v1`: a request for devices says under `exactly` what it asks for. */
export const deviceClaim: Migration = (document, { map, resourceKind }) => {
  const spec = resourceKind === "ResourceClaimTemplate" ? getPath(map, "spec", "spec") : getPath(map, "spec");
  const requests = itemsOf(getPath(spec, "devices", "requests"));
  return {
    changes: eachWritten(requests, (request) => {
      const own = request.entries.flatMap(({ key }) => (key === "name" || key === "firstAvailable" ? [] : [key]));
      if (own.includes("exactly")) return own.length === 1 ? [] : undefined;
      return rearrange(document, request, { moves: own.map((key) => ({ from: key, to: ["exactly", key] })) });
    }),
  };
};

const nodeLabel = "kubernetes.io/hostname";
const zoneLabel = "topology.kubernetes.io/zone";

/** `discovery.k8s.io/v1beta1` to `v1`: node and zone have fields of their own, and no other label is taken. */
export const endpointSlice: Migration = (document, { map }) => ({
  changes: eachWritten(itemsOf(getPath(map, "endpoints")), (endpoint) => {
    const labels = entriesOf(endpoint.get("topology")?.value);
    if (endpoint.get("topology") === undefined) return [];
    const fields = labels.map(({ key, value }) => ({ field: fieldOf(key), text: scalarText(value) }));
    if (fields.some(({ field, text }) => field === undefined || text === undefined)) return undefined;
    const added = fields.flatMap(({ field = "", text = "" }) =>
      endpoint.get(field) === undefined
        ? [setPath(document, endpoint, [field], text, { position: { before: ["topology"] } })]
        : [],
    );
    return joined(document.text, [...added, removeEntry(document, endpoint, "topology")]);
  }),
});

function fieldOf(label: string): string | undefined {
  return label === nodeLabel ? "nodeName" : label === zoneLabel ? "zone" : undefined;
}

/** `authorization.k8s.io/v1beta1` to `v1`: the groups of whoever asks have their name in the plural. */
export const accessReview: Migration = (document, { map }) => {
  const group = asMap(getPath(map, "spec"))?.get("group");
  return group === undefined ? unchanged : { changes: [renameKey(document, group, "groups")] };
};

/** `certificates.k8s.io/v1beta1` to `v1`, where what is now required is written: which signer is meant nobody can tell from elsewhere. */
export const certificateRequest: Migration = (_document, { map }) => {
  const complete = ["signerName", "usages"].every((key) => isWritten(getPath(map, "spec", key)));
  return complete ? unchanged : undefined;
};

/** `events.k8s.io/v1beta1` to `v1`, where what is now required is written. */
export const event: Migration = (_document, { map }) => {
  const required = ["eventTime", "reportingController", "reportingInstance", "action", "reason"];
  const type = scalarText(getPath(map, "type"));
  const complete = required.every((key) => isWritten(getPath(map, key))) && (type === "Normal" || type === "Warning");
  return complete && getPath(map, "involvedObject") === undefined ? unchanged : undefined;
};

function isWritten(node: YamlNode | undefined): boolean {
  return !isNull(node) && !isUnknown(node, "kubernetes");
}
