import { defineRule, type Fix, type Problem } from "../../engine/rule.ts";
import type { KubernetesModel } from "../../languages/kubernetes/model.ts";
import { replaceScalar } from "../../languages/yaml/edit.ts";
import { asScalar, getPath, isUnknown, scalarText } from "../../languages/yaml/path.ts";
import { closestOf } from "../../text/closest.ts";
import { type Labels, selects, wantedLabels } from "../../workspace/label-selector.ts";
import type { ManifestView, PlacedObject } from "../../workspace/manifests.ts";
import { plainItems, plainText, plainValue } from "../../workspace/plain-value.ts";
import { reviewed } from "../shared/edit-fixes.ts";
import { serviceObject } from "./shared/example.ts";
import { isSelecting, monitorsOf, servicesFor, type WrittenMonitor, looksIn } from "./shared/monitors.ts";
import { corrected, differingLabel } from "./shared/selector-label.ts";

const service = serviceObject({ ports: ["- name: metrics", "  port: 9090"] }).replace(
  "  name: api\n",
  "  name: api\n  labels:\n    app: api\n",
);

export default defineRule("kubernetes", {
  slug: "dangling-monitor",
  summary: "A ServiceMonitor or PodMonitor finds nothing to ask for metrics, or names a port that is not there.",
  why: `The Prometheus Operator finds what to ask by labels of the Service itself, not of its pods, and by the *name* of a port. Where either differs by a letter there is no target and
no error: dashboards stay empty, and alerts that compare with a threshold never fire.

A monitor is compared with what is written in the same kustomization, chart or folder; where nothing of the kind is there, nothing is said.`,
  category: "observability",
  severity: "warning",
  preset: "minimal",
  since: "0.1.0",
  aliases: ["kube-linter:dangling-servicemonitor"],
  references: [
    "https://prometheus-operator.dev/docs/developer/getting-started/#using-servicemonitors",
    "https://prometheus-operator.dev/docs/platform/troubleshooting/#using-textual-port-number-instead-of-port-name",
  ],
  fix: "review",
  reads: "workspace",
  examples: [
    { bad: `${service}---\n${monitor("apis", "metrics")}`, good: `${service}---\n${monitor("api", "metrics")}` },
    { bad: `${service}---\n${monitor("api", "metric")}`, good: `${service}---\n${monitor("api", "metrics")}` },
  ],
  *check(model, _options, workspace) {
    for (const found of monitorsOf(model)) {
      if (!found.whole || !isSelecting(found)) continue;
      yield* found.of === "Service"
        ? serviceProblems(model, found, workspace.manifests())
        : podProblems(model, found, workspace.manifests());
    }
  },
});

function* serviceProblems(model: KubernetesModel, found: WrittenMonitor, manifests: ManifestView): Iterable<Problem> {
  const services = servicesFor(manifests, found);
  if (services.found.length > 0) {
    if (services.found.some(({ partial }) => partial)) return;
    const ports = services.found.flatMap(({ value }) =>
      plainItems(value, "spec", "ports").flatMap((port) => plainText(port, "name") ?? []),
    );
    yield* portProblems(model, found, ports, `Service \`${services.found[0]?.name ?? ""}\``);
    return;
  }
  if (services.beside.length > 0)
    yield nothingFound(
      model,
      found,
      services.beside.map((one) => ({ one, labels: one.labels })),
    );
}

function* podProblems(model: KubernetesModel, found: WrittenMonitor, manifests: ManifestView): Iterable<Problem> {
  const wanted = found.selector === undefined ? {} : plainValue(found.selector);
  const isHere = (namespace: string | undefined): boolean => looksIn(found.namespaces, namespace);
  const pods = manifests.allWorkloads().filter(({ namespace }) => isHere(namespace));
  if (pods.some(({ workload }) => workload.open)) return;
  const selected = pods.filter(({ workload }) => selects(wanted, workload.labels));
  if (selected.length > 0) {
    const ports = selected.flatMap(({ workload }) => workload.ports.flatMap(({ name }) => name ?? []));
    yield* portProblems(model, found, ports, `${selected[0]?.kind ?? ""} \`${selected[0]?.name ?? ""}\``);
    return;
  }
  const beside = manifests.open ? [] : manifests.workloads().filter(({ namespace }) => isHere(namespace));
  if (beside.length > 0)
    yield nothingFound(
      model,
      found,
      beside.map((one) => ({ one, labels: one.workload.labels })),
    );
}

interface Candidate {
  readonly one: PlacedObject;
  readonly labels: Labels;
}

function nothingFound(model: KubernetesModel, found: WrittenMonitor, beside: readonly Candidate[]): Problem {
  const { of, selector, at, resource } = found;
  const wanted = Object.entries(selector === undefined ? {} : wantedLabels(plainValue(selector)));
  const score = ({ labels }: Candidate): number =>
    wanted.reduce((sum, [key, value]) => sum + (labels[key] === value ? 2 : labels[key] === undefined ? 0 : 1), 0);
  const nearest = beside.reduce<Candidate | undefined>(
    (best, one) => (score(one) > (best === undefined ? 0 : score(best)) ? one : best),
    undefined,
  );
  const labels = nearest?.labels ?? {};
  const entry = differingLabel(selector, labels);
  const has = entry === undefined ? undefined : labels[entry.key];
  const words = of === "Pod" ? "No pods have" : "No Service has";
  return {
    at: entry?.value.span ?? at ?? resource.kindEntry.value.span,
    message: `${words} these labels, so nothing is asked for metrics${nearest === undefined || entry === undefined ? "" : `: ${nearest.one.kind} \`${nearest.one.name ?? ""}\` has ${has === undefined ? `no \`${entry.key}\`` : `\`${entry.key}: ${has}\``}`}.`,
    ...(nearest === undefined
      ? {}
      : { related: [{ at: nearest.one.labelsSpan, path: nearest.one.path, message: "Its labels are here." }] }),
    fixes: () => corrected(model, entry, labels),
  };
}

function* portProblems(
  model: KubernetesModel,
  { endpoints, of }: WrittenMonitor,
  names: readonly string[],
  owner: string,
): Iterable<Problem> {
  for (const endpoint of endpoints) {
    const node = getPath(endpoint, "port");
    const port = isUnknown(node, "kubernetes") ? undefined : scalarText(node);
    if (node === undefined || port === undefined || names.includes(port)) continue;
    const known = [...new Set(names)];
    // Pods need not declare a port to listen on it, but a monitor can name only those that are declared.
    const has =
      known.length === 0 ? "its ports have no names" : `it has ${known.map((one) => `\`${one}\``).join(", ")}`;
    yield {
      at: node.span,
      message: `${owner} has no port that is called \`${port}\`, so nothing is asked for metrics there: ${has}.`,
      fixes: () => renamed(closestOf(port, known) ?? (known.length === 1 ? known[0] : undefined)),
    };

    function renamed(name: string | undefined): readonly Fix[] {
      const scalar = asScalar(node);
      return name === undefined || scalar === undefined
        ? []
        : reviewed(
            `Ask port \`${name}\` (if the ${of === "Pod" ? "container" : "program"} gives its metrics there)`,
            replaceScalar(model.document, scalar, name),
          );
    }
  }
}

function monitor(app: string, port: string): string {
  return `apiVersion: monitoring.coreos.com/v1\nkind: ServiceMonitor\nmetadata:\n  name: api\nspec:\n  selector:\n    matchLabels:\n      app: ${app}\n  endpoints:\n    - port: ${port}\n`;
}
