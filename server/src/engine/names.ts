import type { RuleCard } from "./rule.ts";
import { closestOf } from "../text/closest.ts";

/** Every name a rule goes by: its id, its slug, and other tools' codes with (`hadolint:DL3006`) or without (`DL3006`) their tool. */
export interface RuleNames {
  /** Ids of the rules a name stands for; case and the spellings of Trivy's ids (`AVD-DS-0002`, `DS002`) do not matter. Empty for an unknown name. */
  find(name: string): readonly string[];
  /** Ids of the rules with that code of that tool. */
  foreign(peer: string, code: string): readonly string[];
  /** Ids of the rules that pass on all codes of a tool that look like this one, with or without its tool: `SC2086` for an alias `hadolint:SC*`. */
  covering(code: string): readonly string[];
  /** Ids of the rules that have any code of a tool. */
  ofPeer(peer: string): readonly string[];
  /** The known id, slug or bare code that a misspelt name looks like. */
  closest(name: string): string | undefined;
}

/** The names of these rules. */
export function ruleNames(rules: readonly RuleCard[]): RuleNames {
  const ids = new Map<string, string[]>();
  const slugs = new Map<string, string[]>();
  const codes = new Map<string, string[]>();
  const peers = new Map<string, string[]>();
  const bare = new Map<string, string[]>();
  const spellings = new Set<string>();
  const patterns: { readonly peer: string; readonly start: string; readonly id: string }[] = [];
  for (const rule of rules) {
    add(ids, rule.id, rule.id);
    add(slugs, rule.slug, rule.id);
    spellings.add(rule.id).add(rule.slug);
    for (const alias of rule.aliases) {
      const colon = alias.indexOf(":");
      const peer = alias.slice(0, colon).toLowerCase();
      const code = alias.slice(colon + 1);
      if (code.endsWith("*")) patterns.push({ peer, start: code.slice(0, -1).toLowerCase(), id: rule.id });
      add(codes, `${peer}:${normalCode(code)}`, rule.id);
      add(bare, normalCode(code), rule.id);
      add(peers, peer, rule.id);
      // A number is never a slip for another number: it is some other rule of that tool.
      if (!/[\d*]/.test(code)) spellings.add(code);
    }
  }
  const foreign = (peer: string, code: string) => codes.get(`${peer.toLowerCase()}:${normalCode(code)}`) ?? [];
  return {
    find(name) {
      const lower = name.toLowerCase();
      const colon = name.indexOf(":");
      return (
        ids.get(lower) ??
        slugs.get(lower) ??
        (colon < 0 ? bare.get(normalCode(name)) : foreign(name.slice(0, colon), name.slice(colon + 1))) ??
        []
      );
    },
    foreign,
    covering(name) {
      const colon = name.indexOf(":");
      const peer = colon < 0 ? undefined : name.slice(0, colon).toLowerCase();
      const code = name.slice(colon + 1).toLowerCase();
      if (!/\d/.test(code)) return [];
      const fitting = patterns.filter(
        (pattern) => (peer === undefined || pattern.peer === peer) && code.startsWith(pattern.start),
      );
      return [...new Set(fitting.map(({ id }) => id))];
    },
    ofPeer: (peer) => peers.get(peer.toLowerCase()) ?? [],
    closest: (name) => closestOf(name, spellings),
  };
}

function add(map: Map<string, string[]>, key: string, id: string): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [id]);
  else if (!list.includes(id)) list.push(id);
}

/**
 * Trivy's ids are written `AVD-DS-0002`, `DS-0002` and `DS002`, kube-score's "Container Image Tag" and `container-image-tag`; no other tool's
 * codes fall together by this.
 */
function normalCode(code: string): string {
  const lower = code.toLowerCase().replace(/^avd-/, "").replaceAll(" ", "-");
  const parts = /^([a-z]+)-?0*(\d+)$/.exec(lower);
  return parts === null ? lower : `${parts[1]}-${parts[2]}`;
}
