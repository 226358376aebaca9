import { defineRule } from "../../engine/rule.ts";
import { atLeast } from "../../knowledge/deprecated-apis.ts";
import { setPath } from "../../languages/yaml/edit.ts";
import { reviewed } from "../shared/edit-fixes.ts";
import { jobWith } from "./shared/example.ts";
import { flagOf } from "./shared/security-context.ts";
import { workloadsOf } from "./shared/workloads.ts";

export default defineRule("kubernetes", {
  slug: "host-user-namespace",
  summary: "The users of a pod are the users of its node.",
  why: `Without \`hostUsers: false\` user 0 in a container is user 0 on the node, and only the container's walls tell them apart. With it the pod has users of its
own: its root is nobody outside, so that most ways out of a container end as a user without rights. From Kubernetes 1.35 on Pod Security counts it as making up
for running as root.

It needs Linux 6.3 and file systems that can map users, which not every volume's does, and does not go with \`hostNetwork\`, \`hostPID\` or
\`hostIPC\`. So it is off until asked for.`,
  category: "security",
  severity: "hint",
  preset: "all",
  since: "0.1.0",
  aliases: [],
  references: [
    "https://kubernetes.io/docs/concepts/workloads/pods/user-namespaces/",
    "https://kubernetes.io/docs/tasks/configure-pod-container/user-namespaces/",
  ],
  fix: "review",
  examples: [
    {
      bad: jobWith({}),
      good: jobWith({ pod: ["automountServiceAccountToken: false"] }).replace(
        "      containers:",
        "      hostUsers: false\n      containers:",
      ),
    },
  ],
  *check(model) {
    if (!atLeast(model.release, "1.33")) return;
    for (const { pod, whole } of workloadsOf(model)) {
      const entry = pod.entry("hostUsers");
      const flag = flagOf(entry?.value);
      if (flag === false || flag === "unknown" || pod.windows) continue;
      if (["hostNetwork", "hostPID", "hostIPC"].some((key) => pod.get(key) !== undefined)) continue;
      const at = entry?.keySpan ?? (whole ? pod.containersEntry?.keySpan : undefined);
      if (at === undefined) continue;
      yield {
        at,
        message: "Root in this pod is root on its node: set `hostUsers: false`, so that its users are nobody there.",
        fixes: () =>
          reviewed(
            "Set `hostUsers: false` (nodes need Linux 6.3, volumes must be able to map users)",
            setPath(model.document, pod.spec, ["hostUsers"], false, {
              position: { before: ["initContainers", "containers"] },
            }),
          ),
      };
    }
  },
});
