import type { Tag } from "../base-images/tag.ts";
import { check, connects, curl, phpCheck, service, takesOver, tcp, wget, type ServiceFamily } from "./family.ts";
import type { ServiceHealth } from "./model.ts";

/** From here the entrypoint makes configuration in `conf.d`, and starts without it where it may not write there. */
const templates = "/etc/nginx/templates";

/** A connection is enough: what the site answers is the user's. */
function nginxCheck(tag: Tag, port: number): ServiceHealth {
  const needs = `a server that listens on port ${port}`;
  return check(connects(tag, port), { interval: "30s", retries: 3, startPeriod: "10s", needs });
}

/** Proxies, web servers and the applications people host behind them. */
export const web: readonly ServiceFamily[] = [
  service(["nginx", "docker.io/nginx/nginx", "public.ecr.aws/nginx/nginx", "quay.io/nginx/nginx"], (tag) => ({
    name: "nginx",
    category: "proxy",
    health: nginxCheck(tag, 80),
    ports: [80],
    capabilities: ["CHOWN", "NET_BIND_SERVICE", "SETGID", "SETUID"],
    readOnly: { works: true, tmpfs: ["/tmp", "/var/cache/nginx", "/var/run"], unlessMounted: templates },
    source: "https://github.com/docker-library/docs/blob/master/nginx/content.md",
  })),
  service(
    [
      "docker.io/nginxinc/nginx-unprivileged",
      "ghcr.io/nginxinc/nginx-unprivileged",
      "ghcr.io/nginx/nginx-unprivileged",
      "quay.io/nginx/nginx-unprivileged",
    ],
    (tag) => ({
      name: "nginx",
      category: "proxy",
      health: nginxCheck(tag, 8080),
      ports: [8080],
      user: { uid: 101 },
      readOnly: { works: true, tmpfs: ["/tmp"], unlessMounted: templates },
      source: "https://github.com/nginx/docker-nginx-unprivileged",
    }),
  ),
  service(["httpd"], (tag) => ({
    name: "Apache httpd",
    category: "web",
    health: check(connects(tag, 80), {
      interval: "30s",
      retries: 3,
      startPeriod: "10s",
      needs: "a server that listens on port 80",
    }),
    ports: [80],
    readOnly: { works: true, tmpfs: ["/usr/local/apache2/logs"] },
    source: "https://github.com/docker-library/httpd",
  })),
  service(["caddy"], {
    name: "Caddy",
    category: "proxy",
    health: check(wget("http://127.0.0.1:2019/config/"), {
      interval: "30s",
      retries: 3,
      startPeriod: "10s",
      needs: "the admin endpoint, which is on unless the configuration turns it off",
    }),
    ports: [80, 443],
    // The program carries it: without, it is not even started.
    capabilities: ["NET_BIND_SERVICE"],
    privatePorts: [2019],
    dataDirectories: ["/data", "/config"],
    stateful: true,
    source: "https://github.com/caddyserver/caddy-docker",
  }),
  service(["traefik"], {
    name: "Traefik",
    category: "proxy",
    health: check(["CMD", "traefik", "healthcheck", "--ping"], {
      interval: "30s",
      retries: 3,
      startPeriod: "10s",
      needs: "`--ping=true` among the arguments of Traefik",
      onlyWith: ["--ping", "TRAEFIK_PING"],
    }),
    ports: [80, 443],
    capabilities: ["NET_BIND_SERVICE"],
    privatePorts: [8080],
    credentialVariables: ["CF_DNS_API_TOKEN", "CF_API_KEY"],
    readOnly: { works: true, tmpfs: ["/tmp"] },
    source: "https://doc.traefik.io/traefik/operations/cli/#healthcheck",
  }),
  service(["haproxy"], (tag) => ({
    name: "HAProxy",
    category: "proxy",
    ports: [80, 443],
    user: /^(?:1\.|2\.[0-3](?:\.|$))/.test(tag.version ?? "") ? "root" : { uid: 99 },
    source: "https://github.com/docker-library/docs/blob/master/haproxy/content.md",
  })),
  service(["docker.io/haproxytech/haproxy-alpine", "docker.io/haproxytech/haproxy-debian"], {
    name: "HAProxy",
    category: "proxy",
    ports: [80, 443],
    source: "https://github.com/haproxytech/haproxy-docker-alpine",
  }),
  service(["docker.io/envoyproxy/envoy"], {
    name: "Envoy",
    category: "proxy",
    ports: [10000],
    privatePorts: [9901],
    source: "https://www.envoyproxy.io/docs/envoy/latest/start/docker",
  }),
  service(["varnish"], {
    name: "Varnish",
    category: "proxy",
    health: check(tcp(80), { startPeriod: "10s", needs: "a listener on port 80" }),
    ports: [80],
    // Which user it runs as depends on the release, and its manager may change it.
    user: "drops",
    // It compiles its configuration and loads the result: a tmpfs would have to be mounted with `exec`.
    readOnly: { works: false, tmpfs: [] },
    source: "https://github.com/docker-library/docs/blob/master/varnish/content.md",
  }),
  service(["docker.io/jc21/nginx-proxy-manager"], {
    name: "Nginx Proxy Manager",
    category: "proxy",
    health: check(["CMD", "/usr/bin/check-health"], { startPeriod: "1m" }),
    ports: [80, 81, 443],
    stateful: true,
    dataDirectories: ["/data", "/etc/letsencrypt"],
    declaredVolumes: ["/data", "/etc/letsencrypt"],
    fileVariables: ["DB_MYSQL_PASSWORD", "DB_POSTGRES_PASSWORD"],
    fileSuffix: "__FILE",
    credentialVariables: ["DB_MYSQL_PASSWORD", "DB_POSTGRES_PASSWORD"],
    source: "https://nginxproxymanager.com/advanced-config/",
  }),
  service(["wordpress"], (tag) => ({
    name: "WordPress",
    category: "web",
    ...(tag.rest.includes("cli") ? { oneShot: true } : { health: phpCheck(tag) }),
    ports: [tag.rest.includes("fpm") ? 9000 : 80],
    privatePorts: tag.rest.includes("fpm") ? [9000] : [],
    stateful: true,
    dataDirectories: ["/var/www/html"],
    declaredVolumes: ["/var/www/html"],
    fileVariables: [
      "WORDPRESS_DB_PASSWORD",
      "WORDPRESS_DB_USER",
      "WORDPRESS_DB_NAME",
      "WORDPRESS_DB_HOST",
      "WORDPRESS_AUTH_KEY",
      "WORDPRESS_SECURE_AUTH_KEY",
      "WORDPRESS_LOGGED_IN_KEY",
      "WORDPRESS_NONCE_KEY",
      "WORDPRESS_AUTH_SALT",
      "WORDPRESS_SECURE_AUTH_SALT",
      "WORDPRESS_LOGGED_IN_SALT",
      "WORDPRESS_NONCE_SALT",
    ],
    credentialVariables: [
      "WORDPRESS_DB_PASSWORD",
      "WORDPRESS_AUTH_KEY",
      "WORDPRESS_SECURE_AUTH_KEY",
      "WORDPRESS_LOGGED_IN_KEY",
      "WORDPRESS_NONCE_KEY",
    ],
    source: "https://github.com/docker-library/wordpress",
  })),
  service(["nextcloud"], (tag) => ({
    name: "Nextcloud",
    category: "web",
    health: phpCheck(tag),
    ports: [tag.rest.includes("fpm") ? 9000 : 80],
    privatePorts: tag.rest.includes("fpm") ? [9000] : [],
    stateful: true,
    dataDirectories: ["/var/www/html"],
    declaredVolumes: ["/var/www/html"],
    fileVariables: [
      "NEXTCLOUD_ADMIN_PASSWORD",
      "NEXTCLOUD_ADMIN_USER",
      "MYSQL_PASSWORD",
      "MYSQL_USER",
      "MYSQL_DATABASE",
      "POSTGRES_PASSWORD",
      "POSTGRES_USER",
      "POSTGRES_DB",
      "REDIS_HOST_PASSWORD",
      "SMTP_PASSWORD",
    ],
    credentialVariables: [
      "NEXTCLOUD_ADMIN_PASSWORD",
      "MYSQL_PASSWORD",
      "POSTGRES_PASSWORD",
      "REDIS_HOST_PASSWORD",
      "SMTP_PASSWORD",
    ],
    source: "https://github.com/nextcloud/docker",
  })),
  ...(["drupal", "joomla", "mediawiki", "matomo"] as const).map((name) =>
    service([name], (tag) => ({
      name: { drupal: "Drupal", joomla: "Joomla", mediawiki: "MediaWiki", matomo: "Matomo" }[name],
      category: "web",
      health: phpCheck(tag),
      ports: [tag.rest.includes("fpm") ? 9000 : 80],
      privatePorts: tag.rest.includes("fpm") ? [9000] : [],
      stateful: true,
      dataDirectories:
        name === "drupal"
          ? ["/var/www/html/sites"]
          : name === "mediawiki"
            ? ["/var/www/html/images"]
            : ["/var/www/html"],
      fileVariables: name === "joomla" ? ["JOOMLA_DB_PASSWORD"] : [],
      credentialVariables:
        name === "joomla" ? ["JOOMLA_DB_PASSWORD"] : name === "matomo" ? ["MATOMO_DATABASE_PASSWORD"] : [],
      source: `https://github.com/docker-library/docs/blob/master/${name}/content.md`,
    })),
  ),
  service(["ghost"], {
    name: "Ghost",
    category: "web",
    health: check(
      [
        "CMD",
        "node",
        "-e",
        "fetch('http://127.0.0.1:2368/',{redirect:'manual'}).then(r=>process.exit(r.status<500?0:1),()=>process.exit(1))",
      ],
      { interval: "30s", timeout: "10s", retries: 3, startPeriod: "1m" },
    ),
    ports: [2368],
    stateful: true,
    dataDirectories: ["/var/lib/ghost/content"],
    declaredVolumes: ["/var/lib/ghost/content"],
    credentialVariables: ["database__connection__password", "mail__options__auth__pass"],
    user: "drops",
    capabilities: takesOver,
    source: "https://github.com/docker-library/ghost",
  }),
  service(["docker.io/n8nio/n8n", "docker.n8n.io/n8nio/n8n"], (tag) => ({
    name: "n8n",
    category: "web",
    health: check(wget("http://127.0.0.1:5678/healthz"), { startPeriod: "1m" }),
    http: { path: "/healthz", port: 5678 },
    ports: [5678],
    stateful: true,
    dataDirectories: ["/home/node/.n8n"],
    // Earlier releases would not find the key, and make a new one that reads nothing of what the old one wrote.
    fileVariables: [...((tag.major ?? 2) >= 2 ? ["N8N_ENCRYPTION_KEY"] : []), "DB_POSTGRESDB_PASSWORD"],
    credentialVariables: ["N8N_ENCRYPTION_KEY", "DB_POSTGRESDB_PASSWORD", "N8N_BASIC_AUTH_PASSWORD"],
    user: { uid: 1000 },
    source: "https://docs.n8n.io/hosting/configuration/configuration-methods/",
  })),
  service(["docker.io/directus/directus"], {
    name: "Directus",
    category: "web",
    health: check(wget("http://127.0.0.1:8055/server/ping"), { startPeriod: "1m" }),
    http: { path: "/server/ping", port: 8055 },
    ports: [8055],
    stateful: true,
    dataDirectories: ["/directus/uploads"],
    fileVariables: ["SECRET", "KEY", "DB_PASSWORD", "ADMIN_PASSWORD"],
    credentialVariables: ["SECRET", "DB_PASSWORD", "ADMIN_PASSWORD"],
    user: { uid: 1000 },
    source: "https://docs.directus.io/self-hosted/docker-guide.html",
  }),
  service(["docker.io/metabase/metabase"], {
    name: "Metabase",
    category: "web",
    health: check(curl("http://127.0.0.1:3000/api/health"), { interval: "15s", startPeriod: "2m" }),
    http: { path: "/api/health", port: 3000 },
    ports: [3000],
    fileVariables: ["MB_DB_CONNECTION_URI", "MB_DB_PASS", "MB_DB_USER"],
    credentialVariables: ["MB_DB_PASS", "MB_ENCRYPTION_SECRET_KEY"],
    user: "drops",
    source: "https://www.metabase.com/docs/latest/installation-and-operation/running-metabase-on-docker",
  }),
];
