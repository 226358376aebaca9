import { dockerHub } from "../languages/image/index.ts";

/**
 * What a host name says of where it leads. `special`: link-local and unspecified addresses, where clouds keep their metadata, and those of no single
 * host. A name is `public` whatever address it stands for, since that is not looked up here.
 */
export type Reach = "loopback" | "private" | "special" | "public";

/** The host that is asked for the images of a registry, by the name that references have for it: Docker Hub answers elsewhere. */
export function hostOf(registry: string): string {
  return registry === dockerHub ? "registry-1.docker.io" : registry;
}

/** `undefined` where the text is no host with an optional port. */
export function urlOf(scheme: "http" | "https", host: string, path: string): URL | undefined {
  try {
    const url = new URL(`${scheme}://${host}${path}`);
    return url.username === "" && url.password === "" ? url : undefined;
  } catch {
    return undefined;
  }
}

/** Whether a host, with its port, is this very machine, so that nobody can listen to what is said to it. */
export function isLoopback(host: string): boolean {
  const url = urlOf("http", host, "/");
  return url !== undefined && reachOf(url) === "loopback";
}

/** Judges the host of a URL, of which the parser has already made `127.0.0.1` out of `127.1` and `0x7f000001`. */
export function reachOf({ hostname }: URL): Reach {
  const name = hostname.replace(/\.$/, "");
  if (name === "localhost" || name.endsWith(".localhost")) return "loopback";
  const address = addressOf(name);
  return address === undefined ? reachOfSix(name) : reachOfFour(address);
}

/**
 * Whether what stands at `from` may send us to `to`, by a redirect or a token server. Never from TLS to plain HTTP. Not to this machine or to a private
 * network from further outside, or a registry could look around where only we can go; addresses of one network, and one host, may name each other.
 * containerd and docker follow anything; go-containerregistry also refuses a site of another name, which would break registries that are only a name
 * for another (`lscr.io`).
 */
export function mayLead(from: URL, to: URL): boolean {
  if (to.protocol !== "https:" && (to.protocol !== "http:" || from.protocol !== "http:")) return false;
  if (to.username !== "" || to.password !== "") return false;
  if (to.host === from.host) return true;
  const there = reachOf(to);
  if (there === "public") return true;
  const here = reachOf(from);
  return here === "loopback" ? there !== "special" : there === "private" && here === "private";
}

/**
 * The four bytes of an IPv4 address, also of one that is written as IPv6: mapped (`::ffff:`), as it was long ago (`::`), or behind the well-known prefixes of
 * translators (`64:ff9b::`, and `::ffff:0:`).
 */
function addressOf(name: string): readonly number[] | undefined {
  if (/^\d+(?:\.\d+){3}$/.test(name)) return name.split(".").map(Number);
  const mapped = /^\[(?:64:ff9b)?::(?:ffff:(?:0:)?)?([0-9a-f]{1,4}):([0-9a-f]{1,4})\]$/.exec(name);
  if (mapped === null) return undefined;
  return mapped.slice(1).flatMap((part) => {
    const value = Number.parseInt(part, 16);
    return [value >> 8, value & 0xff];
  });
}

/** https://www.iana.org/assignments/iana-ipv4-special-registry */
function reachOfFour([first = 0, second = 0, third = 0]: readonly number[]): Reach {
  if (first === 127) return "loopback";
  if (first === 0 || (first === 169 && second === 254) || first >= 224) return "special";
  // For protocols between networks; one cloud keeps its metadata there.
  if (first === 192 && second === 0 && third === 0) return "special";
  if (first === 10 || (first === 172 && second >= 16 && second < 32) || (first === 192 && second === 168))
    return "private";
  return first === 100 && second >= 64 && second < 128 ? "private" : "public";
}

/** https://www.iana.org/assignments/iana-ipv6-special-registry */
function reachOfSix(name: string): Reach {
  if (name === "[::1]") return "loopback";
  if (name === "[::]" || /^\[f(?:e[89ab]|f[0-9a-f])[0-9a-f]:/.test(name)) return "special";
  return /^\[f(?:[cd][0-9a-f]|e[c-f])[0-9a-f]:/.test(name) ? "private" : "public";
}
