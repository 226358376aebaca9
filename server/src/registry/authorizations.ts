import type { Answer, Credential, RegistryOptions } from "./answers.ts";
import type { Challenge } from "./challenges.ts";
import { cleaned, denied, unknownChallenge, type Wanted, wrongAnswer } from "./failures.ts";
import { createKept } from "./kept.ts";
import { placeFor, type TokenPlace, tokenPlaceOf } from "./realms.ts";
import { accountOf, basic, secretsOf, type Tokens } from "./tokens.ts";

/** Who is asked, and for what. */
export interface Asked {
  readonly host: string;
  readonly wanted: Wanted;
  /** Whether `host` is the registry itself. Where it has sent us elsewhere, its credentials are not told: there we ask as anybody. */
  readonly own: boolean;
}

/** What is shown to a registry. */
export interface Authorization {
  readonly header: string;
  readonly token?: string;
  /** It was made for this very question, so that there is no better one. */
  readonly fresh: boolean;
  /** Whose credentials stand behind it, by `accountOf`; `undefined`: nobody's. */
  readonly account: string | undefined;
  /** What must not be told to people, should the registry send it back. */
  readonly secrets: readonly string[];
}

/** Knows what to show to which registry. */
export interface Authorizations {
  /** What a registry is likely to want, as it did before; `undefined` where nothing is known of it. */
  remembered(asked: Asked, signal: AbortSignal): Promise<Answer<Authorization | undefined>>;
  /** What to show after the answer from `from` wanted more than `refused`. */
  answer(
    asked: Asked,
    from: URL,
    challenges: readonly Challenge[],
    refused: Authorization | undefined,
    signal: AbortSignal,
  ): Promise<Answer<Authorization>>;
  /** Asks for the credentials anew the next time: these were turned down, or are not enough. */
  forgetCredentials(wanted: Wanted): void;
}

type Way =
  | { readonly type: "basic" }
  | { readonly type: "bearer"; readonly place: TokenPlace; readonly repository: string };

/** Milliseconds. Asking for credentials may start a program, or have the person unlock a keychain. */
const credentialsFor = 600_000;

export function createAuthorizations(
  tokens: Tokens,
  credentials: RegistryOptions["credentials"],
  now: () => number,
): Authorizations {
  const ways = new Map<string, Way>();
  const asked = createKept<{ readonly credential: Promise<Credential | undefined> }>(now);

  const credentialFor = async ({ own, wanted }: Asked): Promise<Credential | undefined> => {
    if (!own) return undefined;
    const key = imagesOf(wanted);
    const before = asked.get(key);
    if (before !== undefined) return await before.credential;
    const credential = credentials(wanted.registry, wanted.repository).catch(() => undefined);
    asked.set(key, { credential }, credentialsFor);
    return await credential;
  };

  const bearer = async (
    { wanted }: Asked,
    place: TokenPlace,
    credential: Credential | undefined,
    refused: Authorization | undefined,
    signal: AbortSignal,
  ): Promise<Answer<Authorization>> => {
    const there = tokens.kept(place, credential);
    const answer = await tokens.get({ place, credential, wanted }, refused?.token, signal);
    if (answer.type === "failed") return answer;
    const token = answer.value;
    return {
      type: "answered",
      value: {
        header: `Bearer ${token}`,
        token,
        fresh: token !== there,
        account: accountOf(credential),
        secrets: [token, ...secretsOf(credential)],
      },
    };
  };

  return {
    async remembered(asked, signal) {
      const way = ways.get(keyOf(asked));
      if (way === undefined) return { type: "answered", value: undefined };
      const credential = await credentialFor(asked);
      if (way.type === "basic") return { type: "answered", value: credential && basicAuthorization(credential) };
      const place = placeFor(way.place, way.repository, asked.wanted.repository);
      if (place === undefined) return { type: "answered", value: undefined };
      const answer = await bearer(asked, place, credential, undefined, signal);
      // The registry may show this image to anybody.
      if (answer.type === "failed" && answer.kind === "denied") return { type: "answered", value: undefined };
      return answer;
    },
    async answer(asked, from, challenges, refused, signal) {
      const { host, wanted } = asked;
      const credential = await credentialFor(asked);
      const forTokens = challenges.find(({ scheme }) => scheme === "bearer");
      const plain = challenges.some(({ scheme }) => scheme === "basic");
      if (forTokens !== undefined) {
        const place = tokenPlaceOf(forTokens, from, wanted.repository);
        if (place !== undefined) {
          ways.set(keyOf(asked), { type: "bearer", place, repository: wanted.repository });
          return await bearer(asked, place, credential, refused, signal);
        }
        if (!plain) return unsafeRealm(host, forTokens);
      }
      if (!plain)
        return unknownChallenge(
          host,
          challenges.map(({ scheme }) => scheme),
        );
      const shown = credential && basicAuthorization(credential);
      if (shown === undefined) return denied(host, wanted, credential === undefined ? "nobody" : "refused");
      ways.set(keyOf(asked), { type: "basic" });
      return { type: "answered", value: shown };
    },
    forgetCredentials(wanted) {
      asked.delete(imagesOf(wanted));
    },
  };
}

/** What somebody says in a registry's name after a redirect, perhaps over plain HTTP, must not decide where its credentials go. */
function keyOf({ host, wanted, own }: Asked): string {
  return own ? `${wanted.registry} ${host}` : ` ${host}`;
}

/** Credentials may be for a part of a registry alone. */
function imagesOf({ registry, repository }: Wanted): string {
  return `${registry}/${repository}`;
}

/** A refresh token is for token servers alone. */
function basicAuthorization(credential: Credential): Authorization | undefined {
  if (credential.type !== "password") return undefined;
  return { header: basic(credential), fresh: true, account: accountOf(credential), secrets: secretsOf(credential) };
}

function unsafeRealm(host: string, { parameters }: Challenge): Answer<never> {
  let name: string | undefined;
  try {
    const { host: there, protocol } = new URL(parameters.get("realm") ?? "");
    name = cleaned(`${protocol}//${there}`);
  } catch {
    name = undefined;
  }
  const where = name === undefined ? "" : `, \`${name}\``;
  return wrongAnswer(host, `names a token server that must not be asked${where}`);
}
