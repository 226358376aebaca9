import { newestKubernetes } from "../knowledge/deprecated-apis.ts";
import type { OptionSpec, Rule } from "../engine/rule.ts";
import { helpUrl } from "./help-url.ts";

/** A piece of JSON. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

const severities = ["off", "on", "error", "warning", "info", "hint"];
const presets = ["minimal", "recommended", "strict", "all"];

/** The JSON schema of `.seaworthy.yaml` and `.seaworthy.json`. */
export function configSchema(rules: readonly Rule[]): Json {
  const strings = { type: "array", items: { type: "string" } };
  const preset = {
    description: "Which rules are on, each preset with those of the ones before it.",
    enum: presets,
    default: "recommended",
  };
  const dialect = {
    description:
      "Which command reads the Compose files: `docker compose` or `docker stack deploy`. Their names and keys tell where nobody says.",
    enum: ["compose", "stack"],
  };
  const kubernetes = {
    description:
      'The Kubernetes release that the manifests are for, such as `"1.31"`; the newest one where nobody says.',
    type: "string",
    pattern: "^v?1\\.[0-9]+(\\.[0-9]+)?$",
    examples: [newestKubernetes],
  };
  return {
    $schema: "http://json-schema.org/draft-07/schema#",
    title: "Seaworthy",
    description: "What Seaworthy reports for the files of this folder and the folders below.",
    type: "object",
    additionalProperties: false,
    properties: {
      $schema: { type: "string" },
      preset,
      rules: { $ref: "#/definitions/rules" },
      overrides: {
        description: "What is different for some files; the later override wins.",
        type: "array",
        items: {
          type: "object",
          additionalProperties: false,
          required: ["files"],
          properties: {
            files: { ...strings, description: "Globs, relative to this file." },
            preset,
            rules: { $ref: "#/definitions/rules" },
            dialect,
            kubernetes,
          },
        },
      },
      exclude: { ...strings, description: "Globs of files that are not checked, relative to this file." },
      "fail-on": {
        description: "From which severity on `seaworthy check` exits with 1.",
        enum: ["error", "warning", "info", "hint", "never"],
        default: "warning",
      },
      "ignore-comments": {
        description: "Whether comments and annotations in files silence findings.",
        type: "boolean",
        default: true,
      },
      dialect,
      kubernetes,
    },
    definitions: {
      rules: {
        description: "A rule's id (or slug, or another tool's code for it) and its severity or options.",
        type: "object",
        properties: Object.fromEntries(rules.map((rule) => [rule.id, ruleSchema(rule)])),
        additionalProperties: anySetting(),
      },
    },
  };
}

/** The schema of the editor's setting `seaworthy.rules`. */
export function rulesSetting(rules: readonly Rule[]): Json {
  return {
    type: "object",
    default: {},
    scope: "resource",
    order: 4,
    markdownDescription:
      'Rules by id, and what is asked of each: `"off"`, `"on"`, a severity, or an object with options. The nearest `.seaworthy.yaml` wins over this setting.',
    properties: Object.fromEntries(rules.map((rule) => [rule.id, ruleSchema(rule)])),
    additionalProperties: anySetting(),
  };
}

function ruleSchema(rule: Rule): Json {
  const markdownDescription = `${rule.summary} [More](${helpUrl(rule)})`;
  const severity = { type: "string", enum: severities };
  const options = Object.entries(rule.options);
  if (options.length === 0) return { ...severity, markdownDescription };
  return {
    markdownDescription,
    anyOf: [
      severity,
      {
        type: "object",
        additionalProperties: false,
        properties: {
          severity,
          ...Object.fromEntries(options.map(([name, spec]) => [name, optionSchema(spec)])),
        },
      },
    ],
  };
}

/** For a rule named by its slug or a foreign code, whose options are not known here. */
function anySetting(): Json {
  return { anyOf: [{ type: "string", enum: severities }, { type: "object" }] };
}

function optionSchema(spec: OptionSpec): Json {
  const { default: fallback, description, values } = spec;
  if (typeof fallback === "object") {
    return { description, type: "array", items: { type: "string" }, default: fallback };
  }
  const type = typeof fallback;
  return { description, type, default: fallback, ...(values === undefined ? {} : { enum: values }) };
}
