import type { ImageReference } from "../languages/image/reference.ts";

/** What a tag stands for in its registry. */
export interface FoundDigest {
  /** `sha256:` and 64 hexadecimal digits: of the index where the tag names one, else of the manifest. */
  readonly digest: string;
  /** `index`: images of several platforms; `manifest`: one image, so that the digest pins one platform. */
  readonly shape: "index" | "manifest";
}

/** What an image says of itself, as its manifest and config hold it. What is left out is not set in the image. */
export interface ImageDescription extends FoundDigest {
  /** `linux/amd64`, `linux/arm/v7`; attestations are none. Of an image of one platform that one. */
  readonly platforms: readonly string[];
  /** The platform whose config the following is read from. */
  readonly platform: string;
  /** Bytes to be downloaded for that platform: its layers, compressed, and its config. */
  readonly size: number;
  /** RFC 3339, as written; builds that want to be reproducible set some date long ago. */
  readonly created?: string;
  /** `USER`, as written: a name or number, with a group behind a colon. */
  readonly user?: string;
  /** `8080/tcp` */
  readonly exposedPorts: readonly string[];
  readonly entrypoint?: readonly string[];
  readonly command?: readonly string[];
  /** The words of `Healthcheck.Test`: `["CMD", …]`, `["CMD-SHELL", …]` or `["NONE"]`. */
  readonly healthcheck?: readonly string[];
  readonly stopSignal?: string;
  readonly workingDirectory?: string;
  readonly volumes: readonly string[];
  readonly labels: Readonly<Record<string, string>>;
}

/** What a registry said, not long ago, of the image that a reference names. */
export interface RegistryImage {
  /** What the tag (`latest` where none is written) stands for now, whatever digest the reference has. */
  readonly current?: FoundDigest;
  /** What the reference names: the image of its digest where it has one, else of its tag. */
  readonly description?: ImageDescription;
}

/**
 * What was learnt from registries because a person asked. Whoever owns it takes out what has become too old, so that rules need no clock.
 * Digests by `tagKey`, descriptions by `imageKey`.
 */
export interface RegistryImages {
  readonly digests: ReadonlyMap<string, FoundDigest>;
  readonly descriptions: ReadonlyMap<string, ImageDescription>;
}

/** `docker.io/library/node:22-alpine`: what a tag is known by; `latest` where none is written. */
export function tagKey({ canonical, tag }: ImageReference): string {
  return `${canonical}:${tag ?? "latest"}`;
}

/** `docker.io/library/node@sha256:…` where there is a digest, since the tag then says nothing; else as `tagKey`. */
export function imageKey(reference: ImageReference): string {
  return reference.digest === undefined ? tagKey(reference) : `${reference.canonical}@${reference.digest}`;
}

/** What is known of the image that a reference names; `undefined` where nobody asked, or not lately. */
export function registryImageOf(images: RegistryImages, reference: ImageReference): RegistryImage | undefined {
  const current = images.digests.get(tagKey(reference));
  const description = images.descriptions.get(imageKey(reference));
  if (current === undefined && description === undefined) return undefined;
  return { ...(current === undefined ? {} : { current }), ...(description === undefined ? {} : { description }) };
}
