import { jobWith } from "./shared/example.ts";
import { refusedSetting } from "./shared/refused-setting.ts";

const mount = ["volumeMounts:", "  - name: reports", "    mountPath: /reports"];

export default refusedSetting({
  slug: "restricted-volume-type",
  check: "restrictedVolumes",
  summary: "A pod names its storage itself, by a kind of volume that `restricted` refuses.",
  why: `\`nfs\`, \`iscsi\`, \`azureFile\` and their like put addresses and credentials of the storage into every pod, and let whoever may create a pod mount
whatever that storage has. A claim for a PersistentVolume leaves that to the cluster, so that the manifest works elsewhere, too. Most of these kinds were
replaced by CSI drivers, and some are gone. The level \`restricted\` refuses all of them.

To mount an existing share, write a PersistentVolume for it once and let pods claim it.`,
  severity: "hint",
  preset: "strict",
  aliases: ["trivy:KSV-0028", "pss:restricted/restrictedvolumes", "pss:restricted/base"],
  references: [
    "https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted",
    "https://kubernetes.io/docs/concepts/storage/volumes/",
  ],
  fix: null,
  keys: ["volumes"],
  examples: [
    {
      bad: jobWith({
        container: mount,
        podEnd: ["volumes:", "  - name: reports", "    nfs:", "      server: files.internal", "      path: /reports"],
      }),
      good: jobWith({
        container: mount,
        podEnd: ["volumes:", "  - name: reports", "    persistentVolumeClaim:", "      claimName: reports"],
      }),
      fixed: false,
    },
  ],
  say({ value }) {
    // The node's own folders have rules of their own.
    if (value === "hostPath") return undefined;
    return {
      message: `The pod itself names its storage with \`${value}\`, which Pod Security \`restricted\` refuses: claim a PersistentVolume instead.`,
    };
  },
});
