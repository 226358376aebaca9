import type { ConfigProblem } from "../engine/config.ts";
import { type TranslatedSetting, translateHadolint } from "../engine/hadolint-config.ts";
import { type HadolintFile, readHadolintFile } from "../engine/hadolint-file.ts";
import type { Linter } from "../linter.ts";

/** What is wrong in a `.hadolint.yaml`; one with an error cannot be taken over. */
export function hadolintProblems(text: string): readonly ConfigProblem[] {
  return readHadolintFile(text).problems;
}

/**
 * The text of a `.seaworthy.yaml` under which Dockerfiles get the findings that they get under this `.hadolint.yaml`. Comments say where each
 * line comes from, and hold what has no equal.
 */
export function configFromHadolint(text: string, name: string, linter: Linter): string {
  const file = readHadolintFile(text);
  const { rules, unknown } = translateHadolint(file, linter.names);
  const settings = [...rules].sort(([a], [b]) => (a < b ? -1 : 1));
  const own = settings.filter(([id]) => !isForAll(id));
  const shared = settings.filter(([id]) => isForAll(id));
  const lines = [`# Taken over from ${name}, which Seaworthy no longer reads now that this file is here.`, ""];
  if (own.length > 0) lines.push("rules:", ...own.flatMap(([id, setting]) => ruleLines(id, setting, "  ")), "");
  if (shared.length > 0) {
    lines.push(
      "overrides:",
      "  # Hadolint knows Dockerfiles alone. Under `rules` above, these hold for Compose files and manifests, too.",
      `  - files: [${dockerfiles.map((glob) => JSON.stringify(glob)).join(", ")}]`,
      "    rules:",
      ...shared.flatMap(([id, setting]) => ruleLines(id, setting, "      ")),
      "",
    );
  }
  if (file.failOn !== undefined) lines.push(`fail-on: ${file.failOn} # for every file, not for Dockerfiles alone`, "");
  if (file.ignoresPragmas) lines.push("ignore-comments: false # disable-ignore-pragma; for every file", "");
  const lost = notTakenOver(
    file,
    unknown.map(({ value }) => value),
  );
  if (lost.length > 0) lines.push("# Without an equal here:", ...lost.map((line) => `#   ${oneLine(line)}`), "");
  return lines.slice(0, -1).join("\n").concat("\n");
}

/** The names of Dockerfiles as globs. */
const dockerfiles: readonly string[] = ["[Dd]ockerfile*", "[Cc]ontainerfile*", "*.[Dd]ockerfile", "*.[Cc]ontainerfile"];

/** Whether a rule looks at more than Dockerfiles. */
function isForAll(id: string): boolean {
  return !id.startsWith("dockerfile/");
}

function ruleLines(id: string, { setting, from }: TranslatedSetting, indentation: string): readonly string[] {
  const comment = ` # ${oneLine(grouped(from))}`;
  if (typeof setting === "string") return [`${indentation}${id}: ${setting}${comment}`];
  const options = Object.entries(setting).map(([name, value]) => `${indentation}  ${name}: ${JSON.stringify(value)}`);
  return [`${indentation}${id}:${comment}`, ...options];
}

/** What would end a comment is taken out. */
function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, " ");
}

/** `ignored: DL3008`, `ignored: DL3018` as `ignored: DL3008, DL3018`. */
function grouped(from: readonly string[]): string {
  const groups = new Map<string, string[]>();
  for (const words of from) {
    const colon = words.indexOf(": ");
    const head = colon < 0 ? words : words.slice(0, colon);
    const list = groups.get(head) ?? [];
    groups.set(head, list);
    if (colon >= 0) list.push(words.slice(colon + 2));
  }
  return [...groups].map(([head, codes]) => (codes.length === 0 ? head : `${head}: ${codes.join(", ")}`)).join("; ");
}

function notTakenOver(file: HadolintFile, unknown: readonly string[]): readonly string[] {
  const has = (code: string): boolean => unknown.includes(code);
  const ignored = file.ignored.map(({ value }) => value).filter(has);
  const changed = file.overrides.filter(({ code }) => has(code.value));
  return [
    ...(ignored.length === 0 ? [] : [`ignored: ${[...new Set(ignored)].join(", ")}`]),
    ...changed.map(({ severity, code }) => `override ${severity === "hint" ? "style" : severity}: ${code.value}`),
    ...file.others.map(({ key, value }) => `${key}: ${value}${places.get(key) ?? ""}`),
  ];
}

/** What the command line has instead. */
const places: ReadonlyMap<string, string> = new Map([
  ["format", " (see `seaworthy check --format`)"],
  ["output-format", " (see `seaworthy check --format`)"],
  ["no-color", " (see `seaworthy check --no-color`)"],
]);
