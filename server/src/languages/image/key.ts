import type { ImageReference } from "./reference.ts";

/** `docker.io/library/node:22-alpine`: what a tag is known by; `latest` where none is written. */
export function tagKey({ canonical, tag }: ImageReference): string {
  return `${canonical}:${tag ?? "latest"}`;
}

/** `docker.io/library/node@sha256:…` where there is a digest, since the tag then says nothing; else as `tagKey`. */
export function imageKey(reference: ImageReference): string {
  return reference.digest === undefined ? tagKey(reference) : `${reference.canonical}@${reference.digest}`;
}
