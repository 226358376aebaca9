import { addJsonMember, appendJsonItem, type JsonText } from "../languages/json/edit.ts";
import { type JsonNode, memberOf } from "../languages/json/parse.ts";
import { appendItem, setPath, type YamlRecord } from "../languages/yaml/edit.ts";
import { parseYaml } from "../languages/yaml/parse.ts";
import { applyEdits, mergeEdits, type TextEdit } from "../text/edit.ts";
import { folderOf } from "../text/path.ts";
import { dependabotAnswer, directoryOf, ecosystemOf } from "../workspace/updaters/dependabot.ts";
import { type UpdatedImage, type UpdaterAnswer, type UpdaterFiles, updatersFor } from "../workspace/updaters/index.ts";
import { readRenovateConfig, renovateRoot } from "../workspace/updaters/renovate-config.ts";
import { managerOf, renovateAnswer } from "../workspace/updaters/renovate.ts";

/** What makes a bot keep digests fresh: a change of its configuration, or a new one. */
export interface FreshnessChange {
  /** In the imperative: "Have Dependabot keep these digests fresh". */
  readonly title: string;
  /** From the repository's root. */
  readonly file: string;
  /** Each for a person to confirm; their places refer to the file as it is, and they can be made together. */
  readonly parts: readonly { readonly title: string; readonly edits: readonly TextEdit[] }[];
  /** The text of a file that is not there yet; there are no parts then. */
  readonly creates?: string;
}

/**
 * What is missing for a digest to be kept fresh; nothing where a bot does, where somebody decided against it, and where that is said elsewhere. A change is
 * offered only where the bot then does. A configuration that is not there yet comes into being on GitHub alone, where Dependabot is at hand.
 */
export function keepDigestsFresh(found: UpdaterFiles, image: UpdatedImage): readonly FreshnessChange[] {
  const { files, github } = found;
  const answers = updatersFor(files, image);
  if (answers.length === 0) return github ? newDependabot(image) : [];
  const keeper = answers.find(({ answer }) => answer === "yes");
  const asked = keeper === undefined ? answers.filter(({ missing }) => missing !== undefined) : [keeper];
  return asked.flatMap((answer): readonly FreshnessChange[] => {
    const text = files.get(answer.file);
    if (text === undefined) return [];
    const change =
      answer.bot === "renovate" ? changedRenovate(answer, text, image) : changedDependabot(answer, text, image);
    return change === undefined ? [] : [change];
  });
}

function newDependabot(image: UpdatedImage): readonly FreshnessChange[] {
  const { ecosystem, directory } = entryOf(image);
  const lines = [
    "version: 2",
    "updates:",
    `  - package-ecosystem: ${ecosystem}`,
    // Every text is one in double quotes.
    `    directory: ${/^[\w./-]+$/.test(directory) ? directory : JSON.stringify(directory)}`,
    "    schedule:",
    "      interval: weekly",
  ];
  const file = ".github/dependabot.yml";
  const creates = `${lines.join("\n")}\n`;
  if (dependabotAnswer(file, creates, image).answer !== "yes") return [];
  return [{ title: dependabotTitle, file, parts: [], creates }];
}

const dependabotTitle = "Have Dependabot keep these digests fresh";

function entryOf({ kind, path }: UpdatedImage): { readonly ecosystem: string; readonly directory: string } {
  return { ecosystem: ecosystemOf(kind), directory: directoryOf(path) };
}

function changedDependabot(
  { file, missing }: UpdaterAnswer,
  text: string,
  image: UpdatedImage,
): FreshnessChange | undefined {
  if (missing === undefined) return undefined;
  const { ecosystem, directory } = entryOf(image);
  const entry: YamlRecord = { "package-ecosystem": ecosystem, directory, schedule: { interval: "weekly" } };
  const document = parseYaml(text);
  const { root } = document;
  if (root?.type !== "map") return undefined;
  const updates = root.get("updates")?.value;
  const edits =
    updates?.type === "seq" ? appendItem(document, updates, entry) : setPath(document, root, ["updates"], [entry]);
  const after = edits && applyEdits(text, edits);
  if (edits === undefined || after === undefined) return undefined;
  if (dependabotAnswer(file, after, image).answer !== "yes") return undefined;
  const title = `Add an entry for \`${ecosystem}\` in \`${directory}\` to \`${file}\``;
  return { title: dependabotTitle, file, parts: [{ title, edits }] };
}

