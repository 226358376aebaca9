import type { Connection } from "vscode-languageserver";
import type { Host } from "../hosts/host.ts";
import type { RegistryClient } from "../registry/answers.ts";
import type { RegistryImages } from "../workspace/index.ts";
import type { Abilities } from "./abilities.ts";

/** The registries as one connection asks them: nothing is loaded, and nobody asked, before a person wants something of them. */
export interface Registries {
  /** Files are vouched for, and there is a way to the network. */
  readonly allowed: boolean;
  /**
   * The client of this connection for a person's command, by the settings as they are now; what was not found before is looked for again. Credentials are those of the
   * server's machine.
   */
  client(): Promise<RegistryClient>;
  /** To be called when something was asked: passes on what is known, and takes it back when it is too old. */
  learnt(): void;
  dispose(): void;
}

export interface RegistriesContext {
  readonly connection: Connection;
  readonly host: Host;
  readonly abilities: Abilities;
  /** Registries that may be asked without TLS, as the settings have it now. */
  httpRegistries(): Promise<ReadonlySet<string>>;
  /** Called with what is known whenever that changes. */
  onKnown(images: RegistryImages): void;
}

/** Milliseconds behind the moment when an answer becomes too old, so that it is too old indeed. */
const margin = 50;

export function createRegistries(context: RegistriesContext): Registries {
  const { connection, host, abilities } = context;
  const byClient = abilities.options.fetch === "client";
  let made: Promise<RegistryClient> | undefined;
  let ready: RegistryClient | undefined;
  let http: ReadonlySet<string> = new Set();
  let told: RegistryImages | undefined;
  let timer: NodeJS.Timeout | undefined;

  async function make(): Promise<RegistryClient> {
    const { createRegistryClient, clientFetch } = await import("./registry-client.ts");
    const fetch = byClient ? clientFetch(connection) : host.fetch;
    if (fetch === undefined) throw new Error("This server has no way to the network");
    const tell = (notice: string): void => connection.console.warn(notice);
    const client = createRegistryClient({
      fetch,
      credentials: async (name, repository) => host.credentialsOf?.(name, { repository, tell }),
      allowsHttp: (name) => http.has(name.toLowerCase()),
      now: () => host.now(),
    });
    ready = client;
    return client;
  }

  function learnt(): void {
    clearTimeout(timer);
    if (ready === undefined) return;
    const images = ready.known();
    if (images !== told) context.onKnown(images);
    told = images;
    const good = ready.goodFor();
    if (good === undefined) return;
    timer = setTimeout(learnt, good + margin);
    // Nobody waits for it when the server ends.
    timer.unref();
  }

  return {
    allowed: abilities.options.trusted && (byClient || host.fetch !== undefined),
    async client() {
      const before = http;
      http = await context.httpRegistries();
      if (before.size !== http.size || [...http].some((name) => !before.has(name))) ready?.forget();
      ready?.forgetMissing();
      made ??= make();
      // What failed may be there the next time somebody asks: an update of the extension replaces its files one by one.
      made.catch(() => {
        made = undefined;
      });
      return made;
    },
    learnt,
    dispose: () => clearTimeout(timer),
  };
}
