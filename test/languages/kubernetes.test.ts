import { describe, expect, it } from "vitest";
import { type KubernetesModel, parseManifest, type Resource } from "../../server/src/languages/kubernetes/index.ts";
import { parseYaml } from "../../server/src/languages/yaml/parse.ts";

function read(text: string, path = "manifest.yaml"): KubernetesModel {
  return parseManifest(parseYaml(text), path);
}

function only(text: string, path?: string): Resource {
  const { resources } = read(text, path);
  expect(resources).toHaveLength(1);
  const [resource] = resources;
  if (resource === undefined) throw new Error("no resource");
  return resource;
}

const template = `template:
  metadata: {labels: {app: web}}
  spec:
    containers:
      - name: web
        image: acme/web:1`;

const under = (indent: number, text: string): string => text.replace(/^/gm, " ".repeat(indent));

const deployment = `apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop}
spec:
  selector: {matchLabels: {app: web}}
${under(2, template)}
`;

describe("resources", () => {
  it("are known by apiVersion and kind", () => {
    const resource = only(deployment);
    expect(resource).toMatchObject({
      apiVersion: "apps/v1",
      resourceKind: "Deployment",
      name: "web",
      namespace: "shop",
      partial: false,
    });
    expect(resource.kindEntry.key).toBe("kind");
    expect(resource.get("spec", "selector", "matchLabels", "app")).toMatchObject({ value: "web" });
    expect(resource.entry("metadata", "name")?.key).toBe("name");
  });

  it.each([
    "",
    "# nothing\n",
    "kind: Pod\n",
    "apiVersion: v1\n",
    "apiVersion: 1\nkind: Pod\n",
    "apiVersion: v1\nkind: [Pod]\n",
    "apiVersion: v1\nkind:\n",
    "- apiVersion: v1\n  kind: Pod\n",
    "openapi: 3.0.0\ninfo: {title: x}\n",
  ])("are none in %j", (text) => {
    expect(read(text).resources).toEqual([]);
  });

  it("are the items of a List", () => {
    const { resources } = read(
      "apiVersion: v1\nkind: List\nitems:\n- {apiVersion: v1, kind: Service, metadata: {name: a}}\n- {apiVersion: v1, kind: ConfigMapList, items: [{apiVersion: v1, kind: ConfigMap, metadata: {name: b}}]}\n- 3\n",
    );
    expect(resources.map(({ resourceKind, name }) => [resourceKind, name])).toEqual([
      ["Service", "a"],
      ["ConfigMap", "b"],
    ]);
  });

  it("are read from JSON", () => {
    expect(
      only('{"apiVersion": "v1", "kind": "Pod", "spec": {"containers": [{"name": "a", "image": "b"}]}}').pod
        ?.containers,
    ).toHaveLength(1);
  });

  it("have labels and annotations", () => {
    const text =
      "apiVersion: v1\nkind: Service\nmetadata:\n  labels: {a: b, n: 1, t: '{{ .x }}', m: {}}\n  annotations:\n    a.b/c: why\n    empty:\n";
    const resource = only(text);
    expect([...resource.labels]).toEqual([
      ["a", "b"],
      ["n", "1"],
    ]);
    expect(
      resource.annotations.map(({ name, value, span }) => [name, value, text.slice(span.start, span.end)]),
    ).toEqual([["a.b/c", "why", "a.b/c: why"]]);
  });

  it("have no name where it is generated or filled in", () => {
    expect(only("apiVersion: v1\nkind: Pod\nmetadata: {generateName: a-}\n").name).toBeUndefined();
    expect(only("apiVersion: v1\nkind: Pod\nmetadata: {name: '${NAME}'}\n").name).toBeUndefined();
  });
});

const at = (path: readonly string[]): string =>
  path.reduceRight(
    (inner, key, index) => `${key}:\n${under(2, index === path.length - 1 ? template : inner)}`,
    template,
  );

