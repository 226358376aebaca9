import { defineRule, type Problem } from "../../engine/rule.ts";
import type { Container, KubernetesModel } from "../../languages/kubernetes/model.ts";
import { removeEntry, replaceScalar } from "../../languages/yaml/edit.ts";
import { getPath, isUnknown } from "../../languages/yaml/path.ts";
import { reviewed } from "../shared/edit-fixes.ts";
import { serviceWith } from "./shared/example.ts";
import { handlerKeys, portAsked, portText, type Probe, probeNumbers, probesOf } from "./shared/probes.ts";
import { containersOf, nameOf } from "./shared/workloads.ts";
import { quotedList } from "./shared/quoted-list.ts";

const liveness = (threshold: number) => [
  "livenessProbe:",
  "  tcpSocket:",
  "    port: http",
  "  periodSeconds: 20",
  `  successThreshold: ${threshold}`,
  "readinessProbe:",
  "  httpGet:",
  "    path: /",
  "    port: http",
];

export default defineRule("kubernetes", {
  slug: "invalid-probe",
  summary: "A probe or hook is written in a way that the API server refuses.",
  why: `The API server refuses the whole object, so that nothing of it is deployed: a liveness or startup probe with a \`successThreshold\` other than 1, a probe that does two things
or none, negative times, \`terminationGracePeriodSeconds\` in a readiness probe, a probe of an init container that is no sidecar.`,
  category: "correctness",
  severity: "error",
  preset: "minimal",
  since: "0.1.0",
  aliases: [],
  references: [
    "https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/#Probe",
    "https://kubernetes.io/docs/concepts/workloads/pods/init-containers/",
  ],
  fix: "review",
  examples: [{ bad: serviceWith({ container: liveness(2) }), good: serviceWith({ container: liveness(1) }) }],
  keys: ["livenessProbe", "readinessProbe", "startupProbe", "lifecycle"],
  *check(model) {
    for (const { container, whole } of containersOf(model)) {
      if (whole) yield* misplaced(model, container);
      for (const probe of probesOf(container)) yield* faultsOf(model, container, probe, whole);
    }
  },
});

/** Init containers end, and what is debugged with is looked at by a person. */
function* misplaced(model: KubernetesModel, container: Container): Iterable<Problem> {
  if (container.role !== "init" && container.role !== "ephemeral") return;
  // A variable may make the init container a sidecar.
  if (isUnknown(container.get("restartPolicy"), "kubernetes")) return;
  for (const key of ["livenessProbe", "readinessProbe", "startupProbe", "lifecycle"]) {
    const entry = container.entry(key);
    if (entry === undefined || container.get(key) === undefined) continue;
    const what = container.role === "init" ? "An init container" : "An ephemeral container";
    const instead = container.role === "init" ? ", unless it is a sidecar with `restartPolicy: Always`" : "";
    yield {
      at: entry.keySpan,
      message: `${what} must not have a \`${key}\`${instead}: remove it.`,
      fixes: () =>
        reviewed(`Remove \`${key}\` (nothing was deployed with it)`, removeEntry(model.document, container.map, key)),
    };
  }
}

function* faultsOf(model: KubernetesModel, container: Container, probe: Probe, whole: boolean): Iterable<Problem> {
  const { map, kind, entry } = probe;
  const handlers = handlerKeys.filter((key) => map.get(key) !== undefined);
  const [, second] = handlers;
  if (second !== undefined) {
    const at = map.get(second)?.keySpan ?? entry.keySpan;
    yield {
      at,
      message: `A probe does one thing, and this one has ${quotedList(handlers)}: keep one.`,
    };
  } else if (handlers.length === 0 && whole) {
    yield {
      at: entry.keySpan,
      message: `The ${kind} probe of ${nameOf(container)} asks nothing: give it an \`httpGet\`, \`tcpSocket\`, \`grpc\` or \`exec\`.`,
    };
  }
  const success = getPath(map, "successThreshold");
  if (kind !== "readiness" && success?.type === "scalar" && typeof success.value === "number" && success.value > 1) {
    yield {
      at: success.span,
      message: `The \`successThreshold\` of a ${kind} probe must be 1: only readiness may ask for more.`,
      fixes: () => reviewed("Set it to 1 (one answer is enough then)", replaceScalar(model.document, success, 1)),
    };
  }
  const grace = kind === "readiness" ? map.get("terminationGracePeriodSeconds") : undefined;
  if (grace !== undefined) {
    yield {
      at: grace.keySpan,
      message: "A readiness probe stops nothing, so it must not have `terminationGracePeriodSeconds`: remove it.",
      fixes: () =>
        reviewed(
          "Remove it (nothing was deployed with it)",
          removeEntry(model.document, map, "terminationGracePeriodSeconds"),
        ),
    };
  }
  yield* badPort(probe);
  for (const key of probeNumbers) {
    const node = getPath(map, key);
    if (node?.type === "scalar" && typeof node.value === "number" && node.value < 0)
      yield { at: node.span, message: `\`${key}\` must not be negative: leave it out for the default.` };
  }
}

function* badPort(probe: Probe): Iterable<Problem> {
  const asked = portAsked(probe);
  const text = asked === undefined ? undefined : portText(asked.node);
  if (asked === undefined || text === undefined) return;
  const { node } = asked;
  if (/^-?\d+$/.test(text) && (Number(text) < 1 || Number(text) > 65_535)) {
    yield { at: node.span, message: `\`${text}\` is no port: they are 1 to 65535.` };
  }
}
