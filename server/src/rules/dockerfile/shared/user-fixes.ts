import type { EditFix } from "../../../engine/rule.ts";
import { appendToRun, insertBefore } from "../../../languages/dockerfile/edit.ts";
import type { BaseImageFacts } from "../../../knowledge/base-images/index.ts";
import type {
  DockerfileModel,
  Instruction,
  RunInstruction,
  Stage,
  TransferInstruction,
} from "../../../languages/dockerfile/model.ts";
import { type TextEdit, insert } from "../../../text/edit.ts";
import { insertBeforeStart } from "./epilogue.ts";
import type { FinalImage } from "./final-image.ts";
import { placeOf } from "./placed-files.ts";
import { livesInRootsHome } from "./root-home.ts";
import { cautionFor, type UserPlan } from "./running-user.ts";
import { runsBaseServer, startedPrograms } from "./start.ts";
import { isStatePath, isWithin, mayBeGiven, type StateFolder, stateFolders } from "./state-folders.ts";
import { workingDirectoryAfter } from "../../../languages/dockerfile/working-directory.ts";

/** Programs that start others as root, or whose work needs it: as another user they would not start. */
const rootsWork: ReadonlySet<string> = new Set(
  "supervisord service systemctl s6-svscan runsvdir openvpn wg-quick tailscaled keepalived smbd named dnsmasq rpcbind mount iptables sudo squid postfix dovecot vsftpd proftpd snmpd my_init runsvdir-start runit nfsd rpc.nfsd rpc.mountd rpc.statd exportfs ganesha.nfsd".split(
    " ",
  ),
);

/** Servers that write logs, caches and data to folders of their own, which belong to root where root installed them. */
const ownFolders =
  /^(?:catalina\.sh|startup\.sh|tomcat\d*|tomee|standalone\.sh|domain\.sh|asadmin|startWebLogic\.sh|start-(?:jira|confluence|bitbucket)\.sh|activemq|artemis|solr|kafka-server-start(?:\.sh)?|zkServer\.sh|cassandra|elasticsearch|opensearch|logstash|kibana|nexus|sonar\.sh|neo4j|mysqld|mysqld_safe|mariadbd|mariadbd-safe|mongod|postgres|redis-server|influxd|couchdb|rabbitmq-server|clickhouse-server|slapd|haproxy|varnishd|grafana-server|jenkins\.sh)$/;

/** Packages of an NFS server, which the kernel lets nobody but root be, whatever script starts it. */
const nfsServers = /^(?:nfs-utils|nfs-kernel-server|nfs-ganesha|unfs3)(?:[=-]\d.*)?$/;

function servesFiles(stage: Stage): boolean {
  return stage.history.some(
    (step) =>
      step.name === "RUN" &&
      step.script?.everyCommand.some(({ operands }) => operands.some(({ value }) => nfsServers.test(value ?? ""))) ===
        true,
  );
}

function hasOwnFolders(stage: Stage, facts: BaseImageFacts | undefined): boolean {
  if (facts?.family === "tomcat" && runsBaseServer(stage, facts)) return true;
  return startedPrograms(stage).some(({ name }) => ownFolders.test(name));
}

/** Whether the file has seen to it: it gives something to the user. */
function ownsSomething(stage: Stage, user: string): boolean {
  return stage.history.some(
    (step) =>
      step.name === "RUN" &&
      step.script?.everyCommand.some(
        ({ name, operands: [owner] }) => name === "chown" && owner?.value?.split(/[:.]/)[0] === user,
      ) === true,
  );
}

/**
 * Lets an image run as the user of a plan. The first fix gives the user the folders for data, as far as the file tells of them, and leaves the
 * program to root; the second gives it what is copied into the working directory as well. None where the program would not start.
 */
