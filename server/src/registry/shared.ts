import type { Answer } from "./answers.ts";
import { cancelled } from "./failures.ts";

/**
 * Work that equal questions share while it is under way. Whoever no longer wants the answer leaves with `cancelled`; the work itself is stopped once
 * nobody waits for it any more.
 */
export type Shared<T> = (
  key: string,
  host: string,
  signal: AbortSignal | undefined,
  work: (signal: AbortSignal) => Promise<Answer<T>>,
) => Promise<Answer<T>>;

interface Running<T> {
  readonly answer: Promise<Answer<T>>;
  readonly stop: () => void;
  waiting: number;
}

/** The work must not reject. */
export function createShared<T>(): Shared<T> {
  const running = new Map<string, Running<T>>();

  const start = (key: string, work: (signal: AbortSignal) => Promise<Answer<T>>): Running<T> => {
    const controller = new AbortController();
    const leave = (): void => {
      if (running.get(key) === task) running.delete(key);
    };
    const task: Running<T> = {
      answer: work(controller.signal).finally(leave),
      stop: () => {
        // Whoever asks from now on must not be given what is being stopped.
        leave();
        controller.abort();
      },
      waiting: 0,
    };
    running.set(key, task);
    return task;
  };

  return (key, host, signal, work) => {
    if (signal?.aborted === true) return Promise.resolve(cancelled(host));
    const task = running.get(key) ?? start(key, work);
    task.waiting += 1;
    if (signal === undefined) return task.answer;
    return new Promise((resolve) => {
      const leave = (): void => {
        task.waiting -= 1;
        if (task.waiting === 0) task.stop();
        resolve(cancelled(host));
      };
      signal.addEventListener("abort", leave, { once: true });
      void task.answer.then((answer) => {
        signal.removeEventListener("abort", leave);
        resolve(answer);
      });
    });
  };
}
