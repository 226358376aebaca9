import { defineRule } from "../../engine/rule.ts";
import { setPath } from "../../languages/yaml/edit.ts";
import { reviewed } from "../shared/edit-fixes.ts";
import { flagOf } from "./shared/security-context.ts";

const account = "apiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: default\n  namespace: shop\n";

export default defineRule("kubernetes", {
  slug: "default-account-token",
  summary: "The `default` service account is written out and still hands its token to every pod.",
  why: `A namespace's \`default\` account is the one of every pod that names none. Whoever writes it out can turn its token off for all of them at once: with
\`automountServiceAccountToken: false\` no pod gets a token that did not ask for one, by an account of its own or by a key of its pod.`,
  category: "security",
  severity: "info",
  preset: "strict",
  since: "0.1.0",
  aliases: ["checkov:CKV_K8S_41"],
  references: [
    "https://kubernetes.io/docs/tasks/configure-pod-container/configure-service-account/#opt-out-of-api-credential-automounting",
  ],
  fix: "review",
  examples: [{ bad: account, good: `${account}automountServiceAccountToken: false\n` }],
  *check(model) {
    for (const resource of model.resources) {
      if (resource.resourceKind !== "ServiceAccount" || resource.apiVersion !== "v1" || resource.name !== "default")
        continue;
      const entry = resource.entry("automountServiceAccountToken");
      if (entry === undefined ? resource.partial : flagOf(entry.value) !== true) continue;
      yield {
        at: entry?.keySpan ?? resource.entry("metadata", "name")?.keySpan ?? resource.kindEntry.keySpan,
        message:
          "Every pod that names no account gets the token of `default`: set `automountServiceAccountToken: false` here.",
        fixes: () =>
          reviewed(
            "Set `automountServiceAccountToken: false` (pods of `default` that call the Kubernetes API stop working)",
            setPath(model.document, resource.map, ["automountServiceAccountToken"], false),
          ),
      };
    }
  },
});
