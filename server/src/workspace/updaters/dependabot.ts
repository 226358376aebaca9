import { type DependabotEcosystem, dependabotNames } from "../../knowledge/dependabot.ts";
import { isKustomizationName } from "../../languages/sniff.ts";
import { parseYaml } from "../../languages/yaml/parse.ts";
import { folderOf, nameOf } from "../../text/path.ts";
import { isPlainList, plainAt, plainItems, plainText, type PlainValue, plainValue } from "../plain-value.ts";
import { type Fit, fitsGlob, some } from "./pattern.ts";
import { named, sentenceOf, type UpdatedImage, type UpdaterAnswer } from "./updater.ts";

/**
 * What a `dependabot.yml` says about the digest of an image. Dependabot raises digests that stand behind a tag, with the tag where there is a newer
 * one: https://github.com/dependabot/dependabot-core/blob/main/docker/lib/dependabot/docker/update_checker.rb. It gives none to images without.
 */
export function dependabotAnswer(file: string, text: string, image: UpdatedImage): UpdaterAnswer {
  const { answer, detail, missing } = judge(file, text, image);
  const because = sentenceOf({ bot: "dependabot", answer }, detail);
  return {
    bot: "dependabot",
    file,
    answer,
    because,
    reason: detail,
    pins: false,
    ...(missing ? { missing: "entry" } : {}),
  };
}

/** What `package-ecosystem` has to be for a file to be looked at. */
export function ecosystemOf(kind: UpdatedImage["kind"]): DependabotEcosystem {
  return kind === "compose" ? "docker-compose" : "docker";
}

/** The folder of a file as `directory` has it: `/`, `/services/api`. */
export function directoryOf(path: string): string {
  const folder = folderOf(path);
  return folder === "." ? "/" : `/${folder}`;
}

interface Verdict {
  readonly answer: UpdaterAnswer["answer"];
  readonly detail: string;
  readonly missing?: boolean;
}

function judge(file: string, text: string, image: UpdatedImage): Verdict {
  const config = named(file);
  const document = parseYaml(text);
  const [problem] = document.problems;
  if (problem !== undefined || document.templated) {
    return { answer: "unknown", detail: `${config} is not valid YAML` };
  }
  const root: PlainValue = document.root === undefined ? null : plainValue(document.root);
  if (plainText(root, "version") !== "2")
    return { answer: "unknown", detail: `${config} does not begin with \`version: 2\`` };
  if (!dependabotNames[image.kind].test(nameOf(image.path))) {
    return { answer: "no", detail: `it knows such files by other names than ${named(nameOf(image.path))}` };
  }
  if (isKustomizationName(nameOf(image.path))) {
    return { answer: "no", detail: "of YAML it reads keys named `image`, and a kustomization has none" };
  }
  if (image.role !== "base" && image.kind === "dockerfile") {
    return { answer: "no", detail: "of a Dockerfile it reads the `FROM` lines alone" };
  }
  if (image.role === "volume") return { answer: "no", detail: "it does not read the images of volumes" };
  if (image.reference.digest !== undefined && image.reference.tag === undefined) {
    return { answer: "no", detail: "a digest without a tag is raised to that of `latest`" };
  }
  return judgeEntries(plainItems(root, "updates"), config, image);
}

function judgeEntries(entries: readonly PlainValue[], config: string, image: UpdatedImage): Verdict {
  const ecosystem = ecosystemOf(image.kind);
  const directory = directoryOf(image.path);
  const place = `\`${ecosystem}\` in ${named(directory)}`;
  const looking = entries.filter((entry) => plainText(entry, "package-ecosystem") === ecosystem);
  const covering = looking.map((entry) => ({ entry, fit: coversDirectory(entry, directory) }));
  const sure = covering.filter(({ fit }) => fit === "yes").map(({ entry }) => verdictOf(entry, config, place, image));
  const best = ["yes", "unknown", "no"].flatMap((answer) => sure.filter((verdict) => verdict.answer === answer))[0];
  if (best !== undefined && best.answer !== "no") return best;
  if (covering.some(({ fit }) => fit === "maybe")) {
    return { answer: "unknown", detail: `the directories of ${config} are too intricate to tell` };
  }
  return best ?? { answer: "no", detail: `${config} has no entry for ${place}`, missing: true };
}

