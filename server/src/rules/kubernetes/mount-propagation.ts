import { defineRule, type Problem } from "../../engine/rule.ts";
import { setPath } from "../../languages/yaml/edit.ts";
import type { KubernetesModel } from "../../languages/kubernetes/model.ts";
import { getPath, itemsOf, scalarText } from "../../languages/yaml/path.ts";
import { reviewed } from "../shared/edit-fixes.ts";
import { oncePerPlace } from "../shared/once-per-place.ts";
import { jobWith } from "./shared/example.ts";
import { flagOf } from "./shared/security-context.ts";
import { containersOf, nameOf } from "./shared/workloads.ts";

const volumes = ["volumes:", "  - name: data", "    emptyDir: {}"];

export default defineRule("kubernetes", {
  slug: "mount-propagation",
  summary: "What a container mounts comes to be mounted on its node.",
  why: `With \`mountPropagation: Bidirectional\` every file system that the container mounts below that path appears on the node and in all other containers that
have it, and stays when the container goes: an empty folder over the node's data, a mount nobody can undo. So Kubernetes allows it to privileged
containers only, and refuses the pod otherwise.

Storage drivers need it for the kubelet's folder. Who only wants to see what the node mounts later takes \`HostToContainer\`.`,
  category: "security",
  severity: "error",
  preset: "recommended",
  since: "0.1.0",
  aliases: [],
  references: ["https://kubernetes.io/docs/concepts/storage/volumes/#mount-propagation"],
  fix: "review",
  examples: [
    {
      bad: jobWith({
        container: ["volumeMounts:", "  - name: data", "    mountPath: /data", "    mountPropagation: Bidirectional"],
        podEnd: volumes,
      }),
      good: jobWith({
        container: ["volumeMounts:", "  - name: data", "    mountPath: /data", "    mountPropagation: HostToContainer"],
        podEnd: volumes,
      }),
    },
  ],
  keys: ["mountPropagation"],
  *check(model) {
    yield* oncePerPlace(problems(model));
  },
});

function* problems(model: KubernetesModel): Iterable<Problem> {
  for (const { container, whole } of containersOf(model)) {
    for (const [index, mount] of itemsOf(container.get("volumeMounts")).entries()) {
      const node = getPath(mount, "mountPropagation");
      if (node === undefined || scalarText(node) !== "Bidirectional") continue;
      const privileged = flagOf(container.get("securityContext", "privileged"));
      const refused = whole && (privileged === undefined || privileged === false);
      yield {
        at: node.span,
        message: refused
          ? `${nameOf(container)} is not privileged, so Kubernetes refuses \`Bidirectional\` and with it the pod: use \`HostToContainer\`.`
          : `What ${nameOf(container)} mounts here is mounted on the node, too: use \`HostToContainer\`, unless that is its job.`,
        severity: refused ? "error" : "hint",
        fixes: () =>
          reviewed(
            "Change it to `HostToContainer` (what it mounts no longer appears on the node)",
            setPath(model.document, container.map, ["volumeMounts", index, "mountPropagation"], "HostToContainer"),
          ),
      };
    }
  }
}