export function userFixes(model: DockerfileModel, image: FinalImage, plan: UserPlan): readonly EditFix[] {
  const { stage, facts } = image;
  if (livesInRootsHome(stage) || startedPrograms(stage).some(({ name }) => rootsWork.has(name))) return [];
  if (servesFiles(stage) || (hasOwnFolders(stage, facts) && !ownsSomething(stage, plan.user))) return [];
  const change = (folders: readonly Given[], program = false): EditFix => {
    const paths = folders.map(({ path }) => `\`${path}\``).join(", ");
    const giving = folders.length === 0 ? "" : `${plan.create === undefined ? ", and" : ","} give it ${paths}`;
    const caution = program
      ? "(whoever breaks into the program can then change its code)"
      : cautionFor(stage, facts, folders.length > 0);
    const title = `${plan.title}${giving} ${caution}`;
    return { title, safety: "review", edits: editsFor(model, stage, plan, folders) };
  };
  const folders = plan.owner === undefined ? [] : foldersToGive(stage);
  const directory = plan.owner === undefined ? undefined : applicationFolder(stage);
  const narrow = change(folders);
  if (directory === undefined) return [narrow];
  const rest = folders.filter(({ path }) => !isWithin(path, directory) || isMadeElsewhere(stage, path));
  return [narrow, change([{ path: directory, step: undefined, made: true }, ...rest], true)];
}

/** A folder to be given to a user. */
interface Given {
  readonly path: string;
  /** The `VOLUME` or `RUN` that names it, where it stands in the stage itself. */
  readonly step: StateFolder["step"] | undefined;
  /** It is there when a RUN behind that step runs. */
  readonly made: boolean;
}

function foldersToGive(stage: Stage): readonly Given[] {
  // Without a shell nothing can be run.
  if (stage.baseFacts?.shell !== true) return [];
  const folders = stateFolders(stage);
  return folders.flatMap(({ path, step, kind }) => {
    if (mayBeGiven(stage, path) || (kind === "volume" && step.stage !== stage)) return [];
    if (folders.some((other) => other.path !== path && isWithin(path, other.path))) return [];
    return [{ path, step: step.stage === stage ? step : undefined, made: kind === "made" }];
  });
}

/** The working directory, where copies that say nothing of an owner bring the program into it. */
function applicationFolder(stage: Stage): string | undefined {
  if (stage.baseFacts?.shell !== true) return undefined;
  const directory = workingDirectoryAfter(stage.history)?.path;
  if (directory === undefined || ofMany.test(directory)) return undefined;
  const copies = stage.instructions.filter((step) => isCopyInto(stage, step, [directory]));
  return copies.length > 0 && !mayBeGiven(stage, directory) ? directory : undefined;
}

/** Folders that hold more than one program. */
const ofMany =
  /^\/(?:$|(?:bin|boot|dev|etc|lib|lib64|proc|root|run|sbin|sys|tmp|usr\/local|usr\/lib|usr\/share)(?:\/|$)|(?:home\/[^/]*|home|mnt|opt|srv|usr|usr\/src|var|var\/lib|var\/www)$)/;

function isMadeElsewhere(stage: Stage, path: string): boolean {
  return stateFolders(stage).some((folder) => folder.path === path && folder.kind === "made");
}

