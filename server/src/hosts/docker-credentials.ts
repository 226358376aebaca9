import { readFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import type { Credential } from "../registry/answers.ts";
import {
  type ConfigFormat,
  type CredentialSource,
  credentialSource,
  readDockerConfig,
  readHelperAnswer,
} from "../registry/docker-config.ts";
import { createKept } from "../registry/kept.ts";
import type { CredentialLookup, Host, ProgramResult } from "./host.ts";

/** What looking for credentials needs of the machine. */
export interface CredentialMachine {
  /** Variables by name: `DOCKER_CONFIG`, `REGISTRY_AUTH_FILE` and so on. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly run: NonNullable<Host["runOnFiles"]>;
  /** Milliseconds since some moment. */
  readonly now: () => number;
}

/** Milliseconds; the first question may wait for a person to unlock the keychain. */
const patience = 10_000;

/**
 * Milliseconds that a helper's answer holds. Many images are asked for at once, each with its own question; a person who logs in after a refusal takes
 * longer.
 */
const answerFor = 5000;

/**
 * Looks where Docker looks (`DOCKER_AUTH_CONFIG`, then `config.json` and the helpers it names), and then where Podman does. Files are read for each
 * question, since a person who is told to log in asks again. On Windows the system itself adds `.exe` to a helper's name.
 */
export function dockerCredentials({ environment, run, now }: CredentialMachine): CredentialLookup {
  const told = new Set<string>();
  const ask = helperRuns(run, now);
  return async (registry, { repository, tell } = {}) => {
    const tellOnce = (notice: string): void => {
      if (tell === undefined || told.has(notice)) return;
      told.add(notice);
      tell(notice);
    };
    for await (const { place, format, text } of filesOf(environment)) {
      const config = readDockerConfig(text, format);
      for (const problem of config.problems) tellOnce(`${place} ${problem}: mend it, or log in again.`);
      const source = credentialSource(config, registry, repository);
      const credential = source === undefined ? undefined : await credentialFrom(source, registry, ask, tellOnce);
      if (credential !== undefined) return credential;
    }
    return undefined;
  };
}

type HelperRun = (program: string, server: string) => Promise<ProgramResult>;

/** Runs each helper once for all who ask it for the same server at the same time, or soon after. */
function helperRuns(run: CredentialMachine["run"], now: () => number): HelperRun {
  const running = new Map<string, Promise<ProgramResult>>();
  const answers = createKept<ProgramResult>(now);
  return (program, server) => {
    const key = `${program} ${server}`;
    const before = answers.get(key);
    if (before !== undefined) return Promise.resolve(before);
    const already = running.get(key);
    if (already !== undefined) return already;
    const started = run({ program, args: ["get"], files: new Map(), input: server, patience }).then((result) => {
      running.delete(key);
      answers.set(key, result, answerFor);
      return result;
    });
    running.set(key, started);
    return started;
  };
}

async function credentialFrom(
  source: CredentialSource,
  registry: string,
  ask: HelperRun,
  tell: (notice: string) => void,
): Promise<Credential | undefined> {
  if (source.type === "given") return source.credential;
  const program = `docker-credential-${source.name}`;
  const result = await ask(program, source.server);
  const answer = result.type === "done" ? readHelperAnswer(result.output) : undefined;
  if (answer?.type === "given") return answer.credential;
  if (answer?.type === "none") return undefined;
  const what = result.type === "missing" ? "is not installed" : "gave no answer that can be read";
  // What it printed is not repeated: there may be a secret in it.
  const then = `so ${registry} is asked without credentials`;
  tell(`The credential helper \`${program}\`, which Docker's configuration names, ${what}, ${then}.`);
  return undefined;
}

interface CredentialFile {
  /** For messages. */
  readonly place: string;
  readonly format: ConfigFormat;
  readonly text: string;
}

/** In the order in which they count. */
async function* filesOf(environment: CredentialMachine["environment"]): AsyncGenerator<CredentialFile> {
  const { DOCKER_AUTH_CONFIG, DOCKER_CONFIG, REGISTRY_AUTH_FILE, XDG_RUNTIME_DIR, XDG_CONFIG_HOME } = environment;
  if (isSet(DOCKER_AUTH_CONFIG)) {
    yield { place: "DOCKER_AUTH_CONFIG", format: "docker", text: DOCKER_AUTH_CONFIG };
  }
  const docker = isSet(DOCKER_CONFIG) ? DOCKER_CONFIG : join(homedir(), ".docker");
  const podman = isSet(REGISTRY_AUTH_FILE)
    ? [REGISTRY_AUTH_FILE]
    : [
        ...(isSet(XDG_RUNTIME_DIR) ? [join(XDG_RUNTIME_DIR, "containers/auth.json")] : []),
        join(isSet(XDG_CONFIG_HOME) ? XDG_CONFIG_HOME : join(homedir(), ".config"), "containers/auth.json"),
      ];
  const files = [
    { place: join(docker, "config.json"), format: "docker" as const },
    ...podman.map((place) => ({ place, format: "containers" as const })),
  ];
  for (const { place, format } of files) {
    const text = await readFile(place, "utf8").catch(() => undefined);
    if (text !== undefined) yield { place, format, text };
  }
}

function isSet(value: string | undefined): value is string {
  return value !== undefined && value !== "";
}