const podWith = (spec: string) =>
  only(`apiVersion: v1\nkind: Pod\nspec: {${spec}, containers: [{name: a, image: b}]}\n`).pod;

describe("pods", () => {
  it.each([
    ["apps/v1", "Deployment", ["spec"], false],
    ["extensions/v1beta1", "Deployment", ["spec"], false],
    ["apps/v1", "StatefulSet", ["spec"], false],
    ["apps/v1", "DaemonSet", ["spec"], false],
    ["apps/v1", "ReplicaSet", ["spec"], false],
    ["v1", "ReplicationController", ["spec"], false],
    ["batch/v1", "Job", ["spec"], true],
    ["batch/v1", "CronJob", ["spec", "jobTemplate", "spec"], true],
    ["batch/v1beta1", "CronJob", ["spec", "jobTemplate", "spec"], true],
    ["argoproj.io/v1alpha1", "Rollout", ["spec"], false],
    ["serving.knative.dev/v1", "Service", ["spec"], false],
    ["apps.openshift.io/v1", "DeploymentConfig", ["spec"], false],
    ["keda.sh/v1alpha1", "ScaledJob", ["spec", "jobTargetRef"], true],
    ["example.com/v1", "NightlyTask", ["spec", "jobTemplate", "spec"], true],
  ])("of %s %s", (apiVersion, kind, path, batch) => {
    const { pod } = only(`apiVersion: ${apiVersion}\nkind: ${kind}\n${at(path)}\n`);
    expect(pod).toMatchObject({ workload: kind, batch });
    expect(pod?.containers.map(({ name, image }) => [name, image?.text])).toEqual([["web", "acme/web:1"]]);
    expect([...(pod?.labels ?? [])]).toEqual([["app", "web"]]);
    expect(pod?.specEntry.key).toBe("spec");
    expect(pod?.containersEntry?.key).toBe("containers");
  });

  it("of a Pod and a PodTemplate", () => {
    const pod = only(
      `apiVersion: v1\nkind: Pod\nmetadata: {labels: {a: b}}\nspec: {containers: [{name: a, image: b}]}\n`,
    ).pod;
    expect(pod).toMatchObject({ workload: "Pod", batch: false });
    expect(pod?.labels.get("a")).toBe("b");
    expect(only(`apiVersion: v1\nkind: PodTemplate\n${template}\n`).pod?.containers).toHaveLength(1);
    expect(only("apiVersion: v1\nkind: Pod\nspec: {restartPolicy: Never, containers: []}\n").pod?.batch).toBe(true);
  });

  it.each([
    [
      "a schema",
      "apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nspec: {versions: [{schema: {spec: {template: {spec: {containers: [{name: a}]}}}}}]}\n",
    ],
    [
      "containers that are something else",
      "apiVersion: a.b/v1\nkind: Ship\nspec: {template: {spec: {containers: 3}}}\n",
    ],
    ["a list of names", "apiVersion: a.b/v1\nkind: Ship\nspec: {template: {spec: {containers: [a, b]}}}\n"],
    [
      "another place",
      "apiVersion: a.b/v1\nkind: Ship\nspec: {pods: {template: {spec: {containers: [{name: a, image: b}]}}}}\n",
    ],
    [
      "an Argo workflow",
      "apiVersion: argoproj.io/v1alpha1\nkind: Workflow\nspec: {templates: [{container: {image: a}}]}\n",
    ],
    ["a Service", "apiVersion: v1\nkind: Service\nspec: {ports: [{port: 80}]}\n"],
    ["a Deployment without a spec", "apiVersion: apps/v1\nkind: Deployment\nspec:\n"],
    ["a template that is no map", "apiVersion: apps/v1\nkind: Deployment\nspec: {template: [a]}\n"],
  ])("are none in %s", (_, text) => {
    expect(only(text).pod).toBeUndefined();
  });

  it("are none in a kustomization, which is no object of a cluster", () => {
    expect(
      read("apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: [a.yaml]\n").resources,
    ).toEqual([]);
  });

  it("know Windows", () => {
    expect(podWith("os: {name: windows}")?.windows).toBe(true);
    expect(podWith("nodeSelector: {kubernetes.io/os: windows}")?.windows).toBe(true);
    expect(podWith("nodeSelector: {kubernetes.io/os: linux}")?.windows).toBe(false);
  });
});

