import { dockerHub } from "../languages/image/index.ts";
import type { Failure, FailureKind } from "./answers.ts";
import { fieldOf, itemsOf, jsonOf, textOf } from "./json.ts";

/** What was asked for, for sentences: an image by its tag or digest, or all tags of a repository. */
export interface Wanted {
  /** As references name it: `docker.io`, `localhost:5000`. */
  readonly registry: string;
  /** `library/node` */
  readonly repository: string;
  /** A tag or a digest; `undefined` for the tags of the repository. */
  readonly version?: string;
}

/** A failure whose `reason` is that sentence, which has to name the host. */
export function failed(kind: FailureKind, host: string, reason: string): Failure {
  return { type: "failed", kind, host, reason };
}

export function cancelled(host: string): Failure {
  return failed("cancelled", host, `The question to \`${host}\` was called off.`);
}

/** `unknown`: the registry says that it has no such repository at all, rather than no such tag. */
export function notFound(host: string, wanted: Wanted, unknown: "repository" | "version"): Failure {
  const { repository, version } = wanted;
  if (version === undefined || unknown === "repository") {
    return failed("not-found", host, `\`${host}\` has no \`${repository}\`: check the name.`);
  }
  const [name, part] = version.includes(":")
    ? [`${repository}@${version.slice(0, 19)}…`, "digest"]
    : [`${repository}:${version}`, "tag"];
  return failed("not-found", host, `\`${host}\` has no \`${name}\`: check the name and the ${part}.`);
}

/**
 * Whom a registry took us for when it refused. `nobody`: no credentials were shown; `refused`: they are wrong; `known`: they are good, but not enough for
 * this image.
 */
export type Standing = "nobody" | "refused" | "known";

/**
 * Registries do not tell whether an image is private or not there. The Docker Official Images are all public, so one that is refused to somebody whose
 * credentials are not wrong is not there.
 */
export function denied(host: string, wanted: Wanted, standing: Standing): Failure {
  const { registry, repository } = wanted;
  const login = registry === dockerHub ? "docker login" : `docker login ${registry}`;
  if (standing === "refused") {
    return failed("denied", host, `\`${host}\` wants other credentials for \`${repository}\`: run \`${login}\`.`);
  }
  if (registry === dockerHub && repository.startsWith("library/")) return notFound(host, wanted, "version");
  const [how, who] =
    standing === "known" ? ["with your credentials", " as somebody else"] : ["without credentials", ""];
  return failed(
    "denied",
    host,
    `\`${host}\` does not show \`${repository}\` ${how}, if it has it: check the name, or run \`${login}\`${who}.`,
  );
}

/** `schemes`: the ways in which it could have been shown who asks, none of which is known here. */
export function unknownChallenge(host: string, schemes: readonly string[]): Failure {
  const named = schemes.flatMap((scheme) => (/^[a-z0-9-]{1,20}$/.test(scheme) ? [`\`${scheme}\``] : [])).join(", ");
  const how = named === "" ? "without saying how" : `by ${named}, which is not supported`;
  return failed("denied", host, `\`${host}\` wants credentials ${how}: ask for the digest with another tool.`);
}

/** `wait`: milliseconds until it may be asked again; `left`: what its `ratelimit-` headers say. */
export function rateLimited(
  host: string,
  { wait, left, anonymous }: { readonly wait?: number; readonly left?: string; readonly anonymous: boolean },
): Failure {
  const when = wait === undefined ? "later" : `in ${lengthOf(wait)}`;
  const login = anonymous && host === "registry-1.docker.io" ? ", or run `docker login` for a higher limit" : "";
  const used = left === undefined ? "" : ` (${left})`;
  return failed("rate-limited", host, `\`${host}\` takes no more requests for now${used}: try again ${when}${login}.`);
}

export function timedOut(host: string, limit: number): Failure {
  return failed(
    "timed-out",
    host,
    `\`${host}\` did not answer within ${lengthOf(limit)}: check the network and the proxy, or try again later.`,
  );
}

