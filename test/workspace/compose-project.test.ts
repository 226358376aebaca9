import { describe, expect, it } from "vitest";
import { parseFile } from "../../server/src/languages/index.ts";
import { besideFacts, createWorkspace, factsOf, type Workspace } from "../../server/src/workspace/index.ts";

/** A workspace of these files, in which it is known of whatever else they ask for that it is not there. */
function workspaceOf(files: Readonly<Record<string, string>>): Workspace {
  const workspace = createWorkspace();
  const tell = (path: string, text: string): void => {
    const parsed = parseFile({ path, text, languageId: path.includes(".env") ? "ini" : "dockercompose" });
    if (parsed !== undefined) workspace.set(factsOf(parsed));
  };
  for (const [path, text] of Object.entries(files)) if (!path.includes(".env")) tell(path, text);
  for (const path of Object.keys(files)) {
    for (const { path: asked } of workspace.asked(path)) {
      const text = files[asked];
      if (workspace.facts(asked) === undefined) {
        workspace.set(besideFacts(asked, text === undefined ? undefined : { text }));
      }
    }
  }
  return workspace;
}

const projectOf = (path: string, files: Readonly<Record<string, string>>) =>
  workspaceOf(files).view(path).composeProject();

const web = "services:\n  web:\n    image: acme/web:1\n";

describe("what another file declares", () => {
  it.each([
    ["an override", "compose.override.yaml"],
    ["an override with the older name", "docker-compose.override.yml"],
    ["a variant", "compose.prod.yaml"],
    ["a variant with the older name", "docker-compose-staging.yml"],
  ])("%s", (_name, other) => {
    const layer = "networks:\n  back: {}\nservices:\n  web:\n    networks: [back]\n";
    const project = projectOf("app/compose.yaml", { "app/compose.yaml": web, [`app/${other}`]: layer });
    expect(project.declared("networks", "back")).toEqual({ path: `app/${other}`, span: { start: 12, end: 16 } });
    expect(project.declared("networks", "front")).toBeUndefined();
    expect(project.declared("volumes", "back")).toBeUndefined();
    expect(project.uses("networks", "back")).toBe(true);
    expect(project.uses("networks", "front")).toBe(false);
  });

  it("files that are included, however deep, and those that include this one", () => {
    const files = {
      "compose.yaml": `include:\n  - infra/compose.yaml\n${web}`,
      "infra/compose.yaml": "include:\n  - path: [db.yaml, ../local/db.yaml]\nservices: {}\n",
      "infra/db.yaml": "services:\n  db:\n    image: postgres:17\nvolumes:\n  data:\n",
      "local/db.yaml": "services:\n  db:\n    volumes: [data:/var/lib/postgresql/data]\n",
    };
    expect(projectOf("compose.yaml", files).declared("services", "db")?.path).toBe("infra/db.yaml");
    expect(projectOf("compose.yaml", files).complete).toBe(true);
    expect(projectOf("local/db.yaml", files).declared("volumes", "data")?.path).toBe("infra/db.yaml");
    expect(projectOf("local/db.yaml", files).declared("services", "web")?.path).toBe("compose.yaml");
    expect(projectOf("compose.yaml", files).below.map(({ path }) => path)).toEqual([
      "infra/compose.yaml",
      "infra/db.yaml",
      "local/db.yaml",
    ]);
  });

  it("not what lies in another folder, or has another name", () => {
    const project = projectOf("app/compose.yaml", {
      "app/compose.yaml": web,
      "compose.override.yaml": "volumes:\n  a:\n",
      "app/stack.yaml": "services:\n  b:\n    image: b\nvolumes:\n  a:\n",
    });
    expect(project.declared("volumes", "a")).toBeUndefined();
  });
});

