import { describe, expect, test } from "vitest";
import { baseImageFacts } from "../../server/src/knowledge/base-images/index.ts";
import {
  execCommand,
  fileVariable,
  serviceFacts,
  type ServiceFacts,
} from "../../server/src/knowledge/services/index.ts";
import { configOf, smallWorkspace } from "../rules/small-workspace.ts";

function split(text: string): readonly [string, string | undefined] {
  const colon = text.lastIndexOf(":");
  const tagged = colon > text.lastIndexOf("/");
  const name = tagged ? text.slice(0, colon) : text;
  const hosted = /^[^/]*[.:][^/]*\//.test(name);
  return [
    hosted ? name : `docker.io/${name.includes("/") ? name : `library/${name}`}`,
    tagged ? text.slice(colon + 1) : undefined,
  ];
}

function facts(text: string): ServiceFacts | undefined {
  return serviceFacts(...split(text));
}

const rows: readonly (readonly [
  image: string,
  category: string,
  program: string,
  privatePorts: string,
  directory: string,
])[] = [
  ["postgres:17", "database", "pg_isready", "5432", "/var/lib/postgresql/data"],
  ["postgres:18-alpine", "database", "pg_isready", "5432", "/var/lib/postgresql"],
  ["postgres", "database", "pg_isready", "5432", "/var/lib/postgresql"],
  ["postgis/postgis:16-3.5", "database", "pg_isready", "5432", "/var/lib/postgresql/data"],
  ["pgvector/pgvector:pg17", "database", "pg_isready", "5432", "/var/lib/postgresql/data"],
  ["pgvector/pgvector:0.8.1-pg18-trixie", "database", "pg_isready", "5432", "/var/lib/postgresql"],
  ["timescale/timescaledb:2.17.2-pg17", "database", "pg_isready", "5432", "/var/lib/postgresql/data"],
  ["mysql:8.4", "database", "mysqladmin", "3306 33060", "/var/lib/mysql"],
  ["mariadb:11.4", "database", "healthcheck.sh", "3306", "/var/lib/mysql"],
  ["percona:8.0", "database", "mysqladmin", "3306 33060", "/var/lib/mysql"],
  ["mongo:7", "database", "mongosh", "27017", "/data/db"],
  ["mongo:4.4", "database", "mongo", "27017", "/data/db"],
  ["redis:7-alpine", "cache", "redis-cli", "6379", "/data"],
  ["valkey/valkey:8", "cache", "valkey-cli", "6379", "/data"],
  ["eqalpha/keydb", "cache", "keydb-cli", "6379", "/data"],
  ["memcached:1.6", "cache", "bash", "11211", ""],
  ["memcached:1.6-alpine", "cache", "nc", "11211", ""],
  ["rabbitmq:4-management", "queue", "rabbitmq-diagnostics", "4369 5671 5672 15672 15692 25672", "/var/lib/rabbitmq"],
  ["nats:2.10-alpine", "queue", "wget", "4222 6222 8222", ""],
  ["nats:2.10", "queue", "", "4222 6222 8222", ""],
  ["apache/kafka:3.9.0", "queue", "/opt/kafka/bin/kafka-broker-api-versions.sh", "9092 9093", ""],
  ["confluentinc/cp-kafka:7.8.0", "queue", "kafka-broker-api-versions", "9092 9093 29092", "/var/lib/kafka/data"],
  ["bitnami/kafka:3.9", "queue", "kafka-broker-api-versions.sh", "9092 9093", "/bitnami/kafka"],
  ["zookeeper:3.9", "queue", "zkServer.sh", "2181 2888 3888 8080", "/data"],
  ["elasticsearch:8.17.0", "search", "bash", "9200 9300", "/usr/share/elasticsearch/data"],
  [
    "docker.elastic.co/elasticsearch/elasticsearch:7.17.0",
    "search",
    "curl",
    "9200 9300",
    "/usr/share/elasticsearch/data",
  ],
  ["opensearchproject/opensearch:2", "search", "bash", "9200 9300 9600", "/usr/share/opensearch/data"],
  ["docker.elastic.co/kibana/kibana:8.17.0", "admin", "curl", "", ""],
  ["grafana/grafana:11.4.0", "monitoring", "wget", "", "/var/lib/grafana"],
  ["grafana/grafana:11.4.0-ubuntu", "monitoring", "curl", "", "/var/lib/grafana"],
  ["prom/prometheus:v3.1.0", "monitoring", "wget", "9090", "/prometheus"],
  ["influxdb:2.7", "database", "influx", "8086", "/var/lib/influxdb2"],
  ["influxdb:3-core", "database", "", "8181", "/home/influxdb3/.influxdb3"],
  ["clickhouse/clickhouse-server:24.12", "database", "wget", "8123 9000 9009", "/var/lib/clickhouse"],
  ["cassandra:5", "database", "nodetool", "7000 7001 7199 9042", "/var/lib/cassandra"],
  ["couchdb:3", "database", "bash", "4369 5984 9100", "/opt/couchdb/data"],
  ["neo4j:5", "database", "wget", "7473 7474 7687", "/data"],
  ["minio/minio", "storage", "mc", "9001", "/data"],
  ["hashicorp/vault:1.18", "secrets", "vault", "8201", "/vault/file"],
  ["hashicorp/consul:1.20", "database", "curl", "8300 8301 8302 8500", "/consul/data"],
  ["quay.io/coreos/etcd:v3.5.17", "database", "etcdctl", "2379 2380", ""],
  ["nginx:1.27-alpine", "proxy", "nc", "", ""],
  ["nginx:1.27-alpine-slim", "proxy", "nc", "", ""],
  ["httpd:2.4", "web", "bash", "", ""],
  ["caddy:2", "proxy", "wget", "2019", "/data"],
  ["traefik:v3.2", "proxy", "traefik", "8080", ""],
  ["haproxy:3.0", "proxy", "", "", ""],
  ["wordpress:6-php8.3-apache", "web", "bash", "", "/var/www/html"],
  ["wordpress:6-fpm-alpine", "web", "nc", "9000", "/var/www/html"],
  ["nextcloud:30", "web", "bash", "", "/var/www/html"],
  ["ghost:5", "web", "node", "", "/var/lib/ghost/content"],
  ["quay.io/keycloak/keycloak:26.0", "identity", "bash", "9000", ""],
  ["adminer", "admin", "wget", "8080", ""],
  ["phpmyadmin", "admin", "bash", "80", ""],
  ["phpmyadmin:fpm-alpine", "admin", "nc", "9000", ""],
  ["redis/redis-stack:7.4.0-v0", "cache", "redis-cli", "6379 8001", "/data"],
  ["mongodb/mongodb-community-server:7.0.5-ubuntu2204", "database", "mongosh", "27017", "/data/db"],
  ["mysql/mysql-server:8.0", "database", "", "3306 33060", "/var/lib/mysql"],
  ["mailhog/mailhog", "mail", "wget", "", ""],
  ["selenium/standalone-chrome", "testing", "curl", "4444", ""],
  ["registry:2", "registry", "wget", "", "/var/lib/registry"],
  ["jenkins/jenkins:lts", "ci", "curl", "", "/var/jenkins_home"],
  ["gitea/gitea:1.22", "ci", "curl", "", "/data"],
  ["sonarqube:community", "ci", "curl", "", "/opt/sonarqube/data"],
  ["scylladb/scylla:6.2", "database", "nodetool", "7000 7001 9042 9160 9180 10000", "/var/lib/scylla"],
  ["apachepulsar/pulsar:4.0.1", "queue", "curl", "6650 8080", "/pulsar/data"],
  ["grafana/tempo:2.6.1", "monitoring", "", "3200", "/var/tempo"],
];

