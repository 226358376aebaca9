import { image, official, type Additions, type ImageFamily } from "./family.ts";
import type { ImageUser } from "./model.ts";
import { alpine, amazonLinux, debian, redhat, systemOf, ubuntu, type System } from "./systems.ts";
import type { Tag } from "./tag.ts";

type Row = readonly [
  names: string,
  system: System | ((tag: Tag) => System),
  user: ImageUser,
  ports: readonly number[],
  source: string,
];

function user(name: string, uid: number, gid = uid): ImageUser {
  return { name, uid, gid };
}

/** Systems of applications whose extra programs nobody promises. */
function plain(system: System): System {
  return { ...system, tools: {} };
}

/** Applications that already run as a user of their own. Names are separated by spaces. */
const rows: readonly Row[] = [
  [
    "docker.io/grafana/grafana docker.io/grafana/grafana-oss docker.io/grafana/grafana-enterprise",
    (tag) =>
      tag.rest.includes("ubuntu") ? plain(ubuntu()) : { ...alpine(), bash: true, tools: { curl: true, wget: true } },
    user("grafana", 472, 0),
    [3000],
    "https://github.com/grafana/grafana/blob/main/Dockerfile",
  ],
  [
    "docker.io/jenkins/jenkins",
    (tag) => plain(tag.rest.includes("alpine") || tag.system?.kind === "alpine" ? alpine() : debian()),
    user("jenkins", 1000),
    [8080, 50000],
    "https://github.com/jenkinsci/docker",
  ],
  [
    "docker.io/library/sonarqube",
    () => plain(ubuntu()),
    user("sonarqube", 1000, 0),
    [9000],
    "https://github.com/SonarSource/docker-sonarqube",
  ],
  [
    "quay.io/keycloak/keycloak",
    () => ({ ...redhat("9", "micro"), tools: { curl: false, wget: false, java: true } }),
    user("keycloak", 1000, 0),
    [8080],
    "https://github.com/keycloak/keycloak/blob/main/quarkus/container/Dockerfile",
  ],
  [
    "docker.io/apache/airflow",
    () => ({ ...debian(), tools: { python: true, curl: true } }),
    user("airflow", 50000, 0),
    [8080],
    "https://airflow.apache.org/docs/docker-stack/",
  ],
  [
    "docker.io/apache/kafka",
    () => ({ ...alpine(), tools: {}, bash: true }),
    user("appuser", 1000),
    [9092],
    "https://github.com/apache/kafka/tree/trunk/docker/jvm",
  ],
  [
    "docker.io/library/solr",
    () => plain(ubuntu()),
    user("solr", 8983),
    [8983],
    "https://github.com/apache/solr-docker",
  ],
  [
    "docker.io/library/adminer",
    () => ({ ...alpine(), tools: { php: true, wget: true } }),
    user("adminer", 100, 101),
    [8080],
    "https://github.com/TimWolla/docker-adminer",
  ],
  [
    "docker.io/n8nio/n8n docker.n8n.io/n8nio/n8n",
    () => ({ ...alpine(), tools: { node: true } }),
    user("node", 1000),
    [5678],
    "https://github.com/n8n-io/n8n/tree/master/docker/images/n8n",
  ],
  [
    "docker.io/opensearchproject/opensearch",
    () => ({ ...amazonLinux("2023"), tools: { curl: true } }),
    user("opensearch", 1000),
    [9200],
    "https://github.com/opensearch-project/opensearch-build/tree/main/docker",
  ],
  [
    "docker.io/curlimages/curl quay.io/curl/curl",
    () => ({ ...alpine(), tools: { curl: true, wget: true } }),
    user("curl_user", 100, 101),
    [],
    "https://github.com/curl/curl-container",
  ],
  [
    "docker.io/nodered/node-red",
    () => ({ ...alpine(), tools: { node: true } }),
    user("node-red", 1000),
    [1880],
    "https://github.com/node-red/node-red-docker",
  ],
];

const unprivileged: readonly ImageFamily[] = rows.map(([names, system, own, ports, source]) => {
  const [first = "", ...others] = names.split(" ");
  return {
    names: [first, ...others],
    facts(tag) {
      const additions: Additions = {
        family: first.slice(first.lastIndexOf("/") + 1),
        user: own,
        nonRootUser: own,
        ...(ports.length === 0 ? {} : { server: { ports } }),
        source,
      };
      return image(typeof system === "function" ? system(tag) : system, additions);
    },
  };
});

/** Web applications on PHP's Apache image or its FPM one: the first process is root, the workers `www-data`. */
const onPhp: readonly ImageFamily[] = [
  "wordpress",
  "drupal",
  "joomla",
  "mediawiki",
  "matomo",
  "nextcloud",
  "phpmyadmin",
].map((name) => ({
  names: [official(name), ...(name === "phpmyadmin" ? ["docker.io/phpmyadmin/phpmyadmin"] : [])],
  facts(tag) {
    const system = systemOf(tag, debian());
    const fpm = tag.rest.includes("fpm");
    return image(
      { ...system, tools: { php: true, curl: true } },
      {
        family: name,
        runtime: "php",
        workersDropRoot: true,
        nonRootUser: system.os === "alpine" ? user("www-data", 82) : user("www-data", 33),
        server: { ports: [fpm ? 9000 : 80] },
        stopSignal: fpm ? "SIGQUIT" : "SIGWINCH",
        source: `https://github.com/docker-library/docs/tree/master/${name}`,
      },
    );
  },
}));

/** Bitnami's images run as 1001 in the root group; those kept as legacy, and every versioned one, are Debian, the later ones Photon. */
const bitnami: ImageFamily = {
  names: ["docker.io/bitnami/*", "docker.io/bitnamilegacy/*", "public.ecr.aws/bitnami/*"],
  facts(tag, name) {
    if (name.endsWith("/minideb") || tag.rest.includes("photon")) return undefined;
    const old = name.includes("/bitnamilegacy/") || tag.version !== undefined || tag.rest.includes("debian");
    const own = user("1001", 1001, 0);
    const system: System = old
      ? plain(debian())
      : { ...plain(redhat(undefined, "minimal")), os: "photon", packageManager: "none" };
    return image(system, {
      family: `bitnami/${name.slice(name.lastIndexOf("/") + 1)}`,
      user: own,
      nonRootUser: own,
      source: "https://github.com/bitnami/containers",
    });
  },
};

/** Lambda runs every container as a user of its own, whatever the image says. */
const lambda: ImageFamily = {
  names: ["public.ecr.aws/lambda/*", "docker.io/amazon/aws-lambda-*"],
  facts(_, name) {
    const language = /(?:lambda\/|aws-lambda-)([a-z]+)/.exec(name)?.[1] ?? "";
    const tools = language === "nodejs" ? { node: true } : language === "python" ? { python: true } : {};
    return image(
      { ...plain(amazonLinux("2023")), packageManager: "microdnf" },
      {
        family: `lambda/${language}`,
        dropsRoot: true,
        tools,
        source: "https://docs.aws.amazon.com/lambda/latest/dg/images-create.html",
      },
    );
  },
};

/** Applications, and vendors' collections of them. */
export const applications: readonly ImageFamily[] = [...unprivileged, ...onPhp, bitnami, lambda];
