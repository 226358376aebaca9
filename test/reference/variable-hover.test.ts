import { describe, expect, it } from "vitest";
import { isOfKind, parseFile } from "../../server/src/languages/index.ts";
import { variableHover } from "../../server/src/reference/variable-hover.ts";
import { besideFacts, createWorkspace, factsOf } from "../../server/src/workspace/index.ts";

/** What is said at the `|` in the text, with the part of the text it is said of; `.env` as given, or known not to be there, or not looked for. */
function hover(marked: string, env?: string, path = "compose.yaml") {
  const offset = marked.indexOf("|");
  const text = marked.replace("|", "");
  const parsed = parseFile({ path, text, languageId: "dockercompose" });
  if (parsed === undefined || !isOfKind(parsed, "compose")) throw new Error("no Compose file");
  const workspace = createWorkspace();
  workspace.set(factsOf(parsed));
  if (env !== "unknown") workspace.set(besideFacts(".env", env === undefined ? undefined : { text: env }));
  const model = parsed.units[0]?.model;
  const found = model && variableHover(model, offset, workspace.view(path));
  return found && { of: text.slice(found.at.start, found.at.end), says: found.markdown };
}

const of = (value: string, key = "image") => `services:\n  web:\n    ${key}: ${value}\n`;

describe("a variable", () => {
  it.each([
    ["from the file", "a:$T|AG", "TAG=1.4.2", "$TAG", "**`TAG`** is `1.4.2`, from `.env`."],
    ["in quotes", '"a:${TA|G}"', "TAG=1.4.2", "${TAG}", "is `1.4.2`, from `.env`."],
    ["with a default, set", "a:${|TAG:-9}", "TAG=1", "${TAG:-9}", "is `1`, from `.env`."],
    [
      "with a default, not set",
      "a:${TAG:-9|}",
      "A=1",
      "${TAG:-9}",
      "is not set in any file: `9` takes its place, the default.",
    ],
    ["with a default, empty", "a:${TAG:-9|}", "TAG=", "${TAG:-9}", "is empty in `.env`: `9` takes its place"],
    ["with a milder default, empty", "a:${TAG-9|}", "TAG=", "${TAG-9}", "is an empty text, from `.env`"],
    ["in a default", "a:${TAG:-$O|THER}", "OTHER=2", "$OTHER", "**`OTHER`** is `2`"],
    ["around a default", "a:${T|AG:-x$OTHER}", "OTHER=2", "${TAG:-x$OTHER}", "`x2` takes its place"],
    ["asked for", "a:${TA|G:?}", "A=1", "${TAG:?}", "is not set in any file: nothing starts."],
    ["whose default asks", "a:${TA|G:-${B:?}}", "A=1", "${TAG:-${B:?}}", "its default asks for `B`: nothing starts."],
    ["replaced", "a${TA|G:+-slim}", "TAG=1", "${TAG:+-slim}", "is set in `.env`, so that `-slim` takes its place."],
    ["not replaced", "a${TA|G:+-slim}", "A=1", "${TAG:+-slim}", "an empty text takes its place."],
    ["not set", "a:$TA|G", "A=1", "$TAG", "is not set in any file: an empty text takes its place, with a warning."],
  ])("%s", (_, value, env, at, says) => {
    const found = hover(of(value), env);
    expect(found?.of).toBe(at);
    expect(found?.says).toContain(says);
    expect(found?.says).toContain("environment of whoever calls Compose comes first");
  });

  it("is not set where there is no file, and perhaps where nobody looked", () => {
    expect(hover(of("a:$TA|G"))?.says).toContain("is not set in any file");
    expect(hover(of("a:$TA|G"))?.says).not.toContain("not known");
    expect(hover(of("a:$TA|G"), "unknown")?.says).toContain("Whether a `.env` beside this file sets it is not known.");
  });

  it("has no `.env` in a stack", () => {
    const text = "services:\n  web:\n    image: a:$TA|G\n    deploy:\n      mode: global\n";
    expect(hover(text, "TAG=1.4.2", "stack.yml")?.says).toContain("is not set in any file");
  });
});

describe("a secret", () => {
  it.each([
    ["by its name", "$DB_PASS|WORD", "command"],
    ["by that of what it is given to", "$P|W", "DB_PASSWORD"],
    ["by a default", "${DB_PASSWORD:-|correct-horse}", "command"],
    ["by its form", "$HO|OK", "command"],
    ["within an address", "$DATA|BASE", "command"],
  ])("is not shown: %s", (_, value, key) => {
    const env = "PW=correct-horse\nHOOK=glpat-Zm9vYmFyYmF6cXV4Zm9v\nDATABASE=postgres://shop:correct-horse@db/shop\n";
    const says = hover(of(value, key), value.includes(":-") ? env : `${env}DB_PASSWORD=correct-horse\n`)?.says ?? "";
    expect(says).toContain("••••••");
    expect(says).not.toMatch(/correct-horse|glpat/);
  });
});

describe("a sign that is no variable", () => {
  it.each([
    ["pa$|$word", "$$", "is one dollar sign"],
    ["echo |$1", "$", "stands for itself"],
    ["'${|1}'", "${1}", "refuses the file"],
  ])("%s", (value, at, says) => {
    const found = hover(of(value));
    expect(found?.of).toBe(at);
    expect(found?.says).toContain(says);
  });

  it.each([of("ngi|nx:$TAG"), of("$TAG").replace("web", "w|eb"), of("x # $T|AG")])("is nothing: %j", (text) => {
    expect(hover(text, "TAG=1")).toBeUndefined();
  });
});