describe("what is known of a service", () => {
  test.each(rows)("%s", (image, category, program, privatePorts, directory) => {
    const found = facts(image);
    const [kind, first = ""] = found?.health?.test ?? [];
    expect({
      category: found?.category,
      program: kind === "CMD-SHELL" ? first.split(" ")[0] : first,
      privatePorts: found?.privatePorts.join(" "),
      directory: found?.dataDirectories[0] ?? "",
    }).toEqual({ category, program, privatePorts, directory });
  });

  test.each(["node:22", "example/app", "ghcr.io/acme/postgres:17", "alpine"])("nothing of %s", (image) => {
    expect(facts(image)).toBeUndefined();
  });

  test.each([
    "localstack/localstack:4",
    "axllent/mailpit:v1.21",
    "gitlab/gitlab-ce:latest",
    "louislam/uptime-kuma:1",
    "mysql/mysql-server:8.0",
    "gcr.io/cadvisor/cadvisor:v0.49.1",
    "openzipkin/zipkin:3",
    "apache/superset:4.1.1",
    "pihole/pihole:2025.08.0",
  ])("%s asks for its own health", (image) => {
    expect(facts(image)?.ownHealthcheck).toBe(true);
    expect(facts(image)?.health).toBeUndefined();
  });

  test("what holds data says so, and caches do not count", () => {
    for (const image of ["postgres", "mysql", "mongo", "rabbitmq", "elasticsearch", "grafana/grafana", "minio/minio"]) {
      expect([image, facts(image)?.stateful]).toEqual([image, true]);
    }
    for (const image of ["redis", "memcached", "nginx", "traefik", "adminer"])
      expect([image, facts(image)?.stateful]).toEqual([image, false]);
  });
});

