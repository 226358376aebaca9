import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { run } from "../registry/programs.ts";

/** What an image says of itself, as far as the suite asks. */
export interface ImageConfig {
  readonly User?: string;
  readonly Cmd?: readonly string[] | null;
  readonly Entrypoint?: readonly string[] | null;
  readonly Env?: readonly string[];
  readonly Labels?: Readonly<Record<string, string>>;
  readonly StopSignal?: string;
  readonly WorkingDir?: string;
  readonly Healthcheck?: { readonly Test: readonly string[] };
}

/** Debian's buildah, which builds without an engine, with a store of its own in one folder. */
export interface Builder {
  /** Builds the context's Dockerfile (or `file`) into an image of that name. */
  build(context: string, name: string, args?: readonly string[]): void;
  config(name: string): ImageConfig;
  push(name: string, destination: string): void;
  /** Runs a command in a new container of the image, as the image's own user; answers with what it printed. */
  runIn(name: string, command: readonly string[]): string;
  /** Shows the image's files as a folder of this machine, while `look` runs. */
  inFiles<Answer>(name: string, look: (folder: string) => Answer): Answer;
}

/** `registries` maps the hosts that Dockerfiles name to places in the loopback registry. */
export function createBuilder(folder: string, registries: Readonly<Record<string, string>>): Builder {
  mkdirSync(folder, { recursive: true });
  const config = join(folder, "registries.conf");
  const rows = Object.entries(registries).map(
    ([prefix, location]) => `[[registry]]\nprefix = "${prefix}"\nlocation = "${location}"\ninsecure = true\n`,
  );
  writeFileSync(
    config,
    `unqualified-search-registries = ["docker.io"]\nshort-name-mode = "disabled"\n${rows.join("")}`,
  );
  const policy = join(folder, "policy.json");
  writeFileSync(policy, '{"default":[{"type":"insecureAcceptAnything"}]}');
  const env = { CONTAINERS_REGISTRIES_CONF: config, BUILDAH_ISOLATION: "chroot" };
  const store = storeIn(folder);
  const buildah = (args: readonly string[]): string => run("buildah", [...store, ...args], { env });
  return {
    build(context, name, args = []) {
      const options = ["--tls-verify=false", "--signature-policy", policy, "--format", "docker"];
      buildah(["bud", ...options, ...args, "-t", name, context]);
    },
    config(name) {
      // The shape is buildah's, and a test that finds another fails.
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion
      const { Docker } = JSON.parse(buildah(["inspect", "--type", "image", name])) as {
        readonly Docker: { readonly config: ImageConfig };
      };
      return Docker.config;
    },
    push(name, destination) {
      buildah(["push", "--tls-verify=false", "--signature-policy", policy, name, `docker://${destination}`]);
    },
    runIn(name, command) {
      const container = buildah(["from", "--signature-policy", policy, name]).trim();
      try {
        return buildah(["run", container, "--", ...command]);
      } finally {
        buildah(["rm", container]);
      }
    },
    inFiles(name, look) {
      const container = buildah(["from", "--pull-never", "--signature-policy", policy, name]).trim();
      try {
        return look(buildah(["mount", container]).trim());
      } finally {
        buildah(["rm", container]);
      }
    },
  };
}

/** Options for a store in that folder: layers on top of each other where the kernel can do that here, which is faster, else copies. */
function storeIn(folder: string): readonly string[] {
  const optionsFor = (driver: string): readonly string[] =>
    ["--root", join(folder, driver), "--runroot", join(folder, `${driver}-run`)].concat("--storage-driver", driver);
  const overlay = optionsFor("overlay");
  try {
    const container = run("buildah", [...overlay, "from", "scratch"]).trim();
    run("buildah", [...overlay, "mount", container]);
    run("buildah", [...overlay, "rm", container]);
    return overlay;
  } catch {
    return optionsFor("vfs");
  }
}
