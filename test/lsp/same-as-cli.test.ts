import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { afterEach, describe, expect, test } from "vitest";
import type { Range } from "vscode-languageserver/node";
import { type Client, startClient } from "./client.ts";
import { testFolder } from "./folder.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
let client: Client | undefined;

afterEach(async () => {
  await client?.stop();
  client = undefined;
});

/** A finding as both can say it. */
interface Said {
  readonly path: string;
  readonly rule: string;
  readonly severity: string;
  readonly message: string;
  readonly start: readonly [line: number, character: number];
  readonly end: readonly [line: number, character: number];
}

interface CliOutput {
  readonly files: readonly {
    readonly path: string;
    readonly findings: readonly {
      readonly rule: string;
      readonly severity: string;
      readonly message: string;
      readonly range: Range;
    }[];
  }[];
}

function byCli(folder: string): readonly Said[] {
  const cli = path.join(root, "dist/cli.js");
  // Findings make it end with 1.
  const { stdout } = spawnSync(process.execPath, [cli, "check", "--format", "json", "."], {
    cwd: folder,
    encoding: "utf8",
  });
  const { files }: CliOutput = JSON.parse(stdout);
  return files.flatMap(({ path, findings }) =>
    findings.map(({ rule, severity, message, range: { start, end } }) => ({
      path,
      rule,
      severity,
      message,
      start: [start.line, start.character] as const,
      end: [end.line, end.character] as const,
    })),
  );
}

async function byEditor(folder: string, name: string): Promise<readonly Said[]> {
  client ??= await startClient({ folders: [pathToFileURL(folder).href] });
  const uri = pathToFileURL(path.join(folder, name)).href;
  const languageId = name.endsWith("ockerfile") ? "dockerfile" : "yaml";
  await client.open(uri, languageId, readFileSync(path.join(folder, name), "utf8"));
  const found = await client.diagnostics(uri);
  await client.close(uri);
  return found.map(({ data, severity, message, range: { start, end } }) => ({
    path: name,
    rule: String(data?.rule),
    severity: ["", "error", "warning", "info", "hint"][severity ?? 0] ?? "",
    message: typeof message === "string" ? message : message.value,
    start: [start.line, start.character] as const,
    end: [end.line, end.character] as const,
  }));
}

/** In one order: two findings at one place have none of their own. */
function sorted(said: readonly Said[]): readonly string[] {
  return said.map((one) => JSON.stringify(one)).toSorted();
}

