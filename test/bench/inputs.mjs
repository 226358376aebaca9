// The files that are measured: made here, the same at every run, of the things real ones are made of.

/** A Dockerfile of about so many lines: stages of ordinary length, one after another. */
export function dockerfile(lines) {
  const out = ["# syntax=docker/dockerfile:1", "ARG NODE_VERSION=22.14.0", ""];
  for (let stage = 0; out.length < lines - 2; stage++) out.push(...dockerStage(stage));
  out.length = lines - 2;
  // Whatever was cut off in the middle of a command ends here.
  while (/\\$/.test(out.at(-1) ?? "")) out.pop();
  out.push("EXPOSE 3000", 'CMD ["node", "server.js"]');
  return `${out.join("\n")}\n`;
}

function dockerStage(number) {
  return [
    `FROM node:\${NODE_VERSION}-bookworm-slim AS stage-${number}`,
    `LABEL org.opencontainers.image.title="service ${number}" \\`,
    '      org.opencontainers.image.source="https://example.com/shop"',
    `ENV NODE_ENV=production PORT=${3000 + (number % 500)} \\`,
    `    CACHE_DIR=/var/cache/service-${number}`,
    "WORKDIR /srv/app",
    "# Native modules need a compiler while they are built.",
    "RUN apt-get update \\",
    "    && apt-get install -y --no-install-recommends \\",
    "      build-essential \\",
    "      ca-certificates \\",
    "      python3 \\",
    "    && rm -rf /var/lib/apt/lists/*",
    "COPY package.json package-lock.json ./",
    "RUN --mount=type=cache,target=/root/.npm npm ci --omit=dev && npm cache clean --force",
    "COPY --chown=node:node src ./src",
    `RUN set -eux; for part in api web jobs; do mkdir -p "/srv/data/$part-${number}"; done`,
    "USER node",
    "HEALTHCHECK --interval=30s --timeout=3s CMD node -e \"fetch('http://127.0.0.1:3000/healthz')\"",
    "",
  ];
}

/** A Kubernetes manifest of about so many lines, of Deployments with their Services and ConfigMaps. */
export function manifest(lines) {
  const out = [];
  for (let number = 0; out.length < lines; number++) {
    if (out.length > 0) out.push("---");
    out.push(...kubernetesService(number));
  }
  return `${out.join("\n")}\n`;
}

/** The objects of such a manifest in one document, as `kubectl get -o yaml` writes them. */
export function listManifest(lines) {
  const out = ["apiVersion: v1", "kind: List", "items:"];
  for (let number = 0; out.length < lines; number++) {
    let first = true;
    for (const line of kubernetesService(number)) {
      if (line === "---") {
        first = true;
        continue;
      }
      out.push(`${first ? "  - " : "    "}${line}`);
      first = false;
    }
  }
  return `${out.join("\n")}\n`;
}

function kubernetesService(number) {
  const name = `shop-${number}`;
  return [
    "apiVersion: apps/v1",
    "kind: Deployment",
    "metadata:",
    `  name: ${name}`,
    "  labels:",
    `    app.kubernetes.io/name: ${name}`,
    "spec:",
    "  replicas: 2",
    "  selector:",
    "    matchLabels:",
    `      app.kubernetes.io/name: ${name}`,
    "  template:",
    "    metadata:",
    "      labels:",
    `        app.kubernetes.io/name: ${name}`,
    "    spec:",
    "      automountServiceAccountToken: false",
    "      containers:",
    "        - name: app",
    `          image: registry.example.com/shop/service-${number}:1.${number}.0`,
    "          ports:",
    "            - name: http",
    "              containerPort: 3000",
    "          env:",
    "            - name: LOG_LEVEL",
    "              value: info",
    "            - name: DATABASE_HOST",
    "              valueFrom:",
    "                configMapKeyRef:",
    `                  name: ${name}`,
    "                  key: host",
    "          resources:",
    "            requests: { cpu: 100m, memory: 128Mi }",
    "            limits: { memory: 256Mi }",
    "          readinessProbe:",
    "            httpGet: { path: /ready, port: http }",
    "          # Liveness is left to the runtime for now.",
    "          securityContext:",
    "            runAsNonRoot: true",
    "            allowPrivilegeEscalation: false",
    "---",
    "apiVersion: v1",
    "kind: Service",
    "metadata:",
    `  name: ${name}`,
    "spec:",
    "  selector:",
    `    app.kubernetes.io/name: ${name}`,
    "  ports:",
    "    - name: http",
    "      port: 80",
    "      targetPort: http",
    "---",
    "apiVersion: v1",
    "kind: ConfigMap",
    "metadata:",
    `  name: ${name}`,
    "data:",
    `  host: db-${number}.internal`,
    "  settings.json: |",
    "    {",
    `      "queue": "jobs-${number}",`,
    '      "retries": 3',
    "    }",
  ];
}

/** A Compose file of about so many lines: services of ordinary length that name one another, networks, volumes and secrets. */
export function composeFile(lines) {
  const services = [];
  for (let number = 0; services.length + number < lines - 30; number++) services.push(...composeService(number), "");
  const volumes = services.filter((line) => /^ {2}db-\d+:$/.test(line)).map((line) => `${line.slice(0, -1)}-data:`);
  return `${[
    "name: shop",
    "",
    "x-logging: &logging",
    "  driver: json-file",
    "  options:",
    "    max-size: 10m",
    '    max-file: "3"',
    "",
    "services:",
    ...services,
    "networks:",
    "  front:",
    "  back:",
    "    internal: true",
    "",
    "volumes:",
    ...volumes,
    "",
    "secrets:",
    "  db-password:",
    "    file: ./db-password.txt",
  ].join("\n")}\n`;
}

function composeService(number) {
  return [
    `  shop-${number}:`,
    `    image: registry.example.com/shop/service-${number}:1.${number}.0`,
    "    restart: unless-stopped",
    "    mem_limit: 256m",
    "    ports:",
    `      - "127.0.0.1:${8000 + number}:3000"`,
    "    environment:",
    "      LOG_LEVEL: ${LOG_LEVEL:-info}",
    `      DATABASE_URL: postgres://shop@db-${number}:5432/shop`,
    "    depends_on:",
    `      db-${number}:`,
    "        condition: service_healthy",
    "    networks: [front, back]",
    "    healthcheck:",
    '      test: ["CMD", "wget", "-q", "--spider", "http://127.0.0.1:3000/healthz"]',
    "      interval: 30s",
    "    logging: *logging",
    "",
    `  db-${number}:`,
    "    image: postgres:17.4",
    "    restart: unless-stopped",
    "    mem_limit: 512m",
    "    environment:",
    "      POSTGRES_USER: shop",
    "      POSTGRES_PASSWORD_FILE: /run/secrets/db-password",
    "    secrets:",
    "      - db-password",
    "    volumes:",
    `      - db-${number}-data:/var/lib/postgresql/data`,
    "    networks: [back]",
    "    # Slow disks need longer than the default.",
    "    stop_grace_period: 1m",
    "    healthcheck:",
    '      test: ["CMD-SHELL", "pg_isready -U shop"]',
    "      interval: 10s",
    "      start_period: 20s",
    "    logging: *logging",
  ];
}
