import type { FoundDigest } from "../languages/image/index.ts";
import type { Answer, Failure, HttpResponse } from "./answers.ts";
import { hasDigest, isSha256, sha256Of } from "./digests.ts";
import type { Ask, Question, Reply } from "./exchange.ts";
import { notARegistry, notFound, registryErrorOf, unexpectedStatus, type Wanted, wrongAnswer } from "./failures.ts";
import { fieldOf, jsonOf, textOf } from "./json.ts";
import { acceptedManifests, shapeOf } from "./media-types.ts";

/** A manifest or index whose bytes are what its digest says. */
export interface Manifest extends FoundDigest {
  readonly host: string;
  /** What its JSON holds; anything at all. */
  readonly content: unknown;
}

/** Bytes; registries take no manifests above that. */
const mostBytes = 4 * 1024 * 1024;

/**
 * What a tag stands for. Its head is enough, which registries do not count as a pull; where a registry gives none, or one without a digest, the whole is
 * got and its bytes hashed.
 */
export async function digestOf(ask: Ask, wanted: Wanted, signal: AbortSignal): Promise<Answer<FoundDigest>> {
  const answer = await ask(questionOf("HEAD", wanted), signal);
  if (answer.type === "failed") return answer;
  const { response, host } = answer.value;
  if (response.status === 200 && response.headers["content-type"] !== undefined) {
    const shape = manifestShape(host, response.headers["content-type"]);
    if (shape.type === "failed") return shape;
    const digest = digestIn(response);
    if (digest !== undefined && isSha256(digest)) return { type: "answered", value: { digest, shape: shape.value } };
  }
  const whole = await manifestOf(ask, wanted, signal);
  if (whole.type === "failed") return whole;
  const { digest, shape } = whole.value;
  return { type: "answered", value: { digest, shape } };
}

/** The manifest or index that a tag or digest stands for. Its digest is always of SHA-256, whatever was asked for. */
export async function manifestOf(ask: Ask, wanted: Wanted, signal: AbortSignal): Promise<Answer<Manifest>> {
  const answer = await ask(questionOf("GET", wanted), signal);
  if (answer.type === "failed") return answer;
  const reply = answer.value;
  const { response, host } = reply;
  const failure = statusFailure(reply, wanted);
  if (failure !== undefined) return failure;
  if (response.truncated) return wrongAnswer(host, "sends a manifest that is too long to be one");
  const content = jsonOf(response.body);
  const shape = manifestShape(host, response.headers["content-type"] ?? textOf(fieldOf(content, "mediaType")));
  if (shape.type === "failed") return shape;
  const promised = digestIn(response);
  const asked = wanted.version?.includes(":") === true ? wanted.version : undefined;
  for (const digest of [promised, asked]) {
    if (digest !== undefined && !(await hasDigest(response.body, digest))) {
      return wrongAnswer(host, "sends a manifest that does not have the digest it should have");
    }
  }
  if (content === undefined) return wrongAnswer(host, "sends a manifest that is no JSON");
  const digest = await sha256Of(response.body);
  return { type: "answered", value: { digest, shape: shape.value, host, content } };
}

/** The failure of an answer that is not what was wanted: it is not there, or something else went wrong. */
export function statusFailure({ response, host, secrets }: Reply, wanted: Wanted): Failure | undefined {
  const { status, body } = response;
  if (status === 200) return undefined;
  const error = registryErrorOf(body, secrets);
  if (status === 404) return notFound(host, wanted, error?.code === "NAME_UNKNOWN" ? "repository" : "version");
  return unexpectedStatus(host, status, error?.message);
}

function questionOf(method: "GET" | "HEAD", wanted: Wanted): Question {
  const path = `/v2/${wanted.repository}/manifests/${wanted.version ?? "latest"}`;
  return { method, wanted, path, accept: acceptedManifests, limit: mostBytes };
}

function digestIn({ headers }: HttpResponse): string | undefined {
  return headers["docker-content-digest"]?.trim();
}

function manifestShape(host: string, type: string | undefined): Answer<FoundDigest["shape"]> {
  const shape = shapeOf(type);
  if (shape === "index" || shape === "manifest") return { type: "answered", value: shape };
  if (shape === "page") return notARegistry(host);
  if (shape === "schema1") {
    return wrongAnswer(host, "has this image only in a format that was given up in 2017 and has no digest to pin");
  }
  return wrongAnswer(host, "sends something that is no manifest");
}
