import { defineRule } from "../../engine/rule.ts";
import { containerSocket, socketMountWhy } from "../shared/container-sockets.ts";
import { getPath, itemsOf, scalarText } from "../../languages/yaml/path.ts";
import { workloadsOf } from "./shared/workloads.ts";
import { jobWith } from "./shared/example.ts";

export default defineRule("kubernetes", {
  slug: "docker-socket-mount",
  summary: "A pod mounts the container runtime's socket from the node.",
  why: `${socketMountWhy}

On Kubernetes it also goes past every admission rule, quota and audit log, for the containers it starts are none of the cluster's. Build images with
BuildKit or kaniko in a pod of their own, and read logs and metrics from the kubelet.`,
  category: "security",
  severity: "warning",
  preset: "minimal",
  since: "0.1.0",
  aliases: [
    "kube-linter:docker-sock",
    "trivy:KSV-0006",
    "checkov:CKV_K8S_27",
    "kics:docker_daemon_socket_is_exposed_to_containers",
  ],
  references: ["https://docs.docker.com/engine/security/#docker-daemon-attack-surface"],
  fix: null,
  examples: [
    {
      bad: jobWith({
        podEnd: ["volumes:", "  - name: engine", "    hostPath:", "      path: /var/run/docker.sock"],
      }),
      good: jobWith({}),
      fixed: false,
    },
  ],
  *check(model) {
    for (const { pod } of workloadsOf(model)) {
      for (const volume of itemsOf(pod.get("volumes"))) {
        const path = getPath(volume, "hostPath", "path");
        const socket = containerSocket(scalarText(path) ?? "");
        if (path === undefined || socket === undefined) continue;
        yield {
          at: path.span,
          message: `\`${scalarText(path) ?? socket}\` is the ${socket} socket: whoever reaches it is root on the node. Use an API made for the purpose instead.`,
        };
      }
    }
  },
});
