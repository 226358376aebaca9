import type { Span } from "../../text/span.ts";
import { insideQuotes } from "../scalar-place.ts";
import type { YamlEntry, YamlMap, YamlScalar, YamlSequence } from "../yaml/node.ts";
import { asMap, getPath, isNull, isUnknown, itemsOf, scalarText } from "../yaml/path.ts";
import type { KubernetesModel, Resource } from "./model.ts";

/** A Role or ClusterRole. */
export interface Role {
  readonly resource: Resource;
  /** A ClusterRole's rules hold for whatever is not in a namespace, too. */
  readonly cluster: boolean;
  readonly rules: readonly RoleRule[];
}

/** One of the `rules` of a role. */
export interface RoleRule {
  readonly map: YamlMap;
  /** Where it is among the role's rules. */
  readonly index: number;
  readonly groups: RoleTerms;
  readonly resources: RoleTerms;
  readonly verbs: RoleTerms;
  readonly names: RoleTerms;
  readonly urls: RoleTerms;
}

/** One of the lists of a rule. */
export interface RoleTerms {
  /** The key; `undefined` where there is none. */
  readonly entry: YamlEntry | undefined;
  /** `undefined` where the value is no list. */
  readonly list: YamlSequence | undefined;
  /** The items whose text is known. */
  readonly items: readonly RoleTerm[];
  /** Just their texts. */
  readonly texts: ReadonlySet<string>;
}

/** An item of a rule's list. */
export interface RoleTerm {
  readonly text: string;
  /** Without its quotes. */
  readonly at: Span;
  readonly node: YamlScalar;
  /** Where it is in its list. */
  readonly index: number;
}

/** A RoleBinding or ClusterRoleBinding. */
export interface RoleBinding {
  readonly resource: Resource;
  readonly cluster: boolean;
  /** Texts of `roleRef`; `undefined` where missing or unknown. */
  readonly role:
    | { readonly kind: string | undefined; readonly name: string | undefined; readonly at: Span }
    | undefined;
  readonly subjects: readonly RoleSubject[];
}

/** One of the `subjects` of a binding. */
export interface RoleSubject {
  readonly map: YamlMap;
  readonly kind: string | undefined;
  readonly name: string | undefined;
  readonly namespace: string | undefined;
  readonly index: number;
  /** Of its name without quotes, else of its first characters. */
  readonly at: Span;
}

/** The roles of a document; ask the model by `once`. */
export function rolesOf(model: KubernetesModel): readonly Role[] {
  return model.resources.flatMap((resource) => {
    const kind = kindOf(resource);
    const cluster = kind === "clusterrole";
    if (!cluster && kind !== "role") return [];
    const rules = itemsOf(resource.get("rules")).flatMap((item, index) =>
      item.type === "map" ? [ruleOf(model.document.text, item, index)] : [],
    );
    return [{ resource, cluster, rules }];
  });
}

/** The bindings of a document; ask the model by `once`. */
export function bindingsOf(model: KubernetesModel): readonly RoleBinding[] {
  return model.resources.flatMap((resource) => {
    const kind = kindOf(resource);
    const cluster = kind === "clusterrolebinding";
    if (!cluster && kind !== "rolebinding") return [];
    const { text } = model.document;
    const roleRef = asMap(resource.get("roleRef"));
    return [
      {
        resource,
        cluster,
        role: roleRef && { kind: known(roleRef, "kind"), name: known(roleRef, "name"), at: placeOf(text, roleRef) },
        subjects: itemsOf(resource.get("subjects")).flatMap((item, index) =>
          item.type === "map"
            ? [
                {
                  map: item,
                  kind: known(item, "kind"),
                  name: known(item, "name"),
                  namespace: known(item, "namespace"),
                  index,
                  at: placeOf(text, item),
                },
              ]
            : [],
        ),
      },
    ];
  });
}

/** The API group of roles and bindings. */
export const rbacGroup = "rbac.authorization.k8s.io";

/** The kind of an object of the roles' group, in small letters: one with a slip in its capitals is refused, but what it was meant to grant still counts. */
function kindOf({ apiVersion, resourceKind }: Resource): string | undefined {
  return apiVersion.startsWith(`${rbacGroup}/`) ? resourceKind.toLowerCase() : undefined;
}

function ruleOf(text: string, map: YamlMap, index: number): RoleRule {
  const read = (key: string): RoleTerms => {
    const entry = map.get(key);
    const items = itemsOf(entry?.value).flatMap((node, index): RoleTerm[] => {
      const word = scalarText(node);
      if (node.type !== "scalar" || word === undefined || isUnknown(node, "kubernetes")) return [];
      return [{ text: word, at: insideQuotes(text, node), node, index }];
    });
    return {
      entry: entry === undefined || isNull(entry.value) ? undefined : entry,
      list: entry?.value.type === "seq" ? entry.value : undefined,
      items,
      texts: new Set(items.map((item) => item.text)),
    };
  };
  return {
    map,
    index,
    groups: read("apiGroups"),
    resources: read("resources"),
    verbs: read("verbs"),
    names: read("resourceNames"),
    urls: read("nonResourceURLs"),
  };
}

function known(map: YamlMap, key: string): string | undefined {
  const node = getPath(map, key);
  return isUnknown(node, "kubernetes") ? undefined : scalarText(node);
}

function placeOf(text: string, map: YamlMap): Span {
  const name = getPath(map, "name");
  if (name?.type === "scalar" && !isNull(name) && name.text !== "") return insideQuotes(text, name);
  return (
    map.entries.find((entry) => entry.merged === undefined)?.keySpan ?? {
      start: map.span.start,
      end: Math.min(map.span.end, map.span.start + 1),
    }
  );
}
