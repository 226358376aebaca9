import { defineRule } from "../../engine/rule.ts";
import { jobWith } from "./shared/example.ts";
import { setInContainer, setInPod } from "./shared/security-context.ts";
import { nameOf, workloadsOf } from "./shared/workloads.ts";

const complete = [
  "runAsNonRoot: true",
  "seccompProfile:",
  "  type: RuntimeDefault",
  "allowPrivilegeEscalation: false",
  "readOnlyRootFilesystem: true",
  "capabilities:",
  "  drop:",
  "    - ALL",
];

export default defineRule("kubernetes", {
  slug: "missing-security-context",
  summary: "A pod or a container says nothing of what it may do.",
  why: `Without a \`securityContext\` everything is left to what the image and the runtime happen to do: mostly root, with a dozen capabilities, a root file system
to write to, and every system call. Other rules say of each setting what it is for; this one only sees that nobody has thought of any.

It is meant for those who want one line for each pod and container rather than the single settings, and off until asked for.`,
  category: "security",
  severity: "hint",
  preset: "all",
  since: "0.1.0",
  aliases: [
    "trivy:KSV-0118",
    "checkov:CKV_K8S_29",
    "checkov:CKV_K8S_30",
    "kics:pod_or_container_without_security_context",
  ],
  references: ["https://kubernetes.io/docs/tasks/configure-pod-container/security-context/"],
  fix: "review",
  examples: [
    {
      bad: jobWith({ podSecurity: [], containerSecurity: complete }),
      good: jobWith({ containerSecurity: complete }),
    },
  ],
  *check(model) {
    for (const { pod, whole } of workloadsOf(model)) {
      if (!whole || pod.windows) continue;
      if (pod.entry("securityContext") === undefined && pod.containersEntry !== undefined) {
        const value = { runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } };
        yield {
          at: pod.containersEntry.keySpan,
          message: "The pod has no `securityContext`: add one with `runAsNonRoot` and a seccomp profile.",
          fixes: () =>
            setInPod(model, pod, [], value, "Add a `securityContext` (an image that runs as root will not start)"),
        };
      }
      for (const container of pod.containers) {
        if (container.entry("securityContext") !== undefined) continue;
        const value = { allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] } };
        yield {
          at: container.at,
          message: `${nameOf(container)} has no \`securityContext\`: add one that drops capabilities and forbids privilege escalation.`,
          fixes: () =>
            setInContainer(
              model,
              container,
              [],
              value,
              "Add a `securityContext` (a process that runs as root may miss some capabilities)",
            ),
        };
      }
    }
  },
});
