import { createConnection, ProposedFeatures } from "vscode-languageserver/node";
import { nodeHost } from "../hosts/node.ts";
import { linter } from "../linter.ts";
import { startServer } from "./server.ts";

/**
 * Runs the language server in this process, over what the command line names: `--stdio`, `--node-ipc`, `--socket=<port>` or `--pipe=<name>`.
 * The process ends with the connection, with `exit`, and when the client's process is gone.
 */
export function serve(): void {
  const connection = createConnection(ProposedFeatures.all);
  process.on("uncaughtException", (error) => connection.console.error(error.stack ?? error.message));
  process.on("unhandledRejection", (reason) => connection.console.error(String(reason)));
  startServer(connection, nodeHost(), linter);
  connection.listen();
}
