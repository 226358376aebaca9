import { image, official, type Additions, type ImageFamily } from "./family.ts";
import type { BaseImageFacts, ImageTools } from "./model.ts";
import { buildpackDeps, debian, systemOf, type System } from "./systems.ts";
import { knows, type Tag } from "./tag.ts";

/** Images of a language on Debian with everything to build (the plain tag), on `slim` Debian and on Alpine. */
function language(
  name: string,
  words: readonly string[],
  additions: Omit<Additions, "family" | "tools"> & { readonly tools: ImageTools },
  full: (system: System) => System = (system) => buildpackDeps(system, "full"),
): ImageFamily {
  return {
    names: [official(name)],
    facts(tag) {
      if (!knows(tag, words)) return undefined;
      const plain = systemOf(tag, debian());
      return image(tag.slim || plain.os !== "debian" ? plain : full(plain), { family: name, ...additions });
    },
  };
}

const phpSource = "https://github.com/docker-library/php";

/** PHP is the same in all variants but for the server in front; curl stays in the image. */
function php(tag: Tag): BaseImageFacts | undefined {
  if (!knows(tag, ["cli", "fpm", "apache", "zts"])) return undefined;
  const system = systemOf(tag, debian());
  const variant = tag.rest.find((word) => word === "fpm" || word === "apache");
  const common = {
    family: variant === undefined ? "php" : `php-${variant}`,
    runtime: "php",
    tools: { php: true, curl: true },
    entrypoint: ["docker-php-entrypoint"],
    source: phpSource,
  } as const satisfies Additions;
  switch (variant) {
    case "fpm":
      return image(system, {
        ...common,
        workersDropRoot: true,
        server: { ports: [9000] },
        stopSignal: "SIGQUIT",
        command: ["php-fpm"],
        nonRootUser: wwwData(system),
      });
    case "apache":
      return image(system, {
        ...common,
        workersDropRoot: true,
        server: { ports: [80] },
        stopSignal: "SIGWINCH",
        command: ["apache2-foreground"],
        nonRootUser: wwwData(system),
      });
    default:
      return image(system, { ...common, command: ["php", "-a"], nonRootUser: wwwData(system) });
  }
}

function wwwData(system: System): { readonly name: string; readonly uid: number; readonly gid: number } {
  return system.os === "alpine" ? { name: "www-data", uid: 82, gid: 82 } : { name: "www-data", uid: 33, gid: 33 };
}

/** Images of languages that are run from their source. */
export const scripting: readonly ImageFamily[] = [
  language("python", ["onbuild", "wheezy"], {
    runtime: "python",
    tools: { python: true },
    command: ["python3"],
    source: "https://github.com/docker-library/python",
  }),
  language("pypy", [], {
    runtime: "python",
    tools: {},
    source: "https://github.com/docker-library/pypy",
  }),
  language("ruby", ["onbuild", "wheezy"], {
    runtime: "ruby",
    tools: { ruby: true },
    command: ["irb"],
    source: "https://github.com/docker-library/ruby",
  }),
  language("perl", ["threaded"], {
    runtime: "perl",
    tools: { perl: true },
    source: "https://github.com/perl/docker-perl",
  }),
  language(
    "julia",
    [],
    { runtime: "julia", tools: { curl: true }, source: "https://github.com/docker-library/julia" },
    (system) => system,
  ),
  { names: [official("php")], facts: php },
  {
    names: [official("composer")],
    facts: (tag) =>
      knows(tag, ["bin"]) && !tag.rest.includes("bin")
        ? image(systemOf(tag, systemOf({ ...tag, system: { kind: "alpine", release: undefined } }, debian())), {
            family: "composer",
            runtime: "php",
            bash: true,
            tools: { php: true, curl: true },
            entrypoint: ["/docker-entrypoint.sh"],
            command: ["composer"],
            toolchain: { what: "Composer and version control systems", runtimeImage: "php:8-fpm-alpine" },
            source: "https://github.com/composer/docker",
          })
        : undefined,
  },
];
