import { defineRule, type Fix } from "../../engine/rule.ts";
import type { BaseImageFacts, StartUser } from "../../knowledge/base-images/index.ts";
import { startUserOf } from "../../languages/image/index.ts";
import type { Container, KubernetesModel, PodTemplate } from "../../languages/kubernetes/model.ts";
import { removePath, setPath } from "../../languages/yaml/edit.ts";
import { userNamespaceCounts } from "../../knowledge/pod-security.ts";
import { reviewed } from "../shared/edit-fixes.ts";
import { joined } from "../shared/joined-edits.ts";
import { effectiveSetting, flagOf, numberOf } from "./shared/security-context.ts";
import { containersOf, nameOf } from "./shared/workloads.ts";
import { jobWith } from "./shared/example.ts";

export default defineRule("kubernetes", {
  slug: "may-run-as-root",
  summary: "Nothing keeps a container from running as root.",
  why: `Root in a container is root to the kernel. With a flaw in the runtime, a mounted host path or a careless capability, it is root on the node as
well. \`runAsNonRoot: true\` makes the kubelet refuse a container whose image would run as root, so nobody has to remember.

Whom an image starts as is known of common ones, and of any whose registry was asked; then the message says so.

It wants a number: where an image names its user (\`USER app\`), the kubelet cannot tell who that is and refuses too, so \`runAsUser\` goes with it.
Pods with \`hostUsers: false\` have a root that is nobody on the node, and are left alone; before Kubernetes 1.35 Pod Security
did not see that, and they are hinted at.`,
  category: "security",
  severity: "warning",
  preset: "recommended",
  since: "0.1.0",
  aliases: [
    "kube-linter:run-as-non-root",
    "polaris:runAsRootAllowed",
    "trivy:KSV-0012",
    "trivy:KSV-0105",
    "checkov:CKV_K8S_23",
    "kics:containers_running_as_root",
    "kics:root_containers_admitted",
    "pss:restricted/runasnonroot",
    "pss:restricted/runasuser",
    "pss:restricted/base",
    "pss:restricted/base_windows",
  ],
  references: [
    "https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted",
    "https://kubernetes.io/docs/tasks/configure-pod-container/security-context/",
  ],
  fix: "review",
  examples: [
    {
      bad: jobWith({ podSecurity: ["seccompProfile:", "  type: RuntimeDefault"] }),
      good: jobWith({ podSecurity: ["seccompProfile:", "  type: RuntimeDefault", "runAsNonRoot: true"] }),
    },
  ],
  *check(model) {
    for (const { pod, container, whole } of containersOf(model)) {
      const remapped = flagOf(pod.get("hostUsers")) === false;
      if (remapped && userNamespaceCounts(model.release)) continue;
      const facts = container.imageUse?.facts;
      const user = effectiveSetting(pod, container, "runAsUser");
      const nonRoot = effectiveSetting(pod, container, "runAsNonRoot");
      const uid = numberOf(user?.node);
      const required = flagOf(nonRoot?.node);
      if (uid === "unknown" || required === "unknown") continue;
      if (uid === 0 && user !== undefined) {
        const at = user.entry.keySpan;
        const message =
          required === true
            ? `${nameOf(container)} must not run as root and runs as user 0, so it will not start: give it another \`runAsUser\`.`
            : `${nameOf(container)} runs as root: give it a \`runAsUser\` above 0.`;
        yield {
          at,
          message,
          ...(remapped ? { severity: "hint" } : {}),
          fixes: () => withoutRoot(model, pod, container, user.from, facts),
        };
        continue;
      }
      if (required === true || uid !== undefined) continue;
      if (nonRoot === undefined && !whole) continue;
      const start = container.imageUse && startUserOf(container.imageUse);
      const already = start !== undefined && start.uid !== 0;
      yield {
        at: nonRoot?.entry.keySpan ?? container.at,
        message: messageFor(container, start),
        fixes: () => fixesFor(model, pod, container),
        ...(already || remapped ? { severity: "hint" } : {}),
      };
    }
  },
});

