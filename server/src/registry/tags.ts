import { codeNames } from "../knowledge/base-images/end-of-life.ts";

/** A tag that names a version, taken apart. */
export interface VersionTag {
  readonly tag: string;
  /** What stands before the numbers: `v`, `release-`, or nothing. */
  readonly prefix: string;
  /** `date`: one number of six digits or more, or a date with hyphens; such numbers are not compared with versions. */
  readonly scheme: "version" | "date";
  /** `[22, 11, 0]` */
  readonly numbers: readonly number[];
  /** What says which build of a version it is: `[11]` of `21.0.5_11`, `[3]` of `17.2.0-debian-12-r3`. */
  readonly build: readonly number[];
  /** `rc1` as `["rc", 1]`; `undefined` for a release. */
  readonly prerelease: readonly (string | number)[] | undefined;
  readonly variant: Variant;
}

/** What a tag says besides a version: what the image is built on, or for. */
export interface Variant {
  /** Equal for tags between which a person would change without a thought: the words in alphabetical order, a system without its release. */
  readonly key: string;
  /** The release of the system, where the tag names it: `[3, 20]` of `alpine3.20`, `[12]` of `bookworm`. */
  readonly release: readonly number[] | undefined;
}

/** A tag without a version. */
export interface WordTag {
  readonly tag: string;
  readonly variant: Variant;
}

const systems =
  /^(alpine|debian|ubuntu|ubi|rocky|rockylinux|fedora|centos|almalinux|oraclelinux|ol|amazonlinux|al|windowsservercore|nanoserver|ltsc)([0-9.]*)$/;
const prereleases =
  /^(alpha|beta|rc|cr|pre|preview|dev|nightly|snapshot|canary|ea|eap|m|milestone|unstable|experimental|next|insiders|testing)[._]?(\d[\d.]*)?$/i;
/** What stands before the number of a commit, a pull request or a run rather than a version. */
const noVersions = /^(?:sha|git|commit|rev|pr|mr|pull|branch|main|master|develop|dev|nightly|run|ci|snapshot)$/;
const builds = /^(?:r|ls|b|build|p)?(\d{1,9})$/i;

/** Takes a tag apart; `undefined` where it holds no version. `isSystem`: of an image of a system itself, whose code names are its versions. */
export function versionTag(tag: string, isSystem = false): VersionTag | undefined {
  // Signatures and attestations hang on a repository as tags of this form.
  if (/^sha\d+-/.test(tag)) return undefined;
  const [first = "", ...behind] = tag.split("-");
  const release = isSystem ? codeNames.get(first) : undefined;
  if (release !== undefined) return finished(tag, "", numbersOf(release), { words: behind });
  const dated = /^((?:[A-Za-z]+[._-])?)(\d{4})-(\d\d)-(\d\d)(?:T([\d-]+)Z?)?(?:-(.+))?$/.exec(tag);
  if (dated !== null) {
    const [, prefix = "", year, month, day, time, rest] = dated;
    const numbers = [year, month, day, ...(time ?? "").split("-")].filter(Boolean).map(Number);
    return finished(tag, prefix, numbers, { words: (rest ?? "").split("-"), scheme: "date" });
  }
  const match =
    /^((?:v|[A-Za-z][A-Za-z]*[._-]v?)?)(\d{1,15}(?:\.\d{1,15})*)(?:u(\d{1,9}))?(?:_(\d{1,9}))?(?:[._]?(a|b|c|m|rc|alpha|beta|dev|pre)\.?(\d{0,9}))?(?:-(.+))?$/i.exec(
      tag,
    );
  if (match === null) return undefined;
  const [, prefix = "", dotted = "", update, build, word, count, rest] = match;
  const named = prefix.replace(/[._-]?v?$/i, "").toLowerCase();
  if (systems.test(named) || codeNames.has(named) || noVersions.test(named)) return undefined;
  // A commit.
  if (/^[0-9a-f]{7,40}$/.test(dotted + (word ?? "") + (count ?? "")) && word !== undefined) return undefined;
  const numbers = [...dotted.split("."), ...(update === undefined ? [] : [update])].map(Number);
  return finished(tag, prefix, numbers, {
    words: (rest ?? "").split("-"),
    ...(build === undefined ? {} : { build: Number(build) }),
    ...(word === undefined
      ? {}
      : { prerelease: [word.toLowerCase(), ...(count === undefined || count === "" ? [] : [Number(count)])] }),
  });
}

/** Takes a tag without a version apart; `floating`: words that say which release it follows, not what it is built on. */
export function wordTag(tag: string, floating: ReadonlySet<string>): WordTag {
  const words = tag.split("-").filter((word) => !floating.has(word.toLowerCase()));
  return { tag, variant: variantOf(words).variant };
}

/** Newest last. Of two versions, the one that goes on where the other ends is the newer one. */
export function compareNumbers(a: readonly (string | number)[], b: readonly (string | number)[]): number {
  for (let i = 0; i < Math.max(a.length, b.length); i++) {
    const left = a[i];
    const right = b[i];
    if (left === right) continue;
    if (left === undefined) return -1;
    if (right === undefined) return 1;
    if (typeof left === "number" && typeof right === "number") return left - right;
    return String(left) < String(right) ? -1 : 1;
  }
  return 0;
}

function finished(
  tag: string,
  prefix: string,
  numbers: readonly number[],
  parts: {
    readonly words: readonly string[];
    readonly scheme?: "date";
    readonly build?: number;
    readonly prerelease?: readonly (string | number)[];
  },
): VersionTag {
  const read = variantOf(parts.words.filter((word) => word !== ""));
  const [first = 0] = numbers;
  return {
    tag,
    prefix,
    scheme: parts.scheme ?? (numbers.length <= 2 && first >= 100_000 ? "date" : "version"),
    numbers,
    build: [...(parts.build === undefined ? [] : [parts.build]), ...read.builds],
    prerelease: parts.prerelease ?? read.prerelease,
    variant: read.variant,
  };
}

/** Reads the words behind a version. */
function variantOf(words: readonly string[]): {
  readonly variant: Variant;
  readonly builds: readonly number[];
  readonly prerelease: readonly (string | number)[] | undefined;
} {
  const names: string[] = [];
  const found: number[] = [];
  let release: readonly number[] | undefined;
  let prerelease: readonly (string | number)[] | undefined;
  let afterSystem = false;
  for (const word of words) {
    const number = codeNames.get(word);
    const system = systems.exec(word);
    const before = prereleases.exec(word);
    const build = builds.exec(word)?.[1];
    if (number !== undefined) {
      names.push(number.includes(".") ? "ubuntu" : "debian");
      release = numbersOf(number);
    } else if (afterSystem && /^\d+(?:\.\d+)*$/.test(word)) release = numbersOf(word);
    else if (system !== null) {
      names.push(system[1] ?? word);
      if (system[2] !== undefined && system[2] !== "") release = numbersOf(system[2]);
    } else if (before !== null) {
      prerelease = [(before[1] ?? word).toLowerCase(), ...numbersOf(before[2] ?? "")];
    } else if (build !== undefined && !isPartOfName(word, names)) found.push(Number(build));
    else names.push(word);
    afterSystem = system !== null && (system[2] ?? "") === "";
  }
  return { variant: { key: names.sort().join("-"), release }, builds: found, prerelease };
}

/** A short number behind a name: `21` in `eclipse-temurin-21`. A long one is a date. */
function isPartOfName(word: string, names: readonly string[]): boolean {
  return names.length > 0 && /^\d{1,5}$/.test(word);
}

function numbersOf(text: string): readonly number[] {
  return text.split(".").filter(Boolean).map(Number);
}
