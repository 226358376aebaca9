import type { Agent } from "node:http";
import { NetworkError } from "../registry/answers.ts";

/**
 * Finds what goes through the proxy that the environment names for an address; `undefined` where it names none, or where the address is loopback, which Docker does
 * not ask through a proxy either. What speaks with proxies is loaded only where one is named. Rejects with a `NetworkError` where it names something else.
 */
export function proxyAgents(): (url: URL) => Promise<Agent | undefined> {
  const agents = new Map<string, Promise<Agent>>();
  return async (url) => {
    if (!namesProxy() || isLoopback(url.hostname)) return undefined;
    const { getProxyForUrl } = await import("proxy-from-env");
    const proxy = getProxyForUrl(url.href);
    if (proxy === "") return undefined;
    const key = `${url.protocol} ${proxy}`;
    const agent = agents.get(key) ?? agentThrough(proxy, url.protocol);
    agents.set(key, agent);
    return await agent;
  };
}

function namesProxy(): boolean {
  return ["http_proxy", "https_proxy", "all_proxy"].some(
    (name) => (process.env[name] ?? process.env[name.toUpperCase()] ?? "") !== "",
  );
}

function isLoopback(hostname: string): boolean {
  return /^(?:(?:.*\.)?localhost|127\.[0-9.]+|\[::1\])$/.test(hostname);
}

/** `proxy` may hold a password, so that it is in no message. */
async function agentThrough(proxy: string, protocol: string): Promise<Agent> {
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
    return new HttpsProxyAgent(url, { keepAlive: true, headers });
  }
  const { HttpProxyAgent } = await import("http-proxy-agent");
  return new HttpProxyAgent(url, { keepAlive: true, headers });
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
