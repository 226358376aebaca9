import { looksLikeSecretName } from "../../../knowledge/secrets.ts";
import {
  type InterpolatedScalar,
  type Interpolation,
  type VariableUse,
  variableUses,
} from "../../../languages/compose/interpolation.ts";
import type { ComposeModel, ComposeService } from "../../../languages/compose/model.ts";
import { asMap, getPath, itemsOf, scalarText } from "../../../languages/yaml/path.ts";
import type { Span } from "../../../text/span.ts";
import { isShellScript } from "../../shared/script-of-words.ts";

/** A `$` that its author meant for somebody else, and Compose takes for a variable. */
export interface PlainDollar {
  readonly found: InterpolatedScalar;
  /** What is taken for variables, in the scalar's text: one use, or all of a hash. */
  readonly uses: readonly [VariableUse, ...VariableUse[]];
  /** Where a `$` is to be put, in the scalar's text. */
  readonly escapes: readonly number[];
  /** For whom the sign was meant. */
  readonly meant: "hash" | "password" | "shell" | "container" | "builder" | "nginx";
}

/**
 * The dollar signs of a file's scalars that are plainly meant for something else than Compose: in a hashed or a plain password, or in a script, a
 * Dockerfile or a configuration that sets the variable itself. `defined` tells whether the project's `.env` has the name.
 */
export function* plainDollars(
  model: ComposeModel,
  scalars: Iterable<InterpolatedScalar>,
  defined: (name: string) => boolean,
): Iterable<PlainDollar> {
  for (const found of scalars) {
    const hashes = hashesIn(found.scalar.text);
    const rest: VariableUse[] = [];
    const hashed = new Map<Span, VariableUse[]>();
    for (const use of variableUses(found.parts)) {
      const hash = hashes.find(({ start, end }) => start <= use.at.start && use.at.end <= end);
      if (hash === undefined) rest.push(use);
      else hashed.set(hash, [...(hashed.get(hash) ?? []), use]);
    }
    for (const [hash, [first, ...others]] of hashed) {
      if (first === undefined) continue;
      yield { found, uses: [first, ...others], escapes: signsIn(found.parts, hash), meant: "hash" };
    }
    for (const use of rest) {
      const meant = meaningOf(model, found, use, defined);
      if (meant !== undefined) yield { found, uses: [use], escapes: [use.at.start], meant };
    }
  }
}

/** The forms of crypt(3) and its like: `$apr1$salt$hash`, `$2y$10$…`, `$argon2id$v=19$…`. */
function hashesIn(text: string): readonly Span[] {
  if (text.indexOf("$") === text.lastIndexOf("$")) return [];
  const pattern =
    /(?<!\$)\$(?:apr1|2[abxy]|[1567]|y|gy|argon2(?:id|i|d)|pbkdf2(?:-\w+)?|scrypt)\$(?!\$)[\w./$=,+-]{12,}/g;
  return [...text.matchAll(pattern)].map(({ index, 0: { length } }) => ({ start: index, end: index + length }));
}

function signsIn(parts: readonly Interpolation[], within: Span): readonly number[] {
  return parts.flatMap(({ kind, at }) =>
    kind !== "escape" && at.start >= within.start && at.start < within.end ? [at.start] : [],
  );
}

function meaningOf(
  model: ComposeModel,
  found: InterpolatedScalar,
  use: VariableUse,
  defined: (name: string) => boolean,
): PlainDollar["meant"] | undefined {
  if (use.operator !== undefined && !use.operator.endsWith("-")) return undefined;
  const [top, name, key, below] = found.path;
  const { text } = found.scalar;
  if (top === "configs" && key === "content") {
    return nginxVariable.test(use.name) && nginxWords.test(text) && !defined(use.name) ? "nginx" : undefined;
  }
  if (top !== "services" || typeof name !== "string" || typeof key !== "string") return undefined;
  const service = model.service(name);
  if (service === undefined) return undefined;
  if (key === "build" && below === "dockerfile_inline") {
    return setsInDockerfile(text, use.name) || setsInScript(text, use.name) ? "builder" : undefined;
  }
  if (key === "environment") {
    return isPasswordPart(found, use) && !defined(use.name) ? "password" : undefined;
  }
  if (!runsInShell(service, found)) return undefined;
  if (shellsOwn.has(use.name) || setsInScript(text, use.name)) return "shell";
  const own = service.environment.find((variable) => variable.name === use.name);
  return own?.known === true && own.value !== undefined && !defined(use.name) ? "container" : undefined;
}

