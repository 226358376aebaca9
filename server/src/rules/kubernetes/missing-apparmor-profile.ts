import { defineRule } from "../../engine/rule.ts";
import { appArmorAnnotationPrefix, hasAppArmorField } from "../../knowledge/pod-security.ts";
import type { Container, PodTemplate } from "../../languages/kubernetes/model.ts";
import { jobWith } from "./shared/example.ts";
import { isOpaque } from "./shared/pod-security-place.ts";
import { effectiveSetting, flagOf, setInPod } from "./shared/security-context.ts";
import { nameOf, workloadsOf } from "./shared/workloads.ts";

const security = ["runAsNonRoot: true", "seccompProfile:", "  type: RuntimeDefault"];

export default defineRule("kubernetes", {
  slug: "missing-apparmor-profile",
  summary: "Nothing says which AppArmor profile a container runs under.",
  why: `On nodes with AppArmor the container runtime gives its own profile to containers that ask for none, so that mostly nothing is lost. Whether that happens
depends on the runtime and its configuration; \`appArmorProfile\` says it for sure, and a reader can see it. A profile of the program's own denies
far more.

On nodes without AppArmor a pod that asks for \`RuntimeDefault\` runs as before, one that asks for \`Localhost\` is refused. Contested, so it is
off until asked for.`,
  category: "security",
  severity: "hint",
  preset: "all",
  since: "0.1.0",
  aliases: ["trivy:KSV-0002", "kics:missing_app_armor_config"],
  references: ["https://kubernetes.io/docs/tutorials/security/apparmor/"],
  fix: "review",
  examples: [
    {
      bad: jobWith({}),
      good: jobWith({ podSecurity: [...security, "appArmorProfile:", "  type: RuntimeDefault"] }),
    },
  ],
  *check(model) {
    for (const { pod, whole } of workloadsOf(model)) {
      if (pod.windows || !whole) continue;
      const missing = pod.containers.filter((container) => !hasProfile(pod, container));
      const all = missing.length === pod.containers.length ? pod.containersEntry?.keySpan : undefined;
      const field = hasAppArmorField(model.release);
      const fixes = () =>
        field
          ? setInPod(
              model,
              pod,
              ["appArmorProfile"],
              { type: "RuntimeDefault" },
              "Set `appArmorProfile.type: RuntimeDefault` for the pod (rare accesses are denied)",
            )
          : [];
      const advice = field ? "set `appArmorProfile.type: RuntimeDefault`" : "name `runtime/default` in its annotation";
      if (all !== undefined && missing.length > 0) {
        yield { at: all, message: `No AppArmor profile is named for these containers: ${advice}.`, fixes };
        continue;
      }
      for (const container of missing) {
        yield { at: container.at, message: `${nameOf(container)} names no AppArmor profile: ${advice}.`, fixes };
      }
    }
  },
});

function hasProfile(pod: PodTemplate, container: Container): boolean {
  return (
    flagOf(container.get("securityContext", "privileged")) === true ||
    effectiveSetting(pod, container, "appArmorProfile", "type") !== undefined ||
    isOpaque(pod, "appArmorProfile") ||
    isOpaque(container, "appArmorProfile") ||
    pod.annotations.some(({ name }) => name === `${appArmorAnnotationPrefix}${container.name ?? ""}`)
  );
}
