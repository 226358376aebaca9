import { defineRule, type Fix } from "../../engine/rule.ts";
import type { KubernetesModel } from "../../languages/kubernetes/model.ts";
import { appendItem } from "../../languages/yaml/edit.ts";
import type { YamlMap } from "../../languages/yaml/node.ts";
import { getPath, isNull, isUnknown, scalarText } from "../../languages/yaml/path.ts";
import { reviewed } from "../shared/edit-fixes.ts";
import type { ManifestView } from "../../workspace/manifests.ts";
import { plainValue } from "../../workspace/plain-value.ts";
import { wantedLabels } from "../../workspace/label-selector.ts";
import { networkPolicyObject } from "./shared/example.ts";
import { allowsDns, policiesFor } from "./shared/isolation.ts";
import { type PolicyRule, policiesOf, type WrittenPolicy } from "./shared/network-policies.ts";
import { dnsRule } from "./shared/dns-egress.ts";

const toDatabase = [
  "policyTypes:",
  "  - Egress",
  "egress:",
  "  - to:",
  "      - podSelector:",
  "          matchLabels:",
  "            app: db",
  "    ports:",
  "      - port: 5432",
];

export default defineRule("kubernetes", {
  slug: "egress-without-dns",
  summary: "A NetworkPolicy limits where pods may connect to, and leaves out DNS.",
  why: `As soon as a policy limits egress, every connection is refused that no rule allows, and looking up a name is one too. The pod that may reach its database on port 5432
then hangs for seconds and fails, because it cannot find out the database's address.

A rule for port 53, UDP and TCP, mends it. Another policy of the namespace may have that rule for all pods: rules add up over policies, and where one is known it counts.`,
  category: "networking",
  severity: "warning",
  preset: "recommended",
  since: "0.1.0",
  aliases: [],
  references: [
    "https://kubernetes.io/docs/concepts/services-networking/network-policies/#networkpolicy-resource",
    "https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/",
  ],
  fix: "review",
  reads: "workspace",
  examples: [
    {
      bad: networkPolicyObject(toDatabase),
      good: networkPolicyObject([
        ...toDatabase,
        "  - to:",
        "      - namespaceSelector:",
        "          matchLabels:",
        "            kubernetes.io/metadata.name: kube-system",
        "        podSelector:",
        "          matchLabels:",
        "            k8s-app: kube-dns",
        "    ports:",
        "      - port: 53",
        "        protocol: UDP",
        "      - port: 53",
        "        protocol: TCP",
      ]),
    },
  ],
  keys: ["egress"],
  *check(model, _options, workspace) {
    for (const policy of policiesOf(model)) {
      const { egress, whole } = policy;
      const { entry, rules } = egress;
      // No rules at all, or none with a peer that has a name, are a decision: nothing is to be reached, or known addresses.
      if (!whole || entry === undefined || egress.limits !== true || rules.length === 0) continue;
      if (rules.some(mayAllowDns) || rules.every(isForAddresses)) continue;
      if (allowedElsewhere(policy, workspace.manifests())) continue;
      yield {
        at: entry.keySpan,
        message:
          "These pods may not look up names, because no rule allows port 53: add one for DNS, or nothing they connect to by name is found.",
        fixes: () => withDns(model, policy),
      };
    }
  },
});

/** Rules of all policies for a pod add up: one for all pods of the namespace is where DNS is mostly allowed. */
function allowedElsewhere({ resource }: WrittenPolicy, manifests: ManifestView): boolean {
  const selector = resource.get("spec", "podSelector");
  const labels = selector === undefined ? {} : wantedLabels(plainValue(selector));
  return policiesFor(manifests, labels, resource.namespace).some(({ value }) => allowsDns(value));
}

/** Whether a rule lets DNS through, or may do so for all that is known. Some clusters ask DNS on another port of its pods: 5353 and 8053. */
function mayAllowDns({ node, peers, ports }: PolicyRule): boolean {
  if (node.type !== "map" || isUnknownPart(node)) return true;
  if (ports === undefined) return peers === undefined || peers.some(mayBeDns);
  return ports.some((port) => {
    const number = getPath(port, "port");
    if (isNull(number)) return true;
    if (isUnknown(number, "kubernetes")) return true;
    const text = scalarText(number) ?? "";
    const from = Number(text);
    const to = Number(scalarText(getPath(port, "endPort")) ?? text);
    return /dns/i.test(text) || [53, 5353, 8053, 1053].some((dns) => from <= dns && dns <= to);
  });
}

function isUnknownPart(node: YamlMap): boolean {
  return node.entries.some(({ value }) => value.type === "scalar" && !isNull(value));
}

/** A whole namespace, a block of addresses that is not a single one, or pods that are called so. */
function mayBeDns(peer: YamlMap): boolean {
  const labels = (key: string): string => {
    const selector = getPath(peer, key, "matchLabels");
    return selector?.type === "map" ? selector.entries.map(({ value }) => scalarText(value) ?? "").join(" ") : "";
  };
  if (/dns/i.test(labels("podSelector"))) return true;
  const namespace = getPath(peer, "namespaceSelector");
  const cidr = scalarText(getPath(peer, "ipBlock", "cidr"));
  if (cidr !== undefined) return !/\/(?:32|128)$/.test(cidr);
  if (namespace === undefined) return false;
  // Any namespace, that of DNS included; pods of it that are called otherwise are others.
  const isAny = !(namespace.type === "map" && namespace.entries.length > 0);
  const isSystem = /kube-system|openshift-dns/.test(labels("namespaceSelector"));
  const isUntold = labels("namespaceSelector") === "";
  return (isAny || isSystem || isUntold) && labels("podSelector") === "";
}

/** Only blocks of addresses: who is connected to by address need not be looked up. */
function isForAddresses({ peers }: PolicyRule): boolean {
  return peers !== undefined && peers.every((peer) => peer.get("ipBlock") !== undefined);
}

function withDns(model: KubernetesModel, { egress }: WrittenPolicy): readonly Fix[] {
  const list = egress.entry?.value;
  return list?.type === "seq"
    ? reviewed(
        "Allow DNS to `kube-dns` in `kube-system` (a cluster with another DNS needs its labels here)",
        appendItem(model.document, list, dnsRule),
      )
    : [];
}
