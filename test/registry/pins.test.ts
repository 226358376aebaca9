import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseFile, type ParsedFile } from "../../server/src/languages/index.ts";
import { isOfKind } from "../../server/src/languages/index.ts";
import type { YamlNode } from "../../server/src/languages/yaml/node.ts";
import { pinEdit, pinPlaces, pinState, pinTargets, retagEdit } from "../../server/src/registry/pins.ts";
import { parseImageReference, pinnedText } from "../../server/src/languages/image/index.ts";
import { applyEdits } from "../../server/src/text/edit.ts";

const one = `sha256:${"1".repeat(64)}`;
const two = `sha256:${"2".repeat(64)}`;

function parsed(path: string, text: string): ParsedFile {
  const file = parseFile({ path, text });
  if (file === undefined) throw new Error(`${path} is none of ours`);
  return file;
}

function texts(path: string, text: string): readonly string[] {
  return pinTargets(parsed(path, text)).map(({ reference }) => reference.text);
}

/** The file with all its targets pinned. */
function pinned(path: string, text: string, digest = one): string {
  const file = parsed(path, text);
  const edits = pinTargets(file).flatMap((target) => pinEdit(file, target, digest) ?? []);
  return applyEdits(text, edits) ?? "edits overlap";
}

describe("what can be pinned", () => {
  test("in a Dockerfile: bases, other images of COPY and RUN, and the frontend", () => {
    const text = `# syntax=docker/dockerfile:1
ARG NODE=node:22
FROM --platform=linux/amd64 golang:1.23 AS build
RUN --mount=from=busybox:1.36,target=/b --mount=type=cache,target=/c true
COPY --from=ghcr.io/acme/tool:2 /tool /tool
COPY --from=build /a /a
COPY --from=0 /b /b
COPY --from=context /c /c
FROM build AS test
FROM $NODE
FROM node:\${TAG:-22}
FROM scratch
RUN <<EOT
FROM alpine:3.20
EOT
FROM "alpine:3.20"
`;
    expect(texts("Dockerfile", text)).toEqual([
      "docker/dockerfile:1",
      "golang:1.23",
      "busybox:1.36",
      "ghcr.io/acme/tool:2",
      "alpine:3.20",
    ]);
    expect(pinTargets(parsed("Dockerfile", text)).map(({ role, owner }) => [role, owner])).toEqual([
      ["frontend", undefined],
      ["base", "build"],
      ["mount-source", "build"],
      ["copy-source", "build"],
      ["base", undefined],
    ]);
  });

  test("in a Compose file: services that build nothing, and volumes of images", () => {
    const text = `services:
  web:
    image: 'nginx:1.27'
    volumes:
      - type: image
        source: ghcr.io/acme/assets:3
        target: /assets
  app:
    build: .
    image: acme/app:1
  worker:
    image: acme/app:1
  variable:
    image: redis:\${REDIS:-7}
  folded:
    image: >-
      redis:7
  escaped:
    image: "redis\\u003a7"
  cache: { image: "redis:7", restart: always }
`;
    expect(texts("compose.yaml", text)).toEqual(["nginx:1.27", "ghcr.io/acme/assets:3", "redis:7"]);
  });

  test("in manifests: containers of every kind and image volumes, of each document and each item of a list", () => {
    const pod = (name: string, spec: string) => `apiVersion: v1\nkind: Pod\nmetadata: {name: ${name}}\nspec:\n${spec}`;
    const text = `${pod(
      "a",
      `  initContainers: [{name: i, image: busybox:1.36}]
  containers:
    - name: c
      image: "nginx:1.27" # comment
    - {name: h, image: "{{ .Values.image }}"}
  ephemeralContainers:
    - name: e
      image: alpine
  volumes:
    - name: v
      image: {reference: ghcr.io/acme/data:1}
`,
    )}---
apiVersion: v1
kind: List
items:
  - apiVersion: apps/v1
    kind: Deployment
    metadata: {name: d}
    spec:
      template:
        spec:
          containers: [{name: d, image: redis:7}]
---
apiVersion: argoproj.io/v1alpha1
kind: Rollout
metadata: {name: r}
spec: {template: {spec: {containers: [{name: r, image: "ghcr.io/acme/web:3"}]}}}
---
apiVersion: batch/v1
kind: CronJob
metadata: {name: j}
spec:
  jobTemplate: {spec: {template: {spec: {containers: [{name: j, image: quay.io/acme/job:5}]}}}}
`;
    expect(texts("all.yaml", text)).toEqual([
      "busybox:1.36",
      "nginx:1.27",
      "alpine",
      "ghcr.io/acme/data:1",
      "redis:7",
      "ghcr.io/acme/web:3",
      "quay.io/acme/job:5",
    ]);
  });

  test("the text at an anchor, once for all its aliases", () => {
    const text = `x-image: &image node:22
services:
  a: {image: *image}
  b: {image: *image}
  c: &c
    image: &other redis:7
  d:
    <<: *c
  e:
    image: *other
`;
    expect(texts("compose.yaml", text)).toEqual(["node:22", "redis:7"]);
    expect(pinned("compose.yaml", text)).toContain(`x-image: &image node:22@${one}\nservices:\n  a: {image: *image}`);
  });

  test("not a text that an alias puts elsewhere, too", () => {
    const text = `services:
  a:
    image: &image node:22
    environment: {BASE: *image}
`;
    expect(texts("compose.yaml", text)).toEqual([]);
  });

  test("not what is never pulled", () => {
    const compose = `services:
  a: {image: "app:dev", pull_policy: never}
  b: {image: "redis:7", pull_policy: always}
  c: &c {image: "node:22", pull_policy: build}
  d:
    <<: *c
    pull_policy: missing
`;
    expect(texts("compose.yaml", compose)).toEqual(["redis:7", "node:22"]);
    const pod = `apiVersion: v1
kind: Pod
metadata: {name: a}
spec:
  containers:
    - {name: a, image: "app:dev", imagePullPolicy: Never}
    - {name: b, image: "redis:7", imagePullPolicy: IfNotPresent}
`;
    expect(texts("pod.yaml", pod)).toEqual(["redis:7"]);
    expect(pinPlaces(parsed("pod.yaml", pod)).fixed).toMatchObject([{ text: "app:dev", because: "local" }]);
  });

  test("not the name of a build context that is handed to the build", () => {
    const file = parsed("Dockerfile", "FROM base\nFROM alpine:3.20\nFROM node:latest\nFROM node:22\n");
    const contexts = new Set(["base", "alpine:3.20", "node"]);
    expect(pinTargets(file, { contexts }).map(({ reference }) => reference.text)).toEqual(["node:22"]);
  });
});

