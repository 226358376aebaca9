import { defineRule, type Rule, type RuleMetadata } from "../../../engine/rule.ts";
import { givenConfigMaps } from "../../../knowledge/kubernetes-references.ts";
import type { KubernetesModel, Resource } from "../../../languages/kubernetes/model.ts";
import { type Reference, referencesOf } from "../../../languages/kubernetes/references.ts";
import type { ManifestView } from "../../../workspace/manifests.ts";
import { plainItems } from "../../../workspace/plain-value.ts";
import { missingTarget } from "./missing-target.ts";

/** A rule about what pods are given by name: ConfigMaps, Secrets, claims. */
export interface MissingConfig extends Omit<RuleMetadata, "category" | "severity" | "preset" | "since" | "fix"> {
  readonly kind: "ConfigMap" | "Secret" | "PersistentVolumeClaim";
  /** Keys of which a document has one wherever it names such a thing. */
  readonly keys: readonly string[];
  /** What comes of it where it is missing. */
  readonly consequence: string;
  /** Whether it is there though no object says so. */
  readonly given?: (reference: Reference, manifests: ManifestView) => boolean;
}

/** The rule that asks for things of a kind. What is `optional: true` may be missing. */
export function missingConfig({ kind, keys, consequence, given, ...metadata }: MissingConfig): Rule {
  return defineRule("kubernetes", {
    ...metadata,
    category: "correctness",
    severity: "warning",
    preset: "recommended",
    since: "0.1.0",
    fix: "review",
    reads: "workspace",
    keys,
    *check(model, _options, workspace) {
      const manifests = workspace.manifests();
      for (const reference of configReferences(model)) {
        if (reference.kind !== kind || reference.optional) continue;
        if (given?.(reference, manifests) === true || isGiven(reference)) continue;
        const problem = missingTarget(model, manifests, {
          reference,
          node: reference.node,
          consequence: isOfPod(reference) ? consequence : "clients get a certificate that is not theirs, or none",
        });
        if (problem !== undefined && !isMadeByProgram(kind, manifests)) yield problem;
      }
    },
  });
}

/** What pods, Ingresses and Gateways of a document are given by name, each where it is mentioned. Nothing in templates, whose objects may be anywhere. */
export function configReferences(model: KubernetesModel): readonly Reference[] {
  return model.templated ? [] : model.once(readReferences);
}

function readReferences({ resources }: KubernetesModel): readonly Reference[] {
  return resources.flatMap((resource) =>
    referencesOf(resource).filter(
      (reference) => kinds.has(reference.kind) && (isOfPod(reference) || isCertificate(reference, resource)),
    ),
  );
}

const kinds: ReadonlySet<string> = new Set(["ConfigMap", "Secret", "PersistentVolumeClaim"]);

/** A registry's credentials are often put into the namespace by hand, or by the cloud, and pods start without them where the image is public. */
function isOfPod({ at: { path } }: Reference): boolean {
  return ["volumes", "containers", "initContainers", "ephemeralContainers"].includes(path[0] ?? "");
}

/** What an Ingress or a Gateway serves; cert-manager makes it where an annotation asks for that. */
function isCertificate({ at: { path } }: Reference, { annotations }: Resource): boolean {
  return (
    path.includes("tls") &&
    !annotations.some(({ name }) => /^(?:cert-manager\.io\/|kubernetes\.io\/tls-acme$)/.test(name))
  );
}

/** A program beside it may make such objects while it runs, as a Role says that it is allowed to. */
function isMadeByProgram(kind: string, manifests: ManifestView): boolean {
  const resource = `${kind.toLowerCase()}s`;
  return ["Role", "ClusterRole"].some((role) =>
    manifests
      .siblings(role)
      .some(({ value }) =>
        plainItems(value, "rules").some(
          (rule) =>
            plainItems(rule, "resources").some((one) => one === resource || one === "*") &&
            plainItems(rule, "verbs").some((verb) => verb === "create" || verb === "*"),
        ),
      ),
  );
}

function isGiven({ kind, name }: Reference): boolean {
  return kind === "ConfigMap" && givenConfigMaps.has(name);
}