describe("whether a project is complete", () => {
  it.each([
    ["a lone file", "compose.yaml", { "compose.yaml": web }, true],
    ["an include that is there", "compose.yaml", { "compose.yaml": `include: [a.yaml]\n${web}`, "a.yaml": web }, true],
    ["an include that is not", "compose.yaml", { "compose.yaml": `include: [a.yaml]\n${web}` }, false],
    ["one of a repository", "compose.yaml", { "compose.yaml": `include: ["https://a/b.git"]\n${web}` }, false],
    ["one of a registry", "compose.yaml", { "compose.yaml": `include: ["oci://a/b:1"]\n${web}` }, false],
    // oxlint-disable-next-line eslint/no-template-curly-in-string -- as Compose writes it
    ["one by a variable", "compose.yaml", { "compose.yaml": `include: ["\${A}.yaml"]\n${web}` }, false],
    [
      "a circle",
      "compose.yaml",
      { "compose.yaml": `include: [a.yaml]\n${web}`, "a.yaml": "include: [compose.yaml]\n" },
      true,
    ],
    ["an override without a main file", "compose.override.yaml", { "compose.override.yaml": web }, false],
    ["one with", "compose.override.yaml", { "compose.override.yaml": web, "compose.yml": web }, true],
    ["a part", "db.yaml", { "db.yaml": "services:\n  db:\n    restart: always\n" }, false],
  ] as const)("%s", (_name, path, files, complete) => {
    expect(projectOf(path, files).complete).toBe(complete);
  });
});

describe("what other files set", () => {
  const main = "services:\n  web:\n    image: acme/web:1\n    environment:\n      - A=1\n      - B\n";

  it("the override, and from there the main file", () => {
    const files = {
      "compose.yaml": main,
      "compose.override.yaml": "services:\n  web:\n    restart: always\n    ports: !override\n      - 80:80\n",
    };
    expect(projectOf("compose.yaml", files).elsewhere("web", "restart")).toEqual([
      { path: "compose.override.yaml", value: "always", tag: undefined, certain: true, span: { start: 30, end: 36 } },
    ]);
    expect(projectOf("compose.yaml", files).elsewhere("web", "ports")).toMatchObject([
      { value: ["80:80"], tag: "!override" },
    ]);
    expect(projectOf("compose.yaml", files).elsewhere("api", "restart")).toEqual([]);
    const [a] = projectOf("compose.override.yaml", files).elsewhere("web", "environment", "A");
    expect(a?.value).toBe("1");
    expect(a && main.slice(a.span.start, a.span.end)).toBe("A=1");
    expect(projectOf("compose.override.yaml", files).elsewhere("web", "environment", "B")).toMatchObject([
      { value: null },
    ]);
    expect(projectOf("compose.override.yaml", files).elsewhere("web", "environment", "C")).toEqual([]);
  });

  it("perhaps a variant, surely one that cannot stand alone, never one for development", () => {
    const certain = (path: string, text: string) =>
      projectOf("compose.yaml", { "compose.yaml": main, [path]: text })
        .elsewhere("web", "restart")
        .map((one) => one.certain);
    expect(certain("compose.prod.yaml", "services:\n  web:\n    image: a\n    restart: always\n")).toEqual([false]);
    expect(certain("compose.prod.yaml", "services:\n  web:\n    restart: always\n")).toEqual([true]);
    expect(certain("compose.dev.yaml", "services:\n  web:\n    restart: always\n")).toEqual([]);
  });

  it("the service of another file that is extended, through others, and never in a circle", () => {
    const files = {
      "compose.yaml": "services:\n  web:\n    extends: { file: base/common.yaml, service: app }\n",
      "base/common.yaml":
        "services:\n  app:\n    extends: { file: ../root.yaml, service: root }\n    init: true\n  extra: {}\n",
      "root.yaml": "services:\n  root:\n    extends: { file: compose.yaml, service: web }\n    restart: always\n",
    };
    const project = projectOf("compose.yaml", files);
    expect(project.elsewhere("web", "init")).toMatchObject([{ path: "base/common.yaml", value: true }]);
    expect(project.elsewhere("web", "restart")).toMatchObject([{ path: "root.yaml", value: "always" }]);
    expect(project.elsewhere("web", "image")).toEqual([]);
    expect(project.base("web")).toBeUndefined();
    expect(project.complete).toBe(true);
  });

  it("a base, and what that extends", () => {
    const files = {
      "compose.yaml": "services:\n  web:\n    extends: { file: base/common.yaml, service: app }\n",
      "base/common.yaml": "services:\n  app:\n    extends: { file: ../root.yaml, service: root }\n",
      "root.yaml": "services:\n  root:\n    image: acme/root:1\n",
    };
    const place = { path: "base/common.yaml", span: { start: 12, end: 15 } };
    expect(projectOf("compose.yaml", files).base("web")).toEqual(place);
    const { "root.yaml": _root, ...without } = files;
    expect(projectOf("compose.yaml", without).base("web")).toEqual({ missing: "file", path: "root.yaml" });
  });

  it("nothing of a base that is not there", () => {
    const text = "services:\n  a:\n    extends: { file: b.yaml, service: x }\n";
    expect(projectOf("compose.yaml", { "compose.yaml": text }).base("a")).toEqual({ missing: "file", path: "b.yaml" });
    const files = { "compose.yaml": text, "b.yaml": web };
    expect(projectOf("compose.yaml", files).base("a")).toEqual({ missing: "service", path: "b.yaml" });
  });
});

