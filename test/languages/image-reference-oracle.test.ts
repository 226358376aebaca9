import { parseFamiliarName } from "@swimlane/docker-reference";
import {
  array,
  assert,
  constantFrom,
  integer,
  oneof,
  option,
  property,
  string,
  stringMatching,
  tuple,
} from "fast-check";
import { describe, expect, it } from "vitest";
import { parseImageReference } from "../../server/src/languages/image/index.ts";

/** What a reference is taken for; `undefined`: it is refused. */
interface Reading {
  readonly canonical: string;
  readonly tag: string | undefined;
  readonly digest: string | undefined;
}

function ours(text: string): Reading | undefined {
  const reference = parseImageReference(text);
  return reference && { canonical: reference.canonical, tag: reference.tag, digest: reference.digest };
}

/** A port of an older distribution/reference. */
function theirs(text: string): Reading | undefined {
  try {
    const { repositoryUrl, tag, digest } = parseFamiliarName(text);
    return { canonical: repositoryUrl, tag, digest };
  } catch {
    return undefined;
  }
}

/**
 * Where we differ on purpose. We read as distribution/reference v0.6 does (https://github.com/distribution/reference/blob/v0.6.0/reference.go and
 * normalize.go), or as docker does where that refuses what was read.
 */
const differences: readonly {
  readonly why: string;
  readonly holds: (text: string) => boolean;
  readonly readBy: "us" | "them";
  readonly examples: readonly string[];
}[] = [
  {
    why: "a host may be an IPv6 address in brackets",
    holds: (text) => /^\[[a-fA-F0-9:]+\](?::\d+)?\//.test(text),
    readBy: "us",
    examples: ["[::1]/a", "[::1]:5000/a:1", `[2001:db8::1]/a/b@${digestOf("a")}`],
  },
  {
    why: "a first part with an upper-case letter is a host",
    holds: (text) => /^[^/.:]*[A-Z][^/.:]*\//.test(text),
    readBy: "us",
    examples: ["Host/a", "aB/c/d:1"],
  },
  {
    why: "hexadecimal digits of a digest are in lower case, or no registry has it",
    holds: (text) => /@sha(?:256|384|512):[a-f0-9]*[A-F][a-fA-F0-9]*$/.test(text),
    readBy: "them",
    examples: [`a@${digestOf("A")}`, `ghcr.io/a/b:1@${digestOf("aB")}`],
  },
  {
    why: "a host has no underscore; of what has one, they make a reference without a name",
    holds: (text) => /^[^/]*_[^/]*\//.test(text) && theirs(text)?.canonical === "",
    readBy: "them",
    examples: ["a_b.c/d"],
  },
  {
    why: "the limit of 255 characters is for the path, without the host",
    holds: (text) => text.length > 240,
    readBy: "us",
    examples: [`a.io/${"b".repeat(255)}`],
  },
];

function digestOf(hex: string): string {
  return `sha256:${hex.repeat(64).slice(0, 64)}`;
}

/** Why the two may differ about a text, in this way; `undefined` where nothing excuses it. */
function excuse(text: string, us: Reading | undefined, them: Reading | undefined): string | undefined {
  const reader = us === undefined ? "them" : them === undefined ? "us" : undefined;
  return differences.find(({ holds, readBy }) => readBy === reader && holds(text))?.why;
}

const word = string({ unit: constantFrom(..."abz019._-A".split("")), minLength: 1, maxLength: 4 });
const good = stringMatching(/^[a-z0-9]{1,3}$/);
const hosts =
  "localhost localhost:5000 docker.io index.docker.io ghcr.io a.b:443 127.0.0.1:5000 [::1] Up a_b.c library";
const host = oneof({ weight: 6, arbitrary: constantFrom(...hosts.split(" ")) }, { weight: 1, arbitrary: word });
const tags = constantFrom("latest", "1.2.3-alpine", "v1", "_x", "22", "1.0", "", "-1");
const digests = constantFrom(
  digestOf("0123456789abcdef"),
  digestOf("0"),
  digestOf("c3"),
  digestOf("aB"),
  `sha384:${"ab".repeat(48)}`,
  `sha512:${"ab".repeat(64)}`,
  "sha256:abc",
  `sha512:${"ab".repeat(32)}`,
  `md5:${"0".repeat(32)}`,
  "",
);

/** Put together by the grammar, or nearly so. */
const written = tuple(
  option(host),
  array(oneof({ weight: 12, arbitrary: good }, { weight: 1, arbitrary: word }), { minLength: 1, maxLength: 3 }),
  option(oneof({ weight: 1, arbitrary: word }, { weight: 4, arbitrary: tags })),
  option(digests),
).map(
  ([registry, path, tag, pin]) =>
    (registry === null ? "" : `${registry}/`) +
    path.join("/") +
    (tag === null ? "" : `:${tag}`) +
    (pin === null ? "" : `@${pin}`),
);

/** With one character too many, too few, or another one. */
const mutated = tuple(
  written,
  integer({ min: 0, max: 40 }),
  constantFrom(..."/:@._-A a0[]${}\n".split("")),
  integer({ min: 0, max: 2 }),
).map(([text, place, character, way]) => {
  const at = place % (text.length + 1);
  return text.slice(0, at) + (way === 0 ? "" : character) + text.slice(way === 1 ? at : at + 1);
});

const anything = string({ unit: constantFrom(..."ab09/:@._-[] ${}A\n".split("")), maxLength: 14 });

/** Their pattern takes exponential time for a long name with something wrong behind it. */
function isQuick(text: string): boolean {
  return !/[a-zA-Z0-9._-]{16}/.test(text.replace(/@(?:sha256|sha384|sha512):[a-fA-F0-9]*$/, ""));
}

const inputs = oneof(
  { weight: 7, arbitrary: written },
  { weight: 4, arbitrary: mutated },
  { weight: 1, arbitrary: anything },
).filter(isQuick);

describe("agreement with @swimlane/docker-reference", () => {
  it("holds for 10,000 texts, but where the list says", () => {
    const count = { inputs: 0, read: 0, refused: 0 };
    const found: string[] = [];
    assert(
      property(inputs, (text) => {
        const us = ours(text);
        const them = theirs(text);
        count.inputs += 1;
        count[us === undefined ? "refused" : "read"] += 1;
        const same = JSON.stringify(us) === JSON.stringify(them);
        const why = same ? undefined : excuse(text, us, them);
        if (why !== undefined) found.push(why);
        else expect(us).toEqual(them);
      }),
      { numRuns: 10_000 },
    );
    expect(count.inputs).toBe(10_000);
    // Neither side of the question is left to chance.
    expect(Math.min(count.read, count.refused)).toBeGreaterThan(3000);
    expect(found.length).toBeLessThan(2000);
    const seen = differences.filter(({ why }) => found.includes(why));
    expect(seen.length).toBeGreaterThanOrEqual(4);
  });

  it.each(differences)("ends where $why", ({ holds, readBy, examples }) => {
    for (const text of examples) {
      expect(holds(text)).toBe(true);
      expect({ us: ours(text) !== undefined, them: theirs(text) !== undefined }).toEqual({
        us: readBy === "us",
        them: readBy === "them",
      });
    }
  });
});
