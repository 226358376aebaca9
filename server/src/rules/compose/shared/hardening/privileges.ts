import { capabilityName, needsSetuid, usualCapabilities } from "../../../../knowledge/capabilities.ts";
import type { ComposeService } from "../../../../languages/compose/model.ts";
import { startUserOf } from "../../../../languages/image/index.ts";
import { booleanOf, isUnknown, itemsOf, scalarText } from "../../../../languages/yaml/path.ts";
import type { YamlNode } from "../../../../languages/yaml/node.ts";
import { dockerfileOf } from "../health.ts";
import { factsOf } from "../services.ts";
import { addItems, addKey, type Hardened, type HardeningPart, isOpen, takesItems, textsAt, together } from "./part.ts";

/** What `security_opt` says of new privileges; `undefined` where an item is about something else. */
export function newPrivilegesOf(item: YamlNode): boolean | undefined {
  const match = /^no-new-privileges(?:[:=](\w+))?$/.exec(scalarText(item) ?? "");
  return match === null ? undefined : match[1] !== "false";
}

const option = "no-new-privileges:true";

/** `no-new-privileges`, where nothing is said of it. Stacks cannot say it, and a privileged service has all there is to gain. */
export function noNewPrivileges(hardened: Hardened): HardeningPart | undefined {
  const { model, service } = hardened;
  if (model.dialect === "stack") return undefined;
  const items = itemsOf(service.get("security_opt"));
  if (items.some((item) => isUnknown(item) || newPrivilegesOf(item) !== undefined)) return undefined;
  if (!takesItems(hardened, "security_opt")) return undefined;
  return {
    keys: ["security_opt"],
    missing: "`no-new-privileges`",
    title: `Add \`${option}\` (\`sudo\` and other setuid programs stop working)`,
    edits: () => together(hardened, addItems(hardened, "security_opt", [option])),
    certain: service.image === undefined || !needsSetuid(service.image.canonical),
  };
}

/**
 * `cap_drop: [ALL]` with the capabilities the image needs. A process that is not root from the start has none to lose; of an image that is not known
 * it is a try with those that entrypoints usually need.
 */
export function droppedCapabilities(hardened: Hardened): HardeningPart | undefined {
  const { service } = hardened;
  const dropped = textsAt(hardened, "cap_drop");
  if (dropped.some((name) => isUnknownName(name) || capabilityName(name) === "ALL")) return undefined;
  const added = textsAt(hardened, "cap_add").map(capabilityName);
  if (added.includes("ALL") || added.some(isUnknownName)) return undefined;
  const needed = neededBy(hardened);
  const extra = underInit(service, needed ?? usualCapabilities).filter((name) => !added.includes(name));
  if (!takesItems(hardened, "cap_drop") || (extra.length > 0 && !takesItems(hardened, "cap_add"))) return undefined;
  const kept = extra.length === 0 ? "" : ` but ${extra.join(", ")}`;
  const risk =
    needed === undefined
      ? "if it starts as root, see that it starts and stays healthy"
      : "what needs another one, such as `ping`, stops working";
  return {
    keys: extra.length === 0 ? ["cap_drop"] : ["cap_drop", "cap_add"],
    missing: "`cap_drop: [ALL]`",
    title: `Drop all capabilities of \`${service.name}\`${kept} (${risk})`,
    edits: () =>
      together(hardened, [...addItems(hardened, "cap_drop", ["ALL"]), ...addItems(hardened, "cap_add", extra)]),
    certain: needed !== undefined,
  };
}

/** An init that is root passes on signals to another user's process only with `KILL`; without, it ends, and everything is killed. */
function underInit(service: ComposeService, names: readonly string[]): readonly string[] {
  const needsKill = names.includes("SETUID") && !names.includes("KILL") && booleanOf(service.get("init")) === true;
  return needsKill ? [...names, "KILL"].toSorted() : names;
}

function isUnknownName(name: string): boolean {
  return /[${]/.test(name);
}

/** The capabilities a service needs when all are dropped; `undefined` where that is not known. */
function neededBy({ service, workspace }: Hardened): readonly string[] | undefined {
  // A start script may still expect to be root, whatever the image's own user is; a number or name set here is what it gets.
  const user = scalarText(service.get("user"));
  if (user !== undefined) return isNonRoot(user) ? [] : undefined;
  const facts = factsOf(service);
  if (facts !== undefined) return facts.capabilities;
  if (service.build === undefined) {
    const start = service.imageUse?.description && startUserOf(service.imageUse);
    return start === undefined || start.uid === 0 ? undefined : [];
  }
  const built = dockerfileOf(service, workspace)?.user;
  return built !== undefined && isNonRoot(built) ? [] : undefined;
}

/** Whether a user, as `user:` or `USER` write it, is known not to be root. */
export function isNonRoot(user: string): boolean {
  return !/[${]/.test(user) && !/^(?:root|0+)?(?::|$)/.test(user.trim());
}

/** A user without privileges that the image has for the purpose, where the service runs as root for want of saying otherwise. */
export function unprivilegedUser(hardened: Hardened): HardeningPart | undefined {
  const { service } = hardened;
  if (!isOpen(hardened, "user") || service.build !== undefined || service.get("build") !== undefined) return undefined;
  const image = service.imageUse?.facts;
  const user = image?.nonRootUser;
  if (image === undefined || user === undefined || image.dropsRoot || image.workersDropRoot === true) return undefined;
  if (image.user.uid !== 0 || factsOf(service) !== undefined) return undefined;
  return {
    keys: ["user"],
    missing: `the image's user \`${user.name}\``,
    title: `Run as \`${user.name}\`, which the image has for it (files that belong to root can no longer be written)`,
    edits: () => addKey(hardened, "user", user.name),
    certain: false,
  };
}
