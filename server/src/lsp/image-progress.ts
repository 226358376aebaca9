import { type CancellationToken, type Connection, WorkDoneProgressReporter } from "vscode-languageserver";

/** How far a command has come, for a person who may cancel it. */
export interface ImageProgress {
  readonly signal: AbortSignal;
  /** `share`: 0 to 1. */
  report(message: string, share: number): void;
  /** Nothing is shown any more; calling it twice is harmless. */
  done(): void;
}

/** Milliseconds before the editor is asked to show anything: most answers are there by then. */
const patience = 500;

/**
 * Shows the progress where the request has a place for it (`given`); else the editor is asked for one once it takes longer. `token` is the
 * request's own.
 */
export function startProgress(
  title: string,
  connection: Connection,
  given: WorkDoneProgressReporter,
  token: CancellationToken,
): ImageProgress {
  const cancellation = new AbortController();
  const cancel = (): void => cancellation.abort();
  token.onCancellationRequested(cancel);
  if (token.isCancellationRequested) cancel();
  let shown: WorkDoneProgressReporter | undefined;
  let timer: NodeJS.Timeout | undefined;
  let ended = false;

  function show(reporter: WorkDoneProgressReporter): void {
    shown = reporter;
    reporter.begin(title, 0, undefined, true);
  }

  if (!WorkDoneProgressReporter.isNullInstance(given)) show(given);
  else {
    timer = setTimeout(() => {
      connection.window
        .createWorkDoneProgress()
        .then((reporter) => {
          reporter.token.onCancellationRequested(cancel);
          if (ended) reporter.done();
          else show(reporter);
        })
        .catch((error: unknown) => connection.console.warn(`The client shows no progress: ${String(error)}`));
    }, patience);
  }

  return {
    signal: cancellation.signal,
    report: (message, share) => shown?.report(share * 100, message),
    done() {
      ended = true;
      clearTimeout(timer);
      shown?.done();
      shown = undefined;
    },
  };
}
