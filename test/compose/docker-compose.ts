import { execFile, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { availableParallelism, homedir, tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { isRecord, root } from "../project/files.ts";

/** A Docker Compose of this machine. */
export interface DockerCompose {
  readonly program: string;
  /** `2.40.3` */
  readonly version: string;
}

/** Files that see each other, by their paths from the folder they lie in. */
export type Project = ReadonlyMap<string, string>;

/** `undefined`: the files are accepted; else what Compose says against them. */
export type Refusal = string | undefined;

/** Asks Docker Compose what it thinks of files. */
export interface Judge {
  /** What `docker compose -f … config -q` says of some of the files, in that order, each on top of those before it; `*` is every profile. */
  refusal(project: Project, paths: readonly string[], profile?: string): Promise<Refusal>;
  /** Keeps what was learned for the next run, and takes its own files away. */
  close(): void;
}

/** The oldest whose word counts: older ones know fewer keys. */
const oldest = [2, 40] as const;

/** Where .ci/run unpacks Debian's package, and where packages put the plug-in. */
const places: readonly string[] = [
  join(root, ".cache/docker-compose/docker-compose"),
  ...(process.env["PATH"] ?? "").split(delimiter).map((folder) => join(folder, "docker-compose")),
  ...[join(homedir(), ".docker"), "/usr/libexec/docker", "/usr/lib/docker", "/usr/local/lib/docker"].map((folder) =>
    join(folder, "cli-plugins/docker-compose"),
  ),
];

/** The first Compose that is new enough; `undefined` where there is none. */
export function findCompose(): DockerCompose | undefined {
  for (const program of new Set(places)) {
    const version = isExecutable(program) ? versionOf(program) : undefined;
    if (version !== undefined && isNewEnough(version)) return { program, version };
  }
  return undefined;
}

/** Whether the suite cannot run for want of Compose, which is said aloud. In CI nothing is left out: it fails there, and says why. */
export function isLeftOut(compose: DockerCompose | undefined): boolean {
  if (compose !== undefined || process.env["CI"] !== undefined) return false;
  process.stderr.write(
    `Docker Compose ${oldest.join(".")} or newer is not installed, so no fix of a Compose file is shown to it: \`.ci/docker-compose\` gets it on Debian\n`,
  );
  return true;
}

/** A judge with a folder of its own; verdicts of earlier runs are reused for the same files and the same release. */
export function createJudge({ program, version }: DockerCompose): Judge {
  const store = join(root, ".cache/docker-compose", `verdicts-${version}.json`);
  const known = readVerdicts(store);
  const used = new Map<string, Promise<Refusal>>();
  const learned = new Map(known);
  const base = mkdtempSync(join(tmpdir(), "seaworthy-compose-"));
  const turn = turns(availableParallelism());
  let count = 0;
  return {
    refusal(project, paths, profile) {
      const key = createHash("sha256")
        .update(JSON.stringify([[...project].sort(([a], [b]) => (a < b ? -1 : 1)), paths, profile]))
        .digest("hex");
      const verdict = used.get(key) ?? asked(key, project, paths, profile);
      used.set(key, verdict);
      return verdict;
    },
    close() {
      rmSync(base, { recursive: true, force: true });
      mkdirSync(dirname(store), { recursive: true });
      writeFileSync(store, JSON.stringify(Object.fromEntries(learned)));
    },
  };

  async function asked(
    key: string,
    project: Project,
    paths: readonly string[],
    profile: string | undefined,
  ): Promise<Refusal> {
    const before = known.get(key);
    if (before !== undefined) return before ?? undefined;
    count += 1;
    const folder = join(base, String(count), "project");
    const verdict = await turn(() => ask(program, folder, project, paths, profile));
    rmSync(dirname(folder), { recursive: true, force: true });
    learned.set(key, verdict ?? null);
    return verdict;
  }
}

function ask(
  program: string,
  folder: string,
  project: Project,
  paths: readonly string[],
  profile: string | undefined,
): Promise<Refusal> {
  for (const [path, text] of project) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  // Compose reads `.env` in the folder of the first file, as it does for people.
  const files = paths.flatMap((path) => ["-f", join(folder, path)]);
  const args = [...files, ...(profile === undefined ? [] : ["--profile", profile]), "config", "-q"];
  const options = {
    cwd: folder,
    env: { PATH: "/usr/bin:/bin", HOME: folder, GOGC: "off", ...requiredBy(project) },
    encoding: "utf8",
    timeout: 60_000,
  } as const;
  return new Promise((resolve, reject) => {
    execFile(program, args, options, (error, _, stderr) => {
      if (error === null) resolve(undefined);
      else if (typeof error.code === "number") resolve(plain(stderr, folder));
      else reject(error);
    });
  });
}

/** Variables that files insist on, `${NAME:?}`, have a value here as they would where the files are used. */
function requiredBy(project: Project): Readonly<Record<string, string>> {
  const names = [...project.values()].flatMap((text) =>
    [...text.matchAll(/\$\{(\w+):?\?/g)].map(([, name = ""]) => name),
  );
  return Object.fromEntries(names.map((name) => [name, "1"]));
}

/** What was said, without the warnings before it and the folder of this run. */
function plain(stderr: string, folder: string): string {
  const lines = stderr.split("\n").filter((line) => line.trim() !== "" && !line.includes("level=warning"));
  return lines.join("\n").replaceAll(`${folder}/`, "").replaceAll(folder, ".") || "ended with an error";
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function versionOf(program: string): string | undefined {
  const { stdout } = spawnSync(program, ["version", "--short"], { encoding: "utf8" });
  return /^v?(\d+\.\d+\.\d+)/.exec(stdout ?? "")?.[1];
}

function isNewEnough(version: string): boolean {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  return major > oldest[0] || (major === oldest[0] && minor >= oldest[1]);
}

function readVerdicts(store: string): ReadonlyMap<string, string | null> {
  if (!existsSync(store)) return new Map();
  const read: unknown = JSON.parse(readFileSync(store, "utf8"));
  const entries = isRecord(read) ? Object.entries(read) : [];
  return new Map(
    entries.flatMap(([key, value]) => (typeof value === "string" || value === null ? [[key, value]] : [])),
  );
}

/** Lets so many run at a time. */
function turns(many: number): <T>(work: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = [];
  let running = 0;
  return async (work) => {
    if (running >= many) await new Promise<void>((resolve) => waiting.push(resolve));
    running += 1;
    try {
      return await work();
    } finally {
      running -= 1;
      waiting.shift()?.();
    }
  };
}
