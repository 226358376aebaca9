import { defineRule, type Problem } from "../../engine/rule.ts";
import type { KubernetesModel } from "../../languages/kubernetes/model.ts";
import { reviewed } from "../shared/edit-fixes.ts";
import { oncePerPlace } from "../shared/once-per-place.ts";
import { jobWith } from "./shared/example.ts";
import { type HostPath, hostPathsOf, mountedReadOnly, withoutVolume } from "./shared/host-path.ts";
import { sensitiveHostPath } from "./shared/sensitive-host-path.ts";
import { workloadsOf } from "./shared/workloads.ts";

export default defineRule("kubernetes", {
  slug: "sensitive-host-path",
  summary: "A pod mounts a folder of its node that holds the node's system, kernel or keys.",
  why: `Who writes to the node's \`/etc\`, \`/usr\` or \`/var/lib/kubelet\` is root on it with the next cron job, service or login; who only reads there
learns its keys, the kubelet's credentials and the secrets of every pod on it. \`/var/run\` holds the sockets of the container runtime.

Node agents (exporters, log shippers, network and storage plugins) have reasons. They need a part of it, mostly read-only: mount
\`/var/log/pods\` rather than \`/var\`, and set \`readOnly\`. Images that are known to watch the node and mount it read-only are left alone.`,
  category: "security",
  severity: "warning",
  preset: "recommended",
  since: "0.1.0",
  aliases: [
    "kube-linter:sensitive-host-mounts",
    "polaris:hostPathSet",
    "trivy:KSV-0023",
    "trivy:KSV-0121",
    "kics:workload_mounting_with_sensitive_os_directory",
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
        container: ["volumeMounts:", "  - name: system", "    mountPath: /host/etc"],
        podEnd: ["volumes:", "  - name: system", "    hostPath:", "      path: /etc"],
      }),
      good: jobWith({}),
      fixed: false,
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
      const found = sensitiveHostPath(volume);
      if (found === undefined) continue;
      const writable = volume.mounts.filter(({ readOnly }) => readOnly === false);
      yield {
        at: volume.at,
        message: `\`${volume.written}\` of the node ${found.what}: ${writable.length > 0 && found.readOnlyHelps ? "mount only the part that is needed, with `readOnly: true`" : "mount only the part that is needed"}.`,
        severity: found.severity,
        fixes: () => [
          ...(enough(volume)
            ? reviewed("Mount it with `readOnly: true` (what is written there fails)", mountedReadOnly(model, writable))
            : []),
          ...reviewed(
            "Remove the volume (what is read from the node there is gone)",
            withoutVolume(model, pod, volume),
          ),
        ],
      };
    }
  }
}

/** Whether it is no danger any more once nobody can write there. */
function enough(volume: HostPath): boolean {
  const mounts = volume.mounts.map((mount) => ({ ...mount, readOnly: true }));
  return mounts.length > 0 && sensitiveHostPath({ ...volume, mounts }) === undefined;
}
