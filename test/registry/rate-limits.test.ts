import { describe, expect, it } from "vitest";
import type { HttpResponse } from "../../server/src/registry/answers.ts";
import { createRefusals, nothingLeft, retryAfter } from "../../server/src/registry/rate-limits.ts";

/** So many milliseconds from now, as headers have it. */
const ahead = (milliseconds: number): string => new Date(Date.now() + milliseconds).toUTCString();

describe("retryAfter", () => {
  it.each([
    [{ "retry-after": "0" }, 0],
    [{ "retry-after": " 120 " }, 120_000],
    // By the clock of the server, which is years behind.
    [{ "retry-after": "Tue, 01 Jan 2019 11:00:00 GMT", date: "Tue, 01 Jan 2019 10:00:00 GMT" }, 3_600_000],
    [{ "retry-after": "Tue, 01 Jan 2019 09:00:00 GMT", date: "Tue, 01 Jan 2019 10:00:00 GMT" }, 0],
    [{ "retry-after": "Tue, 01 Jan 2019 09:00:00 GMT" }, 0],
    [{}, undefined],
    [{ "retry-after": "" }, undefined],
    [{ "retry-after": "soon" }, undefined],
    [{ "retry-after": "-1" }, undefined],
    [{ "retry-after": "1.5" }, undefined],
    [{ "retry-after": "1800000000" }, undefined],
    [{ "retry-after": "Sunday" }, undefined],
    [{ "retry-after": "Sunday, 06-Nov-44 08:49:37 GMT", date: "Sun Nov  6 08:48:37 2044" }, expect.any(Number)],
    [{ "retry-after": "9".repeat(400) }, undefined],
  ])("%j", (headers: Readonly<Record<string, string>>, wait) => expect(retryAfter(headers)).toEqual(wait));

  it.each([{}, { date: "today" }])("is compared with our own clock where the server tells none: %j", (more) => {
    const wait = retryAfter({ "retry-after": ahead(3_600_000), ...more });
    expect(wait).toBeGreaterThan(3_500_000);
    expect(wait).toBeLessThanOrEqual(3_600_000);
  });
});

describe("nothingLeft", () => {
  it.each([
    [{ "ratelimit-remaining": "0;w=21600", "ratelimit-limit": "100;w=21600" }, "0 of 100 requests left"],
    [{ "ratelimit-remaining": "0", "ratelimit-limit": "[x](command:y)" }, "no requests left"],
    [{ "ratelimit-remaining": "1;w=21600", "ratelimit-limit": "100" }, undefined],
    [{ "ratelimit-limit": "100" }, undefined],
    [{}, undefined],
  ])("%j", (headers: Readonly<Record<string, string>>, words) => expect(nothingLeft(headers)).toBe(words));
});

describe("refusals", () => {
  const refusal = (headers: HttpResponse["headers"]): HttpResponse => ({
    status: 429,
    headers,
    body: new TextEncoder().encode("a page that nobody reads again"),
    truncated: true,
  });

  it("tell the time that is left, and end with it", () => {
    let time = 500;
    const refusals = createRefusals(() => time);
    refusals.note("a", refusal({ "retry-after": "60", "ratelimit-remaining": "0" }));
    expect(refusals.of("b")).toBeUndefined();
    expect(refusals.of("a")).toMatchObject({
      status: 429,
      headers: { "retry-after": "60", "ratelimit-remaining": "0" },
      body: new Uint8Array(),
    });
    time += 58_001;
    expect(refusals.of("a")?.headers["retry-after"]).toBe("2");
    time += 1999;
    expect(refusals.of("a")).toBeUndefined();
  });

  it("are nothing else than status 429", () => {
    const refusals = createRefusals(() => 0);
    refusals.note("a", { ...refusal({ "retry-after": "60" }), status: 503 });
    expect(refusals.of("a")).toBeUndefined();
  });
});
