import { defineRule } from "../../engine/rule.ts";
import type { PodTemplate } from "../../languages/kubernetes/model.ts";
import { getPath, itemsOf, scalarText } from "../../languages/yaml/path.ts";
import { jobWith } from "./shared/example.ts";
import { containersOf, nameOf } from "./shared/workloads.ts";

export default defineRule("kubernetes", {
  slug: "privileged-port",
  summary: "A container listens on a port below 1024.",
  why: `Ports below 1024 were for root alone. A container that serves one as another user needs \`NET_BIND_SERVICE\`, a sysctl, or a container runtime that gives these ports to
everybody; containerd and CRI-O have a setting for it, on in new versions. Behind a Service the number makes no difference: \`port: 80\` with \`targetPort: 8080\` looks the same to clients.

The other side: with the runtimes of today it simply works, which is why the rule is only in \`all\`.`,
  category: "networking",
  severity: "hint",
  preset: "all",
  since: "0.1.0",
  aliases: ["kube-linter:privileged-ports", "trivy:KSV-0117"],
  references: ["https://kubernetes.io/docs/tasks/administer-cluster/sysctl-cluster/#safe-and-unsafe-sysctls"],
  fix: null,
  examples: [
    {
      bad: jobWith({ container: ["ports:", "  - containerPort: 80"] }),
      good: jobWith({ container: ["ports:", "  - containerPort: 8080"] }),
      fixed: false,
    },
  ],
  keys: ["containerPort"],
  *check(model) {
    for (const { container, pod } of containersOf(model)) {
      if (container.ports.length === 0 || pod.windows || isAllowed(pod)) continue;
      const added = itemsOf(container.get("securityContext", "capabilities", "add"));
      if (added.some((item) => /^(?:CAP_)?NET_BIND_SERVICE$/i.test(scalarText(item) ?? ""))) continue;
      for (const { containerPort, map } of container.ports) {
        const entry = map.get("containerPort");
        if (entry === undefined || containerPort === undefined || containerPort < 1 || containerPort > 1023) continue;
        yield {
          at: entry.value.span,
          message: `${nameOf(container)} listens on port ${containerPort}, which may need root: let it listen on one from 1024 on, the Service can keep its \`port\`.`,
        };
      }
    }
  },
});

function isAllowed(pod: PodTemplate): boolean {
  return itemsOf(pod.get("securityContext", "sysctls")).some(
    (item) => scalarText(getPath(item, "name")) === "net.ipv4.ip_unprivileged_port_start",
  );
}
