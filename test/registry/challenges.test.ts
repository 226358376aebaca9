import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Challenge, parseChallenges } from "../../server/src/registry/challenges.ts";

function plain(challenges: readonly Challenge[]) {
  return challenges.map(({ scheme, parameters, token68 }) => ({
    scheme,
    ...(parameters.size === 0 ? {} : { parameters: Object.fromEntries(parameters) }),
    ...(token68 === undefined ? {} : { token68 }),
  }));
}

describe("parseChallenges", () => {
  it.each([
    ["nothing", "", []],
    ["a scheme alone", "Negotiate", [{ scheme: "negotiate" }]],
    [
      "Docker Hub's",
      'Bearer realm="https://auth.docker.io/token",service="registry.docker.io",scope="repository:library/node:pull"',
      [
        {
          scheme: "bearer",
          parameters: {
            realm: "https://auth.docker.io/token",
            service: "registry.docker.io",
            scope: "repository:library/node:pull",
          },
        },
      ],
    ],
    [
      "commas in quotes",
      'Bearer scope="repository:a:pull,push",service="x"',
      [{ scheme: "bearer", parameters: { scope: "repository:a:pull,push", service: "x" } }],
    ],
    [
      "several in one header",
      'Basic realm="a", Bearer realm="https://t/x",service=s, Digest realm="c", nonce="n"',
      [
        { scheme: "basic", parameters: { realm: "a" } },
        { scheme: "bearer", parameters: { realm: "https://t/x", service: "s" } },
        { scheme: "digest", parameters: { realm: "c", nonce: "n" } },
      ],
    ],
    [
      "several headers, joined",
      'Negotiate, Basic realm="a"',
      [{ scheme: "negotiate" }, { scheme: "basic", parameters: { realm: "a" } }],
    ],
    [
      "what stands in place of parameters",
      'Negotiate YIIa+b/c==, Basic realm="x"',
      [
        { scheme: "negotiate", token68: "YIIa+b/c==" },
        { scheme: "basic", parameters: { realm: "x" } },
      ],
    ],
    ["names in any case", 'BEARER Realm="x"', [{ scheme: "bearer", parameters: { realm: "x" } }]],
    [
      "blanks around the sign",
      'Bearer realm = "x" , service\t=\ty',
      [{ scheme: "bearer", parameters: { realm: "x", service: "y" } }],
    ],
    ["escapes in quotes", 'Basic realm="a\\"b\\\\c"', [{ scheme: "basic", parameters: { realm: 'a"b\\c' } }]],
    [
      "a URL without quotes",
      "Bearer realm=https://t/x,service=s",
      [{ scheme: "bearer", parameters: { realm: "https://t/x", service: "s" } }],
    ],
    ["quotes that do not end", 'Bearer realm="https://t', [{ scheme: "bearer", parameters: { realm: "https://t" } }]],
    ["the first of two of a name", "Basic realm=a,realm=b", [{ scheme: "basic", parameters: { realm: "a" } }]],
    ["empty items", ', ,Basic realm="a",,', [{ scheme: "basic", parameters: { realm: "a" } }]],
    ["a parameter without a scheme", 'realm="a"', []],
    [
      "rubbish before it",
      '"?" (x) Basic realm="a"',
      [{ scheme: "x" }, { scheme: "basic", parameters: { realm: "a" } }],
    ],
  ] as const)("%s", (_, header, expected) => {
    expect(plain(parseChallenges(header))).toEqual(expected);
  });

  it("reads what was written, however it was written", () => {
    const token = fc.stringMatching(/^[a-z][a-z0-9_-]{0,8}$/);
    const value = fc.oneof(fc.stringMatching(/^[a-z0-9.]{1,8}$/), fc.string({ maxLength: 12 }));
    const parameters = fc.uniqueArray(fc.tuple(token, value), {
      selector: ([name]) => name,
      minLength: 1,
      maxLength: 4,
    });
    const challenge = fc.record({ scheme: token, parameters });
    const style = fc.record({
      gap: fc.constantFrom(",", ", ", " ,\t", ",,"),
      equals: fc.constantFrom("=", " = "),
      upper: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(challenge, { maxLength: 4 }), style, (challenges, { gap, equals, upper }) => {
        const header = challenges
          .map(({ scheme, parameters }) => {
            const written = parameters.map(
              ([name, value]) => `${name}${equals}"${value.replaceAll(/["\\]/g, "\\$&")}"`,
            );
            return `${upper ? scheme.toUpperCase() : scheme} ${written.join(gap)}`;
          })
          .join(gap);
        expect(plain(parseChallenges(header))).toEqual(
          challenges.map(({ scheme, parameters }) => ({ scheme, parameters: Object.fromEntries(parameters) })),
        );
      }),
    );
  });

  it("reads anything without an error, and soon", () => {
    const pieces = fc.constantFrom('"', "\\", ",", "=", " ", "a", "Bearer", "Basic ", 'realm="', "\u0000", "é");
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 60 }), (parts) => {
        for (const { scheme } of parseChallenges(parts.join(""))) expect(scheme).toMatch(/^\S+$/);
      }),
    );
    const began = performance.now();
    for (const part of ['a="', '"\\', "a=", "a ", ",", "==", 'a="\\"']) parseChallenges(part.repeat(50_000));
    expect(performance.now() - began).toBeLessThan(5000);
  });
});
