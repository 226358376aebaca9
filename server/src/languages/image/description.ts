/** What a tag stands for in its registry. */
export interface FoundDigest {
  /** `sha256:` and 64 hexadecimal digits: of the index where the tag names one, else of the manifest. */
  readonly digest: string;
  /** `index`: images of several platforms; `manifest`: one image, so that the digest pins one platform. */
  readonly shape: "index" | "manifest";
}

/** An image in an index. */
export interface ListedManifest {
  readonly digest: string;
  /** `linux/arm/v7`; left out where the index does not say. */
  readonly platform?: string;
}

/** What an image says of itself, as its manifest and config hold it. What is left out is not set in the image. */
export interface ImageDescription extends FoundDigest {
  /** `linux/amd64`, `linux/arm/v7`; attestations are none. Of an image of one platform that one. */
  readonly platforms: readonly string[];
  /** The images that the index lists, in its order, attestations left out; left out where it is no index. */
  readonly manifests?: readonly ListedManifest[];
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
  /** Instructions that run when something is built upon the image, as written. */
  readonly onbuild?: readonly string[];
  readonly labels: Readonly<Record<string, string>>;
}

/** What registries said of images, by `imageKey`. */
export type Descriptions = ReadonlyMap<string, ImageDescription>;

/** Nobody asked a registry. */
export const noDescriptions: Descriptions = new Map();
