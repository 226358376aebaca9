import { defineRule } from "../../engine/rule.ts";
import { dockerHub, registryOf, type ImageReference } from "../../languages/image/index.ts";
import { isHandedContext } from "./shared/named-elsewhere.ts";

export default defineRule("image", {
  slug: "untrusted-registry",
  summary: "An image comes from a registry or repository that is not on the list of trusted ones.",
  why: `What an image holds runs with the rights of your workload. A list of registries you trust keeps a typing slip
(\`ghcr.io/acmee/app\`) or a copied snippet from pulling somebody else's code.

What counts is the whole name: \`ghcr.io.example.com\` is somebody else's host, and \`ghcr.io/acme\` does not stand for \`ghcr.io/acme-tools\`. A port makes
another registry. A list for all clusters belongs into an admission policy as well, since not everything that runs there comes from files like these.

Silent until \`allow\` is set, because only you know whom you trust.`,
  category: "security",
  severity: "warning",
  preset: "recommended",
  since: "0.1.0",
  aliases: ["hadolint:DL3026", "trivy:KSV-0125", "droast:DF065"],
  references: ["https://kubernetes.io/docs/concepts/security/application-security-checklist/"],
  fix: null,
  reads: "workspace",
  options: {
    allow: {
      default: [],
      description:
        "Registries (`ghcr.io`, `localhost:5000`), repositories or prefixes of them at a `/` (`ghcr.io/acme`); `*` stands for any characters but `/`. Docker Hub is `docker.io`, its official images are `docker.io/library`; a name without a host is one of Docker Hub's, as in a Dockerfile.",
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
  *check({ images, kind }, { allow }, workspace) {
    if (allow.length === 0) return;
    const trusted = allow.map(matcher);
    for (const use of images) {
      const { reference, span, built } = use;
      if (built || reference === undefined || trusted.some((trusts) => trusts(reference))) continue;
      if (isHandedContext(use, kind, workspace)) continue;
      yield {
        at: span,
        message: `\`${registryOf(reference)}\` is not trusted for \`${reference.text}\`: take it from ${list(allow)}, or add it to \`allow\`.`,
      };
    }
  },
});

function matcher(pattern: string): (reference: ImageReference) => boolean {
  const parts = inFull(pattern).map(partMatcher);
  return ({ canonical }) => {
    const [host = "", ...path] = canonical.split("/");
    const names = [hostName(host), ...path];
    return parts.length <= names.length && parts.every((matches, index) => matches(names[index] ?? ""));
  };
}

/** The parts of an entry, its host first: people copy addresses from a browser, and leave out `docker.io` as they do in a Dockerfile. */
function inFull(pattern: string): readonly string[] {
  const [first = "", ...rest] = pattern
    .trim()
    .replace(/^https?:\/\//i, "")
    .replace(/\/+$/, "")
    .split("/");
  if (/[.:]/.test(first) || first === "localhost" || /^\*+$/.test(first)) return [hostName(first), ...rest];
  return rest.length === 0 ? [dockerHub, "library", first] : [dockerHub, first, ...rest];
}

/** Hosts are the same in upper case and with the usual port, and Docker Hub is known by several. */
function hostName(host: string): string {
  const plain = host.toLowerCase().replace(/:443$/, "");
  return dockerHubHosts.has(plain) ? dockerHub : plain;
}

const dockerHubHosts: ReadonlySet<string> = new Set([
  "index.docker.io",
  "registry-1.docker.io",
  "registry.hub.docker.com",
  "hub.docker.com",
]);

function partMatcher(part: string): (name: string) => boolean {
  if (!part.includes("*")) return (name) => name === part;
  const expression = new RegExp(`^${part.replace(/[.+?^${}()|[\]\\]/g, "\\$&").replaceAll("*", ".*")}$`);
  return (name) => expression.test(name);
}

function list(names: readonly string[]): string {
  const quoted = names.slice(0, 3).map((name) => `\`${name}\``);
  return names.length > 3 ? `${quoted.join(", ")}, …` : quoted.join(" or ");
}
