import { describe, expect, it } from "vitest";
import { parseFile } from "../../server/src/languages/index.ts";
import { createWorkspace, factsOf, type FileFacts } from "../../server/src/workspace/index.ts";

function facts(path: string, text: string): FileFacts {
  const parsed = parseFile({ path, text });
  if (parsed === undefined) throw new Error(`${path} is none of ours`);
  return factsOf(parsed);
}

const ignoreFile = (path: string, ...patterns: string[]): FileFacts => ({
  path,
  kind: "ignore",
  ignorePatterns: patterns,
});
const noIgnoreFile = (path: string): FileFacts => ({ path, kind: "ignore" });

const dockerfile =
  "FROM node AS build\nUSER node\nEXPOSE 1\nFROM build\nEXPOSE 80 443/tcp\nUSER app:app\nHEALTHCHECK CMD true\n";
const compose = `services:
  web:
    build: ./web
    image: acme/web:1
  api:
    build: {context: .., dockerfile: ops/api.Dockerfile, target: app}
    healthcheck: {test: [CMD, "true"]}
  db:
    image: postgres:\${TAG}
    healthcheck: {test: [NONE]}
  far:
    build: https://github.com/acme/web.git
  near:
    build: {context: ., dockerfile_inline: FROM a}
  open:
    build: {context: ., dockerfile: "\${FILE}"}
`;
const manifest = `apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop}
spec:
  selector: {}
  template:
    metadata: {labels: {app: web}}
    spec:
      initContainers: [{name: i, image: a, ports: [{containerPort: 1}]}]
      containers:
        - {name: web, image: a, ports: [{name: http, containerPort: 80}]}
---
apiVersion: v1
kind: Pod
metadata: {name: p, labels: {a: "{{ x }}"}}
spec: {containers: [{name: a, image: b}]}
---
apiVersion: v1
kind: Service
`;

describe("factsOf", () => {
  it("a Dockerfile", () => {
    expect(facts("web/Dockerfile", dockerfile)).toEqual({
      path: "web/Dockerfile",
      kind: "dockerfile",
      dockerfile: {
        stages: ["build"],
        args: [],
        ports: [1, 80, 443],
        user: "app:app",
        healthcheck: true,
        base: { text: "node", repository: "node", canonical: "docker.io/library/node" },
        asks: { packageJson: "package.json", scripts: [], names: expect.arrayContaining(["yarn.lock"]) as unknown },
      },
    });
    expect(facts("Dockerfile", "FROM a\nHEALTHCHECK NONE\n").dockerfile?.healthcheck).toBe(false);
    expect(facts("Dockerfile", "FROM a\n").dockerfile?.healthcheck).toBeUndefined();
    expect(facts("Dockerfile", "ARG A=1\nFROM a:2 AS b\nFROM b\n").dockerfile?.base?.text).toBe("a:2");
    expect(facts("Dockerfile", "ARG A=1\nFROM a:$A\n").dockerfile?.base).toBeUndefined();
    expect(facts("Dockerfile", "RUN a\n").dockerfile?.user).toBeUndefined();
    expect(facts("Dockerfile", "ARG A=1\nFROM a\nARG B C=2\nARG A\n").dockerfile?.args).toEqual(["A", "B", "C"]);
  });

  it("a Compose file", () => {
    const { compose: found } = facts("./ops/compose.yaml", compose);
    expect(found?.services.map(({ name, image, healthcheck, build }) => ({ name, image, healthcheck, build }))).toEqual(
      [
        {
          name: "web",
          image: "acme/web:1",
          healthcheck: false,
          build: { context: "ops/web", dockerfile: "ops/web/Dockerfile", target: undefined },
        },
        {
          name: "api",
          image: undefined,
          healthcheck: true,
          build: { context: ".", dockerfile: "ops/api.Dockerfile", target: "app" },
        },
        { name: "db", image: undefined, healthcheck: false, build: undefined },
        { name: "far", image: undefined, healthcheck: false, build: undefined },
        { name: "near", image: undefined, healthcheck: false, build: undefined },
        { name: "open", image: undefined, healthcheck: false, build: undefined },
      ],
    );
  });

  it("a Compose file in an absolute place, or written on Windows", () => {
    const text = "services:\n  a:\n    build: .\\web\n";
    expect(facts("/home/x/compose.yaml", text).compose?.services[0]?.build).toEqual({
      context: "/home/x/web",
      dockerfile: "/home/x/web/Dockerfile",
      target: undefined,
    });
  });

  it("a manifest", () => {
    const { kubernetes, kubernetesPlaces } = facts("k8s/web.yaml", manifest);
    const [deployment, pod, service] = (kubernetes?.documents ?? []).map(({ objects }) => objects[0]);
    expect(deployment).toEqual({
      group: "apps",
      version: "v1",
      kind: "Deployment",
      name: "web",
      namespace: "shop",
      labels: {},
      partial: false,
      operated: false,
      workload: {
        labels: { app: "web" },
        ports: [{ name: "http", number: 80, protocol: "TCP" }],
        replicas: undefined,
        serviceAccount: undefined,
        claims: [],
        claimTemplates: [],
        serviceName: undefined,
        strategy: undefined,
        spread: false,
        containers: [
          { name: "i", role: "init", requests: [], limits: [] },
          { name: "web", role: "main", requests: [], limits: [] },
        ],
        probed: [],
        numbered: [],
        open: false,
      },
    });
    expect(pod).toMatchObject({ kind: "Pod", name: "p", workload: { labels: {}, open: true } });
    expect(service).toMatchObject({ group: "", version: "v1", kind: "Service", name: undefined });
    const place = kubernetesPlaces?.documents[1]?.objects[0]?.name;
    const base = kubernetesPlaces?.bases[1] ?? 0;
    expect(place && manifest.slice(place.start + base, place.end + base)).toBe("p");
  });

  it("is plain data", () => {
    for (const one of [facts("Dockerfile", dockerfile), facts("compose.yaml", compose), facts("a.yaml", manifest)]) {
      expect(structuredClone(one)).toEqual(one);
    }
  });
});

