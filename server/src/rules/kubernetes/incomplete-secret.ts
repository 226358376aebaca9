import { defineRule, type Problem } from "../../engine/rule.ts";
import type { Resource } from "../../languages/kubernetes/model.ts";
import type { YamlScalar } from "../../languages/yaml/node.ts";
import { entriesOf, isUnknown, scalarText } from "../../languages/yaml/path.ts";
import { decodeBase64 } from "../../text/base64.ts";
import { dataOf, isEncrypted, isSecret } from "./shared/secret-data.ts";
import { quotedList } from "./shared/quoted-list.ts";

const head = "apiVersion: v1\nkind: Secret\nmetadata:\n  name: shop-tls\ntype: kubernetes.io/tls\nstringData:\n";

export default defineRule("kubernetes", {
  slug: "incomplete-secret",
  summary: "A Secret lacks a key that its type asks for, or holds something else there.",
  why: `A Secret with one of Kubernetes' own types has to hold what the type says: \`tls.crt\` and \`tls.key\`, a \`.dockerconfigjson\` that is JSON, \`ssh-privatekey\`. The API server
refuses it otherwise. Where something fills it in later, have that make the Secret, or write the keys with empty values.`,
  category: "correctness",
  severity: "error",
  preset: "minimal",
  since: "0.1.0",
  aliases: [],
  references: ["https://kubernetes.io/docs/concepts/configuration/secret/#secret-types"],
  fix: null,
  keys: ["type"],
  examples: [{ bad: `${head}  tls.crt: ""\n`, good: `${head}  tls.crt: ""\n  tls.key: ""\n`, fixed: false }],
  *check(model) {
    for (const resource of model.resources) {
      if (!isSecret(resource) || resource.partial || isEncrypted(resource)) continue;
      const type = resource.get("type");
      if (type?.type !== "scalar" || isUnknown(type, "kubernetes")) continue;
      yield* missingKeys(resource, type);
      yield* brokenJson(resource);
    }
  },
});

/** Keys by type: all of a list have to be there, of `any` one. Source: validation of Secrets in the API server. */
const required: ReadonlyMap<string, { readonly all?: readonly string[]; readonly any?: readonly string[] }> = new Map([
  ["kubernetes.io/tls", { all: ["tls.crt", "tls.key"] }],
  ["kubernetes.io/dockerconfigjson", { all: [".dockerconfigjson"] }],
  ["kubernetes.io/dockercfg", { all: [".dockercfg"] }],
  ["kubernetes.io/ssh-auth", { all: ["ssh-privatekey"] }],
  ["kubernetes.io/basic-auth", { any: ["username", "password"] }],
]);

function* missingKeys(resource: Resource, type: YamlScalar): Iterable<Problem> {
  const keys = new Set(["data", "stringData"].flatMap((key) => entriesOf(resource.get(key)).map((entry) => entry.key)));
  const { all = [], any = [] } = required.get(type.text) ?? {};
  const missing = all.filter((key) => !keys.has(key));
  if (missing.length > 0) {
    yield {
      at: type.span,
      message: `A Secret of type \`${type.text}\` needs ${quotedList(missing)}, and the API server refuses it without.`,
    };
  } else if (any.length > 0 && !any.some((key) => keys.has(key))) {
    yield {
      at: type.span,
      message: `A Secret of type \`${type.text}\` needs ${quotedList(any, "or")}, and the API server refuses it without.`,
    };
  }
  if (type.text !== "kubernetes.io/service-account-token") return;
  if (resource.annotations.some(({ name }) => name === "kubernetes.io/service-account.name")) return;
  yield {
    at: type.span,
    message:
      "A token needs the annotation `kubernetes.io/service-account.name`, and the API server refuses it without.",
  };
}

function* brokenJson(resource: Resource): Iterable<Problem> {
  for (const { entry, value, encoded } of dataOf(resource)) {
    if (entry.key !== ".dockerconfigjson" && entry.key !== ".dockercfg") continue;
    if (isUnknown(value, "kubernetes") || scalarText(value) === "") continue;
    const text = encoded ? decodeBase64(value.text.trimEnd()) : value.text;
    if (text === undefined || isJson(text)) continue;
    yield {
      at: entry.keySpan,
      message: `\`${entry.key}\` holds no JSON${encoded ? " behind its base64" : ""}, and the API server refuses it: write what \`docker login\` leaves in \`config.json\`.`,
    };
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
