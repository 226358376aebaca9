import { listed } from "../../text/words.ts";

/** What a program is built for. */
export interface Platform {
  /** `linux`, `windows` */
  readonly os: string;
  /** As Go names it (`amd64`, `arm`), without the variant. */
  readonly architecture: string | undefined;
  /** As it is written, in lower case. */
  readonly shown: string;
}

/** Architectures by the names that they go by, those of Docker Hub's folders among them. */
const architectures: ReadonlyMap<string, string> = new Map([
  ["amd64", "amd64"],
  ["x86_64", "amd64"],
  ["arm64", "arm64"],
  ["arm64v8", "arm64"],
  ["aarch64", "arm64"],
  ["arm", "arm"],
  ["armhf", "arm"],
  ["arm32v5", "arm"],
  ["arm32v6", "arm"],
  ["arm32v7", "arm"],
  ["armv7", "arm"],
  ["386", "386"],
  ["i386", "386"],
  ["ppc64le", "ppc64le"],
  ["riscv64", "riscv64"],
  ["s390x", "s390x"],
  ["mips64le", "mips64le"],
]);

/** The architecture that goes by a name; `undefined` where none does. */
export function architectureOf(name: string): string | undefined {
  return architectures.get(name);
}

/** A platform as `--platform` takes it: `linux/arm/v7`, `arm64`, `windows`. `undefined` for what holds a variable or is no platform that we know. */
export function platformOf(text: string): Platform | undefined {
  const value = text.replace(/^(["'])(.*)\1$/, "$2").toLowerCase();
  if (!/^[\w.-]+(?:\/[\w.-]+){0,2}$/.test(value)) return undefined;
  const [first = "", second] = value.split("/");
  if (first === "windows" || first === "linux") {
    const architecture = second === undefined ? undefined : architectures.get(second);
    return second !== undefined && architecture === undefined ? undefined : { os: first, architecture, shown: value };
  }
  const architecture = second === undefined ? architectures.get(first) : undefined;
  return architecture === undefined ? undefined : { os: "linux", architecture, shown: value };
}

/** Whether what runs on the one runs on the other, as far as the two say; variants (`v7`) are not compared. */
export function agrees(asked: Platform, holds: Platform): boolean {
  if (asked.os !== holds.os) return false;
  return (
    asked.architecture === undefined || holds.architecture === undefined || asked.architecture === holds.architecture
  );
}

/** Whether a list of platforms has one that fits. */
export function offers(platforms: readonly string[], asked: Platform): boolean {
  return platforms.some((text) => {
    const platform = platformOf(text);
    return platform !== undefined && agrees(asked, platform);
  });
}

/** "`linux/amd64`, `linux/arm64` and 3 others", for messages. */
export function shownPlatforms(platforms: readonly string[]): string {
  const shown = platforms.slice(0, platforms.length > 4 ? 3 : 4).map((platform) => `\`${platform}\``);
  const more = platforms.length - shown.length;
  return listed(more === 0 ? shown : [...shown, `${more} others`]);
}
