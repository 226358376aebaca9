import { describe, expect, it } from "vitest";
import { parseFile } from "../../server/src/languages/index.ts";
import { besideFacts, createWorkspace, factsOf, type Workspace } from "../../server/src/workspace/index.ts";

/** A workspace of these files; what its Dockerfiles ask for and is not among them is known not to be there. */
function workspaceOf(files: Readonly<Record<string, string>>): Workspace {
  const workspace = createWorkspace();
  for (const [path, text] of Object.entries(files)) {
    const parsed = parseFile({ path, text });
    if (parsed !== undefined) workspace.set(factsOf(parsed));
  }
  for (const path of Object.keys(files)) {
    for (const { path: asked } of workspace.asked(path)) {
      const text = files[asked];
      workspace.set(besideFacts(asked, text === undefined ? undefined : { text }));
    }
  }
  return workspace;
}

const asksOf = (text: string) => workspaceOf({ Dockerfile: text }).facts("Dockerfile")?.dockerfile?.asks;

describe("what a Dockerfile asks of its context", () => {
  it.each([
    ["a script by its path", 'FROM a\nCOPY docker/start.sh /start.sh\nENTRYPOINT ["/start.sh"]\n', ["docker/start.sh"]],
    ["one below a folder", 'FROM a\nCOPY scripts/ /usr/local/bin/\nCMD ["/usr/local/bin/start"]\n', ["scripts/start"]],
    ["one in the working directory", 'FROM a\nWORKDIR /app\nCOPY . .\nCMD ["./run.sh", "web"]\n', ["run.sh"]],
    ["one by a glob", 'FROM a\nCOPY bin/*.sh /opt/\nENTRYPOINT ["sh", "/opt/go.sh"]\n', ["bin/go.sh"]],
    [
      "one on the path",
      'FROM a\nCOPY --chmod=755 run.sh /usr/local/bin/\nENTRYPOINT ["tini", "--", "run.sh"]\n',
      ["run.sh"],
    ],
    ["one that a shell runs", "FROM a\nCOPY run.sh stop.sh /\nCMD echo hi && /run.sh\n", ["run.sh"]],
    ["one in another shell's words", 'FROM a\nCOPY run.sh /\nCMD ["sh", "-c", "exec /run.sh"]\n', ["run.sh"]],
    [
      "one through another stage",
      'FROM a AS b\nWORKDIR /src\nCOPY . .\nFROM a\nCOPY --from=b /src/x/run.sh /\nCMD ["/run.sh"]\n',
      ["x/run.sh"],
    ],
    ["the last of two", 'FROM a\nCOPY one.sh /run.sh\nCOPY two.sh /run.sh\nCMD ["/run.sh"]\n', ["two.sh"]],
    ["by a variable", 'FROM a\nENV HOME=/srv\nCOPY run.sh $HOME/\nCMD ["/srv/run.sh"]\n', ["run.sh"]],
    ["none by a variable that is not known", 'FROM a\nARG WHERE\nCOPY run.sh $WHERE/\nCMD ["/srv/run.sh"]\n', []],
    ["none of another image", 'FROM a\nCOPY --from=b /run.sh /\nCMD ["/run.sh"]\n', []],
    ["none that is written here", 'FROM a\nCOPY <<EOF /run.sh\n#!/bin/sh\nEOF\nCMD ["/run.sh"]\n', []],
    ["one that may be in a folder", 'FROM a\nCOPY bin/ /usr/local/bin/\nCMD ["serve"]\n', ["bin/serve"]],
    ["none that the image has", 'FROM a\nCOPY conf /etc/a/\nCMD ["nginx", "-g", "daemon off;"]\n', []],
  ])("%s", (_name, text, scripts) => {
    expect(asksOf(text)?.scripts).toEqual(scripts);
  });

  it.each([
    ["beside it", "FROM node\nWORKDIR /app\nCOPY . .\n", "package.json"],
    ["in a folder", "FROM node\nWORKDIR /app\nCOPY api/package*.json ./\nCOPY api ./\n", "api/package.json"],
    [
      "of what runs, not of what is around it",
      "FROM node\nWORKDIR /src\nCOPY package.json .\nCOPY web web\nWORKDIR web\n",
      "web/package.json",
    ],
    [
      "through the stage that built it",
      "FROM node AS b\nWORKDIR /b\nCOPY web .\nRUN npm ci\nFROM node\nWORKDIR /a\nCOPY --from=b /b .\n",
      "web/package.json",
    ],
    [
      "of the stage that builds",
      "FROM node AS b\nCOPY web .\nRUN npm ci\nFROM nginx\nCOPY --from=b /dist /www\n",
      "web/package.json",
    ],
    ["nowhere", "FROM debian\nCOPY . .\n", undefined],
  ])("the package.json %s", (_name, text, path) => {
    expect(asksOf(text)?.packageJson).toBe(path);
  });

  it("lock files of the programs it runs", () => {
    expect(asksOf("FROM python\nRUN pip install uv && uv sync\n")?.names).toEqual(["requirements.txt", "uv.lock"]);
    expect(asksOf("FROM node\nRUN npm ci\n")?.names).toContain("pnpm-lock.yaml");
    expect(asksOf("FROM debian\nRUN make\n")?.names).toEqual([]);
  });
});

