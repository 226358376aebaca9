import { defineRule, type Problem } from "../../engine/rule.ts";
import {
  atLeast,
  type DeprecatedApi,
  deprecatedApi,
  removedBy,
  type Replacement,
  retiredApi,
} from "../../knowledge/deprecated-apis.ts";
import type { KubernetesModel, Resource } from "../../languages/kubernetes/model.ts";
import { conditionsAround } from "../../languages/yaml/branches.ts";
import { migrationOf } from "./shared/migrations/index.ts";

export default defineRule("kubernetes", {
  slug: "deprecated-api",
  summary: "A manifest uses a version of an API that Kubernetes has removed or is going to remove.",
  why: `A cluster that no longer serves an API version refuses the manifest: the next deployment after an upgrade fails, often long after the
upgrade, and often the one that was meant to mend something else. Objects that exist already go on; it is the files that stop working.

Set \`kubernetes\` in the config to the release that your clusters run. The fix writes the version that takes its place and brings the body up to it: the backends of an
Ingress, the metrics of an autoscaler, the selector of a Deployment. It is safe where the API server reads both the same. Where something has to be decided the message says what.
Of custom resources, only versions are reported that their own project no longer serves.`,
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
  references: [
    "https://kubernetes.io/docs/reference/using-api/deprecation-guide/",
    "https://cert-manager.io/docs/releases/upgrading/remove-deprecated-apis/",
  ],
  fix: "safe",
  examples: [
    {
      bad: ingress("networking.k8s.io/v1beta1", ["backend:", "  serviceName: shop", "  servicePort: 80"]),
      good: ingress("networking.k8s.io/v1", [
        "pathType: ImplementationSpecific",
        "backend:",
        "  service:",
        "    name: shop",
        "    port:",
        "      number: 80",
      ]),
    },
    {
      bad: "apiVersion: rbac.authorization.k8s.io/v1beta1\nkind: Role\nmetadata:\n  name: reader\nrules: []\n",
      good: "apiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nmetadata:\n  name: reader\nrules: []\n",
    },
  ],
  *check(model) {
    for (const resource of model.resources) {
      const problem = deprecated(model, resource) ?? retired(model, resource);
      if (problem !== undefined && !asksCluster(model, problem)) yield problem;
    }
  },
});

/** A chart that asks the cluster what it knows writes an old version for old clusters alone. */
function asksCluster(model: KubernetesModel, { at }: Problem): boolean {
  if (!model.templated) return false;
  return conditionsAround(model.document.text, at.start).some((condition) =>
    /capabilities|semver|(?:kube|api)-?versions?|\bis-?stable\b|supported|supports/i.test(condition),
  );
}

function deprecated(model: KubernetesModel, resource: Resource): Problem | undefined {
  const { apiVersion, resourceKind } = resource;
  const api = deprecatedApi(apiVersion, resourceKind);
  if (api === undefined || !atLeast(model.release, api.deprecatedIn)) return undefined;
  const removed = removedBy(api, model.release);
  const usable = api.availableIn === undefined || atLeast(model.release, api.availableIn);
  return {
    at: resource.apiVersionEntry.value.span,
    message: `\`${apiVersion}\` ${resourceKind} ${fateOf(api, removed)}. ${adviceOn(api)}`,
    ...(removed ? {} : { severity: "warning", tag: "deprecated" }),
    fixes: () => (usable ? fixesFor(model, resource, api) : []),
  };
}

function fateOf(api: DeprecatedApi, removed: boolean): string {
  if (removed) return `was removed in Kubernetes ${api.removedIn ?? ""}`;
  return api.removedIn === undefined
    ? `is deprecated since Kubernetes ${api.deprecatedIn}`
    : `is deprecated and goes with Kubernetes ${api.removedIn}`;
}

/** Which release of a project a cluster runs is nowhere to be seen, so this is no error. */
function retired(model: KubernetesModel, resource: Resource): Problem | undefined {
  const { apiVersion, resourceKind } = resource;
  const api = retiredApi(apiVersion, resourceKind);
  if (api === undefined) return undefined;
  return {
    at: resource.apiVersionEntry.value.span,
    message: `\`${apiVersion}\` ${resourceKind} is gone since ${api.goneSince}. ${adviceOn(api)}`,
    severity: "warning",
    fixes: () => fixesFor(model, resource, api),
  };
}

function adviceOn({ replacement, bodyChanges }: Replacement): string {
  const changes = bodyChanges === "none" ? undefined : bodyChanges.changes;
  if (replacement === undefined) return changes ?? "It has no successor.";
  return `Use \`${replacement}\`${changes === undefined ? "." : `: ${lowerFirst(changes)}`}`;
}

/** What a template fills into a body nobody sees. */
function fixesFor(model: KubernetesModel, resource: Resource, api: Replacement) {
  return model.templated && api.bodyChanges !== "none" ? [] : migrationOf(model.document, resource, api);
}

/** A sentence that goes on behind a colon; one that begins with a field's name has no letter to change. */
function lowerFirst(sentence: string): string {
  return /^[A-Z][a-z]* /.test(sentence) ? sentence.charAt(0).toLowerCase() + sentence.slice(1) : sentence;
}

function ingress(apiVersion: string, path: readonly string[]): string {
  const head = `apiVersion: ${apiVersion}\nkind: Ingress\nmetadata:\n  name: shop\nspec:\n  ingressClassName: nginx\n`;
  const tls = "  tls:\n    - hosts:\n        - shop.example.com\n      secretName: shop-tls\n";
  const rules = "  rules:\n    - host: shop.example.com\n      http:\n        paths:\n          - path: /\n";
  return head + tls + rules + path.map((line) => `            ${line}\n`).join("");
}
