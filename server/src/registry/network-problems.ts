import type { Failure } from "./answers.ts";
import { certificate, unreachable } from "./failures.ts";

/** Why there was no answer. `no-tls`: what answered does not speak TLS, or not as it should. */
export type NetworkProblem = "timed-out" | "no-tls" | "certificate" | "refused" | "unknown-host" | "broken";

const problems: ReadonlyMap<string, NetworkProblem> = new Map([
  ["ETIMEDOUT", "timed-out"],
  ["ESOCKETTIMEDOUT", "timed-out"],
  ["UND_ERR_CONNECT_TIMEOUT", "timed-out"],
  ["UND_ERR_HEADERS_TIMEOUT", "timed-out"],
  ["UND_ERR_BODY_TIMEOUT", "timed-out"],
  ["ERR_TIMED_OUT", "timed-out"],
  ["ERR_CONNECTION_TIMED_OUT", "timed-out"],
  // Node's fetch, its https module and Chromium's, in that order.
  ["ERR_SSL_WRONG_VERSION_NUMBER", "no-tls"],
  ["EPROTO", "no-tls"],
  ["ERR_SSL_PROTOCOL_ERROR", "no-tls"],
  ["ERR_SSL_PACKET_LENGTH_TOO_LONG", "no-tls"],
  ["ECONNREFUSED", "refused"],
  ["ERR_CONNECTION_REFUSED", "refused"],
  ["ENOTFOUND", "unknown-host"],
  ["EAI_AGAIN", "unknown-host"],
  ["EAI_NODATA", "unknown-host"],
  ["ERR_NAME_NOT_RESOLVED", "unknown-host"],
]);

/** OpenSSL's codes for certificates, with those of Node and of Chromium. */
const certificates = /CERT|SELF_SIGNED|UNABLE_TO_|ISSUER|HOSTNAME_MISMATCH|CRL_|^ERR_(?:SSL|TLS)_/;

const words: ReadonlyMap<string, string> = new Map([
  ["DEPTH_ZERO_SELF_SIGNED_CERT", "its certificate is signed by itself"],
  ["SELF_SIGNED_CERT_IN_CHAIN", "its authority is not known"],
  ["UNABLE_TO_GET_ISSUER_CERT", "its authority is not known"],
  ["UNABLE_TO_GET_ISSUER_CERT_LOCALLY", "its authority is not known"],
  ["UNABLE_TO_VERIFY_LEAF_SIGNATURE", "its authority is not known"],
  ["ERR_CERT_AUTHORITY_INVALID", "its authority is not known"],
  ["CERT_HAS_EXPIRED", "its certificate has expired"],
  ["ERR_CERT_DATE_INVALID", "its certificate has expired"],
  ["ERR_TLS_CERT_ALTNAME_INVALID", "its certificate is for another name"],
  ["ERR_CERT_COMMON_NAME_INVALID", "its certificate is for another name"],
  ["ECONNRESET", "the connection was cut"],
  ["UND_ERR_SOCKET", "the connection was cut"],
  ["ERR_CONNECTION_RESET", "the connection was cut"],
  ["ERR_CONNECTION_CLOSED", "the connection was cut"],
  ["ERR_EMPTY_RESPONSE", "the connection was cut"],
  ["ENETUNREACH", "there is no way to it"],
  ["EHOSTUNREACH", "there is no way to it"],
  ["ERR_ADDRESS_UNREACHABLE", "there is no way to it"],
  ["ERR_INTERNET_DISCONNECTED", "there is no network"],
  // Chromium's.
  ["ERR_PROXY_CONNECTION_FAILED", "the proxy cannot be reached"],
  ["ERR_TUNNEL_CONNECTION_FAILED", "the proxy lets nothing through"],
  // What `hosts` says of proxies, besides.
  ["ERR_PROXY_REFUSED", "the proxy lets nothing through"],
  ["ERR_INVALID_PROXY", "the proxy is none for HTTP"],
]);

/** What the code of an error of the runtime means; without one, as in a browser, nothing is known but that there was no answer. */
export function problemOf(code: string | undefined): NetworkProblem {
  const name = plain(code);
  return problems.get(name) ?? (certificates.test(name) ? "certificate" : "broken");
}

/** The sentence for a problem other than a time limit or missing TLS. */
export function failureOf(host: string, problem: NetworkProblem, code: string | undefined, loopback: boolean): Failure {
  const name = plain(code);
  if (problem === "certificate") return certificate(host, words.get(name) ?? name);
  if (problem === "refused") {
    const advice = loopback ? "is it running?" : "check its name and port, or whether it is running.";
    return unreachable(host, "connection refused", advice);
  }
  if (problem === "unknown-host")
    return unreachable(host, "no such host", "check its name, the network and the proxy.");
  return unreachable(
    host,
    words.get(name) ?? (name === "" ? "no connection" : name),
    "check the network and the proxy.",
  );
}

/** Chromium's codes are known by `net::` before them; a code that is none is not shown to people. */
function plain(code: string | undefined): string {
  const name = code?.replace(/^net::/, "") ?? "";
  return /^[A-Z][A-Z0-9_]{2,60}$/.test(name) ? name : "";
}