/** What shells set themselves and do not hand on to those that start Compose. */
const shellsOwn: ReadonlySet<string> = new Set([
  "RANDOM",
  "LINENO",
  "OPTARG",
  "OPTIND",
  "REPLY",
  "PIPESTATUS",
  "BASH_SOURCE",
  "SECONDS",
  "PPID",
]);

/** Source: https://nginx.org/en/docs/varindex.html */
const nginxVariable =
  /^(?:host|hostname|uri|request_uri|document_uri|document_root|scheme|args|is_args|query_string|request|request_method|request_filename|request_body|request_time|remote_addr|remote_port|remote_user|server_name|server_addr|server_port|server_protocol|status|body_bytes_sent|time_local|time_iso8601|binary_remote_addr|proxy_add_x_forwarded_for|proxy_host|proxy_port|fastcgi_script_name|fastcgi_path_info|realip_remote_addr|connection_upgrade|(?:http|sent_http|upstream|arg|cookie|ssl)_\w+)$/;
const nginxWords = /\b(?:proxy_pass|proxy_set_header|fastcgi_param|log_format|try_files|server_name|location)\b/;

/** `A=1`, `for a in`, `read a`, somewhere in the script. */
function setsInScript(text: string, name: string): boolean {
  // Putting the pattern together costs more than most scripts are worth.
  if (!/\bfor\b|\bread\b/.test(text) && !text.includes(`${name}=`) && !text.includes(`${name}+=`)) return false;
  return new RegExp(
    String.raw`(?:^|[\s;&|({"'\x60])(?:${name}\+?=|for\s+${name}\s+in\b|read\s+(?:-\w+\s+)*(?:\w+\s+)*${name}\b)`,
  ).test(text);
}

function setsInDockerfile(text: string, name: string): boolean {
  return new RegExp(String.raw`^[ \t]*(?:ARG|ENV)\s+(?:\S+\s+)*${name}(?:[=\s]|$)`, "im").test(text);
}

/** `pa$word` in the value of a variable whose name says that it is a password: glued to what stands before it, and no name as variables have them. */
function isPasswordPart({ path, scalar }: InterpolatedScalar, { braced, name, at }: VariableUse): boolean {
  if (braced || !/[a-z]/.test(name)) return false;
  const { text } = scalar;
  const last = path.at(-1);
  const equals = text.indexOf("=");
  const variable = typeof last === "string" ? last : text.slice(0, Math.max(0, equals));
  const from = typeof last === "string" ? 0 : equals + 1;
  if (at.start <= from || !/[\w!@#%^&*+~]/.test(text[at.start - 1] ?? "")) return false;
  if (looksLikeSecretName(variable)) return true;
  // The password of an address: `scheme://user:pa$word@host`.
  return /:\/\/[^\s/:@]*:[^\s/@]*$/.test(text.slice(from, at.start)) && /^[^\s/]*@/.test(text.slice(at.end));
}

/** Whether a shell in the container reads the text. */
function runsInShell(service: ComposeService, { path }: InterpolatedScalar): boolean {
  const [, , key, below, index] = path;
  if (key === "healthcheck" && below === "test") {
    if (typeof index !== "number") return true;
    const [first, ...words] = wordsOf(service, ["healthcheck", "test"]);
    return first === "CMD-SHELL" || (first === "CMD" && isShellScript(words, index - 1));
  }
  if (key === "command" || key === "entrypoint") {
    if (typeof below === "number") {
      const words = wordsOf(service, [key]);
      if (isShellScript(words, below)) return true;
      return (
        key === "command" &&
        isShellScript([...wordsOf(service, ["entrypoint"]), ...words], below + wordsOf(service, ["entrypoint"]).length)
      );
    }
    const line = scalarText(service.get(key)) ?? "";
    if (/^\s*(?:\S*\/)?(?:ba|da|a|z|k)?sh\s+(?:-\w+\s+)*-\w*c\s/.test(line)) return true;
    const before = wordsOf(service, ["entrypoint"]);
    return key === "command" && before.length > 1 && isShellScript([...before, ""], before.length);
  }
  return false;
}

function wordsOf(service: ComposeService, path: readonly string[]): readonly string[] {
  const node = getPath(asMap(service.map), ...path) ?? service.get(...path);
  return itemsOf(node).map((item) => scalarText(item) ?? "");
}