function verdictOf(entry: PlainValue, config: string, place: string, image: UpdatedImage): Verdict {
  const name = image.reference.repository;
  if (plainText(entry, "open-pull-requests-limit") === "0") {
    return { answer: "no", detail: `${config} allows no pull request for ${place}` };
  }
  if (isExcluded(entry, image.path))
    return { answer: "no", detail: `\`exclude-paths\` of ${config} leaves this file out` };
  const ignoring = plainItems(entry, "ignore").filter((one) => isNamed(name, plainText(one, "dependency-name")));
  if (ignoring.some((one) => plainAt(one, "versions") === undefined && plainAt(one, "update-types") === undefined)) {
    return { answer: "no", detail: `${config} ignores ${named(name)}` };
  }
  const allowed = plainItems(entry, "allow").map((one) => plainText(one, "dependency-name"));
  if (allowed.length > 0 && !allowed.some((one) => one === undefined || isNamed(name, one))) {
    return { answer: "no", detail: `\`allow\` of ${config} does not name ${named(name)}` };
  }
  const patterns = plainItems(entry, "patterns").map((one) => (typeof one === "string" ? one : ""));
  if (patterns.length > 0 && !patterns.some((one) => isNamed(name, one))) {
    return { answer: "no", detail: `\`patterns\` of ${config} do not name ${named(name)}` };
  }
  // Where all that is newer is ignored, an image is left as it is, its digest included: see `filter_ignored` in the file above.
  if (ignoring.length > 0) {
    return { answer: "unknown", detail: `\`ignore\` of ${config} leaves some versions of ${named(name)} out` };
  }
  const branch = plainText(entry, "target-branch");
  const where = branch === undefined ? "" : `, on the branch ${named(branch)}`;
  return { answer: "yes", detail: `${config} has an entry for ${place}${where}` };
}

function coversDirectory(entry: PlainValue, directory: string): Fit {
  const one = plainAt(entry, "directory");
  if (typeof one === "string" && trimmed(one) === trimmed(directory)) return "yes";
  const many = plainAt(entry, "directories");
  const globs = isPlainList(many)
    ? many.filter((item) => typeof item === "string")
    : typeof many === "string"
      ? [many]
      : [];
  return some(globs.map((glob) => coversByGlob(trimmed(glob), trimmed(directory))));
}

/** Ruby's globs: two stars at the end mean one, and the folder itself is among what a star fits. */
function coversByGlob(glob: string, directory: string): Fit {
  if (glob === directory) return "yes";
  if (!/[*?[{]/.test(glob)) return "no";
  const ruby = glob.replace(/(^|\/)\*\*$/, "$1*");
  if (directory === "") return ruby === "*" || ruby === "**/*" ? "yes" : "no";
  return fitsGlob(directory, ruby);
}

/** Patterns count from the entry's folder; here that is the file's own, or one above it where globs name it. */
function isExcluded(entry: PlainValue, path: string): boolean {
  const candidates = [path, nameOf(path)];
  return plainItems(entry, "exclude-paths").some((item) => {
    if (typeof item !== "string") return false;
    const glob = trimmed(item);
    return candidates.some((one) => one === glob || one.startsWith(`${glob}/`) || fitsGlob(one, glob) === "yes");
  });
}

/** `*` fits anything, as in `library/*`. */
function isNamed(name: string, pattern: string | undefined): boolean {
  if (pattern === undefined) return false;
  const parts = pattern.toLowerCase().split("*");
  const lower = name.toLowerCase();
  if (parts.length === 1) return lower === parts[0];
  let at = 0;
  for (const [index, part] of parts.entries()) {
    const found = index === 0 ? (lower.startsWith(part) ? 0 : -1) : lower.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  const last = parts.at(-1) ?? "";
  return last === "" || lower.endsWith(last);
}

function trimmed(path: string): string {
  return path.replace(/^(?:\.?\/)+|\/+$/g, "");
}