describe("the files beside a Compose file", () => {
  const text =
    "services:\n  web:\n    image: a\n    env_file: [web.env, { path: more.env, required: false }]\n    volumes: ['./nginx.conf:/a:ro']\nsecrets:\n  s:\n    file: .\\keys\\s.txt\n";

  it("what they set", () => {
    const view = workspaceOf({
      "app/compose.yaml": text,
      "app/.env": "A=1\nB\n",
      "app/web.env": "this is no environment\n",
    }).view("app/compose.yaml");
    expect(view.environmentFile(".env")).toEqual(
      new Map([
        ["A", "1"],
        ["B", ""],
      ]),
    );
    expect(view.environmentFile("web.env")).toBe("unknown");
    expect(view.environmentFile("./more.env")).toBeUndefined();
    expect(view.environmentFile("other.env")).toBe("unknown");
  });

  it("whether they are there", () => {
    const view = workspaceOf({ "app/compose.yaml": text, "app/.env": "" }).view("app/compose.yaml");
    expect(view.hasFile(".env")).toBe(true);
    expect(view.hasFile("keys/s.txt")).toBe(false);
    expect(view.hasFile("./nginx.conf")).toBe(false);
    expect(view.hasFile(".gitignore")).toBe(false);
    expect(view.hasFile("~/x")).toBe("unknown");
    expect(view.hasFile("x")).toBe("unknown");
  });
});

describe("who is affected", () => {
  const files = {
    "compose.yaml": `include: [db.yaml]\n${web}`,
    "compose.override.yaml": web,
    "db.yaml": "services:\n  db:\n    image: a\n    env_file: db.env\n",
    "far/compose.yaml": web,
    "db.env": "A=1\n",
  };

  it("the other files of the project, and nobody else", () => {
    const workspace = workspaceOf(files);
    const ours = (path: string) =>
      workspace
        .affectedBy(path)
        .filter((other) => other in files)
        .sort();
    expect(ours("compose.override.yaml")).toEqual(["compose.yaml", "db.yaml"]);
    expect(ours("db.yaml")).toEqual(["compose.override.yaml", "compose.yaml"]);
    expect(ours("far/compose.yaml")).toEqual([]);
    expect(ours("db.env")).toEqual(["db.yaml"]);
  });

  it("nobody by an edit that only moves things", () => {
    const workspace = workspaceOf(files);
    const { generation } = workspace;
    const parsed = parseFile({ path: "compose.yaml", text: `# moved\n${files["compose.yaml"]}` });
    if (parsed !== undefined) workspace.set(factsOf(parsed));
    expect(workspace.generation).toBe(generation);
    const at = workspace.view("compose.override.yaml").composeProject().declared("services", "web")?.span.start;
    expect(at).toBe(`# moved\n${files["compose.yaml"]}`.indexOf("web:"));
  });
});
