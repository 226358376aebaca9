import { type BaseImageFacts, hasEnded, type ImageOs } from "../knowledge/base-images/index.ts";
import { hasHealthcheck, type ImageDescription, type ImageReference, tagMeaning } from "../languages/image/index.ts";
import { upperFirst } from "../text/words.ts";
import { movedFrom, type RegistryImage } from "../workspace/registry-images.ts";
import { autolink, code } from "./hostile-text.ts";

/**
 * What an image is, in Markdown: what its name promises, what our table knows without asking, and, where somebody asked its registry, what that said. `facts`
 * are those of the use. Whatever an image says of itself is a stranger's text: it is shown as code, cut, and never as a link but to a plain http(s) address.
 */
export function imageHover(
  reference: ImageReference,
  known: RegistryImage | undefined,
  facts: BaseImageFacts | undefined,
): string {
  const offline = facts === undefined ? undefined : tableLine(facts, known?.description);
  const said = known === undefined ? [] : registryLines(reference, known);
  return [
    nameLine(reference),
    ...(offline === undefined ? [] : [offline]),
    ...(said.length === 0 ? [] : [said.map((line) => `- ${line}`).join("\n")]),
  ].join("\n\n");
}

function nameLine(reference: ImageReference): string {
  const { canonical, tag, digest } = reference;
  const name = `**${code(canonical)}**`;
  if (digest !== undefined) {
    const beside = tag === undefined ? "no tag says which version it is" : `tag ${code(tag)} is for people to read`;
    return `${name}, pinned by its digest; ${beside}`;
  }
  const shown = tag === undefined ? `no tag, so ${code("latest")}` : `tag ${code(tag)}`;
  return `${name}, ${shown}: ${promises[tagMeaning(reference)]}`;
}

const promises = {
  floating: "it moves from release to release",
  version: "it names a release, and may be rebuilt",
  unknown: "what it promises only its publisher knows",
} as const;

/** What we know of images of that name; the registry's word on the very image stands below it. */
function tableLine(facts: BaseImageFacts, description: ImageDescription | undefined): string {
  const { os, osRelease, endOfLife, user } = facts;
  const system = osRelease === undefined || os === "scratch" ? systems[os] : `${systems[os]} ${osRelease}`;
  const runs =
    description === undefined
      ? [facts.dropsRoot ? "starts as root and gives it up" : `runs as ${code(user.name)}`]
      : [];
  const ends =
    endOfLife === undefined
      ? []
      : [`${endOfLife.of} ${hasEnded(endOfLife) ? "has had no fixes since" : "gets fixes until"} ${endOfLife.date}`];
  return `By its name: ${[system, ...runs, ...ends].join(" · ")}`;
}

const systems: Readonly<Record<ImageOs, string>> = {
  alpine: "Alpine",
  debian: "Debian",
  ubuntu: "Ubuntu",
  redhat: "Red Hat",
  suse: "SUSE",
  amazon: "Amazon Linux",
  azure: "Azure Linux",
  photon: "Photon OS",
  arch: "Arch Linux",
  wolfi: "Wolfi",
  distroless: "distroless",
  busybox: "BusyBox",
  scratch: "no files but its own",
  windows: "Windows",
};

/** Between what is short enough to share a line: editors show a dozen of them. */
const between = " · ";

function registryLines(reference: ImageReference, known: RegistryImage): readonly string[] {
  const { description } = known;
  return [
    ...digestLines(reference, known),
    ...(description === undefined
      ? []
      : [...shapeLines(description), ...settingLines(description), ...labelLines(description)]),
  ];
}

function digestLines({ tag, digest }: ImageReference, known: RegistryImage): readonly string[] {
  const { current, listed, description } = known;
  const found = current ?? description;
  if (found === undefined) return [];
  if (digest === undefined || current === undefined)
    return [`**Digest** ${code(found.digest)}${description === undefined ? `, ${shapes[found.shape]}` : ""}`];
  const name = code(tag ?? "latest");
  const isMoved = movedFrom(known, digest);
  if (isMoved === undefined) return [`**Digest** ${name} stands for ${code(current.digest)} now`];
  if (!isMoved) return [`**Digest** the one that ${name} stands for now`];
  const moved = `**Digest** ${name} stands for another one now: ${code(current.digest)}`;
  if (current.shape !== "index" || description?.shape === "index") return [moved];
  const several = `${moved}, of several platforms.`;
  const there = listed?.find((one) => one.digest === digest);
  if (there !== undefined)
    return [
      `${several} The one here is on its list${there.platform === undefined ? "" : `, for ${code(there.platform)} alone`}`,
    ];
  if (description !== undefined) return [`${several} The one here is that of one platform alone`];
  return [listed === undefined ? `${several} The one here may be that of one of them` : moved];
}

