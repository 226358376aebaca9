import { afterEach, describe, expect, test } from "vitest";
import type { CodeAction } from "vscode-languageserver/node";
import { allRefactors } from "../../server/src/refactors/index.ts";
import { type Client, capabilities, type ClientOptions, startClient } from "./client.ts";

const uri = "untitled:compose.yaml";
const kind = "refactor.rewrite.seaworthy.harden-service";
let client: Client | undefined;

afterEach(async () => {
  await client?.stop();
  client = undefined;
});

async function start(text: string, options: Partial<ClientOptions> = {}): Promise<Client> {
  client = await startClient({ rules: [], refactors: allRefactors, ...options });
  await client.open(uri, "dockercompose", text);
  return client;
}

const text = `services:
  web:
    image: nginx:1.27 # pinned
    restart: always
  api:
    image: ghcr.io/acme/api:1.0
    security_opt: ["no-new-privileges:true"]
`;

/** The actions at the first such words. */
function actionsAt(
  client: Client,
  words: string,
  only: readonly string[] = ["refactor"],
): Promise<readonly CodeAction[]> {
  const offset = client.text(uri).indexOf(words);
  const range = client.places(uri).range({ start: offset, end: offset });
  return client.actions(uri, range, { only: [...only] });
}

describe("a service", () => {
  test("is hardened key by key, each to be confirmed", async () => {
    const client = await start(text, { capabilities: capabilities({ lazy: false }) });
    const [action, ...more] = await actionsAt(client, "restart: always");
    expect(more).toEqual([]);
    expect(action).toMatchObject({ title: "Harden service `web`…", kind });
    const annotations = Object.values(action?.edit?.changeAnnotations ?? {});
    expect(annotations.map(({ label }) => label)).toEqual([
      "Make the root file system read-only, with /tmp, /var/cache/nginx, /var/run in memory (what writes elsewhere outside of volumes fails)",
      "Drop all capabilities of `web` but CHOWN, NET_BIND_SERVICE, SETGID, SETUID (what needs another one, such as `ping`, stops working)",
      "Add `no-new-privileges:true` (`sudo` and other setuid programs stop working)",
      "Limit memory to 512m (measure first: beyond it the service is killed)",
      "Limit the service to 1 CPU (measure first: at its busiest it is slowed down)",
      "Limit processes and threads to 512 (beyond that it cannot start more)",
    ]);
    expect(annotations.every(({ needsConfirmation }) => needsConfirmation === true)).toBe(true);
    const [change] = action?.edit?.documentChanges ?? [];
    const edits = change !== undefined && "edits" in change ? change.edits : [];
    expect(new Set(edits.map((edit) => ("annotationId" in edit ? edit.annotationId : "none")))).toEqual(
      new Set(Object.keys(action?.edit?.changeAnnotations ?? {})),
    );
  });

  test.each([true, false])("has its keys in the order they are listed (edit on demand: %s)", async (lazy) => {
    const client = await start(text, { capabilities: capabilities({ lazy }) });
    const [action] = await actionsAt(client, "web");
    expect(action?.edit === undefined).toBe(lazy);
    if (action === undefined) throw new Error("nothing is offered");
    await client.apply(action);
    expect(client.text(uri)).toBe(`services:
  web:
    image: nginx:1.27 # pinned
    restart: always
    read_only: true
    tmpfs:
      - /tmp
      - /var/cache/nginx
      - /var/run
    cap_drop:
      - ALL
    cap_add:
      - CHOWN
      - NET_BIND_SERVICE
      - SETGID
      - SETUID
    security_opt:
      - no-new-privileges:true
    mem_limit: 512m
    cpus: 1
    pids_limit: 512
  api:
    image: ghcr.io/acme/api:1.0
    security_opt: ["no-new-privileges:true"]
`);
    expect(await actionsAt(client, "web")).toEqual([]);
  });

  test("is offered it anywhere in it, and nowhere else", async () => {
    const client = await start(`# ours\n${text}volumes:\n  data:\n`);
    const titles = async (words: string) => (await actionsAt(client, words)).map(({ title }) => title);
    expect(await titles("api:\n")).toEqual(["Harden service `api`…"]);
    expect(await titles("true")).toEqual(["Harden service `api`…"]);
    expect(await titles("# ours")).toEqual([]);
    expect(await titles("services")).toEqual([]);
    expect(await titles("data:")).toEqual([]);
  });

  test("is hardened in the second document of a file", async () => {
    const client = await start(`services: {}\n---\n${text}`, { capabilities: capabilities({ lazy: false }) });
    const [action] = await actionsAt(client, "web");
    if (action === undefined) throw new Error("nothing is offered");
    await client.apply(action);
    expect(client.text(uri)).toContain("    restart: always\n    read_only: true\n");
  });

  test("is not offered it unasked, nor among quick fixes", async () => {
    const client = await start(text);
    expect(await actionsAt(client, "web", ["quickfix"])).toEqual([]);
    const place = { start: { line: 1, character: 3 }, end: { line: 1, character: 3 } };
    expect(await client.actions(uri, place, { triggerKind: 2 })).toEqual([]);
    expect((await client.actions(uri, place)).map(({ title }) => title)).toEqual(["Harden service `web`…"]);
  });

  test("is left alone once the text has changed", async () => {
    const client = await start(text);
    const [action] = await actionsAt(client, "web");
    if (action === undefined) throw new Error("nothing is offered");
    await client.replace(uri, "web", "www");
    await expect(client.apply(action)).rejects.toThrow("has no edit");
  });
});

