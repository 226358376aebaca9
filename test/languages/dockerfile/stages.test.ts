import { describe, expect, test } from "vitest";
import { parseDockerfile } from "../../../server/src/languages/dockerfile/index.ts";
import type { DockerfileModel, Word } from "../../../server/src/languages/dockerfile/model.ts";

const cut = (model: DockerfileModel, span: { readonly start: number; readonly end: number }): string =>
  model.text.slice(span.start, span.end);

/** What the last instruction's last word comes to. */
function resolved(text: string): string | undefined {
  const words: readonly Word[] = parseDockerfile(text).instructions.at(-1)?.words ?? [];
  return words.at(-1)?.resolved;
}

describe("stages", () => {
  const model = parseDockerfile(`ARG V=1
FROM node:$V AS Base
ENV A=1
USER node
FROM golang AS build
RUN x
FROM base AS app
ENV B=2
COPY --from=build /a /b
COPY --from=0 /a /b
COPY --from=nginx:1 /a /b
COPY --from=ctx /a /b
COPY --from=9 /a /b
RUN --mount=type=bind,from=build --mount=from=alpine:3,target=/x y
FROM scratch AS empty
FROM app
CMD z
`);
  const [base, build, app, empty, final] = model.stages;

  test("know their names, parents and images", () => {
    expect(model.stages.map(({ name }) => name)).toEqual(["Base", "build", "app", "empty", undefined]);
    expect(model.stages.map(({ parent }) => parent?.name)).toEqual([undefined, undefined, "Base", undefined, "app"]);
    expect(model.stages.map(({ baseImage }) => baseImage?.canonical)).toEqual([
      "docker.io/library/node",
      "docker.io/library/golang",
      "docker.io/library/node",
      undefined,
      "docker.io/library/node",
    ]);
    expect(base?.baseImage).toMatchObject({ text: "node:$V", tag: "1" });
    expect(model.stages.map(({ scratch }) => scratch)).toEqual([false, false, false, true, false]);
    expect(model.stages.map(({ shipped }) => shipped)).toEqual([true, false, true, false, true]);
    expect(model.finalStage).toBe(final);
    expect(model.fragment).toBe(false);
  });

  test("know what is in effect, parents included", () => {
    expect(final?.last("USER")?.stage).toBe(base);
    expect(build?.last("USER")).toBeUndefined();
    expect(final?.all("ENV").map(({ stage }) => stage)).toEqual([base, app]);
    expect(final?.last("CMD")?.name).toBe("CMD");
    expect(empty?.instructions.map(({ name }) => name)).toEqual(["FROM"]);
    expect(model.instructions[0]?.stage).toBeUndefined();
  });

  test("are told from images in --from", () => {
    const sources = (app?.instructions ?? []).flatMap((instruction) =>
      instruction.name === "COPY" ? [[instruction.from?.value, instruction.from?.stage?.name]] : [],
    );
    expect(sources).toEqual([
      ["build", "build"],
      ["0", "Base"],
      ["nginx:1", undefined],
      ["ctx", undefined],
      ["9", undefined],
    ]);
  });

  test("images are those a build pulls; a bare name may be a build context, of which nothing is known", () => {
    expect(
      model.images.map(({ role, owner, reference, span }) => [role, owner, reference?.canonical, cut(model, span)]),
    ).toEqual([
      ["base", "Base", "docker.io/library/node", "node:$V"],
      ["base", "build", "docker.io/library/golang", "golang"],
      ["copy-source", "app", "docker.io/library/nginx", "nginx:1"],
      ["copy-source", "app", undefined, "ctx"],
      ["mount-source", "app", "docker.io/library/alpine", "alpine:3"],
    ]);
  });

  test("the frontend is an image, quotes are no part of a name", () => {
    const quoted = parseDockerfile('# syntax=docker/dockerfile:1 x\nFROM "node:20"\n');
    expect(quoted.images.map(({ role, span }) => [role, cut(quoted, span)])).toEqual([
      ["frontend", "docker/dockerfile:1"],
      ["base", "node:20"],
    ]);
  });

  test("a name that is given twice is the last one before", () => {
    const { stages } = parseDockerfile("FROM a AS x\nFROM b AS x\nFROM x\nFROM c AS x");
    expect(stages[2]?.parent).toBe(stages[1]);
    expect(parseDockerfile("FROM a AS a").stages[0]?.parent).toBeUndefined();
  });

  test("a stage by a variable", () => {
    expect(parseDockerfile("ARG S=x\nFROM a AS x\nFROM $S").stages[1]?.parent?.name).toBe("x");
  });

  test.each<[string, boolean]>([
    ["FROM mcr.microsoft.com/windows/servercore:ltsc2022", true],
    ["FROM golang:1-nanoserver", true],
    ["FROM --platform=windows/amd64 x", true],
    ['# escape=`\nFROM $X\nSHELL ["powershell"]', true],
    ['FROM x\nSHELL ["powershell"]', false],
    ["# escape=`\nFROM node", false],
    ["FROM mcr.microsoft.com/dotnet/sdk:8.0", false],
  ])("Windows: %j", (text, windows) => {
    expect(parseDockerfile(text).stages[0]?.windows).toBe(windows);
  });

  test("the shell of a RUN is the last SHELL before it, in its stage and those it is based on", () => {
    const { instructions } = parseDockerfile(
      'FROM a AS x\nRUN 1\nSHELL ["bash"]\nRUN 2\nFROM x\nRUN 3\nFROM b\nRUN 4\nSHELL ["ash"]',
    );
    expect(instructions.flatMap((instruction) => (instruction.name === "RUN" ? [instruction.shell] : []))).toEqual([
      undefined,
      ["bash"],
      ["bash"],
      undefined,
    ]);
  });

  test("a piece without FROM is a fragment", () => {
    const fragment = parseDockerfile("ENV A=1\nWORKDIR /$A");
    expect(fragment).toMatchObject({ fragment: true, finalStage: undefined, problems: [] });
    expect(fragment.instructions[1]?.words[0]?.resolved).toBe("/1");
  });
});

