import { defineRule, type Fix, type Problem } from "../../engine/rule.ts";
import { type ApiResource, apiGroups, apiVerbs, resourcesOf } from "../../knowledge/kubernetes-resources.ts";
import type { KubernetesModel } from "../../languages/kubernetes/model.ts";
import { type RoleRule, rolesOf, type RoleTerm } from "../../languages/kubernetes/role.ts";
import { appendItem, replaceScalar } from "../../languages/yaml/edit.ts";
import { closestOf } from "../../text/closest.ts";
import { listed } from "../../text/words.ts";
import { reviewed } from "../shared/edit-fixes.ts";
import { grant, roleWith } from "./shared/rbac.ts";

export default defineRule("kubernetes", {
  slug: "unknown-permission",
  summary: "A role names a resource, a verb or an API group that Kubernetes does not have.",
  why: `Kubernetes takes any words in a role, since custom resources may bring them later. One that is misspelt, in the singular, in another API group or written with a version grants
nothing, and the program fails with \`forbidden\` when it first tries.

Only what is surely a slip is reported: a word near one that the named groups have, or a built-in resource that lives in another group. Groups of custom
resources are left alone.`,
  category: "correctness",
  severity: "warning",
  preset: "recommended",
  since: "0.1.0",
  aliases: [],
  references: ["https://kubernetes.io/docs/reference/access-authn-authz/rbac/#referring-to-resources"],
  fix: "review",
  keys: ["rules"],
  examples: [
    {
      bad: roleWith("Role", grant("", ["deployments"], ["get", "list"])),
      good: roleWith("Role", ['- apiGroups: ["apps"]', "  resources: [deployments]", "  verbs: [get, list]"]),
    },
  ],
  *check(model) {
    for (const role of model.once(rolesOf)) {
      for (const rule of role.rules) {
        yield* groupsOf(model, rule);
        yield* resourcesIn(model, rule);
        yield* verbsOf(model, rule);
      }
    }
  },
});

/** `apps/v1`, `v1`, `core`, `app` */
function* groupsOf(model: KubernetesModel, { groups }: RoleRule): Iterable<Problem> {
  for (const term of groups.items) {
    const { text, at } = term;
    const right = groupMeant(text);
    if (right === undefined || groups.texts.has(right)) continue;
    const versioned = /^(?:.*\/)?v\d/.test(text);
    yield {
      at,
      message: versioned
        ? `\`${text}\` is an API group with its version, which matches nothing here: write ${shown(right)}.`
        : `There is no API group \`${text}\`: did you mean ${shown(right)}?`,
      fixes: () => replacing(model, term, right),
    };
  }
}

function groupMeant(text: string): string | undefined {
  if (text === "*" || text === "" || apiGroups.includes(text)) return undefined;
  if (text === "core" || /^v\d(?:(?:alpha|beta)\d+)?$/.test(text)) return "";
  const versioned = /^(.+)\/v\d\w*$/.exec(text)?.[1];
  if (versioned !== undefined) return versioned === "core" ? "" : versioned;
  if (legacyGroups.has(text)) return undefined;
  if (!text.includes("."))
    return closestOf(
      text,
      apiGroups.filter((group) => group !== "" && !group.includes(".")),
    );
  return text.endsWith(".k8s.io") ? undefined : apiGroups.find((group) => group === `${text}.k8s.io`);
}

/** Groups of former releases, and of others, that are near those of today. */
const legacyGroups: ReadonlySet<string> = new Set(["extensions", "app", "application"]);

function* resourcesIn(model: KubernetesModel, rule: RoleRule): Iterable<Problem> {
  const { groups, resources, verbs } = rule;
  const known = groups.items.map(({ text }) => resourcesOf(text));
  if (known.length === 0 || known.length !== groups.list?.items.length || known.includes(undefined)) return;
  if (verbs.texts.has("impersonate") || verbs.texts.has("use")) return;
  const here = new Map(known.flatMap((found) => [...(found ?? [])]));
  for (const term of resources.items) {
    const [name = "", ...parts] = term.text.split("/");
    if (name === "*" || name === "") continue;
    const resource = here.get(name);
    if (resource !== undefined) {
      const right = partMeant(name, resource, parts.join("/"));
      if (right !== undefined) yield misspelt(model, term, right);
      continue;
    }
    const elsewhere = apiGroups.filter((group) => resourcesOf(group)?.has(name) === true);
    if (elsewhere.length > 0) {
      yield misplaced(model, rule, term, elsewhere);
      continue;
    }
    const right =
      closestName(name, here.keys()) ??
      closestName(
        name,
        apiGroups.flatMap((group) => [...(resourcesOf(group)?.keys() ?? [])]),
      );
    if (right !== undefined) yield misspelt(model, term, [right, ...parts].join("/"));
  }
}

