import { defineRule, type Fix, type Rule, type RuleMetadata } from "../../../engine/rule.ts";
import type { KubernetesModel } from "../../../languages/kubernetes/model.ts";
import {
  type Role,
  type RoleRule,
  rolesOf,
  type RoleTerm,
  type RoleTerms,
} from "../../../languages/kubernetes/role.ts";
import { removeItem } from "../../../languages/yaml/edit.ts";
import type { TextEdit } from "../../../text/edit.ts";
import { reviewed } from "../../shared/edit-fixes.ts";
import { joined } from "../../shared/joined-edits.ts";
import { quotedList } from "./quoted-list.ts";

/** Something that a role may allow. It is allowed where one of each list is. */
export interface Permission {
  /** API groups; `""` is the core one. */
  readonly groups: readonly string[];
  /** In the plural, subresources as `pods/exec`. */
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
}

/** What a rule of a role allows of a permission. */
export interface Allowed {
  readonly role: Role;
  readonly rule: RoleRule;
  readonly resources: readonly RoleTerm[];
  readonly verbs: readonly RoleTerm[];
}

/** A rule about roles that allow something dangerous. */
export interface PermissionFamily extends Omit<RuleMetadata, "since" | "category" | "fix" | "examples"> {
  readonly permissions: readonly Permission[];
  /** The part of a role's rule that is at fault. */
  readonly at: "resource" | "verb";
  /** Names given in `resourceNames` make it harmless enough: all of them, or those of which this is true. */
  readonly sparesNames?: true | ((names: ReadonlySet<string>) => boolean);
  /** Roles that are added to `admin` and `edit` are to allow it. */
  readonly sparesAggregated?: boolean;
  /** The message; `what` and `verbs` are the user's words in backticks, as a sentence lists them. */
  readonly message: (what: string, verbs: string, allowed: Allowed) => string;
  /** Who loses what, for the fix's title. */
  readonly caution: string;
  /** Another fix, before the one that takes the permission away. */
  readonly fixesOf?: (model: KubernetesModel, allowed: Allowed) => readonly Fix[];
  readonly examples: RuleMetadata["examples"];
}

/** The rule that reports roles with a permission, each of their rules once. What allows everything is `unlimited-role`'s to report. */
export function permissionRule(family: PermissionFamily): Rule {
  const { permissions, at, message, caution, sparesNames, sparesAggregated, fixesOf, ...metadata } = family;
  return defineRule("kubernetes", {
    ...metadata,
    category: "security",
    since: "0.1.0",
    fix: "review",
    keys: ["rules"],
    *check(model) {
      for (const role of model.once(rolesOf)) {
        if (isPlatforms(role.resource) || (sparesAggregated === true && isAggregated(role))) continue;
        for (const rule of role.rules) {
          if (isNamed(rule) && (sparesNames === true || sparesNames?.(rule.names.texts) === true)) continue;
          const allowed = allowedBy(role, rule, permissions);
          const place = (at === "resource" ? allowed?.resources : allowed?.verbs)?.[0];
          if (allowed === undefined || place === undefined) continue;
          yield {
            at: place.at,
            message: message(words(allowed.resources), words(allowed.verbs), allowed),
            fixes: () => [...(fixesOf?.(model, allowed) ?? []), ...withdrawing(model, allowed, at, caution)],
          };
        }
      }
    },
  });
}

/** What of the permissions a rule allows by name; `undefined` where nothing, or all resources of the core group or of every group. */
export function allowedBy(role: Role, rule: RoleRule, permissions: readonly Permission[]): Allowed | undefined {
  const resources = new Set<RoleTerm>();
  const verbs = new Set<RoleTerm>();
  for (const permission of permissions) {
    const everyGroup = rule.groups.texts.has("*");
    const group = permission.groups.find((name) => rule.groups.texts.has(name));
    if (!everyGroup && group === undefined) continue;
    const ofVerbs = rule.verbs.items.filter(({ text }) => text === "*" || permission.verbs.includes(text));
    const ofResources = rule.resources.items.filter(
      ({ text }) =>
        permission.resources.some((resource) => isNamedBy(text, resource)) ||
        // All of a group that was named on purpose.
        (text === "*" && !everyGroup && group !== undefined && group !== ""),
    );
    if (ofVerbs.length === 0) continue;
    for (const term of ofResources) resources.add(term);
    if (ofResources.length > 0) for (const term of ofVerbs) verbs.add(term);
  }
  return resources.size === 0 ? undefined : { role, rule, resources: inOrder(resources), verbs: inOrder(verbs) };
}

