import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { parseFile } from "../../server/src/languages/index.ts";
import { linter, type OfferedRefactoring } from "../../server/src/linter.ts";
import { applyEdits } from "../../server/src/text/edit.ts";
import { createWorkspace } from "../../server/src/workspace/workspace.ts";
import { exampleName } from "../rules/case-file.ts";

/** What is offered at the service of this name, by its key. */
function offerAt(text: string, service: string, path = "compose.yaml"): OfferedRefactoring | undefined {
  const parsed = parseFile({ path, text });
  if (parsed === undefined) return undefined;
  const offset = text.indexOf(`\n  ${service}:`) + 3;
  return linter.refactorings(parsed, offset, createWorkspace().view(path))[0];
}

/** The text with all parts made. */
function hardened(text: string, service = "app", path = "compose.yaml"): string | undefined {
  const offer = offerAt(text, service, path);
  return offer === undefined
    ? undefined
    : applyEdits(
        text,
        offer.parts.flatMap(({ edits }) => edits),
      );
}

/** A document with one service, `lines` indented among themselves. */
function serviceWith(...lines: readonly string[]): string {
  return `services:\n  app:\n${lines.map((line) => `    ${line}\n`).join("")}`;
}

const usual = [
  "cap_add:",
  "  - CHOWN",
  "  - DAC_OVERRIDE",
  "  - FOWNER",
  "  - KILL",
  "  - NET_BIND_SERVICE",
  "  - SETGID",
  "  - SETUID",
];

describe("a service", () => {
  it("of an image nobody knows gets what usually works, to be tried", () => {
    expect(hardened(serviceWith("image: ghcr.io/acme/app:1.0 # ours"))).toBe(
      serviceWith(
        "image: ghcr.io/acme/app:1.0 # ours",
        "read_only: true",
        "tmpfs:",
        "  - /tmp",
        "cap_drop:",
        "  - ALL",
        ...usual,
        "security_opt:",
        "  - no-new-privileges:true",
        "mem_limit: 512m",
        "cpus: 1",
        "pids_limit: 512",
      ),
    );
  });

  it("of a language's image gets that image's user and an init process", () => {
    expect(hardened(serviceWith("image: node:22.14.0", "command: node a.js"))).toContain(
      "    command: node a.js\n    user: node\n    init: true\n    read_only: true\n",
    );
  });

  it("keeps what is said already, and grows the lists that are there", () => {
    const text = serviceWith(
      "image: ghcr.io/acme/app:1.0",
      'user: "1000"',
      "init: false",
      "tmpfs: /run",
      "cap_drop: [NET_RAW] # no ping",
      "security_opt:",
      "  - label:type:app_t",
      "mem_limit: 64m",
      "pids_limit: 20",
    );
    expect(hardened(text)).toBe(
      serviceWith(
        "image: ghcr.io/acme/app:1.0",
        'user: "1000"',
        "init: false",
        "tmpfs:",
        "  - /run",
        "  - /tmp",
        "cap_drop: [NET_RAW, ALL] # no ping",
        "security_opt:",
        "  - label:type:app_t",
        "  - no-new-privileges:true",
        "mem_limit: 64m",
        "pids_limit: 20",
        "read_only: true",
        "cpus: 1",
      ),
    );
  });

  it.each(["  ", ""])("grows a list that stands last in it (indented by %j)", (indent) => {
    const list = (...options: readonly string[]) => [
      "security_opt:",
      ...options.map((option) => `${indent}- ${option}`),
    ];
    const after = hardened(serviceWith("image: ghcr.io/acme/app:1.0", ...list("label:type:app_t"))) ?? "";
    expect(after).toContain(
      `${serviceWith("image: ghcr.io/acme/app:1.0", ...list("label:type:app_t", "no-new-privileges:true"))}    read_only: true\n`,
    );
  });

  it("is limited where its file has its limits", () => {
    const text = serviceWith(
      "image: ghcr.io/acme/app:1.0",
      "deploy:",
      "  resources:",
      "    limits:",
      '      cpus: "2"',
    );
    expect(hardened(text)).toContain(
      '      limits:\n          cpus: "2"\n          memory: 512M\n          pids: 512\n',
    );
  });

  it("of a stack gets what stacks know", () => {
    const text = serviceWith("image: ghcr.io/acme/app:1.0", "deploy:", "  mode: global");
    const after = hardened(text, "app", "docker-stack.yml") ?? "";
    expect(after).toContain(
      '      mode: global\n      resources:\n        limits:\n          memory: 512M\n          cpus: "1"\n          pids: 512\n',
    );
    expect(after).toContain("read_only: true");
    expect(after).toContain("volumes:\n      - type: tmpfs\n        target: /tmp\n");
    expect(after).not.toMatch(/security_opt|mem_limit|pids_limit| tmpfs:/);
  });

  it("is limited in processes only where its file's version lets it", () => {
    const text = `version: "3.8"\n${serviceWith("image: ghcr.io/acme/app:1.0", "deploy:", "  mode: global")}`;
    expect(hardened(text, "app", "docker-stack.yml")).not.toContain("pids");
  });

  it("in flow style stays in flow style", () => {
    expect(hardened("services:\n  app: { image: postgres:17 } # db\n")).toBe(
      'services:\n  app: { image: postgres:17, read_only: true, tmpfs: ["/tmp", "/var/run/postgresql"], cap_drop: ["ALL"], cap_add: ["CHOWN", "DAC_OVERRIDE", "FOWNER", "SETGID", "SETUID"], security_opt: ["no-new-privileges:true"], mem_limit: 1g, cpus: 2, pids_limit: 1024 } # db\n',
    );
  });

  it("keeps the line endings of its file", () => {
    const text = serviceWith("image: ghcr.io/acme/app:1.0", "restart: always").replaceAll("\n", "\r\n");
    const after = hardened(text) ?? "";
    expect(after).toContain("read_only: true\r\n");
    expect(after.replaceAll("\r\n", "")).not.toContain("\n");
  });

  it("has a part for each thing, which can be made without the others", () => {
    const text = serviceWith("image: nginx:1.27");
    const parts = offerAt(text, "app")?.parts ?? [];
    expect(parts.length).toBeGreaterThan(4);
    for (const { title, edits } of parts) {
      const after = applyEdits(text, edits);
      expect(after, title).toBeDefined();
      expect(() => parse(after ?? "{", { logLevel: "silent" }) as unknown, title).not.toThrow();
      expect(title).toMatch(/\(.+\)$/);
    }
  });
});

