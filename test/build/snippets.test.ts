import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { asFile, expanded, snippetsIn } from "../project/snippet-files.ts";
import { requirePrograms } from "../registry/programs.ts";
import { type Builder, createBuilder, type ImageConfig } from "./buildah.ts";
import { buildStandIn, type StandIn } from "./stand-ins.ts";

const base = mkdtempSync(join(tmpdir(), "seaworthy-snippets-"));
const context = join(base, "context");
const snippets = snippetsIn("snippets/dockerfile.json").map(({ name, body }) => {
  const part = expanded(body);
  const text = asFile("dockerfile", part);
  return { name, text, isWhole: text === part };
});
let builder: Builder;

beforeAll(() => {
  requirePrograms({ buildah: "buildah", busybox: "busybox-static", useradd: "passwd" });
  builder = createBuilder(join(base, "buildah"), {});
  const images = new Set(snippets.flatMap(({ text }) => imagesOf(text)));
  for (const [index, image] of [...images].entries()) {
    buildStandIn(builder, join(base, `stand-in-${index}`), standInFor(image));
  }
  for (const path of projects) {
    mkdirSync(dirname(join(context, path)), { recursive: true });
    writeFileSync(join(context, path), path === "requirements.txt" ? "gunicorn==23.0.0\n" : "");
  }
  chmodSync(join(context, "run.sh"), 0o755);
});

afterAll(() => {
  rmSync(base, { recursive: true, force: true });
});

/** The files of a small project of each kind. */
const projects: readonly string[] = `
  package.json package-lock.json pnpm-lock.yaml bun.lock tsconfig.json vite.config.ts next.config.mjs index.html
  public/index.php public/logo.svg src/server.js src/server.ts
  pyproject.toml uv.lock poetry.lock requirements.txt app/__init__.py app/main.py app/wsgi.py
  go.mod go.sum cmd/server/main.go cmd/worker/main.go
  pom.xml settings.gradle.kts build.gradle.kts src/main/java/App.java
  App/App.csproj App/Program.cs Cargo.toml Cargo.lock src/main.rs
  composer.json composer.lock Gemfile Gemfile.lock config.ru run.sh npmrc
`
  .trim()
  .split(/\s+/);

/** What images of a repository have, besides their system. */
const repositories: Readonly<Record<string, Omit<StandIn, "name" | "system">>> = {
  alpine: {},
  debian: {},
  node: { user: "node", programs: ["node", "npm", "pnpm-to-install"] },
  "oven/bun": { user: "bun", programs: ["bun"] },
  python: { programs: ["python3", "python", "pip", "gunicorn", "poetry-to-install"] },
  "ghcr.io/astral-sh/uv": { programs: ["/uv"] },
  golang: { programs: ["go"], files: ["etc/ssl/certs/ca-certificates.crt"] },
  rust: { programs: ["cargo"] },
  maven: { programs: ["mvn", "java"] },
  gradle: { programs: ["gradle", "java"] },
  "eclipse-temurin": { programs: ["java"] },
  "mcr.microsoft.com/dotnet/sdk": { programs: ["dotnet"] },
  "mcr.microsoft.com/dotnet/aspnet": { user: "app", programs: ["dotnet"] },
  composer: { programs: ["composer"] },
  php: {
    user: "www-data",
    programs: ["php", "php-fpm"],
    files: ["usr/local/etc/php/php.ini-production"],
    settings: ["ENV PHP_INI_DIR=/usr/local/etc/php"],
  },
  ruby: { programs: ["ruby", "bundle"] },
  "nginxinc/nginx-unprivileged": { user: "nginx", programs: ["nginx"] },
  "gcr.io/distroless/nodejs24-debian13": {
    user: "nonroot",
    programs: ["/nodejs/bin/node"],
    settings: ['ENTRYPOINT ["/nodejs/bin/node"]'],
  },
  "gcr.io/distroless/static-debian13": { user: "nonroot" },
};

