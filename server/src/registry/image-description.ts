import type { ImageDescription, ListedManifest } from "../languages/image/index.ts";
import type { Answer, Failure } from "./answers.ts";
import { hasDigest } from "./digests.ts";
import type { Ask } from "./exchange.ts";
import { type Wanted, wrongAnswer } from "./failures.ts";
import { chosenEntry, configOf, type Descriptor, describedBy, entriesOf, type IndexEntry } from "./image-config.ts";
import { jsonOf } from "./json.ts";
import { type Manifest, manifestOf, statusFailure } from "./manifests.ts";

/** Bytes; configs have a line for each instruction that made the image. */
const mostBytes = 8 * 1024 * 1024;

/** An index may hold another one. */
const deepest = 3;

/** What the image of a tag or digest says of itself, in up to three requests: index, manifest, config. Each is what its digest says. */
export async function descriptionOf(ask: Ask, wanted: Wanted, signal: AbortSignal): Promise<Answer<ImageDescription>> {
  const top = await manifestOf(ask, wanted, signal);
  if (top.type === "failed") return top;
  const { digest, shape } = top.value;
  const image = await imageOf(ask, wanted, top.value, signal);
  if (image.type === "failed") return image;
  const { manifest, entries } = image.value;
  const { host } = manifest;
  const found = configOf(manifest.content);
  if (found === undefined) return wrongAnswer(host, `has no image as \`${wanted.repository}\` but something else`);
  const content = await configContent(ask, wanted, found.config, signal);
  if (content.type === "failed") return content;
  const described = describedBy(content.value);
  if (described === undefined)
    return wrongAnswer(host, "sends an image config that does not say for which platform it is");
  const platforms = entries.flatMap(({ platform }) => platform ?? []);
  return {
    type: "answered",
    value: {
      ...described,
      digest,
      shape,
      platforms: platforms.length === 0 ? [described.platform] : [...new Set(platforms)],
      ...(shape === "index" ? { manifests: entries.map(listed) } : {}),
      size: found.size,
    },
  };
}

/** The manifest of one platform, and the images of the index that it was chosen from. */
async function imageOf(
  ask: Ask,
  wanted: Wanted,
  top: Manifest,
  signal: AbortSignal,
): Promise<Answer<{ readonly manifest: Manifest; readonly entries: readonly IndexEntry[] }>> {
  let manifest = top;
  let entries: readonly IndexEntry[] = [];
  for (let depth = 0; manifest.shape === "index"; depth++) {
    const inside = entriesOf(manifest.content);
    const chosen = chosenEntry(inside);
    if (chosen === undefined || depth === deepest)
      return wrongAnswer(top.host, "sends an index that leads to no image");
    if (depth === 0) entries = inside;
    const next = await manifestOf(ask, { ...wanted, version: chosen.digest }, signal);
    if (next.type === "failed") return missingPart(next);
    manifest = next.value;
  }
  return { type: "answered", value: { manifest, entries } };
}

function listed({ digest, platform }: IndexEntry): ListedManifest {
  return { digest, ...(platform === undefined ? {} : { platform }) };
}

async function configContent(
  ask: Ask,
  wanted: Wanted,
  config: Descriptor,
  signal: AbortSignal,
): Promise<Answer<unknown>> {
  const path = `/v2/${wanted.repository}/blobs/${config.digest}`;
  const answer = await ask({ method: "GET", wanted, path, accept: "*/*", limit: mostBytes }, signal);
  if (answer.type === "failed") return answer;
  const { response, host } = answer.value;
  const failure = statusFailure(answer.value, wanted);
  if (failure !== undefined) return missingPart(failure);
  if (response.truncated) return wrongAnswer(host, "sends an image config that is too long to be one");
  if (!(await hasDigest(response.body, config.digest))) {
    return wrongAnswer(host, "sends an image config that does not have the digest it should have");
  }
  return { type: "answered", value: jsonOf(response.body) };
}

/** The image is there, so what it consists of has to be, too. */
function missingPart(answer: Failure): Failure {
  return answer.kind === "not-found" ? wrongAnswer(answer.host, "has lost a part of the image") : answer;
}