function changedRenovate(answer: UpdaterAnswer, text: string, image: UpdatedImage): FreshnessChange | undefined {
  const { file } = answer;
  const reading = renovateRoot(file, text);
  if (reading?.type !== "read" || reading.root.type !== "object") return undefined;
  const json: JsonText = { text, root: reading.root, dialect: file.endsWith(".json5") ? "json5" : "jsonc" };
  const missing = answer.answer === "yes" ? [] : missingPart(json, answer, image);
  if (missing === undefined) return undefined;
  const pins = answer.pins ? [] : pinningPart(json, file);
  // Together they may have to stand at one place, where the second one is not worth much trouble.
  const all = [[...missing, ...pins], missing].find((parts) => parts.length > 0 && isKept(parts, file, text, image));
  if (all === undefined) return undefined;
  const title =
    missing.length === 0 ? "Have Renovate pin images by digest as well" : "Have Renovate keep these digests fresh";
  return { title, file, parts: all };
}

type Parts = FreshnessChange["parts"];

function isKept(parts: Parts, file: string, text: string, image: UpdatedImage): boolean {
  const edits = mergeEdits(parts.flatMap((part) => part.edits));
  const after = edits && applyEdits(text, edits);
  return after !== undefined && renovateAnswer(file, after, image)?.answer === "yes";
}

function missingPart(json: JsonText, { file, missing }: UpdaterAnswer, image: UpdatedImage): Parts | undefined {
  const { root } = json;
  const manager = managerOf(image.kind);
  if (missing === "manager") {
    const list = memberOf(root, "enabledManagers");
    if (list?.type !== "array") return undefined;
    return [
      { title: `Add \`${manager}\` to \`enabledManagers\` in \`${file}\``, edits: appendJsonItem(json, list, manager) },
    ];
  }
  const pattern = missing === "file pattern" ? patternFor(image) : undefined;
  if (pattern === undefined || root.type !== "object") return undefined;
  const title = `Add \`${pattern.glob}\` to the files of \`${manager}\` in \`${file}\``;
  const own = memberOf(root, manager);
  const edits = patternEdits(own);
  return edits && [{ title, edits }];

  function patternEdits(own: JsonNode | undefined): readonly TextEdit[] | undefined {
    if (own === undefined) {
      return root.type === "object"
        ? addJsonMember(json, root, manager, { managerFilePatterns: [pattern?.glob ?? ""] })
        : undefined;
    }
    if (own.type !== "object") return undefined;
    const patterns = memberOf(own, "managerFilePatterns");
    const former = memberOf(own, "fileMatch");
    if (patterns?.type === "array") return appendJsonItem(json, patterns, pattern?.glob ?? "");
    if (former?.type === "array") return appendJsonItem(json, former, pattern?.regex ?? "");
    if (patterns !== undefined || former !== undefined) return undefined;
    return addJsonMember(json, own, "managerFilePatterns", [pattern?.glob ?? ""]);
  }
}

/** All manifests of the folder and below it; of other files the one. `undefined` where the path holds what patterns take for something else. */
function patternFor({ kind, path }: UpdatedImage): { readonly glob: string; readonly regex: string } | undefined {
  if (!/^[\w./ -]+$/.test(path)) return undefined;
  const folder = folderOf(path);
  if (kind !== "kubernetes" || folder === ".") return { glob: path, regex: `^${withDots(path)}$` };
  const extension = path.slice(path.lastIndexOf("."));
  return { glob: `${folder}/**/*${extension}`, regex: `^${withDots(folder)}/.+${withDots(extension)}$` };
}

/** A path within a regular expression. */
function withDots(path: string): string {
  return path.replaceAll(".", "\\.");
}

/** Nothing where somebody has said that images are not to be pinned. */
function pinningPart(json: JsonText, file: string): Parts {
  const { root } = json;
  const { pins, ignoredPresets, foreign } = readRenovateConfig(root);
  if (pins !== undefined || foreign.length > 0 || ignoredPresets.includes(pinning) || root.type !== "object") return [];
  const presets = memberOf(root, "extends");
  if (presets !== undefined && presets.type !== "array") return [];
  const edits =
    presets === undefined
      ? addJsonMember(json, root, "extends", [pinning], "$schema")
      : appendJsonItem(json, presets, pinning);
  return [{ title: `Add the preset \`${pinning}\` to \`${file}\`, which gives a digest to images without one`, edits }];
}

const pinning = "docker:pinDigests";
