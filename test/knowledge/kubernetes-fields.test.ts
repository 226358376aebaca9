import { join } from "node:path";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { deprecatedApis } from "../../server/src/knowledge/deprecated-apis.ts";
import {
  type FieldType,
  fieldsOf,
  fieldType,
  firstRelease,
  kindsOf,
  knownVersions,
  requiredOf,
  shapeOfKind,
} from "../../server/src/knowledge/kubernetes-fields/index.ts";
import { firstReleases, newerFields } from "../../server/src/knowledge/kubernetes-fields/releases.ts";
import { shapes } from "../../server/src/knowledge/kubernetes-fields/shapes.ts";
import { filledIn, otherNames, toldValues } from "../../server/src/knowledge/kubernetes-fields/values.ts";
import { fieldProblems } from "../../server/src/languages/kubernetes/fields.ts";
import { parseManifest } from "../../server/src/languages/kubernetes/index.ts";
import { parseYaml } from "../../server/src/languages/yaml/parse.ts";
import { root, textOf } from "../project/files.ts";

describe("the table of Kubernetes' fields", () => {
  it("is what the script makes of the package", async () => {
    const script: unknown = await import(join(root, "scripts/kubernetes-fields.mjs"));
    expect(isScript(script)).toBe(true);
    if (!isScript(script)) return;
    expect(script.fieldTable(), "run `node scripts/kubernetes-fields.mjs`").toBe(textOf(script.target));
  });

  it("has the kinds that people write, and what each asks for", () => {
    expect(knownVersions().length).toBeGreaterThan(35);
    expect(kindsOf("apps/v1")).toEqual(
      expect.arrayContaining(["Deployment", "StatefulSet", "DaemonSet", "ReplicaSet"]),
    );
    expect(kindsOf("example.com/v1")).toBeUndefined();
    expect(shapeOfKind("v1", "Deployment")).toBeUndefined();
    expect(requiredOf("DeploymentSpec")).toEqual(["selector", "template"]);
    expect(requiredOf("Container")).toEqual(["name"]);
    expect(fieldType("PodSpec", "containers")).toEqual({ type: "list", of: { type: "shape", shape: "Container" } });
    expect(fieldType("ServicePort", "targetPort")).toEqual({ type: "port" });
    expect(fieldType("ResourceRequirements", "limits")).toEqual({ type: "map", of: { type: "quantity" } });
    expect(firstRelease("Container", "resizePolicy")).toBe("1.27");
    expect(firstRelease("Container", "image")).toBeUndefined();
  });

  it("finds a field by its whole name alone, whatever a key of YAML may be", () => {
    const odd = ["", " ", "image:string", "name!", "image:string name", "__proto__", "constructor", "mage", "imag"];
    expect(odd.filter((key) => fieldType("Container", key) !== undefined)).toEqual([]);
    fc.assert(
      fc.property(fc.constantFrom(...Object.keys(shapes)), fc.string(), (shape, key) => {
        expect(fieldType(shape, key) !== undefined).toBe(
          fieldsOf(shape).includes(key) || (newerFields[shape] ?? "").includes(` ${key}:`),
        );
      }),
    );
  });

  it("names no shape and no field that is not there", () => {
    const missing = Object.keys(shapes).flatMap((shape) =>
      fieldsOf(shape).flatMap((field) => {
        const inner = shapeIn(fieldType(shape, field));
        return inner === undefined || Object.hasOwn(shapes, inner) ? [] : [`${shape}.${field}: ${inner}`];
      }),
    );
    expect(missing).toEqual([]);
    const told = [...Object.keys(toldValues), ...filledIn];
    expect(told.filter((name) => !hasField(name) && !/^PriorityClass|^StatefulSetSpec@/.test(name))).toEqual([]);
    const since = Object.entries(firstReleases).flatMap(([shape, fields]) =>
      [...fields.matchAll(/(\S+):\S+/g)].map((field) => `${shape}.${field[1] ?? ""}`),
    );
    expect(since.filter((name) => !hasField(name))).toEqual([]);
    const others = Object.entries(otherNames).map(
      ([name, field]) => `${name.split(".")[0] ?? ""}.${field.split(".")[0] ?? ""}`,
    );
    expect(others.filter((name) => !hasField(name))).toEqual([]);
    expect(Object.keys(otherNames).filter(hasField), "other names that are fields").toEqual([]);
  });

  it("has what replaces each deprecated version, the newest and the alpha ones aside", () => {
    const newer = new Set(["certificates.k8s.io/v1", "storagemigration.k8s.io/v1"]);
    const unknown = deprecatedApis.filter(
      ({ replacement, kind }) =>
        replacement !== undefined && !newer.has(replacement) && kindsOf(replacement)?.includes(kind) !== true,
    );
    expect(unknown).toEqual([]);
  });
});