describe("a Dockerfile from a snippet", () => {
  it.each(snippets)("$name: builds, runs without root, and has what it starts and asks for its health", (snippet) => {
    const { name, text, isWhole } = snippet;
    const image = `snippet-${snippets.indexOf(snippet)}`;
    const file = join(base, `${image}.dockerfile`);
    writeFileSync(file, text);
    const secret = `id=npmrc,src=${join(context, "npmrc")}`;
    builder.build(context, image, ["--pull-never", "--secret", secret, "--file", file]);
    const config = builder.config(image);
    builder.inFiles(image, (folder) => {
      const said = `${name}\n${text}\n${JSON.stringify(config)}`;
      const [user = "", group] = (config.User ?? "").split(":");
      if (/^\d+$/.test(user)) expect(Number(user), said).toBeGreaterThan(0);
      else expect(readFileSync(join(folder, "etc/passwd"), "utf8"), said).toMatch(new RegExp(`^${user}:x:[1-9]`, "m"));
      expect(group, said).not.toBe("0");
      const missing = programsOf(config).filter((program) => !isProgram(folder, config, program));
      expect(missing, said).toEqual([]);
      if (!isWhole) return;
      expect(programsOf(config).length, said).toBeGreaterThan(0);
      const files = [...(config.Entrypoint ?? []), ...(config.Cmd ?? [])].filter((word) =>
        /^[\w/]+\.(?:js|ts|jar|dll)$/.test(word),
      );
      const lost = files.filter((path) => !existsSync(join(folder, config.WorkingDir ?? "", path)));
      expect(lost, said).toEqual([]);
    });
  });

  it("there is one for each of the languages and systems that people ask for", () => {
    const whole = snippets.filter(({ isWhole }) => isWhole);
    expect(whole.length).toBeGreaterThanOrEqual(20);
    const images = new Set(whole.flatMap(({ text }) => imagesOf(text)).map(repositoryOf));
    expect(Object.keys(repositories).filter((repository) => !images.has(repository))).toEqual([]);
  });
});

/** The images that a Dockerfile builds on or copies from; stages are none. */
function imagesOf(text: string): readonly string[] {
  const stages = new Set([...text.matchAll(/^FROM .* AS (\S+)$/gm)].map(([, stage]) => stage));
  const named = [...text.matchAll(/^FROM (?:--\S+ )*(\S+)|^COPY --from=(\S+)/gm)];
  return named
    .map(([, from, copied]) => from ?? copied ?? "")
    .filter((image) => image !== "scratch" && !stages.has(image));
}

function repositoryOf(image: string): string {
  return image.slice(0, image.lastIndexOf(":"));
}

function standInFor(image: string): StandIn {
  const content = repositories[repositoryOf(image)];
  if (content === undefined) throw new Error(`${image} has no stand-in: say in repositories what is in it`);
  const isBare = /distroless|chiseled|astral-sh/.test(image);
  const isAlpine = /alpine/.test(image) || ["composer", "alpine"].includes(repositoryOf(image));
  const system = isBare ? "distroless" : isAlpine ? "alpine" : "debian";
  const named = isBare ? (content.programs ?? []).map(pathOf) : (content.programs ?? []);
  return { ...content, name: qualified(image), system, programs: named };
}

/** Where a shell-less image has a program. */
function pathOf(program: string): string {
  return program.startsWith("/") ? program : `/usr/bin/${program}`;
}

/** As buildah looks for it. */
function qualified(image: string): string {
  if (/^[^/]+\.[^/]+\//.test(image)) return image;
  return image.includes("/") ? `docker.io/${image}` : `docker.io/library/${image}`;
}

/** What the image starts, and what asks for its health. */
function programsOf({ Entrypoint, Cmd, Healthcheck }: ImageConfig): readonly string[] {
  const start = [...(Entrypoint ?? []), ...(Cmd ?? [])].slice(0, 1);
  return Healthcheck?.Test[0] === "CMD" ? [...start, ...Healthcheck.Test.slice(1, 2)] : start;
}

/** Whether a name is found in the image's own PATH, or a path leads to a file, that may be executed. */
function isProgram(folder: string, { Env }: ImageConfig, program: string): boolean {
  const path = Env?.find((entry) => entry.startsWith("PATH="))?.slice("PATH=".length) ?? "";
  const places = program.startsWith("/") ? [program] : path.split(":").map((place) => join(place, program));
  return places.some((place) => {
    const file = join(folder, place);
    return existsSync(file) && (statSync(file).mode & 0o111) !== 0;
  });
}
