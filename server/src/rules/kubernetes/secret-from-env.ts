import { defineRule } from "../../engine/rule.ts";
import type { YamlEntry } from "../../languages/yaml/node.ts";
import { entryAt, itemsOf } from "../../languages/yaml/path.ts";
import { jobWith } from "./shared/example.ts";
import { containersOf, nameOf } from "./shared/workloads.ts";

export default defineRule("kubernetes", {
  slug: "secret-from-env",
  summary: "A container reads a Secret from its environment instead of a file.",
  why: `The environment is handed on to every child process, printed by crash reports and debug pages, and fixed until the container starts anew. A mounted file is read by whom it is
meant for, can be owned by one user, and changes with the Secret.

Most programs read variables and nothing else, and a Secret in a variable is far better than a plain value. So this is off until asked for.`,
  category: "secrets",
  severity: "hint",
  preset: "all",
  since: "0.1.0",
  aliases: ["kube-linter:read-secret-from-env-var", "checkov:CKV_K8S_35", "kics:secrets_as_environment_variables"],
  references: ["https://kubernetes.io/docs/concepts/security/secrets-good-practices/#restrict-secret-access"],
  fix: null,
  keys: ["secretKeyRef", "secretRef"],
  examples: [
    {
      bad: jobWith({ container: ["envFrom:", "  - secretRef:", "      name: report"] }),
      good: jobWith({
        container: ["volumeMounts:", "  - name: secrets", "    mountPath: /run/secrets/report", "    readOnly: true"],
        podEnd: ["volumes:", "  - name: secrets", "    secret:", "      secretName: report"],
      }),
      fixed: false,
    },
  ],
  *check(model) {
    const seen = new Set<number>();
    for (const { container } of containersOf(model)) {
      const entries: readonly (YamlEntry | undefined)[] = [
        ...container.env.map(({ map }) => entryAt(map, "valueFrom", "secretKeyRef")),
        ...itemsOf(container.get("envFrom")).map((item) => entryAt(item, "secretRef")),
      ];
      for (const entry of entries) {
        // What an anchor holds is one place.
        if (entry === undefined || seen.has(entry.keySpan.start)) continue;
        seen.add(entry.keySpan.start);
        yield {
          at: entry.keySpan,
          message: `${nameOf(container)} hands this Secret on to every child process and crash report: mount it as a file where the program can read one.`,
        };
      }
    }
  },
});
