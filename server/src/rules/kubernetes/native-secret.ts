import { defineRule } from "../../engine/rule.ts";
import { dataOf, isSecret } from "./shared/secret-data.ts";

export default defineRule("kubernetes", {
  slug: "native-secret",
  summary: "Secrets are kept in Kubernetes' own Secret objects.",
  why: `A Secret lies in the cluster's database, by default unencrypted, and everybody who may create pods in its namespace can read it. Those who keep all secrets in a vault
(mounted by the Secrets Store CSI driver, say) want none of them in manifests at all.

For most clusters a Secret is the right thing, encrypted at rest and filled from elsewhere; so this is off until asked for.`,
  category: "secrets",
  severity: "hint",
  preset: "all",
  since: "0.1.0",
  aliases: ["kics:using_kubernetes_native_secret_management"],
  references: ["https://kubernetes.io/docs/concepts/configuration/secret/#alternatives-to-secrets"],
  fix: null,
  examples: [
    {
      bad: 'apiVersion: v1\nkind: Secret\nmetadata:\n  name: db\nstringData:\n  password: ""\n',
      good: "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: db\ndata:\n  host: db.example.com\n",
      fixed: false,
    },
  ],
  *check(model) {
    for (const resource of model.resources) {
      if (!isSecret(resource) || dataOf(resource).length === 0) continue;
      yield {
        at: resource.entry("metadata", "name")?.keySpan ?? resource.kindEntry.keySpan,
        message:
          "This Secret lies in the cluster, readable to all who may create pods beside it: mount it from a vault if yours are kept in one.",
      };
    }
  },
});
