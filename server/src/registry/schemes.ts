import { isLoopback, urlOf } from "./host-names.ts";
import type { Sent } from "./sender.ts";

/** `https` or `http`. */
export type Scheme = "http" | "https";

/** Asks a host in the way that it speaks: over TLS, or without where that is not spoken and not wanted. */
export interface Schemes {
  /** `attempt` is made once or twice; the second time without TLS. */
  reach(
    host: string,
    attempt: (scheme: Scheme) => Promise<Sent>,
  ): Promise<{ readonly sent: Sent; readonly scheme: Scheme }>;
}

/**
 * Remembers how each host speaks. Plain HTTP is tried for this machine and for hosts that `allowsHttp` names, after TLS, and only where what answered
 * does not speak it: a certificate that is not trusted, or nobody who answers, is no reason to go without. While the first question is out, others wait
 * for what it finds.
 */
export function createSchemes(allowsHttp: (host: string) => boolean): Schemes {
  const known = new Map<string, Scheme>();
  const finding = new Map<string, Promise<void>>();

  const find = async (host: string, attempt: (scheme: Scheme) => Promise<Sent>) => {
    const sent = await attempt("https");
    if (!mayLackTls(sent, host)) {
      if (sent.type === "response") known.set(host, "https");
      return { sent, scheme: "https" as const };
    }
    const plain = await attempt("http");
    if (plain.type === "response") known.set(host, "http");
    return { sent: plain, scheme: "http" as const };
  };

  return {
    async reach(host, attempt) {
      // Without somebody to wait for there is no turn to give away: whoever comes next has to find this question out.
      const before = finding.get(host);
      if (before !== undefined) await before;
      const scheme = known.get(host) ?? (isLoopback(host) || allowsHttp(host) ? undefined : "https");
      if (scheme !== undefined) return { sent: await attempt(scheme), scheme };
      const found = find(host, attempt);
      if (!finding.has(host)) {
        const settled = (): void => void finding.delete(host);
        finding.set(host, found.then(settled, settled));
      }
      return await found;
    },
  };
}

/** Without a port, TLS is looked for at another one than plain HTTP, so that nobody there says nothing of it. */
function mayLackTls(sent: Sent, host: string): boolean {
  if (sent.type === "response") return false;
  if (sent.problem === "refused") return urlOf("http", host, "/")?.port === "";
  return sent.problem === "no-tls" || sent.problem === "broken";
}
