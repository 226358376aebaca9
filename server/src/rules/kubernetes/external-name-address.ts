import { defineRule, type Fix } from "../../engine/rule.ts";
import type { KubernetesModel } from "../../languages/kubernetes/model.ts";
import type { YamlScalar } from "../../languages/yaml/node.ts";
import { replaceScalar } from "../../languages/yaml/edit.ts";
import { isUnknown } from "../../languages/yaml/path.ts";
import { reviewed } from "../shared/edit-fixes.ts";
import { servicesOf } from "./shared/written-services.ts";

export default defineRule("kubernetes", {
  slug: "external-name-address",
  summary: "The `externalName` of a Service is no DNS name.",
  why: `An \`ExternalName\` Service is a CNAME record in the cluster's DNS, nothing more. A CNAME leads to a name: an address there is taken for a name made of
digits, which resolves nowhere. A scheme, a port or a path is no part of a name, and Kubernetes refuses it.

For an address, write a Service without a selector and an EndpointSlice that holds it.`,
  category: "correctness",
  severity: "warning",
  preset: "minimal",
  since: "0.1.0",
  aliases: [],
  references: [
    "https://kubernetes.io/docs/concepts/services-networking/service/#externalname",
    "https://kubernetes.io/docs/concepts/services-networking/service/#services-without-selectors",
  ],
  fix: "review",
  examples: [
    {
      bad: externalName("https://db.example.com:5432"),
      good: externalName("db.example.com"),
    },
    { bad: externalName("192.0.2.7"), good: externalName("db.example.com"), fixed: false },
  ],
  keys: ["externalName"],
  *check(model) {
    for (const { resource, type } of servicesOf(model)) {
      const node = resource.get("spec", "externalName");
      if (type !== "ExternalName" || node?.type !== "scalar" || isUnknown(node, "kubernetes")) continue;
      const { text } = node;
      if (isAddress(text))
        yield {
          at: node.span,
          message: `\`${text}\` is an address, and \`externalName\` takes a DNS name: write a Service without a selector and an EndpointSlice for it.`,
        };
      else if (!isName(text))
        yield {
          at: node.span,
          message: `\`${text}\` is no DNS name, which is all that \`externalName\` takes: leave scheme, port and path to the client.`,
          severity: "error",
          fixes: () => nameAlone(model, node),
        };
    }
  },
});

function isAddress(text: string): boolean {
  return /^\d{1,3}(?:\.\d{1,3}){3}$/.test(text) || /^[0-9a-f]*:[0-9a-f:.]*:[0-9a-f:.]*$/i.test(text);
}

/** A DNS subdomain, a final dot allowed, as the API server checks it. */
function isName(text: string): boolean {
  return /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*\.?$/.test(text) && text.length <= 253;
}

function nameAlone(model: KubernetesModel, node: YamlScalar): readonly Fix[] {
  const name = node.text
    .replace(/^[a-z][a-z0-9+.-]*:\/\//i, "")
    .replace(/^[^@/]*@/, "")
    .replace(/[/?#].*$/, "")
    .replace(/:\d*$/, "")
    .toLowerCase();
  if (!isName(name) || isAddress(name)) return [];
  return reviewed(
    `Write \`${name}\` (clients must know the port and the path themselves)`,
    replaceScalar(model.document, node, name),
  );
}

function externalName(name: string): string {
  return `apiVersion: v1\nkind: Service\nmetadata:\n  name: db\nspec:\n  type: ExternalName\n  externalName: ${name}\n`;
}
