import { nodeLine } from "../knowledge/base-images/javascript.ts";
import { floatingTagWords, originalName } from "../knowledge/images.ts";
import { lastingReleases } from "../knowledge/long-term-releases.ts";
import type { ImageReference } from "../languages/image/reference.ts";
import { compareNumbers, type Variant, type VersionTag, versionTag, wordTag } from "./tags.ts";

/** A tag that a person might want instead. */
export interface VersionChoice {
  readonly tag: string;
  /**
   * `stable`: it names a release. `short-lived`: one of a line that is not maintained for long, where its publisher has others that are. `prerelease`: one
   * that is not out yet. `floating`: it moves from release to release by design, as `latest`.
   */
  readonly kind: "stable" | "short-lived" | "prerelease" | "floating";
}

/** So many of each are offered; nobody reads on. */
const most = { likely: 30, other: 12, prerelease: 5, floating: 3 } as const;

const systemImage = /^docker\.io\/library\/(?:debian|ubuntu|buildpack-deps)$/;

/** Floating tags that people use on purpose, the better known ones first. */
const usualWords = ["latest", "stable", "lts", "current", "mainline"] as const;

/**
 * The tags of a repository that a person would choose from in place of the reference's own, newest stable version first. The variant is kept: `-alpine`
 * stays `-alpine`, and for `-alpine3.20` any release of Alpine will do. Tags as precise as the reference's come first, since who wrote `22` wants `24`; where it names
 * no version, those as precise as the newest one. Lines that are maintained for years come before those that are not, unless the reference itself is of such
 * a line. Of many patches of one release only the newest are offered, and prereleases only where they are newer than all that is stable.
 */
export function versionChoices(reference: ImageReference, tags: readonly string[]): readonly VersionChoice[] {
  const name = originalName(reference.canonical);
  const isSystem = systemImage.test(name);
  const written = reference.tag ?? "latest";
  const own = versionTag(name === "docker.io/library/node" ? numbered(written) : written, isSystem);
  const wanted = own?.variant ?? wordTag(written, floatingTagWords).variant;
  const versions = [...new Set(tags)].flatMap((tag) => versionTag(tag, isSystem) ?? []);
  const fitting = versions.filter(({ variant }) => fits(variant, wanted));
  const kept = ofOnePrefix(fitting, own).filter(({ scheme }) => own === undefined || scheme === own.scheme);
  const regular = kept.some(({ scheme }) => scheme === "version")
    ? kept.filter(({ scheme }) => own !== undefined || scheme === "version")
    : kept;

  const order = newestFirst(wanted, own?.tag);
  const stable = regular.filter(({ prerelease }) => prerelease === undefined).sort(order);
  const lasts = lastingReleases(name, written.split("-"), own?.numbers) ?? (() => true);
  const shape = own ?? plainest(stable.filter(({ numbers }) => lasts(numbers)));
  const isLikely = (one: VersionTag): boolean => isAsPrecise(one, shape) && lasts(one.numbers);
  const newest = stable[0];
  const early = regular
    .filter(({ prerelease }) => prerelease !== undefined)
    .filter((one) => own?.prerelease !== undefined || newest === undefined || isAhead(one, newest))
    .sort(order);
  const releases = (some: readonly VersionTag[]): readonly VersionChoice[] =>
    some.map(({ tag, numbers }) => ({ tag, kind: lasts(numbers) ? "stable" : "short-lived" }));
  const choices: readonly VersionChoice[] = [
    ...releases(thinned(stable.filter((one) => isLikely(one))).slice(0, most.likely)),
    ...releases(thinned(stable.filter((one) => !isLikely(one))).slice(0, most.other)),
    ...early.slice(0, most.prerelease).map(({ tag }) => ({ tag, kind: "prerelease" }) as const),
  ];
  const floating = floatingTags(tags, wanted);
  return [...choices, ...floating.map((tag) => ({ tag, kind: "floating" }) as const)];
}

/** A tag that names no release of its system promises none; one that does may be replaced by any. */
function fits(variant: Variant, wanted: Variant): boolean {
  return variant.key === wanted.key && (wanted.release !== undefined || variant.release === undefined);
}

