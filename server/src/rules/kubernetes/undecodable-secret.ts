import { defineRule, type Fix } from "../../engine/rule.ts";
import { looksLikePlaceholder } from "../../knowledge/secrets.ts";
import type { KubernetesModel, Resource } from "../../languages/kubernetes/model.ts";
import { removePath, replaceScalar, setPath } from "../../languages/yaml/edit.ts";
import { isUnknown } from "../../languages/yaml/path.ts";
import { encodeBase64, isBase64 } from "../../text/base64.ts";
import { reviewed } from "../shared/edit-fixes.ts";
import { joined } from "../shared/joined-edits.ts";
import { type DataEntry, dataOf, isEncrypted, isSecret } from "./shared/secret-data.ts";

const head = "apiVersion: v1\nkind: Secret\nmetadata:\n  name: db\n";

export default defineRule("kubernetes", {
  slug: "undecodable-secret",
  summary: "A value of `data` in a Secret, or of `binaryData` in a ConfigMap, is no base64.",
  why: `The values of a Secret's \`data\` are base64. The API server refuses a Secret with any other value in there, and a text that happens to be base64 comes out as
something else. \`stringData\` takes texts as they are.`,
  category: "correctness",
  severity: "error",
  preset: "minimal",
  since: "0.1.0",
  aliases: [],
  references: ["https://kubernetes.io/docs/concepts/configuration/secret/#restriction-names-data"],
  fix: "review",
  keys: ["data", "binaryData"],
  examples: [{ bad: `${head}data:\n  username: shop user\n`, good: `${head}stringData:\n  username: shop user\n` }],
  *check(model) {
    for (const resource of model.resources) {
      if (resource.resourceKind !== "Secret" && resource.resourceKind !== "ConfigMap") continue;
      if (resource.apiVersion !== "v1" || isEncrypted(resource)) continue;
      for (const found of dataOf(resource)) {
        const { entry, value, encoded } = found;
        if (!encoded || typeof value.value !== "string" || isBase64(value.text.trimEnd())) continue;
        // A placeholder is for people: they are told by the text itself.
        if (isUnknown(value, "kubernetes") || looksLikePlaceholder(value.text) || /[<>]/.test(value.text)) continue;
        yield {
          at: value.span,
          message: `\`${entry.key}\` is no base64, and the API server refuses the ${resource.resourceKind}: ${isSecret(resource) ? "put it into `stringData`, which takes it as it is" : "encode it, or put it into `data`"}.`,
          fixes: () => fixesFor(model, resource, found),
        };
      }
    }
  },
});

function fixesFor(model: KubernetesModel, resource: Resource, { entry, value }: DataEntry): readonly Fix[] {
  const key = isSecret(resource) ? "stringData" : "data";
  const from = isSecret(resource) ? "data" : "binaryData";
  const moved = joined(model.document.text, [
    setPath(model.document, resource.map, [key, entry.key], value.text, { position: { after: [from] } }),
    removePath(model.document, resource.map, [from, entry.key]),
  ]);
  return [
    ...reviewed(`Move \`${entry.key}\` to \`${key}\` (programs get the text as it is written)`, moved),
    ...reviewed(
      `Write \`${entry.key}\` in base64 (programs get the text as it is written)`,
      replaceScalar(model.document, value, encodeBase64(value.text)),
    ),
  ];
}