/** `what`: what happened, as part of a sentence: `connection refused`. */
export function unreachable(host: string, what: string, advice: string): Failure {
  return failed("unreachable", host, `\`${host}\` does not answer (${what}): ${advice}`);
}

/** An answer that a registry gives when it is out of order. */
export function outOfOrder(host: string, status: number, detail: string | undefined): Failure {
  return failed("unreachable", host, `\`${host}\` is out of order (${statusWith(status, detail)}): try again later.`);
}

export function certificate(host: string, what: string): Failure {
  return failed(
    "certificate",
    host,
    `TLS with \`${host}\` failed (${what}): where its authority is one of your own, name its file in \`NODE_EXTRA_CA_CERTS\`.`,
  );
}

export function insecure(host: string): Failure {
  return failed(
    "insecure",
    host,
    `\`${host}\` does not speak TLS: where it is one of your own, allow plain HTTP for it, by \`seaworthy.registry.allowHttp\` or \`--allow-http\`.`,
  );
}

export function notARegistry(host: string): Failure {
  return failed(
    "not-a-registry",
    host,
    `\`${host}\` answers with a web page and not as a registry does: check the name, or sign in to the network you are in.`,
  );
}

/** `what` continues a sentence that begins with the host: ``sends no digest``. */
export function wrongAnswer(host: string, what: string): Failure {
  return failed(
    "wrong-answer",
    host,
    `\`${host}\` ${what}: ask whoever runs it, or ask for the digest with another tool.`,
  );
}

/** An answer with a status that means nothing here. */
export function unexpectedStatus(host: string, status: number, detail: string | undefined): Failure {
  return wrongAnswer(host, `answers in a way that was not expected (${statusWith(status, detail)})`);
}

/** What a registry says of an error, by https://github.com/opencontainers/distribution-spec/blob/main/spec.md#error-codes. */
export interface RegistryError {
  /** `MANIFEST_UNKNOWN`, `NAME_UNKNOWN`, `TOOMANYREQUESTS`, … */
  readonly code: string;
  /** One line, printable, not long, without backticks; `undefined` where it says nothing, or something that was secret. */
  readonly message: string | undefined;
}

/** Of the body of an answer, the first error. `secrets`: what was sent, which a registry may send back. */
export function registryErrorOf(body: Uint8Array, secrets: readonly string[]): RegistryError | undefined {
  const error = itemsOf(fieldOf(jsonOf(body), "errors"))[0];
  if (error === undefined) return undefined;
  const message = textOf(fieldOf(error, "message"));
  const tells = message !== undefined && !secrets.some((secret) => secret !== "" && message.includes(secret));
  return { code: textOf(fieldOf(error, "code")) ?? "", message: tells ? cleaned(message) : undefined };
}

/** Some text of a stranger as a part of our sentences; `undefined` where nothing is left of it. */
export function cleaned(text: string): string | undefined {
  const line = text
    .slice(0, 1000)
    .replaceAll(/[\p{C}\p{Z}]+/gu, " ")
    .replaceAll("`", "")
    // Editors make links of `[…](…)` in messages, also such as run commands.
    .replaceAll("[", "(")
    .replaceAll("]", ")")
    .trim()
    .replace(/[.:]+$/, "");
  const short = line.length > 120 ? `${line.slice(0, 119).trimEnd()}…` : line;
  return short === "" ? undefined : short;
}

/** `2 seconds`, `35 minutes`, `6 hours`: rounded up. */
export function lengthOf(milliseconds: number): string {
  const seconds = Math.max(1, Math.ceil(milliseconds / 1000));
  if (seconds < 120) return seconds === 1 ? "1 second" : `${seconds} seconds`;
  const minutes = Math.ceil(seconds / 60);
  return minutes < 120 ? `${minutes} minutes` : `${Math.ceil(minutes / 60)} hours`;
}

function statusWith(status: number, detail: string | undefined): string {
  return detail === undefined ? `status ${status}` : `status ${status}, ${detail}`;
}
