import { Console } from "node:console";
import { setFlagsFromString } from "node:v8";
import { createConnection, ProposedFeatures } from "vscode-languageserver/node";
import { nodeHost } from "../hosts/node.ts";
import { lazyLinter } from "../lazy-linter.ts";
import { startServer } from "./server.ts";
import { wholeMessages } from "./whole-messages.ts";

/**
 * Runs the language server in this process, over what the command line names: `--stdio`, `--node-ipc`, `--socket=<port>` or `--pipe=<name>`;
 * over stdio where it names nothing. The process ends with the connection, with `exit`, and when the client's process is gone.
 */
export function serve(): void {
  // V8 lets several times of what is in use pile up before it cleans; an editor has other uses for that memory. An engine that does not know
  // the flag ignores it.
  setFlagsFromString("--heap-growing-percent=50");
  const elsewhere = process.argv.some((argument) => /^--(?:node-ipc|socket|pipe)(?:=|$)/.test(argument));
  // What a library has to say must not end up between the messages.
  if (!elsewhere) globalThis.console = new Console(process.stderr);
  const connection = elsewhere
    ? createConnection(ProposedFeatures.all)
    : createConnection(ProposedFeatures.all, process.stdin, wholeMessages(process.stdout));
  process.on("uncaughtException", (error) => connection.console.error(error.stack ?? error.message));
  process.on("unhandledRejection", (reason) => connection.console.error(String(reason)));
  startServer(connection, nodeHost(), lazyLinter);
  connection.listen();
}
