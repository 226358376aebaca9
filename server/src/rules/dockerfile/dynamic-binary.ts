import { defineInstructionRule, type Fix } from "../../engine/rule.ts";
import type { BaseImageFacts } from "../../knowledge/base-images/index.ts";
import { replaceWord } from "../../languages/dockerfile/edit.ts";
import type { Stage, TransferInstruction, Word } from "../../languages/dockerfile/model.ts";
import { everyCommand } from "../../languages/shell/index.ts";
import { insert } from "../../text/edit.ts";
import { joinPath } from "../../text/path.ts";
import { cover } from "../../text/span.ts";
import { bottomOf } from "./shared/final-image.ts";
import { type LinkedBuild, linkedBuildOf } from "./shared/native-builds.ts";
import { mayPlace } from "./shared/placed-files.ts";

export default defineInstructionRule({
  slug: "dynamic-binary",
  summary: "A program is copied into an image without the C library it was linked to.",
  why: `Go links to the C library of the build image as soon as a package can make use of it (\`net\` and \`os/user\` do) and a C compiler is there, as in the
Debian variants of \`golang\`. Rust does so everywhere but on musl. In \`scratch\`, \`distroless/static\` or Alpine that library is missing or another one: the image
builds, and the start fails with \`no such file or directory\`, which means the loader and not the program.

\`CGO_ENABLED=0\` makes a Go program that needs nothing. For Rust, build for a musl target, or ship on \`distroless/cc\`. A program that uses no such package is static
anyway and starts; saying so in the build keeps it that way.`,
  category: "correctness",
  severity: "warning",
  preset: "recommended",
  since: "0.1.0",
  aliases: [],
  references: [
    "https://pkg.go.dev/cmd/cgo",
    "https://github.com/GoogleContainerTools/distroless/blob/main/base/README.md",
    "https://doc.rust-lang.org/reference/linkage.html#static-and-dynamic-c-runtimes",
  ],
  fix: "review",
  examples: [
    {
      bad: 'FROM golang:1.26.1 AS build\nWORKDIR /src\nCOPY main.go ./\nRUN go build -o /app main.go\n\nFROM alpine:3.23\nCOPY --from=build /app /app\nUSER nobody\nENTRYPOINT ["/app"]\n',
      good: 'FROM golang:1.26.1 AS build\nWORKDIR /src\nCOPY main.go ./\nRUN CGO_ENABLED=0 go build -o /app main.go\n\nFROM alpine:3.23\nCOPY --from=build /app /app\nUSER nobody\nENTRYPOINT ["/app"]\n',
    },
  ],
  instructions: ["COPY"],
  suspects: (copy) => copy.from !== undefined && copy.sources.length > 0,
  *check(copy) {
    const { stage } = copy;
    const builder = copy.from?.stage;
    if (stage === undefined || builder === undefined || copy.onbuild || !stage.shipped) return;
    const facts = stage.baseFacts;
    if (facts === undefined || builder.baseFacts === undefined || stage.windows) return;
    if (!mayLack(builder.baseFacts, facts)) return;
    for (const source of copy.sources) {
      const path = source.resolved === undefined ? undefined : joinPath("/", source.resolved);
      const build = path === undefined ? undefined : linkedBuildOf(builder, path);
      const lack = build === undefined ? undefined : lackOf(build, builder.baseFacts, stage, facts);
      if (build === undefined || lack === undefined) continue;
      yield problemOf(copy, source, build, lack, stage);
    }
  },
});

/** Whether what is linked in one image may lack something in another, before anybody looks at what was built. */
function mayLack(from: BaseImageFacts, to: BaseImageFacts): boolean {
  return from.libc !== to.libc || isBase(to) || isOlder(from, to);
}

interface Lack {
  /** What the program wants and the image has not. */
  readonly what: string;
  readonly instead: string;
}

function lackOf(build: LinkedBuild, from: BaseImageFacts, stage: Stage, to: BaseImageFacts): Lack | undefined {
  if (bringsLibrary(stage)) return undefined;
  const library = from.libc === "musl" ? "musl" : "glibc";
  if (to.libc !== from.libc) {
    const other = to.libc === "none" ? "has no C library" : `has ${to.libc === "musl" ? "musl" : "glibc"}`;
    return { what: `is linked to ${library}, and the image ${other}`, instead: advice(build) };
  }
  if (build.language === "rust" && isBase(to)) {
    return { what: "wants libgcc, which only `distroless/cc` has", instead: "start from that" };
  }
  if (!isOlder(from, to)) return undefined;
  return {
    what: `is linked to glibc 2.${glibcOf(from) ?? ""}, and the image has 2.${glibcOf(to) ?? ""}`,
    instead: build.language === "go" ? advice(build) : "build and ship on the same release",
  };
}

