import { afterEach, beforeEach, expect, test } from "vitest";
import type { Location } from "vscode-languageserver/node";
import { type Client, startClient } from "./client.ts";
import { type TestFolder, testFolder } from "./folder.ts";

let client: Client;
let folder: TestFolder;

/** `«…»` marks the word that is asked about, and is no part of the file. */
const deployment = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: api
spec:
  selector:
    matchLabels: { app: api }
  template:
    metadata:
      labels: { app: api, tier: back }
    spec:
      serviceAccountName: robot
      containers:
        - name: api
          image: ghcr.io/acme/api:1.4.2
          ports:
            - { name: web, containerPort: 8080 }
          readinessProbe:
            httpGet: { path: /, port: web }
          envFrom:
            - configMapRef: { name: settings }
          env:
            - name: COLOUR
              valueFrom:
                configMapKeyRef: { name: settings, key: colour }
          volumeMounts:
            - { name: cache, mountPath: /cache }
            - { name: disc, mountPath: /disc }
      volumes:
        - { name: cache, emptyDir: {} }
        - { name: disc, persistentVolumeClaim: { claimName: disc } }
`;
const others = `apiVersion: v1
kind: ConfigMap
metadata:
  name: settings
data:
  colour: blue
---
apiVersion: v1
kind: ServiceAccount
metadata: { name: robot }
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata: { name: disc }
`;
const network = `apiVersion: v1
kind: Service
metadata: { name: api }
spec:
  selector: { app: api }
  ports:
    - { port: 80, targetPort: web }
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: api }
spec:
  rules:
    - http:
        paths:
          - path: /
            pathType: Prefix
            backend: { service: { name: api, port: { number: 80 } } }
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: { name: api }
spec:
  maxUnavailable: 1
  selector: { matchLabels: { app: api } }
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: { name: api }
spec:
  scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: api }
  maxReplicas: 5
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: { name: robot }
roleRef: { apiGroup: rbac.authorization.k8s.io, kind: Role, name: reader }
subjects:
  - { kind: ServiceAccount, name: robot }
---
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: { name: reader }
rules: []
`;
const kustomization = "resources:\n  - deployment.yaml\n  - others.yaml\n  - network.yaml\n  - base\n";
const files: Readonly<Record<string, string>> = {
  "deployment.yaml": deployment,
  "others.yaml": others,
  "network.yaml": network,
  "kustomization.yaml": kustomization,
  "base/kustomization.yaml": "namePrefix: x-\n",
};

beforeEach(async () => {
  folder = testFolder(files);
  client = await startClient({ folders: [folder.uri] });
});

afterEach(async () => {
  await client.stop();
  folder.remove();
});

/** Asks at the first character of `word` behind `before`; answers as `file:line:text`, lines counted from 1. */
async function ask(
  method: "definition" | "references",
  name: string,
  before: string,
  word: string,
  includeDeclaration = false,
): Promise<readonly string[]> {
  const text = files[name] ?? "";
  const uri = folder.uriOf(name);
  await client.open(uri, "yaml", text);
  const offset = text.indexOf(word, text.indexOf(before));
  const lines = text.slice(0, offset).split("\n");
  const found: readonly Location[] = await client.connection.sendRequest(`textDocument/${method}`, {
    textDocument: { uri },
    position: { line: lines.length - 1, character: lines.at(-1)?.length ?? 0 },
    context: { includeDeclaration },
  });
  return found.map(({ uri, range }) => {
    const path = uri.slice(folder.uri.length + 1);
    const line = (files[path] ?? "").split("\n")[range.start.line] ?? "";
    return `${path}:${range.start.line + 1}:${line.slice(range.start.character, range.end.character)}`;
  });
}

test.each([
  ["a service account", "deployment.yaml", "serviceAccountName", "robot", "others.yaml:10:robot"],
  ["a ConfigMap", "deployment.yaml", "configMapRef", "settings", "others.yaml:4:settings"],
  ["a key of it", "deployment.yaml", "configMapKeyRef", "colour", "others.yaml:6:colour"],
  ["a claim", "deployment.yaml", "claimName", "disc", "others.yaml:14:disc"],
  ["a volume, from its mount", "deployment.yaml", "volumeMounts", "cache", "deployment.yaml:30:cache"],
  ["a port, from a probe", "deployment.yaml", "httpGet", "web", "deployment.yaml:17:web"],
  ["a port, from a Service", "network.yaml", "targetPort", "web", "deployment.yaml:17:web"],
  ["pods, from a Service's selector", "network.yaml", "selector", "app", "deployment.yaml:10:labels"],
  ["pods, from a budget's selector", "network.yaml", "maxUnavailable", "matchLabels", "deployment.yaml:10:labels"],
  ["a Service, from an Ingress", "network.yaml", "service:", "api", "network.yaml:3:api"],
  ["what is scaled", "network.yaml", "kind: Deployment, name", "api", "deployment.yaml:4:api"],
  ["a role", "network.yaml", "roleRef", "reader", "network.yaml:43:reader"],
  ["the account it is bound to", "network.yaml", "subjects", "robot", "others.yaml:10:robot"],
  ["a file of a kustomization", "kustomization.yaml", "resources", "network.yaml", "network.yaml:1:"],
  ["a folder of a kustomization", "kustomization.yaml", "network", "base", "base/kustomization.yaml:1:"],
])("goes to %s", async (_what, name, before, word, expected) => {
  expect(await ask("definition", name, before, word)).toEqual([expected]);
});

test.each([
  [
    "a ConfigMap, from its name",
    "others.yaml",
    "name: settings",
    "settings",
    ["deployment.yaml:21:settings", "deployment.yaml:25:settings"],
  ],
  ["a key, from where it is set", "others.yaml", "data", "colour", ["deployment.yaml:25:colour"]],
  ["an account", "others.yaml", "name: robot", "robot", ["deployment.yaml:12:robot", "network.yaml:39:robot"]],
  ["a Service", "network.yaml", "name: api", "api", ["network.yaml:18:api"]],
  ["a volume", "deployment.yaml", "volumes:", "cache", ["deployment.yaml:27:cache"]],
  ["a port", "deployment.yaml", "ports:", "web", ["deployment.yaml:19:web", "network.yaml:7:web"]],
  [
    "pods, from their labels",
    "deployment.yaml",
    "labels: {",
    "app",
    ["network.yaml:25:selector: { matchLabels: { app: api } }", "network.yaml:5:selector: { app: api }"],
  ],
])("finds what mentions %s", async (_what, name, before, word, expected) => {
  expect((await ask("references", name, before, word)).toSorted()).toEqual(expected);
});

test("gives the declaration too where it is asked for", async () => {
  expect(await ask("references", "deployment.yaml", "claimName", "disc", true)).toEqual([
    "others.yaml:14:disc",
    "deployment.yaml:31:disc",
  ]);
});

test("says nothing of words that name nothing, and of files that are not its own", async () => {
  expect(await ask("definition", "deployment.yaml", "image", "ghcr")).toEqual([]);
  expect(await ask("references", "deployment.yaml", "spec", "containers")).toEqual([]);
  const uri = folder.write("values.yaml", "serviceAccountName: robot\n");
  await client.open(uri, "yaml", "serviceAccountName: robot\n");
  const params = { textDocument: { uri }, position: { line: 0, character: 22 }, context: {} };
  expect(await client.connection.sendRequest("textDocument/definition", params)).toEqual([]);
  expect(await client.connection.sendRequest("textDocument/references", params)).toEqual([]);
});
