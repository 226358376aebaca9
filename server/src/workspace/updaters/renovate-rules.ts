import { type RenovateManager, renovateCategories } from "../../knowledge/renovate.ts";
import { nameAsWritten } from "../../languages/image/index.ts";
import { isPlainMap, plainAt, plainItems, type PlainValue } from "../plain-value.ts";
import { every, type Fit, fitsPatterns, some } from "./pattern.ts";
import type { UpdatedImage } from "./updater.ts";

/** What the package rules make of an image, one after the other; the last that fits counts. `maybe`: one that decides may fit. */
export interface RuledImage {
  /** Whether its digest is raised. */
  readonly digests: Fit;
  /** Whether it gets a digest where it has none. */
  readonly pins: Fit;
}

/** Goes through the package rules, which begin where `start` says: https://docs.renovatebot.com/configuration-options/#packagerules. */
export function byPackageRules(
  rules: readonly PlainValue[],
  image: UpdatedImage,
  manager: RenovateManager,
  start: { readonly digests: boolean; readonly pins: boolean },
): RuledImage {
  let digests: Fit = start.digests ? "yes" : "no";
  let pins: Fit = start.pins ? "yes" : "no";
  for (const rule of rules) {
    digests = decided(digests, enables(rule), () => ruleFits(rule, image, manager, "digest"));
    pins = decided(pins, pinsBy(rule), () => ruleFits(rule, image, manager, "pinDigest"));
  }
  return { digests, pins };
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

function pinsBy(rule: PlainValue): boolean | undefined {
  const found = plainAt(rule, "pinDigests");
  return typeof found === "boolean" ? found : undefined;
}

/** Whether all that a rule asks for is so; a rule that asks nothing fits everything. */
function ruleFits(rule: PlainValue, image: UpdatedImage, manager: RenovateManager, update: string): Fit {
  if (!isPlainMap(rule)) return "no";
  const name = nameAsWritten(image.reference);
  return every(
    Object.entries(rule).flatMap(([key, value]): readonly Fit[] => {
      if (!key.startsWith("match") && !key.startsWith("exclude")) return [];
      const patterns = plainItems(rule, key).filter((item) => typeof item === "string");
      if (value === null) return [];
      switch (key) {
        case "matchManagers":
          return [fitsPatterns(manager, patterns)];
        case "matchDatasources":
          return [fitsPatterns("docker", patterns)];
        case "matchCategories":
          return [some(renovateCategories[manager].map((category) => fitsPatterns(category, patterns)))];
        case "matchFileNames":
          return [fitsPatterns(image.path, patterns)];
        case "matchPackageNames":
          return [fitsPatterns(name, patterns)];
        case "matchDepNames":
          return [fitsPatterns(name.replace(/^(?:amd64|arm64|library)\//, ""), patterns)];
        case "matchUpdateTypes":
          return [fitsPatterns(update, patterns)];
        default:
          // Former names, and what only Renovate can know: branches, dates, versions.
          return ["maybe"];
      }
    }),
  );
}
