import { type BaseImageFacts, type ImageTools } from "../../../knowledge/base-images/index.ts";
import { maybePackageManager } from "../../../knowledge/package-managers.ts";
import type { Stage, TransferInstruction } from "../../../languages/dockerfile/model.ts";
import { everyCommand, isShell, type ShellCommand } from "../../../languages/shell/index.ts";
import { nameOf } from "../../../text/path.ts";
import { type KnownProgram, knownProgram } from "../../shared/known-programs.ts";
import { placeOf } from "./placed-files.ts";
import { bodyOf } from "./run-bodies.ts";

/** How a program of the final image is called: by its name, or by its path where it is not on the path. `undefined` where it may be missing. */
export function programIn(
  stage: Stage,
  facts: BaseImageFacts | undefined,
  tool: keyof ImageTools & ("wget" | "curl" | "nc" | "node" | "python" | "bun" | "deno" | "php" | "ruby"),
): string | undefined {
  const name = tool === "python" ? "python3" : tool;
  const path = facts?.toolPaths?.[tool];
  if (path !== undefined) return path;
  if (facts?.tools[tool] === true) return name;
  return (tool === "wget" || tool === "curl") && presence(stage, tool) === "installed" ? name : undefined;
}

/** Whether a stage certainly does not have a program on its path: its base image has not, and nothing in the file may have brought it. */
export function lacksProgram(stage: Stage, program: KnownProgram): boolean {
  const facts = stage.baseFacts;
  if (facts === undefined || stage.windows) return false;
  const has = program === "bash" ? facts.bash : facts.tools[program];
  return has === false && presence(stage, program) === "absent";
}

/** The packages that bring a program. */
const packagesOf: ReadonlyMap<KnownProgram, RegExp> = new Map<KnownProgram, RegExp>([
  ["curl", /^curl(?:-minimal|-full)?$/],
  ["wget", /^(?:wget\d?|busybox.*)$/],
  ["nc", /^(?:nc|ncat|nmap.*|netcat.*|busybox.*)$/],
  ["node", /^(?:node|nodejs.*|npm|yarn.*|corepack)$/],
  ["python", /^(?:python.*|py3-.*|pip|ansible.*|awscli|supervisor|certbot|mercurial|uwsgi.*)$/],
  ["php", /php/],
  ["ruby", /^(?:ruby.*|bundler|rails)$/],
  ["perl", /^(?:perl.*|git|build-essential)$/],
  ["java", /jre|jdk|java|maven|gradle/],
  ["bash", /^bash(?:-.*)?$/],
  ["bun", /^bun$/],
  ["deno", /^deno$/],
  ["pwsh", /^powershell/],
]);

type Presence = "installed" | "absent" | "maybe";

/** What the steps of a stage do about a program that its base image does not have. */
function presence(stage: Stage, program: KnownProgram): Presence {
  let found: Presence = "absent";
  /** The names under which `apk add --virtual` keeps it. */
  const virtual = new Set<string>();
  for (const instruction of stage.history) {
    if (instruction.name === "COPY" || instruction.name === "ADD") {
      if (mayBring(stage, instruction, program)) found = "maybe";
    } else if (instruction.name === "RUN") {
      const script = bodyOf(instruction);
      if (script === undefined) found = found === "absent" ? "maybe" : found;
      else for (const command of everyCommand(script)) found = after(found, command, program, virtual);
    }
  }
  return found;
}

function after(found: Presence, command: ShellCommand, program: KnownProgram, virtual: Set<string>): Presence {
  const { name, args } = command;
  // What the build itself runs is there.
  if (name !== undefined && knownProgram(name) === program) return found === "absent" ? "maybe" : found;
  if (name === undefined || !maybePackageManager(name))
    return found === "absent" && isOpaque(command) ? "maybe" : found;
  const words = args.map(({ value }) => value);
  const read = command.packages;
  const pattern = packagesOf.get(program);
  if (read === undefined || pattern === undefined || read.manager.scope !== "system") return found;
  const operands = read.operands.map((index) => words[index]);
  const named = operands.some((word) => word !== undefined && pattern.test(word.replace(/[=~<>@:].*$/, "")));
  if (read.does === "install") {
    if (!named) return found === "absent" && operands.includes(undefined) ? "maybe" : found;
    if (read.manager.name !== "apk") return "installed";
    const at = words.findIndex((word) => word !== undefined && /^(?:-t|--virtual)(?:=|$)/.test(word));
    if (at >= 0) virtual.add(words[at]?.split("=")[1] ?? words[at + 1] ?? "");
    return "installed";
  }
  if (!/^(?:remove|purge|del|erase|rm|autoremove)$/.test(read.subcommand ?? "")) return found;
  return named || operands.some((word) => word !== undefined && virtual.has(word)) ? "absent" : found;
}

/** What a command of nobody knows which doings may install. */
function isOpaque(command: ShellCommand): boolean {
  const { name, words, operands } = command;
  const path = words[0]?.value;
  if (name === undefined || path === undefined || /^\.|\.\w*sh$|\.py$|^\/(?!usr\/|bin\/|sbin\/)/.test(path))
    return true;
  if (name === "." || name === "source" || name === "make" || name === "xargs" || name.startsWith("ansible"))
    return true;
  return isShell(name) && command.inner === undefined && (operands.length > 0 || command.joined === "|");
}

/** Whether a copy puts the program, or whole folders of programs, where programs are looked for. */
function mayBring(stage: Stage, instruction: TransferInstruction, program: KnownProgram): boolean {
  const to = placeOf(stage, instruction);
  const names = instruction.sources.map(({ resolved }) =>
    resolved === undefined ? undefined : nameOf(resolved.replace(/\/$/, "")),
  );
  if (names.some((name) => name !== undefined && (name === "busybox" || knownProgram(name) === program))) return true;
  if (to !== undefined && knownProgram(to) === program) return true;
  if (to !== undefined && !/^\/(?:usr(?:\/local)?(?:\/s?bin)?|s?bin|nix|opt)?$/.test(to)) return false;
  return names.some(
    (name) =>
      name === undefined ||
      /^(?:\.?|.*\*.*|s?bin|usr|local|root(?:fs|-out)?|nix|store|opt|out|install(?:ed)?|.*\.t?(?:ar|gz|xz|bz2|tgz).*)$/.test(
        name,
      ),
  );
}
