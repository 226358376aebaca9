import type { RunInstruction, Stage } from "../../../languages/dockerfile/model.ts";
import { everyCommand, type ShellCommand } from "../../../languages/shell/index.ts";

/** A user that `useradd` or `adduser` makes. */
export interface CreatedUser {
  readonly name: string;
  /** A number; `undefined` where the command leaves it to the system. */
  readonly uid: string | undefined;
  /** Name or number of its first group; `undefined` where that is not known. */
  readonly group: string | undefined;
  readonly command: ShellCommand;
  readonly run: RunInstruction;
}

/** The last user that a stage creates; `"unknown"` where a variable names it. */
export function createdUser(stage: Stage): CreatedUser | "unknown" | undefined {
  const users = createdUsers(stage);
  return users.at(-1);
}

/** The users that a stage creates, in the order of the file; `"unknown"` in place of one that a variable names. */
export function createdUsers(stage: Stage): readonly (CreatedUser | "unknown")[] {
  return stage.history.flatMap((instruction) => {
    if (instruction.name !== "RUN" || instruction.script === undefined) return [];
    if (!/useradd|adduser/.test(instruction.script.text)) return [];
    return everyCommand(instruction.script).flatMap((command) => userOf(instruction, command) ?? []);
  });
}

const valued =
  /^(?:-[a-zA-Z]*[uGhsgdckefpbKR]|--(?:uid|gid|groups|home|home-dir|shell|gecos|comment|ingroup|expiredate|inactive|password|base-dir|skel|key|root|firstuid|lastuid|conf))$/;

/** What a `useradd` or `adduser` is told: options by their first letter, or by their long name, with their values. */
interface Told {
  readonly operands: readonly (string | undefined)[];
  readonly options: ReadonlyMap<string, string | undefined>;
}

function toldTo(command: ShellCommand): Told {
  const words = command.args.map(({ value }) => value);
  const operands: (string | undefined)[] = [];
  const options = new Map<string, string | undefined>();
  for (let at = 0; at < words.length; at++) {
    const word = words[at];
    if (word === undefined || !word.startsWith("-")) operands.push(word);
    else if (valued.test(word)) {
      const letters = /^-([a-zA-Z]+)$/.exec(word)?.[1];
      at += 1;
      for (const letter of letters?.slice(0, -1) ?? "") options.set(letter, undefined);
      options.set(letters?.at(-1) ?? word, words[at]);
    } else if (word.startsWith("--")) {
      const equals = word.indexOf("=");
      options.set(equals < 0 ? word : word.slice(0, equals), equals < 0 ? undefined : word.slice(equals + 1));
    } else {
      const attached = /^-([ug])(\d+)$/.exec(word);
      if (attached !== null) options.set(attached[1] ?? "", attached[2]);
      else for (const letter of word.slice(1)) options.set(letter, undefined);
    }
  }
  return { operands, options };
}

function userOf(run: RunInstruction, command: ShellCommand): CreatedUser | "unknown" | undefined {
  if (command.name !== "useradd" && command.name !== "adduser") return undefined;
  const { operands, options } = toldTo(command);
  // `adduser app wheel` puts somebody who is there into a group.
  if (operands.length !== 1) return undefined;
  const [name] = operands;
  if (name === undefined) return "unknown";
  if (name === "root" || !/^[a-z_][a-z0-9_-]*$/i.test(name)) return undefined;
  const uid = options.get("u") ?? options.get("--uid");
  const group = command.name === "useradd" ? groupOfUseradd(name, options) : groupOfAdduser(name, options);
  return { name, uid: uid !== undefined && /^\d+$/.test(uid) ? uid : undefined, group, command, run };
}

/** Source: https://manpages.debian.org/stable/passwd/useradd.8.en.html */
function groupOfUseradd(name: string, options: Told["options"]): string | undefined {
  for (const option of ["g", "--gid"]) if (options.has(option)) return options.get(option);
  return options.has("N") || options.has("--no-user-group") ? undefined : name;
}

/** Sources: https://busybox.net/downloads/BusyBox.html#adduser, https://manpages.debian.org/stable/adduser/adduser.8.en.html */
function groupOfAdduser(name: string, options: Told["options"]): string | undefined {
  for (const option of ["G", "--ingroup", "--gid"]) if (options.has(option)) return options.get(option);
  const system = options.has("S") || options.has("--system");
  return system && !options.has("--group") ? undefined : name;
}
