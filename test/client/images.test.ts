import { beforeEach, describe, expect, onTestFinished, test, vi } from "vitest";
import { ErrorCodes, ResponseError } from "vscode-languageserver/node";
import { executeWithProgress } from "../../client/src/images.ts";

/** The part of the editor that shows progress. */
const editor = vi.hoisted(() => ({ shown: 0, cancel: undefined as (() => void) | undefined }));
vi.mock("vscode", () => ({
  CancellationTokenSource: class {
    readonly token = { isCancellationRequested: false };
    cancel(): void {
      this.token.isCancellationRequested = true;
    }
    dispose(): void {}
  },
  ProgressLocation: { Notification: 15 },
  window: {
    async withProgress(_options: unknown, task: (progress: unknown, token: unknown) => Promise<unknown>) {
      editor.shown += 1;
      const token = {
        onCancellationRequested: (cancel: () => void) => {
          editor.cancel = cancel;
        },
      };
      await task({ report: () => undefined }, token);
      // The window is another process, which takes a moment to take it away.
      await new Promise((resolve) => setTimeout(resolve, 20));
    },
  },
}));
// The client itself needs the editor; what it is told by is the protocol's.
vi.mock("vscode-languageclient/node", async () => await import("vscode-languageserver/node"));

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  onTestFinished(() => {
    vi.useRealTimers();
  });
  editor.shown = 0;
});

/** A client of a server that answers when the test says so. */
function slowServer() {
  const calls: { readonly resolve: () => void; readonly reject: (error: Error) => void; readonly token: unknown }[] =
    [];
  const client = {
    onProgress: () => ({ dispose: () => undefined }),
    sendRequest: (_type: unknown, _params: unknown, token: unknown) =>
      new Promise<void>((resolve, reject) => {
        calls.push({ resolve, reject, token });
      }),
  };
  return { client, calls };
}

describe("a command of the server", () => {
  test("shows no progress where it is done at once", async () => {
    const { client, calls } = slowServer();
    const done = executeWithProgress(client, "x", {});
    calls[0]?.resolve();
    await done;
    expect(editor.shown).toBe(0);
  });

  test("shows it where it takes longer, and can be cancelled there", async () => {
    const { client, calls } = slowServer();
    const done = executeWithProgress(client, "x", {});
    await vi.advanceTimersByTimeAsync(600);
    expect(editor.shown).toBe(1);
    editor.cancel?.();
    expect(calls[0]?.token).toEqual({ isCancellationRequested: true });
    calls[0]?.resolve();
    await vi.advanceTimersByTimeAsync(100);
    await done;
  });

  test.each([0, 600])("tells of a server that ended meanwhile, after %d ms", async (time) => {
    const { client, calls } = slowServer();
    const failed = executeWithProgress(client, "x", {}).then(
      () => "nothing",
      (error: unknown) => String(error),
    );
    await vi.advanceTimersByTimeAsync(time);
    calls[0]?.reject(new ResponseError(ErrorCodes.PendingResponseRejected, "Pending response rejected"));
    await vi.advanceTimersByTimeAsync(100);
    expect(await failed).toBe("Error: Seaworthy's server ended before it was done: try again, or see its output.");
  });

  test("tells what else went wrong", async () => {
    const { client, calls } = slowServer();
    const done = executeWithProgress(client, "x", {});
    calls[0]?.reject(new Error("no"));
    await expect(done).rejects.toThrow(/^no$/);
  });
});
