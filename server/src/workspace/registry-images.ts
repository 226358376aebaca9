import type { FoundDigest, ImageDescription } from "../languages/image/description.ts";
import { imageKey, tagKey } from "../languages/image/key.ts";
import type { ImageReference } from "../languages/image/reference.ts";

export type { FoundDigest, ImageDescription } from "../languages/image/description.ts";
export { imageKey, tagKey } from "../languages/image/key.ts";

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

/** What is known of the image that a reference names; `undefined` where nobody asked, or not lately. */
export function registryImageOf(images: RegistryImages, reference: ImageReference): RegistryImage | undefined {
  const current = images.digests.get(tagKey(reference));
  const description = images.descriptions.get(imageKey(reference));
  if (current === undefined && description === undefined) return undefined;
  return { ...(current === undefined ? {} : { current }), ...(description === undefined ? {} : { description }) };
}
