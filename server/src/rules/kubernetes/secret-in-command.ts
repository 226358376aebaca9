import { defineRule } from "../../engine/rule.ts";
import type { KubernetesModel, Container } from "../../languages/kubernetes/model.ts";
import type { ShellScript } from "../../languages/shell/model.ts";
import type { YamlScalar } from "../../languages/yaml/node.ts";
import { itemsOf } from "../../languages/yaml/path.ts";
import { plainSecretWhy } from "../shared/literal-secret.ts";
import { isShellScript, scriptOfWords } from "../shared/script-of-words.ts";
import { mentionsSecret, secretsIn } from "../shared/script-secrets.ts";
import { jobWith } from "./shared/example.ts";
import { containersOf } from "./shared/workloads.ts";

export default defineRule("kubernetes", {
  slug: "secret-in-command",
  summary: "A password or token is written into a container's command.",
  why: `${plainSecretWhy} A command shows it further: everybody on the node sees the arguments of a process, and \`kubectl describe\`
prints them.

Put the value into a Secret and the variable that holds it into the command: Kubernetes fills in \`$(NAME)\` of \`env\` itself. Better still is a file that the program
reads: then it is no argument at all.`,
  category: "secrets",
  severity: "warning",
  preset: "recommended",
  since: "0.1.0",
  aliases: ["kubescape:C-0012"],
  references: [
    "https://kubernetes.io/docs/concepts/security/secrets-good-practices/",
    "https://kubernetes.io/docs/tasks/inject-data-application/define-command-argument-container/",
  ],
  fix: null,
  keys: ["command", "args"],
  examples: [
    {
      bad: jobWith({ container: ["args:", "  - --admin-password=correct-horse"] }),
      good: jobWith({
        container: [
          "args:",
          "  - --admin-password=$(ADMIN_PASSWORD)",
          "env:",
          "  - name: ADMIN_PASSWORD",
          "    valueFrom:",
          "      secretKeyRef:",
          "        name: report",
          "        key: admin-password",
        ],
      }),
      fixed: false,
    },
  ],
  *check(model) {
    const seen = new Set<number>();
    for (const { container } of containersOf(model)) {
      for (const script of scriptsOf(model, container)) {
        for (const { what, at } of secretsIn(script)) {
          // What an anchor holds is one place.
          if (seen.has(at.start)) continue;
          seen.add(at.start);
          yield {
            at,
            message: `This writes ${what} into the manifest, and everybody who lists processes sees it: keep it in a Secret and name its variable here, \`$(NAME)\`.`,
          };
        }
      }
    }
  },
});

/** What a container runs: the words of command and arguments together, or the script among them; and its hooks and probes. */
function* scriptsOf({ document: { text } }: KubernetesModel, container: Container): Iterable<ShellScript> {
  const lists = [
    [container.get("command"), container.get("args")],
    ...["livenessProbe", "readinessProbe", "startupProbe"].map((probe) => [container.get(probe, "exec", "command")]),
    ...["postStart", "preStop"].map((hook) => [container.get("lifecycle", hook, "exec", "command")]),
  ];
  for (const nodes of lists) {
    if (!nodes.some((node) => node !== undefined && mentionsSecret.test(text.slice(node.span.start, node.span.end))))
      continue;
    const words = nodes.flatMap(itemsOf).flatMap((item): YamlScalar[] => (item.type === "scalar" ? [item] : []));
    const texts = words.map((word) => word.text);
    const script = words.find((_, index) => isShellScript(texts, index));
    yield script === undefined ? scriptOfWords(text, words, "'") : scriptOfWords(text, [script], "");
  }
}
