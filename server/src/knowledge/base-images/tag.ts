/** What a tag says of the system inside, as far as its words are the ones publishers share. */
export type TagSystem =
  | { readonly kind: "alpine"; readonly release: string | undefined }
  | { readonly kind: "debian" | "ubuntu"; readonly release: string }
  | { readonly kind: "redhat"; readonly release: string; readonly edition: "full" | "minimal" | "oracle" }
  | { readonly kind: "amazon"; readonly release: "2" | "2023" }
  | { readonly kind: "windows"; readonly edition: "servercore" | "nanoserver" };

/** A tag taken apart at its hyphens. */
export interface Tag {
  /** In lower case; `latest` where none was written. */
  readonly text: string;
  /** The first word, where it is a version: `20.11`, `3`, `8u502`; without a leading `v`. */
  readonly version: string | undefined;
  /** The first number of the version. */
  readonly major: number | undefined;
  readonly slim: boolean;
  readonly system: TagSystem | undefined;
  /** The words that are none of the above and no number, `latest`, `rc` or date: each family knows its own. */
  readonly rest: readonly string[];
}

const debianReleases = new Set("jessie stretch buster bullseye bookworm trixie forky sid".split(" "));
const ubuntuReleases = new Set(
  "trusty xenial bionic focal hirsute impish jammy kinetic lunar mantic noble oracular plucky questing resolute stonking".split(
    " ",
  ),
);
const neutral = new Set(
  "latest lts current stable mainline release rc beta alpha rolling devel unstable preview nightly dev edge innovation".split(
    " ",
  ),
);

/** Takes a tag apart. */
export function readTag(tag: string | undefined): Tag {
  const text = (tag ?? "latest").toLowerCase();
  const rest: string[] = [];
  let version: string | undefined;
  let system: TagSystem | undefined;
  let slim = false;
  let first = true;
  for (const word of text.split("-")) {
    const found = systemOf(word);
    if (first && /^v?\d/.test(word)) version = word.replace(/^v/, "");
    else if (word === "slim") slim = true;
    else if (word === "minimal" && system?.kind === "redhat") {
      system = { kind: "redhat", release: system.release, edition: "minimal" };
    } else if (found !== undefined) system ??= found;
    else if (system?.kind === "alpine" && system.release === undefined && /^\d+\.\d+$/.test(word))
      system = { kind: "alpine", release: word };
    else if (!neutral.has(word) && !/^v?\d|^(?:rc|beta|alpha|dev|m|b|u|otp)\d+$|^ltsc\d{4}$/.test(word))
      rest.push(word);
    first = false;
  }
  const digits = /^\d+/.exec(version ?? "")?.[0];
  return { text, version, major: digits === undefined ? undefined : Number(digits), slim, system, rest };
}

function systemOf(word: string): TagSystem | undefined {
  const alpine = /^alpine(\d+\.\d+)?$/.exec(word);
  if (alpine !== null) return { kind: "alpine", release: alpine[1] };
  if (debianReleases.has(word)) return { kind: "debian", release: word };
  if (ubuntuReleases.has(word)) return { kind: "ubuntu", release: word };
  const oracle = /^(?:oraclelinux|ol)(\d+)$/.exec(word);
  if (oracle !== null) return { kind: "redhat", release: oracle[1] ?? "", edition: "oracle" };
  const redhat = /^ubi(\d+)?$/.exec(word);
  if (redhat !== null) return { kind: "redhat", release: redhat[1] ?? "", edition: "full" };
  const amazon = /^(?:al|amazonlinux)(2|2023)$/.exec(word)?.[1];
  if (amazon === "2" || amazon === "2023") return { kind: "amazon", release: amazon };
  if (word.startsWith("nanoserver")) return { kind: "windows", edition: "nanoserver" };
  if (word.startsWith("windows")) return { kind: "windows", edition: "servercore" };
  return undefined;
}

/** Whether every word that the tag has left over is among these; what a tag says beyond them nobody knows. */
export function knows(tag: Tag, words: readonly string[] = []): boolean {
  return tag.rest.every((word) => words.includes(word));
}
