import { encodeBase64 } from "../text/base64.ts";
import type { Answer, Credential, Failure, HttpRequest, HttpResponse } from "./answers.ts";
import {
  denied,
  failed,
  notARegistry,
  outOfOrder,
  rateLimited,
  registryErrorOf,
  type Wanted,
  wrongAnswer,
} from "./failures.ts";
import { createKept } from "./kept.ts";
import { fieldOf, jsonOf, textOf } from "./json.ts";
import { shapeOf } from "./media-types.ts";
import { nothingLeft, retryAfter } from "./rate-limits.ts";
import type { TokenPlace } from "./realms.ts";
import type { Sender } from "./sender.ts";
import { createShared } from "./shared.ts";

/** Tokens by what they are for, kept until shortly before they end. */
export interface Tokens {
  /** One that is there, without asking anybody. */
  kept(place: TokenPlace, credential: Credential | undefined): string | undefined;
  /** One that is there, else a new one; `refused` is a token that was turned down, so that it must be another. */
  get(ask: TokenQuestion, refused: string | undefined, signal: AbortSignal): Promise<Answer<string>>;
}

export interface TokenQuestion {
  readonly place: TokenPlace;
  readonly credential: Credential | undefined;
  /** What the token is wanted for, for sentences. */
  readonly wanted: Wanted;
}

const mostBytes = 1_048_576;

/** Seconds that a token is good for where its answer does not say, by https://distribution.github.io/distribution/spec/auth/token. */
const usualLife = 60;

/** Seconds before its end from which on a token is not used any more. */
const margin = 10;

/** Seconds; a client is not kept for longer. */
const longestLife = 86_400;

/** What a header can carry. */
const sendable = /^[\x21-\x7e]{1,65536}$/;

export function createTokens(send: Sender, now: () => number): Tokens {
  const kept = createKept<string>(now);
  const shared = createShared<string>();

  return {
    kept: (place, credential) => kept.get(keyOf(place, credential)),
    async get(ask, refused, signal) {
      const key = keyOf(ask.place, ask.credential);
      const there = kept.get(key);
      if (there !== undefined && there !== refused) return { type: "answered", value: there };
      return await shared(key, ask.place.realm.host, signal, async (whole) => {
        kept.delete(key);
        const answer = await request(send, ask, whole);
        if (answer.type === "failed") return answer;
        const { token, seconds } = answer.value;
        kept.set(key, token, (seconds - margin) * 1000);
        return { type: "answered", value: token };
      });
    },
  };
}

function keyOf({ realm, service, scopes }: TokenPlace, credential: Credential | undefined): string {
  return JSON.stringify([realm.href, service, scopes, credential]);
}

interface Token {
  readonly token: string;
  /** From now on. */
  readonly seconds: number;
}

async function request(send: Sender, ask: TokenQuestion, signal: AbortSignal): Promise<Answer<Token>> {
  const { place, credential } = ask;
  if (credential?.type !== "identity") return await answerTo(send, getRequest(place, credential), ask, signal);
  const first = await send(postRequest(place, credential.token), signal, accountOf(credential));
  // Not every token server takes what OAuth wants; what anybody may see is then still there.
  const known = first.type === "failed" || (first.response.status !== 404 && first.response.status !== 405);
  if (known) return first.type === "failed" ? first.failure : read(first.response, ask);
  return await answerTo(send, getRequest(place, undefined), { ...ask, credential: undefined }, signal);
}

async function answerTo(
  send: Sender,
  request: HttpRequest,
  ask: TokenQuestion,
  signal: AbortSignal,
): Promise<Answer<Token>> {
  const sent = await send(request, signal, accountOf(ask.credential));
  return sent.type === "failed" ? sent.failure : read(sent.response, ask);
}

function getRequest(place: TokenPlace, credential: Credential | undefined): HttpRequest {
  const url = new URL(place.realm);
  if (place.service !== undefined) url.searchParams.set("service", place.service);
  for (const scope of place.scopes) url.searchParams.append("scope", scope);
  if (credential?.type !== "password") return { method: "GET", url: url.href, headers: {}, limit: mostBytes };
  url.searchParams.set("account", credential.username);
  return { method: "GET", url: url.href, headers: { authorization: basic(credential) }, limit: mostBytes };
}

/** https://distribution.github.io/distribution/spec/auth/oauth */
function postRequest(place: TokenPlace, refreshToken: string): HttpRequest {
  const form = new URLSearchParams({
    grant_type: "refresh_token",
    client_id: "seaworthy",
    ...(place.service === undefined ? {} : { service: place.service }),
    scope: place.scopes.join(" "),
    refresh_token: refreshToken,
  });
  const headers = { "content-type": "application/x-www-form-urlencoded" };
  return { method: "POST", url: place.realm.href, headers, body: form.toString(), limit: mostBytes };
}

/** The value of an `Authorization` header, in UTF-8 as docker sends it. */
export function basic({ username, password }: Credential & { readonly type: "password" }): string {
  return `Basic ${encodeBase64(`${username}:${password}`)}`;
}

/** Redirects are not followed: the credentials were for this place alone. */
function read(
  { status, headers, body, truncated }: HttpResponse,
  { place, credential, wanted }: TokenQuestion,
): Answer<Token> {
  const { host } = place.realm;
  if (shapeOf(headers["content-type"]) === "page") return notARegistry(host);
  if (status === 401 || status === 403) {
    return denied(host, wanted, credential === undefined ? "nobody" : status === 401 ? "refused" : "known");
  }
  if (status === 429) return rateLimitedBy(host, headers, credential === undefined);
  const detail = registryErrorOf(body, secretsOf(credential))?.message;
  if (status >= 500) return outOfOrder(host, status, detail);
  if (status !== 200)
    return failed("wrong-answer", host, `\`${host}\` gives no token (status ${status}): try again later.`);
  if (truncated) return wrongAnswer(host, "sends a token that is too long");
  const answer = jsonOf(body);
  const token = textOf(fieldOf(answer, "token")) ?? textOf(fieldOf(answer, "access_token"));
  if (token === undefined || !sendable.test(token)) return wrongAnswer(host, "sends no token that can be used");
  const life = fieldOf(answer, "expires_in");
  const seconds = typeof life === "number" && life > 0 ? Math.min(life, longestLife) : usualLife;
  return { type: "answered", value: { token, seconds } };
}

/** The failure of an answer with status 429. `anonymous`: no credentials were shown. */
export function rateLimitedBy(host: string, headers: HttpResponse["headers"], anonymous: boolean): Failure {
  const wait = retryAfter(headers);
  const left = nothingLeft(headers);
  return rateLimited(host, {
    ...(wait === undefined ? {} : { wait }),
    ...(left === undefined ? {} : { left }),
    anonymous,
  });
}

/** In whose name somebody with a credential asks; `undefined` for anybody. Hosts count requests by it. */
export function accountOf(credential: Credential | undefined): string | undefined {
  return credential?.type === "password" ? credential.username : credential?.token;
}

/** What of a credential must not be told to people, should a server send it back. */
export function secretsOf(credential: Credential | undefined): readonly string[] {
  if (credential === undefined) return [];
  if (credential.type === "identity") return [credential.token];
  return [credential.password, basic(credential).slice("Basic ".length)];
}
