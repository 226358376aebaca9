import { defineRule } from "../../engine/rule.ts";
import { appArmorAnnotationPrefix, seccompAnnotations } from "../../knowledge/pod-security.ts";
import type { Container, PodTemplate } from "../../languages/kubernetes/model.ts";
import { entriesOf, isUnknown, itemsOf, scalarText } from "../../languages/yaml/path.ts";
import { jobWith } from "./shared/example.ts";
import { isOpaque } from "./shared/pod-security-place.ts";
import { effectiveSetting, setInPod } from "./shared/security-context.ts";
import { containersOf, nameOf } from "./shared/workloads.ts";

export default defineRule("kubernetes", {
  slug: "unconfined-container",
  summary: "None of the kernel's ways to confine a program is asked for in a container.",
  why: `AppArmor and SELinux limit which files and interfaces a program reaches, seccomp which system calls it makes, dropped capabilities which privileges root
has. Each of them has stopped real escapes. A container that asks for none of the four is held by namespaces alone.

Other rules speak of seccomp and capabilities one by one; this one is for policies that want any of the four, and off until asked for.`,
  category: "security",
  severity: "hint",
  preset: "all",
  since: "0.1.0",
  aliases: ["polaris:linuxHardening", "kubescape:C-0055"],
  references: ["https://kubernetes.io/docs/concepts/security/linux-kernel-security-constraints/"],
  fix: "review",
  examples: [
    {
      bad: withoutSingleRules(["runAsNonRoot: true"]),
      good: withoutSingleRules(["runAsNonRoot: true", "appArmorProfile:", "  type: RuntimeDefault"]),
      fixed: false,
    },
  ],
  *check(model) {
    for (const { pod, container, whole } of containersOf(model)) {
      if (!whole || pod.windows || isConfined(pod, container)) continue;
      yield {
        at: container.at,
        message: `${nameOf(container)} asks for no seccomp or AppArmor profile, no SELinux label and drops no capability: set \`seccompProfile.type: RuntimeDefault\`.`,
        fixes: () =>
          setInPod(
            model,
            pod,
            ["seccompProfile"],
            { type: "RuntimeDefault" },
            "Set `seccompProfile.type: RuntimeDefault` for the pod (rare system calls are refused)",
          ),
      };
    }
  },
});

function isConfined(pod: PodTemplate, container: Container): boolean {
  const profiled = ["seccompProfile", "appArmorProfile"].some((key) => {
    const type = effectiveSetting(pod, container, key, "type")?.node;
    return type !== undefined && scalarText(type) !== "Unconfined";
  });
  const annotations = new Set([
    `${appArmorAnnotationPrefix}${container.name ?? ""}`,
    `${seccompAnnotations.containerPrefix}${container.name ?? ""}`,
    seccompAnnotations.pod,
  ]);
  const labelled = effectiveSetting(pod, container, "seLinuxOptions")?.node;
  return (
    profiled ||
    isOpaque(pod) ||
    isOpaque(container, "capabilities", "drop") ||
    isUnknown(labelled, "kubernetes") ||
    entriesOf(labelled).length > 0 ||
    itemsOf(container.get("securityContext", "capabilities", "drop")).length > 0 ||
    pod.annotations.some(({ name, value }) => annotations.has(name) && value.toLowerCase() !== "unconfined")
  );
}

/** Where the rules about the single settings are off, so that any of the four will do. */
function withoutSingleRules(podSecurity: readonly string[]): string {
  const containerSecurity = ["allowPrivilegeEscalation: false", "readOnlyRootFilesystem: true"];
  return `# seaworthy ignore-file missing-seccomp-profile, capabilities-kept\n${jobWith({ podSecurity, containerSecurity })}`;
}
