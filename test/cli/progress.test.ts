import { expect, test } from "vitest";
import { progressOn } from "../../server/src/cli/progress.ts";
import { fakeTerminal } from "./fake-terminal.ts";

function stepsAt(times: readonly number[], terminal: ReturnType<typeof fakeTerminal>): string {
  let now = 0;
  const progress = progressOn(terminal, () => now);
  for (const time of times) {
    now = time;
    progress.step(() => `at ${time}`);
  }
  progress.done();
  return terminal.told();
}

test("a short run shows nothing", () => {
  expect(stepsAt([0, 100, 499], fakeTerminal("/", { interactive: true }))).toBe("");
});

test("a long run shows one line that is replaced and then wiped away", () => {
  expect(stepsAt([0, 600, 610, 900], fakeTerminal("/", { interactive: true }))).toBe(
    "\r\u001b[2Kat 600\r\u001b[2Kat 900\r\u001b[2K",
  );
});

test("the line is never longer than the terminal is wide", () => {
  const told = stepsAt([600], fakeTerminal("/", { interactive: true, columns: 5 }));
  expect(told).toBe("\r\u001b[2Kat 6\r\u001b[2K");
});

test.each([
  ["a pipe", { interactive: false }],
  ["a dumb terminal", { interactive: true, env: { TERM: "dumb" } }],
  ["CI", { interactive: true, env: { CI: "true" } }],
])("%s sees none", (_name, options) => {
  expect(stepsAt([600, 1200], fakeTerminal("/", options))).toBe("");
});
