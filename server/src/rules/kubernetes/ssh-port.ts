import { defineRule, type Fix } from "../../engine/rule.ts";
import { speaksSsh } from "../../knowledge/ssh-servers.ts";
import type { Container, KubernetesModel } from "../../languages/kubernetes/model.ts";
import { removePath } from "../../languages/yaml/edit.ts";
import { reviewed } from "../shared/edit-fixes.ts";
import { jobWith } from "./shared/example.ts";
import { containersOf, nameOf } from "./shared/workloads.ts";

export default defineRule("kubernetes", {
  slug: "ssh-port",
  summary: "A container declares port 22, as if somebody were to log into it.",
  why: `An SSH server in a container is one more program to update, with keys or passwords of its own that nobody rotates, and a way in that neither RBAC nor the audit log of
the cluster sees. It also needs root and a process manager.

\`kubectl exec\` opens a shell, and \`kubectl debug\` brings tools along, for whoever a role allows it. Programs whose job it is to speak SSH, such as Git forges, SFTP servers
and bastions, are not reported.`,
  category: "security",
  severity: "warning",
  preset: "recommended",
  since: "0.1.0",
  aliases: ["kube-linter:ssh-port", "kubescape:C-0042"],
  references: [
    "https://kubernetes.io/docs/tasks/debug/debug-application/get-shell-running-container/",
    "https://kubernetes.io/docs/tasks/debug/debug-application/debug-running-pod/",
  ],
  fix: "review",
  examples: [{ bad: jobWith({ container: ["ports:", "  - containerPort: 22"] }), good: jobWith({}) }],
  keys: ["containerPort"],
  *check(model) {
    for (const { container, resource } of containersOf(model)) {
      if ([container.name, resource.name, container.image?.canonical].some((name) => speaksSsh(name ?? ""))) continue;
      for (const [index, port] of container.ports.entries()) {
        const entry = port.containerPort === 22 && port.protocol === "TCP" ? port.map.get("containerPort") : undefined;
        if (entry === undefined) continue;
        yield {
          at: entry.value.span,
          message: `${nameOf(container)} declares port 22, an SSH server: remove it, \`kubectl exec\` opens a shell for whoever may.`,
          fixes: () => undeclared(model, container, index),
        };
      }
    }
  },
});

function undeclared(model: KubernetesModel, container: Container, index: number): readonly Fix[] {
  const ports = container.get("ports");
  return ports?.type === "seq" && ports.items.length === container.ports.length
    ? reviewed(
        "Declare port 22 no more (the server has to be taken out of the image)",
        removePath(model.document, container.map, ["ports", index]),
      )
    : [];
}
