import { type RenovateManager, renovateCategories } from "../../knowledge/renovate.ts";
import { nameAsWritten } from "../../languages/image/index.ts";
import { isPlainList, isPlainMap, plainAt, plainItems, type PlainValue } from "../plain-value.ts";
import { every, type Fit, fitsPatterns, some } from "./pattern.ts";
import type { UpdatedImage } from "./updater.ts";

/** What the package rules make of an image, one after the other; the last that fits counts. `maybe`: one that decides may fit. */
export interface RuledImage {
  /** Whether its digest is raised. */
  readonly digests: Fit;
  /** Whether it gets a digest where it has none. */
  readonly pins: Fit;
  /** Whether a new digest waits until somebody ticks it off in the dashboard. */
  readonly waits: Fit;
}

/** Goes through the package rules, which begin where `start` says: https://docs.renovatebot.com/configuration-options/#packagerules. */
export function byPackageRules(
  rules: readonly PlainValue[],
  image: UpdatedImage,
  manager: RenovateManager,
  start: { readonly digests: boolean; readonly pins: boolean; readonly waits: boolean },
): RuledImage {
  let digests: Fit = start.digests ? "yes" : "no";
  let pins: Fit = start.pins ? "yes" : "no";
  let waits: Fit = start.waits ? "yes" : "no";
  for (const rule of rules) {
    const raises = (): Fit => ruleFits(rule, image, manager, "digest");
    digests = decided(digests, enables(rule), raises);
    waits = decided(waits, flagOf(rule, "dependencyDashboardApproval"), raises);
    pins = decided(pins, flagOf(rule, "pinDigests"), () => ruleFits(rule, image, manager, "pinDigest"));
  }
  return { digests, pins, waits };
}

function decided(before: Fit, says: boolean | undefined, fits: () => Fit): Fit {
  if (says === undefined) return before;
  const now: Fit = says ? "yes" : "no";
  const fit = before === now ? "no" : fits();
  return fit === "yes" ? now : fit === "maybe" ? "maybe" : before;
}

function enables(rule: PlainValue): boolean | undefined {
  const presets = plainItems(rule, "extends");
  if (presets.some((preset) => preset === ":disableDigestUpdates" || preset === "default:disableDigestUpdates")) {
    return false;
  }
  const found = [plainAt(rule, "enabled"), plainAt(rule, "digest", "enabled")].filter(
    (one) => typeof one === "boolean",
  );
  return found.length === 0 ? undefined : found.every((one) => one);
}

function flagOf(rule: PlainValue, key: string): boolean | undefined {
  const found = plainAt(rule, key);
  return typeof found === "boolean" ? found : undefined;
}

/** Whether all that a rule asks for is so; a rule that asks nothing fits everything. */
function ruleFits(rule: PlainValue, image: UpdatedImage, manager: RenovateManager, update: string): Fit {
  if (!isPlainMap(rule)) return "no";
  const name = nameAsWritten(image.reference);
  const asked = Object.entries(rule).filter(
    ([key, value]) => (key.startsWith("match") || key.startsWith("exclude")) && value !== null,
  );
  const inputs: Readonly<Record<Subject, readonly string[]>> = {
    manager: [manager],
    datasource: ["docker"],
    category: renovateCategories[manager],
    file: [image.path],
    package: [name],
    dependency: [name.replace(/^(?:amd64|arm64|library)\//, "")],
    update: [update],
    type: dependencyTypes[manager],
  };
  const patterns = new Map<Subject, string[]>();
  for (const [key] of asked) {
    const matcher = matchers[key];
    if (matcher === undefined) continue;
    const listed = plainAt(rule, key);
    const written = (isPlainList(listed) ? listed : [listed]).filter((item) => typeof item === "string");
    patterns.set(matcher.of, [...(patterns.get(matcher.of) ?? []), ...written.map(matcher.pattern ?? itself)]);
  }
  return every([
    ...[...patterns].map(([of, list]) => {
      const fit = some(inputs[of].map((input) => fitsPatterns(input, list)));
      // Which of them an image is, only Renovate knows.
      return of === "type" && fit === "yes" ? "maybe" : fit;
    }),
    // What only Renovate can know: branches, dates, versions.
    ...(asked.some(([key]) => matchers[key] === undefined) ? (["maybe"] as const) : []),
  ]);
}

type Subject = "manager" | "datasource" | "category" | "file" | "package" | "dependency" | "update" | "type";

/** What Renovate may call the images of a file: https://docs.renovatebot.com/modules/manager/dockerfile/. They are never anybody's `devDependencies`. */
const dependencyTypes: Readonly<Record<RenovateManager, readonly string[]>> = {
  dockerfile: ["stage", "final", "syntax"],
  "docker-compose": ["image"],
  kubernetes: ["image"],
};

/** What a key of a rule asks about; former names stand for patterns of the present ones, to whose lists they are added. */
const matchers: Readonly<Record<string, { readonly of: Subject; readonly pattern?: (written: string) => string }>> = {
  matchManagers: { of: "manager" },
  matchDatasources: { of: "datasource" },
  matchCategories: { of: "category" },
  matchLanguages: { of: "category" },
  matchFileNames: { of: "file" },
  matchFiles: { of: "file" },
  matchPaths: { of: "file" },
  matchPackageNames: { of: "package" },
  matchPackagePatterns: { of: "package", pattern: expression },
  matchPackagePrefixes: { of: "package", pattern: prefix },
  excludePackageNames: { of: "package", pattern: negation },
  excludePackagePatterns: { of: "package", pattern: (written) => negation(expression(written)) },
  excludePackagePrefixes: { of: "package", pattern: (written) => negation(prefix(written)) },
  matchDepNames: { of: "dependency" },
  matchDepPatterns: { of: "dependency", pattern: expression },
  matchDepPrefixes: { of: "dependency", pattern: prefix },
  excludeDepNames: { of: "dependency", pattern: negation },
  excludeDepPatterns: { of: "dependency", pattern: (written) => negation(expression(written)) },
  excludeDepPrefixes: { of: "dependency", pattern: (written) => negation(prefix(written)) },
  matchUpdateTypes: { of: "update" },
  matchDepTypes: { of: "type" },
};

function itself(written: string): string {
  return written;
}

function expression(written: string): string {
  return written === "*" || written === ".*" ? "*" : `/${written}/`;
}

function prefix(written: string): string {
  return `${written}{/,}**`;
}

function negation(pattern: string): string {
  return `!${pattern}`;
}
