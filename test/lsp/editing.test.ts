import { afterEach, describe, expect, test } from "vitest";
import { defineRule } from "../../server/src/engine/rule.ts";
import { type Client, type ClientOptions, startClient } from "./client.ts";

let client: Client | undefined;

async function start(options: ClientOptions = {}): Promise<Client> {
  client = await startClient(options);
  return client;
}

afterEach(async () => {
  await client?.stop();
  client = undefined;
});

const dockerfile = `# syntax=docker/dockerfile:1
FROM node:latest AS build
WORKDIR app
RUN apt-get update && apt-get install curl
COPY . .
RUN npm install \\
  # as it was
  && npm run build

FROM nginx
COPY --from=build /app/dist /usr/share/nginx/html
EXPOSE 80
CMD nginx -g 'daemon off;'
`;

const manifests = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: shop
spec:
  selector: { matchLabels: { app: shop } }
  template:
    metadata: { labels: { app: shop } }
    spec:
      containers:
        - name: app
          image: shop:latest
---
apiVersion: v1
kind: Service
metadata:
  name: shop
spec:
  selector: { app: shop }
  ports: [{ port: 80, targetPort: http }]
---
apiVersion: v1
kind: Pod
metadata: { name: lone }
spec:
  containers:
    - { name: a, image: "nginx" }
`;

const compose = `version: "3"
services:
  db:
    image: postgres:latest
    environment:
      POSTGRES_PASSWORD: hunter2
    ports: ["5432:5432"]
  web:
    image: nginx
    depends_on: [db]
    privileged: true
`;

/** The same numbers at every run. */
function randomNumbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** What a hasty person does to a text, most of it for a moment only. */
function someEdit(
  text: string,
  random: (below: number) => number,
): readonly [start: number, end: number, text: string] {
  const start = random(text.length + 1);
  switch (random(6)) {
    case 0:
      return [start, Math.min(text.length, start + random(40)), ""];
    case 1:
      return [
        start,
        start,
        ["\n", "\r\n", "  ", "\t", "# x\n", "é😀", "---\n", "<<EOF\n", '"', "{", ":", " \\\n"][random(12)] ?? "",
      ];
    case 2: {
      const from = random(text.length);
      return [start, start, text.slice(from, from + random(60))];
    }
    default:
      return [start, Math.min(text.length, start + 1), "a"];
  }
}

describe("200 quick edits", () => {
  test.each([
    { name: "Dockerfile", languageId: "dockerfile", text: dockerfile, pull: false },
    { name: "manifests.yaml", languageId: "yaml", text: manifests, pull: true },
    { name: "compose.yaml", languageId: "dockercompose", text: compose, pull: false },
  ])("leave what a fresh look at the text finds: $name", async ({ name, languageId, text, pull }) => {
    const client = await start({ pull });
    const random = randomNumbers(text.length);
    const uri = `untitled:a/${name}`;
    await client.open(uri, languageId, text);
    await client.diagnostics(uri);
    for (let round = 0; round < 10; round++) {
      for (let i = 0; i < 20; i++) await client.edit(uri, ...someEdit(client.text(uri), random));
      const kept = await client.diagnostics(uri);
      const fresh = `untitled:${round}/${name}`;
      await client.open(fresh, languageId, client.text(uri));
      expect(withoutUris(kept, uri)).toEqual(withoutUris(await client.diagnostics(fresh), fresh));
      await client.close(fresh);
      // Back to something worth looking at.
      await client.edit(uri, 0, client.text(uri).length, text);
    }
    expect(client.logs).toEqual([]);
  });

  test("are not all checked when they come at once", async () => {
    const client = await start();
    const uri = "untitled:Dockerfile";
    await client.open(uri, "dockerfile", dockerfile);
    await client.diagnostics(uri);
    const all = Array.from({ length: 200 }, () => client.edit(uri, 0, 0, "# x\n"));
    await Promise.all(all);
    await client.diagnostics(uri);
    const versions = client.published(uri).map(({ version }) => version ?? 0);
    expect(versions.at(-1)).toBe(201);
    expect(versions).toEqual(versions.toSorted((a, b) => a - b));
    expect(versions.length).toBeLessThan(150);
  });
});

test("an edit stops the check of the text before it", async () => {
  const uri = "untitled:pods.yaml";
  const count = 300;
  let runs = 0;
  let edited: Promise<void> | undefined;
  const counting = defineRule("kubernetes", {
    slug: "counting",
    summary: "Counts.",
    why: "To see how often.",
    category: "correctness",
    severity: "info",
    preset: "minimal",
    since: "0.1.0",
    aliases: [],
    references: [],
    fix: null,
    examples: [],
    *check({ resources }) {
      runs += 1;
      if (runs === 10) edited = client?.replace(uri, "pod-299", "last");
      for (const { kindEntry, name } of resources) yield { at: kindEntry.keySpan, message: `This is ${name}.` };
    },
  });
  let time = 0;
  const client = await start({
    rules: [counting],
    host: {
      now: () => {
        time += 100;
        return time;
      },
    },
  });
  const pods = Array.from({ length: count }, (_, i) => `apiVersion: v1\nkind: Pod\nmetadata: { name: pod-${i} }\n`);
  await client.open(uri, "yaml", pods.join("---\n"));
  const found = await client.nextPublished(uri);
  await edited;
  expect(found.version).toBe(2);
  expect(found.diagnostics).toHaveLength(count);
  expect(found.diagnostics.at(-1)?.message).toBe("This is last.");
  expect(runs).toBeGreaterThanOrEqual(count);
  expect(runs).toBeLessThan(count * 1.5);
});

describe("20,000 lines", () => {
  test("of a Dockerfile are checked, edited and checked again", async () => {
    const client = await start();
    const uri = "untitled:Dockerfile";
    const lines = Array.from({ length: 20_000 }, (_, i) => (i % 2 === 0 ? `RUN echo ${i} \\` : "  && true"));
    await client.open(uri, "dockerfile", `FROM nginx:latest\n${lines.join("\n")}\n`);
    expect((await client.diagnostics(uri)).map(({ code }) => code)).toContain("floating-tag");
    await client.replace(uri, "latest", "1.27.4");
    expect((await client.diagnostics(uri)).map(({ code }) => code)).not.toContain("floating-tag");
  });

  test("of manifests are checked, edited and checked again", async () => {
    const client = await start({ settings: () => ({ preset: "minimal", rules: { "floating-tag": "warning" } }) });
    const uri = "untitled:manifests.yaml";
    const pods = Array.from({ length: 2_860 }, (_, i) =>
      manifests
        .slice(manifests.lastIndexOf("---\n"))
        .replace("lone", `pod-${i}`)
        .replace('"nginx"', `"nginx:1.${i}.0"`),
    );
    const text = pods.join("").replace("nginx:1.7.0", "nginx:latest");
    expect(text.split("\n").length).toBeGreaterThan(20_000);
    await client.open(uri, "yaml", text);
    const floating = (await client.diagnostics(uri)).filter(({ code }) => code === "floating-tag");
    expect(floating).toHaveLength(1);
    await client.replace(uri, "nginx:latest", "nginx:1.7.0");
    expect((await client.diagnostics(uri)).map(({ code }) => code)).not.toContain("floating-tag");
  });
});

function withoutUris(diagnostics: readonly object[], uri: string): unknown {
  return JSON.parse(JSON.stringify(diagnostics).replaceAll(uri, ""));
}