describe("pinning", () => {
  test.each([
    ["node:22-alpine", `node:22-alpine@${one}`],
    ["node", `node:latest@${one}`],
    ["docker.io/library/node:22", `docker.io/library/node:22@${one}`],
    ["index.docker.io/node", `index.docker.io/node:latest@${one}`],
    ["localhost:5000/app", `localhost:5000/app:latest@${one}`],
    [`ghcr.io/acme/app:1@${two}`, `ghcr.io/acme/app:1@${one}`],
  ])("%s is written %s", (text, expected) => {
    const reference = parseImageReference(text);
    expect(reference && pinnedText(reference, one)).toBe(expected);
    expect(pinned("Dockerfile", `FROM ${text} AS a\n`)).toBe(`FROM ${expected} AS a\n`);
  });

  test("an update touches the digest alone", () => {
    const file = parsed("Dockerfile", `FROM node:22@${two}\n`);
    const [target] = pinTargets(file);
    expect(target && pinEdit(file, target, one)).toEqual({
      span: { start: 12, end: 12 + 1 + one.length },
      text: `@${one}`,
    });
  });

  test("a digest alone is neither pinned nor updated, nor what is up to date", () => {
    for (const text of [`FROM node@${two}\n`, `FROM node:22@${one}\n`]) {
      const file = parsed("Dockerfile", text);
      const targets = pinTargets(file);
      expect(targets).toHaveLength(1);
      expect(targets.flatMap((target) => pinEdit(file, target, one) ?? [])).toEqual([]);
    }
    const states = ["node", `node@${one}`, `node:22@${one}`].map((text) => {
      const reference = parseImageReference(text);
      return reference && pinState(reference);
    });
    expect(states).toEqual(["tag", "digest", "pinned"]);
  });

  test("refuses what is no digest, and a file that has changed", () => {
    const before = parsed("Dockerfile", "FROM node:22\n");
    const after = parsed("Dockerfile", "# new\nFROM node:22\n");
    const [target] = pinTargets(before);
    if (target === undefined) throw new Error("no target");
    for (const digest of ["", "sha256:12", `md5:${"1".repeat(32)}`, `${one}\nRUN evil`]) {
      expect(pinEdit(before, target, digest)).toBeUndefined();
    }
    expect(pinEdit(before, target, one)).toBeDefined();
    expect(pinEdit(after, target, one)).toBeUndefined();
    expect(retagEdit(after, target, "24")).toBeUndefined();
  });
});

