import type { ServiceCategory, ServiceFacts } from "./services/index.ts";

const dataCategories: ReadonlySet<ServiceCategory> = new Set<ServiceCategory>(["cache", "database", "queue", "search"]);

/** Whether an image keeps or passes on an application's data: a database, cache, queue or search engine. */
export function holdsData({ category }: ServiceFacts): boolean {
  return dataCategories.has(category);
}

/** Ports by which a server is known whose image is not: its own builds, and images of others. Source: IANA's service names, the vendors' manuals. */
export const dataServerPorts: ReadonlyMap<number, string> = new Map([
  [1433, "SQL Server"],
  [1521, "Oracle Database"],
  [3306, "MySQL"],
  [5432, "PostgreSQL"],
  [6379, "Redis"],
  [9042, "Cassandra"],
  [11211, "Memcached"],
  [26257, "CockroachDB"],
  [27017, "MongoDB"],
]);
