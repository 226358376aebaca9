import { defineRule } from "../../engine/rule.ts";
import { partOf } from "../../languages/scalar-place.ts";
import { plainSecretWhy } from "../shared/literal-secret.ts";
import { dataOf, isConfigMap, isEncrypted } from "./shared/secret-data.ts";
import { secretsInSetting } from "./shared/setting-secrets.ts";

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
        for (const { what, name, at } of secretsInSetting(entry.key, value.text)) {
          yield {
            at: partOf(text, value, at.start, at.end),
            message: `${name === undefined ? `\`${entry.key}\`` : `\`${name}\``} holds ${what} in plain text, and whoever may read ConfigMaps can read it: keep it in a Secret.`,
          };
        }
      }
    }
  },
});
