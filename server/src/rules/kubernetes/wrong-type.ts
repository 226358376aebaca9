import { defineRule, type Problem } from "../../engine/rule.ts";
import { type FieldProblem, fieldProblems } from "../../languages/kubernetes/fields.ts";
import type { KubernetesModel } from "../../languages/kubernetes/model.ts";
import type { Span } from "../../text/span.ts";
import { upperFirst } from "../../text/words.ts";
import { jobWith } from "./shared/example.ts";
import { meantText, typeFixes } from "./shared/field-fixes.ts";
import { nodeWords, shortened, typeWords } from "./shared/field-words.ts";

export default defineRule("kubernetes", {
  slug: "wrong-type",
  summary: "A value is not of the type its field takes, so that Kubernetes refuses the object.",
  why: `The API server reads every object into typed fields and refuses it whole where one does not fit. What it says then names a Go type and no line. The
usual slips are values of environment variables, labels and annotations, which are text, so that \`8080\`, \`true\` and \`1.10\` want quotes; and the reverse, a
port or a number of replicas in quotes.

Kubernetes reads YAML 1.1: without quotes \`yes\`, \`no\`, \`on\`, \`off\`, \`y\` and \`n\` are booleans too, \`0x1F\` and \`1_000\` are numbers, and so is a commit's
hash such as \`1234e56\`. A port in quotes where a name may stand is taken for a name, which must have a letter.`,
  category: "correctness",
  severity: "error",
  preset: "minimal",
  since: "0.1.0",
  aliases: ["kube-linter:schema-validation", "kube-linter:template-kubeconform"],
  references: [
    "https://kubernetes.io/docs/reference/kubernetes-api/",
    "https://kubernetes.io/docs/tasks/inject-data-application/define-environment-variable-container/",
  ],
  fix: "safe",
  examples: [
    {
      bad: jobWith({ container: ["env:", "  - name: WORKERS", "    value: 4"] }),
      good: jobWith({ container: ["env:", "  - name: WORKERS", '    value: "4"'] }),
    },
    {
      bad: jobWith({ container: ["terminationMessagePath: yes"] }),
      good: jobWith({ container: ['terminationMessagePath: "yes"'] }),
    },
  ],
  *check(model) {
    const places = new Set<number>();
    for (const problem of model.once(fieldProblems)) {
      if (problem.type !== "wrong-type") continue;
      const at = placeOf(model, problem);
      if (places.has(at.start)) continue;
      places.add(at.start);
      yield problemOf(model, problem, at);
    }
  },
});

type WrongType = FieldProblem & { readonly type: "wrong-type" };

/** The scalar itself; of a map or a list its field, which is a word and not a block. */
function placeOf({ document }: KubernetesModel, { node, entry, below, record }: WrongType): Span {
  const own = record.map.alias === undefined ? node.alias : undefined;
  if (own !== undefined) return own;
  if (node.type === "scalar") {
    const end = document.text.indexOf("\n", node.span.start);
    return { start: node.span.start, end: end < 0 ? node.span.end : Math.min(node.span.end, end) };
  }
  return below.length === 0 ? entry.keySpan : { start: node.span.start, end: node.span.start + 1 };
}

function problemOf(model: KubernetesModel, problem: WrongType, at: Span): Problem {
  const { node, expected } = problem;
  const subject = subjectOf(problem);
  const fixes = () => typeFixes(model, problem);
  if (node.type !== "scalar" || expected.type === "list" || expected.type === "map" || expected.type === "shape") {
    return { at, message: `${upperFirst(subject)} ${typeWords(expected)}, not ${nodeWords(node)}.`, fixes };
  }
  const written = model.document.text.slice(node.span.start, node.span.end);
  const meant = meantText(problem, node);
  const advice = meant === undefined ? "" : `: write \`${shortened(meant)}\``;
  const what = expected.type === "port" ? "would be a name, and has no letter" : `is ${nodeWords(node)}`;
  const takes = expected.type === "port" ? "" : `, and ${subject} ${typeWords(expected)}`;
  return { at, message: `\`${shortened(written)}\` ${what}${takes}${advice}.`, fixes };
}

/** "`value` takes", "Labels take", "An item of `args` is". */
function subjectOf({ entry, below }: WrongType): string {
  const last = below.at(-1);
  if (entry.key === "labels" || entry.key === "annotations" || entry.key === "matchLabels")
    return `\`${entry.key}\` take`;
  if (last === undefined) return `\`${shortened(entry.key)}\` takes`;
  return typeof last === "number" ? `an item of \`${entry.key}\` is` : `a value of \`${entry.key}\` is`;
}
