import type { StartUser } from "../../../knowledge/base-images/index.ts";
import { capabilityName, needsSetuid, usualCapabilities } from "../../../knowledge/capabilities.ts";
import { type ServiceFacts, serviceFacts } from "../../../knowledge/services/index.ts";
import { startUserOf } from "../../../languages/image/index.ts";
import type { Container, PodTemplate } from "../../../languages/kubernetes/model.ts";
import { itemsOf, scalarText } from "../../../languages/yaml/path.ts";
import { hostPathsOf } from "./host-path.ts";
import { effectiveSetting, flagOf, isAllPowerful, numberOf } from "./security-context.ts";

/**
 * Whether a container works on the node itself, so that to take its privileges is known to break it: it is privileged or nearly so, mounts folders of the
 * node, or sees the node's processes.
 */
export function worksOnNode(pod: PodTemplate, container: Container): boolean {
  if (isAllPowerful(container)) return true;
  if (["hostPID", "hostIPC"].some((key) => [true, "unknown"].includes(flagOf(pod.get(key)) ?? false))) return true;
  return hostPathsOf(pod).some(
    ({ path, mounts }) => !readByAll.test(path) && mounts.some((mount) => mount.container === container),
  );
}

/** Files and folders of the node that any user may read, and that are mounted to be read: time zones and certificates. */
const readByAll =
  /^\/(?:etc\/(?:localtime|timezone|ssl|pki|ca-certificates)|usr\/share\/(?:zoneinfo|ca-certificates))(?:\/|$)/;

/** A user that a manifest can ask for. */
export type NumberedUser = StartUser & { readonly uid: number };

function isNumbered(user: StartUser): user is NumberedUser {
  return user.uid !== undefined;
}

/**
 * Whom to ask for where a container is to run as somebody else than root: `own` where it says that already, or nobody knows its image; `undefined` where it is
 * to run as root, or has to. An image's own user is asked for by number, too: by a name the kubelet cannot tell that it is not root.
 */
export function userFor(pod: PodTemplate, container: Container): NumberedUser | "own" | undefined {
  const asked = numberOf(effectiveSetting(pod, container, "runAsUser")?.node);
  if (asked !== undefined) return asked === 0 || asked === "unknown" ? undefined : "own";
  if (worksOnNode(pod, container) || worksAsRoot(container)) return undefined;
  const { image } = container;
  if (image === undefined) return "own";
  const service = factsOf(container);
  const facts = container.imageUse?.facts;
  const start = container.imageUse && startUserOf(container.imageUse);
  // Only a number can be asked for, and a name that is not the table's has none that we know.
  if (facts === undefined && start !== undefined) return isNumbered(start) && start.uid !== 0 ? start : undefined;
  if (facts === undefined) return service === undefined || isOther(service.user) ? "own" : undefined;
  if (facts.user.uid !== 0) return isNumbered(facts.user) ? facts.user : undefined;
  if (facts.workersDropRoot === true) return undefined;
  if (facts.nonRootUser !== undefined) return facts.nonRootUser;
  // A distribution or a language is root for want of a program: what the manifest runs in it need not be.
  const isBare = service === undefined && facts.server === undefined && !installsPackages(container);
  return isBare ? anybody : undefined;
}

/** Nobody's number on the node, and in no image: for images that have no user of their own. */
export const anybody: NumberedUser = { name: "10001", uid: 10_001, gid: 10_001 };

function isOther(user: ServiceFacts["user"]): boolean {
  return typeof user === "object" && user.uid !== 0;
}

/** The capabilities to give back once all are dropped, without `CAP_`; `undefined` where nothing is to be dropped. */
export function capabilitiesFor(pod: PodTemplate, container: Container): readonly string[] | undefined {
  if (worksOnNode(pod, container)) return undefined;
  const known = factsOf(container)?.capabilities;
  const required = flagOf(effectiveSetting(pod, container, "runAsNonRoot")?.node) === true;
  // What an entrypoint needs to become another user is of no use to one that is not root.
  if (required || userFor(pod, container) !== undefined) return bindsLowPort(container) ? [lowPorts] : [];
  return known ?? usualCapabilities;
}

const lowPorts = "NET_BIND_SERVICE";

/** By the ports it declares, else by those its image is known to serve. */
function bindsLowPort(container: Container): boolean {
  const declared = container.ports.flatMap(({ containerPort }) => containerPort ?? []);
  const ports = declared.length > 0 ? declared : (factsOf(container)?.ports ?? []);
  return ports.some((port) => port > 0 && port < 1024);
}

/** Whether a container is known to need setuid programs. */
export function gainsPrivileges(container: Container): boolean {
  const { image } = container;
  return (image !== undefined && needsSetuid(image.canonical)) || runs(container, setuidPrograms);
}

/** Whether a container installs something into its own file system when it starts. */
export function installsPackages(container: Container): boolean {
  return runs(container, installers);
}

/** A program that only root can use, or a capability that only root gets anything from. */
function worksAsRoot(container: Container): boolean {
  const added = itemsOf(container.get("securityContext", "capabilities", "add"));
  const beyond = added.some((item) => capabilityName(scalarText(item) ?? "") !== lowPorts);
  return beyond || runs(container, rootPrograms) || runs(container, systemInstallers);
}

/** What its command says, in a shell's script as well. */
function runs(container: Container, programs: RegExp): boolean {
  const words = [...itemsOf(container.get("command")), ...itemsOf(container.get("args"))];
  return words.some((word) => programs.test(scalarText(word) ?? ""));
}

const setuidPrograms = programsNamed("sudo|su|doas|newgrp");
const rootPrograms = programsNamed(
  "chown|chgrp|chroot|gosu|su-exec|setpriv|sysctl|mount|umount|iptables|ip6tables|nft|modprobe|setcap|useradd|adduser|groupadd|addgroup",
);
const systemInstallers = programsNamed(
  "(?:apt|apt-get|apk|yum|dnf|microdnf|zypper|pacman)(?=\\s.*?\\b(?:add|install|update|upgrade)\\b)",
);
const installers = programsNamed(
  "(?:apt|apt-get|apk|yum|dnf|microdnf|zypper|pacman|pip3?|npm|yarn|pnpm|gem|bundle)(?=\\s.*?\\b(?:add|install|ci|update|upgrade)\\b)",
);

/** Such a program where a command may begin: at a text's start, or behind what parts commands in a shell. */
function programsNamed(names: string): RegExp {
  return new RegExp(`(?:^|[\\n;&|(]|\\b(?:do|then|else|exec|sudo)\\s)\\s*(?:/\\S*/)?(?:${names})(?=\\s|$)`, "m");
}

function factsOf({ image }: Container): ServiceFacts | undefined {
  return image === undefined ? undefined : serviceFacts(image.canonical, image.tag);
}
