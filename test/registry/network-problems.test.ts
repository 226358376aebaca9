import { describe, expect, it } from "vitest";
import { failureOf, problemOf } from "../../server/src/registry/network-problems.ts";

describe("problemOf", () => {
  it.each([
    [undefined, "broken"],
    ["", "broken"],
    ["ECONNRESET", "broken"],
    ["ECONNREFUSED", "refused"],
    ["net::ERR_CONNECTION_REFUSED", "refused"],
    ["ENOTFOUND", "unknown-host"],
    ["EAI_AGAIN", "unknown-host"],
    ["ETIMEDOUT", "timed-out"],
    ["UND_ERR_HEADERS_TIMEOUT", "timed-out"],
    ["ERR_SSL_WRONG_VERSION_NUMBER", "no-tls"],
    ["EPROTO", "no-tls"],
    ["net::ERR_SSL_PROTOCOL_ERROR", "no-tls"],
    ["ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE", "certificate"],
    ["DEPTH_ZERO_SELF_SIGNED_CERT", "certificate"],
    ["UNABLE_TO_VERIFY_LEAF_SIGNATURE", "certificate"],
    ["ERR_TLS_CERT_ALTNAME_INVALID", "certificate"],
    ["net::ERR_CERT_AUTHORITY_INVALID", "certificate"],
  ])("%s is %s", (code, problem) => expect(problemOf(code)).toBe(problem));
});

describe("failureOf", () => {
  const said = (code: string | undefined, loopback = false) => failureOf("H", problemOf(code), code, loopback).reason;

  it("says what happened and what to do", () => {
    expect(said("ECONNREFUSED", true)).toBe("`H` does not answer (connection refused): is it running?");
    expect(said("ECONNREFUSED")).toBe(
      "`H` does not answer (connection refused): check its name and port, or whether it is running.",
    );
    expect(said("ENOTFOUND")).toBe("`H` does not answer (no such host): check its name, the network and the proxy.");
    expect(said("EHOSTUNREACH")).toBe("`H` does not answer (there is no way to it): check the network and the proxy.");
    expect(said("ERR_PROXY_REFUSED")).toContain("(the proxy lets nothing through)");
    expect(said("net::ERR_TUNNEL_CONNECTION_FAILED")).toContain("(the proxy lets nothing through)");
    expect(said("ERR_PROXY_CONNECTION_FAILED")).toBe(
      "`H` does not answer (the proxy cannot be reached): check the network and the proxy.",
    );
    expect(said("CERT_HAS_EXPIRED")).toContain("(its certificate has expired)");
    expect(said("ESTRANGE")).toContain("(ESTRANGE)");
  });

  it("shows no code that is none", () => {
    for (const code of [undefined, "", "https://user:secret@host", "a `b`\nc"])
      expect(said(code)).toContain("(no connection)");
  });
});
