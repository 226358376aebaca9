import type { Answer, Failure, HttpResponse } from "./answers.ts";
import type { Asked, Authorization, Authorizations } from "./authorizations.ts";
import { parseChallenges } from "./challenges.ts";
import {
  cleaned,
  denied,
  notARegistry,
  outOfOrder,
  registryErrorOf,
  type Standing,
  unreachable,
  type Wanted,
  wrongAnswer,
} from "./failures.ts";
import { hostOf, mayLead, urlOf } from "./host-names.ts";
import { shapeOf } from "./media-types.ts";
import type { Schemes } from "./schemes.ts";
import type { Sender, Sent } from "./sender.ts";
import { rateLimitedBy } from "./tokens.ts";

/** What a registry is asked. */
export interface Question {
  readonly method: "GET" | "HEAD";
  readonly wanted: Wanted;
  /** With its query: `/v2/library/node/manifests/22`. */
  readonly path: string;
  readonly accept: string;
  /** The most bytes of the body. */
  readonly limit: number;
}

/** What a registry answered, be there such a thing or not. */
export interface Reply {
  readonly response: HttpResponse;
  /** Of the answer, after all redirects. */
  readonly url: URL;
  readonly host: string;
  /** See `Authorization`. */
  readonly secrets: readonly string[];
}

/**
 * Asks a registry: shows it what it wants to be shown, and goes where it sends us. Statuses that say that it will not or cannot answer are failures;
 * others are left to whoever asks.
 */
export type Ask = (question: Question, signal: AbortSignal) => Promise<Answer<Reply>>;

const mostRedirects = 5;

/** Without credentials, a token, the same that was renewed, and another. */
const mostAttempts = 4;

const redirects: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

export function createAsk(send: Sender, schemes: Schemes, authorizations: Authorizations): Ask {
  /** Sends to the registry itself, or, where it sent us elsewhere, there. */
  const sendTo = async (
    question: Question,
    elsewhere: URL | undefined,
    authorization: Authorization | undefined,
    signal: AbortSignal,
  ): Promise<{ readonly sent: Sent; readonly url: URL }> => {
    const to = (url: URL): Promise<Sent> =>
      send(requestOf(question, url, authorization), signal, authorization?.account);
    if (elsewhere !== undefined) return { sent: await to(elsewhere), url: elsewhere };
    const host = hostOf(question.wanted.registry);
    const { sent, scheme } = await schemes.reach(host, (scheme) => to(new URL(`${scheme}://${host}${question.path}`)));
    return { sent, url: new URL(`${scheme}://${host}${question.path}`) };
  };

  /** One place, asked until it is content with what it is shown or there is nothing else to show. */
  const askPlace = async (
    question: Question,
    asked: Asked,
    elsewhere: URL | undefined,
    signal: AbortSignal,
  ): Promise<Answer<Reply & { readonly credentials: boolean }>> => {
    const remembered = await authorizations.remembered(asked, signal);
    if (remembered.type === "failed") return remembered;
    let authorization = remembered.value;
    for (let attempt = 0; attempt < mostAttempts; attempt++) {
      const { sent, url } = await sendTo(question, elsewhere, authorization, signal);
      if (sent.type === "failed") return sent.failure;
      const { response } = sent;
      const credentials = authorization?.account !== undefined;
      if (response.status !== 401) {
        const secrets = authorization?.secrets ?? [];
        return { type: "answered", value: { response, url, host: url.host, secrets, credentials } };
      }
      if (authorization?.fresh === true) return denied(asked.host, asked.wanted, standingOf(authorization));
      const challenges = parseChallenges(response.headers["www-authenticate"] ?? "");
      if (challenges.length === 0 && isPage(response)) return notARegistry(asked.host);
      const answer = await authorizations.answer(asked, url, challenges, authorization, signal);
      if (answer.type === "failed") return answer;
      authorization = answer.value;
    }
    return denied(asked.host, asked.wanted, standingOf(authorization));
  };

  return async (question, signal) => {
    const { wanted } = question;
    const home = hostOf(wanted.registry);
    if (urlOf("https", home, question.path) === undefined) {
      return unreachable(home, "no host has such a name", "check its name and port.");
    }
    let elsewhere: URL | undefined;
    let origin: string | undefined;
    for (let hop = 0; hop <= mostRedirects; hop++) {
      const own = elsewhere === undefined || elsewhere.origin === origin;
      const asked = { host: elsewhere?.host ?? home, wanted, own };
      const answer = await askPlace(question, asked, elsewhere, signal);
      if (answer.type === "failed") {
        if (own && mayChange(answer)) authorizations.forgetCredentials(wanted);
        return answer;
      }
      const { value: reply } = answer;
      origin ??= reply.url.origin;
      if (!redirects.has(reply.response.status)) {
        const failure = refusalOf(reply, question, answer.value.credentials);
        if (own && failure !== undefined && mayChange(failure)) authorizations.forgetCredentials(wanted);
        return failure ?? { type: "answered", value: reply };
      }
      const next = targetOf(reply);
      if (next.type === "failed") return next;
      elsewhere = next.value;
    }
    return wrongAnswer(home, "sends us from one place to the next without end");
  };
}

/** Other credentials than those that are there may help, which somebody may get now. */
function mayChange({ kind }: Failure): boolean {
  return kind === "denied" || kind === "rate-limited";
}

function requestOf({ method, accept, limit }: Question, url: URL, authorization: Authorization | undefined) {
  return {
    method,
    url: url.href,
    headers: {
      accept,
      ...(authorization === undefined ? {} : { authorization: authorization.header }),
    },
    limit: method === "HEAD" ? 0 : limit,
  };
}

/** What a place took us for that answers 401: a token was given for credentials that are good. */
function standingOf(authorization: Authorization | undefined): Standing {
  if (authorization?.account === undefined) return "nobody";
  return authorization.token === undefined ? "refused" : "known";
}

/** Where a redirect leads, unless nobody should go there. Only the host is told: the rest may hold a signature. */
function targetOf({ response, url, host }: Reply): Answer<URL> {
  let target: URL;
  try {
    target = new URL(response.headers["location"] ?? "", url);
  } catch {
    return wrongAnswer(host, "sends us to a place that is none");
  }
  target.hash = "";
  if (response.headers["location"] === undefined) return wrongAnswer(host, "sends us elsewhere without saying where");
  if (mayLead(url, target)) return { type: "answered", value: target };
  const name = cleaned(`${target.protocol}//${target.host}`) ?? "";
  return wrongAnswer(host, `sends us to a place that is not safe to go to, \`${name}\``);
}

/** The failure that a status stands for whatever was asked. */
function refusalOf(
  { response, host, secrets }: Reply,
  { method, wanted }: Question,
  credentials: boolean,
): Failure | undefined {
  const { status, headers, body } = response;
  if (status === 429) return rateLimitedBy(host, headers, !credentials);
  if (status >= 500 && status !== 501) return outOfOrder(host, status, registryErrorOf(body, secrets)?.message);
  if (status === 407) return unreachable(host, "the proxy wants credentials", "name them where the proxy is set.");
  // To HEAD, some registries answer with whatever their web server has to say where there is nothing.
  if (isPage(response) && (method === "GET" || status === 200 || status === 403)) return notARegistry(host);
  return status === 403 ? denied(host, wanted, credentials ? "known" : "nobody") : undefined;
}

function isPage({ headers }: HttpResponse): boolean {
  return shapeOf(headers["content-type"]) === "page" && headers["docker-distribution-api-version"] === undefined;
}