describe("what is given back and mounted", () => {
  test.each(rows.map(([image]) => image))("%s: names, folders and times are of their form", (image) => {
    const found = facts(image);
    for (const name of found?.capabilities ?? []) expect(name).toMatch(/^(?!CAP_)[A-Z]+(?:_[A-Z]+)*$/);
    for (const folder of [...(found?.dataDirectories ?? []), ...(found?.readOnly?.tmpfs ?? [])])
      expect(folder).toMatch(/^(?:\/[\w.-]+)+$/);
    // Whatever is mounted for the data takes the place of what the image declares.
    for (const folder of found?.declaredVolumes ?? []) expect(found?.dataDirectories).toContain(folder);
    if (found?.stopGracePeriod !== undefined) expect(found.stopGracePeriod).toMatch(/^\d+[smh]$/);
    expect(found?.source).toMatch(/^https:\/\//);
  });

  test.each([
    ["postgres:17", "CHOWN DAC_OVERRIDE FOWNER SETGID SETUID"],
    ["redis:8", "CHOWN DAC_OVERRIDE FOWNER SETGID SETUID SETPCAP"],
    ["redis:7-alpine", "CHOWN DAC_OVERRIDE FOWNER SETGID SETUID"],
    ["redis/redis-stack:7.4.0-v0", undefined],
    ["couchdb:3", "CHOWN DAC_OVERRIDE FOWNER KILL SETGID SETUID"],
    ["neo4j:5", "CHOWN DAC_OVERRIDE FOWNER KILL SETGID SETUID"],
    ["elasticsearch:8.17.0", ""],
    ["elasticsearch:7.17.0", undefined],
    ["haproxy:3.0", ""],
    ["haproxy:2.2-alpine", undefined],
    ["haproxytech/haproxy-alpine:3.0", undefined],
    ["influxdb:2.7", "CHOWN DAC_OVERRIDE FOWNER SETGID SETUID"],
    ["influxdb:1.8", undefined],
    ["influxdb:1.12", ""],
    ["dpage/pgadmin4:9", undefined],
    ["mongodb/mongodb-community-server:7.0.5-ubuntu2204", undefined],
    ["mysql/mysql-server:8.0", undefined],
    ["nginx:1.27", "CHOWN NET_BIND_SERVICE SETGID SETUID"],
    ["caddy:2", "NET_BIND_SERVICE"],
    ["grafana/grafana:11.4.0", ""],
    ["mcr.microsoft.com/mssql/server:2022-latest", undefined],
    ["wordpress:6-php8.3-apache", undefined],
  ])("%s needs %s", (image, names) => {
    expect(facts(image)?.capabilities?.join(" ")).toBe(names);
  });

  test.each([
    ["mariadb:11.4", "/tmp /run/mysqld"],
    ["mariadb:11.4-ubi", "/tmp /run/mariadb"],
    // Both write where a tmpfs would change what they do: compiled configuration is loaded, streams are kept.
    ["varnish:7", undefined],
    ["nats:2.10", undefined],
  ])("%s runs read-only with %s in memory", (image, folders) => {
    const found = facts(image)?.readOnly;
    expect(found?.works === true ? found.tmpfs.join(" ") : undefined).toBe(folders);
  });

  test("PostgreSQL refuses its former place from 18 on", () => {
    expect(facts("postgres:17")?.formerDirectory).toBeUndefined();
    expect(facts("postgres:18")?.formerDirectory).toBe("/var/lib/postgresql/data");
  });
});

describe("what is known of the same image as a base", () => {
  test.each(rows.map(([image]) => image))("%s: agrees about the user and the ports", (image) => {
    const found = facts(image);
    const base = baseImageFacts(...split(image));
    if (found === undefined || base === undefined) return;
    const { uid } = base.user;
    expect(found.user === "drops" ? base.dropsRoot : found.user === "root" ? uid === 0 : found.user.uid === uid).toBe(
      true,
    );
    const served = [...found.ports, ...found.privatePorts];
    for (const port of base.server?.ports ?? []) expect(served).toContain(port);
  });
});

describe("secrets from files", () => {
  test.each([
    ["postgres:17", "POSTGRES_PASSWORD", "POSTGRES_PASSWORD_FILE"],
    ["mysql:8", "MYSQL_ROOT_PASSWORD", "MYSQL_ROOT_PASSWORD_FILE"],
    ["mariadb:11", "MARIADB_ROOT_PASSWORD", "MARIADB_ROOT_PASSWORD_FILE"],
    ["mongo:8", "MONGO_INITDB_ROOT_PASSWORD", "MONGO_INITDB_ROOT_PASSWORD_FILE"],
    ["mongodb/mongodb-community-server", "MONGODB_INITDB_ROOT_PASSWORD", "MONGODB_INITDB_ROOT_PASSWORD_FILE"],
    ["mysql/mysql-server:8.0", "MYSQL_ROOT_PASSWORD", undefined],
    ["clickhouse/clickhouse-server:25.7", "CLICKHOUSE_PASSWORD", undefined],
    ["wordpress", "WORDPRESS_DB_PASSWORD", "WORDPRESS_DB_PASSWORD_FILE"],
    ["grafana/grafana", "GF_SECURITY_ADMIN_PASSWORD", "GF_SECURITY_ADMIN_PASSWORD__FILE"],
    ["metabase/metabase:v0.54", "MB_DB_PASS", "MB_DB_PASS_FILE"],
    ["metabase/metabase:v0.54", "MB_ENCRYPTION_SECRET_KEY", undefined],
    ["n8nio/n8n:1.70.0", "N8N_ENCRYPTION_KEY", undefined],
    ["n8nio/n8n:2.0.0", "N8N_ENCRYPTION_KEY", "N8N_ENCRYPTION_KEY_FILE"],
    ["elasticsearch:8.17.0", "ELASTIC_PASSWORD", undefined],
    ["rabbitmq:4", "RABBITMQ_DEFAULT_PASS", undefined],
    ["redis:7", "REDIS_PASSWORD", undefined],
    ["postgres:17", "PGDATA", undefined],
  ])("%s: %s", (image, variable, expected) => {
    const found = facts(image);
    expect(found === undefined ? "unknown" : fileVariable(found, variable)).toBe(expected);
  });
});

describe("checks", () => {
  const images = [
    ...rows.map(([image]) => image),
    "mcr.microsoft.com/mssql/server:2022-latest",
    "eclipse-mosquitto:2",
    "vault:1.13.3",
  ];

  test.each(images)("%s: Compose can read it", (image) => {
    const health = facts(image)?.health;
    if (health === undefined) return;
    const [kind, ...words] = health.test;
    expect(["CMD", "CMD-SHELL"]).toContain(kind);
    expect(kind === "CMD-SHELL" ? words.length === 1 : words.length > 0).toBe(true);
    // A single `$` is Compose's own and would be replaced before the container sees it.
    for (const word of words) expect(word.replaceAll("$$", "")).not.toContain("$");
    for (const time of [health.interval, health.timeout, health.startPeriod]) expect(time).toMatch(/^\d+(?:s|m|h)$/);
  });

  test.each(images)("%s: no program that its image is known to lack", (image) => {
    const command = facts(image)?.health?.test ?? [];
    const base = baseImageFacts(...split(image));
    if (base === undefined) return;
    const words = command
      .slice(1)
      .join(" ")
      .split(/[^\w.-]+/);
    const tools: Readonly<Record<string, boolean | undefined>> = { ...base.tools, bash: base.bash };
    for (const name of ["curl", "wget", "nc", "node", "python", "bash"]) {
      if (words.includes(name)) expect([name, tools[name] !== false]).toEqual([name, true]);
    }
    if (command[0] === "CMD-SHELL") expect(base.shell).toBe(true);
  });

  test.each(images)("%s: no rule has anything to say of it", (image) => {
    const health = facts(image)?.health;
    if (health === undefined) return;
    const { test: command, interval, retries, startPeriod } = health;
    const check = { test: command, interval, retries, start_period: startPeriod };
    const text = `services:\n  it:\n    image: ${image}\n    healthcheck: ${JSON.stringify(check)}\n`;
    const rules = ["unreliable", "unrunnable", "impatient"].map((name) => `compose/${name}-healthcheck`);
    const config = configOf({ only: rules }, undefined);
    const report = smallWorkspace([{ path: "compose.yaml", text }], () => config).check("compose.yaml");
    expect(report?.findings.map(({ rule, message }) => `${rule}: ${message}`)).toEqual([]);
  });

  test("as a Kubernetes command, `$` stands for itself", () => {
    const health = facts("postgres:17")?.health;
    expect(health === undefined ? [] : execCommand(health)).toEqual([
      "sh",
      "-c",
      "pg_isready -h 127.0.0.1 -U ${POSTGRES_USER:-postgres} -d ${POSTGRES_DB:-${POSTGRES_USER:-postgres}}",
    ]);
    const redis = facts("redis:7")?.health;
    expect(redis === undefined ? [] : execCommand(redis)).toEqual(["redis-cli", "ping"]);
  });
});
