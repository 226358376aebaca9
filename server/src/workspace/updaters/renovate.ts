import type { RenovateManager } from "../../knowledge/renovate.ts";
import { isKustomizationName } from "../../languages/sniff.ts";
import { dockerHub, nameAsWritten, registryOf } from "../../languages/image/index.ts";
import { nameOf } from "../../text/path.ts";
import { type Fit, fitsGlob, fitsPattern, some } from "./pattern.ts";
import { type ManagerConfig, readRenovateConfig, type RenovateConfig, renovateRoot } from "./renovate-config.ts";
import { byPackageRules } from "./renovate-rules.ts";
import { named, sentenceOf, type UpdatedImage, type UpdaterAnswer } from "./updater.ts";

/**
 * What a Renovate configuration says about the digest of an image; `undefined` where the file, a package.json, holds none. Renovate raises every digest
 * that it finds behind a tag unless it is told not to, and adds them where it is told to: https://docs.renovatebot.com/docker/#digest-pinning.
 */
export function renovateAnswer(file: string, text: string, image: UpdatedImage): UpdaterAnswer | undefined {
  const reading = renovateRoot(file, text);
  if (reading === undefined) return undefined;
  const {
    answer,
    detail,
    missing,
    pins = false,
  } = reading.type === "broken"
    ? ({ answer: "unknown", detail: `${named(file)} cannot be read: ${reading.reason}` } satisfies Verdict)
    : judge(readRenovateConfig(reading.root), named(file), image);
  const because = sentenceOf({ bot: "renovate", answer }, detail);
  return {
    bot: "renovate",
    file,
    answer,
    because,
    reason: detail,
    pins,
    ...(missing === undefined ? {} : { missing }),
  };
}

/** The manager that reads a kind of file. */
export function managerOf(kind: UpdatedImage["kind"]): RenovateManager {
  return kind === "compose" ? "docker-compose" : kind;
}

/**
 * Its manager for kustomizations takes no entry that has both, which is how they are pinned here:
 * https://github.com/renovatebot/renovate/blob/main/lib/modules/manager/kustomize/extract.ts.
 */
const kustomizationText = "of a kustomization it leaves images with both `newTag` and `digest` alone";

interface Verdict {
  readonly answer: UpdaterAnswer["answer"];
  readonly detail: string;
  readonly missing?: UpdaterAnswer["missing"];
  readonly pins?: boolean;
}

function judge(config: RenovateConfig, file: string, image: UpdatedImage): Verdict {
  const manager = managerOf(image.kind);
  const own = config.managers[manager];
  if (isKustomizationName(nameOf(image.path))) return no(kustomizationText);
  const refusal = refusalOf(config, own, file, image);
  if (refusal !== undefined) return refusal;
  const { digests, pins, waits } = byPackageRules(config.packageRules, image, manager, {
    digests: true,
    pins: own.pins ?? config.pins ?? false,
    waits: own.waits ?? config.waits,
  });
  if (digests === "no") return { answer: "no", detail: `a package rule of ${file} turns it off` };
  const covered = coverage(config, own, file, image);
  if (covered !== undefined) return covered;
  if (digests === "maybe") return { answer: "unknown", detail: `a package rule of ${file} may turn it off` };
  const doubt = doubtOf(config, waits, file, image);
  if (doubt !== undefined) return { answer: "unknown", detail: doubt };
  const detail = `${file} has it look at this file${pins === "yes" ? ", and pin images that have no digest yet" : ""}`;
  return { answer: "yes", detail, pins: pins === "yes" };
}

/** What keeps a file that is looked at from being sure of its proposals. */
function doubtOf(config: RenovateConfig, waits: Fit, file: string, image: UpdatedImage): string | undefined {
  const [foreign] = config.foreign;
  if (foreign !== undefined) return `the preset ${named(foreign)} of ${file} is written elsewhere`;
  if (config.silent) return `\`mode\` of ${file} has it propose nothing by itself`;
  if (waits !== "no") return `\`dependencyDashboardApproval\` of ${file} has updates wait until somebody approves them`;
  const registry = registryOf(image.reference);
  const unasked = config.unaskedHosts.find((host) => hostMayBe(registry, host));
  return unasked === undefined
    ? undefined
    : `${file} keeps it from asking ${named(unasked === "" ? registry : unasked)}`;
}

