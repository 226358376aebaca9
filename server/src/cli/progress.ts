import type { Terminal } from "./terminal.ts";

/** Tells a person at a terminal that something is going on; says nothing in a pipe, and nothing before half a second went by. */
export interface Progress {
  /** `text` is one short line; it takes the place of the last one. */
  step(text: () => string): void;
  /** Wipes the line away. */
  done(): void;
}

const firstAfter = 500;
const nextAfter = 80;

/** `now` counts in milliseconds. */
export function progressOn(terminal: Terminal, now: () => number = Date.now): Progress {
  const { messages } = terminal;
  if (!messages.interactive || terminal.env["TERM"] === "dumb" || terminal.env["CI"] !== undefined) {
    return { step: () => {}, done: () => {} };
  }
  let due = now() + firstAfter;
  let shown = false;
  return {
    step(text) {
      if (now() < due) return;
      due = now() + nextAfter;
      shown = true;
      messages.write(`\r\u001b[2K${text().slice(0, (messages.columns ?? 80) - 1)}`);
    },
    done() {
      if (shown) messages.write("\r\u001b[2K");
      shown = false;
    },
  };
}
