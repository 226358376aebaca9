import type { Challenge } from "./challenges.ts";
import { mayLead } from "./host-names.ts";

/** Where a token is got, and for what. */
export interface TokenPlace {
  readonly realm: URL;
  readonly service: string | undefined;
  /** `repository:library/node:pull`; in a challenge they are parted by spaces. */
  readonly scopes: readonly string[];
}

/** What a token must allow for images of a repository to be looked at. */
export function pullScope(repository: string): string {
  return `repository:${repository}:pull`;
}

/**
 * Where the challenge of an answer from `from` sends us for a token. `undefined` where its realm is no URL, or one that we must not be led to: see
 * `mayLead`. A realm on a site of another name is good: Docker Hub's is. What is sent there are the credentials for this very registry, which could as
 * well have asked for them itself.
 */
export function tokenPlaceOf({ parameters }: Challenge, from: URL, repository: string): TokenPlace | undefined {
  let realm: URL;
  try {
    realm = new URL(parameters.get("realm") ?? "");
  } catch {
    return undefined;
  }
  if (!mayLead(from, realm)) return undefined;
  const scopes = (parameters.get("scope") ?? "").split(" ").filter((scope) => scope !== "");
  return { realm, service: parameters.get("service"), scopes: scopes.length === 0 ? [pullScope(repository)] : scopes };
}

/**
 * The same place, for another repository of the registry; `undefined` where it cannot be told from the challenge what that one would want. Some registries
 * have one scope for all that they hold (`aws`).
 */
export function placeFor(place: TokenPlace, from: string, to: string): TokenPlace | undefined {
  if (from === to || place.scopes.every((scope) => !scope.includes(":"))) return place;
  if (place.scopes.length !== 1 || place.scopes[0] !== pullScope(from)) return undefined;
  return { ...place, scopes: [pullScope(to)] };
}
