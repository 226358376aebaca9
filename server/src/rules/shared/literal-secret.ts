import {
  credentialsInUrl,
  isPlainLiteral,
  knownToken,
  looksLikePlaceholder,
  looksLikeSecretName,
} from "../../knowledge/secrets.ts";

/**
 * What secret the value of a variable holds, in words for a message: "a password or token", "a GitHub token". `undefined` where there is none that
 * one can be sure of: placeholders, booleans and numbers, paths and plain URLs are not.
 */
export function literalSecret(name: string, value: string): string | undefined {
  const token = knownToken(value);
  if (token !== undefined) return token.what;
  if (credentialsInUrl(value) !== undefined) return "a URL with its password";
  if (!looksLikeSecretName(name) || isPlainLiteral(value) || looksLikePlaceholder(value)) return undefined;
  if (/^(?:\.{0,2}\/|[a-z][a-z0-9+.-]*:\/\/)/i.test(value)) return undefined;
  // `HF_TOKEN: HF_TOKEN`, `API_KEY: sk-APIKEY`: the name of what belongs there.
  if (value.toLowerCase() === name.toLowerCase() || /^(?:[A-Z]+(?:_[A-Z]+)+|[a-z]+-[A-Z_]+)$/.test(value))
    return undefined;
  return "a secret";
}

/** What the rules about a secret written into a file have in common to say. */
export const plainSecretWhy = `A secret in a file is known to everyone who can read the repository, its forks, its backups and its history, now and after the
file is mended. It cannot be changed without a commit, and it is the same in every environment. Whatever it opens should be taken for known: change it there as well.`;
