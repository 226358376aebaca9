import type { FoundDigest } from "../languages/image/index.ts";

/** What the media type of an answer says that it is. `schema1`: a manifest as registries had them until 2017, which has no digest to pin. */
export type ManifestShape = FoundDigest["shape"] | "schema1" | "page" | "other";

const shapes: ReadonlyMap<string, ManifestShape> = new Map([
  ["application/vnd.oci.image.index.v1+json", "index"],
  ["application/vnd.docker.distribution.manifest.list.v2+json", "index"],
  ["application/vnd.oci.image.manifest.v1+json", "manifest"],
  ["application/vnd.docker.distribution.manifest.v2+json", "manifest"],
  ["application/vnd.docker.distribution.manifest.v1+json", "schema1"],
  ["application/vnd.docker.distribution.manifest.v1+prettyjws", "schema1"],
  ["text/html", "page"],
  ["application/xhtml+xml", "page"],
]);

/**
 * All four types in one header, always: a registry that finds the one it has left out answers that there is nothing, or hands out the manifest of one
 * platform in place of the index.
 */
export const acceptedManifests = [...shapes]
  .filter(([, shape]) => shape === "index" || shape === "manifest")
  .map(([type]) => type)
  .join(", ");

/** Of a `Content-Type` header, its parameters aside, or of a `mediaType` in JSON; `undefined` where there is none. */
export function shapeOf(contentType: string | undefined): ManifestShape | undefined {
  const type = contentType?.split(";", 1)[0]?.trim().toLowerCase() ?? "";
  return type === "" ? undefined : (shapes.get(type) ?? "other");
}

/** The config of an image that is run, rather than of a chart, a signature or another artifact. */
export function isImageConfig(mediaType: string): boolean {
  return (
    mediaType === "application/vnd.oci.image.config.v1+json" ||
    mediaType === "application/vnd.docker.container.image.v1+json"
  );
}
