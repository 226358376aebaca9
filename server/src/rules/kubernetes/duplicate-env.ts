import { defineRule, type Problem } from "../../engine/rule.ts";
import type { Container, KubernetesModel } from "../../languages/kubernetes/model.ts";
import { removeItem } from "../../languages/yaml/edit.ts";
import type { YamlMap, YamlSequence } from "../../languages/yaml/node.ts";
import { plainValue } from "../../workspace/plain-value.ts";
import { safe } from "../shared/edit-fixes.ts";
import { jobWith } from "./shared/example.ts";
import { containersOf, nameOf } from "./shared/workloads.ts";

const good = jobWith({ container: ["env:", "  - name: LOG_LEVEL", "    value: info"] });

export default defineRule("kubernetes", {
  slug: "duplicate-env",
  summary: "An environment variable is set twice in one container; the last one wins.",
  why: `Kubernetes takes the list as it is and gives the container the last value, so that the first one, which is the one a reader finds, is not in force. Worse, tools
that merge by name (\`kubectl apply\`, Kustomize, Helm upgrades) treat the two as one entry: the next change of either may drop the other, or be dropped.`,
  category: "correctness",
  severity: "warning",
  preset: "recommended",
  since: "0.1.0",
  aliases: [
    "kube-linter:duplicate-env-var",
    "kube-score:Environment Variable Key Duplication",
    "kube-score:environment-variable-key-duplication",
    "kubescape:C-0295",
  ],
  references: [
    "https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/#environment-variables",
    "https://github.com/kubernetes/kubernetes/issues/58477",
  ],
  fix: "safe",
  keys: ["env"],
  examples: [
    {
      bad: jobWith({
        container: ["env:", "  - name: LOG_LEVEL", "    value: debug", "  - name: LOG_LEVEL", "    value: info"],
      }),
      good,
    },
  ],
  *check(model) {
    // Two branches of a template may set the same thing.
    if (model.templated) return;
    for (const { container } of containersOf(model)) {
      if (container.env.length > 1) yield* duplicates(model, container);
    }
  },
});

function* duplicates(model: KubernetesModel, container: Container): Iterable<Problem> {
  const list = container.get("env");
  if (list?.type !== "seq") return;
  const last = new Map(container.env.map((variable) => [variable.name, variable]));
  for (const variable of container.env) {
    const winner = last.get(variable.name);
    if (winner === undefined || winner === variable || variable.map.get("$patch") !== undefined) continue;
    yield {
      at: variable.nameSpan,
      message: `${nameOf(container)} sets \`${variable.name}\` twice, and the later one wins: remove this one.`,
      related: [{ at: winner.nameSpan, message: "This one wins" }],
      tag: "unnecessary",
      fixes: () => removal(model, list, container, variable.map),
    };
  }
}

/** Values in between may take the first one in by `$(NAME)`. */
function removal(model: KubernetesModel, list: YamlSequence, container: Container, map: YamlMap) {
  const name = container.env.find((variable) => variable.map === map)?.name ?? "";
  const isRead = container.env.some(({ map: other }) => JSON.stringify(plainValue(other)).includes(`$(${name})`));
  const index = list.items.indexOf(map);
  return isRead || index < 0
    ? []
    : safe(`Remove this \`${name}\`, which is not in force`, removeItem(model.document, list, index));
}
