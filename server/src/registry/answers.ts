import type { ImageReference } from "../languages/image/reference.ts";
import type { FoundDigest, ImageDescription } from "../languages/image/index.ts";
import type { RegistryImages } from "../workspace/registry-images.ts";

/** What a registry answered, or why it did not. Asking never rejects. */
export type Answer<T> = { readonly type: "answered"; readonly value: T } | Failure;

/** Why there is no answer. */
export interface Failure {
  readonly type: "failed";
  readonly kind: FailureKind;
  /** The host that was asked, with its port where it is written: `registry-1.docker.io`, `localhost:5000`. */
  readonly host: string;
  /** One sentence for people: it names the host, what happened and what to do. No secret is in it. */
  readonly reason: string;
}

/**
 * `not-found`: there is no such image or tag, or it is not shown to this person. `denied`: credentials are missing, wrong or not enough.
 * `rate-limited`: too many requests. `unreachable`: no connection. `timed-out`: it took too long. `certificate`: TLS failed. `insecure`: it speaks
 * plain HTTP, which is not allowed for this host. `not-a-registry`: what answered is something else, such as a login page. `wrong-answer`: a
 * registry whose answer is malformed or contradicts itself. `cancelled`: the person no longer wants it.
 */
export type FailureKind =
  | "not-found"
  | "denied"
  | "rate-limited"
  | "unreachable"
  | "timed-out"
  | "certificate"
  | "insecure"
  | "not-a-registry"
  | "wrong-answer"
  | "cancelled";

/** Asks registries. Answers are kept for ten minutes, what is not found for one, failures not at all; equal questions share one request. */
export interface RegistryClient {
  /** What the tag of a reference stands for now; its digest is not looked at. `anew`: what is kept is no answer. */
  digest(reference: ImageReference, signal?: AbortSignal, anew?: boolean): Promise<Answer<FoundDigest>>;
  /** All tags of the repository, in the registry's order. */
  tags(reference: ImageReference, signal?: AbortSignal): Promise<Answer<readonly string[]>>;
  /** What the image of the reference's digest, else of its tag, says of itself. `anew`: what is kept is no answer. */
  describe(reference: ImageReference, signal?: AbortSignal, anew?: boolean): Promise<Answer<ImageDescription>>;
  /** What is known and not too old. Asks nobody. */
  known(): RegistryImages;
  /** Milliseconds until something of `known` becomes too old; `undefined` where nothing is known. */
  goodFor(): number | undefined;
  /** Forgets that something was not found: by now it may be there, or shown to a person who has logged in. */
  forgetMissing(): void;
  /** Forgets all answers and tokens: credentials or settings may have changed. */
  forget(): void;
}

/** What a registry client is made with. */
export interface RegistryOptions {
  readonly fetch: RegistryFetch;
  /**
   * The credentials for a repository (`library/node`) of a registry, by the name that references have: `docker.io`, `ghcr.io`, `localhost:5000`.
   * `undefined`: ask as anybody. Never rejects.
   */
  readonly credentials: (registry: string, repository: string) => Promise<Credential | undefined>;
  /** Whether a host may be asked without TLS; loopback may in any case. */
  readonly allowsHttp: (host: string) => boolean;
  /** Milliseconds since some fixed moment; only good for differences. */
  readonly now: () => number;
  /** How long is waited for what; what is left out is as long as `usualPatience` says. */
  readonly patience?: Partial<Patience>;
}

/** How long a registry is waited for, in milliseconds. */
export interface Patience {
  /** Until the head of an answer is there. */
  readonly head: number;
  /** Until an answer is there as a whole. */
  readonly whole: number;
  /** Before a registry that failed is asked once more. */
  readonly pause: number;
  /** The longest wait that a registry may ask for before it is asked once more. */
  readonly retryAfter: number;
}

/** `identity`: a refresh token, which is given to the token server instead of a password. */
export type Credential =
  | { readonly type: "password"; readonly username: string; readonly password: string }
  | { readonly type: "identity"; readonly token: string };

/**
 * One exchange over HTTP; redirects are not followed. Rejects with a `NetworkError` where there is no answer, and when the signal is aborted. It is
 * plain data both ways, so that the editor can do it in place of the server.
 */
export type RegistryFetch = (request: HttpRequest, signal: AbortSignal) => Promise<HttpResponse>;

export interface HttpRequest {
  readonly method: "GET" | "HEAD" | "POST";
  readonly url: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** The most bytes of the body that are read. */
  readonly limit: number;
  /** Milliseconds within which the head of the answer must be there, else it rejects with the code `ETIMEDOUT`. The whole is timed by the signal. */
  readonly headWithin?: number;
}

export interface HttpResponse {
  readonly status: number;
  /** Names in lower case; several of one name are joined by `, `. */
  readonly headers: Readonly<Record<string, string>>;
  /** No longer than the request's limit. */
  readonly body: Uint8Array;
  /** There was more than the limit. */
  readonly truncated: boolean;
}

/** Why there was no answer at all. */
export class NetworkError extends Error {
  /** The innermost code of the runtime where it has one: `ECONNREFUSED`, `ENOTFOUND`, `DEPTH_ZERO_SELF_SIGNED_CERT`, `ERR_SSL_WRONG_VERSION_NUMBER`. */
  readonly code: string | undefined;

  constructor(message: string, code?: string) {
    super(message);
    this.name = "NetworkError";
    this.code = code;
  }
}
