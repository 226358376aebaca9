import type { HttpResponse } from "./answers.ts";
import { createKept } from "./kept.ts";

type Headers = Readonly<Record<string, string>>;

/** Hosts that want to be left alone for a while, by whatever key. */
export interface Refusals {
  /** What a host said with status 429, its `Retry-After` as it would be now; `undefined` where it may be asked. */
  of(key: string): HttpResponse | undefined;
  /** Remembers a response of status 429; others say nothing. */
  note(key: string, response: HttpResponse): void;
}

/** Milliseconds that a host is left alone that does not say for how long. */
const usualWait = 10_000;

/** Milliseconds; then it is asked again, whatever it told: who asks may have moved to another network, with another address. */
const longestWait = 600_000;

/** `now` gives milliseconds since some moment. */
export function createRefusals(now: () => number): Refusals {
  const kept = createKept<{ readonly response: HttpResponse; readonly until: number | undefined }>(now);
  return {
    of(key) {
      const refusal = kept.get(key);
      if (refusal?.until === undefined) return refusal?.response;
      const { response, until } = refusal;
      const seconds = Math.max(0, Math.ceil((until - now()) / 1000));
      return { ...response, headers: { ...response.headers, "retry-after": String(seconds) } };
    },
    note(key, response) {
      if (response.status !== 429) return;
      const wait = retryAfter(response.headers);
      const until = wait === undefined ? undefined : now() + wait;
      kept.set(
        key,
        { response: { ...response, body: new Uint8Array() }, until },
        Math.min(wait ?? usualWait, longestWait),
      );
    },
  };
}

/**
 * Milliseconds after which the server may be asked again, by its `Retry-After`: seconds, or a date, which is compared with the answer's own date so that
 * clocks need not agree. `undefined` where it does not say.
 */
export function retryAfter(headers: Headers): number | undefined {
  const value = headers["retry-after"]?.trim();
  if (value === undefined) return undefined;
  if (/^\d{1,9}$/.test(value)) return Number(value) * 1000;
  // All three forms of RFC 9110 begin with a day; JavaScript takes `-1` for a date as well, and a long gone one.
  if (!/^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)/.test(value)) return undefined;
  const then = Date.parse(value);
  if (Number.isNaN(then)) return undefined;
  const date = Date.parse(headers["date"] ?? "");
  return Math.max(0, then - (Number.isNaN(date) ? Date.now() : date));
}

/**
 * `0 of 100 requests left`, where the headers say that none is left. Docker Hub writes them as `100;w=21600`:
 * https://docs.docker.com/docker-hub/usage/pulls.
 */
export function nothingLeft(headers: Headers): string | undefined {
  const [left, limit] = ["ratelimit-remaining", "ratelimit-limit"].map(
    (name) => /^\s*(\d{1,9})\b/.exec(headers[name] ?? "")?.[1],
  );
  if (left === undefined || Number(left) !== 0) return undefined;
  return limit === undefined ? "no requests left" : `0 of ${limit} requests left`;
}
