import type { BaseImageFacts } from "../../knowledge/base-images/index.ts";
import type { Span } from "../../text/span.ts";
import type { ImageDescription } from "./description.ts";

/**
 * An image reference by the grammar of distribution/reference. `undefined` parts were not written; `repository` is the
 * path as written, `canonical` the fully qualified name (`docker.io/library/node` for `node`).
 */
export interface ImageReference {
  /** As written, variables included. */
  readonly text: string;
  /** Host and optional port, as written: `ghcr.io`, `localhost:5000`. */
  readonly registry?: string;
  readonly repository: string;
  readonly tag?: string;
  /** `sha256:…` */
  readonly digest?: string;
  /** Registry and repository after Docker Hub's defaults: `docker.io/library/node`. No tag, no digest. */
  readonly canonical: string;
}

/** Where a file names an image. The spans count from the unit's start, as the model's do. */
export interface ImageUse {
  /**
   * `undefined` where the name depends on what is not known (a variable without a default, a template) or does not parse: nothing can be said
   * of it. The defaults of build arguments are put in; `text` then still has the `$`.
   */
  readonly reference: ImageReference | undefined;
  /**
   * What is known of that image; `undefined` where it is not among those known. Found out when first asked for. Its settings are those that its registry
   * told, where somebody asked.
   */
  readonly facts: BaseImageFacts | undefined;
  /** What its registry said of it, because a person asked, and not long ago. */
  readonly description: ImageDescription | undefined;
  /** The whole reference as written (without quotes). */
  readonly span: Span;
  /** What uses it: `FROM`, `COPY --from`, `RUN --mount`, a frontend (`# syntax=`), a compose service, a container. */
  readonly role: "base" | "copy-source" | "mount-source" | "frontend" | "service" | "container" | "volume";
  /** The stage, service or container, for messages. */
  readonly owner?: string;
  /** The service builds this image itself, so the reference names the result rather than something pulled. */
  readonly built: boolean;
}
