import { floatingTagWords, originalName } from "../../knowledge/images.ts";
import type { ImageReference } from "./reference.ts";

/**
 * What a reference promises about what is pulled. `floating`: it moves from one release to another by design, or says no release at all.
 * `version`: it names a release, a date, a commit or a digest, though a tag may still be rebuilt. `unknown`: a word that only its author knows.
 */
export type TagMeaning = "floating" | "version" | "unknown";

/**
 * Words that name what an image is built on or for, with that system's own version or without. They say nothing of the release of what is on top.
 * Code names are those of https://www.debian.org/releases/ and https://releases.ubuntu.com.
 */
const variant =
  /^(?:alpine|debian|ubuntu|ubi|rocky|fedora|centos|almalinux|windowsservercore|nanoserver|windows|linux|ltsc|slim|fpm|apache|cli|zts|jdk|jre|headless|perl|management|unprivileged|rootless|nonroot|debug)[0-9.]*$|^(?:amd64|x86_64|arm64|arm64v8|armv7|arm32v7|i386|ppc64le|s390x|riscv64)$/;
const releaseName =
  /^(?:jessie|stretch|buster|bullseye|bookworm|trixie|forky|trusty|xenial|bionic|focal|jammy|noble|oracular|plucky|questing|resolute)$/;

/** A system of which the next word may be the version: `nanoserver-1809`, `ubuntu-22.04`. */
const system = /^(?:alpine|debian|ubuntu|rocky|fedora|centos|almalinux|windowsservercore|nanoserver)$/;

/** What pins a tag that begins with a floating word: a dotted version, a date, a commit. */
const pin = /^(?:v?\d+(?:\.\d+)+|\d{6,}|(?=[a-f]*\d)[0-9a-f]{7,40})$/;

/** Images of a system itself: there a code name is the release. */
const systemImage =
  /^docker\.io\/(?:library\/(?:debian|ubuntu|buildpack-deps)|opensuse\/[a-z]+)$|^mcr\.microsoft\.com\/windows/;

/**
 * Images with the release in their names and no tags of versions, only of variants:
 * https://github.com/GoogleContainerTools/distroless#what-images-are-available.
 */
const releaseInName = /^gcr\.io\/distroless\/[^/]*-debian\d+$/;

/** What the tag and digest of a reference promise. No tag means `latest`. */
export function tagMeaning(reference: ImageReference): TagMeaning {
  if (reference.digest !== undefined) return "version";
  if (releaseInName.test(reference.canonical)) return "version";
  if (reference.tag === undefined) return "floating";
  const words = reference.tag.split("-");
  const ofSystem = systemImage.test(originalName(reference.canonical));
  const telling = ofSystem ? words : words.filter((word, index) => !isVariant(word, words[index - 1]));
  const first = telling[0];
  if (first === undefined) return "floating";
  if (floatingTagWords.has(first)) return telling.some((word) => pin.test(word)) ? "version" : "floating";
  if (telling.some((word) => /\d/.test(word))) return "version";
  if (ofSystem) return words.some((word) => releaseName.test(word)) ? "version" : "unknown";
  return "unknown";
}

function isVariant(word: string, before: string | undefined): boolean {
  if (variant.test(word) || releaseName.test(word)) return true;
  return before !== undefined && system.test(before) && /^[0-9.]+$/.test(word);
}
