import { describe, expect, it } from "vitest";
import { ignoreHere, ignoreInFile } from "../../server/src/engine/ignore.ts";
import { applyEdits } from "../../server/src/text/edit.ts";
import { checkText } from "./checking.ts";

/** The text after silencing the first finding of a rule; what that finding was is gone from the report. */
function silenced(
  path: string,
  text: string,
  rule: string,
  where: "here" | "file" = "here",
  reason?: string,
): string | undefined {
  const before = checkText(path, text);
  const finding = before.findings.find((candidate) => candidate.rule.endsWith(`/${rule}`));
  if (finding === undefined) throw new Error(`no finding of ${rule}`);
  const edit =
    where === "here" ? ignoreHere(before.parsed, finding, reason) : ignoreInFile(before.parsed, finding, reason);
  if (edit === undefined) return undefined;
  const after = applyEdits(text, [edit]);
  if (after === undefined) throw new Error("the edit does not apply");
  const left = checkText(path, after);
  const count = (findings: typeof left.findings) =>
    findings.filter((candidate) => candidate.rule === finding.rule).length;
  expect(count(left.findings)).toBeLessThan(count(before.findings));
  return after;
}

describe("ignoring in a Dockerfile", () => {
  it("goes above the instruction, at its indentation", () => {
    expect(silenced("Dockerfile", "FROM a:1\n  FROM \\\n  a:latest\n", "latest-tag")).toBe(
      "FROM a:1\n  # seaworthy ignore latest-tag\n  FROM \\\n  a:latest\n",
    );
  });

  it("takes a reason and keeps line endings", () => {
    expect(silenced("Dockerfile", "FROM a:latest\r\n", "latest-tag", "here", "as\nagreed")).toBe(
      "# seaworthy ignore latest-tag -- as agreed\r\nFROM a:latest\r\n",
    );
  });

  it("stays below parser directives", () => {
    expect(silenced("Dockerfile", "# syntax=docker/dockerfile:1\n# escape=\\\nFROM a:latest\n", "latest-tag")).toBe(
      "# syntax=docker/dockerfile:1\n# escape=\\\n# seaworthy ignore latest-tag\nFROM a:latest\n",
    );
    expect(silenced("Dockerfile", "# syntax=docker/dockerfile:1\nFROM a:latest\n", "latest-tag", "file")).toBe(
      "# syntax=docker/dockerfile:1\n# seaworthy ignore-file latest-tag\nFROM a:latest\n",
    );
  });

  it("goes above other tools' comments, which count for the line below them", () => {
    expect(silenced("Dockerfile", "# what it is\n# hadolint ignore=DL9999\nFROM a:latest\n", "latest-tag")).toBe(
      "# what it is\n# seaworthy ignore latest-tag\n# hadolint ignore=DL9999\nFROM a:latest\n",
    );
  });

  it("adds a name to a comment of ours", () => {
    expect(silenced("Dockerfile", "# seaworthy ignore maintainer -- old\nFROM a:latest\n", "latest-tag")).toBe(
      "# seaworthy ignore maintainer, latest-tag -- old\nFROM a:latest\n",
    );
    expect(silenced("Dockerfile", "# seaworthy ignore-file x\nFROM a:latest\n", "latest-tag", "file")).toBe(
      "# seaworthy ignore-file x, latest-tag\nFROM a:latest\n",
    );
  });

  it("a reason of its own needs a comment of its own", () => {
    expect(
      silenced("Dockerfile", "# seaworthy ignore maintainer -- old\nFROM a:latest\n", "latest-tag", "here", "new"),
    ).toBe("# seaworthy ignore maintainer -- old\n# seaworthy ignore latest-tag -- new\nFROM a:latest\n");
  });

  it("has no place above a parser directive", () => {
    const text = "# syntax=docker/dockerfile:latest\nFROM a:1\n";
    expect(silenced("Dockerfile", text, "latest-tag")).toBeUndefined();
    expect(silenced("Dockerfile", text, "latest-tag", "file")).toBe(
      "# syntax=docker/dockerfile:latest\n# seaworthy ignore-file latest-tag\nFROM a:1\n",
    );
  });
});

describe("ignoring in YAML", () => {
  it("goes to the end of a short line", () => {
    expect(silenced("compose.yaml", "services:\n  web:\n    image: a:latest\n", "missing-restart")).toBe(
      "services:\n  web: # seaworthy ignore missing-restart\n    image: a:latest\n",
    );
  });

  it("goes above a long line, or one with a comment", () => {
    const long = `registry.example.com/${"a".repeat(50)}:latest`;
    expect(silenced("compose.yaml", `services:\n  web:\n    image: ${long}\n`, "latest-tag")).toBe(
      `services:\n  web:\n    # seaworthy ignore latest-tag\n    image: ${long}\n`,
    );
    expect(silenced("compose.yaml", "services:\n  web: # ours\n    image: a:1\n", "missing-restart")).toBe(
      "services:\n  # seaworthy ignore missing-restart\n  web: # ours\n    image: a:1\n",
    );
  });

  it("adds a name to a comment of ours at the end of the line or above", () => {
    expect(
      silenced("compose.yaml", "services:\n  web:\n    image: a:latest # seaworthy ignore x -- y\n", "latest-tag"),
    ).toBe("services:\n  web:\n    image: a:latest # seaworthy ignore x, latest-tag -- y\n");
    expect(
      silenced("compose.yaml", "services:\n  # seaworthy ignore x\n  web:\n    image: a:1\n", "missing-restart"),
    ).toBe("services:\n  # seaworthy ignore x, missing-restart\n  web:\n    image: a:1\n");
  });

  it("works in the second document, and in items and flow maps", () => {
    const pod = "apiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - {name: a, image: a:latest}\n";
    expect(silenced("m.yaml", `---\n${pod.replace("latest", "1")}---\n${pod}`, "latest-tag")).toContain(
      "  - {name: a, image: a:latest} # seaworthy ignore latest-tag\n",
    );
  });

  it("does not write into a string that goes over several lines", () => {
    const text = 'services:\n  "we\n    b":\n    image: a:1\n';
    const after = silencedOrNothing("compose.yaml", text, "missing-restart");
    if (after !== undefined) expect(checkText("compose.yaml", after).findings).toEqual([]);
  });

  it("keeps a byte order mark first and line endings alike", () => {
    expect(silenced("compose.yaml", "\uFEFFservices:\r\n  web:\r\n    image: a:1\r\n", "missing-restart", "file")).toBe(
      "\uFEFF# seaworthy ignore-file missing-restart\r\nservices:\r\n  web:\r\n    image: a:1\r\n",
    );
  });

  it("is not offered in JSON, which has no comments", () => {
    const json = '{"apiVersion":"v1","kind":"Pod","spec":{"containers":[{"image":"a:latest"}]}}';
    expect(silenced("m.json", json, "latest-tag")).toBeUndefined();
    expect(silenced("m.json", json, "latest-tag", "file")).toBeUndefined();
  });
});

function silencedOrNothing(path: string, text: string, rule: string): string | undefined {
  const report = checkText(path, text);
  const finding = report.findings.find((candidate) => candidate.rule.endsWith(`/${rule}`));
  const edit = finding === undefined ? undefined : ignoreHere(report.parsed, finding);
  return edit === undefined ? undefined : applyEdits(text, [edit]);
}
