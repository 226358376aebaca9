import type { LogOutputChannel } from "vscode";
import type { ErrorHandler } from "vscode-languageclient/node";
import { CloseAction, ErrorAction } from "vscode-languageclient/node";

const patience = { crashes: 5, withinMilliseconds: 3 * 60 * 1000 };

/** A server that ends unasked is started again, unless it keeps doing so. All of it is told in the output and nowhere else. */
export function crashPolicy(output: LogOutputChannel): ErrorHandler {
  let crashes: readonly number[] = [];
  return {
    error: (error) => {
      output.error(`The connection to the server has a fault: ${error.message}`);
      return { action: ErrorAction.Continue, handled: true };
    },
    closed: () => {
      const now = Date.now();
      crashes = [...crashes.filter((time) => now - time < patience.withinMilliseconds), now];
      if (crashes.length < patience.crashes) {
        return {
          action: CloseAction.Restart,
          handled: true,
          message: "The server ended unexpectedly and is started again.",
        };
      }
      const message = `The server ended ${crashes.length} times within three minutes and is left alone. "Seaworthy: Restart Server" starts it again.`;
      return { action: CloseAction.DoNotRestart, handled: true, message };
    },
  };
}
