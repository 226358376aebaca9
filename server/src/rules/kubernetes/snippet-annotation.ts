import { defineRule } from "../../engine/rule.ts";
import { removePath } from "../../languages/yaml/edit.ts";
import { reviewed } from "../shared/edit-fixes.ts";
import { ingressObject } from "./shared/example.ts";
import { ingressesOf } from "./shared/ingresses.ts";

export default defineRule("kubernetes", {
  slug: "snippet-annotation",
  summary: "An annotation of an Ingress writes configuration of nginx by itself.",
  why: `A snippet goes into the controller's own nginx.conf. Who may write an Ingress can thereby read the controller's service account token and through it every Secret of the
cluster (CVE-2021-25742); a slip in one snippet stops nginx from reloading for all the others. The controllers have them switched off by default since, so that an
Ingress with a snippet is refused.

Most of what they are used for has an annotation of its own: \`permanent-redirect\`, \`enable-cors\`, \`configuration\` of the ConfigMap for headers. In a cluster with one owner
who switched them on knowingly it is a matter of taste.`,
  category: "security",
  severity: "warning",
  preset: "recommended",
  since: "0.1.0",
  aliases: ["checkov:CKV_K8S_152", "checkov:CKV_K8S_153", "checkov:CKV_K8S_154", "kubescape:C-0059"],
  references: [
    "https://github.com/kubernetes/ingress-nginx/issues/7837",
    "https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/annotations-risk/",
  ],
  fix: "review",
  examples: [
    {
      bad: ingressObject({
        annotations: ["nginx.ingress.kubernetes.io/server-snippet: |", "  location /old { return 410; }"],
      }),
      good: ingressObject({}),
    },
  ],
  *check(model) {
    for (const { resource } of ingressesOf(model)) {
      for (const { name } of resource.annotations) {
        const entry = snippet.test(name) ? resource.entry("metadata", "annotations", name) : undefined;
        if (entry === undefined) continue;
        const short = name.slice(name.indexOf("/") + 1);
        yield {
          at: entry.keySpan,
          message: `\`${short}\` writes into the controller's own nginx.conf, from where every Secret of the cluster is near: use an annotation made for the purpose.`,
          fixes: () =>
            reviewed(
              `Remove \`${short}\` (nginx no longer does what it says)`,
              removePath(model.document, resource.map, ["metadata", "annotations", name]),
            ),
        };
      }
    }
  },
});

/** Sources: the annotations of ingress-nginx, and of the controller of NGINX itself. */
const snippet =
  /^(?:nginx\.ingress\.kubernetes\.io\/(?:server|configuration|stream|auth|modsecurity)-snippet|nginx\.org\/(?:server|location)-snippets)$/;
