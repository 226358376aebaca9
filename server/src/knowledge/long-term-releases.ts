interface Family {
  readonly names: RegExp;
  readonly lasts: (numbers: readonly number[]) => boolean;
  /** What a floating tag stands for may be of the other kind, and nobody who uses it is told to go back. */
  readonly floats?: true;
}

/**
 * Images whose publishers maintain some release lines for years and others for months, or develop in the latter: whether a version, by its numbers, is
 * of the former kind.
 */
const families: readonly Family[] = [
  {
    // https://github.com/nodejs/release#release-schedule: odd lines end after half a year; from 27 on each line is meant to last.
    names: /^docker\.io\/library\/node$/,
    lasts: ([major = 0]) => major % 2 === 0 || major >= 27,
  },
  {
    // https://ubuntu.com/about/release-cycle
    names: /^docker\.io\/library\/ubuntu$/,
    lasts: ([year = 0, month = 0]) => year % 2 === 0 && month === 4,
  },
  {
    // https://nginx.org/en/download.html: odd minor versions are the mainline.
    names: /^docker\.io\/(?:library\/nginx|nginxinc\/nginx-unprivileged)$/,
    lasts: ([, minor = 0]) => minor % 2 === 0,
    floats: true,
  },
  {
    // https://www.oracle.com/java/technologies/java-se-support-roadmap.html
    names:
      /^docker\.io\/(?:library\/(?:eclipse-temurin|amazoncorretto|sapmachine|ibm-semeru-runtimes)|azul\/zulu-openjdk.*|bellsoft\/liberica.*)$/,
    lasts: ([major = 0]) => major === 8 || major === 11 || (major >= 17 && (major - 17) % 4 === 0),
  },
  {
    // https://www.haproxy.org/
    names: /^docker\.io\/(?:library\/haproxy|haproxytech\/haproxy-.*)$/,
    lasts: ([, minor = 0]) => minor % 2 === 0,
    floats: true,
  },
  {
    // https://www.jenkins.io/download/: weekly releases have two numbers.
    names: /^docker\.io\/jenkins\/jenkins$/,
    lasts: (numbers) => numbers.length === 3,
    floats: true,
  },
];

/** Floating tags whose readers want what lasts. */
const longLived: ReadonlySet<string> = new Set(["lts", "stable"]);

/** Floating tags whose readers want what is new rather than what lasts. */
const shortLived: ReadonlySet<string> = new Set(["current", "mainline", "rolling", "devel", "edge", "innovation"]);

/**
 * Tells the lines of an image that last from those that do not; `undefined` where nothing is known of that, or where the tag in use (`words`: its parts
 * between hyphens, `numbers`: its version) is itself of a line that does not last. `name` is canonical: `docker.io/library/node`.
 */
export function lastingReleases(
  name: string,
  words: readonly string[],
  numbers: readonly number[] | undefined,
): ((numbers: readonly number[]) => boolean) | undefined {
  const family = families.find(({ names }) => names.test(name));
  if (family === undefined || words.some((word) => shortLived.has(word))) return undefined;
  const wanted =
    numbers === undefined
      ? family.floats === undefined || words.some((word) => longLived.has(word))
      : family.lasts(numbers);
  return wanted ? family.lasts : undefined;
}
