import { mayBeOne } from "../../workspace/manifest-scopes.ts";
import { defineRule, type Fix } from "../../engine/rule.ts";
import type { KubernetesModel } from "../../languages/kubernetes/model.ts";
import { setPath } from "../../languages/yaml/edit.ts";
import { isUnknown, scalarText } from "../../languages/yaml/path.ts";
import { selects, wantedLabels } from "../../workspace/label-selector.ts";
import { plainValue } from "../../workspace/plain-value.ts";
import { reviewed } from "../shared/edit-fixes.ts";
import { serviceObject, serviceWith } from "./shared/example.ts";
import { servicesOf, type WrittenPort } from "./shared/written-services.ts";

const udp = ["- port: 80", "  targetPort: http", "  protocol: UDP"];

export default defineRule("kubernetes", {
  slug: "protocol-mismatch",
  summary: "A port of a Service has another protocol than the container's port behind it.",
  why: `A named \`targetPort\` is looked up by name and protocol together: with \`UDP\` here and \`TCP\` in the container, the Service has no endpoints for it. A number is sent to without
looking, as the wrong protocol, and nobody answers. DNS servers that do both need two ports with two names.`,
  category: "networking",
  severity: "warning",
  preset: "minimal",
  since: "0.1.0",
  aliases: [],
  references: ["https://kubernetes.io/docs/reference/networking/service-protocols/"],
  fix: "review",
  reads: "workspace",
  examples: [
    {
      bad: `${serviceWith({})}---\n${headless(udp)}`,
      good: `${serviceWith({})}---\n${headless(udp.map((line) => line.replace("UDP", "TCP")))}`,
    },
  ],
  keys: ["ports"],
  *check(model, _options, workspace) {
    for (const { resource, whole, ports } of servicesOf(model)) {
      const selector = resource.get("spec", "selector");
      if (!whole || selector?.type !== "map" || selector.entries.length === 0) continue;
      const wanted = plainValue(selector);
      const pods = workspace
        .manifests()
        .workloads(wantedLabels(wanted))
        .filter(
          ({ namespace, workload }) => mayBeOne(namespace, resource.namespace) && selects(wanted, workload.labels),
        );
      if (pods.length === 0 || pods.some(({ workload }) => workload.open)) continue;
      for (const port of ports) {
        const target = port.get("targetPort") ?? port.get("port");
        if (target === undefined || isUnknown(target, "kubernetes")) continue;
        const text = scalarText(target);
        const behind = pods.flatMap(({ workload }) =>
          workload.ports.filter(({ name, number }) => (/^\d+$/.test(text ?? "") ? String(number) : name) === text),
        );
        const [other] = behind;
        if (other === undefined || behind.some(({ protocol }) => protocol === port.protocol)) continue;
        const entry = port.map.get("protocol");
        yield {
          at: entry?.value.span ?? target.span,
          message: `The container's port \`${text ?? ""}\` is ${other.protocol}, and this one is ${port.protocol}: nobody answers, set \`protocol: ${other.protocol}\`.`,
          fixes: () => withProtocol(model, port, other.protocol),
        };
      }
    }
  },
});

function withProtocol(model: KubernetesModel, port: WrittenPort, protocol: string): readonly Fix[] {
  return reviewed(
    `Set \`protocol: ${protocol}\` (unless it is the container's port that is wrong)`,
    setPath(model.document, port.map, ["protocol"], protocol),
  );
}

function headless(ports: readonly string[]): string {
  return serviceObject({ spec: ["clusterIP: None"], ports });
}
