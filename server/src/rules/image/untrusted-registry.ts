import { defineRule } from "../../engine/rule.ts";
import { registryOf, type ImageReference } from "../../languages/image/index.ts";

export default defineRule("image", {
  slug: "untrusted-registry",
  summary: "An image comes from a registry or repository that is not on the list of trusted ones.",
  why: `What an image holds runs with the rights of your workload. A list of registries you trust keeps a typing slip
(\`ghcr.io/acmee/app\`) or a copied snippet from pulling somebody else's code.

Silent until \`allow\` is set, because only you know whom you trust.`,
  category: "security",
  severity: "warning",
  preset: "recommended",
  since: "0.1.0",
  aliases: ["hadolint:DL3026", "trivy:KSV-0125", "droast:DF065"],
  references: ["https://kubernetes.io/docs/concepts/security/application-security-checklist/"],
  fix: null,
  options: {
    allow: {
      default: [],
      description:
        "Registries (`ghcr.io`), repositories or prefixes of them at a `/` (`ghcr.io/acme`); `*` stands for any characters but `/`. Docker Hub is `docker.io`, its official images are `docker.io/library`.",
    },
  },
  examples: [
    {
      bad: "FROM quay.io/acme/base:1.0 AS files\nFROM scratch\nCOPY --from=files /srv /srv\n",
      good: "FROM ghcr.io/acme/base:1.0 AS files\nFROM scratch\nCOPY --from=files /srv /srv\n",
      options: { allow: ["ghcr.io/acme"] },
      fixed: false,
    },
  ],
  *check({ images }, { allow }) {
    if (allow.length === 0) return;
    const trusted = allow.map(matcher);
    for (const { reference, span, built } of images) {
      if (built || reference === undefined || trusted.some((trusts) => trusts(reference))) continue;
      yield {
        at: span,
        message: `\`${registryOf(reference)}\` is not trusted for \`${reference.text}\`: take it from ${list(allow)}, or add it to \`allow\`.`,
      };
    }
  },
});

function matcher(pattern: string): (reference: ImageReference) => boolean {
  const parts = pattern.replace(/\/+$/, "").split("/").map(partMatcher);
  return ({ canonical }) => {
    const names = canonical.split("/");
    return parts.length <= names.length && parts.every((matches, index) => matches(names[index] ?? ""));
  };
}

function partMatcher(part: string): (name: string) => boolean {
  if (!part.includes("*")) return (name) => name === part;
  const expression = new RegExp(`^${part.replace(/[.+?^${}()|[\]\\]/g, "\\$&").replaceAll("*", ".*")}$`);
  return (name) => expression.test(name);
}

function list(names: readonly string[]): string {
  const quoted = names.slice(0, 3).map((name) => `\`${name}\``);
  return names.length > 3 ? `${quoted.join(", ")}, …` : quoted.join(" or ");
}