describe("another tag", () => {
  function retagged(text: string, tag: string, digest?: string): string | undefined {
    const file = parsed("Dockerfile", `FROM ${text}\n`);
    const [target] = pinTargets(file);
    const edit = target && retagEdit(file, target, tag, digest);
    return edit && applyEdits(file.file.text, [edit]);
  }

  test.each([
    ["postgres:latest", undefined, "FROM postgres:17.2\n"],
    ["postgres", undefined, "FROM postgres:17.2\n"],
    [`postgres:16@${two}`, undefined, "FROM postgres:17.2\n"],
    [`postgres:16@${two}`, one, `FROM postgres:17.2@${one}\n`],
    [`localhost:5000/postgres@${two}`, one, `FROM localhost:5000/postgres:17.2@${one}\n`],
  ])("%s with digest %s", (text, digest, expected) => {
    expect(retagged(text, "17.2", digest)).toBe(expected);
  });

  test("refuses what is no tag or digest, and what changes nothing", () => {
    for (const tag of ["", "a b", "-x", `1@${one}`, "1\nRUN evil", "x".repeat(129)]) {
      expect(retagged("node:22", tag)).toBeUndefined();
    }
    expect(retagged("node:22", "24", "sha256:12")).toBeUndefined();
    expect(retagged("node:22", "22")).toBeUndefined();
  });
});