describe("answers about the build context", () => {
  const npm = 'FROM node\nWORKDIR /app\nCOPY . .\nRUN npm ci\nENTRYPOINT ["./start.sh"]\n';

  it("are those of the Dockerfile's folder, where that is one", () => {
    const view = workspaceOf({
      "api/Dockerfile": npm,
      "api/package.json":
        '{"main": "a.js", "scripts": {"start": "node a.js", "odd": 1}, "workspaces": [], "dependencies": {"next": "15"}, "devDependencies": {"vite": "6"}}',
      "api/start.sh": '#!/usr/bin/env bash\nset -e\nexec gosu app "$@"\n',
      "api/yarn.lock": "",
    }).view("api/Dockerfile");
    expect(view.packageJson()).toMatchObject({ main: "a.js", scripts: { start: "node a.js" }, workspaces: true });
    expect(view.packageJson()).toMatchObject({ dependencies: ["next"] });
    expect(view.script("start.sh")).toMatchObject({
      path: "api/start.sh",
      interpreter: "bash",
      crlf: false,
      shell: { exec: "last", execsArguments: true, dropsRoot: true, traps: false },
    });
    expect(view.contextHas("yarn.lock")).toBe(true);
    expect(view.contextHas("package-lock.json")).toBe(false);
    expect(view.contextHas("never-asked")).toBe("unknown");
  });

  it("are those of the context that Compose names", () => {
    const view = workspaceOf({
      "docker/Dockerfile": npm,
      "compose.yaml": "services:\n  a:\n    build: {context: ., dockerfile: docker/Dockerfile}\n",
      "package.json": "{}",
    }).view("docker/Dockerfile");
    expect(view.packageJson()).toMatchObject({ scripts: {} });
    expect(view.script("start.sh")).toBeUndefined();
  });

  it("are unknown where the folder shows nothing of a context, two differ, or nobody looked", () => {
    expect(workspaceOf({ "docker/Dockerfile": npm }).view("docker/Dockerfile").script("start.sh")).toBe("unknown");
    const two = workspaceOf({
      Dockerfile: npm,
      "compose.yaml": "services:\n  a:\n    build: .\n  b:\n    build: {context: b, dockerfile: ../Dockerfile}\n",
      "package.json": "{}",
      "start.sh": "true\n",
      "b/start.sh": "true\n",
    }).view("Dockerfile");
    expect(two.packageJson()).toBe("unknown");
    expect(two.script("start.sh")).toMatchObject({ interpreter: undefined });
    const unseen = createWorkspace().view("Dockerfile");
    expect([unseen.packageJson(), unseen.script("a.sh"), unseen.contextHas("yarn.lock")]).toEqual(
      Array.from({ length: 3 }, () => "unknown"),
    );
  });

  it("are unknown of what cannot be read, which is there all the same", () => {
    const view = workspaceOf({ Dockerfile: npm, "package.json": "{ broken", "start.sh": "\0ELF" }).view("Dockerfile");
    expect([view.packageJson(), view.script("start.sh"), view.contextHas("start.sh")]).toEqual([
      "unknown",
      "unknown",
      true,
    ]);
  });

  it("never lead out of the context", () => {
    const asked = workspaceOf({ "a/Dockerfile": 'FROM b\nCOPY ../../x.sh /\nCMD ["/x.sh"]\n' }).asked("a/Dockerfile");
    expect(asked).toEqual([{ path: "a/x.sh", as: "beside" }]);
  });

  it("are given anew to the Dockerfiles that ask", () => {
    const workspace = workspaceOf({ Dockerfile: npm, "other/Dockerfile": npm, "start.sh": "true\n" });
    expect(workspace.affectedBy("start.sh")).toEqual(["Dockerfile"]);
    expect(workspace.affectedBy("other/yarn.lock")).toEqual(["other/Dockerfile"]);
    expect(workspace.affectedBy("unasked")).toEqual([]);
  });

  it("are plain data", () => {
    const workspace = workspaceOf({ Dockerfile: npm, "start.sh": "exec a\n", "package.json": "{}" });
    for (const path of ["Dockerfile", "start.sh", "package.json"]) {
      const facts = workspace.facts(path);
      expect(facts).toBeDefined();
      expect(structuredClone(facts)).toEqual(facts);
    }
  });
});
