import { defineInstructionRule, type EditFix } from "../../engine/rule.ts";
import type { Instruction, Word } from "../../languages/dockerfile/model.ts";
import { ignoredBy, mayReachBelow } from "../../languages/ignore/index.ts";
import { nameOf, normalizePath } from "../../text/path.ts";
import type { Span } from "../../text/span.ts";

export default defineInstructionRule({
  slug: "ignored-file-copied",
  summary: "A file is copied that the ignore file leaves out of the build context.",
  why: `What a \`.dockerignore\` leaves out never reaches the builder, so a \`COPY\`, \`ADD\` or \`RUN --mount=type=bind\` that names it ends the build with "not found",
although the file is plainly there. It often stays unnoticed on the machine of its author, whose layers are cached, and breaks the next pipeline.

Take the pattern out of the ignore file, or let the file in again behind it by a line with \`!\`: the last line that fits a path decides, and that works
below a folder that is left out, too. Where something in a folder is let in again, nothing is said of the folder. If the build runs with another context than
the folder of the ignore file, what is said here does not hold.`,
  category: "correctness",
  severity: "warning",
  preset: "minimal",
  since: "0.1.0",
  aliases: ["buildkit:CopyIgnoredFile", "tally:buildkit/CopyIgnoredFile"],
  references: [
    "https://docs.docker.com/reference/build-checks/copy-ignored-file/",
    "https://docs.docker.com/build/concepts/context/#dockerignore-files",
  ],
  fix: "review",
  examples: [
    {
      bad: 'FROM eclipse-temurin:21.0.6_7-jre\nCOPY target/app.jar /app.jar\nUSER 10001\nCMD ["java", "-jar", "/app.jar"]\n',
      good: 'FROM eclipse-temurin:21.0.6_7-jre\nCOPY build/app.jar /app.jar\nUSER 10001\nCMD ["java", "-jar", "/app.jar"]\n',
      files: { ".dockerignore": ".git\ntarget\n" },
      fixed: false,
    },
  ],
  reads: "workspace",
  instructions: ["COPY", "ADD", "RUN"],
  suspects: (instruction) => sourcesOf(instruction).length > 0,
  *check(instruction, _model, _options, workspace) {
    // A trigger runs in the build, and so in the context, of another image.
    if (instruction.onbuild) return;
    const patterns = workspace.ignorePatterns();
    if (patterns === "unknown" || patterns === undefined) return;
    const file = workspace.ignoreFile();
    if (file === undefined) return;
    for (const { at, word, written } of sourcesOf(instruction)) {
      const path = pathOf(word === undefined ? written : word.resolved);
      const by = path === undefined ? undefined : ignoredBy(patterns, path);
      if (path === undefined || by === undefined) continue;
      if (patterns.slice(by + 1).some((pattern) => pattern.startsWith("!") && mayReachBelow(pattern.slice(1), path))) {
        continue;
      }
      const name = nameOf(file.path);
      const place = file.places[by];
      yield {
        at,
        message: `\`${written}\` is left out of the build context by \`${patterns[by] ?? ""}\` in \`${name}\`, so the build does not find it: take that pattern out, or add \`!${path}\` behind it.`,
        // Somebody left these out for a reason.
        fixes: () => (secret.test(path) ? [] : [letIn(path, file.path)]),
        ...(place && { related: [{ at: place, path: file.path, message: "left out here" }] }),
      };
    }
  },
});

const secret =
  /(?:^|\/)(?:\.(?:env|git|ssh|aws|npmrc|netrc|docker)(?:[./]|$)|id_(?:rsa|ed25519)|[^/]*\.(?:pem|key|p12|pfx)$)/;

interface Source {
  readonly at: Span;
  readonly written: string;
  /** Whose variables are put in late, since that depends on what stands above; a mount has none. */
  readonly word: Word | undefined;
}

/** What an instruction takes from the build context by name. */
function sourcesOf(instruction: Instruction): readonly Source[] {
  if (instruction.name === "RUN") {
    return instruction.mounts.flatMap(({ type, options, span }) => {
      const source = options.get("source") ?? options.get("src");
      if (type !== "bind" || options.has("from") || source === undefined || source.includes("$")) return [];
      return [{ at: span, written: source, word: undefined }];
    });
  }
  if (instruction.name !== "COPY" && instruction.name !== "ADD") return [];
  if (instruction.flag("from") !== undefined) return [];
  return instruction.sources
    .filter(({ value }) => !/^(?:\.?\/?\.?\/?$|<<|[a-z][a-z0-9+.-]*:\/\/|git@)/i.test(value))
    .map((word) => ({ at: word.span, written: word.value, word }));
}

/** Of a glob the folder before its first special character; what fits it may be anything. `undefined` for the context itself. */
function pathOf(source: string | undefined): string | undefined {
  if (source === undefined || source.includes("\\")) return undefined;
  const parts = normalizePath(`/${source}`).slice(1).split("/");
  const glob = parts.findIndex((part) => /[*?[]/.test(part));
  const plain = (glob < 0 ? parts : parts.slice(0, glob)).join("/");
  return plain === "" ? undefined : plain;
}

function letIn(path: string, file: string): EditFix {
  const title = `Let \`${path}\` in again in \`${nameOf(file)}\` (it goes into the build context then)`;
  return { title, safety: "review", edits: [], appends: [{ path: file, lines: [`!${path}`] }] };
}
