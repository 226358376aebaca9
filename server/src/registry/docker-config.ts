import { dockerHub } from "../languages/image/index.ts";
import { isRecord, type UnknownRecord } from "../languages/json/record.ts";
import type { Credential } from "./answers.ts";

/**
 * Whose file it is. `docker`: `config.json`, whose keys stand for their host, whatever path is behind it. `containers`: `auth.json` of Podman, Buildah
 * and Skopeo, where a path is a part of the registry: https://github.com/containers/image/blob/main/docs/containers-auth.json.5.md
 */
export type ConfigFormat = "docker" | "containers";

/** What a file with credentials says. Keys are hosts as references have them (`docker.io`), in `containers` files also with a path behind (`quay.io/team`). */
export interface DockerConfig {
  readonly credentials: ReadonlyMap<string, Credential>;
  /** Names of helpers, `docker-credential-` left out; an empty one means none for that host. */
  readonly helpers: ReadonlyMap<string, string>;
  /** The helper for all other hosts; empty where there is none. */
  readonly store: string;
  /** What cannot be read, each to be put behind `The file`: no secret is in it. */
  readonly problems: readonly string[];
}

/** Where the credentials of a registry come from. `server` is what a helper has to be asked for. */
export type CredentialSource =
  | { readonly type: "given"; readonly credential: Credential }
  | { readonly type: "helper"; readonly name: string; readonly server: string };

/** What a helper said. `unreadable`: it failed, or talks of something else. */
export type HelperAnswer =
  | { readonly type: "given"; readonly credential: Credential }
  | { readonly type: "none" }
  | { readonly type: "unreadable" };

/** What Docker calls its Hub in its files and to its helpers. */
const hubServer = "https://index.docker.io/v1/";
const hubHosts: ReadonlySet<string> = new Set([dockerHub, "index.docker.io", "registry-1.docker.io"]);

/** Reads a file with credentials; what is malformed is left out and told. */
export function readDockerConfig(text: string, format: ConfigFormat): DockerConfig {
  const root = parsed(text);
  if (root === undefined) {
    return { credentials: new Map(), helpers: new Map(), store: "", problems: ["is not valid JSON"] };
  }
  const problems: string[] = [];
  const credentials = new Map<string, Credential>();
  for (const [key, entry] of inOrder(record(root["auths"]), format)) {
    const credential = credentialOf(record(entry));
    if (credential === "malformed") problems.push(`has credentials for \`${withoutUser(key)}\` that cannot be read`);
    else if (credential !== undefined) credentials.set(placeOf(key, format), credential);
  }
  const helpers = new Map<string, string>();
  for (const [key, name] of inOrder(record(root["credHelpers"]), format)) {
    if (isHelperName(name)) helpers.set(placeOf(key, format), name);
    else problems.push(`names no credential helper that could be run for \`${withoutUser(key)}\``);
  }
  const store = root["credsStore"] ?? "";
  if (!isHelperName(store)) problems.push("names no credential helper that could be run as `credsStore`");
  return { credentials, helpers, store: isHelperName(store) ? store : "", problems };
}

/**
 * Where a registry's credentials come from: its own helper, else the helper for all, else the file itself. `registry` as references have it, `docker.io`;
 * of parts of a registry the longest that holds `repository` (`team/app`) counts.
 */
export function credentialSource(
  { credentials, helpers, store }: DockerConfig,
  registry: string,
  repository = "",
): CredentialSource | undefined {
  const helper = helpers.get(registry) ?? store;
  if (helper !== "") return { type: "helper", name: helper, server: registry === dockerHub ? hubServer : registry };
  const parts = repository === "" ? [] : repository.split("/");
  for (let length = parts.length; length >= 0; length--) {
    const credential = credentials.get([registry, ...parts.slice(0, length)].join("/"));
    if (credential !== undefined) return { type: "given", credential };
  }
  return undefined;
}

/** Reads what a helper printed for `get`. An empty secret is what some answer for a host they do not know. */
export function readHelperAnswer(output: string): HelperAnswer {
  const answer = parsed(output);
  if (answer === undefined) return { type: /credentials not found/i.test(output) ? "none" : "unreadable" };
  const username = answer["Username"] ?? "";
  const secret = answer["Secret"] ?? "";
  if (typeof username !== "string" || typeof secret !== "string") return { type: "unreadable" };
  if (secret === "") return { type: "none" };
  if (username === "<token>") return { type: "given", credential: { type: "identity", token: secret } };
  return { type: "given", credential: { type: "password", username, password: secret } };
}

/** Those that name a host as Docker itself writes it last, so that they win over other ways to write it. */
function inOrder(entries: UnknownRecord, format: ConfigFormat): readonly (readonly [string, unknown])[] {
  const exact = ([key]: readonly [string, unknown]): boolean =>
    key === placeOf(key, format) || (format === "docker" && key === hubServer);
  const all = Object.entries(entries);
  return [...all.filter((entry) => !exact(entry)), ...all.filter(exact)];
}

function placeOf(key: string, format: ConfigFormat): string {
  const [, scheme, host = "", path = ""] = /^(https?:\/\/)?([^/]*)(?:\/(.*))?$/s.exec(key) ?? [];
  const registry = hubHosts.has(host) ? dockerHub : host;
  const part = path.replace(/\/+$/, "");
  const isPart = format === "containers" && scheme === undefined && part !== "" && !/^v[12]$/.test(part);
  return isPart ? `${registry}/${part}` : registry;
}

/** A key may be an address with a password in it. */
function withoutUser(key: string): string {
  return key.replace(/^(https?:\/\/)?.*@/s, "$1");
}

function credentialOf(entry: UnknownRecord): Credential | "malformed" | undefined {
  const { identitytoken, auth, username, password } = entry;
  if (typeof identitytoken === "string" && identitytoken !== "") return { type: "identity", token: identitytoken };
  if (typeof auth === "string" && auth !== "") return decoded(auth) ?? "malformed";
  if (typeof username === "string" && username !== "" && typeof password === "string" && password !== "") {
    return { type: "password", username, password };
  }
  return undefined;
}

/** `user:password` in base64; a password may have colons, and old versions of Docker filled it up with NULs. */
function decoded(auth: string): Credential | undefined {
  const text = fromBase64(auth);
  const colon = text?.indexOf(":") ?? -1;
  if (text === undefined || colon < 1) return undefined;
  const username = text.slice(0, colon);
  const password = text.slice(colon + 1).replaceAll(/^\0+|\0+$/g, "");
  // Podman notes identity tokens so.
  return username === "<token>" ? { type: "identity", token: password } : { type: "password", username, password };
}

function fromBase64(text: string): string | undefined {
  try {
    return new TextDecoder().decode(Uint8Array.from(atob(text), (character) => character.charCodeAt(0)));
  } catch {
    return undefined;
  }
}

/** No shell reads the name, but the program that it becomes must be one of the PATH. */
function isHelperName(name: unknown): name is string {
  return typeof name === "string" && /^[A-Za-z0-9._-]*$/.test(name);
}

/** What JSON.parse says of malformed text quotes it, secrets included, so it is not passed on. */
function parsed(text: string): UnknownRecord | undefined {
  try {
    const value: unknown = JSON.parse(text.replace(/^\uFEFF/, ""));
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function record(value: unknown): UnknownRecord {
  return isRecord(value) ? value : {};
}
