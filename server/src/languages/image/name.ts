import { dockerHub } from "./parse.ts";
import type { ImageReference } from "./reference.ts";

const official = `${dockerHub}/library/`;

/** The host an image is pulled from: `docker.io` where none was written. */
export function registryOf(reference: ImageReference): string {
  return reference.canonical.slice(0, reference.canonical.indexOf("/"));
}

/** The shortest name that means the same, without tag and digest: `node` for `docker.io/library/node`, as docker prints it. */
export function familiarName(reference: ImageReference): string {
  const { canonical } = reference;
  if (canonical.startsWith(official)) {
    const name = canonical.slice(official.length);
    return name.includes("/") ? `library/${name}` : name;
  }
  return canonical.startsWith(`${dockerHub}/`) ? canonical.slice(dockerHub.length + 1) : canonical;
}

/**
 * The name by which a build context stands in for an image, as BuildKit compares them, whatever way it is written: `node` for `docker.io/library/node:latest`, `node:22`,
 * `ghcr.io/acme/app:1`.
 */
export function contextName(reference: ImageReference): string {
  const name = familiarName(reference);
  return reference.tag === undefined || reference.tag === "latest" ? name : `${name}:${reference.tag}`;
}

/** One of the Docker Official Images, whatever way its name was written. */
export function isDockerOfficial(reference: ImageReference): boolean {
  return reference.canonical.startsWith(official);
}

/** The reference as it was written, its digest set to `digest`; the tag stays, for people to read. */
export function withDigest(reference: ImageReference, digest: string): string {
  return `${nameAsWritten(reference)}${reference.tag === undefined ? "" : `:${reference.tag}`}@${digest}`;
}

/**
 * The reference with that digest, as it is written in a file: `node:22-alpine@sha256:…`. A missing tag is written out as `latest`, which it stands for:
 * so people read what the digest is of, and who updates digests knows which tag to ask for.
 */
export function pinnedText(reference: ImageReference, digest: string): string {
  return withDigest({ ...reference, tag: reference.tag ?? "latest" }, digest);
}

/** The reference as it was written, with another tag and without its digest, which would no longer fit. */
export function withTag(reference: ImageReference, tag: string): string {
  return `${nameAsWritten(reference)}:${tag}`;
}

/** Registry and repository as they were written, without tag and digest. */
export function nameAsWritten(reference: ImageReference): string {
  return reference.registry === undefined ? reference.repository : `${reference.registry}/${reference.repository}`;
}