function editsFor(
  model: DockerfileModel,
  stage: Stage,
  { user, owner, create }: UserPlan,
  folders: readonly Given[],
): readonly TextEdit[] {
  const copies = owner === undefined ? [] : copiesToGive(stage, folders);
  const anchor = firstOf([
    ...copies,
    ...stage.instructions.filter(
      (step) => step.name === "VOLUME" && folders.some((folder) => names(step, folder.path)),
    ),
  ]);
  const edits: TextEdit[] = [];
  const later: Given[] = [];
  const byStep = new Map<RunInstruction, Given[]>();
  for (const folder of folders) {
    const { step, made } = folder;
    const late =
      create === undefined || (anchor !== undefined && step !== undefined && step.span.start > anchor.span.start);
    if (late && made && step?.name === "RUN") byStep.set(step, [...(byStep.get(step) ?? []), folder]);
    else later.push(folder);
  }
  const give = (given: readonly Given[]): string => {
    const all = given.some(({ path, step }) => step !== undefined && isFilled(stage, path)) ? "-R " : "";
    return `chown ${all}${owner ?? user} ${given.map(({ path }) => path).join(" ")}`;
  };
  for (const [step, given] of byStep) {
    const edit = appendToRun(model, step, give(given));
    if (edit === undefined) later.push(...given);
    else edits.push(edit);
  }
  const missing = later.filter(({ path, made }) => !made || isLaterDirectory(stage, path, anchor));
  const parts = [
    ...(create === undefined ? [] : [create]),
    ...(missing.length === 0 ? [] : [`mkdir -p ${missing.map(({ path }) => path).join(" ")}`]),
    ...(later.length === 0 ? [] : [give(later)]),
  ];
  for (const copy of copies) {
    edits.push(insert((copy.flags.at(-1)?.span ?? copy.keywordSpan).end, ` --chown=${owner ?? user}`));
  }
  const run = parts.map(
    (part, index) => `${index === 0 ? "RUN " : "    "}${part}${index < parts.length - 1 ? ` && ${model.escape}` : ""}`,
  );
  if (anchor === undefined) return [...edits, insertBeforeStart(model, stage, [...run, `USER ${user}`])];
  const first = run.length === 0 ? [] : [insertBefore(model, anchor, run, "keep")];
  return [...first, ...edits, insertBeforeStart(model, stage, [`USER ${user}`])];
}

/** The copies of the stage itself that bring something into the folders, or into another place for data, and say nothing of an owner. */
function copiesToGive(stage: Stage, folders: readonly Given[]): readonly TransferInstruction[] {
  const paths = folders.map(({ path }) => path);
  return stage.instructions.flatMap((step) =>
    (step.name === "COPY" || step.name === "ADD") && isCopyInto(stage, step, paths, true) ? [step] : [],
  );
}

function isCopyInto(stage: Stage, step: Instruction, paths: readonly string[], state = false): boolean {
  if ((step.name !== "COPY" && step.name !== "ADD") || step.flag("chown") !== undefined) return false;
  const to = placeOf(stage, step);
  return to !== undefined && (paths.some((path) => isWithin(to, path)) || (state && isStatePath(stage, to)));
}

/** Whether a step does more with a folder than make it, so that there may be files in it. */
function isFilled(stage: Stage, path: string): boolean {
  const isInside = (text: string | undefined): boolean => text !== undefined && isWithin(text.replace(/\/$/, ""), path);
  return stage.history.some(
    (step) =>
      step.name === "RUN" &&
      step.script?.everyCommand.some(
        ({ name, words, redirects }) =>
          redirects.some(({ target }) => isInside(target)) ||
          (name !== "mkdir" && words.some(({ value }) => isInside(value))),
      ) === true,
  );
}

/** Whether a folder is only made behind the anchor: by a WORKDIR that stands there, or by a copy. */
function isLaterDirectory(stage: Stage, path: string, anchor: Instruction | undefined): boolean {
  if (anchor === undefined) return false;
  const before = stage.history.filter(({ span }) => span.start < anchor.span.start);
  return !before.some(
    (step, index) =>
      (step.name === "WORKDIR" && isWithin(workingDirectoryAfter(before.slice(0, index + 1))?.path ?? "", path)) ||
      ((step.name === "COPY" || step.name === "ADD") && isWithin(placeOf(stage, step) ?? "", path)) ||
      (step.name === "RUN" &&
        stateFolders(stage).some((folder) => folder.step === step && isWithin(folder.path, path))),
  );
}

function names({ words }: Instruction, path: string): boolean {
  return words.some(({ resolved }) => resolved?.replace(/(?<=.)\/+$/, "") === path);
}

function firstOf(steps: readonly Instruction[]): Instruction | undefined {
  return steps.reduce<Instruction | undefined>(
    (first, step) => (first === undefined || step.span.start < first.span.start ? step : first),
    undefined,
  );
}
