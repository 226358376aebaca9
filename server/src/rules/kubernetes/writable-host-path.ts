import { defineRule, type Problem } from "../../engine/rule.ts";
import type { KubernetesModel } from "../../languages/kubernetes/model.ts";
import { entryAt } from "../../languages/yaml/path.ts";
import { containerSocket } from "../shared/container-sockets.ts";
import { reviewed } from "../shared/edit-fixes.ts";
import { oncePerPlace } from "../shared/once-per-place.ts";
import { jobWith } from "./shared/example.ts";
import { hostPathsOf, mountedReadOnly } from "./shared/host-path.ts";
import { nameOf, workloadsOf } from "./shared/workloads.ts";

const volumes = ["volumes:", "  - name: logs", "    hostPath:", "      path: /srv/logs"];

export default defineRule("kubernetes", {
  slug: "writable-host-path",
  summary: "A container can write to a folder of its node.",
  why: `What a container writes to its node outlives it, is counted by nobody, and can be made so that the node runs or trusts it: a link in a log
folder, a program in a plugin folder. Most containers with a \`hostPath\` only read it, and \`readOnly: true\` costs them nothing.

Storage and network plugins write by design; they are the ones that should be seen to.`,
  category: "security",
  severity: "info",
  preset: "strict",
  since: "0.1.0",
  aliases: [
    "kube-linter:writable-host-mount",
    "kics:volume_mount_with_os_directory_write_permissions",
    "kubescape:C-0045",
  ],
  references: ["https://kubernetes.io/docs/concepts/storage/volumes/#hostpath"],
  fix: "review",
  examples: [
    {
      bad: jobWith({ container: ["volumeMounts:", "  - name: logs", "    mountPath: /logs"], podEnd: volumes }),
      good: jobWith({
        container: ["volumeMounts:", "  - name: logs", "    mountPath: /logs", "    readOnly: true"],
        podEnd: volumes,
      }),
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
      // Whoever may ask the container runtime may do so through a mount that is read-only, too.
      if (containerSocket(volume.path) !== undefined) continue;
      for (const mount of volume.mounts) {
        const at = entryAt(mount.map, "readOnly") ?? entryAt(mount.map, "name");
        if (mount.readOnly !== false || at === undefined) continue;
        yield {
          at: at.keySpan,
          message: `${nameOf(mount.container)} can write to \`${volume.written}\` of its node: mount it with \`readOnly: true\`.`,
          fixes: () =>
            reviewed("Mount it with `readOnly: true` (what is written there fails)", mountedReadOnly(model, [mount])),
        };
      }
    }
  }
}
