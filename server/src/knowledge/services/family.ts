import type { Tag } from "../base-images/tag.ts";
import type { ServiceFacts, ServiceHealth } from "./model.ts";

/** Images that are the same service, by canonical name. */
export interface ServiceFamily {
  readonly names: readonly string[];
  facts(tag: Tag): ServiceFacts;
}

type Required = Pick<ServiceFacts, "name" | "category" | "source">;

/** What a family says of itself. Of an image that runs as a user of its own `unknown` says that it may need capabilities all the same. */
export type Given = Required &
  Partial<Omit<ServiceFacts, "capabilities">> & { readonly capabilities?: readonly string[] | "unknown" };

/** Facts with what most services have in common filled in: no state, no files for secrets, private where nothing else is said. */
export function facts({ capabilities, ...given }: Given): ServiceFacts {
  // Who is not root has none to lose, unless a program's file brings some.
  const needed = capabilities ?? (typeof given.user === "object" ? [] : "unknown");
  return {
    ownHealthcheck: false,
    ports: given.privatePorts ?? [],
    privatePorts: [],
    stateful: false,
    dataDirectories: [],
    fileVariables: [],
    fileSuffix: "_FILE",
    credentialVariables: [],
    user: "root",
    oneShot: false,
    ...given,
    ...(needed === "unknown" ? {} : { capabilities: needed }),
  };
}

/** A family whose facts are the same for every tag, or follow from it. Docker official images are given by their short name. */
export function service(names: readonly string[], given: Given | ((tag: Tag) => Given)): ServiceFamily {
  return {
    names: names.map((name) => (name.includes("/") ? name : `docker.io/library/${name}`)),
    facts: (tag) => facts(typeof given === "function" ? given(tag) : given),
  };
}

/** What an entrypoint needs that takes over a data directory and then starts the server as another user. */
export const takesOver: readonly string[] = ["CHOWN", "DAC_OVERRIDE", "FOWNER", "SETGID", "SETUID"];

/** The same where an init that stays root starts the server, so that it may pass on signals to another user's process: without, stopping is killing. */
export const takesOverUnderInit: readonly string[] = ["CHOWN", "DAC_OVERRIDE", "FOWNER", "KILL", "SETGID", "SETUID"];

/** How long things take; what is left out is as for a service that starts within seconds. */
type Timing = Partial<Omit<ServiceHealth, "test">>;

/** A check with the times of a service that starts within seconds, where no others are given. */
export function check(test: readonly string[], timing: Timing = {}): ServiceHealth {
  return { test, interval: "10s", timeout: "5s", retries: 5, startPeriod: "30s", ...timing };
}

/** Asks with wget, busybox's included; anything but success fails. */
export function wget(url: string): readonly string[] {
  return ["CMD", "wget", "-q", "-O", "/dev/null", url];
}

/** Asks with curl; anything but success fails. */
export function curl(url: string): readonly string[] {
  return ["CMD", "curl", "-fsS", "-o", "/dev/null", url];
}

/** Opens a connection with bash, for images that have nothing else. */
export function tcp(port: number): readonly string[] {
  return ["CMD", "bash", "-c", `: </dev/tcp/127.0.0.1/${port}`];
}

/** Opens a connection with busybox's nc. */
export function nc(port: number): readonly string[] {
  return ["CMD", "nc", "-z", "127.0.0.1", String(port)];
}

/** The connection by whichever of the two the variant has. */
export function connects(tag: Tag, port: number): readonly string[] {
  return tag.system?.kind === "alpine" ? nc(port) : tcp(port);
}

/** For applications on the PHP images: Apache listens on 80, FPM on 9000 with a protocol of its own. The page may redirect or ask for a login. */
export function phpCheck(tag: Tag): ServiceHealth {
  return check(connects(tag, tag.rest.includes("fpm") ? 9000 : 80), { interval: "30s", retries: 3 });
}
