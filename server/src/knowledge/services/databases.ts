import { check, type Given, service, takesOver, takesOverUnderInit, tcp, wget, type ServiceFamily } from "./family.ts";

const postgresVariables = ["POSTGRES_PASSWORD", "POSTGRES_USER", "POSTGRES_DB", "POSTGRES_INITDB_ARGS"];
const mysqlVariables = ["MYSQL_ROOT_PASSWORD", "MYSQL_PASSWORD", "MYSQL_USER", "MYSQL_DATABASE", "MYSQL_ROOT_HOST"];
const mariadbVariables = [
  "MARIADB_ROOT_PASSWORD",
  "MARIADB_ROOT_PASSWORD_HASH",
  "MARIADB_PASSWORD",
  "MARIADB_PASSWORD_HASH",
  "MARIADB_USER",
  "MARIADB_DATABASE",
  "MARIADB_ROOT_HOST",
  "MARIADB_REPLICATION_USER",
  "MARIADB_REPLICATION_PASSWORD",
  "MARIADB_REPLICATION_PASSWORD_HASH",
];

// Over TCP, because the server that runs the initialisation scripts listens on the socket alone and would pass too early.
const mysqlCheck = check(["CMD", "mysqladmin", "ping", "-h", "127.0.0.1", "--silent"], {
  note: "Needs no password: a refused login answers too.",
});

const mysql: Given = {
  name: "MySQL",
  category: "database",
  ports: [3306, 33060],
  privatePorts: [3306, 33060],
  stateful: true,
  dataDirectories: ["/var/lib/mysql"],
  declaredVolumes: ["/var/lib/mysql"],
  fileVariables: mysqlVariables,
  credentialVariables: ["MYSQL_ROOT_PASSWORD", "MYSQL_PASSWORD"],
  stopGracePeriod: "1m",
  user: "drops",
  capabilities: takesOver,
  readOnly: { works: true, tmpfs: ["/tmp", "/var/run/mysqld"] },
  source: "https://github.com/docker-library/docs/blob/master/mysql/content.md",
};