describe("containers", () => {
  const text = `apiVersion: v1
kind: Pod
spec:
  ephemeralContainers: [{name: debug, image: busybox}]
  containers:
    - image: acme/web:1
      name: web
      env:
        - name: A
          value: "x y"
        - {name: B, valueFrom: {fieldRef: {fieldPath: a}}}
        - {name: C, value: 3}
        - {name: D, value: "\${D}"}
        - {value: nameless}
        - 3
      ports:
        - {name: http, containerPort: 8080}
        - {containerPort: "8081", protocol: UDP}
        - {containerPort: http}
    - image: "{{ .Values.image }}"
    - {}
    - 3
  initContainers:
    - {name: migrate, image: acme/web:1}
    - {name: proxy, image: envoy, restartPolicy: Always}
`;
  const containers = only(text).pod?.containers ?? [];
  const web = containers.find(({ name }) => name === "web");

  it("have roles", () => {
    expect(containers.map(({ name, role }) => [name, role])).toEqual([
      ["migrate", "init"],
      ["proxy", "sidecar"],
      ["web", "main"],
      [undefined, "main"],
      [undefined, "main"],
      ["debug", "ephemeral"],
    ]);
  });

  it("have a place", () => {
    expect(containers.map(({ at }) => text.slice(at.start, at.end))).toEqual([
      "name",
      "name",
      "name",
      "image",
      "{",
      "name",
    ]);
  });

  it("have variables", () => {
    expect(web?.env.map(({ name, value }) => [name, value])).toEqual([
      ["A", "x y"],
      ["B", undefined],
      ["C", "3"],
      ["D", undefined],
    ]);
    const [a, b] = web?.env ?? [];
    expect(a?.valueSpan && text.slice(a.valueSpan.start, a.valueSpan.end)).toBe("x y");
    expect(a && text.slice(a.nameSpan.start, a.nameSpan.end)).toBe("A");
    expect(b?.valueSpan).toBeUndefined();
  });

  it("have ports", () => {
    expect(web?.ports.map(({ name, containerPort, protocol }) => [name, containerPort, protocol])).toEqual([
      ["http", 8080, "TCP"],
      [undefined, undefined, "UDP"],
      [undefined, undefined, "TCP"],
    ]);
  });

  it("use images, known or not", () => {
    expect(read(text).images.map(({ reference, role, owner }) => [reference?.text, role, owner])).toEqual([
      ["acme/web:1", "container", "migrate"],
      ["envoy", "container", "proxy"],
      ["acme/web:1", "container", "web"],
      [undefined, "container", undefined],
      ["busybox", "container", "debug"],
    ]);
  });

  it("are placed where they are listed, not where they were merged from", () => {
    const merged = `x: &base {name: web, image: a}\napiVersion: v1\nkind: Pod\nspec:\n  containers:\n    - <<: *base\n    - <<: *base\n      name: other\n`;
    const places = only(merged).pod?.containers.map(({ at }) => merged.slice(at.start, at.end));
    expect(places).toEqual(["<<", "name"]);
  });

  it("count images that are mounted", () => {
    const { images } = read(
      "apiVersion: v1\nkind: Pod\nspec: {containers: [], volumes: [{name: a, image: {reference: a/b:1}}]}\n",
    );
    expect(images.map(({ role, reference }) => [role, reference?.text])).toEqual([["volume", "a/b:1"]]);
  });
});

