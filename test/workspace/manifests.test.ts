import { describe, expect, it } from "vitest";
import { parseFile } from "../../server/src/languages/index.ts";
import {
  besideFacts,
  createWorkspace,
  factsOf,
  selects,
  type Workspace,
  wantedLabels,
} from "../../server/src/workspace/index.ts";

function workspaceOf(files: Readonly<Record<string, string>>): Workspace {
  const workspace = createWorkspace();
  for (const [path, text] of Object.entries(files)) tell(workspace, path, text);
  return workspace;
}

function tell(workspace: Workspace, path: string, text: string): void {
  const parsed = parseFile({ path, text });
  workspace.set(parsed === undefined ? besideFacts(path, { text }) : factsOf(parsed));
}

const object = (kind: string, name: string, rest = ""): string =>
  `apiVersion: v1\nkind: ${kind}\nmetadata: { name: ${name}${rest} }\n`;
const deployment = (name: string, labels = `{ app: ${name} }`): string =>
  `apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: ${name} }\nspec:\n  replicas: 1\n  selector: { matchLabels: { app: ${name} } }\n  template:\n    metadata: { labels: ${labels} }\n    spec: { containers: [{ name: a, image: b }] }\n`;
const names = (found: readonly { readonly name: string | undefined }[]): readonly (string | undefined)[] =>
  found.map(({ name }) => name);

describe("siblings", () => {
  const files = {
    "a/one.yaml": `${object("ConfigMap", "one")}---\n${object("Secret", "other")}`,
    "a/two.yaml": object("ConfigMap", "two"),
    "a/deep/three.yaml": object("ConfigMap", "three"),
    "b/four.yaml": object("ConfigMap", "four"),
  };

  it("are those of the folder where nothing else says what belongs together", () => {
    const view = workspaceOf(files).view("a/one.yaml").manifests();
    expect(names(view.siblings("ConfigMap"))).toEqual(["one", "two"]);
    expect(names(view.siblings("ConfigMap", "apps"))).toEqual([]);
    expect(names(view.everywhere("ConfigMap"))).toEqual(["one", "two", "three", "four"]);
    expect(view.open).toBe(false);
  });

  it("are what the kustomization brings together, wherever it lies", () => {
    const workspace = workspaceOf({
      ...files,
      "a/kustomization.yaml":
        "resources: [one.yaml, deep/three.yaml]\nsecretGenerator:\n  - { name: made, envs: [a.env], literals: [B=2] }\n",
      "a/a.env": "A=1\n",
    });
    const view = workspace.view("a/deep/three.yaml").manifests();
    expect(names(view.siblings("ConfigMap"))).toEqual(["one", "three"]);
    expect(view.siblings("Secret").map(({ name, keys }) => [name, keys])).toEqual([
      ["made", ["B", "A"]],
      ["other", []],
    ]);
    // A file that it does not name is no part of it, but looks at it from beside.
    expect(names(workspace.view("a/two.yaml").manifests().siblings("ConfigMap"))).toEqual(["one", "three", "two"]);
  });

  it("are the base's and the overlays' from the base, but not the other overlay's from an overlay", () => {
    const workspace = workspaceOf({
      "base/kustomization.yaml": "resources: [base.yaml]\n",
      "base/base.yaml": object("ConfigMap", "base"),
      "dev/kustomization.yaml": "resources: [../base, dev.yaml]\n",
      "dev/dev.yaml": object("ConfigMap", "dev"),
      "prod/kustomization.yml": "bases: [../base]\nresources: [prod.yaml]\n",
      "prod/prod.yaml": object("ConfigMap", "prod"),
    });
    const of = (path: string) => new Set(names(workspace.view(path).manifests().siblings("ConfigMap")));
    expect(of("base/base.yaml")).toEqual(new Set(["base", "dev", "prod"]));
    expect(of("dev/dev.yaml")).toEqual(new Set(["base", "dev"]));
    expect(of("prod/kustomization.yml")).toEqual(new Set(["base", "prod"]));
  });

  it("are the templates of a chart, among which anything may be made", () => {
    const workspace = workspaceOf({
      "chart/templates/a.yaml": object("ConfigMap", "a"),
      "chart/templates/deep/b.yaml": object("ConfigMap", "{{ .Release.Name }}"),
      "chart/crds/c.yaml": object("ConfigMap", "c"),
      "chart/other.yaml": object("ConfigMap", "d"),
    });
    workspace.set(besideFacts("chart/Chart.yaml", "unread"));
    const view = workspace.view("chart/templates/a.yaml").manifests();
    expect(names(view.siblings("ConfigMap"))).toEqual(["a", undefined, "c"]);
    expect(view.open).toBe(true);
    workspace.set(besideFacts("chart/Chart.yaml", undefined));
    expect(names(workspace.view("chart/templates/a.yaml").manifests().siblings("ConfigMap"))).toEqual(["a"]);
  });
});

