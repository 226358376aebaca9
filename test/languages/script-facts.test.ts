import { expect, it } from "vitest";
import { scriptFacts } from "../../server/src/languages/shell/index.ts";

const shellOf = (text: string) => scriptFacts("start.sh", text).shell;

it.each([
  ["#!/bin/sh\n", "sh"],
  ["#! /usr/bin/env bash\n", "bash"],
  ["#!/usr/bin/env -S A=1 python3 -u\n", "python3"],
  ["\uFEFF#!/bin/bash\n", "bash"],
  ["#!\n", undefined],
  ["echo\n", undefined],
])("interpreter of %j", (text, interpreter) => {
  expect(scriptFacts("start.sh", text).interpreter).toBe(interpreter);
});

it("line endings of Windows", () => {
  const text = "#!/bin/sh\r\nexec app\r\n";
  expect(scriptFacts("start.sh", text)).toMatchObject({ interpreter: "sh", crlf: true, shell: { exec: "last" } });
  const at = shellOf(text)?.last?.at;
  expect(at && text.slice(at.start, at.end)).toBe("exec app");
});

it.each([
  ["exec app\n", "last"],
  ["set -e\nif a; then exec b; else exec c; fi\n", "last"],
  ["if a; then exec b; fi\nc\n", "elsewhere"],
  ["exec >log 2>&1\napp\n", "never"],
  ["app\n", "never"],
  ["", "never"],
])("exec in %j", (text, exec) => {
  expect(shellOf(text)?.exec).toBe(exec);
});

it.each([
  ['exec "$@"\n', { execsArguments: true, runsArguments: true, dropsRoot: false }],
  ['"$@"\n', { execsArguments: false, runsArguments: true }],
  ['set -- app "$@"\nexec "$@"\n', { execsArguments: true }],
  ['exec su-exec app "$@"\n', { execsArguments: true, dropsRoot: true }],
  ['exec setpriv --reuid=1 app "$@"\n', { execsArguments: true, dropsRoot: true }],
  [
    'echo "$@"\napp\n',
    { execsArguments: false, runsArguments: false, last: { name: "app", at: { start: 10, end: 13 } } },
  ],
  ["trap 'kill $p' TERM\napp & p=$!\nwait\n", { traps: true, exec: "never" }],
])("what %j does", (text, facts) => {
  expect(shellOf(text)).toMatchObject(facts);
});

it.each([
  ["prepare\napp --port 80\n", true],
  ['app "$(cat port)"\n', true],
  ["app\nwhile true; do sleep 1; done\n", false],
  ["prepare\nif a; then b; fi\n", false],
  ["log | app\n", false],
  ["app &\n", false],
  ["main() {\n  app\n}\nmain\n", false],
])("whether %j ends with its last program", (text, ends) => {
  expect(shellOf(text)?.last?.ends).toBe(ends);
});

it.each([
  ['prepare\nexec "$@"\n', true],
  ['exec gosu app "$@"\n', true],
  ['exec app "$@"\n', false],
  ['[ $# -gt 0 ] || set -- app\nexec "$@"\n', false],
  ['if [ -z "$1" ]; then exec app; fi\nexec "$@"\n', false],
  ['exec "${@:-app}"\n', false],
])("whether %j needs arguments", (text, needs) => {
  expect(shellOf(text)?.needsArguments).toBe(needs);
});

it("is silent on what is no shell's or not understood", () => {
  expect(shellOf("#!/usr/bin/python3\nprint()\n")).toBeUndefined();
  expect(shellOf("if true; then (\n")).toBeUndefined();
  expect(scriptFacts("main.py", "print()\n").shell).toBeUndefined();
  expect(scriptFacts("entrypoint", "exec a\n").shell).toMatchObject({ exec: "last" });
});