describe("a workspace", () => {
  it("counts its changes", () => {
    const workspace = createWorkspace();
    expect(workspace.generation).toBe(0);
    workspace.set(facts("Dockerfile", dockerfile));
    const { generation } = workspace;
    expect(generation).toBeGreaterThan(0);
    workspace.set(facts("./Dockerfile", `${dockerfile}# a comment\n`));
    workspace.remove("other");
    expect(workspace.generation).toBe(generation);
    workspace.set(facts("Dockerfile", "FROM a\n"));
    expect(workspace.generation).toBeGreaterThan(generation);
    workspace.remove("Dockerfile");
    expect(workspace.facts("Dockerfile")).toBeUndefined();
  });

  it("brings Compose files and Dockerfiles together, in whatever order they come", () => {
    const workspace = createWorkspace();
    workspace.set(facts("ops/web/Dockerfile", dockerfile));
    workspace.set(facts("ops/compose.yaml", compose));
    const builders = workspace.view("ops/web/Dockerfile").builders();
    expect(builders.map(({ path, service }) => [path, service.name])).toEqual([["ops/compose.yaml", "web"]]);
    expect(workspace.view("ops/compose.yaml").dockerfile("./ops/web/Dockerfile")?.dockerfile?.healthcheck).toBe(true);
    expect(workspace.affectedBy("ops/web/Dockerfile")).toEqual(["ops/compose.yaml"]);
    expect(workspace.affectedBy("ops/compose.yaml")).toEqual(["ops/web/Dockerfile"]);
    workspace.set(facts("ops/compose.yaml", "services:\n  a:\n    build: other\n"));
    expect(workspace.view("ops/web/Dockerfile").builders()).toEqual([]);
    expect(workspace.affectedBy("ops/web/Dockerfile")).toEqual([]);
    workspace.remove("ops/compose.yaml");
    expect(workspace.view("ops/other/Dockerfile").builders()).toEqual([]);
  });

  it("lets Dockerfiles know which images need a user with a number", () => {
    const workspace = createWorkspace();
    workspace.set(facts("app/Dockerfile", "FROM node:22\n"));
    const pod = (context: string): string =>
      `apiVersion: v1\nkind: Pod\nmetadata: {name: app}\nspec:\n  securityContext: ${context}\n  containers:\n    - {name: app, image: ghcr.io/acme/app:1}\n`;
    workspace.set(facts("a.yaml", pod("{runAsNonRoot: true, runAsUser: 1000}")));
    expect(workspace.view("app/Dockerfile").manifests().allWorkloads()[0]?.workload.numbered).toEqual([]);
    expect(workspace.affectedBy("a.yaml")).not.toContain("app/Dockerfile");
    workspace.set(facts("a.yaml", pod("{runAsNonRoot: true}")));
    expect(workspace.view("app/Dockerfile").manifests().allWorkloads()[0]?.workload.numbered).toEqual(["app"]);
    expect(workspace.affectedBy("a.yaml")).toContain("app/Dockerfile");
  });

  it("lets Dockerfiles know which images are probed", () => {
    const workspace = createWorkspace();
    const probed = manifest.replace(
      "image: a, ports: [{name",
      "image: x.io/shop/web:1, livenessProbe: {}, ports: [{name",
    );
    workspace.set(facts("web/Dockerfile", dockerfile));
    workspace.set(facts("a.yaml", manifest));
    expect(workspace.affectedBy("a.yaml")).toEqual([]);
    workspace.set(facts("a.yaml", probed));
    expect(workspace.affectedBy("a.yaml")).toEqual(["web/Dockerfile"]);
    const [web] = workspace.view("web/Dockerfile").manifests().allWorkloads();
    expect(web?.workload.probed).toEqual(["web"]);
  });
});

