import { defineRule, type Problem } from "../../engine/rule.ts";
import { setPath } from "../../languages/yaml/edit.ts";
import type { KubernetesModel } from "../../languages/kubernetes/model.ts";
import { containerSocket } from "../shared/container-sockets.ts";
import { reviewed } from "../shared/edit-fixes.ts";
import { oncePerPlace } from "../shared/once-per-place.ts";
import { jobWith } from "./shared/example.ts";
import { hostPathsOf, withoutVolume } from "./shared/host-path.ts";
import { sensitiveHostPath } from "./shared/sensitive-host-path.ts";
import { workloadsOf } from "./shared/workloads.ts";

export default defineRule("kubernetes", {
  slug: "host-path-volume",
  summary: "A pod mounts a folder or file of the node it runs on.",
  why: `A \`hostPath\` ties a pod to what happens to lie on one node: on the next one the folder is empty or something else, nothing counts or backs up what is
written there, and two pods on a node share it without knowing. It is also a way around the container's file system, which is why \`baseline\`
refuses it.

Data belongs in a claim, scratch files in an \`emptyDir\`, configuration in a ConfigMap. Agents that read the node's logs or devices keep it; in
\`kube-system\`, where the cluster's own agents live, this rule is silent.`,
  category: "security",
  severity: "info",
  preset: "strict",
  since: "0.1.0",
  aliases: [
    "polaris:hostPathSet",
    "trivy:KSV-0023",
    "kics:non_kube_system_pod_with_host_mount",
    "kubescape:C-0048",
    "pss:baseline/hostpathvolumes",
    "pss:restricted/hostpathvolumes",
    "pss:restricted/restrictedvolumes",
  ],
  references: [
    "https://kubernetes.io/docs/concepts/storage/volumes/#hostpath",
    "https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline",
  ],
  fix: "review",
  examples: [
    {
      bad: jobWith({
        container: ["volumeMounts:", "  - name: cache", "    mountPath: /cache", "    readOnly: true"],
        podEnd: ["volumes:", "  - name: cache", "    hostPath:", "      path: /srv/cache"],
      }),
      good: jobWith({
        container: ["volumeMounts:", "  - name: cache", "    mountPath: /cache", "    readOnly: true"],
        podEnd: ["volumes:", "  - name: cache", "    emptyDir: {}"],
      }),
    },
  ],
  keys: ["hostPath"],
  *check(model) {
    yield* oncePerPlace(problems(model));
  },
});

function* problems(model: KubernetesModel): Iterable<Problem> {
  for (const { pod, resource } of workloadsOf(model)) {
    if (resource.namespace === "kube-system") continue;
    for (const volume of hostPathsOf(pod)) {
      // Those have rules of their own, which say what is in it.
      if (containerSocket(volume.path) !== undefined || sensitiveHostPath(volume) !== undefined) continue;
      yield {
        at: volume.at,
        message: `\`${volume.written}\` is a path of whichever node the pod runs on: use a claim for data, an \`emptyDir\` for scratch files.`,
        fixes: () => {
          const map = { name: volume.name ?? "data", emptyDir: {} };
          return [
            ...reviewed(
              "Use an `emptyDir` (it is empty at first, and goes with the pod)",
              setPath(model.document, pod.spec, ["volumes", volume.index], map),
            ),
            ...reviewed("Remove the volume (what is on the node there is gone)", withoutVolume(model, pod, volume)),
          ];
        },
      };
    }
  }
}
