import { defineRule, type Problem } from "../../engine/rule.ts";
import type { KubernetesModel, Resource } from "../../languages/kubernetes/model.ts";
import { isUnknown, scalarText } from "../../languages/yaml/path.ts";
import type { ManifestView, PlacedObject } from "../../workspace/manifests.ts";
import {
  isPlainMap,
  plainAt,
  plainItems,
  plainText,
  type PlainValue,
  plainValue,
} from "../../workspace/plain-value.ts";
import { ingressObject } from "./shared/example.ts";
import { hostText, ingressesOf, type WrittenIngress } from "./shared/ingresses.ts";

const other = ingressObject({}).replace("name: shop", "name: shop-v2");

export default defineRule("kubernetes", {
  slug: "duplicate-route",
  summary: "Two Ingresses, or two rules of one, take the same path of the same host.",
  why: `Nothing stops two Ingresses from claiming one path of one host. Which of them is served is up to the controller: ingress-nginx takes the older one, others the one
they read last, some answer from both in turn. After a restore from a backup, or in another cluster, it can be the other one.

Canary releases do that on purpose, with an annotation, and are not reported.`,
  category: "networking",
  severity: "warning",
  preset: "recommended",
  since: "0.1.0",
  aliases: [],
  references: ["https://kubernetes.io/docs/concepts/services-networking/ingress/#multiple-matches"],
  fix: null,
  reads: "workspace",
  examples: [
    {
      bad: `${ingressObject({})}---\n${other}`,
      good: `${ingressObject({})}---\n${other.replace("path: /", "path: /v2")}`,
      fixed: false,
    },
  ],
  keys: ["paths"],
  *check(model, _options, workspace) {
    const ingresses = ingressesOf(model);
    if (ingresses.length > 0) yield* problems(model, ingresses, workspace.manifests());
  },
});

function* problems(
  model: KubernetesModel,
  ingresses: readonly WrittenIngress[],
  manifests: ManifestView,
): Iterable<Problem> {
  const claims = claimsIn(manifests.siblings("Ingress"));
  for (const { resource, whole, rules } of ingresses) {
    if (!whole || resource.name === undefined || resource.annotations.some(({ name }) => isShared(name))) continue;
    const className = classOf(plainValue(resource.map));
    const own = new Set<string>();
    for (const { host, paths } of rules) {
      const name = host === undefined ? "" : hostText(host);
      for (const { map, path, pathType } of paths) {
        const text = path === undefined ? "/" : isUnknown(path, "kubernetes") ? undefined : scalarText(path);
        const at = path?.span ?? map.get("backend")?.keySpan;
        if (name === undefined || text === undefined || at === undefined) continue;
        const key = claimOf(name, text, pathType, className);
        const shown = `\`${name}${text}\``;
        const first = claims.get(key);
        if (own.has(key))
          yield {
            at,
            message: `This Ingress has a rule for ${shown} already, and which is served is up to the controller: remove one of them.`,
          };
        else if (first !== undefined && isOther(first, resource))
          yield {
            at,
            message: `Ingress \`${first.name ?? ""}\` takes ${shown} as well, and which is served is up to the controller: remove one of them.`,
            related: [{ at: first.span, path: first.path, message: `Ingress \`${first.name ?? ""}\` is here.` }],
          };
        own.add(key);
      }
    }
  }
}

/** Who is the first to claim a path of a host. */
function claimsIn(ingresses: readonly PlacedObject[]): ReadonlyMap<string, PlacedObject> {
  const claims = new Map<string, PlacedObject>();
  for (const one of ingresses) {
    const annotations = plainAt(one.value, "metadata", "annotations");
    if (one.partial || one.name === undefined) continue;
    if (isPlainMap(annotations) && Object.keys(annotations).some(isShared)) continue;
    for (const rule of plainItems(one.value, "spec", "rules")) {
      for (const path of plainItems(rule, "http", "paths")) {
        const host = (plainText(rule, "host") ?? "").toLowerCase();
        const type = plainText(path, "pathType");
        const key = claimOf(host, plainText(path, "path") ?? "/", type, classOf(one.value));
        if (!claims.has(key)) claims.set(key, one);
      }
    }
  }
  return claims;
}

function claimOf(host: string, path: string, pathType: string | undefined, className: string): string {
  return [host, path, pathType ?? "", className].join("\n");
}

/** Ingresses of two controllers are two ways in. */
function classOf(ingress: PlainValue | undefined): string {
  return (
    plainText(ingress, "spec", "ingressClassName") ??
    plainText(ingress, "metadata", "annotations", "kubernetes.io/ingress.class") ??
    ""
  );
}

/** Annotations by which several Ingresses share a path on purpose: canaries, weights, and what chooses by header. */
function isShared(annotation: string): boolean {
  return /canary|traffic-?split|service-weights|conditions\.|header|ingress-shard|router\.(?:priority|middlewares)|mergeable/i.test(
    annotation,
  );
}

/** One of the same name is the same Ingress, for all that is known of namespaces. */
function isOther(one: PlacedObject, { name, namespace }: Resource): boolean {
  if (one.name !== name) return true;
  return one.namespace !== undefined && namespace !== undefined && one.namespace !== namespace;
}
