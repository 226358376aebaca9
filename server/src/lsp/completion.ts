import { type CompletionItem, CompletionItemKind, MarkupKind, type Position } from "vscode-languageserver";
import type { Rule } from "../engine/rule.ts";
import type { Kind } from "../languages/index.ts";
import { helpUrl } from "../reference/help-url.ts";
import type { OpenDocument } from "./documents.ts";

/**
 * Names of rules where a comment silences one: slugs, ids and other tools' codes in ours, a tool's own codes in theirs. Empty anywhere else.
 * `kind`: that of the file, where it is known.
 */
export function completeDirective(
  document: OpenDocument,
  position: Position,
  rules: readonly Rule[],
  kind: Kind | undefined,
): CompletionItem[] {
  const { text, places } = document;
  const offset = places.offset(position);
  const line = text.slice(places.offset({ line: position.line, character: 0 }), offset);
  const applying = rules.filter((rule) => kind === undefined || rule.appliesTo(kind));
  const name = /[\w/:.-]*$/.exec(line)?.[0] ?? "";
  const range = places.range({ start: offset - name.length, end: offset });
  const item = (label: string, rule: Rule, rank: number): CompletionItem => ({
    label,
    kind: CompletionItemKind.EnumMember,
    detail: rule.summary,
    documentation: { kind: MarkupKind.Markdown, value: `${rule.why}\n\n[${rule.id}](${helpUrl(rule)})` },
    sortText: `${rank}${label}`,
    textEdit: { range, newText: label },
  });
  if (ownDirective.test(line) && !reasonBegun.test(line)) {
    return applying.flatMap((rule) => [
      item(rule.slug, rule, 0),
      item(rule.id, rule, 1),
      ...rule.aliases.filter(isCode).map((alias) => item(codeOf(alias), rule, 2)),
    ]);
  }
  const peer = foreignDirectives.find(({ pattern }) => pattern.test(line))?.peer;
  if (peer === undefined) return [];
  return applying.flatMap((rule) =>
    rule.aliases
      .filter((alias) => alias.startsWith(`${peer}:`) && isCode(alias))
      .map((alias) => item(codeOf(alias), rule, 0)),
  );
}

/** Characters behind which an editor should ask for completions without being asked to. */
export const completionTriggers: readonly string[] = [" ", ",", "=", ":", "/", '"'];

const ownDirective = /#\s*seaworthy\s+ignore(?:-file)?\s[\w/:.,\s-]*$/;
const reasonBegun = /\s--(?:\s|$)/;

/** How other tools are told to be quiet, up to the code. */
const foreignDirectives: readonly { readonly pattern: RegExp; readonly peer: string }[] = [
  { pattern: /#\s*hadolint\s+(?:global\s+)?ignore\s*=\s*(?:\w+\s*,\s*)*\w*$/, peer: "hadolint" },
  { pattern: /^\s*#\s*check\s*=\s*(?:[^#]*;)?\s*skip\s*=\s*(?:\w+\s*,\s*)*\w*$/, peer: "buildkit" },
  { pattern: /#\s*checkov:skip\s*=\s*\w*$/, peer: "checkov" },
  { pattern: /#\s*(?:trivy|tfsec):ignore:[\w-]*$/, peer: "trivy" },
  { pattern: /#\s*dclint\s+disable(?:-file|-line)?\s+(?:[\w-]+\s+)*[\w-]*$/, peer: "dclint" },
  { pattern: /ignore-check\.kube-linter\.io\/[\w-]*$/, peer: "kube-linter" },
];

/** `hadolint:SC*` stands for many. */
function isCode(alias: string): boolean {
  return !alias.endsWith("*");
}

function codeOf(alias: string): string {
  return alias.slice(alias.indexOf(":") + 1);
}