describe("variables", () => {
  test.each<[string, string | undefined]>([
    // Before the first FROM, and redeclared.
    ["ARG V=1\nFROM x:$V", "x:1"],
    ["ARG V\nFROM x:$V", undefined],
    ["FROM x:$V", undefined],
    ["ARG V=1\nFROM x\nUSER $V", undefined],
    ["ARG V=1\nFROM x\nARG V\nUSER $V", "1"],
    ["ARG V=1\nFROM x\nARG V=2\nUSER $V", "2"],
    ["ARG A=1\nARG B=$A-2\nFROM x:$B", "x:1-2"],
    ["FROM a\nARG V=1\nFROM x:$V", undefined],
    // ENV wins, later ones win, and none sees itself or what follows.
    ["FROM x\nENV V=1\nUSER $V", "1"],
    ["FROM x\nENV V=1\nARG V=2\nUSER $V", "1"],
    ["FROM x\nARG V=2\nENV V=1\nUSER $V", "1"],
    ["FROM x\nENV V=1\nENV V=2\nUSER $V", "2"],
    ["FROM x\nENV V=1\nENV V=2 W=$V\nUSER $W", "1"],
    ["FROM x\nENV V=1\nENV V=$V-$V\nUSER $V", "1-1"],
    ["FROM x\nUSER $V", undefined],
    ["FROM x\nENV V\nUSER $V", undefined],
    // Through stages.
    ["FROM x AS a\nENV V=1\nFROM a\nUSER $V", "1"],
    ["FROM x AS a\nARG V=1\nFROM a\nUSER $V", "1"],
    ["FROM x AS a\nENV V=1\nFROM y\nUSER $V", undefined],
    // What the builder sets.
    ["FROM x\nARG TARGETARCH\nUSER $TARGETARCH", undefined],
    ["FROM x:${TARGETARCH:-amd64}", undefined],
    ["FROM x\nARG HTTP_PROXY\nUSER ${HTTP_PROXY:-none}", undefined],
    // Modifiers.
    ["FROM ${B:-node}", "node"],
    ["ARG B\nFROM ${B:-node}:${V-1}", "node:1"],
    ["ARG B=x\nFROM ${B:-node}", "x"],
    ["ARG B=\nFROM a${B:-b}${B-c}", "ab"],
    ["ARG B=1\nFROM a${B:+-slim}", "a-slim"],
    ["ARG B\nFROM a${B:+-slim}", "a"],
    ["ARG B=\nFROM a${B:+-slim}${B+x}", "ax"],
    ["FROM x\nUSER ${V:-d}", undefined],
    ["FROM x\nUSER a${V:+d}", undefined],
    ["ARG V=1\nFROM x:${V:?message}", "x:1"],
    ["ARG V\nFROM x:${V:?message}", undefined],
    ["ARG A\nARG B=2\nFROM x:${A:-${B}}", "x:2"],
    ["ARG V=a.b.c\nFROM x:${V#*.}", "x:b.c"],
    ["ARG V=a.b.c\nFROM x:${V##*.}", "x:c"],
    ["ARG V=a.b.c\nFROM x:${V%.*}", "x:a.b"],
    ["ARG V=a.b.c\nFROM x:${V%%.*}", "x:a"],
    ["ARG V=a.b.c\nFROM x:${V%?c}", "x:a.b"],
    ["ARG V=v1\nFROM x:${V#v}", "x:1"],
    ["ARG V=v1\nFROM x:${V#w}", "x:v1"],
    ["ARG V=a.b.c\nFROM x:${V/./-}", "x:a-b.c"],
    ["ARG V=a.b.c\nFROM x:${V//./-}", "x:a-b-c"],
    ["ARG V=a/b\nFROM x:${V/\\//-}", "x:a-b"],
    ["ARG V=1\nFROM x:${V:#1}", undefined],
    ["ARG V=1\nFROM x:${V^^}", undefined],
    // Quotes and escapes.
    ["ARG V=1\nFROM 'x:$V'", "x:$V"],
    ['ARG V=1\nFROM "x:$V"', "x:1"],
    ["ARG V=1\nFROM x:\\$V", "x:$V"],
    ["# escape=`\nARG V=1\nFROM x:`$V", "x:$V"],
    ["ARG V=1\nFROM x:$V-y${V}z", "x:1-y1z"],
    ['FROM x\nENV V=1\nWORKDIR "/a b"/$V', "/a b/1"],
    ['FROM x\nENV V=1\nCOPY ["a", "/$V/"]', "/1/"],
    ["FROM x\nENV V='1 2'\nUSER $V", "1 2"],
    ["FROM x\nUSER a$", "a$"],
    ["FROM x\nUSER ${", undefined],
    ["FROM x\nUSER ${V", undefined],
    ["FROM x\nENV V=1\nONBUILD USER $V", "1"],
  ])("%j", (text, expected) => {
    expect(resolved(text)).toBe(expected);
  });

  test("pairs are resolved, and EXPOSE takes several ports from one", () => {
    const model = parseDockerfile('FROM x\nENV A=1 B="80 81"\nENV C=$A/$B D=$E\nEXPOSE $B');
    const pairs = model.instructions.flatMap((instruction) => (instruction.name === "ENV" ? instruction.pairs : []));
    expect(pairs.map((pair) => pair.resolved)).toEqual(["1", "80 81", "1/80 81", undefined]);
    const [expose] = model.instructions.flatMap((instruction) => (instruction.name === "EXPOSE" ? [instruction] : []));
    expect(expose?.ports.map(({ from }) => from)).toEqual([80, 81]);
  });

  test("a word knows whether it holds one", () => {
    const [words] = parseDockerfile("COPY a$b '$c' \\$d ${e} $ f").instructions.map((instruction) => instruction.words);
    expect(words?.map(({ variable }) => variable)).toEqual([true, false, false, true, false, false]);
  });

  test("long chains, long values and slow patterns end", () => {
    const lines = Array.from({ length: 20_000 }, (_, index) => `ENV A${index + 1}=$A${index}`);
    expect(resolved(["FROM x", "ENV A0=1", ...lines, "USER $A20000"].join("\n"))).toBe("1");
    const doubling = Array.from({ length: 60 }, () => "ENV A=$A$A");
    expect(resolved(["FROM x", "ENV A=1", ...doubling, "USER $A"].join("\n"))).toBeUndefined();
    expect(resolved(`ARG A=${"a".repeat(190)}\nFROM x:\${A#*a*a*a*a*a*b}`)).toBeUndefined();
    expect(resolved(`FROM x\nUSER ${"${A:-".repeat(5000)}`)).toBeUndefined();
    const stages = Array.from({ length: 3000 }, (_, index) => `FROM s${index} AS s${index + 1}\nENV A${index}=1`);
    expect(resolved(["FROM x AS s0", ...stages, "USER $A0"].join("\n"))).toBe("1");
  });
});