describe("patches", () => {
  const complete = deployment;
  const withoutSelector = deployment.replace(/ {2}selector.*\n/, "");
  const withoutLabels = deployment.replace(/ +metadata: \{labels.*\n/, "");
  const neither = withoutSelector.replace(/ +metadata: \{labels.*\n/, "");
  const withoutImage = deployment.replace(/ +image: .*\n/, "");
  const service = "apiVersion: v1\nkind: Service\nmetadata: {name: a}\nspec: {type: LoadBalancer}\n";
  const job = `apiVersion: batch/v1\nkind: Job\nspec:\n${under(2, template).replace(/ +image: .*/, "")}\n`;
  const cronJob = `apiVersion: batch/v1\nkind: CronJob\nspec:\n  jobTemplate:\n    spec:\n${under(6, template)}\n`;

  it.each([
    ["a complete Deployment", complete, "web.yaml", false],
    ["a complete Deployment in an overlay", complete, "overlays/prod/web.yaml", false],
    ["a Deployment whose author forgot the selector", withoutSelector, "web.yaml", false],
    ["the same in an overlay", withoutSelector, "k8s/overlays/prod/web.yaml", true],
    ["the same in a file named so", withoutSelector, "web-patch.yaml", true],
    ["a Deployment without labels", withoutLabels, "web.yaml", false],
    ["one with neither", neither, "web.yaml", true],
    ["containers without images", withoutImage, "web.yaml", false],
    ["the same without a selector", withoutImage.replace(/ {2}selector.*\n/, ""), "web.yaml", true],
    ["a Job's container without an image", job, "job.yaml", true],
    [
      "a Pod's container without an image",
      "apiVersion: v1\nkind: Pod\nspec: {containers: [{name: a}]}\n",
      "a.yaml",
      false,
    ],
    [
      "a Rollout's container without an image",
      job.replace("batch/v1", "a.io/v1").replace("Job", "Rollout"),
      "a.yaml",
      true,
    ],
    ["replicas alone", "apiVersion: apps/v1\nkind: Deployment\nspec: {replicas: 3}\n", "web.yaml", true],
    ["metadata alone", "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: a}\n", "web.yaml", true],
    ["a $patch", `$patch: delete\n${complete}`, "web.yaml", true],
    [
      "a $patch in a container",
      complete.replace("name: web\n", "name: web\n          $patch: replace\n"),
      "web.yaml",
      true,
    ],
    ["a Service without ports", service, "svc.yaml", false],
    ["the same among patches", service, "patches/svc.yaml", true],
    [
      "a Service by name alone",
      service.replace("{type: LoadBalancer}", "{externalName: a.b}"),
      "patches/svc.yaml",
      false,
    ],
    ["a CronJob without schedule", cronJob, "job.yaml", false],
    ["the same among patches", cronJob, "job.patch.yaml", true],
    ["a Pod without containers", "apiVersion: v1\nkind: Pod\nspec: {nodeName: a}\n", "pod.yaml", true],
    ["a ConfigMap among patches", "apiVersion: v1\nkind: ConfigMap\ndata: {}\n", "patches/a.yaml", false],
    ["a file that dispatches", withoutSelector, "dispatch/dispatcher.yaml", false],
  ])("%s", (_, text, path, partial) => {
    expect(only(text, path).partial).toBe(partial);
  });
});

describe("templates", () => {
  it("make everything partial", () => {
    const model = read(deployment.replace("name: web,", "name: {{ .Release.Name }},"));
    expect(model.templated).toBe(true);
    expect(model.problems).toEqual([]);
    expect(model.resources.every(({ partial }) => partial)).toBe(true);
  });

  it("are known in a chart in quotes too", () => {
    const quoted = deployment.replace("namespace: shop", 'namespace: "{{ .Values.ns }}"');
    expect(read(quoted).templated).toBe(false);
    expect(read(quoted, "chart/templates/web.yaml").templated).toBe(true);
    expect(read(deployment, "chart/templates/web.yaml").templated).toBe(false);
  });

  it("may be told by the rest of the file", () => {
    const model = parseManifest(parseYaml(deployment), "a.yaml", { templated: true });
    expect(model.resources.map(({ partial }) => partial)).toEqual([true]);
  });
});
