import { image, official, type Additions, type ImageFamily } from "./family.ts";
import type { ImageUser } from "./model.ts";
import {
  alpine,
  debian,
  oracleLinux,
  redhat,
  scratch,
  systemOf,
  ubuntu,
  unsureOf,
  withTools,
  type System,
} from "./systems.ts";
import { knows, type Tag } from "./tag.ts";

function user(name: string, uid: number, gid = uid): ImageUser {
  return { name, uid, gid };
}

/** A server that is published in one kind of variant: on its own distribution, or on what the tag names. */
function server(
  names: readonly string[],
  words: readonly string[],
  otherwise: System,
  additions: Omit<Additions, "tools"> | ((system: System, tag: Tag) => Omit<Additions, "tools">),
  adjust: (system: System, tag: Tag) => System = (system) => system,
): ImageFamily {
  return {
    names,
    facts(tag) {
      if (!knows(tag, words)) return undefined;
      const system = adjust(systemOf(tag, otherwise), tag);
      return image(system, typeof additions === "function" ? additions(system, tag) : additions);
    },
  };
}

/** PostgreSQL and the images made from it with one extension more. */
function postgres(family: string, names: readonly string[], otherwise: System, source: string): ImageFamily {
  return {
    names,
    facts(tag) {
      const system = systemOf(tag, otherwise);
      return image(system.os === "alpine" ? { ...system, bash: true } : system, {
        family,
        dropsRoot: true,
        nonRootUser: system.os === "alpine" ? user("postgres", 70) : user("postgres", 999),
        server: { ports: [5432] },
        stopSignal: "SIGINT",
        entrypoint: ["docker-entrypoint.sh"],
        command: ["postgres"],
        source,
      });
    },
  };
}

function redisLike(family: "redis" | "valkey", names: readonly string[], source: string): ImageFamily {
  return server(names, [], debian(), (system) => ({
    family,
    dropsRoot: true,
    nonRootUser: user(family, 999, system.os === "alpine" ? 1000 : 999),
    server: { ports: [6379] },
    entrypoint: ["docker-entrypoint.sh"],
    command: [`${family}-server`],
    source,
  }));
}

/** curl is in all of nginx's images but the slim ones. */
function nginxSystem(system: System, tag: Tag): System {
  return tag.slim && system.os === "alpine" ? system : withTools(system, { curl: true });
}