const shapes = { index: "of several platforms", manifest: "of one platform alone" } as const;

function shapeLines({ shape, platforms, platform, size, created }: ImageDescription): readonly string[] {
  const more = platforms.length > 8 ? ` and ${platforms.length - 8} others` : "";
  const several = platforms.length === 0 ? [] : [`**Platforms** ${platforms.slice(0, 8).map(code).join(", ")}${more}`];
  return [
    ...(shape === "index" ? several : [`**Platform** ${code(platform)} alone`]),
    [
      `**Size** ${bytes(size)} to pull${shape === "index" ? ` for ${code(platform)}` : ""}`,
      ...(created === undefined ? [] : createdLine(created)),
    ].join(between),
  ];
}

/** Builds that want the same bytes every time set some date long ago: 1970, 1980 or the year 1. */
function createdLine(created: string): readonly string[] {
  const date = /^\d{4}-\d\d-\d\d(?=T)/.exec(created)?.[0];
  if (date === undefined) return [];
  return [`**Created** ${date <= "1980-01-01" ? `no date is told (${date} was set so that builds are alike)` : date}`];
}

function settingLines(description: ImageDescription): readonly string[] {
  const {
    user = "",
    exposedPorts,
    entrypoint,
    command,
    healthcheck,
    stopSignal,
    volumes,
    workingDirectory,
  } = description;
  const checked = hasHealthcheck({ facts: undefined, description }) === true;
  const lines: readonly (readonly (readonly [string, string])[])[] = [
    [
      [
        "user",
        user === "" ? (description.platform.startsWith("windows/") ? "" : "`root`, as it names none") : code(user),
      ],
      ["ports", some(exposedPorts)],
    ],
    [["entrypoint", words(entrypoint)]],
    [["command", words(command)]],
    [["health check", checked ? checkOf(healthcheck) : "none"]],
    [
      ["stop signal", code(stopSignal ?? "")],
      ["working directory", code(workingDirectory ?? "")],
      ["volumes", some(volumes)],
    ],
  ];
  return linesOf(lines);
}

/** Names with their values; what has none is left out. */
function linesOf(lines: readonly (readonly (readonly [name: string, value: string])[])[]): readonly string[] {
  return lines.flatMap((line) => {
    const parts = line.flatMap(([name, value]) => (value === "" ? [] : [`**${upperFirst(name)}** ${value}`]));
    return parts.length === 0 ? [] : [parts.join(between)];
  });
}

const labels: readonly (readonly (readonly [name: string, keys: readonly string[]])[])[] = [
  [
    ["version", ["org.opencontainers.image.version", "org.label-schema.version"]],
    ["revision", ["org.opencontainers.image.revision", "org.label-schema.vcs-ref"]],
  ],
  [["source", ["org.opencontainers.image.source", "org.label-schema.vcs-url"]]],
];

/** As they are labelled: an image made from another one often has that one's labels still. */
function labelLines(description: ImageDescription): readonly string[] {
  const valueOf = (keys: readonly string[]): string => {
    const value = keys.map((key) => description.labels[key]?.trim() ?? "").find((text) => text !== "") ?? "";
    return autolink(value) ?? code(value);
  };
  return linesOf(labels.map((line) => line.map(([name, keys]) => [`label ${name}`, valueOf(keys)])));
}

function some(items: readonly string[]): string {
  const shown = items
    .slice(0, 6)
    .map(code)
    .filter((text) => text !== "");
  return items.length > 6 ? `${shown.join(", ")} and ${items.length - 6} others` : shown.join(", ");
}

function checkOf([form, ...rest]: readonly string[] = []): string {
  return form === "CMD-SHELL" ? code(rest.join(" ")) : words(rest);
}

function words(list: readonly string[] = []): string {
  return code(list.map((word) => (/^[^\s"']+$/.test(word) ? word : JSON.stringify(word))).join(" "));
}

/** Decimal, as registries show it: `57.2 MB`. */
function bytes(size: number): string {
  if (!Number.isFinite(size) || size < 0) return "an unknown size";
  for (const [unit, scale] of [
    ["GB", 1e9],
    ["MB", 1e6],
    ["kB", 1e3],
  ] as const) {
    if (size >= scale * 0.99995) return `${(size / scale).toFixed(1).replace(/\.0$/, "")} ${unit}`;
  }
  return `${Math.round(size)} B`;
}
