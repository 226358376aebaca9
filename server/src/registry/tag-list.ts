import { isRecord } from "../languages/json/record.ts";
import type { Answer } from "./answers.ts";
import type { Ask, Reply } from "./exchange.ts";
import { type Wanted, wrongAnswer } from "./failures.ts";
import { fieldOf, itemsOf, jsonOf } from "./json.ts";
import { statusFailure } from "./manifests.ts";

/** Bytes of one page. */
const mostBytes = 4 * 1024 * 1024;

const mostPages = 20;

/** Some registries send all they have on one page; nobody chooses from more. */
const mostTags = 100_000;

/** As many as are asked for at once; registries give fewer where they like. */
const pageSize = 1000;

const tagPattern = /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$/;

/**
 * All tags of a repository, page after page, in the registry's order. A list that cannot be had as a whole is a failure: what is missing might be the
 * newest.
 */
export async function tagsOf(ask: Ask, wanted: Wanted, signal: AbortSignal): Promise<Answer<readonly string[]>> {
  const tags = new Set<string>();
  const asked = new Set<string>();
  const start = `/v2/${wanted.repository}/tags/list`;
  let path: string | undefined = `${start}?n=${pageSize}`;
  while (path !== undefined) {
    asked.add(path);
    const answer = await ask({ method: "GET", wanted, path, accept: "application/json", limit: mostBytes }, signal);
    if (answer.type === "failed") return answer;
    const { response, host } = answer.value;
    const failure = statusFailure(answer.value, wanted);
    if (failure !== undefined) return failure;
    if (response.truncated) return wrongAnswer(host, "sends a list of tags that is too long");
    const page = jsonOf(response.body);
    if (!isRecord(page) || page["tags"] === undefined) return wrongAnswer(host, "sends no list of tags");
    // They are written into files.
    for (const tag of itemsOf(fieldOf(page, "tags")))
      if (typeof tag === "string" && tagPattern.test(tag)) tags.add(tag);
    if (tags.size > mostTags) return wrongAnswer(host, `has more than ${mostTags} tags`);
    const next = nextPage(answer.value);
    if (next.type === "failed") return next;
    path = next.value;
    if (path === undefined) break;
    if (asked.has(path)) return wrongAnswer(host, "sends its list of tags in a circle");
    if (asked.size === mostPages) return wrongAnswer(host, `has more tags than fit on ${mostPages} pages`);
  }
  return { type: "answered", value: [...tags] };
}

/** The path of the next page, by RFC 8288. It is on the same host, whatever a proxy made of the scheme and port. */
function nextPage({ response, url, host }: Reply): Answer<string | undefined> {
  const link = response.headers["link"] ?? "";
  for (const [, target = "", parameters = ""] of link.matchAll(/<([^<>]*)>([^<>]*)/g)) {
    if (!/;\s*rel\s*=\s*"?(?:[^";,]*\s)?next(?=[\s";,]|$)/i.test(parameters)) continue;
    let next: URL;
    try {
      next = new URL(target, url);
    } catch {
      return wrongAnswer(host, "names a next page of tags that is none");
    }
    if (next.hostname !== url.hostname) return wrongAnswer(host, "has its next page of tags somewhere else");
    return { type: "answered", value: `${next.pathname}${next.search}` };
  }
  return { type: "answered", value: undefined };
}