describe("a workload", () => {
  const manifest = "untitled:app.yaml";
  const pods = `apiVersion: v1
kind: Namespace
metadata:
  name: shop
---
apiVersion: batch/v1
kind: Job
metadata:
  name: report # nightly
spec:
  template:
    spec:
      restartPolicy: Never
      securityContext:
        runAsUser: 1000
      containers:
        - name: report
          image: ghcr.io/acme/report:1.0
          resources: { requests: { cpu: 1, memory: 1Gi }, limits: { memory: 1Gi } }
`;

  async function open(options: Partial<ClientOptions> = {}): Promise<Client> {
    client = await startClient({ rules: [], refactors: allRefactors, ...options });
    await client.open(manifest, "yaml", pods);
    return client;
  }

  function offeredAt(client: Client, words: string): Promise<readonly CodeAction[]> {
    const offset = client.text(manifest).indexOf(words);
    const range = client.places(manifest).range({ start: offset, end: offset });
    return client.actions(manifest, range, { only: ["refactor"] });
  }

  test("is hardened thing by thing, each to be confirmed", async () => {
    const client = await open({ capabilities: capabilities({ lazy: false }) });
    const [action, ...more] = await offeredAt(client, "restartPolicy");
    expect(more).toEqual([]);
    expect(action).toMatchObject({
      title: "Harden Job `report`…",
      kind: "refactor.rewrite.seaworthy.harden-workload",
    });
    const annotations = Object.values(action?.edit?.changeAnnotations ?? {});
    expect(annotations.map(({ label }) => label.replace(/ \([^]*/, ""))).toEqual([
      "Run `report` as a user other than root",
      "Filter system calls by the runtime's seccomp profile",
      "Forbid `report` to gain privileges",
      "Set `automountServiceAccountToken: false`",
    ]);
    expect(annotations.every(({ needsConfirmation }) => needsConfirmation === true)).toBe(true);
  });

  test.each([true, false])("is hardened where it stands (edit on demand: %s)", async (lazy) => {
    const client = await open({ capabilities: capabilities({ lazy }) });
    const [action] = await offeredAt(client, "report # nightly");
    if (action === undefined) throw new Error("nothing is offered");
    await client.apply(action);
    expect(client.text(manifest)).toBe(
      pods
        .replace(
          "        runAsUser: 1000\n",
          (line) => `${line}        runAsNonRoot: true\n        seccompProfile:\n          type: RuntimeDefault\n`,
        )
        .replace("      securityContext:\n", (line) => `      automountServiceAccountToken: false\n${line}`)
        .concat(
          "          securityContext:\n            allowPrivilegeEscalation: false\n            readOnlyRootFilesystem: true\n",
          "            capabilities:\n              drop:\n                - ALL\n",
          "          volumeMounts:\n            - name: tmp\n              mountPath: /tmp\n",
          "      volumes:\n        - name: tmp\n          emptyDir: {}\n",
        ),
    );
    expect(await offeredAt(client, "report # nightly")).toEqual([]);
  });

  test("is all that is hardened: no object beside it", async () => {
    const client = await open();
    expect(await offeredAt(client, "shop")).toEqual([]);
  });
});
