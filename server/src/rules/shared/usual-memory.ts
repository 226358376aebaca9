import type { ServiceFacts } from "../../knowledge/services/index.ts";

const large: ReadonlySet<string> = new Set([
  "Cassandra",
  "ClickHouse",
  "Elasticsearch",
  "Keycloak",
  "Logstash",
  "Nexus Repository",
  "OpenSearch",
  "Oracle Database",
  "Pulsar",
  "SonarQube",
  "SQL Server",
]);

/** Kafka starts with a heap of a gigabyte; the pages of the other two come from processes that take hundreds of megabytes each. */
const middling: ReadonlyMap<string, number> = new Map([
  ["Kafka", 2048],
  ["Kibana", 1024],
  ["Nextcloud", 1024],
]);

/** Programs that often take gigabytes, by words in the names of services and images that are not known otherwise. */
const heavy =
  /sql|oracle|clickhouse|paperless|tika|plex|jellyfin|immich|photoprism|weblogic|websphere|elastic|opensearch|kafka|solr|cassandra|gitlab|jenkins|nexus|sonar|keycloak|wildfly|spark|hadoop|flink|minecraft|llm|llama|cuda|pytorch|tensorflow|android|selenium/i;

/**
 * The MiB with which a program starts and does ordinary work; `undefined` where any number would be a guess. `names` are those of a program that is not known
 * otherwise: of its image, of the service.
 */
export function usualMemory(facts: ServiceFacts | undefined, names: string): number | undefined {
  if (facts === undefined) return heavy.test(names) ? undefined : 512;
  if (facts.name === "GitLab") return 8192;
  if (isLarge(facts)) return 4096;
  const own = middling.get(facts.name);
  if (own !== undefined) return own;
  if (["database", "queue", "search"].includes(facts.category)) return 1024;
  return facts.category === "ci" || facts.category === "testing" ? 2048 : 512;
}

/** Whether it takes several gigabytes and processors. */
export function isLarge({ name }: ServiceFacts): boolean {
  return large.has(name);
}

/** The MiB for a JVM with a heap of so many bytes: it needs about half as much again beside its heap. */
export function memoryForHeap(bytes: number): number {
  return Math.ceil(((bytes / 2 ** 20) * 1.5) / 256) * 256;
}
