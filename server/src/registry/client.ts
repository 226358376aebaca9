import { type ImageReference, registryOf } from "../languages/image/index.ts";
import { type FoundDigest, type ImageDescription, imageKey, tagKey } from "../languages/image/index.ts";
import { type RegistryImages } from "../workspace/registry-images.ts";
import type { Answer, Failure, RegistryClient, RegistryOptions } from "./answers.ts";
import { createAuthorizations } from "./authorizations.ts";
import { type Ask, createAsk } from "./exchange.ts";
import { cancelled, type Wanted, wrongAnswer } from "./failures.ts";
import { hostOf } from "./host-names.ts";
import { descriptionOf } from "./image-description.ts";
import { createKept, type Kept } from "./kept.ts";
import { digestOf } from "./manifests.ts";
import { createSchemes } from "./schemes.ts";
import { createSender, usualPatience } from "./sender.ts";
import { createShared, type Shared } from "./shared.ts";
import { tagsOf } from "./tag-list.ts";
import { createTokens } from "./tokens.ts";

/** Milliseconds that an answer is kept. */
const keptFor = 600_000;

/** Milliseconds that it is kept that there is no such image: it may be pushed any moment. */
const missingFor = 60_000;

/** Asks registries as docker does, never with more than six requests under way. */
export function createRegistryClient(options: RegistryOptions): RegistryClient {
  const { now } = options;
  const send = createSender(options.fetch, { ...usualPatience, ...options.patience }, now);

  // What was begun before everything is forgotten ends with the memory that it began with.
  const remember = (): Memory => {
    const tokens = createTokens(send, now);
    const schemes = createSchemes(options.allowsHttp);
    const authorizations = createAuthorizations(tokens, options.credentials, now);
    return {
      ask: createAsk(send, schemes, authorizations),
      notFound: (wanted) => authorizations.forgetCredentials(wanted),
      digests: { kept: createKept(now), shared: createShared(), missing: createKept(now) },
      tags: { kept: createKept(now), shared: createShared(), missing: createKept(now) },
      descriptions: { kept: createKept(now), shared: createShared(), missing: createKept(now) },
    };
  };
  let memory = remember();
  let shown: RegistryImages | undefined;

  return {
    digest: (reference, signal, anew) => digest(memory, reference, signal, anew),
    tags: (reference, signal) => tags(memory, reference, signal),
    describe: (reference, signal, anew) => describe(memory, reference, signal, anew),
    known() {
      const digests = memory.digests.kept.all();
      const descriptions = memory.descriptions.kept.all();
      if (shown?.digests !== digests || shown.descriptions !== descriptions) shown = { digests, descriptions };
      return shown;
    },
    goodFor() {
      const times = [memory.digests.kept.goodFor(), memory.descriptions.kept.goodFor()];
      const set = times.filter((time) => time !== undefined);
      return set.length === 0 ? undefined : Math.min(...set);
    },
    forgetMissing() {
      for (const { missing } of [memory.digests, memory.tags, memory.descriptions]) missing.clear();
    },
    forget() {
      memory = remember();
    },
  };
}

interface Memory {
  readonly ask: Ask;
  /** Called with what a registry has not, or does not show to those who are not logged in. */
  readonly notFound: (wanted: Wanted) => void;
  /** By `tagKey`. */
  readonly digests: Answers<FoundDigest>;
  /** By canonical name. */
  readonly tags: Answers<readonly string[]>;
  /** By `imageKey`. */
  readonly descriptions: Answers<ImageDescription>;
}

interface Answers<T> {
  readonly kept: Kept<T>;
  readonly shared: Shared<T>;
  readonly missing: Kept<Failure>;
}

function digest(
  memory: Memory,
  reference: ImageReference,
  signal?: AbortSignal,
  anew = false,
): Promise<Answer<FoundDigest>> {
  const wanted = wantedBy(reference, reference.tag ?? "latest");
  const key = tagKey(reference);
  const asking = { key, wanted, signal, anew, notFound: memory.notFound };
  return answerOf(memory.digests, asking, async (whole) => {
    const answer = await digestOf(memory.ask, wanted, whole);
    if (answer.type === "answered") learnDigest(memory, key, answer.value);
    return answer;
  });
}

function tags(memory: Memory, reference: ImageReference, signal?: AbortSignal): Promise<Answer<readonly string[]>> {
  const wanted = wantedBy(reference);
  const asking = { key: reference.canonical, wanted, signal, anew: false, notFound: memory.notFound };
  return answerOf(memory.tags, asking, async (whole) => {
    const answer = await tagsOf(memory.ask, wanted, whole);
    if (answer.type === "answered") memory.tags.kept.set(reference.canonical, answer.value, keptFor);
    return answer;
  });
}

function describe(
  memory: Memory,
  reference: ImageReference,
  signal?: AbortSignal,
  anew = false,
): Promise<Answer<ImageDescription>> {
  const wanted = wantedBy(reference, reference.digest ?? reference.tag ?? "latest");
  const key = imageKey(reference);
  const { kept } = memory.descriptions;
  const asking = { key, wanted, signal, anew, notFound: memory.notFound };
  return answerOf(memory.descriptions, asking, async (whole) => {
    const answer = await descriptionOf(memory.ask, wanted, whole);
    if (answer.type === "failed") return answer;
    const { value } = answer;
    if (reference.digest === undefined) learnDigest(memory, key, { digest: value.digest, shape: value.shape });
    kept.set(key, value, keptFor);
    // The same image, once the tag is pinned to it.
    kept.set(`${reference.canonical}@${value.digest}`, value, keptFor);
    return answer;
  });
}

/** What is known of the image that the tag stood for before is not true of the tag any more. */
function learnDigest({ digests, descriptions }: Memory, key: string, found: FoundDigest): void {
  digests.kept.set(key, found, keptFor);
  const described = descriptions.kept.get(key);
  if (described !== undefined && described.digest !== found.digest) descriptions.kept.delete(key);
}

interface Asking extends Pick<Memory, "notFound"> {
  readonly key: string;
  readonly wanted: Wanted;
  readonly signal: AbortSignal | undefined;
  readonly anew: boolean;
}

/** What is kept, else what work that may be under way already finds out. */
async function answerOf<T>(
  { kept, shared, missing }: Answers<T>,
  { key, wanted, signal, anew, notFound }: Asking,
  work: (signal: AbortSignal) => Promise<Answer<T>>,
): Promise<Answer<T>> {
  const host = hostOf(wanted.registry);
  if (signal?.aborted === true) return cancelled(host);
  if (!anew) {
    const there = kept.get(key);
    if (there !== undefined) return { type: "answered", value: there };
    const before = missing.get(key);
    if (before !== undefined) return before;
  }
  return await shared(key, host, signal, async (whole) => {
    let answer: Answer<T>;
    try {
      answer = await work(whole);
    } catch {
      // Nothing of a registry's answer is known to lead here, and whoever asks counts on an answer.
      answer = wrongAnswer(host, "sends something that cannot be read");
    }
    if (answer.type === "failed" && answer.kind === "not-found") {
      missing.set(key, answer, missingFor);
      notFound(wanted);
    }
    return answer;
  });
}

function wantedBy(reference: ImageReference, version?: string): Wanted {
  const registry = registryOf(reference);
  const repository = reference.canonical.slice(registry.length + 1);
  return { registry, repository, ...(version === undefined ? {} : { version }) };
}
