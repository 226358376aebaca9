import { array, assert, constantFrom, nat, property, tuple } from "fast-check";
import { describe, expect, it } from "vitest";
import { isOfKind, type ParsedFile, parseFile } from "../../server/src/languages/index.ts";
import { factsOf } from "../../server/src/workspace/index.ts";

const samples: readonly { readonly path: string; readonly text: string }[] = [
  {
    path: "compose.yaml",
    text: `x-base: &base
  restart: always
  logging: {driver: local, options: {max-size: 10m}}
services:
  web:
    <<: *base
    extends: {service: api}
    image: \${REGISTRY:-docker.io}/acme/web:1
    build: {context: ., dockerfile: Dockerfile.prod, target: app}
    ports: ["127.0.0.1:8080:80/udp", 3000, {target: 80, published: "81"}]
    volumes: [./src:/app:ro, data:/data, 'C:\\x:/y', {type: bind, source: a, target: b}]
    depends_on:
      db: {condition: service_healthy}
  api:
    extends: web
    environment:
      - A=1
      - B
    command: !reset null
  db:
    image: "postgres:17"
    environment: {POSTGRES_PASSWORD: x, C: }
    depends_on: [web]
    profiles: [a]
    deploy: {mode: global, update_config: {order: start-first}}
volumes:
  data:
`,
  },
  {
    path: "patches/k8s.yaml",
    text: `apiVersion: v1
kind: List
items:
  - apiVersion: apps/v1
    kind: Deployment
    metadata: {name: web, labels: {a: b}, annotations: {c: d}}
    spec:
      selector: {matchLabels: {a: b}}
      template:
        metadata: &meta {labels: {a: b}}
        spec:
          nodeSelector: {kubernetes.io/os: linux}
          initContainers:
            - {name: i, image: busybox, restartPolicy: Always}
          containers:
            - &main
              name: web
              image: acme/web@sha256:0
              env: [{name: A, value: "{{ x }}"}]
              ports: [{name: http, containerPort: 80}]
            - *main
          volumes: [{image: {reference: a}}]
---
apiVersion: batch/v1
kind: CronJob
spec: {jobTemplate: {spec: {template: {spec: {containers: [{name: a, $patch: delete}]}}}}}
---
apiVersion: argoproj.io/v1
kind: Rollout
metadata: {name: {{ .Values.name }}}
spec: {template: {metadata: *meta, spec: {containers: [{image: a}]}}}
`,
  },
];

/** Everything a rule may read, so that lazy parts are made. */
function readAll(parsed: ParsedFile): void {
  factsOf(parsed);
  for (const { model } of isOfKind(parsed, "compose") ? parsed.units : []) {
    for (const service of model.services) {
      service.get("deploy", "resources", "limits");
      service.entry("healthcheck", "test");
      model.service(service.name);
    }
  }
  for (const { model } of isOfKind(parsed, "kubernetes") ? parsed.units : []) {
    for (const resource of model.resources) {
      resource.entry("spec", "replicas");
      for (const container of resource.pod?.containers ?? []) container.get("resources", "limits");
    }
  }
}

function spansOf(parsed: ParsedFile): readonly { start: number; end: number }[] {
  const compose = isOfKind(parsed, "compose") ? parsed.units : [];
  const manifests = isOfKind(parsed, "kubernetes") ? parsed.units : [];
  return [
    ...compose.flatMap(({ model }) => [
      ...model.images.map(({ span }) => span),
      ...model.services.flatMap((service) => [
        service.keySpan,
        ...service.environment.flatMap(({ nameSpan, valueSpan, span }) => [nameSpan, valueSpan ?? span, span]),
        ...[...service.ports, ...service.mounts, ...service.dependsOn].map(({ span }) => span),
      ]),
    ]),
    ...manifests.flatMap(({ model }) => [
      ...model.images.map(({ span }) => span),
      ...model.resources.flatMap(({ annotations, pod }) => [
        ...annotations.map(({ span }) => span),
        ...(pod?.containers ?? []).flatMap(({ at, env }) => [at, ...env.map(({ nameSpan }) => nameSpan)]),
      ]),
    ]),
  ];
}

describe("models of files that are being written", () => {
  const piece = constantFrom(
    "",
    "\n",
    "  ",
    "- ",
    ": ",
    "{",
    "}",
    "[",
    "]",
    "*base",
    "&base ",
    "<<: *base\n",
    "null",
    '"',
    "'",
    "!reset ",
    "!override ",
    "${",
    "{{ x }}",
    "---\n",
    "\t",
    "extends: web\n",
    "kind: Pod\n",
    "3",
    "|\n",
    "\r\n",
    "\u0000",
  );
  const edits = array(tuple(nat(3000), nat(60), piece), { minLength: 1, maxLength: 6 });

  it.each(samples)("of $path never throw, and their places lie within the document", ({ path, text }) => {
    assert(
      property(edits, (list) => {
        let mutated = text;
        for (const [at, length, inserted] of list) {
          const from = at % (mutated.length + 1);
          mutated = mutated.slice(0, from) + inserted + mutated.slice(from + length);
        }
        const parsed = parseFile({ path, text: mutated });
        if (parsed === undefined) return;
        readAll(parsed);
        const longest = mutated.length;
        for (const span of spansOf(parsed)) {
          expect(span.start).toBeGreaterThanOrEqual(0);
          expect(span.end).toBeGreaterThanOrEqual(span.start);
          expect(span.end).toBeLessThanOrEqual(longest);
        }
      }),
      { numRuns: 250 },
    );
  });

  it.each(samples)("of $path are the same whether a model was taken over or not", ({ path, text }) => {
    assert(
      property(nat(text.length), piece, (at, inserted) => {
        const before = parseFile({ path, text });
        const edited = { path, text: text.slice(0, at) + inserted + text.slice(at) };
        const fresh = parseFile(edited);
        const reused = parseFile(edited, {}, before);
        expect(reused && factsOf(reused)).toEqual(fresh && factsOf(fresh));
        expect(reused && spansOf(reused)).toEqual(fresh && spansOf(fresh));
      }),
      { numRuns: 100 },
    );
  });
});
