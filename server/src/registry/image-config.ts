import { isDigest } from "../languages/image/index.ts";
import { isRecord } from "../languages/json/record.ts";
import type { ImageDescription } from "../languages/image/index.ts";
import { fieldOf, itemsOf, namesOf, textOf, textsOf } from "./json.ts";
import { isImageConfig, shapeOf } from "./media-types.ts";

/** Where a manifest or config is to be had. */
export interface Descriptor {
  readonly mediaType: string;
  readonly digest: string;
  /** Bytes. */
  readonly size: number;
}

/** An image in an index. */
export interface IndexEntry extends Descriptor {
  /** `linux/arm/v7`; `undefined` where the index does not say. */
  readonly platform: string | undefined;
}

/** The platform whose config stands for the image, the first of these that there is. */
const preferred: readonly string[] = ["linux/amd64", "linux/arm64"];

/** The images of an index, in its order, without what is no image: attestations are entries of an unknown platform. */
export function entriesOf(index: unknown): readonly IndexEntry[] {
  return itemsOf(fieldOf(index, "manifests")).flatMap((entry) => {
    const descriptor = descriptorOf(entry);
    const shape = shapeOf(descriptor?.mediaType);
    if (descriptor === undefined || (shape !== "index" && shape !== "manifest")) return [];
    if (fieldOf(fieldOf(entry, "annotations"), "vnd.docker.reference.type") !== undefined) return [];
    const platform = platformOf(fieldOf(entry, "platform"));
    return platform?.startsWith("unknown/") === true ? [] : [{ ...descriptor, platform }];
  });
}

/** The one whose config tells what the image is: of the platform that most use, else the first. */
export function chosenEntry(entries: readonly IndexEntry[]): IndexEntry | undefined {
  const wanted = preferred.find((platform) => entries.some((entry) => entry.platform === platform));
  return entries.find((entry) => wanted === undefined || entry.platform === wanted);
}

/** The config of a manifest, and how much there is to download; `undefined` where it is the manifest of no image. */
export function configOf(manifest: unknown): { readonly config: Descriptor; readonly size: number } | undefined {
  const config = descriptorOf(fieldOf(manifest, "config"));
  const layers = itemsOf(fieldOf(manifest, "layers")).map(descriptorOf);
  if (config === undefined || !isImageConfig(config.mediaType)) return undefined;
  return { config, size: layers.reduce((sum, layer) => sum + (layer?.size ?? 0), config.size) };
}

/**
 * What the config of an image says, by https://github.com/opencontainers/image-spec/blob/main/config.md and, for the health check, which builders write
 * where an image is for docker, https://github.com/moby/docker-image-spec. `undefined` where it is no config.
 */
export function describedBy(
  content: unknown,
): Omit<ImageDescription, "digest" | "shape" | "platforms" | "manifests" | "size"> | undefined {
  const platform = platformOf(content);
  if (platform === undefined) return undefined;
  const config = fieldOf(content, "config");
  const [user, stopSignal, workingDirectory] = ["User", "StopSignal", "WorkingDir"].map((name) =>
    textOf(fieldOf(config, name)),
  );
  const [entrypoint, command, onbuild] = ["Entrypoint", "Cmd", "OnBuild"].map((name) => textsOf(fieldOf(config, name)));
  const created = textOf(fieldOf(content, "created"));
  const healthcheck = textsOf(fieldOf(fieldOf(config, "Healthcheck"), "Test"));
  return {
    platform,
    ...(created === undefined ? {} : { created }),
    ...(user === undefined ? {} : { user }),
    exposedPorts: namesOf(fieldOf(config, "ExposedPorts")),
    ...(entrypoint === undefined ? {} : { entrypoint }),
    ...(command === undefined ? {} : { command }),
    ...(healthcheck === undefined ? {} : { healthcheck }),
    ...(stopSignal === undefined ? {} : { stopSignal }),
    ...(workingDirectory === undefined ? {} : { workingDirectory }),
    volumes: namesOf(fieldOf(config, "Volumes")),
    ...(onbuild === undefined ? {} : { onbuild }),
    labels: labelsOf(fieldOf(config, "Labels")),
  };
}

function labelsOf(value: unknown): Readonly<Record<string, string>> {
  const texts = Object.entries(isRecord(value) ? value : {}).filter(
    (entry): entry is [string, string] => typeof entry[1] === "string",
  );
  return Object.fromEntries(texts);
}

/** `linux/arm/v7`. As docker has it, `arm64` alone is its version 8. */
function platformOf(value: unknown): string | undefined {
  const [system, architecture, variant] = ["os", "architecture", "variant"].map((name) => textOf(fieldOf(value, name)));
  if (system === undefined || architecture === undefined) return undefined;
  const told = variant !== undefined && !(architecture === "arm64" && /^v?8$/.test(variant));
  return told ? `${system}/${architecture}/${variant}` : `${system}/${architecture}`;
}

function descriptorOf(value: unknown): Descriptor | undefined {
  const [mediaType, digest] = ["mediaType", "digest"].map((name) => textOf(fieldOf(value, name)));
  const size = fieldOf(value, "size");
  // The digest becomes part of a URL.
  if (mediaType === undefined || digest === undefined || !isDigest(digest)) return undefined;
  return { mediaType, digest, size: typeof size === "number" && size > 0 ? size : 0 };
}
