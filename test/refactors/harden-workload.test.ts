import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parse, parseAllDocuments } from "yaml";
import { isOfKind, parseFile } from "../../server/src/languages/index.ts";
import { linter, type OfferedRefactoring } from "../../server/src/linter.ts";
import { podSecurityProblems } from "../../server/src/rules/kubernetes/shared/pod-security.ts";
import { workloadsOf } from "../../server/src/rules/kubernetes/shared/workloads.ts";
import { applyEdits } from "../../server/src/text/edit.ts";
import { createWorkspace } from "../../server/src/workspace/workspace.ts";
import { exampleName } from "../rules/case-file.ts";
import { registryImagesOf } from "../rules/registry-block.ts";
import { configOf } from "../rules/small-workspace.ts";

/** What is offered where these words first stand; `kind:` where none are given. */
function offerAt(text: string, words = "kind:", path = "app.yaml"): OfferedRefactoring | undefined {
  const parsed = parseFile({ path, text });
  if (parsed === undefined) return undefined;
  return linter.refactorings(parsed, text.indexOf(words), createWorkspace().view(path))[0];
}

/** The text with all parts made, each given by itself as an editor does. */
function hardened(text: string, words?: string, path?: string): string | undefined {
  const offer = offerAt(text, words, path);
  return offer === undefined
    ? undefined
    : applyEdits(
        text,
        offer.parts.flatMap(({ edits }) => edits),
      );
}

function titles(text: string, words?: string): readonly string[] {
  return offerAt(text, words)?.parts.map(({ title }) => title) ?? [];
}

/** What `restricted` refuses about the pods of a text. */
function refused(text: string, path = "app.yaml"): readonly string[] {
  const parsed = parseFile({ path, text });
  if (parsed === undefined || !isOfKind(parsed, "kubernetes")) throw new Error("no manifest");
  return parsed.units.flatMap(({ model }) =>
    workloadsOf(model).flatMap(({ pod }) =>
      podSecurityProblems(pod, model.release, "restricted").map(({ what }) => what),
    ),
  );
}

/** Lines, indented by so many columns. */
function indented(columns: number, lines: readonly string[]): string {
  return lines.map((line) => (line === "" ? "\n" : `${" ".repeat(columns)}${line}\n`)).join("");
}

/** A Deployment whose pod's spec has these lines. */
function deployment(...spec: readonly string[]): string {
  return (
    "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: api\nspec:\n  selector:\n    matchLabels:\n      app: api\n" +
    `  template:\n    metadata:\n      labels:\n        app: api\n    spec:\n${indented(6, spec)}`
  );
}

/** The same with one container of these lines. */
function container(...lines: readonly string[]): string {
  return deployment(
    "containers:",
    ...indented(4, lines)
      .replace(/^ {3} /, "  - ")
      .trimEnd()
      .split("\n"),
  );
}

const image = "image: ghcr.io/acme/api:1.0";
const resources = ["resources:", "  requests:", "    cpu: 100m", "    memory: 64Mi", "  limits:", "    memory: 64Mi"];
const probes = ["readinessProbe:", "  tcpSocket: { port: 1 }", "livenessProbe:", "  tcpSocket: { port: 1 }"];