describe("what kustomizations make of objects", () => {
  const files = {
    "base/kustomization.yaml": "namePrefix: shop-\nresources: [all.yaml]\n",
    "base/all.yaml": `${deployment("web")}---\n${object("Namespace", "shop")}---\n${object("ConfigMap", "settings", ", namespace: tools")}`,
    "prod/kustomization.yaml":
      "namespace: prod\nnameSuffix: -eu\nresources: [../base]\nreplicas: [{ name: web, count: 4 }]\nlabels: [{ pairs: { env: prod }, includeSelectors: true }, { pairs: { only: metadata } }]\n",
  };

  it("namespaces, names, labels and replicas", () => {
    const view = workspaceOf(files).view("base/all.yaml").manifests();
    const [web] = view.workloads();
    expect(web).toMatchObject({ name: "web", namespace: "prod" });
    expect(web?.workload).toMatchObject({ replicas: 4, labels: { app: "web", env: "prod" } });
    expect(web?.names).toEqual(["web", "shop-web", "web-eu", "shop-web-eu"]);
    expect(view.siblings("Namespace")[0]?.namespace).toBeUndefined();
    expect(view.find({ kind: "ConfigMap", name: "shop-settings", namespace: "anywhere" })?.name).toBe("settings");
    expect(view.namespaceOf("tools")).toBe("prod");
  });

  it("leave open what differs from overlay to overlay", () => {
    const view = workspaceOf({ ...files, "dev/kustomization.yaml": "namespace: dev\nresources: [../base]\n" })
      .view("base/all.yaml")
      .manifests();
    expect(view.workloads()[0]?.namespace).toBeUndefined();
    expect(view.namespaceOf("tools")).toBeUndefined();
  });

  it("take files for patches", () => {
    const workspace = workspaceOf({ ...files, "prod/patch.yaml": deployment("web") });
    expect(workspace.view("prod/patch.yaml").manifests().patch).toBe(false);
    tell(workspace, "prod/kustomization.yaml", "resources: [../base]\npatches: [{ path: patch.yaml }]\n");
    const view = workspace.view("prod/patch.yaml").manifests();
    expect(view.patch).toBe(true);
    expect(view.workloads().map(({ path, partial }) => [path, partial])).toEqual([
      ["prod/patch.yaml", true],
      ["base/all.yaml", false],
    ]);
    expect(view.find({ kind: "Deployment", name: "web" })?.path).toBe("base/all.yaml");
    expect(view.open).toBe(false);
  });
});

describe("looking for an object", () => {
  it("grades how sure it is that there is none", () => {
    const workspace = workspaceOf({
      "a/all.yaml": `${object("ConfigMap", "settings")}---\n${object("Service", "web")}`,
      "b/all.yaml": object("Secret", "token"),
    });
    const lookUp = (kind: string, name: string) =>
      workspace.view("a/all.yaml").manifests().lookUp({ group: "", kind, name });
    expect(lookUp("ConfigMap", "setings")).toMatchObject({ found: [], missing: "here", beside: false });
    expect(names(lookUp("ConfigMap", "setings").near)).toEqual(["settings"]);
    expect(lookUp("Secret", "tokn")).toMatchObject({ found: [], missing: "elsewhere" });
    expect(names(lookUp("Secret", "tokn").near)).toEqual(["token"]);
    expect(names(lookUp("Secret", "token").found)).toEqual(["token"]);
    expect(lookUp("Secret", "something else").near).toEqual([]);
    tell(workspace, "a/db.yaml", "apiVersion: acme.com/v1\nkind: Database\nmetadata: { name: db }\n");
    expect(lookUp("ConfigMap", "setings").missing).toBe("unknown");
    expect(workspace.view("nowhere.yaml").manifests().lookUp({ kind: "Secret", name: "x" }).missing).toBe("unknown");
  });

  it("says where an object is, wherever its text has moved to", () => {
    const workspace = workspaceOf({ "a.yaml": `${object("Secret", "x")}---\n${object("ConfigMap", "settings")}` });
    const view = workspace.view("a.yaml").manifests();
    const [found] = view.siblings("ConfigMap");
    const text = `# more\n${object("Secret", "x")}---\n${object("ConfigMap", "settings")}`;
    tell(workspace, "a.yaml", text);
    expect(found && text.slice(found.span.start, found.span.end)).toBe("settings");
  });
});