describe("a kustomization", () => {
  const kustomization = (images: string) => `resources: [a.yaml]\nimages:\n${images}`;

  function edited(images: string, tag: string | undefined, digest: string | undefined): readonly string[] {
    const file = parsed("kustomization.yaml", kustomization(images));
    return pinTargets(file).map((target) => {
      const edit = tag === undefined ? digest && pinEdit(file, target, digest) : retagEdit(file, target, tag, digest);
      return (edit && applyEdits(file.file.text, [edit])) || "refused";
    });
  }

  test("names the images of entries with a tag", () => {
    const images = `  - name: nginx
    newTag: "1.27"
  - {name: app, newName: ghcr.io/acme/app, newTag: 1.10, digest: ${two}}
  - name: only/renamed
    newName: other/name
  - {name: only/digest, digest: ${two}}
  - {name: variable, newTag: "\${TAG}"}
`;
    const targets = pinTargets(parsed("kustomization.yaml", kustomization(images)));
    expect(targets.map(({ reference, overlay }) => [reference.text, overlay])).toEqual([
      ["nginx:1.27", true],
      [`ghcr.io/acme/app:1.10@${two}`, true],
    ]);
  });

  test("gets digests beside its tags", () => {
    const images = `  - name: nginx # ours\n    newTag: "1.27" # from staging\n  - {name: app, newTag: "2", digest: ${two}}\n`;
    const after = (first: string, second: string) => kustomization(first + second);
    const [nginx = "", app = ""] = images.split(/(?<=staging\n)/);
    expect(edited(images, undefined, one)).toEqual([
      after(`${nginx}    digest: ${one}\n`, app),
      after(nginx, app.replace(two, one)),
    ]);
    expect(edited(images, "3", undefined)).toEqual([
      after(nginx.replace("1.27", "3"), app),
      after(nginx, '  - {name: app, newTag: "3"}\n'),
    ]);
    expect(edited(images, "3", one)).toEqual([
      after(nginx.replace('"1.27" # from staging\n', `"3" # from staging\n    digest: ${one}\n`), app),
      after(nginx, `  - {name: app, newTag: "3", digest: ${one}}\n`),
    ]);
  });

  test("keeps a new tag a text", () => {
    const [text = ""] = edited("  - name: nginx\n    newTag: stable\n", "1.10", undefined);
    expect(pinTargets(parsed("kustomization.yaml", text)).map(({ reference }) => reference.text)).toEqual([
      "nginx:1.10",
    ]);
    expect(text).toMatch(/newTag: ["']1\.10["']/);
  });
});

describe("the rest of the file stays what it was", () => {
  const images = ["node", "node:22", "ghcr.io/acme/app:1.2", "localhost:5000/a/b", `redis:7@${two}`, `redis@${two}`];
  const image = fc.constantFrom(...images);
  const comment = fc.constantFrom("", " # node:22", " # *image &image");

  const dockerfile = fc
    .array(
      fc.oneof(
        image.map((name) => `FROM ${name}`),
        image.map((name) => `FROM --platform=$BUILDPLATFORM \\\n  # a comment\n  ${name} \\\n  AS stage`),
        image.map((name) => `COPY --from=${name} --chown=1:1 /a /b`),
        image.map((name) => `RUN --mount=type=bind,from=${name},target=/x echo ${name} > /x`),
        image.map((name) => `RUN <<EOT\nFROM ${name}\nEOT`),
        image.map((name) => `COPY <<A <<"B" /x/\nFROM ${name}\nA\nCOPY --from=${name} / /\nB`),
        image.map((name) => `ONBUILD COPY --from=${name} /a /b`),
        image.map((name) => `ENV IMAGE="${name}"`),
        image.map((name) => `# FROM ${name}`),
        fc.constant("ARG IMAGE=node:22\n"),
      ),
      { minLength: 1, maxLength: 8 },
    )
    .chain((lines) =>
      fc
        .tuple(
          fc.constantFrom("", "# escape=\\\n", "#syntax=docker/dockerfile:1.7\n", "# syntax = docker/dockerfile  \n"),
          image,
        )
        .map(([directive, base]) => `${directive}FROM ${base} AS first\n${lines.join("\n")}\n`),
    );

  const scalar = fc.tuple(image, fc.constantFrom("plain", "single", "double", "block"), comment).map(
    ([name, style, behind]) =>
      ({
        plain: `${name}${behind}`,
        single: `'${name}'${behind}`,
        double: `"${name}"${behind}`,
        block: `>-\n        ${name}`,
      })[style] ?? name,
  );
  const service = fc.oneof(
    scalar.map((written) => `    image: ${written}\n    command: ["run", "node:22"]\n`),
    scalar.map((written) => `    build: .\n    image: ${written}\n`),
    image.map((name) => `    image: !!str ${name}\n    environment: {IMAGE: "${name}"}\n`),
    image.map((name) => `    <<: {image: "${name}"}\n    labels: [ "node:22" ]\n`),
    fc.constant("    image: *shared\n"),
  );
  const compose = fc
    .array(service, { minLength: 1, maxLength: 5 })
    .map(
      (services) =>
        `x-image: &shared node:20\nservices:\n${services.map((text, index) => `  s${index}:\n${text}`).join("")}`,
    );

  const container = fc.oneof(
    scalar.map((written) => `      - name: c\n        image: ${written.replace("\n        ", "\n          ")}\n`),
    image.map((name) => `      - {"name": "c", "image": "${name}", args: [node:22]}\n`),
    image.map((name) => `      - image: ${name}\n        name: c\n        env: [{name: IMAGE, value: ${name}}]\n`),
  );
  const manifest = fc
    .array(fc.array(container, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 3 })
    .map((documents) =>
      documents
        .map(
          (containers, index) =>
            `apiVersion: v1\nkind: Pod\nmetadata:\n  name: p${index}\nspec:\n    containers:\n${containers.join("")}`,
        )
        .join("---\n"),
    );
  const json = fc.array(image, { minLength: 1, maxLength: 3 }).map((names) =>
    JSON.stringify(
      {
        apiVersion: "v1",
        kind: "Pod",
        metadata: { name: "p" },
        spec: {
          containers: names.map((name, index) => ({
            name: `c${index}`,
            image: name,
            env: [{ name: "I", value: name }],
          })),
        },
      },
      undefined,
      2,
    ),
  );

  test.each([
    ["Dockerfile", dockerfile],
    ["compose.yaml", compose],
    ["pod.yaml", manifest],
    ["pod.json", json],
  ] as const)("%s", (path, texts) => {
    fc.assert(
      fc.property(texts, fc.boolean(), fc.boolean(), (written, windows, mark) => {
        const text = (mark ? "\ufeff" : "") + (windows ? written.replaceAll("\n", "\r\n") : written);
        const before = parsed(path, text);
        const after = parsed(path, pinned(path, text));
        const targets = pinTargets(before);
        expect(pinTargets(after).map(({ reference }) => reference.text)).toEqual(
          targets.map(({ reference }) =>
            pinState(reference) === "digest" ? reference.text : pinnedText(reference, one),
          ),
        );
        // What was no target is still none, and nothing else says anything new.
        expect(without(contentOf(after))).toEqual(without(contentOf(before)));
        expect(without(after.file.text)).toEqual(without(text));
        expect(pinned(path, after.file.text)).toBe(after.file.text);
      }),
      { numRuns: 300 },
    );
  });
});

/** What a file says, as its models have it, places left out. */
function contentOf(file: ParsedFile): string {
  if (isOfKind(file, "dockerfile")) {
    return JSON.stringify(
      file.units.map(({ model }) => [
        model.directives.map(({ name, value }) => [name, value]),
        model.comments.map(({ text }) => text),
        model.problems.map(({ message }) => message),
        model.instructions.map(({ name, flags, words, heredocs, onbuild, stage }) => [
          name,
          onbuild,
          stage?.name,
          flags.map((flag) => [flag.name, flag.value]),
          words.map(({ value }) => value),
          heredocs.map(({ body }) => body),
        ]),
      ]),
    );
  }
  if (!isOfKind(file, "compose") && !isOfKind(file, "kubernetes")) return "";
  return JSON.stringify(
    file.units.map(({ model: { document } }) => [
      plain(document.root),
      document.problems.map(({ message }) => message),
      document.comments.map(({ text }) => text),
    ]),
  );
}

function plain(node: YamlNode | undefined): unknown {
  if (node?.type === "map") return node.entries.map(({ key, value }) => [key, plain(value)]);
  if (node?.type === "seq") return node.items.map(plain);
  return node?.value;
}

/** Without what pinning adds, or takes away. */
function without(text: string): string {
  return text.replace(/(?::latest)?@sha256:[12]{64}/g, "");
}
