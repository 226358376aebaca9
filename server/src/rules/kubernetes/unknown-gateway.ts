import { defineRule, type Problem } from "../../engine/rule.ts";
import type { KubernetesModel, Resource } from "../../languages/kubernetes/model.ts";
import type { YamlNode } from "../../languages/yaml/node.ts";
import { asScalar, getPath, isUnknown, itemsOf, scalarText } from "../../languages/yaml/path.ts";
import { closestOf } from "../../text/closest.ts";
import type { ManifestView } from "../../workspace/manifests.ts";
import { plainItems, plainText } from "../../workspace/plain-value.ts";
import { oncePerPlace } from "../shared/once-per-place.ts";
import { missingTarget, renamed } from "./shared/missing-target.ts";

const gateway =
  "apiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nmetadata:\n  name: public\nspec:\n  gatewayClassName: cilium\n  listeners:\n    - name: https\n      port: 443\n      protocol: HTTPS\n      tls:\n        certificateRefs:\n          - name: shop-tls\n";

export default defineRule("kubernetes", {
  slug: "unknown-gateway",
  summary: "A route names a Gateway that does not exist, or a listener that it does not have.",
  why: `A route is served by the Gateways that its \`parentRefs\` name, and by no other. With a slip there it is accepted and served by nobody; only its status, which few look at, says
\`NoMatchingParent\`. A Gateway counts as missing where others are written in the same kustomization, chart or folder; most clusters have theirs elsewhere, and then nothing is said.`,
  category: "networking",
  severity: "warning",
  preset: "minimal",
  since: "0.1.0",
  aliases: [],
  references: ["https://gateway-api.sigs.k8s.io/reference/spec/#parentreference"],
  fix: "review",
  reads: "workspace",
  keys: ["parentRefs"],
  examples: [{ bad: `${gateway}---\n${route("publc")}`, good: `${gateway}---\n${route("public")}` }],
  *check(model, _options, workspace) {
    yield* oncePerPlace(problems(model, workspace.manifests()));
  },
});

function* problems(model: KubernetesModel, manifests: ManifestView): Iterable<Problem> {
  for (const { resource, parent } of model.resources.flatMap(parentsOf)) {
    const name = getPath(parent, "name");
    const wanted = isUnknown(name, "kubernetes") ? undefined : scalarText(name);
    const kind = scalarText(getPath(parent, "kind")) ?? "Gateway";
    if (name === undefined || wanted === undefined || kind !== "Gateway") continue;
    const namespace = scalarText(getPath(parent, "namespace")) ?? resource.namespace;
    const reference = { group, kind, name: wanted, namespace };
    const { found } = manifests.lookUp(reference);
    const section = getPath(parent, "sectionName");
    if (found.length > 0) {
      const listeners = found.flatMap(({ value }) => plainItems(value, "spec", "listeners"));
      const names = listeners.flatMap((listener) => plainText(listener, "name") ?? []);
      const listener = isUnknown(section, "kubernetes") ? undefined : scalarText(section);
      const isOpen = found.some(({ partial }) => partial) || names.length < listeners.length || names.length === 0;
      if (section === undefined || listener === undefined || isOpen || names.includes(listener)) continue;
      const meant = closestOf(listener, names);
      yield {
        at: section.span,
        message: `Gateway \`${wanted}\` has no listener \`${listener}\`: it has ${names.map((one) => `\`${one}\``).join(", ")}.`,
        fixes: () => (meant === undefined || section.type !== "scalar" ? [] : renamed(model, section, meant)),
      };
      continue;
    }
    const node = asScalar(name);
    const consequence = "nobody serves this route";
    const problem = node === undefined ? undefined : missingTarget(model, manifests, { reference, node, consequence });
    if (problem !== undefined) yield problem;
  }
}

const group = "gateway.networking.k8s.io";

function parentsOf(resource: Resource): readonly { readonly resource: Resource; readonly parent: YamlNode }[] {
  if (!resource.apiVersion.startsWith(`${group}/`) || !resource.resourceKind.endsWith("Route")) return [];
  return itemsOf(resource.get("spec", "parentRefs")).flatMap((parent) => {
    const own = scalarText(getPath(parent, "group")) ?? group;
    return own === group ? [{ resource, parent }] : [];
  });
}

function route(parent: string): string {
  return `apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata:\n  name: shop\nspec:\n  parentRefs:\n    - name: ${parent}\n  hostnames:\n    - shop.example.com\n  rules:\n    - backendRefs:\n        - name: api\n          port: 80\n`;
}
