import { describe, expect, it } from "vitest";
import { kindOf } from "../../server/src/languages/detect.ts";
import { inDialect, isOfKind, parseFile } from "../../server/src/languages/index.ts";
import { looksLikeOurs } from "../../server/src/languages/sniff.ts";

const from = "FROM node:22\n";
const services = "services:\n  web:\n    image: node\n";
const pod = "apiVersion: v1\nkind: Pod\n";

describe("Dockerfiles are known by name", () => {
  it.each([
    "Dockerfile",
    "a/b/Containerfile",
    "dockerfile",
    "DOCKERFILE",
    "Dockerfile.prod",
    "Dockerfile-alpine",
    "Dockerfile_dev",
    "Containerfile.web",
    "web.dockerfile",
    "web.Dockerfile",
    "web.containerfile",
    "Dockerfile.1.2",
    "Dockerfile.go",
    "Dockerfile.sh",
  ])("%s", (path) => {
    expect(kindOf({ path, text: from })).toBe("dockerfile");
  });

  it.each([
    "Dockerfile.md",
    "Dockerfile.j2",
    "Dockerfile.template",
    "Dockerfile.tmpl",
    "Dockerfiles",
    "dockerfile/readme",
    "MyDockerfile",
    "dockerfile-parser.ts.map/x",
    "Dockerfile.swp",
  ])("not %s", (path) => {
    expect(kindOf({ path, text: from })).toBeUndefined();
  });

  it.each([".dockerignore", "api/Dockerfile.dockerignore", "api.Dockerfile.dockerignore", ".containerignore"])(
    "an ignore file in %s, whatever the editor takes it for",
    (path) => {
      for (const languageId of ["ignore", "dockerfile", "plaintext"]) {
        expect(kindOf({ path, text: from, languageId })).toBe("ignore");
      }
    },
  );

  it.each([".gitignore", "dockerignore", ".dockerignore.md"])("no ignore file in %s", (path) => {
    expect(kindOf({ path, text: "a\n", languageId: "ignore" })).toBeUndefined();
  });

  it.each([
    ["dockerfile.go", "package dockerfile\n"],
    ["dockerfile.py", "from os import path\n"],
    ["dockerfile-lint.js", "// FROM here\nconst a = 1;\n"],
    ["dockerfile.yaml", "a: 1\n"],
  ])("nor a program in %s", (path, text) => {
    expect(kindOf({ path, text })).toBeUndefined();
  });
});

describe("the language id decides", () => {
  it.each([
    ["build.txt", "dockerfile", from, "dockerfile"],
    ["Untitled-1", "dockerfile", "", "dockerfile"],
    ["Untitled-1", "dockercompose", "", "compose"],
    ["Untitled-1", "yaml", pod, "kubernetes"],
    ["Untitled-1", "helm", pod, "kubernetes"],
    ["Untitled-1", "plaintext", pod, undefined],
    ["Dockerfile", "plaintext", from, "dockerfile"],
  ])("%s as %s", (path, languageId, text, kind) => {
    expect(kindOf({ path, languageId, text })).toBe(kind);
  });
});

describe("Compose files are known by name and services, or by the look of their services", () => {
  it.each([
    ["compose.yaml", services],
    ["compose.prod.yml", services],
    ["docker-compose.yml", "version: '3'\nservices:\n"],
    ["my-docker-compose.dev.yaml", services],
    ["docker_compose.yml", ""],
    ["stack.yml", services],
    ["docker-stack.prod.yml", services],
    ["compose.yaml", "\uFEFFservices:\r\n  web:\r\n    image: a\r\n"],
    ["compose.yaml", '"services": {}\n'],
    ["compose.yaml", "include:\n  - a.yaml\n"],
    ["compose.override.yaml", "volumes:\n  data:\n"],
    ["anything.yml", services],
    ["anything.yml", "name: x\n# here\nservices: # these\n\n  # web\n  web:\n    ports: []\n    build: .\n"],
    ["anything.yml", "services:\n    web:\n      <<: *x\n      image: a\n"],
  ])("%s with %j", (path, text) => {
    expect(kindOf({ path, text })).toBe(path === "docker_compose.yml" ? undefined : "compose");
  });

  it.each([
    ["compose.yaml", ""],
    ["compose.yaml", "# nothing\n"],
    ["compose.yaml", "steps:\n  services:\n"],
    ["stack.yaml", "resolver: lts-22\npackages: []\n"],
    ["stack.yaml", "networks:\n  a:\n"],
    ["services.yaml", "services:\n  _defaults:\n    autowire: true\n"],
    [".travis.yml", "services:\n  - docker\nimage: a\n"],
    [".gitlab-ci.yml", "services:\n  - name: docker:dind\n    alias: d\nimage: a\n"],
    [".github/workflows/ci.yml", "jobs:\n  test:\n    services:\n      db:\n        image: postgres\n"],
    [".lando.yml", "services:\n  web:\n    type: compose\n    services:\n      image: a\n"],
    ["api.yaml", "openapi: 3.0.0\nservices: []\n"],
    ["a.yml", "services:\nimage: a\n"],
    ["compose.txt", services],
  ])("not %s with %j", (path, text) => {
    expect(kindOf({ path, text })).toBeUndefined();
  });
});

const detect = (answer: boolean | undefined) => ({ kubernetesDetect: () => answer });