/** Servers that people build their own images on: databases, caches, queues and proxies. */
export const servers: readonly ImageFamily[] = [
  server(
    [official("nginx"), "docker.io/nginx/nginx", "public.ecr.aws/nginx/nginx", "quay.io/nginx/nginx"],
    ["perl", "otel"],
    debian(),
    {
      family: "nginx",
      runtime: "nginx",
      workersDropRoot: true,
      nonRootUser: user("nginx", 101),
      server: { ports: [80] },
      stopSignal: "SIGQUIT",
      entrypoint: ["/docker-entrypoint.sh"],
      command: ["nginx", "-g", "daemon off;"],
      source: "https://github.com/nginx/docker-nginx",
    },
    nginxSystem,
  ),
  server(
    [
      "docker.io/nginxinc/nginx-unprivileged",
      "ghcr.io/nginxinc/nginx-unprivileged",
      "ghcr.io/nginx/nginx-unprivileged",
      "quay.io/nginx/nginx-unprivileged",
      "public.ecr.aws/nginx/nginx-unprivileged",
    ],
    ["perl", "otel"],
    debian(),
    {
      family: "nginx-unprivileged",
      runtime: "nginx",
      user: user("nginx", 101),
      nonRootUser: user("nginx", 101),
      server: { ports: [8080] },
      stopSignal: "SIGQUIT",
      entrypoint: ["/docker-entrypoint.sh"],
      command: ["nginx", "-g", "daemon off;"],
      source: "https://github.com/nginx/docker-nginx-unprivileged",
    },
    nginxSystem,
  ),
  server([official("httpd")], [], debian(), (system) => ({
    family: "httpd",
    runtime: "httpd",
    workersDropRoot: true,
    nonRootUser: system.os === "alpine" ? user("www-data", 82) : user("www-data", 33),
    server: { ports: [80] },
    stopSignal: "SIGWINCH",
    command: ["httpd-foreground"],
    source: "https://github.com/docker-library/httpd",
  })),
  {
    names: [official("caddy")],
    facts(tag) {
      if (!knows(tag, ["builder"])) return undefined;
      const builder = tag.rest.includes("builder");
      return image(unsureOf(systemOf(tag, alpine()), "curl"), {
        family: builder ? "caddy-builder" : "caddy",
        runtime: builder ? "go" : "caddy",
        ...(builder
          ? { toolchain: { what: "Go and xcaddy", runtimeImage: "caddy:2-alpine" } }
          : {
              server: { ports: [80, 443, 2019] },
              command: ["caddy", "run", "--config", "/etc/caddy/Caddyfile", "--adapter", "caddyfile"],
            }),
        source: "https://github.com/caddyserver/caddy-docker",
      });
    },
  },
  {
    names: [official("traefik")],
    facts(tag) {
      if (
        !knows(tag, [
          "langres",
          "mimolette",
          "saintnectaire",
          "munster",
          "ramequin",
          "comte",
          "livarot",
          "picodon",
          "chabichou",
          "cantal",
          "maroilles",
        ])
      )
        return undefined;
      const bare = tag.major === 1 && tag.system === undefined;
      return image(bare ? scratch : systemOf(tag, alpine()), {
        family: "traefik",
        server: { ports: [80] },
        entrypoint: [bare ? "/traefik" : "/entrypoint.sh"],
        source: "https://github.com/traefik/traefik-library-image",
      });
    },
  },
  server([official("haproxy")], ["dev"], debian(), (_, tag) => {
    const haproxy = user("haproxy", 99);
    const [major = 3, minor = 4] = (tag.version ?? "")
      .split(".")
      .filter((part) => /^\d+$/.test(part))
      .map(Number);
    const modern = major > 2 || (major === 2 && minor >= 4);
    return {
      family: "haproxy",
      ...(modern ? { user: haproxy, nonRootUser: haproxy } : {}),
      stopSignal: "SIGUSR1",
      entrypoint: ["docker-entrypoint.sh"],
      command: ["haproxy", "-f", "/usr/local/etc/haproxy/haproxy.cfg"],
      source: "https://github.com/docker-library/haproxy",
    };
  }),
  postgres("postgres", [official("postgres")], debian(), "https://github.com/docker-library/postgres"),
  postgres("postgis", ["docker.io/postgis/postgis"], debian(), "https://github.com/postgis/docker-postgis"),
  postgres(
    "pgvector",
    ["docker.io/pgvector/pgvector"],
    debian(),
    "https://github.com/pgvector/pgvector/blob/master/Dockerfile",
  ),
  postgres(
    "timescaledb",
    ["docker.io/timescale/timescaledb"],
    alpine(),
    "https://github.com/timescale/timescaledb-docker",
  ),
  server(
    [official("mysql")],
    ["oracle", "debian"],
    oracleLinux(undefined, true),
    {
      family: "mysql",
      dropsRoot: true,
      nonRootUser: user("mysql", 999),
      server: { ports: [3306, 33060] },
      entrypoint: ["docker-entrypoint.sh"],
      command: ["mysqld"],
      source: "https://github.com/docker-library/mysql",
    },
    (system, tag) => (tag.rest.includes("debian") ? debian() : system),
  ),
  server(
    [official("mariadb")],
    ["verify"],
    ubuntu(),
    (system) => ({
      family: "mariadb",
      ...(system.os === "redhat" ? { user: user("mysql", 999) } : { dropsRoot: true }),
      nonRootUser: user("mysql", 999),
      server: { ports: [3306] },
      entrypoint: ["docker-entrypoint.sh"],
      command: ["mariadbd"],
      source: "https://github.com/MariaDB/mariadb-docker",
    }),
    (system) => (system.os === "redhat" ? redhat(system.osRelease, "minimal") : system),
  ),
  server(
    [official("mongo")],
    [],
    ubuntu(),
    {
      family: "mongo",
      dropsRoot: true,
      nonRootUser: user("mongodb", 999),
      server: { ports: [27017] },
      entrypoint: ["docker-entrypoint.sh"],
      command: ["mongod"],
      source: "https://github.com/docker-library/mongo",
    },
    (system) => unsureOf(system, "curl"),
  ),
  redisLike("redis", [official("redis")], "https://github.com/redis/docker-library-redis"),
  redisLike(
    "valkey",
    ["docker.io/valkey/valkey", "ghcr.io/valkey-io/valkey"],
    "https://github.com/valkey-io/valkey-container",
  ),
  server(
    [official("rabbitmq")],
    ["management"],
    ubuntu(),
    (system) => ({
      family: "rabbitmq",
      dropsRoot: true,
      nonRootUser: system.os === "alpine" ? user("rabbitmq", 100, 101) : user("rabbitmq", 999),
      server: { ports: [5672] },
      entrypoint: ["docker-entrypoint.sh"],
      command: ["rabbitmq-server"],
      source: "https://github.com/docker-library/rabbitmq",
    }),
    (system) => unsureOf(system.os === "alpine" ? { ...system, bash: true } : system, "python"),
  ),
  server([official("memcached")], [], debian(), {
    family: "memcached",
    user: user("memcache", 11211),
    nonRootUser: user("memcache", 11211),
    server: { ports: [11211] },
    entrypoint: ["docker-entrypoint.sh"],
    command: ["memcached"],
    source: "https://github.com/docker-library/memcached",
  }),
  ...(["elasticsearch", "kibana", "logstash"] as const).map((name): ImageFamily => {
    const port = { elasticsearch: 9200, kibana: 5601, logstash: 9600 }[name];
    return server(
      [official(name), `docker.elastic.co/${name}/${name}`],
      [],
      ubuntu(),
      (_system, tag) => ({
        family: name,
        // Before 8 Elasticsearch's entrypoint started as root and became its user by `chroot`.
        ...(name === "elasticsearch" && (tag.major ?? 9) < 8
          ? { dropsRoot: true }
          : { user: user(name, 1000, name === "elasticsearch" ? 0 : 1000) }),
        nonRootUser: user(name, 1000, name === "elasticsearch" ? 0 : 1000),
        server: { ports: [port] },
        source: `https://github.com/elastic/dockerfiles`,
      }),
      // Version 9 moved from Ubuntu to UBI; only curl is in all of them.
      (system, tag) => ({ ...((tag.major ?? 9) >= 9 ? redhat("9", "minimal") : system), tools: { curl: true } }),
    );
  }),
];