/** Singular, capitals, a letter or two: more than that may be a resource that we do not know. */
function closestName(name: string, candidates: Iterable<string>): string | undefined {
  const all = [...candidates];
  const lower = name.toLowerCase();
  return (
    all.find((candidate) => candidate === lower || candidate === `${lower}s` || candidate === `${lower}es`) ??
    all.find((candidate) => lower.endsWith("y") && candidate === `${lower.slice(0, -1)}ies`) ??
    (name.length < 6
      ? undefined
      : closestOf(
          name,
          all.filter((candidate) => Math.abs(candidate.length - name.length) < 3),
        ))
  );
}

function partMeant(name: string, { parts }: ApiResource, part: string): string | undefined {
  // `finalizers` is nowhere served, but asked for where an owner's deletion is held back: a permission of every resource.
  if (part === "" || part === "*" || part === "finalizers" || parts.includes(part)) return undefined;
  const right = parts.find((candidate) => candidate === part.toLowerCase() || `${candidate}s` === part.toLowerCase());
  const near = right ?? (part.length < 5 ? undefined : closestOf(part, parts));
  return near === undefined ? undefined : `${name}/${near}`;
}

function misspelt(model: KubernetesModel, term: RoleTerm, right: string): Problem {
  return {
    at: term.at,
    message: `There is no resource \`${term.text}\`, so this grants nothing: did you mean \`${right}\`?`,
    fixes: () => replacing(model, term, right),
  };
}

function misplaced(model: KubernetesModel, rule: RoleRule, term: RoleTerm, groups: readonly string[]): Problem {
  const [right = ""] = groups;
  const { items, list } = rule.groups;
  const said = items.length === 1 ? shown(items[0]?.text ?? "") : "these API groups";
  return {
    at: term.at,
    message: `\`${term.text}\` is not in ${said}, so this grants nothing: its API group is ${listed(groups.map(shown), "or")}.`,
    fixes(): readonly Fix[] {
      const [only] = items;
      const all = rule.resources.items.every(({ text }) => resourcesOf(right)?.has(text.split("/")[0] ?? "") === true);
      if (only !== undefined && items.length === 1 && all) return replacing(model, only, right);
      const edits = list === undefined ? undefined : appendItem(model.document, list, right);
      return reviewed(`Add ${shown(right)} to \`apiGroups\` (the role then allows it)`, edits);
    },
  };
}

function* verbsOf(model: KubernetesModel, { verbs }: RoleRule): Iterable<Problem> {
  for (const term of verbs.items) {
    const lower = term.text.toLowerCase();
    if (term.text === "*" || apiVerbs.includes(term.text)) continue;
    const right = commonSlips.get(lower) ?? (apiVerbs.includes(lower) ? lower : near(lower));
    if (right === undefined || verbs.texts.has(right)) continue;
    yield {
      at: term.at,
      message: `There is no verb \`${term.text}\`, so this grants nothing: did you mean \`${right}\`?`,
      fixes: () => replacing(model, term, right),
    };
  }
}

/** Methods of HTTP, and what people say. */
const commonSlips: ReadonlyMap<string, string> = new Map([
  ["post", "create"],
  ["put", "update"],
  ["read", "get"],
  ["write", "update"],
  ["edit", "update"],
  ["remove", "delete"],
]);

function near(verb: string): string | undefined {
  return verb.length < 5
    ? undefined
    : closestOf(
        verb,
        apiVerbs.filter((known) => Math.abs(known.length - verb.length) < 2),
      );
}

function replacing(model: KubernetesModel, { node, text }: RoleTerm, right: string): readonly Fix[] {
  const title = `Write ${shown(right)} instead of \`${text}\` (the role then allows it)`;
  return reviewed(title, replaceScalar(model.document, node, right));
}

/** The core group's name is empty. */
function shown(word: string): string {
  return word === "" ? '`""`' : `\`${word}\``;
}
