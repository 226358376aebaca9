import { type Config, readSettings } from "../engine/config.ts";
import { globMatcher } from "../engine/glob.ts";
import type { RuleCard } from "../engine/rule.ts";
import { isRecord } from "../languages/json/record.ts";
import type { ClientOptions } from "./protocol.ts";

/** The editor's `seaworthy.*` settings for one document. */
export interface Settings {
  readonly enable: boolean;
  readonly run: "onType" | "onSave";
  /** `seaworthy.preset`, `seaworthy.rules` and `seaworthy.exclude`. */
  readonly config: Config;
  /** Path of the config file to use instead of the nearest one, relative to the workspace folder or absolute. */
  readonly configFile: string | undefined;
  /** `true`: a glob of `seaworthy.kubernetes.detect` says the file is a manifest; `false`: one with `!` says it is none. Paths relative to the folder. */
  readonly isManifest: (path: string) => boolean | undefined;
  /** In characters; a larger document is checked only when it is saved. */
  readonly maxFileSize: number;
  readonly offerIgnore: boolean;
  /** The ShellCheck to run, by its name on the PATH or its path; `undefined` for none. */
  readonly shellcheck: string | undefined;
  /** Registries that may be asked without TLS, as references name them, in lower case: `registry.example:5000`. */
  readonly httpRegistries: ReadonlySet<string>;
}

/** Values of a wrong type count as not given. */
export function decodeSettings(value: unknown, rules: readonly RuleCard[]): Settings {
  const settings = isRecord(value) ? value : {};
  const at = (path: string): unknown => lookUp(settings, path);
  const configFile = at("configFile");
  const size = at("maxFileSize");
  return {
    enable: at("enable") !== false,
    run: at("run") === "onSave" ? "onSave" : "onType",
    config: readSettings(
      Object.fromEntries(
        (["preset", "rules", "exclude"] as const)
          .map((key) => [key, at(key)] as const)
          // Editors send a setting's default as if it had been set.
          .filter(
            ([key, given]) => given !== undefined && given !== null && !(key === "preset" && given === "recommended"),
          ),
      ),
      rules,
    ),
    configFile: typeof configFile === "string" && configFile.trim() !== "" ? configFile.trim() : undefined,
    isManifest: manifestGlobs(at("kubernetes.detect")),
    maxFileSize: typeof size === "number" && size > 0 ? size : defaultMaxFileSize,
    offerIgnore: at("codeAction.ignore.enable") !== false,
    shellcheck: programOf(at("shellcheck.path")),
    httpRegistries: new Set(stringsOf(at("registry.allowHttp")).map((host) => host.trim().toLowerCase())),
  };
}

/** 1 MB: some 25,000 lines of YAML, which still check within a fraction of a second. */
const defaultMaxFileSize = 1_000_000;

/** Reads `initializationOptions`; whatever is not understood is as if it were left out. */
export function decodeClientOptions(value: unknown): ClientOptions {
  const options = isRecord(value) ? value : {};
  return {
    files: options["files"] === "client" ? "client" : "host",
    status: options["status"] === true,
    trusted: options["trusted"] !== false,
    fetch: options["fetch"] === "client" ? "client" : "host",
    choose: options["choose"] === true,
    lookUpCommand: typeof options["lookUpCommand"] === "string" ? options["lookUpCommand"] : undefined,
    // Some editors hand over one object for everything, with the settings under the server's name.
    settings: options["settings"] ?? options["seaworthy"],
  };
}

/** `a.b` is found as `{ a: { b } }` and as `{ "a.b" }`: editors keep dotted settings either way. */
function lookUp(settings: Readonly<Record<string, unknown>>, path: string): unknown {
  const direct = settings[path];
  if (direct !== undefined) return direct;
  const dot = path.indexOf(".");
  if (dot < 0) return undefined;
  const inner = settings[path.slice(0, dot)];
  return isRecord(inner) ? lookUp(inner, path.slice(dot + 1)) : undefined;
}

function programOf(path: unknown): string | undefined {
  if (typeof path !== "string") return "shellcheck";
  return path.trim() === "" ? undefined : path.trim();
}

function stringsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === "string") : [];
}

function manifestGlobs(value: unknown): (path: string) => boolean | undefined {
  const globs = stringsOf(value);
  const isManifest = globMatcher(
    globs.filter((glob) => !glob.startsWith("!")),
    "",
  );
  const isNone = globMatcher(
    globs.filter((glob) => glob.startsWith("!")).map((glob) => glob.slice(1)),
    "",
  );
  return (path) => (isNone(path) ? false : isManifest(path) ? true : undefined);
}