describe("the editor says of each file, opened alone, what the command line says of the folder", () => {
  test.each(["examples/development", "examples/production"])("%s", async (name) => {
    const folder = path.join(root, name);
    const cli = byCli(folder);
    const files = ["Dockerfile", "compose.yaml", "kubernetes.yaml"];
    const editor: Said[] = [];
    for (const file of files) editor.push(...(await byEditor(folder, file)));
    expect(sorted(editor)).toEqual(sorted(cli));
  });

  test("a project whose Dockerfiles are built from elsewhere, with configs of its own", async () => {
    const folder = testFolder({
      "compose.yaml":
        "services:\n  api:\n    build: { context: ., dockerfile: docker/api.Dockerfile }\n  web:\n    build: ./web\n",
      ".dockerignore": "node_modules\n.git\n.env\n",
      "docker/api.Dockerfile": "FROM node\nCOPY . .\nCMD npm start\n",
      "web/Dockerfile": "FROM nginx:latest\nCOPY . /usr/share/nginx/html\n",
      "web/.seaworthy.yaml": "rules: { floating-tag: error }\n",
      "docker/.hadolint.yaml": "ignored: [DL3006]\noverride: { error: [DL3025] }\n",
      "deploy/web.yaml":
        "apiVersion: v1\nkind: Service\nmetadata: { name: web }\nspec:\n  selector: { app: web }\n  ports: [{ port: 80 }]\n",
      "deploy/pod.yaml":
        "apiVersion: v1\nkind: Pod\nmetadata: { name: web }\nspec:\n  containers:\n    - { name: web, image: nginx }\n",
    });
    try {
      const at = fileURLToPath(folder.uri);
      const cli = byCli(at);
      expect(cli).not.toEqual([]);
      const files = ["compose.yaml", "docker/api.Dockerfile", "web/Dockerfile", "deploy/web.yaml", "deploy/pod.yaml"];
      const editor: Said[] = [];
      for (const file of files) editor.push(...(await byEditor(at, file)));
      expect(sorted(editor)).toEqual(sorted(cli));
    } finally {
      folder.remove();
    }
  });

  test("a project whose Dockerfiles are built from a Compose file that another one includes or overrides", async () => {
    const folder = testFolder({
      "compose.yaml": "include: [apps/stack.yaml]\nservices:\n  api:\n    image: ghcr.io/acme/api:1.2.0\n",
      "compose.override.yaml": "services:\n  job:\n    build: { context: ., dockerfile: docker/job.Dockerfile }\n",
      "compose.prod.yaml":
        "include: [shared.yaml]\nservices:\n  db:\n    image: postgres:17.4\n    volumes: [data:/srv]\n",
      "shared.yaml": "services:\n  cache:\n    image: redis:7.4.2\nvolumes:\n  data:\n",
      "apps/stack.yaml": "services:\n  web:\n    build: { context: .., dockerfile: docker/web.Dockerfile }\n",
      ".dockerignore": "dist\n",
      ".env": "A=b\n",
      "docker/web.Dockerfile": 'FROM node:22.14.0\nCOPY . .\nCMD ["node", "web.js"]\n',
      "docker/job.Dockerfile": 'FROM node:22.14.0\nCOPY . .\nCMD ["node", "job.js"]\n',
    });
    try {
      const at = fileURLToPath(folder.uri);
      const cli = byCli(at);
      const files = [
        "compose.yaml",
        "compose.override.yaml",
        "compose.prod.yaml",
        "shared.yaml",
        "apps/stack.yaml",
        "docker/web.Dockerfile",
        "docker/job.Dockerfile",
      ];
      const editor: Said[] = [];
      for (const file of files) {
        // A server of its own: it knows of no file that another one made it read.
        await client?.stop();
        client = undefined;
        editor.push(...(await byEditor(at, file)));
      }
      expect(sorted(editor)).toEqual(sorted(cli));
    } finally {
      folder.remove();
    }
  });

  test("manifests of a kustomization with bases and overlays, of a chart, and of a folder", async () => {
    const pod = (name: string, env: string): string =>
      `apiVersion: v1\nkind: Pod\nmetadata: { name: ${name}, labels: { app: ${name} } }\nspec:\n  containers:\n    - name: ${name}\n      image: ghcr.io/acme/${name}:1.2.0\n      envFrom:\n        - configMapRef: { name: ${env} }\n`;
    const map = (name: string): string =>
      `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: ${name} }\ndata: { A: b }\n`;
    const files = {
      "shop/base/kustomization.yaml": "resources: [pod.yaml, map.yaml]\n",
      "shop/base/pod.yaml": pod("api", "settings"),
      "shop/base/map.yaml": map("region"),
      "shop/overlays/prod/kustomization.yaml":
        "resources: [../../base, extra.yaml]\nconfigMapGenerator:\n  - name: settings\n    envs: [prod.env]\n",
      "shop/overlays/prod/prod.env": "COLOUR=blue\n",
      "shop/overlays/prod/extra.yaml": pod("extra", "setings"),
      "charts/web/Chart.yaml": "apiVersion: v2\nname: web\nversion: 1.0.0\n",
      "charts/web/templates/pod.yaml": pod("web", "web-config"),
      "charts/web/templates/deep/map.yaml": map("{{ .Release.Name }}"),
      "plain/pod.yaml": pod("plain", "plane"),
      "plain/service.yaml":
        "apiVersion: v1\nkind: Service\nmetadata: { name: plain }\nspec:\n  selector: { app: plane }\n  ports: [{ port: 80 }]\n",
      "plain/config/map.yaml": map("plain"),
    };
    const folder = testFolder(files);
    try {
      const at = fileURLToPath(folder.uri);
      const cli = byCli(at);
      expect(cli.map(({ path, rule }) => `${path} ${rule}`)).toEqual(
        expect.arrayContaining([
          "shop/overlays/prod/extra.yaml kubernetes/unknown-config-map",
          "plain/service.yaml kubernetes/dangling-selector",
          "plain/pod.yaml kubernetes/unknown-config-map",
        ]),
      );
      const editor: Said[] = [];
      for (const file of Object.keys(files).filter((name) => name.endsWith(".yaml"))) {
        await client?.stop();
        client = undefined;
        editor.push(...(await byEditor(at, file)));
      }
      expect(sorted(editor)).toEqual(sorted(cli));
    } finally {
      folder.remove();
    }
  });
});
