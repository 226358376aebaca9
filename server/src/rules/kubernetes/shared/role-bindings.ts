import { defineRule, type Rule, type RuleMetadata } from "../../../engine/rule.ts";
import { bindingsOf, type RoleBinding, type RoleSubject } from "../../../languages/kubernetes/role.ts";
import { removeItem } from "../../../languages/yaml/edit.ts";
import { reviewed } from "../../shared/edit-fixes.ts";
import { isPlatforms } from "./rbac.ts";

/** A rule about subjects that hardly anybody should give rights to. */
export interface SubjectFamily extends Omit<RuleMetadata, "since" | "category" | "fix" | "examples"> {
  /** Whether a subject is one of them. */
  readonly matches: (subject: RoleSubject, binding: RoleBinding) => boolean;
  readonly message: (subject: RoleSubject, binding: RoleBinding) => string;
  /** What may break without it, for the fix's title. */
  readonly caution: string;
  readonly examples: RuleMetadata["examples"];
}

/** The rule that reports bindings with such a subject, at its name. */
export function subjectRule({ matches, message, caution, ...metadata }: SubjectFamily): Rule {
  return defineRule("kubernetes", {
    ...metadata,
    category: "security",
    since: "0.1.0",
    fix: "review",
    keys: ["subjects"],
    *check(model) {
      for (const binding of model.once(bindingsOf)) {
        if (isPlatforms(binding.resource)) continue;
        for (const subject of binding.subjects) {
          if (!matches(subject, binding)) continue;
          yield {
            at: subject.at,
            message: message(subject, binding),
            fixes() {
              const list = binding.resource.get("subjects");
              if (list?.type !== "seq") return [];
              const title = `Remove \`${subject.name ?? ""}\` from the subjects (${caution})`;
              return reviewed(title, removeItem(model.document, list, subject.index));
            },
          };
        }
      }
    },
  });
}

/** How a message names the role of a binding. */
export function roleName({ role }: RoleBinding): string {
  return role?.name === undefined ? "this role" : `\`${role.name}\``;
}

/** A binding for an example; subjects are lines. */
export function bindingWith(
  kind: "RoleBinding" | "ClusterRoleBinding",
  role: readonly [kind: string, name: string],
  subjects: readonly string[],
): string {
  return [
    "apiVersion: rbac.authorization.k8s.io/v1",
    `kind: ${kind}`,
    "metadata:",
    "  name: readers",
    ...(kind === "RoleBinding" ? ["  namespace: shop"] : []),
    "roleRef:",
    "  apiGroup: rbac.authorization.k8s.io",
    `  kind: ${role[0]}`,
    `  name: ${role[1]}`,
    "subjects:",
    ...subjects.map((line) => `  ${line}`),
    "",
  ].join("\n");
}

/** A user or group as a subject of such a binding. */
export function person(kind: "User" | "Group", name: string): readonly string[] {
  return [`- apiGroup: rbac.authorization.k8s.io`, `  kind: ${kind}`, `  name: ${name}`];
}

/** A service account as a subject of such a binding. */
export function account(name: string, namespace = "shop"): readonly string[] {
  return ["- kind: ServiceAccount", `  name: ${name}`, `  namespace: ${namespace}`];
}