function messageFor(container: Container, start: StartUser | undefined): string {
  const name = nameOf(container);
  if (start !== undefined && start.uid !== 0) {
    const as = `${name} runs as its image's user ${start.uid ?? `\`${start.name}\``}, and nothing keeps the next image from running as root`;
    return namesUser(container)
      ? `${as}: set \`runAsNonRoot: true\`, and the user's number as \`runAsUser\`, since the kubelet cannot tell who a name is.`
      : `${as}: set \`runAsNonRoot: true\`.`;
  }
  const needsNumber = start === undefined ? "" : " and a `runAsUser`";
  // The table speaks of images of that name, the registry of this one.
  const does = container.imageUse?.description === undefined || start === undefined ? "may run" : "starts";
  return `${name} ${does} as root: set \`runAsNonRoot: true\`${needsNumber} in its \`securityContext\` or the pod's.`;
}

/** The image is known to give its user a name, of which the kubelet cannot tell that it is not root. */
function namesUser({ imageUse }: Container): boolean {
  const user = imageUse?.description?.user;
  return user !== undefined && user !== "" && !/^\d/.test(user);
}

/** Where the image is known to have a user that is not root: that one's number, or, where it is the image's own, none at all. */
function withoutRoot(
  model: KubernetesModel,
  pod: PodTemplate,
  container: Container,
  from: "container" | "pod",
  facts: BaseImageFacts | undefined,
): readonly Fix[] {
  if (facts === undefined || facts.workersDropRoot === true) return [];
  const path = ["securityContext", "runAsUser"];
  if (facts.user.uid !== 0 && from === "container") {
    const title = `Remove \`runAsUser: 0\` (it runs as the image's user ${facts.user.uid ?? `\`${facts.user.name}\``}; files it writes must be that user's)`;
    return reviewed(title, removePath(model.document, container.map, path));
  }
  const user = facts.user.uid === 0 ? facts.nonRootUser : facts.user;
  if (user?.uid === undefined) return [];
  return reviewed(
    `Run as \`${user.name}\` (${user.uid}), the image's own user (files it writes must be that user's)`,
    setPath(model.document, container.map, path, user.uid),
  );
}

function fixesFor(model: KubernetesModel, pod: PodTemplate, container: Container): readonly Fix[] {
  if (pod.windows) return [];
  const facts = container.imageUse?.facts;
  const start = container.imageUse && startUserOf(container.imageUse);
  if (start !== undefined && (start.uid === 0 || namesUser(container))) {
    const user = start.uid === 0 ? facts?.nonRootUser : start;
    // The image is known to need root, or its first process does: with the setting it would not start.
    if (user?.uid === undefined || facts?.workersDropRoot === true) return [];
    const context = container.get("securityContext");
    const value = { runAsNonRoot: true, runAsUser: user.uid };
    const edits =
      context === undefined
        ? setPath(model.document, container.map, ["securityContext"], value)
        : joined(model.document.text, [
            setPath(model.document, container.map, ["securityContext", "runAsNonRoot"], true),
            setPath(model.document, container.map, ["securityContext", "runAsUser"], user.uid),
          ]);
    return edits === undefined
      ? []
      : [
          {
            title: `Run as \`${user.name}\` (${user.uid}), the image's own user (files it writes must be that user's)`,
            safety: "review",
            edits,
          },
        ];
  }
  const own = container.entry("securityContext", "runAsNonRoot") !== undefined;
  const edits = own
    ? setPath(model.document, container.map, ["securityContext", "runAsNonRoot"], true)
    : setPath(model.document, pod.spec, ["securityContext", "runAsNonRoot"], true, {
        position: { before: ["initContainers", "containers"] },
      });
  return edits === undefined
    ? []
    : [
        {
          title: `Set \`runAsNonRoot: true\` for the ${own ? "container" : "pod"} (an image that runs as root will not start)`,
          safety: "review",
          edits,
        },
      ];
}
