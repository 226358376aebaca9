import { nodeLine } from "./javascript.ts";
import { lifecycles, lifecyclesCheckedOn } from "./lifecycles.ts";
import type { BaseImageFacts, EndOfLife } from "./model.ts";
import type { Tag } from "./tag.ts";

interface Lifecycle {
  readonly title: string;
  readonly source: string;
  /** Release to date; `undefined` where no end is set. */
  readonly ends: ReadonlyMap<string, string | undefined>;
}

const byProduct: ReadonlyMap<string, Lifecycle> = new Map(
  lifecycles.map(([product, title, source, text]) => {
    const ends = text.split(" ").map((pair): [string, string | undefined] => {
      const colon = pair.lastIndexOf(":");
      const date = pair.slice(colon + 1);
      return [pair.slice(0, colon), date === "-" ? undefined : date];
    });
    return [product, { title, source, ends: new Map(ends) }];
  }),
);

/** Families whose version is another product's. */
const products: ReadonlyMap<string, string> = new Map([
  ["php-fpm", "php"],
  ["php-apache", "php"],
  ["eclipse-temurin", "java"],
  ["dotnet/sdk", "dotnet"],
  ["dotnet/aspnet", "dotnet"],
  ["dotnet/runtime", "dotnet"],
  ["dotnet/runtime-deps", "dotnet"],
  ["nginx-unprivileged", "nginx"],
  ["kibana", "elasticsearch"],
  ["logstash", "elasticsearch"],
]);

/** The numbers of Debian's and Ubuntu's releases by their code names; Ubuntu's have a dot. */
export const codeNames: ReadonlyMap<string, string> = new Map([
  ["jessie", "8"],
  ["stretch", "9"],
  ["buster", "10"],
  ["bullseye", "11"],
  ["bookworm", "12"],
  ["trixie", "13"],
  ["trusty", "14.04"],
  ["xenial", "16.04"],
  ["bionic", "18.04"],
  ["focal", "20.04"],
  ["hirsute", "21.04"],
  ["impish", "21.10"],
  ["jammy", "22.04"],
  ["kinetic", "22.10"],
  ["lunar", "23.04"],
  ["mantic", "23.10"],
  ["noble", "24.04"],
  ["oracular", "24.10"],
  ["plucky", "25.04"],
  ["questing", "25.10"],
  ["resolute", "26.04"],
]);

/** Whether an end had come when the dates were last brought up to date. */
export function hasEnded({ date }: EndOfLife): boolean {
  return date <= lifecyclesCheckedOn;
}

/** The earliest end among what the tag names; `undefined` where it names nothing whose end is known. */
export function endOfLife(facts: BaseImageFacts, tag: Tag): EndOfLife | undefined {
  const ends = [imageEnd(facts, tag), programEnd(facts, tag), systemEnd(facts, tag)].filter((end) => end !== undefined);
  return ends.sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0))[0];
}

/** Images that are no longer published; of `openjdk`, all but early access builds. */
function imageEnd(facts: BaseImageFacts, tag: Tag): EndOfLife | undefined {
  return facts.family === "openjdk" && (tag.major ?? 18) <= 22
    ? {
        date: "2022-07-31",
        of: "the `openjdk` image",
        successor: "`eclipse-temurin`",
        source: "https://hub.docker.com/_/openjdk",
      }
    : undefined;
}

function programEnd(facts: BaseImageFacts, tag: Tag): EndOfLife | undefined {
  const product = products.get(facts.family) ?? facts.family;
  const line = product === "node" ? tag.rest.map(nodeLine).find((version) => version !== undefined) : undefined;
  const version = tag.version ?? line ?? (tag.system === undefined ? facts.osRelease : undefined);
  return version === undefined ? undefined : endOf(product, version.replace(/^(\d+)u.*/, "$1"));
}

function systemEnd(facts: BaseImageFacts, tag: Tag): EndOfLife | undefined {
  if (facts.osRelease === undefined || tag.system === undefined) {
    // The tag's version is then the distribution's own, and programEnd's to find.
    return undefined;
  }
  const product = facts.os === "amazon" ? "amazonlinux" : facts.os === "redhat" ? "rhel" : facts.os;
  return endOf(product, codeNames.get(facts.osRelease) ?? facts.osRelease);
}

/** The end of a release, or of all releases that a shorter version stands for. */
function endOf(product: string, version: string): EndOfLife | undefined {
  const lifecycle = byProduct.get(product);
  if (lifecycle === undefined) return undefined;
  const numbers = /^\d+(?:\.\d+)*/.exec(version)?.[0].split(".") ?? [];
  for (let length = numbers.length; length > 0; length--) {
    const release = numbers.slice(0, length).join(".");
    if (lifecycle.ends.has(release)) return dated(lifecycle, release, lifecycle.ends.get(release));
  }
  const prefix = `${numbers.join(".")}.`;
  const covered = [...lifecycle.ends].filter(([release]) => release.startsWith(prefix)).map(([, date]) => date);
  const last = covered.includes(undefined)
    ? undefined
    : covered.reduce((a, b) => (a !== undefined && b !== undefined && a < b ? b : a), covered[0]);
  return dated(lifecycle, numbers.join("."), last);
}

function dated(lifecycle: Lifecycle, release: string, date: string | undefined): EndOfLife | undefined {
  if (date === undefined) return undefined;
  const { title, source } = lifecycle;
  const successor = successorIn(lifecycle);
  return { date, of: `${title} ${release}`, ...(successor === undefined ? {} : { successor }), source };
}

/** The release that gets fixes longest; where some have no end set, the newest of these. */
function successorIn({ title, ends }: Lifecycle): string | undefined {
  let best: string | undefined;
  let last = lifecyclesCheckedOn;
  for (const [release, date = "9"] of ends) {
    // The table begins with the newest release, so that one wins among equals.
    if (date <= last) continue;
    best = release;
    last = date;
  }
  return best === undefined ? undefined : `${title} ${best}`;
}
