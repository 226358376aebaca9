import { defineRule } from "../../engine/rule.ts";
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
  fix: null,
  examples: [
    {
      bad: jobWith({ container: ["env:", "  - name: DB_PASSWORD", "    value: tide-and-current-42"] }),
      good: jobWith({
        container: [
          "env:",
          "  - name: DB_PASSWORD",
          "    valueFrom:",
          "      secretKeyRef:",
          "        name: db",
          "        key: password",
        ],
      }),
      fixed: false,
    },
  ],
  *check(model) {
    for (const { container } of containersOf(model)) {
      for (const { name, value, valueSpan } of container.env) {
        if (value === undefined || valueSpan === undefined || value.includes("$(")) continue;
        const secret = literalSecret(name, value);
        if (secret === undefined) continue;
        yield {
          at: valueSpan,
          message: `\`${name}\` holds ${secret} in plain text: keep it in a Secret and refer to it with \`valueFrom.secretKeyRef\`.`,
        };
      }
    }
  },
});