function isBase({ family }: BaseImageFacts): boolean {
  return family === "distroless/base" || family === "distroless/base-nossl";
}

/** Whether what is linked in one image wants a newer glibc than another has, for sure. */
function isOlder(from: BaseImageFacts, to: BaseImageFacts): boolean {
  const [newer, older] = [glibcOf(from), glibcOf(to)];
  return newer !== undefined && older !== undefined && newer >= 34 && older < 34;
}

function advice({ language, asked }: LinkedBuild): string {
  if (language === "rust") return "build for a musl target, or ship on `distroless/cc`";
  return asked ? "link it statically, or ship on the distribution it is built on" : "build it with `CGO_ENABLED=0`";
}

/** The second number of glibc's version, by the release of the distribution. From 2.34 on, whatever is linked wants at least that one. */
const glibc: ReadonlyMap<string, number> = new Map([
  ["stretch", 24],
  ["9", 24],
  ["buster", 28],
  ["10", 28],
  ["bullseye", 31],
  ["11", 31],
  ["bookworm", 36],
  ["12", 36],
  ["trixie", 41],
  ["13", 41],
  ["bionic", 27],
  ["18.04", 27],
  ["focal", 31],
  ["20.04", 31],
  ["jammy", 35],
  ["22.04", 35],
  ["noble", 39],
  ["24.04", 39],
]);

function glibcOf({ os, osRelease }: BaseImageFacts): number | undefined {
  if (os !== "debian" && os !== "ubuntu" && os !== "distroless") return undefined;
  return osRelease === undefined ? undefined : glibc.get(osRelease.split("-")[0] ?? osRelease);
}

const loaders = ["/lib64/ld-linux-x86-64.so.2", "/lib/ld-linux-aarch64.so.1", "/lib/ld-musl-x86_64.so.1"];
const compatible = /^(?:gcompat|libc6-compat|glibc.*|musl|libc6)$/;

/** Whether the libraries are copied or installed as well. */
function bringsLibrary(stage: Stage): boolean {
  return stage.history.some((instruction) => {
    if (instruction.name === "COPY" || instruction.name === "ADD")
      return loaders.some((path) => mayPlace(stage, instruction, path));
    if (instruction.name !== "RUN") return false;
    if (instruction.script === undefined) return true;
    return everyCommand(instruction.script).some(
      ({ name, args }) =>
        /^(?:apk|apt|apt-get|ln|dpkg)$/.test(name ?? "") &&
        args.some(
          ({ text, value }) =>
            compatible.test((value ?? text).replace(/[=~<>@].*$/, "")) || /\/lib(?:64)?\//.test(text),
        ),
    );
  });
}

function problemOf(copy: TransferInstruction, source: Word, build: LinkedBuild, { what, instead }: Lack, stage: Stage) {
  const { command } = build;
  const [subcommand] = command.args;
  return {
    at: source.span,
    message: `\`${source.text}\` ${what}, so it cannot start there: ${instead}.`,
    related: [
      {
        at: subcommand === undefined ? command.nameSpan : cover(command.nameSpan, subcommand.span),
        message: "It is built here.",
      },
    ],
    fixes: () => fixesFor(build, stage),
  };
}

function fixesFor(build: LinkedBuild, stage: Stage): readonly Fix[] {
  const { language, command, asked } = build;
  if (language === "go") {
    if (asked) return [];
    const title = "Build it with `CGO_ENABLED=0` (packages that need C no longer compile)";
    return [{ title, safety: "review", edits: [insert(command.span.start, "CGO_ENABLED=0 ")] }];
  }
  const word = bottomOf(stage).from.imageWord;
  const image = word?.text.replace(/^(gcr\.io\/distroless\/)(?:static|base-nossl|base)\b/, "$1cc");
  if (word === undefined || image === undefined || image === word.text || word.variable) return [];
  return [
    {
      title: `Start from \`${image}\`, which has glibc and libgcc`,
      safety: "review",
      edits: [replaceWord(word, image)],
    },
  ];
}
