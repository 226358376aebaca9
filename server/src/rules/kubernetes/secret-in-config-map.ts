import { defineRule } from "../../engine/rule.ts";
import { knownToken } from "../../knowledge/secrets.ts";
import { partOf } from "../../languages/scalar-place.ts";
import type { YamlScalar } from "../../languages/yaml/node.ts";
import { isUnknown, isUnknownText } from "../../languages/yaml/path.ts";
import type { Span } from "../../text/span.ts";
import { literalSecret, plainSecretWhy } from "../shared/literal-secret.ts";
import { dataOf, isConfigMap, isEncrypted } from "./shared/secret-data.ts";

function map(value: string): string {
  return `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: api\ndata:\n  LOG_LEVEL: info\n${value}`;
}

export default defineRule("kubernetes", {
  slug: "secret-in-config-map",
  summary: "A ConfigMap holds a password, key or token.",
  why: `${plainSecretWhy}

In the cluster, too, ConfigMaps are what everybody may read: roles for viewers hold them and leave Secrets out, and they are not encrypted at rest where Secrets are. Put the
value into a Secret, filled by a tool of your choice (Sealed Secrets, External Secrets, SOPS), and have the configuration refer to a variable or a file.`,
  category: "secrets",
  severity: "warning",
  preset: "recommended",
  since: "0.1.0",
  aliases: ["polaris:sensitiveConfigmapContent", "trivy:KSV-0109", "trivy:KSV-01010", "kubescape:C-0012"],
  references: [
    "https://kubernetes.io/docs/concepts/configuration/configmap/",
    "https://kubernetes.io/docs/concepts/security/secrets-good-practices/",
  ],
  fix: null,
  examples: [{ bad: map("  DB_PASSWORD: tide-and-current-42\n"), good: map(""), fixed: false }],
  *check(model) {
    const { text } = model.document;
    for (const resource of model.resources) {
      if (!isConfigMap(resource) || isEncrypted(resource)) continue;
      for (const { entry, value, encoded } of dataOf(resource)) {
        if (encoded) continue;
        for (const { what, name, at } of secretsIn(entry.key, value, text)) {
          yield {
            at,
            message: `${name === undefined ? `\`${entry.key}\`` : `\`${name}\``} holds ${what} in plain text, and whoever may read ConfigMaps can read it: keep it in a Secret.`,
          };
        }
      }
    }
  },
});

interface Found {
  readonly what: string;
  readonly name?: string;
  readonly at: Span;
}

function secretsIn(key: string, value: YamlScalar, text: string): readonly Found[] {
  if (!value.text.includes("\n")) {
    const line = isUnknown(value, "kubernetes") ? undefined : literalSecret(key, value.text);
    if (line !== undefined) return [{ what: line, at: partOf(text, value, 0, value.text.length) }];
  }
  // Programs mention many things called token or password; only files of settings are read line by line.
  const settings =
    !/\.(?:sh|bash|py|js|mjs|cjs|ts|lua|go|rb|pl|php|java|groovy|sql|md|txt|html?|css|tmpl|tpl|rego|jq|json)$/i.test(
      key,
    );
  const found: Found[] = [];
  for (const { line, start } of linesOf(value.text)) {
    const token = isUnknownText(line, "kubernetes") ? undefined : knownToken(line);
    if (token !== undefined) {
      found.push({ what: token.what, at: partOf(text, value, start + token.at.start, start + token.at.end) });
      continue;
    }
    const setting = settings ? assignment.exec(line) : null;
    const [, name = "", assigned = ""] = setting ?? [];
    if (setting === null || isUnknownText(assigned, "kubernetes")) continue;
    const what = literalSecret(name, assigned);
    // What is only told by its name may also be computed, or refer to something else.
    if (what === undefined || (what === "a secret" && (assigned.length < 4 || calls.test(assigned)))) continue;
    const from = start + line.lastIndexOf(assigned);
    found.push({ what, name, at: partOf(text, value, from, from + assigned.length) });
  }
  return found;
}

/** `NAME=value`, `name: value`, `"name" = "value"`, and nothing else in the line. */
const assignment = /^\s*(?:export\s+|set\s+)?["']?([A-Za-z_][\w.-]*)["']?\s*[:=]\s*["']?([^\s"'#;,]+)["']?\s*[,;]?\s*$/;

/** A value that something computes, or that refers to something else. */
const calls = /[(){}$<>[\]%@|\\*&]|^(?:env|file|vault|secret|ref)[:.+]|::/i;

function* linesOf(text: string): Iterable<{ readonly line: string; readonly start: number }> {
  let start = 0;
  for (const line of text.split("\n")) {
    yield { line, start };
    start += line.length + 1;
  }
}