describe("a watched view", () => {
  const all = `${deployment("web")}---\n${object("ConfigMap", "settings")}`;

  it("holds while nothing changed that it was asked about", () => {
    const workspace = workspaceOf({ "a.yaml": all, "b.yaml": object("Service", "web") });
    const watched = workspace.view("b.yaml").watched();
    watched.view.manifests().siblings("ConfigMap");
    tell(workspace, "a.yaml", all.replace("replicas: 1", "replicas: 3"));
    expect(watched.holds()).toBe(true);
    tell(workspace, "a.yaml", all.replace("name: settings", "name: others"));
    expect(watched.holds()).toBe(false);
  });

  it("follows what decides which objects belong together", () => {
    const workspace = workspaceOf({ "a.yaml": all, "b.yaml": object("Service", "web") });
    const watched = workspace.view("b.yaml").watched();
    watched.view.manifests().siblings("ConfigMap");
    tell(workspace, "kustomization.yaml", "resources: [b.yaml]\n");
    expect(watched.holds()).toBe(false);
  });
});

describe("a reading that the workspace was not told", () => {
  it("takes the place of what it knows of the file", () => {
    const workspace = workspaceOf({ "a.yaml": object("ConfigMap", "old"), "b.yaml": object("ConfigMap", "b") });
    const parsed = parseFile({ path: "a.yaml", text: `${object("ConfigMap", "new")}---\n${object("Secret", "s")}` });
    if (parsed === undefined) throw new Error("no manifest");
    const view = workspace.view("a.yaml").reading(parsed).manifests();
    expect(names(view.siblings("ConfigMap"))).toEqual(["new", "b"]);
    expect(names(workspace.view("a.yaml").manifests().siblings("ConfigMap"))).toEqual(["old", "b"]);
  });
});

describe("selects", () => {
  const labels = { app: "web", tier: "front" };
  it.each([
    [{ app: "web" }, true],
    [{ app: "web", tier: "back" }, false],
    [{}, true],
    [{ matchLabels: { app: "web" } }, true],
    [
      { matchLabels: { app: "web" }, matchExpressions: [{ key: "tier", operator: "In", values: ["front", "x"] }] },
      true,
    ],
    [{ matchExpressions: [{ key: "tier", operator: "NotIn", values: ["front"] }] }, false],
    [{ matchExpressions: [{ key: "none", operator: "NotIn", values: ["front"] }] }, true],
    [{ matchExpressions: [{ key: "app", operator: "Exists" }] }, true],
    [{ matchExpressions: [{ key: "app", operator: "DoesNotExist" }] }, false],
    [{ matchExpressions: [{ key: "app", operator: "Gt", values: ["1"] }] }, false],
    [undefined, false],
    [null, false],
  ])("%j: %s", (selector, expected) => {
    expect(selects(selector, labels)).toBe(expected);
  });

  it("tells which labels are wanted", () => {
    const matchExpressions = [{ key: "b", operator: "In", values: [2] }];
    expect(wantedLabels({ matchLabels: { a: "1" }, matchExpressions })).toEqual({ a: "1", b: "2" });
    expect(wantedLabels({ a: "1" })).toEqual({ a: "1" });
    expect(wantedLabels(undefined)).toEqual({});
  });
});
