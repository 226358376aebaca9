import { defineRule, type Fix } from "../../engine/rule.ts";
import type { Container, KubernetesModel, Resource } from "../../languages/kubernetes/model.ts";
import { removeEntry, setPath } from "../../languages/yaml/edit.ts";
import { reviewed } from "../shared/edit-fixes.ts";
import { joined } from "../shared/joined-edits.ts";
import { literalSecret, plainSecretWhy } from "../shared/literal-secret.ts";
import { jobWith } from "./shared/example.ts";
import { containersOf } from "./shared/workloads.ts";

export default defineRule("kubernetes", {
  slug: "secret-in-env",
  summary: "A container's environment holds a secret in plain text.",
  why: `${plainSecretWhy}

Put it into a Secret that a tool of your choice fills (Sealed Secrets, External Secrets, SOPS), and refer to it with \`valueFrom.secretKeyRef\`, or better
mount it as a file: files can change without a restart and are not handed on to child processes.`,
  category: "secrets",
  severity: "warning",
  preset: "recommended",
  since: "0.1.0",
  aliases: ["kube-linter:env-var-secret", "polaris:sensitiveContainerEnvVar"],
  references: ["https://kubernetes.io/docs/concepts/security/secrets-good-practices/"],
  fix: "review",
  keys: ["env"],
  examples: [
    {
      bad: jobWith({ container: ["env:", "  - name: DB_PASSWORD", "    value: tide-and-current-42"] }),
      good: jobWith({
        container: [
          "env:",
          "  - name: DB_PASSWORD",
          "    valueFrom:",
          "      secretKeyRef:",
          "        name: report-secrets",
          "        key: DB_PASSWORD",
        ],
      }),
    },
  ],
  *check(model) {
    for (const { container, resource } of containersOf(model)) {
      for (const variable of container.env) {
        const { name, value, valueSpan } = variable;
        if (value === undefined || valueSpan === undefined || value.includes("$(")) continue;
        const secret = literalSecret(name, value);
        if (secret === undefined) continue;
        yield {
          at: valueSpan,
          message: `\`${name}\` holds ${secret} in plain text: keep it in a Secret and refer to it with \`valueFrom.secretKeyRef\`.`,
          fixes: () => fromSecret(model, resource, variable),
        };
      }
    }
  },
});

/** Refers to a key of a Secret that somebody has to make: written beside the workload, it would be in the repository again. */
function fromSecret(
  model: KubernetesModel,
  resource: Resource,
  { name, map }: Container["env"][number],
): readonly Fix[] {
  const secret = resource.name === undefined ? undefined : `${resource.name}-secrets`;
  if (secret === undefined || !/^[a-z0-9.-]{1,253}$/.test(secret) || !/^[\w.-]+$/.test(name)) return [];
  const edits = joined(model.document.text, [
    setPath(model.document, map, ["valueFrom"], { secretKeyRef: { name: secret, key: name } }),
    removeEntry(model.document, map, "value"),
  ]);
  return reviewed(
    `Take \`${name}\` from a Secret \`${secret}\` (make that first: the container does not start without it)`,
    edits,
  );
}
