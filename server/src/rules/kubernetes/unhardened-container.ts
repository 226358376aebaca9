import { defineRule, type Fix } from "../../engine/rule.ts";
import type { Container, KubernetesModel, PodTemplate } from "../../languages/kubernetes/model.ts";
import { isUnknown } from "../../languages/yaml/path.ts";
import { listed } from "../../text/words.ts";
import { reviewed } from "../shared/edit-fixes.ts";
import { jobWith } from "./shared/example.ts";
import { hardeningEdits, hardeningParts } from "./shared/hardening.ts";
import { effectiveSetting, flagOf, isAllPowerful } from "./shared/security-context.ts";
import { nameOf, workloadsOf } from "./shared/workloads.ts";

export default defineRule("kubernetes", {
  slug: "unhardened-container",
  summary: "A container starts with everything that the runtime gives away, and nothing says that it needs it.",
  why: `A container starts with more than most programs use: setuid programs that make somebody root, fourteen capabilities, and in many clusters every system call. Taking these away does not
stop a flaw in the program, but what can be done with it, and the \`restricted\` level of Pod Security asks for all three.

One finding for each pod names what is missing where nobody has thought of it yet. A container that has some of it is left alone here: \`privilege-escalation\`, \`capabilities-kept\` and
\`missing-seccomp-profile\` of the preset \`strict\` tell each of them. "Harden" among the refactorings of the editor offers the rest: a user that is not root, a read-only file system.`,
  category: "security",
  severity: "info",
  preset: "recommended",
  since: "0.1.0",
  aliases: [],
  references: [
    "https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted",
    "https://kubernetes.io/docs/tasks/configure-pod-container/security-context/",
  ],
  fix: "review",
  examples: [
    {
      bad: jobWith({ podSecurity: ["runAsNonRoot: true"], containerSecurity: ["readOnlyRootFilesystem: true"] }),
      good: jobWith({
        containerSecurity: [
          "readOnlyRootFilesystem: true",
          "allowPrivilegeEscalation: false",
          "capabilities:",
          "  drop:",
          "    - ALL",
        ],
      }),
    },
  ],
  *check(model) {
    for (const { pod, whole } of workloadsOf(model)) {
      if (!whole || pod.windows) continue;
      const found = pod.containers.filter(isUnhardened);
      const [first] = found;
      if (first === undefined) continue;
      const wanted = ["`allowPrivilegeEscalation: false`", "`capabilities.drop: [ALL]`"];
      if (found.some((container) => lacksProfile(pod, container))) wanted.push("`seccompProfile.type: RuntimeDefault`");
      const one = found.length === 1;
      yield {
        at: one ? first.at : (pod.containersEntry?.keySpan ?? first.at),
        message: `${one ? `${nameOf(first)} has` : "These containers have"} rights that hardly any program needs: set ${listed(wanted)}.`,
        fixes: () => fixesFor(model, pod, found),
      };
    }
  },
});

/** Nothing of what limits a container is there. Whoever wrote some of it has looked at the rest. */
function isUnhardened(container: Container): boolean {
  if (container.role === "ephemeral" || isAllPowerful(container)) return false;
  if (isUnknown(container.get("securityContext"), "kubernetes")) return false;
  const escalation = flagOf(container.get("securityContext", "allowPrivilegeEscalation"));
  if (escalation === false || escalation === "unknown") return false;
  const capabilities = container.get("securityContext", "capabilities");
  return (
    !isUnknown(capabilities, "kubernetes") && container.get("securityContext", "capabilities", "drop") === undefined
  );
}

function lacksProfile(pod: PodTemplate, container: Container): boolean {
  return effectiveSetting(pod, container, "seccompProfile", "type") === undefined;
}

/** Only of the containers that were found, and what is known to be needed is left or given back. */
function fixesFor(model: KubernetesModel, pod: PodTemplate, found: readonly Container[]): readonly Fix[] {
  const maps = new Set(found.map(({ map }) => map));
  const parts = hardeningParts(model, pod).filter(({ settings }) =>
    settings.every(
      ({ holder, path }) =>
        limits.has(path[0] ?? "") && (holder.container === undefined || maps.has(holder.container.map)),
    ),
  );
  if (parts.length === 0) return [];
  const what = found.length === 1 && found[0] !== undefined ? nameOf(found[0]) : "these containers";
  const title = `Harden ${what} (setuid programs such as \`sudo\` stop working; a process that runs as root may miss capabilities)`;
  return reviewed(title, hardeningEdits(model, pod, parts));
}

const limits: ReadonlySet<string> = new Set(["allowPrivilegeEscalation", "capabilities", "seccompProfile"]);
