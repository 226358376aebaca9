import { defineRule } from "../../engine/rule.ts";
import type { KubernetesModel } from "../../languages/kubernetes/model.ts";
import { getPath } from "../../languages/yaml/path.ts";
import type { Span } from "../../text/span.ts";
import type { ManifestView } from "../../workspace/manifests.ts";
import { plainValue } from "../../workspace/plain-value.ts";
import type { YamlNode } from "../../languages/yaml/node.ts";
import { backendsOf } from "./shared/backends.ts";
import { ingressObject, serviceObject, serviceWith } from "./shared/example.ts";
import { isSelecting, monitorsOf, servicesFor } from "./shared/monitors.ts";
import { policiesOf } from "./shared/network-policies.ts";
import { podsFor, takesAll } from "./shared/selected-pods.ts";
import { isUnknownSelector } from "./shared/selector-label.ts";
import { servicesOf } from "./shared/written-services.ts";

export default defineRule("kubernetes", {
  slug: "unseen-target",
  summary: "An Ingress, a Service, a policy or a monitor points at something that no file of the workspace holds.",
  why: `Other rules report a target as missing where its siblings are there and it is not. This one also reports it where nothing of its kind is there: a lone Ingress whose Service comes
from another repository, a chart or an operator. In a workspace that holds everything a cluster runs that is a mistake; in all others it is how things are, which is why the rule is only
in \`all\`.`,
  category: "networking",
  severity: "hint",
  preset: "all",
  since: "0.1.0",
  aliases: [
    "kube-linter:dangling-ingress",
    "kube-linter:dangling-networkpolicy",
    "kube-linter:dangling-networkpolicypeer-podselector",
    "kube-linter:dangling-service",
    "kube-linter:dangling-servicemonitor",
  ],
  references: ["https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/"],
  fix: null,
  reads: "workspace",
  examples: [
    {
      bad: ingressObject({}),
      good: `${ingressObject({})}---\n${serviceObject({})}---\n${serviceWith({})}`,
      fixed: false,
    },
  ],
  *check(model, _options, workspace) {
    for (const { at, what } of unseen(model, () => workspace.manifests())) {
      yield { at, message: `No file of the workspace holds ${what}: see that it is there where this is applied.` };
    }
  },
});

interface Unseen {
  readonly at: Span;
  readonly what: string;
}

function* unseen(model: KubernetesModel, manifests: () => ManifestView): Iterable<Unseen> {
  for (const { name, service, namespace } of backendsOf(model)) {
    const { found, missing } = manifests().lookUp({ group: "", kind: "Service", name: service, namespace });
    if (found.length === 0 && missing !== "here") yield { at: name.span, what: `a Service \`${service}\`` };
  }
  for (const { resource, whole, ingress, egress } of policiesOf(model)) {
    if (!whole) continue;
    const own = resource.get("spec", "podSelector");
    const peers = [...ingress.rules, ...egress.rules].flatMap((rule) => rule.peers ?? []);
    const selectors: readonly (readonly [YamlNode | undefined, Span | undefined, string | undefined])[] = [
      [own, resource.entry("spec", "podSelector")?.keySpan, resource.namespace],
      ...peers.map((peer) => {
        const away = getPath(peer, "namespaceSelector") !== undefined;
        return [
          getPath(peer, "podSelector"),
          peer.get("podSelector")?.keySpan,
          away ? undefined : resource.namespace,
        ] as const;
      }),
    ];
    for (const [selector, at, namespace] of selectors) {
      if (selector === undefined || at === undefined || isUnknownSelector(selector)) continue;
      const wanted = plainValue(selector);
      if (takesAll(wanted)) continue;
      const { none, beside } = podsFor(manifests(), wanted, namespace);
      if (none && beside.length === 0) yield { at, what: "pods with these labels" };
    }
  }
  for (const { resource, whole, type } of servicesOf(model)) {
    const entry = resource.entry("spec", "selector");
    if (!whole || type === undefined || type === "ExternalName" || entry === undefined) continue;
    const wanted = plainValue(entry.value);
    if (isUnknownSelector(entry.value) || takesAll(wanted)) continue;
    const { none, beside } = podsFor(manifests(), wanted, resource.namespace);
    if (none && beside.length === 0) yield { at: entry.keySpan, what: "pods with these labels" };
  }
  for (const monitor of monitorsOf(model)) {
    const { at, whole } = monitor;
    if (!whole || at === undefined || monitor.of !== "Service" || !isSelecting(monitor)) continue;
    const { found, beside } = servicesFor(manifests(), monitor);
    if (found.length === 0 && beside.length === 0) yield { at, what: "Services with these labels" };
  }
}
