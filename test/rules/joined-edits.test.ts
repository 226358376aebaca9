import { describe, expect, it } from "vitest";
import { parseYaml } from "../../server/src/languages/yaml/parse.ts";
import { insertTopLevel, removeEntry, setPath } from "../../server/src/languages/yaml/edit.ts";
import { getPath } from "../../server/src/languages/yaml/path.ts";
import { joined } from "../../server/src/rules/shared/joined-edits.ts";
import { applyEdits } from "../../server/src/text/edit.ts";

describe.each(["\n", "\r\n"])("joined, with lines that end in %j", (ending) => {
  const text = ["services:", "  api:", "    image: a", "    volumes:", "      - ./a:/b", ""].join(ending);
  const document = parseYaml(text);
  const service = getPath(document.root, "services", "api");
  if (service?.type !== "map") throw new Error("no service");
  const gone = removeEntry(document, service, "volumes");
  const result = (...changes: Parameters<typeof joined>[1]) => {
    const edits = joined(text, changes);
    return edits === undefined ? undefined : applyEdits(text, edits)?.split(ending);
  };

  it("puts what comes behind the last lines in their place, where these go", () => {
    const top = insertTopLevel(document, "configs", { a: { file: "./a" } });
    const own = setPath(document, service, ["configs"], ["a"]);
    const lines = ["services:", "  api:", "    image: a"];
    const topLines = ["configs:", "  a:", "    file: ./a", ""];
    expect(result(gone, top)).toEqual([...lines, ...topLines]);
    expect(result(gone, own)).toEqual([...lines, "    configs:", "      - a", ""]);
    expect(result(gone, own, top)).toEqual([...lines, "    configs:", "      - a", ...topLines]);
  });

  it("leaves no brackets where the last key of a map goes and another one comes", () => {
    const lonely = parseYaml(["services:", "  api:", "    image: a", ""].join(ending));
    const map = getPath(lonely.root, "services", "api");
    if (map?.type !== "map") throw new Error("no service");
    const edits = joined(lonely.text, [removeEntry(lonely, map, "image"), setPath(lonely, map, ["build"], ".")]);
    const after = edits === undefined ? undefined : applyEdits(lonely.text, edits);
    expect(after?.split(ending)).toEqual(["services:", "  api:", "    build: .", ""]);
  });

  it("is nothing where a change cannot be made, or two contradict", () => {
    expect(joined(text, [gone, undefined])).toBeUndefined();
    const volumes = setPath(document, service, ["volumes", 0], "./c:/d");
    expect(volumes).toBeDefined();
    expect(joined(text, [gone, volumes])).toBeUndefined();
  });
});
