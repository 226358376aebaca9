import { type BaseImageFacts, baseImageOf } from "../../knowledge/base-images/index.ts";
import { parseImageReference } from "./parse.ts";
import type { ImageReference } from "./reference.ts";

/** A reference and what is known of its image, which is found out when first asked for. */
export class KnownImage {
  readonly reference: ImageReference | undefined;
  #facts: { readonly value: BaseImageFacts | undefined } | undefined;

  /** `undefined`: nothing can be said of the image. */
  constructor(reference: ImageReference | undefined) {
    this.reference = reference;
  }

  get facts(): BaseImageFacts | undefined {
    this.#facts ??= { value: this.reference === undefined ? undefined : baseImageOf(this.reference) };
    return this.#facts.value;
  }
}

/** The image that `name` names; `text` is how it was written, its variables included. */
export function knownImage(name: string, text: string): KnownImage {
  const reference = parseImageReference(name);
  return new KnownImage(reference === undefined ? undefined : { ...reference, text });
}
