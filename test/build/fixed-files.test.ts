import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Builder, createBuilder, type ImageConfig } from "./buildah.ts";
import { pinnedText } from "../../server/src/languages/image/index.ts";
import { image } from "../registry/asking.ts";
import { clientOfThisMachine } from "../registry/machine-client.ts";
import { requirePrograms } from "../registry/programs.ts";
import { type Registry, startRegistry } from "../registry/docker-registry.ts";
import { pushStandIns } from "./stand-ins.ts";

const cli = join(import.meta.dirname, "../../dist/cli.js");
const base = mkdtempSync(join(tmpdir(), "seaworthy-build-"));
let registry: Registry | undefined;
let builder: Builder;

beforeAll(async () => {
  requirePrograms({
    buildah: "buildah",
    "docker-registry": "docker-registry",
    busybox: "busybox-static",
    useradd: "passwd",
  });
  registry = await startRegistry(join(base, "registry"));
  const { host } = registry;
  builder = createBuilder(join(base, "buildah"), { "docker.io": host, "gcr.io": `${host}/gcr.io` });
  pushStandIns(builder, join(base, "stand-ins"), (name) =>
    name.replace(/^docker\.io\//, `${host}/`).replace(/^gcr\.io\//, `${host}/gcr.io/`),
  );
});

afterAll(() => {
  registry?.stop();
  rmSync(base, { recursive: true, force: true });
});

/** What the image of the fixed Dockerfile says of itself. */
const samples: readonly { readonly sample: string; readonly expected: ImageConfig }[] = [
  {
    sample: "node-service",
    expected: {
      User: "node",
      Cmd: ["node", "src/server.js"],
      Healthcheck: { Test: ["CMD", "wget", "-q", "-O", "/dev/null", "http://127.0.0.1:3000/"] },
    },
  },
  {
    sample: "npm-start",
    expected: { User: "node", Cmd: ["node", "--enable-source-maps", "src/server.js"] },
  },
  {
    sample: "debian-service",
    expected: {
      User: "app",
      Cmd: ["/usr/local/bin/run.sh"],
      Healthcheck: { Test: ["CMD", "curl", "-fsS", "-o", "/dev/null", "http://127.0.0.1:8080/"] },
    },
  },
  {
    sample: "alpine-web",
    expected: { Healthcheck: { Test: ["CMD", "wget", "-q", "-O", "/dev/null", "http://127.0.0.1:18080/"] } },
  },
  { sample: "go-static", expected: { User: "10001:10001", Cmd: ["/server"] } },
  {
    sample: "nginx-site",
    expected: { Healthcheck: { Test: ["CMD", "wget", "-q", "-O", "/dev/null", "http://127.0.0.1:80/"] } },
  },
  { sample: "alpine-state", expected: { User: "app", Cmd: ["/usr/local/bin/run.sh"] } },
  { sample: "debian-state", expected: { User: "app" } },
  { sample: "node-state", expected: { User: "node" } },
  { sample: "numeric-user", expected: { User: "10001" } },
  { sample: "python-service", expected: { User: "app", Cmd: ["gunicorn", "-b", "0.0.0.0:8000", "app:app"] } },
];

describe("a Dockerfile after all its fixes", () => {
  it.each(samples)("$sample builds, and its image says what the fixes meant", ({ sample, expected }) => {
    const context = join(base, sample);
    cpSync(join(import.meta.dirname, "samples", sample), context, { recursive: true });
    seaworthy(["check", "--fix-review", "Dockerfile"], context);
    builder.build(context, sample);
    expect(builder.config(sample), readFileSync(join(context, "Dockerfile"), "utf8")).toMatchObject(expected);
    const left = seaworthy(["check", "--diff", "--fix-review", "Dockerfile"], context);
    expect(left, "a second run has nothing to do").toBe("");
  });
});

describe("a user that a fix named", () => {
  it.each([
    {
      sample: "alpine-state",
      owned: ["/srv/data", "/srv/data/index.html", "/srv/spool"],
      kept: "/usr/local/bin/run.sh",
    },
    { sample: "debian-state", owned: ["/var/lib/shop", "/app/uploads"], kept: "/app/app.py" },
    { sample: "node-state", owned: ["/app/uploads", "/app/uploads/state"], kept: "/app/src/server.js" },
    { sample: "numeric-user", owned: ["/state"], kept: "/usr/local/bin/run.sh" },
  ])("writes to its data in $sample, and not to the program", ({ sample, owned, kept }) => {
    const asked = [...owned, kept].map((path) => `[ -w ${path} ] && echo yes || echo no`);
    const expected = [...owned.map(() => "yes"), "no"];
    expect(
      builder
        .runIn(sample, ["sh", "-c", asked.join("; ")])
        .trim()
        .split("\n"),
    ).toEqual(expected);
  });

  it("is not root", () => {
    expect(builder.runIn("numeric-user", ["id", "-u"]).trim()).toBe("10001");
    expect(builder.runIn("alpine-state", ["id", "-un"]).trim()).toBe("app");
  });
});

describe("a health check that a fix added", () => {
  it("passes in its own container while the server runs, and fails without it", () => {
    const [, ...check] = builder.config("alpine-web").Healthcheck?.Test ?? [];
    const { Cmd } = builder.config("alpine-web");
    const server = (Cmd ?? []).filter((word) => word !== "-f").join(" ");
    const asked = `${check.join(" ")} && echo healthy || echo unhealthy`;
    // `httpd` without -f goes into the background once it listens.
    expect(builder.runIn("alpine-web", ["sh", "-c", `${server} && ${asked}; killall httpd`])).toBe("healthy\n");
    expect(builder.runIn("alpine-web", ["sh", "-c", asked])).toContain("unhealthy");
  });
});

describe("a base image that is pinned", () => {
  it("builds by the name, tag and digest that are written, and stays when the tag moves", async () => {
    const host = registry?.host ?? "";
    pushBase("first");
    const answer = await clientOfThisMachine().digest(image(`${host}/library/pinned:1`));
    if (answer.type === "failed") throw new Error(answer.reason);
    const pinned = pinnedText(image("docker.io/library/pinned:1"), answer.value.digest);
    expect(pinned).toMatch(/^docker\.io\/library\/pinned:1@sha256:[0-9a-f]{64}$/);
    pushBase("second");
    expect(markOf(pinned)).toBe("first");
    expect(markOf(pinned.replace(/^docker\.io\/library\//, ""))).toBe("first");
    expect(markOf("docker.io/library/pinned:1")).toBe("second");

    function pushBase(mark: string): void {
      builder.build(contextOf(`FROM scratch\nLABEL mark=${mark}\n`), `base-${mark}`);
      builder.push(`base-${mark}`, `${host}/library/pinned:1`);
    }

    function markOf(reference: string): string | undefined {
      builder.build(contextOf(`FROM ${reference}\nLABEL own=1\n`), "on-pinned");
      return builder.config("on-pinned").Labels?.["mark"];
    }
  });
});

/** A folder that has that Dockerfile. */
function contextOf(dockerfile: string): string {
  const folder = mkdtempSync(join(base, "context-"));
  writeFileSync(join(folder, "Dockerfile"), dockerfile);
  return folder;
}

function seaworthy(args: readonly string[], cwd: string): string {
  const { stdout, stderr, status } = spawnSync(process.execPath, [cli, ...args], { cwd, encoding: "utf8" });
  if (status === 2 || status === null) throw new Error(stderr);
  return stdout;
}
