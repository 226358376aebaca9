import { defineRule } from "../../engine/rule.ts";
import { atLeast, deprecatedApi, newestKubernetes, removedBy } from "../../knowledge/deprecated-apis.ts";
import { replaceScalar } from "../../languages/yaml/edit.ts";

export default defineRule("kubernetes", {
  slug: "deprecated-api",
  summary: "A manifest uses a version of an API that Kubernetes has removed or is going to remove.",
  why: `A cluster that no longer serves an API version refuses the manifest: the next deployment after an upgrade fails, often long after the
upgrade, and often the one that was meant to mend something else. Objects that exist already go on; it is the files that stop working.

Set \`kubernetes\` to the release your clusters run. Where only the version has to be changed there is a fix; where fields were renamed with it, the message
says which.`,
  category: "correctness",
  severity: "error",
  preset: "minimal",
  since: "0.1.0",
  aliases: [
    "kube-linter:no-extensions-v1beta",
    "kube-score:Stable version",
    "kube-score:stable-version",
    "trivy:KSV-0107",
    "kics:object_is_using_a_deprecated_api_version",
  ],
  references: ["https://kubernetes.io/docs/reference/using-api/deprecation-guide/"],
  fix: "safe",
  options: {
    kubernetes: {
      default: newestKubernetes,
      description: "The Kubernetes release that the manifests are for, such as `1.33`.",
    },
  },
  examples: [
    {
      bad: "apiVersion: rbac.authorization.k8s.io/v1beta1\nkind: Role\nmetadata:\n  name: reader\nrules: []\n",
      good: "apiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nmetadata:\n  name: reader\nrules: []\n",
    },
  ],
  *check(model, { kubernetes }) {
    for (const resource of model.resources) {
      const { apiVersion, resourceKind, apiVersionEntry } = resource;
      const api = deprecatedApi(apiVersion, resourceKind);
      if (api === undefined || !atLeast(kubernetes, api.deprecatedIn)) continue;
      const { replacement, bodyChanges, availableIn } = api;
      const removed = removedBy(api, kubernetes);
      const fate = removed
        ? `was removed in Kubernetes ${api.removedIn ?? ""}`
        : api.removedIn === undefined
          ? `is deprecated since Kubernetes ${api.deprecatedIn}`
          : `is deprecated and goes with Kubernetes ${api.removedIn}`;
      const changes = bodyChanges === "none" ? undefined : bodyChanges.changes;
      const advice =
        replacement === undefined
          ? (changes ?? "It has no successor.")
          : `Use \`${replacement}\`${changes === undefined ? "." : `: ${lowerFirst(changes)}`}`;
      const usable = replacement !== undefined && (availableIn === undefined || atLeast(kubernetes, availableIn));
      const node = apiVersionEntry.value;
      const edits =
        usable && bodyChanges === "none" && node.type === "scalar"
          ? replaceScalar(model.document, node, replacement)
          : undefined;
      yield {
        at: node.span,
        message: `\`${apiVersion}\` ${resourceKind} ${fate}. ${advice}`,
        ...(removed ? {} : { severity: "warning", tag: "deprecated" }),
        fixes: edits === undefined ? [] : [{ title: `Change to \`${replacement}\``, safety: "safe", edits }],
      };
    }
  },
});

/** A sentence that goes on behind a colon; one that begins with a field's name has no letter to change. */
function lowerFirst(sentence: string): string {
  return /^[A-Z][a-z]+ /.test(sentence) ? sentence.charAt(0).toLowerCase() + sentence.slice(1) : sentence;
}
