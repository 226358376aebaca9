import { isDigest } from "../languages/image/index.ts";

const algorithms: ReadonlyMap<string, string> = new Map([
  ["sha256", "SHA-256"],
  ["sha384", "SHA-384"],
  ["sha512", "SHA-512"],
]);

/** `sha256:` and 64 hexadecimal digits. */
export function isSha256(text: string): boolean {
  return text.startsWith("sha256:") && isDigest(text);
}

/** The digest of bytes as they were received. */
export async function sha256Of(bytes: Uint8Array): Promise<string> {
  return `sha256:${await hexOf("SHA-256", bytes)}`;
}

/** Whether bytes are what a digest names; a text that is no digest names nothing. */
export async function hasDigest(bytes: Uint8Array, digest: string): Promise<boolean> {
  const [name = "", hex] = digest.split(":", 2);
  const algorithm = algorithms.get(name);
  return algorithm !== undefined && isDigest(digest) && (await hexOf(algorithm, bytes)) === hex;
}

async function hexOf(algorithm: string, bytes: Uint8Array): Promise<string> {
  // A copy, since what is hashed may be a window into memory that is shared.
  const hash = new Uint8Array(await crypto.subtle.digest(algorithm, new Uint8Array(bytes)));
  return Array.from(hash, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
