import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { internalErrorId } from "../../server/src/engine/analyze.ts";
import type { Finding } from "../../server/src/engine/finding.ts";
import { ignoreHere, ignoreInFile } from "../../server/src/engine/ignore.ts";
import { linter, type Report } from "../../server/src/linter.ts";
import { applyEdits } from "../../server/src/text/edit.ts";
import type { RegistryImages } from "../../server/src/workspace/index.ts";
import { exampleName, parseCases } from "../rules/case-file.ts";
import { configOf, smallWorkspace } from "../rules/small-workspace.ts";

/** How many mutated files are checked; enough to meet every rule several times, few enough for some seconds. */
const runs = Number(process.env["FUZZ_RUNS"] ?? 800);
/** The same files every time, unless other ones are asked for: `FUZZ_SEED=random`, or a number that was printed. */
const seedOfRuns = seedFrom(process.env["FUZZ_SEED"]);
const config = configOf({ preset: "all" }, undefined);

/** Each part of a test has a time limit of its own, so that they hold on a busy machine as well. */
const parts = [1, 2, 3, 4, 5, 6, 7, 8];

describe("mutated examples and cases", () => {
  const seeds = [...examples(), ...cases()];

  it("there are some", () => {
    expect(seeds.length).toBeGreaterThan(20);
  });

  it.each(parts)("are fixed and silenced without a fault as they are, part %i", (part) => {
    // The rules' own cases check their fixes; a part of them is enough to see that rules get on with one another.
    const step = Math.max(1, Math.floor(seeds.length / 250));
    for (let index = (part - 1) * step; index < seeds.length; index += parts.length * step) {
      const seed = seeds[index];
      if (seed === undefined) continue;
      judge(seed);
      silence(seed);
    }
  });

  it.each(parts)("are checked and fixed without a fault after mutations, part %i", (part) => {
    const random = generator(seedOfRuns + part);
    for (let run = 0; run < runs / parts.length; run++) {
      const seed = seeds[Math.floor(random() * seeds.length)];
      if (seed !== undefined) judge({ ...seed, text: mutated(seed.text, random) });
    }
  });
});

function seedFrom(wanted: string | undefined): number {
  if (wanted === undefined) return 20_260_101;
  const seed = wanted === "random" ? Math.floor(Math.random() * 2 ** 31) : Number(wanted);
  process.stdout.write(`FUZZ_SEED=${seed}\n`);
  return seed;
}

/** Every finding is gone once it is ignored where it stands. */
function silence({ path, text, registry }: Seed): void {
  const workspace = smallWorkspace([{ path, text }], () => config, linter, { registry });
  const report = workspace.check(path);
  for (const finding of report?.findings ?? []) {
    const edit = report === undefined ? undefined : ignoreHere(report.parsed, finding, "a test");
    const after = edit === undefined ? undefined : applyEdits(text, [edit]);
    if (after === undefined || report === undefined || finding.rule.startsWith("seaworthy/")) continue;
    const left = workspace.check(path, after)?.findings ?? [];
    const count = (findings: readonly Finding[]) => findings.filter(({ rule }) => rule === finding.rule).length;
    expect(count(left), `${finding.rule} after it is ignored:\n${after}`).toBeLessThan(count(report.findings));
  }
}

function judge({ path, text, registry }: Seed): void {
  const workspace = smallWorkspace([{ path, text }], () => config, linter, { registry });
  const report = workspace.check(path);
  if (report === undefined) return;
  const where = `${path}:\n${text}`;
  const before = syntaxProblems(report);
  for (const finding of report.findings) {
    const what = `${finding.rule} at ${finding.at.start}-${finding.at.end} in ${where}`;
    expect(finding.rule, `${finding.message} in ${where}`).not.toBe(internalErrorId);
    expect(0 <= finding.at.start && finding.at.start <= finding.at.end && finding.at.end <= text.length, what).toBe(
      true,
    );
    expect(finding.message, what).toMatch(/^\S.*\S$/);
    for (const fix of finding.fixes) {
      if (!("edits" in fix)) continue;
      const after = applyEdits(text, fix.edits);
      expect(after, `"${fix.title}" of ${what} applies`).toBeDefined();
      if (after === undefined) continue;
      const again = workspace.check(path, after);
      expect(again, `"${fix.title}" of ${what} leaves a file of ours:\n${after}`).toBeDefined();
      // What is broken already may fall apart otherwise; what is whole stays whole.
      if (before === 0 && again !== undefined) {
        expect(syntaxProblems(again), `problems after "${fix.title}" of ${what}:\n${after}`).toBe(0);
      }
    }
    for (const edit of [ignoreHere(report.parsed, finding), ignoreInFile(report.parsed, finding)]) {
      if (edit !== undefined) expect(applyEdits(text, [edit]), what).toBeDefined();
    }
  }
}

function syntaxProblems(report: Report): number {
  return report.parsed.units.reduce((sum, { model }) => sum + model.problems.length, 0);
}

interface Seed {
  readonly path: string;
  readonly text: string;
  /** What registries said in the case that it is of. */
  readonly registry?: RegistryImages | undefined;
}

function examples(): readonly Seed[] {
  return linter.rules.flatMap((rule) =>
    rule.examples.flatMap(({ bad, good, path }) =>
      [bad, good].map((text) => ({ path: path ?? exampleName(rule, bad), text })),
    ),
  );
}

function cases(): readonly Seed[] {
  const folder = join(import.meta.dirname, "..", "rules");
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name: kind }) =>
      readdirSync(join(folder, kind))
        .filter((name) => name.endsWith(".md"))
        .flatMap((name) => parseCases(readFileSync(join(folder, kind, name), "utf8"), kind))
        .flatMap(({ files, registry }) => files.map(({ path, text }) => ({ path, text, registry }))),
    );
}

/** One to three of the things that happen to a file while somebody edits it. */
function mutated(text: string, random: () => number): string {
  let out = text;
  const below = (count: number) => Math.floor(random() * count);
  for (let left = 1 + below(3); left > 0; left--) {
    const lines = out.split("\n");
    const line = below(lines.length);
    const at = below(out.length + 1);
    switch (below(11)) {
      case 0:
        lines.splice(line, 1);
        out = lines.join("\n");
        break;
      case 1:
        lines.splice(line, 0, lines[line] ?? "");
        out = lines.join("\n");
        break;
      case 2:
        lines.splice(line, 2, lines[line + 1] ?? "", lines[line] ?? "");
        out = lines.join("\n");
        break;
      case 3:
        out = out.slice(0, at);
        break;
      case 4:
        out = `${out.slice(0, at)}\t${out.slice(at)}`;
        break;
      case 5:
        out = out.replaceAll(/\r?\n/g, "\r\n");
        break;
      case 6:
        out = `${out.slice(0, at)}${["é", "𝒳", "\u2028", "\u0000", "\uFEFF", "{{ .x }}", "${x}", "#"][below(8)]}${out.slice(at)}`;
        break;
      case 7:
        out = `${out.slice(0, at)}${['"', "'", "[", "{", ":", "- ", "\\", "<<E", "&a ", "*a", "\n", "---\n", "|\n"][below(13)]}${out.slice(at)}`;
        break;
      case 8:
        out = out.slice(0, at) + out.slice(at + 1 + below(5));
        break;
      case 9:
        out = out.replace(/\n$/, "");
        break;
      default:
        lines[line] = `  ${lines[line] ?? ""}`;
        out = lines.join("\n");
    }
  }
  return out;
}

/** Numbers from 0 to below 1, the same ones every time (mulberry32). */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
