type Headers = Readonly<Record<string, string>>;

/**
 * Milliseconds after which the server may be asked again, by its `Retry-After`: seconds, or a date, which is compared with the answer's own date so that
 * clocks need not agree. `undefined` where it does not say.
 */
export function retryAfter(headers: Headers): number | undefined {
  const value = headers["retry-after"]?.trim();
  if (value === undefined) return undefined;
  if (/^\d{1,9}$/.test(value)) return Number(value) * 1000;
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
