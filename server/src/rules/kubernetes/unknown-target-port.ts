import { mayBeOne } from "../../workspace/manifest-scopes.ts";
import { defineRule } from "../../engine/rule.ts";
import { getPath, isUnknown, itemsOf, scalarText } from "../../languages/yaml/path.ts";
import type { YamlNode } from "../../languages/yaml/node.ts";
import type { PlacedWorkload } from "../../workspace/manifests.ts";
import { serviceWith } from "./shared/example.ts";
import { selectorOf } from "./shared/services.ts";

export default defineRule("kubernetes", {
  slug: "unknown-target-port",
  summary: "A Service sends traffic to a port that no container of its pods declares.",
  why: `A \`targetPort\` that is a name must be the name of a container's port, or the Service has no endpoints for it. One that is a number works whether
it is declared or not, but a number that is not among the declared ones is more often a slip than a secret, and so is a missing \`targetPort\` (which
means the same number as \`port\`) before a container that listens on 8080. Requests to it are refused.`,
  category: "networking",
  severity: "warning",
  preset: "recommended",
  since: "0.1.0",
  aliases: ["kube-linter:invalid-target-ports", "kics:service_does_not_target_pod"],
  references: ["https://kubernetes.io/docs/concepts/services-networking/service/#field-spec-ports"],
  fix: null,
  reads: "workspace",
  examples: [
    {
      bad: `${serviceWith({})}---\n${service("web")}`,
      good: `${serviceWith({})}---\n${service("http")}`,
      fixed: false,
    },
  ],
  *check(model, _options, workspace) {
    for (const resource of model.resources) {
      const selector = selectorOf(resource);
      if (selector === undefined || model.templated || resource.partial) continue;
      const pods = workspace
        .manifests()
        .workloads(selector)
        .filter(({ namespace }) => mayBeOne(namespace, resource.namespace));
      // What is not declared anywhere says nothing: declaring ports is a courtesy.
      if (pods.length === 0 || pods.some(({ workload }) => workload.open || workload.ports.length === 0)) continue;
      for (const port of itemsOf(resource.get("spec", "ports"))) {
        const written = getPath(port, "targetPort") ?? getPath(port, "port");
        if (written === undefined || isUnknown(written, "kubernetes") || pods.some((pod) => declares(pod, written)))
          continue;
        const text = scalarText(written);
        if (text === undefined) continue;
        const named = !/^\d+$/.test(text);
        yield {
          at: written.span,
          message: `No container behind this Service declares port \`${text}\`: it declares ${declared(pods)}.`,
          ...(named ? {} : { severity: "info" }),
        };
      }
    }
  },
});

function declares({ workload }: PlacedWorkload, port: YamlNode): boolean {
  const text = scalarText(port);
  return workload.ports.some(({ name, number }) =>
    /^\d+$/.test(text ?? "") ? number === Number(text) : name === text,
  );
}

function declared(pods: readonly PlacedWorkload[]): string {
  const ports = new Set(
    pods.flatMap(({ workload }) =>
      workload.ports.map(({ name, number }) => (name === undefined ? `\`${number}\`` : `\`${name}\` (${number})`)),
    ),
  );
  return [...ports].slice(0, 4).join(", ");
}

function service(port: string): string {
  return `apiVersion: v1\nkind: Service\nmetadata:\n  name: api\nspec:\n  selector:\n    app: api\n  ports:\n    - port: 80\n      targetPort: ${port}\n`;
}
