import { expect, it } from "vitest";
import { fixAll } from "../../server/src/engine/fix.ts";
import type { EditFix } from "../../server/src/engine/rule.ts";
import { configOf, smallWorkspace } from "./small-workspace.ts";

const text = "services:\n  db:\n    image: postgres:17\n    environment:\n      POSTGRES_PASSWORD: pa$$word\n";

/** The fix that moves the password of a file beside others. */
function fixIn(path: string, others: readonly { readonly path: string; readonly text: string }[] = []): EditFix {
  const selection = configOf({ only: ["compose/plaintext-secret"] }, undefined);
  const workspace = smallWorkspace([{ path, text }, ...others], () => selection);
  const fix = workspace.check(path)?.findings.flatMap(({ fixes }) => fixes)[0];
  if (fix === undefined || !("edits" in fix)) throw new Error("no fix");
  return fix;
}

it("a secret's file holds the value as the container saw it, without a line end, and its folder stays out of Git", () => {
  const { creates, appends, safety } = fixIn("deploy/compose.yaml");
  expect(safety).toBe("review");
  expect(appends).toBeUndefined();
  expect(creates).toEqual([
    { path: "deploy/secrets/postgres_password.txt", text: "pa$word" },
    { path: "deploy/.gitignore", text: "/secrets/\n", ofLines: true },
  ]);
});

it("a `.gitignore` that is there gets a line", () => {
  const { creates, appends } = fixIn("compose.yaml", [{ path: ".gitignore", text: "/data/\n" }]);
  expect(creates?.map(({ path }) => path)).toEqual(["secrets/postgres_password.txt"]);
  expect(appends).toEqual([{ path: ".gitignore", lines: ["/secrets/"] }]);
});

it("a `.env` that is made for a value stays out of Git as well, together with a secret's folder", () => {
  const more = `${text}  app:\n    build: .\n    environment:\n      API_TOKEN: correct-horse\n`;
  const selection = configOf({ only: ["compose/plaintext-secret"] }, undefined);
  const workspace = smallWorkspace([{ path: "compose.yaml", text: more }], () => selection);
  const { created, refused } = fixAll(more, (changed) => workspace.check("compose.yaml", changed), "review");
  expect(refused).toEqual([]);
  expect(Object.fromEntries(created.map((file) => [file.path, file.text]))).toEqual({
    "secrets/postgres_password.txt": "pa$word",
    ".gitignore": "/secrets/\n.env\n",
    ".env": "API_TOKEN=correct-horse\n",
  });
});
