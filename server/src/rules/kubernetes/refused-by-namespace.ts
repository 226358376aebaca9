import { defineRule, type Related } from "../../engine/rule.ts";
import { atLeast } from "../../knowledge/deprecated-apis.ts";
import { podSecurityLabels, type PodSecurityLevel } from "../../knowledge/pod-security.ts";
import { reviewed } from "../shared/edit-fixes.ts";
import { type JobParts, jobWith } from "./shared/example.ts";
import { answersAll, hardeningEdits, hardeningParts } from "./shared/hardening.ts";
import { podSecurityProblems } from "./shared/pod-security.ts";
import { workloadsOf } from "./shared/workloads.ts";

const namespace =
  "apiVersion: v1\nkind: Namespace\nmetadata:\n  name: shop\n  labels:\n    pod-security.kubernetes.io/enforce: restricted\n";

/** A Job in that Namespace. */
function inShop(parts: JobParts): string {
  return jobWith(parts).replace("  name: report\n", "  name: report\n  namespace: shop\n");
}

/** A Job there with a volume of its own. */
function mounting(volumes: readonly string[]): string {
  return inShop({
    container: ["volumeMounts:", "  - name: reports", "    mountPath: /reports"],
    podEnd: volumes,
  });
}

const withUser = ["runAsUser: 10001", "seccompProfile:", "  type: RuntimeDefault"];

export default defineRule("kubernetes", {
  slug: "refused-by-namespace",
  summary: "The Namespace enforces a level of Pod Security that refuses these pods.",
  why: `A Namespace with the label \`pod-security.kubernetes.io/enforce\` refuses every pod that does not meet its level. A Deployment is accepted all the same:
its pods never come, and the reason stands only in the events of its ReplicaSet. The next roll-out hangs, and the pods that run now are not replaced when
a node goes.

The pod is judged by the release that the label \`enforce-version\` names, else by the one the config names. Give the pod what the level asks for, or put it into
a namespace of its own with a lower level.`,
  category: "security",
  severity: "error",
  preset: "minimal",
  since: "0.1.0",
  aliases: [],
  references: [
    "https://kubernetes.io/docs/concepts/security/pod-security-admission/",
    "https://kubernetes.io/docs/concepts/security/pod-security-standards/",
  ],
  fix: "review",
  examples: [
    {
      bad: mounting([
        "volumes:",
        "  - name: reports",
        "    nfs:",
        "      server: files.internal",
        "      path: /reports",
      ]),
      good: mounting(["volumes:", "  - name: reports", "    persistentVolumeClaim:", "      claimName: reports"]),
      fixed: false,
      path: "job.yaml",
      files: { "namespace.yaml": namespace },
    },
    {
      bad: inShop({ podSecurity: withUser }),
      good: inShop({ podSecurity: [...withUser, "runAsNonRoot: true"] }),
      path: "job.yaml",
      files: { "namespace.yaml": namespace },
    },
  ],
  reads: "workspace",
  *check(model, _options, workspace) {
    for (const { pod, resource, whole } of workloadsOf(model)) {
      const manifests = workspace.manifests();
      const name = manifests.namespaceOf(resource.namespace);
      const found = name === undefined ? undefined : manifests.find({ group: "", kind: "Namespace", name });
      const level = levelOf(found?.labels[podSecurityLabels.enforce]);
      if (name === undefined || found === undefined || level === undefined) continue;
      const release = releaseOf(found.labels[podSecurityLabels.enforceVersion], model.release);
      const filled = whole && !manifests.patch;
      const refused = podSecurityProblems(pod, release, level).filter(({ missing }) => filled || !missing);
      if (refused.length === 0) continue;
      const listed = refused.slice(0, 3).map(({ what }) => what);
      const more = refused.length > listed.length ? `, and ${refused.length - listed.length} more` : "";
      const label: Related = {
        path: found.path,
        at: found.labelsSpan,
        message: `\`${podSecurityLabels.enforce}: ${level}\` is set here`,
      };
      yield {
        at: resource.kindEntry.value.span,
        message: `Namespace \`${name}\` enforces \`${level}\` and will refuse ${resource.resourceKind === "Pod" ? "this pod" : "these pods"}: ${listed.join(", ")}${more}.`,
        related: [label, ...refused.slice(0, 20).map(({ at, what }) => ({ at, message: `Refused: ${what}` }))],
        fixes: () => {
          // With what is written and refused, the pod stays refused.
          if (refused.some(({ missing }) => !missing)) return [];
          const parts = hardeningParts(model, pod).filter(({ scratch }) => scratch === undefined);
          if (!answersAll(parts, refused)) return [];
          return reviewed(
            `Set what \`${level}\` asks for (an image that runs as root will not start)`,
            hardeningEdits(model, pod, parts),
          );
        },
      };
    }
  },
});

function levelOf(label: string | undefined): PodSecurityLevel | undefined {
  return label === "baseline" || label === "restricted" ? label : undefined;
}

/** A cluster knows no rules of later releases than its own. */
function releaseOf(label: string | undefined, cluster: string): string {
  const asked = /^v(1\.\d+)$/.exec(label ?? "")?.[1];
  return asked === undefined || !atLeast(cluster, asked) ? cluster : asked;
}