/** Whether a rule for a host may speak of a registry: it names the host, an address at it, or a domain that it belongs to. */
function hostMayBe(registry: string, host: string): boolean {
  const named = host
    .toLowerCase()
    .replace(/^[a-z]+:\/\//, "")
    .replace(/\/.*$/s, "")
    .replace(/^\.+/, "");
  const names = registry === dockerHub ? [registry, "index.docker.io", "registry.hub.docker.com"] : [registry];
  return names.some((name) => name === named || name.endsWith(`.${named}`)) || named === "";
}

/** What somebody decided; nothing is missing there. */
function refusalOf(config: RenovateConfig, own: ManagerConfig, file: string, image: UpdatedImage): Verdict | undefined {
  const manager = managerOf(image.kind);
  if (!config.enabled) return no(`${file} turns it off`);
  if (!own.enabled) return no(`${file} turns its manager \`${manager}\` off`);
  if (!config.digests || !own.digests) return no(`${file} turns updates of digests off`);
  if (config.ignoreDeps.includes(nameAsWritten(image.reference))) {
    return no(`\`ignoreDeps\` of ${file} names ${named(nameAsWritten(image.reference))}`);
  }
  if (isIgnored(image.path, own.ignorePaths ?? config.ignorePaths) === "yes") {
    return no(`\`ignorePaths\` of ${file} and of its presets leave this file out`);
  }
  if (config.includePaths.length > 0 && isIncluded(image.path, config.includePaths) === "no") {
    return no(`\`includePaths\` of ${file} leave this file out`);
  }
  if (image.reference.digest !== undefined && image.reference.tag === undefined) {
    return no("without a tag there is nothing that a digest could follow");
  }
  return undefined;
}

function no(detail: string): Verdict {
  return { answer: "no", detail };
}

/** Why a file is not looked at, or may not be; `undefined` where it is. */
function coverage(config: RenovateConfig, own: ManagerConfig, file: string, image: UpdatedImage): Verdict | undefined {
  const manager = managerOf(image.kind);
  const isForeign = config.foreign.length > 0;
  const foreign = `the preset ${named(config.foreign[0] ?? "")} of ${file} is written elsewhere`;
  if (config.enabledManagers !== undefined && !config.enabledManagers.includes(manager)) {
    return { answer: "no", detail: `\`enabledManagers\` of ${file} leave \`${manager}\` out`, missing: "manager" };
  }
  const fit = some(own.filePatterns.map((pattern) => fitsPattern(image.path, pattern)));
  if (fit === "yes") return undefined;
  const custom = some(config.customPatterns.map((pattern) => fitsPattern(image.path, pattern)));
  if (custom !== "no") return { answer: "unknown", detail: `a custom manager of ${file} may read this file` };
  if (fit === "maybe") return { answer: "unknown", detail: `the file patterns of ${file} are too intricate to tell` };
  if (isForeign) return { answer: "unknown", detail: foreign };
  const detail =
    own.filePatterns.length === 0
      ? `it looks at no manifests until \`${manager}.managerFilePatterns\` in ${file} says which`
      : `\`${manager}.managerFilePatterns\` in ${file} does not fit ${named(nameOf(image.path))}`;
  return { answer: "no", detail, missing: "file pattern" };
}

/** A part of the path, or a glob. */
function isIgnored(path: string, ignored: readonly string[]): Fit {
  return some(ignored.map((one) => (path.includes(one) ? "yes" : fitsGlob(path, one))));
}

function isIncluded(path: string, included: readonly string[]): Fit {
  return some(included.map((one) => (path === one ? "yes" : fitsGlob(path, one))));
}
