import type { BaseImageFacts } from "../../knowledge/base-images/index.ts";
import { factsWith } from "./described.ts";
import type { Descriptions, ImageDescription } from "./description.ts";
import { imageKey } from "./key.ts";
import { parseImageReference } from "./parse.ts";
import type { ImageReference } from "./reference.ts";

/** A reference and what is known of its image, which is found out when first asked for. */
export class KnownImage {
  readonly reference: ImageReference | undefined;
  readonly description: ImageDescription | undefined;
  #facts: { readonly value: BaseImageFacts | undefined } | undefined;

  /** `undefined`: nothing can be said of the image. */
  constructor(reference: ImageReference | undefined, descriptions: Descriptions) {
    this.reference = reference;
    this.description = reference === undefined ? undefined : descriptionOf(reference, descriptions);
  }

  get facts(): BaseImageFacts | undefined {
    this.#facts ??= { value: this.reference === undefined ? undefined : factsWith(this.reference, this.description) };
    return this.#facts.value;
  }
}

/** The image that `name` names; `text` is how it was written, its variables included. */
export function knownImage(name: string, text: string, descriptions: Descriptions): KnownImage {
  const reference = parseImageReference(name);
  return new KnownImage(reference === undefined ? undefined : { ...reference, text }, descriptions);
}

/** What is said of the image that a reference names. */
export function descriptionOf(reference: ImageReference, descriptions: Descriptions): ImageDescription | undefined {
  // Mostly nobody asked a registry, and this is looked up for each image of a file at each edit.
  return descriptions.size === 0 ? undefined : descriptions.get(imageKey(reference));
}
