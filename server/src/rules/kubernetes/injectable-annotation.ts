import { defineRule } from "../../engine/rule.ts";
import { entriesOf, isUnknown, scalarText } from "../../languages/yaml/path.ts";

function ingress(url: string): string {
  return `apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata:\n  name: shop\n  annotations:\n    nginx.ingress.kubernetes.io/auth-url: ${url}\nspec:\n  ingressClassName: nginx\n  tls:\n    - hosts:\n        - shop.example.com\n      secretName: shop-tls\n  rules:\n    - host: shop.example.com\n      http:\n        paths:\n          - path: /\n            pathType: Prefix\n            backend:\n              service:\n                name: shop\n                port:\n                  number: 80\n`;
}

export default defineRule("kubernetes", {
  slug: "injectable-annotation",
  summary: "An annotation of the NGINX ingress controller holds characters that are configuration of nginx.",
  why: `The controller writes these annotations into nginx's configuration. A line break, a semicolon, a brace or a quote ends the directive there and begins another one, which is how
CVE-2025-24514, CVE-2025-1097 and CVE-2025-1098 took over clusters through an Ingress. Newer controllers refuse such values, so that the Ingress is not served.`,
  category: "security",
  severity: "error",
  preset: "recommended",
  since: "0.1.0",
  aliases: ["trivy:KCV-0093"],
  references: [
    "https://kubernetes.io/blog/2025/03/24/ingress-nginx-cve-2025-1974/",
    "https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/annotations/",
  ],
  fix: null,
  keys: ["annotations"],
  examples: [
    { bad: ingress("https://auth.example.com/check;"), good: ingress("https://auth.example.com/check"), fixed: false },
  ],
  *check(model) {
    for (const resource of model.resources) {
      if (resource.resourceKind !== "Ingress") continue;
      for (const { key, value } of entriesOf(resource.get("metadata", "annotations"))) {
        const allowed = patterns.get(key.replace(/^nginx\.ingress\.kubernetes\.io\//, ""));
        const text = scalarText(value);
        if (allowed === undefined || !key.startsWith("nginx.") || text === undefined || isUnknown(value, "kubernetes"))
          continue;
        // The controller takes blanks at the ends away; a block scalar has a line break there.
        const wrong = allowed.exec(text.trim())?.[0];
        if (wrong === undefined) continue;
        yield {
          at: value.span,
          message: `${wrong === "\n" ? "A line break" : `\`${wrong}\``} in \`${key}\` ends up in nginx's configuration, or has the Ingress refused: write a plain value.`,
        };
      }
    }
  },
});

/** What a URL cannot hold unescaped; `$` and what follows it is a variable of nginx, and allowed. */
const notInUrl = /[\s;{}|\\"'<>^`]/;

/** By the end of the annotation's name, what its value must not hold. */
const patterns: ReadonlyMap<string, RegExp> = new Map([
  ["auth-url", notInUrl],
  ["auth-signin", notInUrl],
  ["mirror-target", notInUrl],
  ["mirror-host", notInUrl],
  ["auth-tls-match-cn", /[\n\r;{}#|"'`]/],
]);