/** Whether an item of `resources` stands for a resource: itself, all subresources of one (`pods/*`), or one subresource of all ("any resource slash `scale`"). */
function isNamedBy(text: string, resource: string): boolean {
  if (text === resource) return true;
  const [whole, part] = text.split("/");
  if (part === undefined) return false;
  const [ofWhole, ofPart] = resource.split("/");
  return ofPart !== undefined && (part === "*" ? whole === ofWhole : whole === "*" && part === ofPart);
}

/** Whether a rule is narrowed to objects by name. A `*` in there was meant to be all of them. */
export function isNamed({ names }: RoleRule): boolean {
  return names.list !== undefined && names.list.items.length > 0 && !names.texts.has("*");
}

/** Roles and bindings that Kubernetes itself or a provider's control plane makes and keeps: theirs are not for us to narrow. */
export function isPlatforms({
  name,
  labels,
}: {
  readonly name: string | undefined;
  readonly labels: ReadonlyMap<string, string>;
}): boolean {
  return (
    (name !== undefined && /^(?:system|gce|eks):/.test(name)) ||
    labels.get("kubernetes.io/bootstrapping") === "rbac-defaults"
  );
}

/** A ClusterRole that adds what it allows to `admin` or `edit`. */
export function isAggregated({ resource }: Role): boolean {
  return ["admin", "edit"].some(
    (name) => resource.labels.get(`rbac.authorization.k8s.io/aggregate-to-${name}`) === "true",
  );
}

/** Takes resources or verbs out of a rule, or the rule out of its role where nothing else is in it. */
function withdrawing(
  model: KubernetesModel,
  { role, rule, resources, verbs }: Allowed,
  at: "resource" | "verb",
  caution: string,
): readonly Fix[] {
  const [terms, taken] = at === "resource" ? [rule.resources, resources] : [rule.verbs, verbs];
  if (taken.some(({ text }) => text === "*")) return [];
  const title = `Remove ${words(taken)} from the role (${caution})`;
  return reviewed(title, withoutTerms(model, role, rule, terms, taken));
}

/** The edits that take items out of one of a rule's lists; with the last one goes the rule. */
export function withoutTerms(
  model: KubernetesModel,
  role: Role,
  rule: RoleRule,
  { list }: RoleTerms,
  taken: readonly RoleTerm[],
): readonly TextEdit[] | undefined {
  if (list === undefined) return undefined;
  if (taken.length === list.items.length) {
    const rules = role.resource.get("rules");
    return rules?.type === "seq" ? removeItem(model.document, rules, rule.index) : undefined;
  }
  return joined(
    model.document.text,
    taken.map(({ index }) => removeItem(model.document, list, index)),
  );
}

/** Terms as a sentence lists them, in backticks. */
export function words(terms: readonly RoleTerm[]): string {
  return quotedList(terms.map(({ text }) => text));
}

function inOrder(terms: ReadonlySet<RoleTerm>): readonly RoleTerm[] {
  return [...terms].sort((a, b) => a.index - b.index);
}

/** A role for an example; `rules` are lines. */
export function roleWith(kind: "Role" | "ClusterRole", rules: readonly string[]): string {
  return [
    "apiVersion: rbac.authorization.k8s.io/v1",
    `kind: ${kind}`,
    "metadata:",
    "  name: deployer",
    ...(kind === "Role" ? ["  namespace: shop"] : []),
    "rules:",
    ...rules.map((line) => `  ${line}`),
    "",
  ].join("\n");
}

/** One rule of such a role. */
export function grant(group: string, resources: readonly string[], verbs: readonly string[]): readonly string[] {
  return [
    `- apiGroups: [${group === "" || group === "*" ? `"${group}"` : group}]`,
    `  resources: [${resources.map(quotedStar).join(", ")}]`,
    `  verbs: [${verbs.map(quotedStar).join(", ")}]`,
  ];
}

function quotedStar(item: string): string {
  return item === "*" ? '"*"' : item;
}

/** Whether a rule allows something on all resources of the core group, or of every one. */
export function isUnlimited(rule: RoleRule): boolean {
  if (!rule.resources.texts.has("*") || isNamed(rule)) return false;
  if (!rule.groups.texts.has("*") && !rule.groups.texts.has("")) return false;
  return rule.verbs.items.some(({ text }) => powerful.has(text));
}

/** Verbs that mean something on any resource. */
const powerful: ReadonlySet<string> = new Set([
  "*",
  "get",
  "list",
  "watch",
  "create",
  "update",
  "patch",
  "delete",
  "deletecollection",
  "impersonate",
  "bind",
  "escalate",
]);