/** What fits a type and what does not, as it would be written behind a key. */
const samples: Readonly<Record<string, { readonly right: readonly string[]; readonly wrong: readonly string[] }>> = {
  string: {
    right: [
      "text",
      '"8080"',
      "'true'",
      "2024-05-01",
      "12:30",
      "1.2.3",
      "",
      "~",
      "null",
      "${X}",
      "08x",
      "|-\n        a",
    ],
    wrong: ["8080", "1.5", "true", "yes", "off", "0x1F", "1_000", "1e3", "[]", "{}", ".5", "0o17", "True"],
  },
  int: {
    right: ["8080", "0", "-1", "0644", "0x1F", "1_000", "1e3", "2.0", "", "${X}", "$(X)"],
    wrong: ['"8080"', "text", "1.5", "true", "[1]", "{ a: 1 }", "80Mi"],
  },
  bool: { right: ["true", "False", "yes", "off", "n", "", "${X}"], wrong: ['"true"', "1", "text", "[]"] },
  port: { right: ["8080", "http", "25%", '"http"', ""], wrong: ['"8080"', "true", "1.5", "[]", "{}"] },
  quantity: { right: ["1", "1.5", "512Mi", '"1"', "100m"], wrong: ["true", "[]", "{}"] },
  time: { right: ["2024-05-01T00:00:00Z", '"2024-05-01T00:00:00Z"', "null"], wrong: ["2024", "true", "{}"] },
};

/** A field of each type, in an object of its own. */
const places: Readonly<Record<string, (value: string) => string>> = {
  string: (value) => `apiVersion: v1\nkind: Service\nmetadata: { name: a }\nspec:\n  clusterIP: ${value}\n`,
  int: (value) => `apiVersion: v1\nkind: Service\nmetadata: { name: a }\nspec:\n  healthCheckNodePort: ${value}\n`,
  bool: (value) =>
    `apiVersion: v1\nkind: Service\nmetadata: { name: a }\nspec:\n  publishNotReadyAddresses: ${value}\n`,
  port: (value) =>
    `apiVersion: policy/v1\nkind: PodDisruptionBudget\nmetadata: { name: a }\nspec:\n  minAvailable: ${value}\n`,
  quantity: (value) =>
    `apiVersion: v1\nkind: ResourceQuota\nmetadata: { name: a }\nspec:\n  hard:\n    cpu: ${value}\n`,
  time: (value) => `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n  creationTimestamp: ${value}\n`,
};

describe("what fits a field", () => {
  for (const [type, { right, wrong }] of Object.entries(samples)) {
    for (const value of right)
      it(`${type} takes ${JSON.stringify(value)}`, () => expect(problemsAt(type, value)).toEqual([]));
    for (const value of wrong) {
      it(`${type} does not take ${JSON.stringify(value)}`, () =>
        expect(problemsAt(type, value)).toEqual(["wrong-type"]));
    }
  }

  it("string takes any text in quotes and no number without them, int the reverse", () => {
    fc.assert(
      fc.property(fc.string(), fc.integer(), (text, number) => {
        expect(problemsAt("string", JSON.stringify(text))).toEqual([]);
        expect(problemsAt("string", String(number))).toEqual(["wrong-type"]);
        expect(problemsAt("int", String(number))).toEqual([]);
        expect(problemsAt("int", JSON.stringify(String(number)))).toEqual(["wrong-type"]);
      }),
    );
  });

  it("throws at nothing that may stand behind a key", () => {
    fc.assert(
      fc.property(fc.constantFrom(...Object.keys(places)), fc.string(), (type, value) => {
        expect(() => problemsAt(type, value)).not.toThrow();
      }),
    );
  });
});

function problemsAt(type: string, value: string): readonly string[] {
  const text = places[type]?.(value) ?? "";
  return fieldProblems(parseManifest(parseYaml(text), "a.yaml")).map((problem) => problem.type);
}

function hasField(name: string): boolean {
  const dot = name.lastIndexOf(".");
  return fieldType(name.slice(0, dot), name.slice(dot + 1)) !== undefined;
}

function shapeIn(type: FieldType | undefined): string | undefined {
  if (type === undefined) return undefined;
  if (type.type === "list" || type.type === "map") return shapeIn(type.of);
  return type.type === "shape" ? type.shape : undefined;
}

interface Script {
  readonly target: string;
  fieldTable(): string;
}

function isScript(value: unknown): value is Script {
  return typeof value === "object" && value !== null && "fieldTable" in value && "target" in value;
}
