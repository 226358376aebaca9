import { defineRule, type Fix, type Problem } from "../../engine/rule.ts";
import type { KubernetesModel } from "../../languages/kubernetes/model.ts";
import { insideQuotes } from "../../languages/scalar-place.ts";
import { replaceScalar, setPath } from "../../languages/yaml/edit.ts";
import { isNull, isUnknown, scalarText } from "../../languages/yaml/path.ts";
import { reviewed } from "../shared/edit-fixes.ts";
import { titleOf } from "./shared/availability.ts";
import { jobSpecWith } from "./shared/job-example.ts";
import { type JobSpec, jobsOf, wholeNumberAt } from "./shared/jobs.ts";

/** The Jobs of a CronJob are named after it, with eleven characters more than the 52 that are left of 63. */
const longestName = 52;

export default defineRule("kubernetes", {
  slug: "invalid-job",
  summary: "A Job or CronJob combines settings that Kubernetes refuses.",
  why: `Some settings of a Job only make sense together: an \`Indexed\` one needs the number of its \`completions\`, limits per index need indexes, a policy for failed pods needs pods that are not restarted in
place. The name of a CronJob may have ${longestName} characters, since its Jobs add eleven. The API server refuses the object, mostly in the middle of a deployment.`,
  category: "correctness",
  severity: "error",
  preset: "minimal",
  since: "0.1.0",
  aliases: [],
  references: [
    "https://kubernetes.io/docs/concepts/workloads/controllers/job/#completion-mode",
    "https://kubernetes.io/docs/concepts/workloads/controllers/job/#backoff-limit-per-index",
    "https://kubernetes.io/docs/concepts/workloads/controllers/job/#pod-failure-policy",
  ],
  fix: "review",
  examples: [
    {
      bad: jobSpecWith(["parallelism: 3", "completionMode: Indexed"]),
      good: jobSpecWith(["parallelism: 3", "completionMode: Indexed", "completions: 3"]),
    },
  ],
  *check(model) {
    for (const job of jobsOf(model)) {
      yield* nameProblems(model, job);
      yield* indexProblems(model, job);
      yield* policyProblems(model, job);
    }
  },
});

function* nameProblems(model: KubernetesModel, { resource, cron }: JobSpec): Iterable<Problem> {
  const node = resource.get("metadata", "name");
  if (!cron || node?.type !== "scalar" || resource.name === undefined || resource.name.length <= longestName) return;
  yield {
    at: insideQuotes(model.document.text, node),
    message: `The name of a CronJob may have ${longestName} characters, \`${resource.name}\` has ${resource.name.length}: shorten it.`,
  };
}

function* indexProblems(model: KubernetesModel, { resource, spec, whole }: JobSpec): Iterable<Problem> {
  const mode = spec.get("completionMode")?.value;
  if (isUnknown(mode, "kubernetes")) return;
  if (scalarText(mode) === "Indexed") {
    if (mode === undefined || !whole || !isNull(spec.get("completions")?.value)) return;
    yield {
      at: mode.span,
      message: `${titleOf(resource)} is \`Indexed\` and does not say how many indexes there are: set \`completions\`.`,
      fixes: () => {
        const parallelism = wholeNumberAt(spec, "parallelism");
        if (parallelism === undefined || parallelism < 1) return [];
        return reviewed(
          `Set \`completions: ${parallelism}\`, as many as run at once`,
          setPath(model.document, spec, ["completions"], parallelism, { position: { after: ["completionMode"] } }),
        );
      },
    };
    return;
  }
  for (const key of ["backoffLimitPerIndex", "successPolicy"]) {
    const entry = spec.get(key);
    if (entry === undefined || isNull(entry.value) || (mode === undefined && !whole)) continue;
    yield {
      at: entry.keySpan,
      message: `${titleOf(resource)} has no indexes, so \`${key}\` is refused: set \`completionMode: Indexed\` or remove it.`,
      fixes: () => indexed(model, { spec }),
    };
  }
}

function indexed(model: KubernetesModel, { spec }: Pick<JobSpec, "spec">): readonly Fix[] {
  if (isNull(spec.get("completions")?.value)) return [];
  return reviewed(
    "Set `completionMode: Indexed` (each pod is given a number)",
    setPath(model.document, spec, ["completionMode"], "Indexed", { position: { before: ["template"] } }),
  );
}

function* policyProblems(model: KubernetesModel, { resource, spec, pod, whole }: JobSpec): Iterable<Problem> {
  const most = spec.get("maxFailedIndexes");
  if (whole && most !== undefined && !isNull(most.value) && isNull(spec.get("backoffLimitPerIndex")?.value)) {
    yield {
      at: most.keySpan,
      message: `${titleOf(resource)} limits failed indexes without \`backoffLimitPerIndex\`, which is refused: set that as well.`,
    };
  }
  const restart = pod?.get("restartPolicy");
  if (isNull(spec.get("podFailurePolicy")?.value) || restart?.type !== "scalar" || restart.text !== "OnFailure") return;
  yield {
    at: restart.span,
    message: `${titleOf(resource)} has a \`podFailurePolicy\`, which is refused with \`restartPolicy: OnFailure\`: set \`Never\`.`,
    fixes: () =>
      reviewed(
        "Set `restartPolicy: Never` (after a failure a new pod is started)",
        replaceScalar(model.document, restart, "Never"),
      ),
  };
}
