import { defineRule } from "../../engine/rule.ts";
import { scalarText } from "../../languages/yaml/path.ts";
import { ingressObject } from "./shared/example.ts";
import { ingressesOf } from "./shared/ingresses.ts";

const path = ["http:", "  paths:", "    - path: /", "      pathType: Prefix", "      backend:"];
const service = ["        service:", "          name: api", "          port:", "            number: 80"];
const http = [...path, ...service].map((line) => `  ${line}`);

export default defineRule("kubernetes", {
  slug: "wildcard-host",
  summary: "An Ingress takes requests for any host.",
  why: `A rule without a host, or for \`*.example.com\`, takes every request that no other Ingress claims, in every namespace: names that somebody made up, old
names, and addresses that scanners try. Two of them in one cluster compete, and a certificate cannot be right for a host nobody named.

Name the hosts, if there is no reason for a catch-all. A default backend for the whole cluster, and applications that give each customer a subdomain, have one.`,
  category: "networking",
  severity: "hint",
  preset: "strict",
  since: "0.1.0",
  aliases: [],
  references: ["https://kubernetes.io/docs/concepts/services-networking/ingress/#hostname-wildcards"],
  fix: null,
  examples: [
    {
      bad: ingressObject({ rules: [`- ${http[0]?.trim() ?? ""}`, ...http.slice(1)] }),
      good: ingressObject({}),
      fixed: false,
    },
  ],
  *check(model) {
    for (const { whole, rules } of ingressesOf(model)) {
      for (const { host, map } of rules) {
        if (host === undefined) {
          const entry = map.get("http");
          if (!whole || entry === undefined) continue;
          yield {
            at: entry.keySpan,
            message: "This rule has no `host`, so it takes requests for every name: add the host it is meant for.",
          };
        } else if (scalarText(host)?.startsWith("*") === true)
          yield {
            at: host.span,
            message: `\`${scalarText(host) ?? ""}\` takes requests for every name below it: name the hosts that are served, if they are known.`,
          };
      }
    }
  },
});
