import pLimit from "p-limit";
import {
  type Failure,
  type HttpRequest,
  type HttpResponse,
  NetworkError,
  type Patience,
  type RegistryFetch,
} from "./answers.ts";
import { cancelled, insecure, timedOut } from "./failures.ts";
import { isLoopback } from "./host-names.ts";
import { failureOf, type NetworkProblem, problemOf } from "./network-problems.ts";
import { createRefusals, retryAfter } from "./rate-limits.ts";
import { createSilences } from "./silences.ts";

/** What became of a request: an answer of any status, or why there is none. */
export type Sent =
  | { readonly type: "response"; readonly response: HttpResponse }
  | { readonly type: "failed"; readonly failure: Failure; readonly problem: NetworkProblem | undefined };

/**
 * Sends one request, which is asked once more where the answer says that this may help. A host that has had enough requests of an account is not asked in
 * its name before the time that it told: its last word is the answer then. Where nobody answers, requests that wait for their turn fail with the one that found
 * it out. `account`: see `accountOf`; left out for anybody's. Never rejects.
 */
export type Sender = (request: HttpRequest, signal: AbortSignal, account?: string) => Promise<Sent>;

/** So many requests are under way at the same time. */
const mostAtOnce = 6;

/** How long is waited where nothing else was said. */
export const usualPatience: Patience = { head: 10_000, whole: 30_000, pause: 500, retryAfter: 10_000 };

/** What every request has. Digests are computed from what was sent, and some hosts turn away who does not say what they are. */
const usualHeaders = { "accept-encoding": "identity", "user-agent": "seaworthy" } as const;

/** A sender that has all requests of a client go through one gate. */
export function createSender(fetch: RegistryFetch, patience: Patience, now: () => number): Sender {
  const gate = pLimit(mostAtOnce);
  const refusals = createRefusals(now);
  const silences = createSilences();
  return async (request, signal, account) => {
    const whole = { ...request, headers: { ...usualHeaders, ...request.headers } };
    const { host, origin } = new URL(request.url);
    const door = JSON.stringify([host, account]);
    const attempt = (last: boolean): Promise<Sent> => {
      const queued = silences.moment();
      return gate(async () => {
        const refused = refusals.of(door);
        if (refused !== undefined && !signal.aborted) return { type: "response", response: refused };
        const silence = signal.aborted ? undefined : silences.since(origin, queued);
        if (silence !== undefined) return silence;
        const begun = silences.moment();
        const sent = await sendOnce(fetch, patience, whole, signal);
        silences.note(origin, begun, sent);
        if (sent.type === "response" && (last || waitFor(sent.response, patience) === undefined)) {
          refusals.note(door, sent.response);
        }
        return sent;
      });
    };
    const first = await attempt(false);
    const wait = first.type === "response" ? waitFor(first.response, patience) : undefined;
    if (wait === undefined) return first;
    await pause(wait, signal);
    return await attempt(true);
  };
}

/** Milliseconds after which a registry is asked once more; `undefined`: not again. */
function waitFor({ status, headers }: HttpResponse, patience: Patience): number | undefined {
  const busy = status === 429;
  if (!busy && (status < 500 || status === 501)) return undefined;
  const wait = retryAfter(headers) ?? (busy ? undefined : patience.pause);
  return wait === undefined || wait > patience.retryAfter ? undefined : wait;
}

async function sendOnce(
  fetch: RegistryFetch,
  patience: Patience,
  request: HttpRequest,
  signal: AbortSignal,
): Promise<Sent> {
  const { host } = new URL(request.url);
  if (signal.aborted) return { type: "failed", failure: cancelled(host), problem: undefined };
  // The head is all there is of the answer to HEAD.
  const limit = request.method === "HEAD" ? patience.head : patience.whole;
  const stop = new AbortController();
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    stop.abort();
  }, limit);
  const leave = (): void => stop.abort();
  signal.addEventListener("abort", leave);
  try {
    const response = await Promise.race([
      fetch({ ...request, headWithin: patience.head }, stop.signal),
      // A transport that does not listen to the signal must not keep anybody waiting.
      rejection(stop.signal),
    ]);
    return { type: "response", response };
  } catch (error) {
    if (signal.aborted) return { type: "failed", failure: cancelled(host), problem: undefined };
    if (late) return { type: "failed", failure: timedOut(host, limit), problem: "timed-out" };
    return noAnswer(host, error instanceof NetworkError ? error.code : undefined, patience);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", leave);
  }
}

function noAnswer(host: string, code: string | undefined, patience: Patience): Sent {
  const problem = problemOf(code);
  if (problem === "timed-out") return { type: "failed", failure: timedOut(host, patience.head), problem };
  if (problem === "no-tls") return { type: "failed", failure: insecure(host), problem };
  return { type: "failed", failure: failureOf(host, problem, code, isLoopback(host)), problem };
}

function rejection(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener("abort", () => reject(new Error("stopped")), { once: true });
  });
}

/** Settles after so many milliseconds, or when the signal is aborted. */
function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) {
      resolve();
      return;
    }
    const done = (): void => {
      clearTimeout(timer);
      signal.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, milliseconds);
    signal.addEventListener("abort", done);
  });
}
