import type { Agent } from "node:http";
import { NetworkError } from "../registry/answers.ts";
import { isLoopback } from "../registry/host-names.ts";

/**
 * What goes through the proxy that the environment names for an address; `undefined` where it names none, or where the address is loopback, which Docker does
 * not ask through a proxy either. It is for one request, whose signal also ends the wait for the proxy. What speaks with proxies is loaded only where one is
 * named. Rejects with a `NetworkError` where the environment names something else.
 */
export async function agentFor(url: URL, signal: AbortSignal): Promise<Agent | undefined> {
  if (!namesProxy() || isLoopback(url.host)) return undefined;
  const { getProxyForUrl } = await import("proxy-from-env");
  const proxy = getProxyForUrl(url.href);
  return proxy === "" ? undefined : await agentThrough(proxy, url.protocol, signal);
}

function namesProxy(): boolean {
  const names = ["http_proxy", "https_proxy", "all_proxy"].flatMap((name) => [name, name.toUpperCase()]);
  return names.some((name) => (process.env[name] ?? "") !== "");
}

/** `proxy` may hold a password, so that it is in no message, nor in what libraries write when they are debugged. */
async function agentThrough(proxy: string, protocol: string, signal: AbortSignal): Promise<Agent> {
  const url = URL.canParse(proxy) ? new URL(proxy) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol)) {
    throw new NetworkError("The environment names a proxy that is none for HTTP", "ERR_INVALID_PROXY");
  }
  const credentials = `${decoded(url.username)}:${decoded(url.password)}`;
  const headers: Record<string, string> =
    credentials === ":" ? {} : { "proxy-authorization": `Basic ${Buffer.from(credentials).toString("base64")}` };
  url.username = "";
  url.password = "";
  if (protocol === "https:") {
    const { HttpsProxyAgent } = await import("https-proxy-agent");
    return new HttpsProxyAgent(url, { headers, signal });
  }
  const { HttpProxyAgent } = await import("http-proxy-agent");
  return new HttpProxyAgent(url, { headers, signal });
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
