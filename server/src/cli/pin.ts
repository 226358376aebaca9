import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { performance } from "node:perf_hooks";
import type { ImageReference } from "../languages/image/index.ts";
import type { Linter } from "../linter.ts";
import type { Answer } from "../registry/answers.ts";
import { createRegistryClient } from "../registry/client.ts";
import { type FoundDigest, tagKey } from "../languages/image/index.ts";
import { configsFor, tellConfigProblems } from "./config-files.ts";
import { pinHelp } from "./help.ts";
import { realpathOf } from "./files.ts";
import { paintFor } from "./paint.ts";
import { freshnessOf } from "./pin-freshness.ts";
import { askedOutcome, type FileOfImages, imagesOf, knownOutcome } from "./pin-images.ts";
import { type PinOptions, pinOptions } from "./pin-options.ts";
import { pinCounts, type PinnedImage, type PinResult } from "./pin-result.ts";
import { type NewDigest, writePins } from "./pin-write.ts";
import { type Progress, progressOn } from "./progress.ts";
import { openProject, operandsByProject } from "./project.ts";
import { pinJson } from "./reporters/pin-json.ts";
import { pinTable } from "./reporters/pin-table.ts";
import type { Notice } from "./result.ts";
import { type ExitCode, misuse, type Terminal, tell } from "./terminal.ts";

/** `seaworthy pin`: asks registries what tags stand for, and writes the digests beside them. */
export async function pin(argv: readonly string[], terminal: Terminal, linter: Linter): Promise<ExitCode> {
  const options = pinOptions(argv);
  if (options === "help") {
    terminal.output.write(pinHelp());
    return 0;
  }
  if ("misuse" in options) return misuse(terminal, options.misuse);
  const { cwd } = terminal;
  const missing = options.paths.find((path) => !existsSync(resolve(cwd, path)));
  if (missing !== undefined) return misuse(terminal, `no such file or folder: ${missing}`);

  const progress = progressOn(terminal);
  const read = readFiles(options, terminal, linter, progress);
  if (read === undefined) {
    progress.done();
    return 2;
  }
  const notices = [...read.notices];
  const answers = await ask(read.files, options, terminal, {
    onAnswer: (done, total) => progress.step(() => `Asking registries: ${done} of ${total} images`),
    onNotice: (text) => notices.push({ text, failure: false }),
  });
  progress.done();
  const images = read.files.flatMap((file) => finish(file, answers, options));
  const freshness = await freshnessOf(
    read.files,
    ({ target, skip }) =>
      target !== undefined &&
      skip === undefined &&
      (target.reference.digest !== undefined || answers.get(tagKey(target.reference))?.type === "answered"),
  );
  return conclude({ images, files: read.files.length, freshness, notices }, options, terminal);
}

/** The files with images, each once by whatever names; `undefined` where a config file was not understood, which the person was told. */
function readFiles(
  options: PinOptions,
  terminal: Terminal,
  linter: Linter,
  progress: Progress,
): { readonly files: readonly FileOfImages[]; readonly notices: readonly Notice[] } | undefined {
  const { cwd } = terminal;
  const given = options.config === undefined ? undefined : resolve(cwd, options.config);
  const configs = configsFor({ rules: linter.rules, cwd, given, overrides: {} });
  const files = new Map<string, FileOfImages>();
  const notices: Notice[] = [];
  const paths = [...new Set(options.paths.map((path) => resolve(cwd, path)))];
  for (const operands of operandsByProject(paths, cwd)) {
    const onFile = (met: number): void => progress.step(() => `Reading files: ${met}`);
    const project = openProject({ operands, cwd, configs, onFile });
    const found = imagesOf(project, { cwd, names: linter.names });
    for (const file of found.files) {
      const real = realpathOf(file.absolutePath);
      // Under its own name rather than that of a link to it.
      if (!files.has(real) || file.absolutePath === real) files.set(real, file);
    }
    notices.push(...project.notices, ...found.notices);
  }
  return tellConfigProblems(configs, terminal, options.noColor) ? { files: [...files.values()], notices } : undefined;
}

type Answers = ReadonlyMap<string, Answer<FoundDigest>>;

/** Asks for each tag once, by `tagKey`. */
async function ask(
  files: readonly FileOfImages[],
  { task, allowHttp }: PinOptions,
  { network }: Terminal,
  events: { readonly onAnswer: (done: number, total: number) => void; readonly onNotice: (text: string) => void },
): Promise<Answers> {
  const wanted = new Map<string, ImageReference>();
  for (const image of files.flatMap(({ images }) => images)) {
    if (image.target === undefined || knownOutcome(image, task) !== undefined) continue;
    wanted.set(tagKey(image.target.reference), image.target.reference);
  }
  const client = createRegistryClient({
    fetch: network.fetch,
    credentials: (registry, repository) => network.credentialsOf(registry, { repository, tell: events.onNotice }),
    allowsHttp: (host) => allowHttp.has(host.toLowerCase()),
    now: () => performance.now(),
  });
  const answers = new Map<string, Answer<FoundDigest>>();
  // The client itself sees to it that not all are asked for at the same time.
  await Promise.all(
    [...wanted].map(async ([key, reference]) => {
      answers.set(key, await client.digest(reference));
      events.onAnswer(answers.size, wanted.size);
    }),
  );
  return answers;
}

/** Does what is to be done about the images of one file. */
function finish(file: FileOfImages, answers: Answers, { task, dryRun }: PinOptions): readonly PinnedImage[] {
  const digests: NewDigest[] = [];
  const outcomes = file.images.map((image) => {
    const { target } = image;
    const known = knownOutcome(image, task);
    const answer = target === undefined ? undefined : answers.get(tagKey(target.reference));
    if (known !== undefined || target === undefined || answer === undefined) return known;
    const outcome = askedOutcome(target, answer, task);
    if (outcome.type === "pinned" || outcome.type === "updated") digests.push({ target, digest: outcome.digest });
    return outcome;
  });
  const problem = writePins(file, digests, dryRun);
  return file.images.flatMap(({ place }, index) => {
    const outcome = outcomes[index];
    if (outcome === undefined) return [];
    const lost = problem !== undefined && (outcome.type === "pinned" || outcome.type === "updated");
    return [{ ...place, outcome: lost ? { type: "failed", reason: problem } : outcome }];
  });
}

function conclude(result: PinResult, options: PinOptions, terminal: Terminal): ExitCode {
  const { output } = terminal;
  for (const text of new Set(result.notices.map((notice) => notice.text))) tell(terminal, text);
  const paint = paintFor({ noColor: options.noColor, interactive: output.interactive }, terminal.env);
  const { task, dryRun } = options;
  output.write(
    options.format === "json"
      ? pinJson(result, options)
      : pinTable(result, { paint, columns: output.columns, task, dryRun }),
  );
  const counts = pinCounts(result);
  if (counts.failed > 0 || result.notices.some(({ failure }) => failure)) return 2;
  return counts.moved > 0 || (dryRun && counts.pinned + counts.updated > 0) ? 1 : 0;
}