/** Databases, relational and not. */
export const databases: readonly ServiceFamily[] = [
  service(
    [
      "postgres",
      "docker.io/postgis/postgis",
      "docker.io/imresamu/postgis",
      "docker.io/pgvector/pgvector",
      "docker.io/timescale/timescaledb",
      "docker.io/tensorchord/pgvecto-rs",
    ],
    (tag) => {
      // pgvector writes `pg17`, TimescaleDB `2.17-pg16`; the others start with PostgreSQL's own version.
      const named = /(?:^|-)pg(\d+)/.exec(tag.text)?.[1];
      const major = named === undefined ? (tag.major ?? 18) : Number(named);
      const moved = major >= 18;
      return {
        name: "PostgreSQL",
        category: "database",
        health: check(
          [
            "CMD-SHELL",
            "pg_isready -h 127.0.0.1 -U $${POSTGRES_USER:-postgres} -d $${POSTGRES_DB:-$${POSTGRES_USER:-postgres}}",
          ],
          { note: "Over TCP, because the server that runs the initialisation scripts listens on the socket alone." },
        ),
        privatePorts: [5432],
        stateful: true,
        ...(moved
          ? {
              dataDirectories: ["/var/lib/postgresql"],
              declaredVolumes: ["/var/lib/postgresql"],
              formerDirectory: "/var/lib/postgresql/data",
            }
          : { dataDirectories: ["/var/lib/postgresql/data"], declaredVolumes: ["/var/lib/postgresql/data"] }),
        fileVariables: postgresVariables,
        credentialVariables: ["POSTGRES_PASSWORD"],
        stopGracePeriod: "1m",
        user: "drops",
        capabilities: takesOver,
        readOnly: { works: true, tmpfs: ["/tmp", "/var/run/postgresql"] },
        source: "https://github.com/docker-library/docs/blob/master/postgres/content.md",
      };
    },
  ),
  service(["mysql"], { ...mysql, health: mysqlCheck }),
  service(["container-registry.oracle.com/mysql/community-server", "docker.io/mysql/mysql-server"], {
    name: "MySQL",
    category: "database",
    ownHealthcheck: true,
    ports: [3306, 33060],
    privatePorts: [3306, 33060],
    stateful: true,
    dataDirectories: ["/var/lib/mysql"],
    declaredVolumes: ["/var/lib/mysql"],
    // Without twins: MYSQL_ROOT_PASSWORD may itself be the path of a file.
    credentialVariables: ["MYSQL_ROOT_PASSWORD", "MYSQL_PASSWORD"],
    stopGracePeriod: "1m",
    user: "drops",
    source: "https://github.com/mysql/mysql-docker/tree/main/mysql-server",
  }),
  service(["mariadb", "quay.io/mariadb-foundation/mariadb-devel"], (tag) => ({
    name: "MariaDB",
    category: "database",
    health: check(["CMD", "healthcheck.sh", "--connect", "--innodb_initialized"], {
      note: "A data directory from before the image brought `healthcheck.sh` lacks its user: start once with MARIADB_AUTO_UPGRADE=1.",
    }),
    privatePorts: [3306],
    stateful: true,
    dataDirectories: ["/var/lib/mysql"],
    declaredVolumes: ["/var/lib/mysql"],
    fileVariables: [...mariadbVariables, ...mysqlVariables],
    credentialVariables: [
      "MARIADB_ROOT_PASSWORD",
      "MARIADB_PASSWORD",
      "MARIADB_REPLICATION_PASSWORD",
      "MYSQL_ROOT_PASSWORD",
      "MYSQL_PASSWORD",
    ],
    stopGracePeriod: "1m",
    user: tag.system?.kind === "redhat" ? { uid: 999 } : "drops",
    ...(tag.system?.kind === "redhat" ? {} : { capabilities: takesOver }),
    readOnly: { works: true, tmpfs: ["/tmp", tag.system?.kind === "redhat" ? "/run/mariadb" : "/run/mysqld"] },
    source: "https://github.com/MariaDB/mariadb-docker",
  })),
  service(["percona", "docker.io/percona/percona-server"], {
    name: "Percona Server",
    category: "database",
    health: mysqlCheck,
    ports: [3306, 33060],
    privatePorts: [3306, 33060],
    stateful: true,
    dataDirectories: ["/var/lib/mysql"],
    declaredVolumes: ["/var/lib/mysql"],
    fileVariables: mysqlVariables,
    credentialVariables: ["MYSQL_ROOT_PASSWORD", "MYSQL_PASSWORD"],
    stopGracePeriod: "1m",
    user: { uid: 1001 },
    source: "https://github.com/percona/percona-docker",
  }),
  service(["mongo"], (tag) => ({
    name: "MongoDB",
    category: "database",
    // `mongosh` came with 5.0; before, the shell was `mongo`.
    health: check(["CMD", (tag.major ?? 8) < 5 ? "mongo" : "mongosh", "--quiet", "--eval", "db.adminCommand('ping')"], {
      interval: "15s",
      timeout: "10s",
    }),
    privatePorts: [27017],
    stateful: true,
    dataDirectories: ["/data/db", "/data/configdb"],
    declaredVolumes: ["/data/db", "/data/configdb"],
    fileVariables: ["MONGO_INITDB_ROOT_USERNAME", "MONGO_INITDB_ROOT_PASSWORD"],
    credentialVariables: ["MONGO_INITDB_ROOT_PASSWORD"],
    stopGracePeriod: "1m",
    user: "drops",
    capabilities: takesOver,
    readOnly: { works: true, tmpfs: ["/tmp"] },
    source: "https://github.com/docker-library/docs/blob/master/mongo/content.md",
  })),
  service(["docker.io/mongodb/mongodb-community-server"], {
    name: "MongoDB",
    category: "database",
    health: check(["CMD", "mongosh", "--quiet", "--eval", "db.adminCommand('ping')"], {
      interval: "15s",
      timeout: "10s",
    }),
    privatePorts: [27017],
    stateful: true,
    dataDirectories: ["/data/db"],
    fileVariables: ["MONGODB_INITDB_ROOT_USERNAME", "MONGODB_INITDB_ROOT_PASSWORD"],
    credentialVariables: ["MONGODB_INITDB_ROOT_PASSWORD"],
    stopGracePeriod: "1m",
    source: "https://www.mongodb.com/docs/manual/tutorial/install-mongodb-community-with-docker/",
  }),
  service(["docker.io/clickhouse/clickhouse-server", "clickhouse"], {
    name: "ClickHouse",
    category: "database",
    health: check(wget("http://127.0.0.1:8123/ping")),
    http: { path: "/ping", port: 8123 },
    ports: [8123, 9000, 9009],
    privatePorts: [8123, 9000, 9009],
    stateful: true,
    dataDirectories: ["/var/lib/clickhouse"],
    declaredVolumes: ["/var/lib/clickhouse"],
    // Newer entrypoints know CLICKHOUSE_PASSWORD_FILE; the client that runs the initialisation scripts does not.
    credentialVariables: ["CLICKHOUSE_PASSWORD"],
    stopGracePeriod: "1m",
    user: "drops",
    source: "https://github.com/ClickHouse/ClickHouse/tree/master/docker/server",
  }),
  service(["cassandra"], {
    name: "Cassandra",
    category: "database",
    health: check(["CMD-SHELL", "nodetool status | grep -q '^UN'"], {
      interval: "30s",
      timeout: "20s",
      startPeriod: "2m",
    }),
    ports: [7000, 7001, 7199, 9042],
    privatePorts: [7000, 7001, 7199, 9042],
    stateful: true,
    dataDirectories: ["/var/lib/cassandra"],
    declaredVolumes: ["/var/lib/cassandra"],
    credentialVariables: [],
    stopGracePeriod: "2m",
    user: "drops",
    capabilities: takesOver,
    source: "https://github.com/docker-library/cassandra",
  }),
  service(["couchdb"], {
    name: "CouchDB",
    category: "database",
    health: check(tcp(5984)),
    http: { path: "/_up", port: 5984 },
    ports: [4369, 5984, 9100],
    privatePorts: [4369, 5984, 9100],
    stateful: true,
    dataDirectories: ["/opt/couchdb/data"],
    declaredVolumes: ["/opt/couchdb/data"],
    credentialVariables: ["COUCHDB_PASSWORD", "COUCHDB_SECRET", "COUCHDB_ERLANG_COOKIE"],
    stopGracePeriod: "30s",
    user: "drops",
    capabilities: takesOverUnderInit,
    source: "https://github.com/apache/couchdb-docker",
  }),
  service(["neo4j"], {
    name: "Neo4j",
    category: "database",
    health: check(wget("http://127.0.0.1:7474"), { interval: "15s", startPeriod: "1m" }),
    http: { path: "/", port: 7474 },
    ports: [7473, 7474, 7687],
    privatePorts: [7473, 7474, 7687],
    stateful: true,
    dataDirectories: ["/data"],
    declaredVolumes: ["/data"],
    fileVariables: ["NEO4J_AUTH"],
    credentialVariables: ["NEO4J_AUTH"],
    stopGracePeriod: "2m",
    user: "drops",
    capabilities: takesOverUnderInit,
    source: "https://github.com/neo4j/docker-neo4j",
  }),
  service(["influxdb"], (tag) => {
    const third = tag.major === 3 || tag.rest.includes("core") || tag.rest.includes("enterprise");
    const first = tag.major === 1;
    // 1.11 brought a user; before, it ran as root. 2 changes from root to its user.
    const firstAsRoot = /^1\.(?:\d|10)(?:\.|$)/.test(tag.version ?? "");
    return {
      name: "InfluxDB",
      category: "database",
      ...(third
        ? { http: { path: "/health", port: 8181 } }
        : first
          ? { http: { path: "/ping", port: 8086 } }
          : { health: check(["CMD", "influx", "ping"]), http: { path: "/health", port: 8086 } }),
      privatePorts: [third ? 8181 : 8086],
      stateful: true,
      ...(third
        ? { dataDirectories: ["/home/influxdb3/.influxdb3"] }
        : first
          ? { dataDirectories: ["/var/lib/influxdb"], declaredVolumes: ["/var/lib/influxdb"] }
          : {
              dataDirectories: ["/var/lib/influxdb2", "/etc/influxdb2"],
              declaredVolumes: ["/var/lib/influxdb2", "/etc/influxdb2"],
            }),
      fileVariables:
        third || first
          ? []
          : ["DOCKER_INFLUXDB_INIT_USERNAME", "DOCKER_INFLUXDB_INIT_PASSWORD", "DOCKER_INFLUXDB_INIT_ADMIN_TOKEN"],
      credentialVariables: [
        "DOCKER_INFLUXDB_INIT_PASSWORD",
        "DOCKER_INFLUXDB_INIT_ADMIN_TOKEN",
        "INFLUXDB_ADMIN_PASSWORD",
        "INFLUXDB_USER_PASSWORD",
      ],
      user: firstAsRoot ? "root" : third || first ? { uid: 1500 } : "drops",
      ...(third || first ? {} : { capabilities: takesOver }),
      source: "https://github.com/influxdata/influxdata-docker",
    };
  }),
  service(["mcr.microsoft.com/mssql/server"], {
    name: "SQL Server",
    category: "database",
    health: check(
      [
        "CMD-SHELL",
        '/opt/mssql-tools18/bin/sqlcmd -C -S 127.0.0.1 -U sa -P "$$MSSQL_SA_PASSWORD" -Q "SELECT 1" -b -o /dev/null',
      ],
      {
        timeout: "10s",
        startPeriod: "1m",
        needs: "MSSQL_SA_PASSWORD in the environment; images before 2022 CU14 have /opt/mssql-tools",
      },
    ),
    privatePorts: [1433],
    stateful: true,
    dataDirectories: ["/var/opt/mssql"],
    credentialVariables: ["MSSQL_SA_PASSWORD", "SA_PASSWORD"],
    stopGracePeriod: "1m",
    user: { uid: 10001 },
    capabilities: "unknown",
    source: "https://learn.microsoft.com/sql/linux/sql-server-linux-docker-container-deployment",
  }),
  service(
    [
      "docker.io/gvenzl/oracle-free",
      "docker.io/gvenzl/oracle-xe",
      "ghcr.io/gvenzl/oracle-free",
      "ghcr.io/gvenzl/oracle-xe",
    ],
    {
      name: "Oracle Database",
      category: "database",
      ownHealthcheck: true,
      health: check(["CMD", "healthcheck.sh"], { timeout: "10s", retries: 10, startPeriod: "2m" }),
      privatePorts: [1521],
      stateful: true,
      dataDirectories: ["/opt/oracle/oradata"],
      fileVariables: ["ORACLE_PASSWORD", "APP_USER_PASSWORD"],
      credentialVariables: ["ORACLE_PASSWORD", "APP_USER_PASSWORD"],
      stopGracePeriod: "2m",
      user: { uid: 54321 },
      capabilities: "unknown",
      source: "https://github.com/gvenzl/oci-oracle-free",
    },
  ),
  service(["docker.io/scylladb/scylla"], {
    name: "ScyllaDB",
    category: "database",
    health: check(["CMD-SHELL", "nodetool status | grep -q '^UN'"], {
      interval: "30s",
      timeout: "20s",
      startPeriod: "2m",
    }),
    ports: [7000, 7001, 9042, 9160, 9180, 10000],
    privatePorts: [7000, 7001, 9042, 9160, 9180, 10000],
    stateful: true,
    dataDirectories: ["/var/lib/scylla"],
    declaredVolumes: ["/var/lib/scylla"],
    stopGracePeriod: "2m",
    source: "https://github.com/scylladb/scylladb/tree/master/dist/docker",
  }),
  service(["docker.io/cockroachdb/cockroach"], {
    name: "CockroachDB",
    category: "database",
    http: { path: "/health?ready=1", port: 8080 },
    ports: [8080, 26257],
    privatePorts: [26257],
    stateful: true,
    dataDirectories: ["/cockroach/cockroach-data"],
    stopGracePeriod: "1m",
    source: "https://www.cockroachlabs.com/docs/stable/monitoring-and-alerting",
  }),
  service(["rethinkdb"], {
    name: "RethinkDB",
    category: "database",
    ports: [8080, 28015, 29015],
    privatePorts: [8080, 28015, 29015],
    stateful: true,
    dataDirectories: ["/data"],
    source: "https://github.com/rethinkdb/rethinkdb-dockerfiles",
  }),
  service(["arangodb"], {
    name: "ArangoDB",
    category: "database",
    privatePorts: [8529],
    stateful: true,
    dataDirectories: ["/var/lib/arangodb3"],
    declaredVolumes: ["/var/lib/arangodb3"],
    fileVariables: ["ARANGO_ROOT_PASSWORD"],
    credentialVariables: ["ARANGO_ROOT_PASSWORD"],
    user: "root",
    source: "https://github.com/arangodb/arangodb-docker",
  }),
  service(["docker.io/qdrant/qdrant"], (tag) => ({
    name: "Qdrant",
    category: "database",
    health: check(tcp(6333)),
    http: { path: "/readyz", port: 6333 },
    ports: [6333, 6334],
    privatePorts: [6333, 6334],
    stateful: true,
    dataDirectories: ["/qdrant/storage"],
    credentialVariables: ["QDRANT__SERVICE__API_KEY"],
    user: tag.rest.includes("unprivileged") ? { uid: 1000 } : "root",
    source: "https://github.com/qdrant/qdrant/blob/master/Dockerfile",
  })),
  service(["docker.io/bitnami/postgresql", "docker.io/bitnamilegacy/postgresql"], {
    name: "PostgreSQL",
    category: "database",
    health: check(["CMD-SHELL", "pg_isready -h 127.0.0.1 -U $${POSTGRESQL_USERNAME:-$${POSTGRES_USER:-postgres}}"]),
    privatePorts: [5432],
    stateful: true,
    dataDirectories: ["/bitnami/postgresql"],
    fileVariables: [
      "POSTGRESQL_PASSWORD",
      "POSTGRES_PASSWORD",
      "POSTGRESQL_POSTGRES_PASSWORD",
      "POSTGRES_POSTGRES_PASSWORD",
    ],
    credentialVariables: ["POSTGRESQL_PASSWORD", "POSTGRES_PASSWORD", "POSTGRESQL_POSTGRES_PASSWORD"],
    stopGracePeriod: "1m",
    user: { uid: 1001 },
    source: "https://github.com/bitnami/containers/tree/main/bitnami/postgresql",
  }),
  service(
    [
      "docker.io/bitnami/mysql",
      "docker.io/bitnami/mariadb",
      "docker.io/bitnamilegacy/mysql",
      "docker.io/bitnamilegacy/mariadb",
    ],
    {
      name: "MySQL or MariaDB",
      category: "database",
      privatePorts: [3306],
      stateful: true,
      fileVariables: ["MYSQL_ROOT_PASSWORD", "MYSQL_PASSWORD", "MARIADB_ROOT_PASSWORD", "MARIADB_PASSWORD"],
      credentialVariables: ["MYSQL_ROOT_PASSWORD", "MYSQL_PASSWORD", "MARIADB_ROOT_PASSWORD", "MARIADB_PASSWORD"],
      stopGracePeriod: "1m",
      user: { uid: 1001 },
      source: "https://github.com/bitnami/containers",
    },
  ),
  service(["docker.io/bitnami/mongodb", "docker.io/bitnamilegacy/mongodb"], {
    name: "MongoDB",
    category: "database",
    health: check(["CMD", "mongosh", "--quiet", "--eval", "db.adminCommand('ping')"], {
      interval: "15s",
      timeout: "10s",
    }),
    privatePorts: [27017],
    stateful: true,
    dataDirectories: ["/bitnami/mongodb"],
    fileVariables: ["MONGODB_ROOT_PASSWORD", "MONGODB_PASSWORD"],
    credentialVariables: ["MONGODB_ROOT_PASSWORD", "MONGODB_PASSWORD", "MONGODB_REPLICA_SET_KEY"],
    stopGracePeriod: "1m",
    user: { uid: 1001 },
    source: "https://github.com/bitnami/containers/tree/main/bitnami/mongodb",
  }),
];