describe("nothing is offered", () => {
  it.each([
    ["where others merge what is written", "services:\n  app: &app\n    image: a:1\n  b:\n    <<: *app\n"],
    ["where others extend it", "services:\n  app:\n    image: a:1\n  b:\n    extends: app\n"],
    [
      "where others extend it, in the long form",
      "services:\n  app:\n    image: a:1\n  b:\n    extends:\n      service: app\n",
    ],
    ["where the service is an alias", "x-app: &app\n  image: a:1\nservices:\n  app: *app\n"],
    ["where it is privileged", "services:\n  app:\n    image: a:1\n    privileged: true\n"],
    ["where a variable decides whether it is", "services:\n  app:\n    image: a:1\n    privileged: ${PRIVILEGED}\n"],
  ])("%s", (_, text) => {
    expect(offerAt(text, "app")).toBeUndefined();
  });

  it("for lists and maps that come from elsewhere", () => {
    const text =
      "x-base: &base\n  security_opt: [label:type:a]\n  cap_drop: [NET_RAW]\n  tmpfs: [/run]\n  deploy:\n    replicas: 2\n    resources: {}\n" +
      "services:\n  app:\n    <<: *base\n    image: ghcr.io/acme/app:1.0\n";
    expect(offerAt(text, "app")).toBeUndefined();
  });
});

describe("the examples of the rules", () => {
  const texts = linter.rules
    .filter(({ kind }) => kind === "compose")
    .flatMap((rule) =>
      rule.examples.flatMap((example) =>
        [example.bad, example.good].map((text) => ({ text, path: example.path ?? exampleName(rule, text) })),
      ),
    );

  it("differ by the keys that were added, and there is nothing left to add", () => {
    let offers = 0;
    for (const { text, path } of texts) {
      const parsed = parseFile({ path, text });
      if (parsed?.kind !== "compose" || parsed.units.some(({ model }) => model.problems.length > 0)) continue;
      for (const name of Object.keys(servicesIn(text))) {
        const after = hardened(text, name, path);
        if (after === undefined) continue;
        offers += 1;
        expectAdded(servicesIn(text), servicesIn(after), name);
        expect(offerAt(after, name, path), after).toBeUndefined();
      }
    }
    expect(offers).toBeGreaterThan(50);
  });
});

function servicesIn(text: string): Readonly<Record<string, unknown>> {
  const root: unknown = parse(text, { merge: true, logLevel: "silent" });
  return recordOf(recordOf(root)["services"]);
}

const keys = new Set([
  "user",
  "init",
  "read_only",
  "tmpfs",
  "cap_drop",
  "cap_add",
  "security_opt",
  "mem_limit",
  "cpus",
  "pids_limit",
  "deploy",
]);

/** Other services stay as they are; of this one only the keys that harden it may be new or have grown. */
function expectAdded(
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
  name: string,
): void {
  expect(Object.keys(after)).toEqual(Object.keys(before));
  for (const [other, value] of Object.entries(after)) if (other !== name) expect(value).toEqual(before[other]);
  const old = recordOf(before[name]);
  const grown = recordOf(after[name]);
  for (const key of Object.keys(old)) expect(Object.keys(grown)).toContain(key);
  for (const [key, value] of Object.entries(grown)) {
    // In a stack the folders in memory are mounts, put behind those that were there.
    if (key === "volumes") expect(listOf(value).slice(0, listOf(old[key]).length)).toEqual(listOf(old[key]));
    else if (!keys.has(key)) expect(value, key).toEqual(old[key]);
  }
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? Object.fromEntries(Object.entries(value)) : {};
}
