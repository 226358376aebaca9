import { defineRule } from "../../engine/rule.ts";
import { isUnknown } from "../../languages/yaml/path.ts";
import type { Container, PodTemplate } from "../../languages/kubernetes/model.ts";
import { effectiveSetting, flagOf, setInPod } from "./shared/security-context.ts";
import { workloadsOf } from "./shared/workloads.ts";
import { jobWith } from "./shared/example.ts";

export default defineRule("kubernetes", {
  slug: "missing-seccomp-profile",
  summary: "A container runs without a seccomp profile.",
  why: `A container shares the kernel with everything else on the node, and most ways out of one go through a rare system call. Docker filters
those calls by default; Kubernetes does not, unless the node is set up so (\`--seccomp-default\`). \`seccompProfile: { type: RuntimeDefault }\` on the
pod asks for the runtime's own list, which ordinary programs never notice.

Tools that trace or sandbox other processes (debuggers, some browsers) may need \`Localhost\` with a list of their own.`,
  category: "security",
  severity: "info",
  preset: "strict",
  since: "0.1.0",
  aliases: [
    "kube-score:container-seccomp-profile",
    "trivy:KSV-0030",
    "trivy:KSV-0104",
    "checkov:CKV_K8S_31",
    "kics:seccomp_profile_is_not_configured",
    "pss:restricted/seccompprofile_restricted",
    "pss:restricted/base",
    "pss:restricted/base_windows",
  ],
  references: [
    "https://kubernetes.io/docs/tutorials/security/seccomp/",
    "https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted",
  ],
  fix: "review",
  examples: [{ bad: jobWith({ podSecurity: ["runAsNonRoot: true"] }), good: jobWith({}) }],
  *check(model) {
    for (const { pod, whole } of workloadsOf(model)) {
      if (pod.windows || !whole) continue;
      // A privileged container runs unconfined whatever is asked for.
      const filtered = pod.containers.filter(
        (container) => flagOf(container.get("securityContext", "privileged")) !== true,
      );
      const missing = filtered.filter((container) => !hasProfile(pod, container));
      if (missing.length === 0) continue;
      const all = missing.length === filtered.length ? pod.containersEntry?.keySpan : undefined;
      const title = "Set `seccompProfile.type: RuntimeDefault` for the pod (rare system calls are refused)";
      for (const at of all === undefined ? missing.map((container) => container.at) : [all]) {
        yield {
          at,
          message:
            "No seccomp profile limits which system calls may be made here: set `seccompProfile.type: RuntimeDefault` in the pod's `securityContext`.",
          fixes: () => setInPod(model, pod, ["seccompProfile"], { type: "RuntimeDefault" }, title),
        };
      }
    }
  },
});

function hasProfile(pod: PodTemplate, container: Container): boolean {
  return (
    effectiveSetting(pod, container, "seccompProfile", "type") !== undefined ||
    isUnknown(container.get("securityContext"), "kubernetes") ||
    isUnknown(container.get("securityContext", "seccompProfile"), "kubernetes") ||
    hasAnnotation(pod.annotations, container.name)
  );
}

/** The annotations that held the profile before Kubernetes 1.19, and that newer versions no longer read but people still write. */
function hasAnnotation(annotations: readonly { readonly name: string }[], container: string | undefined): boolean {
  return annotations.some(
    ({ name }) =>
      name === "seccomp.security.alpha.kubernetes.io/pod" ||
      name === `container.seccomp.security.alpha.kubernetes.io/${container ?? ""}`,
  );
}