/** Many repositories have each version twice, as `v1.2` and `1.2`. */
function ofOnePrefix(versions: readonly VersionTag[], own: VersionTag | undefined): readonly VersionTag[] {
  if (own !== undefined) return versions.filter(({ prefix }) => prefix === own.prefix);
  const counts = new Map<string, number>();
  for (const { prefix } of versions) counts.set(prefix, (counts.get(prefix) ?? 0) + 1);
  const [chosen] = [...counts].sort(([a, m], [b, n]) => n - m || a.length - b.length);
  return versions.filter(({ prefix }) => prefix === chosen?.[0]);
}

/** `20-alpine` for `iron-alpine`. */
function numbered(tag: string): string {
  return tag.replace(/^[a-z]+/, (word) => nodeLine(word) ?? word);
}

/** Whether both say as much of a version. */
function isAsPrecise(a: VersionTag, b: VersionTag | undefined): boolean {
  return b !== undefined && a.numbers.length === b.numbers.length && a.build.length > 0 === b.build.length > 0;
}

/** The newest one, or one that says as much but for the build, which is for who asks for it. */
function plainest(stable: readonly VersionTag[]): VersionTag | undefined {
  const [newest] = stable;
  const { length } = newest?.numbers ?? [];
  return stable.find(({ numbers, build }) => numbers.length === length && build.length === 0) ?? newest;
}

function newestFirst(wanted: Variant, ownTag: string | undefined): (a: VersionTag, b: VersionTag) => number {
  // Who writes `bookworm` wants `trixie` rather than `13`.
  const isNamed = ownTag !== undefined && !/^\d/.test(ownTag);
  const isWrittenLike = ({ tag }: VersionTag): boolean => isNamed !== /^\d/.test(tag);
  const isLike = ({ variant: { release } }: VersionTag): boolean =>
    compareNumbers(release ?? [], wanted.release ?? []) === 0;
  return (a, b) =>
    compareNumbers(b.numbers, a.numbers) ||
    compareNumbers(b.prerelease ?? [], a.prerelease ?? []) ||
    compareNumbers(b.build, a.build) ||
    Number(isLike(b)) - Number(isLike(a)) ||
    compareNumbers(b.variant.release ?? [], a.variant.release ?? []) ||
    Number(isWrittenLike(b)) - Number(isWrittenLike(a)) ||
    Number(b.tag === ownTag) - Number(a.tag === ownTag) ||
    (a.tag < b.tag ? -1 : 1);
}

/** Whether a prerelease is of a version that is not out. */
function isAhead(early: VersionTag, newest: VersionTag): boolean {
  const length = Math.min(early.numbers.length, newest.numbers.length);
  return compareNumbers(early.numbers.slice(0, length), newest.numbers.slice(0, length)) > 0;
}

/** Of each release line the newest ones, so that older lines come into view; all where they are few. */
function thinned(sorted: readonly VersionTag[]): readonly VersionTag[] {
  const enough = 20;
  if (sorted.length <= enough) return sorted;
  const byLine = atMost(sorted, 2, ({ numbers, build }) => (build.length > 0 ? numbers : numbers.slice(0, -1)));
  if (byLine.length < enough) return byLine.length < enough / 4 ? sorted : byLine;
  const byMajor = atMost(byLine, 8, ({ numbers }) => numbers.slice(0, 1));
  return byMajor.length < enough / 2 ? byLine : byMajor;
}

function atMost(
  sorted: readonly VersionTag[],
  count: number,
  lineOf: (version: VersionTag) => readonly number[],
): readonly VersionTag[] {
  const seen = new Map<string, number>();
  return sorted.filter((version) => {
    // What is no line of anything, as a list of majors is, stays whole.
    const line = lineOf(version);
    if (line.length === 0) return true;
    const key = `${line.join(".")} ${(version.variant.release ?? []).join(".")}`;
    const before = seen.get(key) ?? 0;
    seen.set(key, before + 1);
    return before < count;
  });
}

/** Of that variant. */
function floatingTags(tags: readonly string[], wanted: Variant): readonly string[] {
  const known = new Set(tags);
  const words = usualWords.filter((word) => known.has(word));
  if (wanted.key === "") return words.slice(0, most.floating);
  const found = tags.filter((tag) => {
    const isUsual = usualWords.some((word) => tag === word || tag.startsWith(`${word}-`));
    return isUsual && fits(wordTag(tag, floatingTagWords).variant, wanted);
  });
  const place = (tag: string): number => usualWords.findIndex((word) => tag.startsWith(word));
  return found.sort((a, b) => place(a) - place(b) || a.length - b.length).slice(0, most.floating);
}