const looked = (...files: FileFacts[]) => {
  const workspace = createWorkspace();
  workspace.set(facts("ops/web/Dockerfile", dockerfile));
  for (const file of files) workspace.set(file);
  return { workspace, patterns: workspace.view("ops/web/Dockerfile").ignorePatterns() };
};

describe("ignorePatterns", () => {
  const ownAbsent = noIgnoreFile("ops/web/Dockerfile.dockerignore");

  it("are unknown where nobody looked", () => {
    expect(looked().patterns).toBe("unknown");
    expect(looked(ownAbsent).patterns).toBe("unknown");
    expect(looked(noIgnoreFile("ops/web/.dockerignore")).patterns).toBe("unknown");
  });

  it("are those of the file beside it, then those of its folder", () => {
    const folder = ignoreFile("ops/web/.dockerignore", "b");
    expect(looked(ignoreFile("ops/web/Dockerfile.dockerignore", "a"), folder).patterns).toEqual(["a"]);
    expect(looked(ownAbsent, folder).patterns).toEqual(["b"]);
    expect(looked(ownAbsent, ignoreFile("ops/web/.dockerignore")).patterns).toEqual([]);
  });

  it("are known to be none", () => {
    expect(looked(ownAbsent, noIgnoreFile("ops/web/.dockerignore")).patterns).toBeUndefined();
  });

  it("are unknown where a folder above may be the context", () => {
    expect(looked(ownAbsent, noIgnoreFile("ops/web/.dockerignore"), ignoreFile(".dockerignore", "a")).patterns).toBe(
      "unknown",
    );
  });

  it("are those of the context a Compose file names", () => {
    const elsewhere = facts(
      "compose.yaml",
      "services:\n  a:\n    build: {context: ., dockerfile: ops/web/Dockerfile}\n",
    );
    const folder = ignoreFile("ops/web/.dockerignore", "b");
    expect(looked(ownAbsent, folder, elsewhere).patterns).toBe("unknown");
    expect(looked(ownAbsent, folder, elsewhere, ignoreFile(".dockerignore", "a")).patterns).toEqual(["a"]);
    expect(looked(ownAbsent, folder, elsewhere, noIgnoreFile(".dockerignore")).patterns).toBeUndefined();
  });

  it("are unknown where two contexts disagree", () => {
    const two = facts(
      "compose.yaml",
      "services:\n  a:\n    build: {context: ., dockerfile: ops/web/Dockerfile}\n  b:\n    build: ops/web\n",
    );
    const here = noIgnoreFile("ops/web/.dockerignore");
    expect(looked(ownAbsent, two, here, ignoreFile(".dockerignore", "a")).patterns).toBe("unknown");
    expect(looked(ownAbsent, two, here, noIgnoreFile(".dockerignore")).patterns).toBeUndefined();
  });

  it("concern the Dockerfiles that read the file", () => {
    const { workspace } = looked(facts("other/Dockerfile", dockerfile));
    expect(workspace.affectedBy("ops/web/.dockerignore")).toEqual(["ops/web/Dockerfile"]);
    expect(workspace.affectedBy("ops/.dockerignore")).toEqual(["ops/web/Dockerfile"]);
    expect(workspace.affectedBy(".dockerignore")).toEqual(["ops/web/Dockerfile", "other/Dockerfile"]);
    expect(workspace.affectedBy("ops/web/Dockerfile.dockerignore")).toEqual(["ops/web/Dockerfile"]);
    workspace.set(facts("compose.yaml", "services:\n  a:\n    build: {context: x, dockerfile: ../other/Dockerfile}\n"));
    expect(workspace.affectedBy("x/.dockerignore")).toEqual(["other/Dockerfile"]);
  });
});
