import { defineRule, type Problem } from "../../engine/rule.ts";
import { containerSocket, socketMountWhy } from "../shared/container-sockets.ts";
import type { KubernetesModel } from "../../languages/kubernetes/model.ts";
import { reviewed } from "../shared/edit-fixes.ts";
import { oncePerPlace } from "../shared/once-per-place.ts";
import { workloadsOf } from "./shared/workloads.ts";
import { hostPathsOf, withoutVolume } from "./shared/host-path.ts";
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
    "kubescape:C-0074",
    "pss:baseline/hostpathvolumes",
    "pss:restricted/hostpathvolumes",
    "pss:restricted/restrictedvolumes",
  ],
  references: ["https://docs.docker.com/engine/security/#docker-daemon-attack-surface"],
  fix: "review",
  examples: [
    {
      bad: jobWith({
        container: ["volumeMounts:", "  - name: engine", "    mountPath: /var/run/docker.sock"],
        podEnd: ["volumes:", "  - name: engine", "    hostPath:", "      path: /var/run/docker.sock"],
      }),
      good: jobWith({}),
    },
  ],
  keys: ["hostPath"],
  *check(model) {
    yield* oncePerPlace(problems(model));
  },
});

function* problems(model: KubernetesModel): Iterable<Problem> {
  for (const { pod } of workloadsOf(model)) {
    for (const volume of hostPathsOf(pod)) {
      const socket = containerSocket(volume.path);
      if (socket === undefined) continue;
      yield {
        at: volume.at,
        message: `\`${volume.written}\` is the ${socket} socket: whoever reaches it is root on the node. Use an API made for the purpose instead.`,
        fixes: () =>
          reviewed(
            "Remove the volume (what asks the container runtime stops working)",
            withoutVolume(model, pod, volume),
          ),
      };
    }
  }
}
