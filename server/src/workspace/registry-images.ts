import type { FoundDigest, ImageDescription, ListedManifest } from "../languages/image/description.ts";
import { imageKey, tagKey } from "../languages/image/key.ts";
import type { ImageReference } from "../languages/image/reference.ts";

/** What a registry said, not long ago, of the image that a reference names. */
export interface RegistryImage {
  /** What the tag (`latest` where none is written) stands for now, whatever digest the reference has. */
  readonly current?: FoundDigest;
  /** The images that `current` lists, where somebody asked about it and it is an index. */
  readonly listed?: readonly ListedManifest[];
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
  const listed = current === undefined ? undefined : listedBy(images, reference, current);
  return {
    ...(current === undefined ? {} : { current }),
    ...(listed === undefined ? {} : { listed }),
    ...(description === undefined ? {} : { description }),
  };
}

/**
 * Whether the tag now stands for something else than this digest beside it; `undefined` where that is not known. A digest of another algorithm than the registry's
 * is told by the description, which always has the usual one.
 */
export function movedFrom({ current, description }: RegistryImage, pinned: string): boolean | undefined {
  if (current === undefined) return undefined;
  const algorithm = current.digest.slice(0, current.digest.indexOf(":") + 1);
  const comparable = pinned.startsWith(algorithm) ? pinned : description?.digest;
  return comparable === undefined ? undefined : comparable !== current.digest;
}

function listedBy(
  { descriptions }: RegistryImages,
  reference: ImageReference,
  { digest }: FoundDigest,
): readonly ListedManifest[] | undefined {
  const known = descriptions.get(imageKey({ ...reference, digest })) ?? descriptions.get(tagKey(reference));
  return known?.digest === digest ? known.manifests : undefined;
}