/** Wholly different shapes, all of which can become `restricted`. */
const shapes: readonly (readonly [name: string, text: string])[] = [
  ["one container of an image that nobody knows", container("name: api", `${image} # ours`)],
  ["a port", container("name: api", image, "ports:", "  - name: http", "    containerPort: 8080")],
  [
    "two containers and comments",
    deployment(
      "# all of them",
      "containers:",
      "  # the first",
      "  - name: api",
      `    ${image}`,
      "    # the second",
      "  - name: log # reads",
      "    image: ghcr.io/acme/log:1.0",
      "# the end",
    ),
  ],
  [
    "init containers and sidecars",
    deployment(
      "initContainers:",
      "  - name: migrate",
      `    ${image}`,
      "  - name: proxy",
      "    image: ghcr.io/acme/proxy:1.0",
      "    restartPolicy: Always",
      "containers:",
      "  - name: api",
      `    ${image}`,
    ),
  ],
  [
    "an ephemeral container",
    deployment(
      "containers:",
      "  - name: api",
      `    ${image}`,
      "ephemeralContainers:",
      "  - name: debug",
      `    ${image}`,
    ),
  ],
  [
    "contexts that are there",
    deployment(
      "securityContext:",
      "  fsGroup: 2000",
      "containers:",
      "  - name: api",
      `    ${image}`,
      "    securityContext:",
      "      readOnlyRootFilesystem: true",
    ),
  ],
  [
    "contexts that are empty",
    deployment(
      "securityContext: {}",
      "containers:",
      "  - name: api",
      `    ${image}`,
      "    securityContext: {}",
      "    resources: {}",
      "volumes: []",
    ),
  ],
  [
    "contexts that are null",
    deployment(
      "securityContext:",
      "containers:",
      "  - name: api",
      `    ${image}`,
      "    securityContext:",
      "    resources:",
    ),
  ],
  [
    "a context in the middle",
    container("name: api", "securityContext:", "  capabilities:", "    drop:", "    - NET_RAW", image),
  ],
  [
    "a list of capabilities in flow style",
    container("name: api", image, "securityContext:", "  capabilities: { drop: [NET_RAW] } # no ping"),
  ],
  [
    "an empty list of capabilities",
    container("name: api", image, "securityContext:", "  capabilities:", "    drop: []"),
  ],
  [
    "a capability that is given back",
    container(
      "name: api",
      image,
      "securityContext:",
      "  runAsUser: 1000",
      "  capabilities:",
      "    add: [NET_BIND_SERVICE]",
    ),
  ],
  ["a low port", container("name: api", image, "ports:", "  - containerPort: 80", ...resources, ...probes)],
  [
    "volumes and mounts",
    deployment(
      "containers:",
      "  - name: api",
      `    ${image}`,
      "    volumeMounts:",
      "      - name: data",
      "        mountPath: /data",
      "volumes:",
      "  - name: data",
      "    emptyDir: {} # for now",
    ),
  ],
  [
    "volumes, but no mounts",
    deployment(
      "volumes:",
      "- name: tmp",
      "  emptyDir: {}",
      "containers:",
      "- name: api",
      `  ${image}`,
      "- name: log",
      `  ${image}`,
    ),
  ],
  ["lists without indentation", deployment("containers:", "- name: api", `  ${image}`, "  args:", "  - --verbose")],
  [
    "lists at the end of everything",
    deployment(
      "volumes:",
      "  - name: data",
      "    emptyDir: {}",
      "containers:",
      "  - name: api",
      `    ${image}`,
      "    securityContext:",
      "      capabilities:",
      "        drop:",
      "          - NET_RAW",
    ),
  ],
  [
    "mounts at the end of everything",
    container(
      "name: api",
      image,
      "securityContext:",
      "  runAsNonRoot: true",
      "volumeMounts:",
      "  - name: data",
      "    mountPath: /data",
    ).replace("    spec:\n", "    spec:\n      volumes:\n        - name: data\n          emptyDir: {}\n"),
  ],
  ["half of the resources", container("name: api", image, "resources:", "  requests:", "    memory: 64Mi")],
  [
    "resources of the pod",
    deployment("resources:", "  requests:", "    memory: 1Gi", "containers:", "  - name: api", `    ${image}`),
  ],
  [
    "a probe and a block of text at the end",
    container("name: api", image, "args:", "  - |", "    one", "    two", "", ""),
  ],
  ["everything but a line ending", container("name: api", image).trimEnd()],
  ["carriage returns", container("name: api", image, "ports:", "  - containerPort: 8080").replaceAll("\n", "\r\n")],
  [
    "flow style",
    "{apiVersion: v1, kind: Pod, metadata: {name: api}, spec: {containers: [{name: api, image: ghcr.io/acme/api:1.0}]}} # short\n",
  ],
  [
    "a container in flow style",
    deployment(
      "containers:",
      "  - { name: api, image: ghcr.io/acme/api:1.0 } # short",
      "  - { name: log, image: ghcr.io/acme/log:1.0, }",
    ),
  ],
  [
    "flow style over lines, with comments",
    deployment(
      "containers:",
      "  - {",
      "      name: api, # its name",
      "      image: ghcr.io/acme/api:1.0 # ours",
      "    }",
    ),
  ],
  [
    "JSON",
    `${JSON.stringify(parse(container("name: api", image, "ports:", "  - containerPort: 8080")), undefined, 2)}\n`,
  ],
  ["JSON on one line", JSON.stringify(parse(container("name: api", image)))],
  [
    "a Job",
    `apiVersion: batch/v1\nkind: Job\nmetadata:\n  name: api\nspec:\n  template:\n    spec:\n      restartPolicy: Never\n      containers:\n        - name: api\n          ${image}\n`,
  ],
  [
    "a CronJob",
    `apiVersion: batch/v1\nkind: CronJob\nmetadata:\n  name: api\nspec:\n  schedule: "0 3 * * *"\n  jobTemplate:\n    spec:\n      template:\n        spec:\n          restartPolicy: Never\n          containers:\n            - name: api\n              ${image}\n`,
  ],
  [
    "a bare Pod",
    `apiVersion: v1\nkind: Pod\nmetadata:\n  generateName: api-\nspec:\n  containers:\n    - name: api\n      ${image}\n`,
  ],
  [
    "a custom resource with pods",
    container("name: api", image)
      .replace("apps/v1", "argoproj.io/v1alpha1")
      .replace("kind: Deployment", "kind: Rollout"),
  ],
  [
    "a StatefulSet of a known image",
    deployment(
      "containers:",
      "  - name: db",
      "    image: postgres:17",
      "    volumeMounts:",
      "      - name: data",
      "        mountPath: /var/lib/postgresql/data",
    )
      .replace("kind: Deployment", "kind: StatefulSet")
      .concat(
        "  serviceName: db\n  volumeClaimTemplates:\n    - metadata:\n        name: data\n      spec:\n        accessModes: [ReadWriteOnce]\n        resources:\n          requests:\n            storage: 1Gi\n",
      ),
  ],
  ["an image of a language", container("name: api", "image: node:22.14.0-bookworm-slim", "command: [node, server.js]")],
  ["an image of a distribution", container("name: api", "image: alpine:3.22", 'command: ["sh", "-c", "sleep 1d"]')],
  ["an image with a user of its own", container("name: api", "image: grafana/grafana:12.0.0")],
  [
    "one context for two containers",
    deployment(
      "containers:",
      "  - name: api",
      `    ${image}`,
      "    securityContext: &context",
      "      runAsUser: 1000",
      "  - name: log",
      "    image: ghcr.io/acme/log:1.0",
      "    securityContext: *context",
    ),
  ],
  [
    "a mounted time zone of the node, which any user may read",
    deployment(
      "containers:",
      "  - name: api",
      `    ${image}`,
      "    volumeMounts:",
      "      - name: zone",
      "        mountPath: /etc/localtime",
      "volumes:",
      "  - name: zone",
      "    configMap: { name: zone }",
    ),
  ],
  [
    "a document behind others",
    `apiVersion: v1\nkind: Namespace\nmetadata:\n  name: shop\n---\n# the app\n${container("name: api", image)}---\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: c\n`,
  ],
  [
    "a List",
    `apiVersion: v1\nkind: List\nitems:\n  - apiVersion: v1\n    kind: Pod\n    metadata:\n      name: api\n    spec:\n      containers:\n        - name: api\n          ${image}\n  - apiVersion: v1\n    kind: Namespace\n    metadata:\n      name: shop\n`,
  ],
];

