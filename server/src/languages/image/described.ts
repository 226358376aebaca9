import { type BaseImageFacts, baseImageOf, type StartUser } from "../../knowledge/base-images/index.ts";
import { signalName } from "../../knowledge/signals.ts";
import type { ImageDescription } from "./description.ts";
import type { ImageReference } from "./reference.ts";

/**
 * What is known of an image's system and settings: the table's facts, with the registry's word on the settings in the place of the table's. `undefined`
 * for an image that the table does not know: its settings may still be asked by {@link startUserOf} and {@link hasHealthcheck}.
 */
export function factsWith(
  reference: ImageReference,
  description: ImageDescription | undefined,
): BaseImageFacts | undefined {
  const facts = baseImageOf(reference);
  if (facts === undefined || description === undefined || isWindows(description)) return facts;
  const { entrypoint: _, command: __, stopSignal: ___, server, ...rest } = facts;
  const ports = portsOf(description);
  const { entrypoint, command, stopSignal } = description;
  return {
    ...rest,
    user: numbered(userOf(description), facts),
    healthcheck: checks(description),
    ...(server === undefined ? {} : { server: ports.length === 0 ? server : { ports } }),
    ...(entrypoint === undefined ? {} : { entrypoint }),
    ...(command === undefined ? {} : { command }),
    ...(stopSignal === undefined ? {} : { stopSignal: signalName(stopSignal) ?? stopSignal }),
  };
}

/** What rules are told of an image. */
interface KnownOf {
  readonly facts: BaseImageFacts | undefined;
  readonly description: ImageDescription | undefined;
}

/** Whom a container of the image starts as where nothing else says it; `undefined` where neither the registry nor the table tells. */
export function startUserOf({ facts, description }: KnownOf): StartUser | undefined {
  if (facts !== undefined) return facts.user;
  // Windows' own images start as different users, which their configs do not say.
  if (description === undefined || isWindows(description)) return undefined;
  return userOf(description);
}

/** Whether the image brings a health check of its own; `undefined` where neither the registry nor the table tells. */
export function hasHealthcheck({ facts, description }: KnownOf): boolean | undefined {
  if (description !== undefined) return checks(description);
  return facts?.healthcheck;
}

/** The TCP ports that the image exposes, in its order. */
export function portsOf({ exposedPorts }: ImageDescription): readonly number[] {
  return exposedPorts.flatMap((port) => /^(\d{1,5})(?:\/tcp)?$/.exec(port)?.[1] ?? []).map(Number);
}

function checks({ healthcheck }: ImageDescription): boolean {
  const [form, ...words] = healthcheck ?? [];
  return form !== undefined && form !== "NONE" && words.length > 0;
}

function userOf({ user = "" }: ImageDescription): StartUser {
  const [name = ""] = user.split(":");
  if (name === "" || name === "root") return { name: "root", uid: 0 };
  return /^\d{1,10}$/.test(name) ? { name, uid: Number(name) } : { name };
}

/** With the numbers that the table has for the name. */
function numbered(user: StartUser, { user: own, nonRootUser }: BaseImageFacts): StartUser {
  return (
    [own, nonRootUser].find(
      (known) =>
        known !== undefined && (known.name === user.name || (user.uid !== undefined && known.uid === user.uid)),
    ) ?? user
  );
}

function isWindows({ platform }: ImageDescription): boolean {
  return platform.startsWith("windows/");
}
