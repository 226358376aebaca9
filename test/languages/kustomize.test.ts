import { describe, expect, it } from "vitest";
import { kindOf } from "../../server/src/languages/detect.ts";
import { isOfKind, parseFile } from "../../server/src/languages/index.ts";
import type { KubernetesModel } from "../../server/src/languages/kubernetes/model.ts";
import { isRemoteEntry } from "../../server/src/languages/kustomize/kustomization.ts";

function modelOf(text: string, path = "app/kustomization.yaml"): KubernetesModel | undefined {
  const parsed = parseFile({ path, text });
  return parsed !== undefined && isOfKind(parsed, "kubernetes") ? parsed.units[0]?.model : undefined;
}

describe("a kustomization", () => {
  it.each(["kustomization.yaml", "a/kustomization.yml", "a/Kustomization"])("is known by its name: %s", (path) => {
    expect(kindOf({ path, text: "resources: []\n" })).toBe("kubernetes");
    expect(modelOf("resources: [a.yaml]\n", path)?.kustomization?.entries).toHaveLength(1);
  });

  it("is known by what it says it is, and is no object", () => {
    const model = modelOf(
      "apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\nresources: [a.yaml]\n",
      "part.yaml",
    );
    expect(model?.kustomization?.component).toBe(true);
    expect(model?.resources).toEqual([]);
  });

  it.each([
    ["apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: { name: a }\n", "kustomization.yaml"],
    ["apiVersion: v1\nkind: Pod\nmetadata: { name: a }\n", "kustomization.yaml"],
    ["apiVersion: v1\nkind: Pod\nresources: [a.yaml]\n", "pod.yaml"],
  ])("is not what says that it is something else (%#)", (text, path) => {
    expect(modelOf(text, path)?.kustomization).toBeUndefined();
    expect(modelOf(text, path)?.resources).toHaveLength(1);
  });

  it("names what it reads, each at its place", () => {
    const text = `resources: ["a.yaml", ../base]
components: [../part]
patches: [{ path: p.yaml }, { patch: "[]", target: { kind: Pod } }]
patchesStrategicMerge:
  - s.yaml
  - |-
    kind: Pod
patchesJson6902: [{ path: j.yaml, target: { kind: Pod } }]
configMapGenerator: [{ name: c, files: [x.ini, key=y.ini], envs: [e.env], env: f.env, literals: [A=1, "B=2=3"] }]
replacements: [{ path: r.yaml }]
openapi: { path: o.json }
helmCharts: [{ name: h, valuesFile: v.yaml }]
crds: [d.yaml]
`;
    const { entries = [], generated, open } = modelOf(text)?.kustomization ?? {};
    expect(entries.map(({ as, span }) => [as, text.slice(span.start, span.end)])).toEqual([
      ["objects", "a.yaml"],
      ["objects", "../base"],
      ["component", "../part"],
      ["patch", "p.yaml"],
      ["patch", "s.yaml"],
      ["patch", "j.yaml"],
      ["file", "x.ini"],
      ["file", "y.ini"],
      ["environment", "e.env"],
      ["environment", "f.env"],
      ["file", "r.yaml"],
      ["file", "o.json"],
      ["file", "v.yaml"],
      ["file", "d.yaml"],
    ]);
    expect(generated).toMatchObject([
      { kind: "ConfigMap", name: "c", keys: ["x.ini", "key", "A", "B"], environment: ["e.env", "f.env"] },
    ]);
    expect(open).toBe(true);
  });

  it("gives names, a namespace, labels and replicas", () => {
    const found = modelOf(`namePrefix: a-
nameSuffix: -b
namespace: shop
commonLabels: { app: web }
labels:
  - { pairs: { env: prod }, includeTemplates: true }
  - { pairs: { only: metadata } }
replicas: [{ name: web, count: 3 }, { name: x }]
`)?.kustomization;
    expect(found).toMatchObject({
      namePrefix: "a-",
      nameSuffix: "-b",
      namespace: "shop",
      labels: { app: "web", env: "prod" },
      replicas: [["web", 3]],
      open: false,
    });
  });

  it.each(["", "resources: 1\n", "resources: [{ a: b }, [c], null]\npatches: x\nconfigMapGenerator: [1, { name: }]\n"])(
    "may be broken: %j",
    (text) => {
      expect(modelOf(text)?.kustomization?.entries ?? []).toEqual([]);
    },
  );

  it.each([
    ["https://example.com/a.yaml", true],
    ["git@github.com:acme/base.git", true],
    ["github.com/acme/base//deploy?ref=v1", true],
    ["ssh://git@example.com/base", true],
    ["../base", false],
    ["a.yaml", false],
    ["github.company/a.yaml", false],
  ])("%s lies elsewhere: %s", (written, expected) => {
    expect(isRemoteEntry(written)).toBe(expected);
  });
});
