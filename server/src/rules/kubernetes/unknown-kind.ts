import { defineRule, type Fix, type Problem } from "../../engine/rule.ts";
import { deprecatedApi } from "../../knowledge/deprecated-apis.ts";
import { kindsOf, knownVersions } from "../../knowledge/kubernetes-fields/index.ts";
import type { KubernetesModel, Resource } from "../../languages/kubernetes/model.ts";
import { replaceScalar } from "../../languages/yaml/edit.ts";
import type { YamlEntry } from "../../languages/yaml/node.ts";
import { isUnknownText } from "../../languages/yaml/path.ts";
import { closestOf } from "../../text/closest.ts";
import { reviewed } from "../shared/edit-fixes.ts";
import { jobWith } from "./shared/example.ts";

export default defineRule("kubernetes", {
  slug: "unknown-kind",
  summary: "There is no such kind in this API group and version, so that Kubernetes refuses the manifest.",
  why: `\`apiVersion\` and \`kind\` together say what an object is, and the API server has nothing for one it does not serve: \`no matches for kind\`. Mostly the kind is
misspelt, or stands with the version of another group, as a Deployment does in \`v1\`.

Only the groups of Kubernetes itself are judged, since every other one may be a custom resource's; of their alpha and beta versions only those that are known. What a release
removed is told by another rule.`,
  category: "correctness",
  severity: "error",
  preset: "minimal",
  since: "0.1.0",
  aliases: ["kube-linter:schema-validation", "kube-linter:template-kubeconform"],
  references: ["https://kubernetes.io/docs/reference/kubernetes-api/"],
  fix: "review",
  examples: [
    {
      bad: jobWith({}).replace("apiVersion: batch/v1", "apiVersion: v1"),
      good: jobWith({}),
    },
  ],
  *check(model) {
    if (model.templated) return;
    for (const resource of model.resources) {
      const problem = problemOf(model, resource);
      if (problem !== undefined) yield problem;
    }
  },
});

function problemOf(model: KubernetesModel, resource: Resource): Problem | undefined {
  const { apiVersion, resourceKind, kindEntry } = resource;
  if (isUnknownText(apiVersion, "kubernetes") || isUnknownText(resourceKind, "kubernetes")) return undefined;
  if (deprecatedApi(apiVersion, resourceKind) !== undefined) return undefined;
  const kinds = kindsOf(apiVersion);
  const kind = resourceKind.replace(/List$/, "");
  if (kinds !== undefined) {
    if (kinds.includes(kind) || kinds.includes(resourceKind) || special.has(resourceKind)) return undefined;
    const right = versionFor(resourceKind);
    if (right !== undefined) return wrongVersion(model, resource, right);
    const near = closestOf(resourceKind, kinds);
    const elsewhere =
      near === undefined
        ? closestOf(
            resourceKind,
            knownVersions().flatMap((one) => kindsOf(one) ?? []),
          )
        : undefined;
    const version = elsewhere === undefined ? undefined : versionFor(elsewhere);
    const advice =
      near !== undefined
        ? `did you mean \`${near}\`?`
        : elsewhere !== undefined && version !== undefined
          ? `did you mean \`${elsewhere}\` of \`${version}\`?`
          : "look up its `apiVersion`.";
    return {
      at: kindEntry.value.span,
      message: `There is no \`${resourceKind}\` in \`${apiVersion}\`: ${advice}`,
      fixes: () => (near === undefined ? [] : rewritten(model, kindEntry, near, "what it says takes effect")),
    };
  }
  const [group = "", version] = apiVersion.split("/");
  const right = versionFor(resourceKind);
  // Other tools have files with an `apiVersion`, too, so that a group says nothing that is not like one of Kubernetes.
  if (version !== undefined && !group.includes(".") && !isBuiltInGroup(group)) {
    const rightGroup = right?.split("/")[0] ?? "";
    const isLike = rightGroup.startsWith(`${group}.`) || closestOf(group, [rightGroup]) !== undefined;
    return right !== undefined && right.includes("/") && isLike ? wrongVersion(model, resource, right) : undefined;
  }
  const isStable = version === undefined ? !isBuiltInGroup(group) : /^v\d+$/.test(version) && isBuiltInGroup(group);
  if (isStable && right !== undefined) return wrongVersion(model, resource, right);
  return undefined;
}

/** Objects of no group of their own. */
const special: ReadonlySet<string> = new Set(["List", "Status", "DeleteOptions", "Table", "PartialObjectMetadata"]);

function isBuiltInGroup(group: string): boolean {
  return knownVersions().some((version) => version === group || version.startsWith(`${group}/`));
}

/** The newest version that serves a kind. */
function versionFor(kind: string): string | undefined {
  const served = knownVersions().filter(
    (version) => kindsOf(version)?.includes(kind) === true && deprecatedApi(version, kind) === undefined,
  );
  return served.toSorted((a, b) => rank(a) - rank(b))[0];
}

/** Events are written for the core group, though another one has them too. */
function rank(version: string): number {
  if (version === "v1") return 0;
  return /(?:alpha|beta)/.test(version) ? 20 : 10 - Number(/v(\d+)$/.exec(version)?.[1] ?? 0);
}

function wrongVersion(model: KubernetesModel, resource: Resource, right: string): Problem {
  const { apiVersion, resourceKind, apiVersionEntry } = resource;
  return {
    at: apiVersionEntry.value.span,
    message: `There is no \`${resourceKind}\` in \`${apiVersion}\`: it belongs to \`${right}\`.`,
    fixes: () => rewritten(model, apiVersionEntry, right, "what it says takes effect"),
  };
}

function rewritten(model: KubernetesModel, entry: YamlEntry, to: string, caution: string): readonly Fix[] {
  const node = entry.value;
  return node.type === "scalar"
    ? reviewed(`Write \`${to}\` (${caution})`, replaceScalar(model.document, node, to))
    : [];
}
