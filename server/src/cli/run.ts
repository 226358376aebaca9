import { existsSync } from "node:fs";
import { resolve } from "node:path";
import type { Linter } from "../linter.ts";
import { version } from "../reference/version.ts";
import { nearest } from "./arguments.ts";
import { check } from "./check.ts";
import { explain } from "./explain.ts";
import { init } from "./init.ts";
import { mainHelp } from "./help.ts";
import { pin } from "./pin.ts";
import { rules } from "./rules.ts";
import { type ExitCode, misuse, type Terminal } from "./terminal.ts";

const commands = ["check", "pin", "init", "rules", "explain", "lsp", "help"] as const;

/** Runs one command line, all of it but `lsp`, which `main.ts` sees to since it takes over the process. */
export async function run(argv: readonly string[], terminal: Terminal, linter: Linter): Promise<ExitCode> {
  const [command, ...rest] = argv;
  switch (command) {
    case "check":
      return check(rest, terminal, linter);
    case "pin":
      return pin(rest, terminal, linter);
    case "init":
      return init(rest, terminal, linter);
    case "rules":
      return rules(rest, terminal, linter);
    case "explain":
      return explain(rest, terminal, linter);
    case "help":
    case "--help":
    case "-h":
      if (rest[0] !== undefined && rest[0] !== "help" && commands.some((name) => name === rest[0])) {
        return run([rest[0], "--help"], terminal, linter);
      }
      terminal.output.write(mainHelp());
      return 0;
    case "lsp":
      terminal.output.write("Run the language server, for editors.\n\nUsage: seaworthy lsp --stdio\n");
      return 0;
    case "--version":
    case "-V":
    case "-v":
      terminal.output.write(`${version}\n`);
      return 0;
    case undefined:
      terminal.messages.write(mainHelp());
      return 2;
    default:
      return misuse(terminal, unknown(command, terminal));
  }
}

function unknown(command: string, terminal: Terminal): string {
  if (command.startsWith("-")) return `\`${command}\` needs a command before it, as in: seaworthy check ${command}`;
  if (existsSync(resolve(terminal.cwd, command)))
    return `unknown command \`${command}\`; did you mean \`seaworthy check ${command}\`?`;
  const near = nearest(command, commands);
  return `unknown command \`${command}\`; ${near === undefined ? "`seaworthy help` lists them" : `did you mean \`${near}\`?`}`;
}