describe("a workload", () => {
  it.each(shapes)("with %s becomes restricted by keys that are added, once and for all", (_, text) => {
    const path = text.startsWith('{"') || text.startsWith("{\n") ? "app.json" : "app.yaml";
    const after = hardened(text, "containers", path);
    if (after === undefined) throw new Error("nothing is offered");
    expect(refused(text, path)).not.toEqual([]);
    expect(refused(after, path)).toEqual([]);
    expectAdded(text, after);
    expect(offerAt(after, "containers", path)).toBeUndefined();
    for (const { title, edits } of offerAt(text, "containers", path)?.parts ?? []) {
      const one = applyEdits(text, edits);
      if (one === undefined) throw new Error(title);
      expectAdded(text, one);
      expect(title).toMatch(/\(.+\)$/);
    }
  });

  it("gets what is missing where people write it, with what may break", () => {
    const text = container("name: api", `${image} # ours`, "ports:", "  - name: http", "    containerPort: 8080");
    expect(titles(text)).toEqual([
      "Run `api` as a user other than root (an image that runs as root will not start); filter system calls by the runtime's seccomp profile (rare system calls are refused)",
      "Set `automountServiceAccountToken: false` (calls to the Kubernetes API stop working)",
      "Request `cpu: 100m` and `memory: 128Mi`, limit memory to `512Mi`: measure them (above the limit it is killed)",
      "Add a readiness probe that asks port `http` for `/` (`/` must answer, so write a path of its own where the program has one; a pod that does not answer gets no traffic)",
      "Add a liveness probe that connects to port `http` (a container that does not answer is restarted)",
      "Forbid `api` to gain privileges (`sudo` and other setuid programs stop working); drop all capabilities of `api` (a process that runs as root may miss some); make the root file system of `api` read-only, with an `emptyDir` at /tmp (other paths it writes to need a volume, too)",
    ]);
    expect(hardened(text)).toBe(
      container(
        "name: api",
        `${image} # ours`,
        "ports:",
        "  - name: http",
        "    containerPort: 8080",
        "resources:",
        "  requests:",
        "    cpu: 100m",
        "    memory: 128Mi",
        "  limits:",
        "    memory: 512Mi",
        "readinessProbe:",
        "  httpGet:",
        "    path: /",
        "    port: http",
        "  periodSeconds: 10",
        "livenessProbe:",
        "  tcpSocket:",
        "    port: http",
        "  initialDelaySeconds: 15",
        "  periodSeconds: 20",
        "securityContext:",
        "  allowPrivilegeEscalation: false",
        "  readOnlyRootFilesystem: true",
        "  capabilities:",
        "    drop:",
        "      - ALL",
        "volumeMounts:",
        "  - name: tmp",
        "    mountPath: /tmp",
      )
        .replace(
          "      containers:\n",
          indented(6, [
            "securityContext:",
            "  runAsNonRoot: true",
            "  seccompProfile:",
            "    type: RuntimeDefault",
            "automountServiceAccountToken: false",
            "containers:",
          ]),
        )
        .concat(indented(6, ["volumes:", "  - name: tmp", "    emptyDir: {}"])),
    );
  });

  it("has a part for each thing where its security contexts are there, each with its container's name", () => {
    const text = deployment(
      "securityContext:",
      "  fsGroup: 2000",
      "containers:",
      ...["api", "log"].flatMap((name) => [
        `  - name: ${name}`,
        `    image: ghcr.io/acme/${name}:1.0`,
        "    securityContext:",
        "      privileged: false",
        ...indented(4, probes).trimEnd().split("\n"),
      ]),
      "volumes:",
      "  - name: tmp",
      "    emptyDir: {}",
    );
    expect(titles(text).map((title) => title.replace(/ \(.*/, ""))).toEqual([
      "Run `api`, `log` as a user other than root",
      "Filter system calls by the runtime's seccomp profile",
      "Forbid `api` to gain privileges",
      "Forbid `log` to gain privileges",
      "Drop all capabilities of `api`",
      "Drop all capabilities of `log`",
      "Make the root file system of `api` read-only, with an `emptyDir` at /tmp",
      "Make the root file system of `log` read-only, with an `emptyDir` at /tmp",
      "Set `automountServiceAccountToken: false`",
      "`api`: request `cpu: 100m` and `memory: 128Mi`, limit memory to `512Mi`: measure them",
      "`log`: request `cpu: 100m` and `memory: 128Mi`, limit memory to `512Mi`: measure them",
    ]);
    expect(hardened(text)).toContain(
      "- name: tmp\n          emptyDir: {}\n        - name: api-tmp\n          emptyDir: {}\n        - name: log-tmp\n",
    );
  });

  it("is found anywhere in its document, and in a List by itself", () => {
    const [first, second] = ["api", "log"].map((name) =>
      container("name: c", `image: ghcr.io/acme/${name}:1.0`).replace("name: api", `name: ${name}`),
    );
    const text = `# both\n---\n${first}---\n${second}`;
    const title = (words: string): string | undefined => offerAt(text, words)?.title;
    expect(["name: api", "containers", "acme/api"].map(title)).toEqual(Array(3).fill("Harden Deployment `api`…"));
    expect(["name: log", "acme/log"].map(title)).toEqual(Array(2).fill("Harden Deployment `log`…"));
    const pod = (name: string) =>
      `  - apiVersion: v1\n    kind: Pod\n    metadata:\n      generateName: ${name}\n    spec:\n      containers:\n        - name: ${name}\n          ${image}\n`;
    const list = `apiVersion: v1\nkind: List\nitems:\n${pod("one")}${pod("two")}`;
    expect(offerAt(list, "items")).toBeUndefined();
    expect(offerAt(list, "name: two")?.title).toBe("Harden this Pod…");
    const after = hardened(list, "name: two") ?? "";
    expect(after.slice(0, list.indexOf("generateName: two"))).toBe(list.slice(0, list.indexOf("generateName: two")));
  });
});

describe("what a container is known to need", () => {
  const known = (...lines: readonly string[]): string =>
    hardened(container("name: api", ...lines)) ?? "nothing is offered";

  it("is a user of its image, and the group for a volume that is kept", () => {
    const [, text = ""] = shapes.find(([name]) => name === "a StatefulSet of a known image") ?? [];
    const after = hardened(text) ?? "";
    expect(after).toContain("        runAsNonRoot: true\n        runAsUser: 999\n        fsGroup: 999\n");
    expect(after).toContain("mountPath: /var/run/postgresql\n");
    expect(after).not.toContain("add:");
    expect(known("image: node:22.14.0", "command: [node, a.js]")).toContain("runAsUser: 1000\n");
    expect(known("image: node:22.14.0", "command: [node, a.js]")).not.toContain("fsGroup");
  });

  it("is root, where what serves drops it, with the capabilities for that", () => {
    const after = known("image: nginx:1.27");
    expect(after).not.toContain("runAsNonRoot");
    expect(after).toContain(
      "add:\n                - CHOWN\n                - NET_BIND_SERVICE\n                - SETGID\n                - SETUID\n",
    );
    expect(after).toContain("mountPath: /var/cache/nginx\n");
    expect(refused(after)).toContain("`api` without `runAsNonRoot: true`");
  });

  it("is root where it is to run as root", () => {
    const after = known(image, "securityContext:", "  runAsUser: 0");
    expect(after).not.toContain("runAsNonRoot");
    expect(after).toContain("- SETUID\n");
  });

  it.each([
    ["changes owners", 'command: ["sh", "-c", "mkdir -p /data && chown -R 1000 /data"]'],
    ["installs programs", 'command: ["sh", "-c", "apk add --no-cache curl && run"]'],
    ["sets what the kernel does", 'command: ["sysctl", "-w", "vm.max_map_count=262144"]'],
    ["has a capability only root gets anything from", "securityContext: { capabilities: { add: [NET_ADMIN] } }"],
  ])("is root where it %s", (_, line) => {
    const after = known(image, line);
    expect(after).not.toContain("runAsNonRoot");
    expect(after).toContain("RuntimeDefault");
  });

  it("leaves the others their own flag", () => {
    const text = deployment(
      "initContainers:",
      "  - name: owner",
      "    image: busybox:1.37",
      '    command: ["chown", "-R", "1000", "/data"]',
      "containers:",
      "  - name: api",
      `    ${image}`,
    );
    const after = hardened(text) ?? "";
    expect(after.match(/runAsNonRoot: true/g)).toHaveLength(1);
    expect(after.indexOf("runAsNonRoot")).toBeGreaterThan(after.indexOf("name: api\n          image"));
  });

  it("is a file system to install into, or programs that gain privileges", () => {
    expect(known(image, 'command: ["sh", "-c", "pip install flask && python a.py"]')).not.toContain(
      "readOnlyRootFilesystem",
    );
    expect(known("image: selenium/standalone-chrome:4.0")).not.toContain("allowPrivilegeEscalation");
    expect(known("image: varnish:7.6")).not.toContain("readOnlyRootFilesystem");
  });

  it("is a low port, for one that is not root", () => {
    expect(known(image, "ports:", "  - containerPort: 80")).toContain("add:\n                - NET_BIND_SERVICE\n");
    expect(known(image, "ports:", "  - containerPort: 8080")).not.toContain("NET_BIND_SERVICE");
  });

  it.each([
    ["is privileged", ["securityContext:", "  privileged: true"], []],
    [
      "mounts the node",
      ["volumeMounts:", "  - name: node", "    mountPath: /host"],
      ["volumes:", "  - name: node", "    hostPath:", "      path: /"],
    ],
    ["sees the node's processes", [], ["hostPID: true"]],
  ])("is the node, where it %s", (_, lines, spec) => {
    const text = container("name: agent", image, ...lines) + indented(6, spec);
    const after = hardened(text) ?? "";
    expect(after).not.toMatch(/runAsNonRoot|drop:|readOnlyRoot|allowPriv|seccomp/);
    expect(after).toContain("automountServiceAccountToken: false\n");
    expect(after).toContain("cpu: 100m\n");
  });

  it("is not the business of the container beside it", () => {
    const text = deployment(
      "containers:",
      "  - name: agent",
      `    ${image}`,
      "    securityContext:",
      "      privileged: true",
      "  - name: log",
      "    image: ghcr.io/acme/log:1.0",
    );
    const after = hardened(text) ?? "";
    expect(after.slice(after.indexOf("name: log"))).toMatch(/runAsNonRoot: true[^]*seccompProfile/);
    expect(after.slice(0, after.indexOf("name: log"))).not.toMatch(/runAsNonRoot|seccompProfile/);
  });

  it("is nothing of Linux on Windows", () => {
    const after = hardened(deployment("os:", "  name: windows", "containers:", "  - name: api", `    ${image}`)) ?? "";
    expect(after).not.toContain("securityContext");
    expect(after).toContain("cpu: 100m\n");
  });
});

describe("nothing is offered", () => {
  const plain = container("name: api", image);
  it.each([
    [
      "in a template",
      plain.replace(image, 'image: "{{ .Values.image }}"\n          {{- toYaml .Values.more | nindent 10 }}'),
    ],
    ["in a patch", plain.replace(`          ${image}\n`, "").replace(/ {2}selector:[^]*? {2}template/, "  template")],
    ["in what is no workload", "apiVersion: v1\nkind: Namespace\nmetadata:\n  name: shop\n"],
    ["in a broken document", `${plain}        - name: [\n`],
    [
      "where another one is written by the same anchor",
      deployment("containers:", "  - &api", "    name: api", `    ${image}`, "  - <<: *api", "    name: log"),
    ],
    [
      "where the pod's context is an alias",
      plain
        .replace("metadata:\n  name: api", "metadata:\n  annotations: &a\n    k: v\n  name: api")
        .replace("      containers:", "      securityContext: *a\n      containers:"),
    ],
  ])("%s", (_, text) => {
    expect(offerAt(text, "name: ")).toBeUndefined();
  });

  it("of a security context that is used elsewhere, or by a container that needs something else", () => {
    const shared = (second: string) =>
      deployment(
        "containers:",
        "  - name: api",
        `    ${image}`,
        "    securityContext: &context",
        "      privileged: false",
        "  - name: log",
        `    image: ${second}`,
        "    securityContext: *context",
      );
    expect(hardened(shared("ghcr.io/acme/log:1.0"))).toContain("allowPrivilegeEscalation: false");
    expect(hardened(shared("selenium/standalone-chrome:4.0"))).not.toContain("allowPrivilegeEscalation: false");
  });
});

describe("the examples of the rules", () => {
  const texts = linter.rules
    .filter(({ kind }) => kind === "kubernetes")
    .flatMap((rule) =>
      rule.examples.flatMap((example) =>
        [example.bad, example.good].map((text) => ({ text, path: example.path ?? exampleName(rule, text) })),
      ),
    );

  it("differ by the keys that were added, and there is nothing left to add", () => {
    let offers = 0;
    for (const { text, path } of texts) {
      const parsed = parseFile({ path, text });
      if (parsed === undefined || !isOfKind(parsed, "kubernetes")) continue;
      for (const { base, model } of parsed.units) {
        for (const { resource } of workloadsOf(model)) {
          const words = text.slice(base + resource.kindEntry.keySpan.start);
          const after = hardened(text, words, path);
          if (after === undefined) continue;
          offers += 1;
          expectAdded(text, after);
          expect(
            offerAt(after, after.slice(base + resource.kindEntry.keySpan.start), path)?.parts,
            after,
          ).toBeUndefined();
        }
      }
    }
    expect(offers).toBeGreaterThan(15);
  });
});

describe("the examples of the project", () => {
  it("become restricted, and the one for production is it already", () => {
    const text = readFileSync("examples/development/kubernetes.yaml", "utf8");
    const after = hardened(text, "kind: Deployment");
    expect(after === undefined ? "nothing is offered" : refused(after)).toEqual([]);
    expectAdded(text, after ?? "");
    expect(offerAt(readFileSync("examples/production/kubernetes.yaml", "utf8"), "kind: Deployment")).toBeUndefined();
  });
});

/** Comments, keys, values and their order stay, and what is new is added to them. */
function expectAdded(before: string, after: string): void {
  const [old, now] = [before, after].map((text) => parseAllDocuments(text, { logLevel: "silent", merge: true }));
  expect(now?.flatMap(({ errors }) => errors)).toEqual([]);
  expect(now?.length).toBe(old?.length);
  for (const [index, document] of (old ?? []).entries()) expectWithin(document.toJS(), now?.[index]?.toJS(), "");
  expect(commentsOf(after)).toEqual(commentsOf(before));
  if (before.includes("\r\n")) expect(after.replaceAll("\r\n", "")).not.toContain("\n");
}

function expectWithin(old: unknown, now: unknown, path: string): void {
  // A key without a value, and what is empty, may be filled.
  if (old === null && typeof now === "object") return;
  if (Array.isArray(old)) {
    const items: readonly unknown[] = Array.isArray(now) ? now : [];
    expect(items.length, path).toBeGreaterThanOrEqual(old.length);
    for (const [index, item] of old.entries()) expectWithin(item, items[index], `${path}[${index}]`);
    return;
  }
  if (typeof old !== "object" || old === null) {
    expect(now, path).toEqual(old);
    return;
  }
  const record = recordOf(now);
  expect(
    Object.keys(record).filter((key) => key in old),
    path,
  ).toEqual(Object.keys(old));
  for (const [key, value] of Object.entries(old)) expectWithin(value, record[key], `${path}.${key}`);
}

function commentsOf(text: string): readonly string[] {
  return [...text.matchAll(/(?<=^|\s)#.*$/gm)].map(([comment]) => comment.trim());
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? Object.fromEntries(Object.entries(value)) : {};
}

describe("what a registry said of an image", () => {
  const text = container("image: ghcr.io/acme/api:1.4", "ports: [{ containerPort: 8080 }]");

  /** Titles that speak of a user. */
  function users(said: string): readonly string[] {
    const workspace = createWorkspace();
    workspace.setRegistryImages(registryImagesOf(`{ "ghcr.io/acme/api:1.4": ${said} }`));
    const report = linter.check({
      file: { path: "app.yaml", text },
      config: configOf({ preset: "recommended" }, undefined),
      workspace: workspace.view("app.yaml"),
    });
    const parsed = report?.parsed;
    const [offer] =
      parsed === undefined ? [] : linter.refactorings(parsed, text.indexOf("kind:"), workspace.view("app.yaml"));
    return offer?.parts.flatMap(({ title }) => (title.startsWith("Run ") ? [title.replace(/;.*/, "")] : [])) ?? [];
  }

  it.each([
    [
      "its user by number",
      '{ user: "1000:1000" }',
      ["Run a container as user 1000 (files it writes must be that user's)"],
    ],
    ["a user by name, whose number nobody knows", "{ user: api }", []],
    ["root", "{}", []],
  ])("%s decides whom a workload is to run as", (_, said, expected) => {
    expect(users(said)).toEqual(expected);
  });

  it("is not known where nobody asked", () => {
    expect(titles(text).join("\n")).toContain(
      "Run a container as a user other than root (an image that runs as root will not start)",
    );
  });
});