describe("manifests are known by apiVersion and kind in one document", () => {
  it.each([
    ["a.yaml", pod],
    ["a.yml", "kind: Pod\r\nmetadata: {}\r\napiVersion: v1\r\n"],
    ["a.yaml", "\uFEFFapiVersion: v1\nkind: Pod\n"],
    ["a.yaml", `a: 1\n---\n# comment\n${pod}`],
    ["a.yaml", `---\n${pod}...\n`],
    ["a.yaml", '"apiVersion": "v1"\n"kind": "Pod"\n'],
    ["a.yaml", "{apiVersion: v1, kind: Pod}\n"],
    ["a.json", '{"kind": "Pod", "apiVersion": "v1"}'],
    ["a.json", '{\n  "apiVersion": "v1",\n  "kind": "List",\n  "items": []\n}'],
    ["chart/templates/a.yaml", "{{- if .Values.on }}\napiVersion: {{ .x }}\nkind: Pod\n{{- end }}\n"],
    ["chart/templates/a.yaml", "{{- range .Values.all }}\n---\n  apiVersion: v1\n  kind: Pod\n{{- end }}\n"],
    ["compose.yaml", pod],
    ["docker-stack.yaml", `${pod}spec:\n  services: []\n`],
  ])("%s with %j", (path, text) => {
    expect(kindOf({ path, text })).toBe("kubernetes");
    expect(looksLikeOurs(path, text)).toBe(true);
  });

  it.each([
    ["a.yaml", "kind: Pod\n"],
    ["a.yaml", "apiVersion: v1\n---\nkind: Pod\n"],
    ["a.yaml", "apiVersion: 1\nkind: Pod\n"],
    ["a.yaml", "apiVersion:\nkind:\n"],
    ["a.yaml", "a:\n  apiVersion: v1\n  kind: Pod\n"],
    ["a.yaml", "# apiVersion: v1\n# kind: Pod\n"],
    ["a.json", '{"definitions": {"apiVersion": {"type": "string"}, "kind": {"type": "string"}}}'],
    ["Chart.yaml", "apiVersion: v2\nname: x\n"],
    ["a.txt", pod],
  ])("not %s with %j", (path, text) => {
    expect(kindOf({ path, text })).toBeUndefined();
  });

  it("unless somebody says otherwise", () => {
    expect(kindOf({ path: "a.yaml", text: pod }, detect(false))).toBeUndefined();
    expect(kindOf({ path: "a.yaml", text: "" }, detect(true))).toBe("kubernetes");
    expect(kindOf({ path: "a.yaml", text: services }, detect(false))).toBe("compose");
    expect(kindOf({ path: "a.yaml", text: pod }, detect(undefined))).toBe("kubernetes");
  });
});

describe("parseFile", () => {
  it("is silent about what is not ours", () => {
    expect(parseFile({ path: "a.txt", text: "x" })).toBeUndefined();
  });

  it("keeps the models of documents that did not change", () => {
    const text = `${pod}metadata: {name: a}\n---\n${pod}metadata: {name: b}\n---\n${pod}metadata: {name: c}\n`;
    const before = parseFile({ path: "a.yaml", text });
    const after = parseFile({ path: "a.yaml", text: text.replace("name: b", "name: bbb") }, {}, before);
    expect(after?.units.map(({ base }) => base)).toEqual([0, 45, 96]);
    expect(after?.units.map(({ model }, index) => model === before?.units[index]?.model)).toEqual([true, false, true]);
    const moved = parseFile({ path: "b.yaml", text }, {}, before);
    expect(moved?.units.some(({ model }, index) => model === before?.units[index]?.model)).toBe(false);
  });

  it("keeps a Compose file's and a Dockerfile's", () => {
    for (const [path, text] of [
      ["compose.yaml", services],
      ["Dockerfile", from],
    ] as const) {
      const before = parseFile({ path, text });
      expect(before?.units).toHaveLength(1);
      expect(parseFile({ path, text }, {}, before)?.units[0]?.model).toBe(before?.units[0]?.model);
      expect(parseFile({ path, text: `${text}\n\n# more` }, {}, before)?.units[0]?.model).not.toBe(
        before?.units[0]?.model,
      );
    }
  });

  it("reads Compose files for the command that is asked for, and keeps what is read so already", () => {
    const parsed = parseFile({ path: "compose.yaml", text: services });
    if (parsed === undefined) throw new Error("not a Compose file");
    expect(inDialect(parsed, undefined)).toBe(parsed);
    expect(inDialect(parsed, "compose")).toBe(parsed);
    const stack = inDialect(parsed, "stack");
    expect(isOfKind(stack, "compose") ? stack.units[0]?.model.dialect : undefined).toBe("stack");
    const again = parseFile({ path: "compose.yaml", text: services }, {}, stack);
    if (again === undefined) throw new Error("not a Compose file");
    expect(inDialect(again, "stack").units[0]?.model).toBe(stack.units[0]?.model);
    const told = inDialect(again, undefined);
    expect(isOfKind(told, "compose") ? told.units[0]?.model.dialect : undefined).toBe("compose");
  });

  it("takes a document for a template once another one of the file is", () => {
    const one = `${pod}metadata: {name: a}\n`;
    const before = parseFile({ path: "a.yaml", text: `${one}---\n${pod}` });
    const after = parseFile({ path: "a.yaml", text: `${one}---\n${pod}metadata:\n  name: {{ .x }}\n` }, {}, before);
    if (after === undefined || !isOfKind(after, "kubernetes")) throw new Error("not a manifest");
    expect(after.units.map(({ model }) => model.templated)).toEqual([true, true]);
  });
});
