import type { ImageReference } from "./reference.ts";

/** Where names without a registry come from, by distribution/reference's normalisation. */
export const dockerHub = "docker.io";

/** Its older name, which clients still take for `docker.io`. */
const legacyDockerHub = "index.docker.io";

/** Docker Hub's folder for images with a name of one part. */
const officialFolder = "library/";

/** No valid reference comes near this; a longer text is not worth matching. */
const longest = 4096;

const longestPath = 255;

// The grammar in the head comment of reference.go in distribution/reference.
const component = "[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*";
const label = "[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?";
const domainPattern = new RegExp(`^(?:${label}(?:\\.${label})*|\\[[a-fA-F0-9:]+\\])(?::[0-9]+)?$`);
const remainderPattern = new RegExp(
  `^(${component}(?:/${component})*)(?::([A-Za-z0-9_][A-Za-z0-9_.-]{0,127}))?(?:@([^@]+))?$`,
);
const identifierPattern = /^[a-f0-9]{64}$/;
const digestPattern = /^(?:sha256:[a-f0-9]{64}|sha384:[a-f0-9]{96}|sha512:[a-f0-9]{128})$/;

/**
 * Reads an image reference as `docker pull` would. `undefined` where it would be refused, and for a name that holds a
 * variable or a template, of which nothing can be said.
 */
export function parseImageReference(text: string): ImageReference | undefined {
  if (text.length > longest || identifierPattern.test(text)) return undefined;
  const { registry, remainder } = splitRegistry(text);
  if (registry !== undefined && !domainPattern.test(registry)) return undefined;
  const match = remainderPattern.exec(remainder);
  const repository = match?.[1];
  if (match === null || repository === undefined) return undefined;
  const tag = match[2];
  const digest = match[3];
  if (digest !== undefined && !isDigest(digest)) return undefined;
  const path = canonicalPath(registry, repository);
  if (path.length > longestPath) return undefined;
  return {
    text,
    ...(registry === undefined ? {} : { registry }),
    repository,
    ...(tag === undefined ? {} : { tag }),
    ...(digest === undefined ? {} : { digest }),
    canonical: `${canonicalRegistry(registry)}/${path}`,
  };
}

/** `sha256:` (or sha384, sha512) and as many lower-case hexadecimal digits as the algorithm gives. */
export function isDigest(text: string): boolean {
  return digestPattern.test(text);
}

/** The first part is a host only where it could not be a folder: it holds a dot, a colon or an upper-case letter, or is `localhost`. */
function splitRegistry(text: string): { registry: string | undefined; remainder: string } {
  const slash = text.indexOf("/");
  const first = slash < 0 ? "" : text.slice(0, slash);
  const host = first === "localhost" || /[.:A-Z]/.test(first);
  return host ? { registry: first, remainder: text.slice(slash + 1) } : { registry: undefined, remainder: text };
}

function canonicalRegistry(registry: string | undefined): string {
  return registry === undefined || registry === legacyDockerHub ? dockerHub : registry;
}

function canonicalPath(registry: string | undefined, repository: string): string {
  return canonicalRegistry(registry) === dockerHub && !repository.includes("/")
    ? officialFolder + repository
    : repository;
}
