import { parse } from "yaml";
import { parseImageReference } from "../../server/src/languages/image/index.ts";
import { type FoundDigest, type ImageDescription, imageKey, tagKey } from "../../server/src/languages/image/index.ts";
import { type RegistryImages } from "../../server/src/workspace/index.ts";

/**
 * What registries said, as a block of a case has it: YAML, by image as a file would name it. `digest` and `shape` say what a tag stands for, any other key of
 * `ImageDescription` describes the image; what is left out is as it is for most images. Throws where it is malformed.
 */
export function registryImagesOf(text: string): RegistryImages {
  const digests = new Map<string, FoundDigest>();
  const descriptions = new Map<string, ImageDescription>();
  for (const [name, said] of Object.entries(mapOf(parse(text), "a block of what registries said"))) {
    const reference = parseImageReference(name);
    if (reference === undefined) throw new Error(`${name} is no image`);
    const { digest, shape, ...rest } = partsOf(name, said);
    const found: FoundDigest = { digest: digest ?? reference.digest ?? usualDigest, shape: shape ?? "index" };
    if (reference.digest === undefined) digests.set(tagKey(reference), found);
    if (Object.keys(rest).length > 0 || reference.digest !== undefined || (digest ?? shape) === undefined) {
      const platforms = rest.platforms ?? ["linux/amd64", "linux/arm64"];
      const platform = platforms[0] ?? "linux/amd64";
      descriptions.set(imageKey(reference), { ...usual, platforms, platform, ...rest, ...found });
    }
  }
  return { digests, descriptions };
}

/** What an example says of tags: image with its tag → digest of several platforms. */
export function registryImagesOfTags(registry: Readonly<Record<string, string>>): RegistryImages {
  return registryImagesOf(JSON.stringify(mapValues(registry, (digest) => ({ digest, shape: "index" }))));
}

function mapValues<T>(of: Readonly<Record<string, string>>, make: (value: string) => T): Readonly<Record<string, T>> {
  return Object.fromEntries(Object.entries(of).map(([key, value]) => [key, make(value)]));
}

const usualDigest = `sha256:${"0".repeat(64)}`;

const usual = { size: 30_000_000, exposedPorts: [], volumes: [], labels: {} };

const keys: Readonly<Record<keyof ImageDescription, (value: unknown) => boolean>> = {
  digest: isText,
  shape: (value) => value === "index" || value === "manifest",
  platforms: isList,
  manifests: (value) =>
    Array.isArray(value) && value.every((one) => Object.values(mapOf(one, "manifests")).every(isText)),
  platform: isText,
  size: (value) => typeof value === "number",
  created: isText,
  user: isText,
  exposedPorts: isList,
  entrypoint: isList,
  command: isList,
  healthcheck: isList,
  stopSignal: isText,
  workingDirectory: isText,
  volumes: isList,
  onbuild: isList,
  labels: (value) => Object.values(mapOf(value, "labels")).every(isText),
};

function partsOf(name: string, said: unknown): Partial<ImageDescription> {
  const parts = mapOf(said, name);
  for (const [key, value] of Object.entries(parts)) {
    const fits = Object.entries(keys).find(([known]) => known === key)?.[1];
    if (fits?.(value) !== true) throw new Error(`${name}: \`${key}\` is nothing that an image says so`);
  }
  return parts;
}

function mapOf(value: unknown, what: string): Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw new Error(`${what} must be a map`);
  return { ...value };
}

function isText(value: unknown): boolean {
  return typeof value === "string";
}

function isList(value: unknown): boolean {
  return Array.isArray(value) && value.every(isText);
}
