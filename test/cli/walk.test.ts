import { mkdirSync, symlinkSync } from "node:fs";
import { join, relative } from "node:path";
import { describe, expect, test } from "vitest";
import { mayBeOurs, walk } from "../../server/src/cli/walk.ts";
import { folderWith } from "./fake-terminal.ts";

function found(folder: string, excluded: (path: string) => boolean = () => false): string[] {
  return [...walk(folder, excluded)].map((step) =>
    "file" in step ? relative(folder, step.file) : `! ${relative(folder, step.unreadable)}`,
  );
}

describe("walk", () => {
  test("finds files that may be ours, in order, and leaves out what never is", () => {
    const folder = folderWith({
      "b/Dockerfile": "",
      "a/compose.yaml": "",
      "a/app.ts": "",
      "a/web.Dockerfile": "",
      "node_modules/x/Dockerfile": "",
      ".git/Dockerfile": "",
      ".github/workflows/ci.yml": "",
      "Containerfile.dev": "",
    });
    expect(found(folder)).toEqual([
      ".github/workflows/ci.yml",
      "Containerfile.dev",
      "a/compose.yaml",
      "a/web.Dockerfile",
      "b/Dockerfile",
    ]);
  });

  test("heeds .gitignore files, the deeper one first", () => {
    const folder = folderWith({
      ".gitignore": "build/\n*.local.yaml\n/only-here.yaml\n",
      "build/Dockerfile": "",
      "a.local.yaml": "",
      "only-here.yaml": "",
      "sub/only-here.yaml": "",
      "sub/.gitignore": "!keep.local.yaml\nsecret.yaml\n",
      "sub/keep.local.yaml": "",
      "sub/other.local.yaml": "",
      "sub/secret.yaml": "",
      "secret.yaml": "",
    });
    expect(found(folder)).toEqual(["secret.yaml", "sub/keep.local.yaml", "sub/only-here.yaml"]);
  });

  test("heeds the files of the repository above the folder", () => {
    const folder = folderWith({
      ".git/info/exclude": "mine.yaml\n",
      ".gitignore": "services/*/generated.yaml\n",
      "services/.gitignore": "tmp\n",
      "services/api/generated.yaml": "",
      "services/api/mine.yaml": "",
      "services/api/tmp/Dockerfile": "",
      "services/api/Dockerfile": "",
    });
    expect(found(join(folder, "services", "api"))).toEqual(["Dockerfile"]);
  });

  test("searches a folder that is ignored itself when asked to", () => {
    const folder = folderWith({
      ".git/HEAD": "",
      ".gitignore": "build\n",
      "build/Dockerfile": "",
      "build/sub/Dockerfile": "",
    });
    expect(found(folder)).toEqual([]);
    expect(found(join(folder, "build"))).toEqual(["Dockerfile", "sub/Dockerfile"]);
  });

  test("does not enter what is excluded", () => {
    const folder = folderWith({ "vendor/a/Dockerfile": "", Dockerfile: "" });
    const asked: string[] = [];
    const excluded = (path: string): boolean => {
      asked.push(relative(folder, path));
      return relative(folder, path) === "vendor";
    };
    expect(found(folder, excluded)).toEqual(["Dockerfile"]);
    expect(asked).not.toContain("vendor/a");
  });

  test("reads files behind links, but follows no link to a folder and none that leads nowhere", () => {
    const folder = folderWith({ "real/app.yaml": "", "a/Dockerfile": "" });
    symlinkSync(join(folder, "a"), join(folder, "a", "again"));
    symlinkSync(join(folder, "real", "app.yaml"), join(folder, "link.yaml"));
    symlinkSync(join(folder, "nowhere"), join(folder, "broken.yaml"));
    expect(found(folder)).toEqual(["a/Dockerfile", "link.yaml", "real/app.yaml"]);
  });

  test("tells of a folder that is not there", () => {
    const folder = folderWith({});
    expect(found(join(folder, "gone"))).toEqual(["! "]);
    mkdirSync(join(folder, "gone"));
    expect(found(join(folder, "gone"))).toEqual([]);
  });
});

test.each([
  ["Dockerfile", true],
  ["dockerfile.web", true],
  ["web.dockerfile", true],
  ["Containerfile", true],
  ["deploy.yml", true],
  ["list.json", true],
  ["docker.go", false],
  ["README.md", false],
  ["yaml", false],
  [".dockerignore", true],
  ["api.Dockerfile.dockerignore", true],
  [".gitignore", false],
])("%s may be ours: %s", (name, expected) => {
  expect(mayBeOurs(name)).toBe(expected);
});
