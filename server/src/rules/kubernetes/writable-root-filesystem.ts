import { defineRule, type Fix } from "../../engine/rule.ts";
import type { Container, KubernetesModel, PodTemplate } from "../../languages/kubernetes/model.ts";
import { setPath } from "../../languages/yaml/edit.ts";
import { reviewed } from "../shared/edit-fixes.ts";
import { joinedByDepth } from "../shared/joined-edits.ts";
import { scratchFolders, withScratchFolders } from "./shared/read-only.ts";
import { flagOf } from "./shared/security-context.ts";
import { containersOf, nameOf } from "./shared/workloads.ts";
import { jobWith } from "./shared/example.ts";

export default defineRule("kubernetes", {
  slug: "writable-root-filesystem",
  summary: "A container can write to its own root file system.",
  why: `With \`readOnlyRootFilesystem: true\` an intruder cannot drop a tool, change the program or its configuration, and the program cannot fill the
node's disk with files nobody sees. What must be written goes to a volume, where it is counted and, if need be, kept.

It needs knowledge of the program: \`/tmp\`, caches, sockets and PID files want an \`emptyDir\` each, and some images do not start without
them. That is why this is a hint.`,
  category: "security",
  severity: "hint",
  preset: "strict",
  since: "0.1.0",
  aliases: [
    "kube-linter:no-read-only-root-fs",
    "kube-score:container-security-context-readonlyrootfilesystem",
    "polaris:notReadOnlyRootFilesystem",
    "trivy:KSV-0014",
    "checkov:CKV_K8S_22",
    "kics:root_container_not_mounted_as_read_only",
  ],
  references: ["https://kubernetes.io/docs/tasks/configure-pod-container/security-context/"],
  fix: "review",
  examples: [
    {
      bad: jobWith({ containerSecurity: ["allowPrivilegeEscalation: false", "capabilities:", "  drop:", "    - ALL"] }),
      good: jobWith({
        containerSecurity: [
          "allowPrivilegeEscalation: false",
          "capabilities:",
          "  drop:",
          "    - ALL",
          "readOnlyRootFilesystem: true",
        ],
        container: ["volumeMounts:", "  - name: tmp", "    mountPath: /tmp"],
        podEnd: ["volumes:", "  - name: tmp", "    emptyDir: {}"],
      }),
    },
  ],
  *check(model) {
    for (const { pod, container, whole } of containersOf(model)) {
      if (pod.windows || container.role === "ephemeral") continue;
      const entry = container.entry("securityContext", "readOnlyRootFilesystem");
      const readOnly = flagOf(entry?.value);
      if (readOnly === true || readOnly === "unknown") continue;
      if (readOnly === undefined && !whole) continue;
      yield {
        at: entry?.keySpan ?? container.at,
        message: `${nameOf(container)} can write to its root file system: set \`readOnlyRootFilesystem: true\` and mount an \`emptyDir\` where it writes.`,
        fixes: () => fixesFor(model, pod, container),
      };
    }
  },
});

function fixesFor(model: KubernetesModel, pod: PodTemplate, container: Container): readonly Fix[] {
  const folders = scratchFolders(pod, container);
  if (folders === undefined) return [];
  const edits = joinedByDepth(model.document.text, [
    setPath(model.document, container.map, ["securityContext", "readOnlyRootFilesystem"], true),
    ...withScratchFolders(model, pod, [{ container, folders }]),
  ]);
  const beside =
    folders.length === 0 ? "" : ` with an \`emptyDir\` at ${folders.map(({ folder }) => `\`${folder}\``).join(", ")}`;
  return reviewed(`Set \`readOnlyRootFilesystem: true\`${beside} (other paths it writes to need a volume, too)`, edits);
}
