import type { KubernetesModel } from "../languages/kubernetes/model.ts";
import type { ParsedFile, Unit } from "../languages/index.ts";
import type { YamlDocument } from "../languages/yaml/node.ts";
import { type Span, shift } from "../text/span.ts";
import type { OwnDirective } from "./directives.ts";
import type { Finding, SuppressedFinding } from "./finding.ts";
import { annotationDirectives } from "./foreign-annotations.ts";
import { buildkitChecks, type ForeignDirective, foreignDirectives, isForeignDirective } from "./foreign-comments.ts";
import type { RuleNames } from "./names.ts";
import { type MisspeltDirective, ownDirectives, type WrittenDirective, type WrittenName } from "./own-directives.ts";
import { type Scopes, scopesOf } from "./scope.ts";

/** Everything in a file that asks for silence. Places count in the file. */
export interface Suppressions {
  readonly own: readonly WrittenDirective[];
  readonly misspelt: readonly MisspeltDirective[];
  readonly foreign: readonly ForeignSuppression[];
}

/** Another tool's directive, turned into our rules. */
export interface ForeignSuppression {
  /** The comment, the `# check=` or the annotation. */
  readonly at: Span;
  /** Empty where we have no such rule. */
  readonly rules: ReadonlySet<string>;
  /** Of rules that pass on another tool's findings: those with one of these codes, in upper case. */
  readonly codes: ReadonlySet<string>;
  /** `undefined`: the whole file. */
  readonly target: Span | undefined;
  readonly reason: string | undefined;
}

/** What findings became of after the directives. */
export interface Silenced {
  readonly findings: readonly Finding[];
  readonly suppressed: readonly SuppressedFinding[];
  /** The names (or, for directives without names, the directives) that kept a finding back. */
  readonly used: ReadonlySet<object>;
}

/** Reads all directives of a file, ours and those of other tools. */
export function readSuppressions(parsed: ParsedFile, names: RuleNames): Suppressions {
  const own: WrittenDirective[] = [];
  const misspelt: MisspeltDirective[] = [];
  const foreign: ForeignSuppression[] = [];
  for (const unit of parsed.units) {
    if (saysNothing(unit)) continue;
    const scopes = scopesOf(unit);
    const ours = ownDirectives(scopes, unit.base, names);
    own.push(...ours.directives);
    misspelt.push(...ours.misspelt);
    for (const { directive, at, target } of foreignOf(parsed, unit, scopes)) {
      foreign.push({
        at: shift(at, unit.base),
        rules: rulesOf(directive, names),
        codes: new Set(directive.codes === "all" ? [] : directive.codes.map((code) => code.toUpperCase())),
        target: target === undefined ? undefined : shift(target, unit.base),
        reason: directive.reason,
      });
    }
  }
  return { own, misspelt, foreign };
}

function saysNothing({ model }: Unit): boolean {
  if ("resources" in model) return model.once(isSilentManifest);
  return "document" in model && isSilentDocument(model.document);
}

/** A manifest without annotations, and without comments that may be directives: most of those in a long stream. */
function isSilentManifest({ document, resources }: KubernetesModel): boolean {
  return (
    isSilentDocument(document) &&
    resources.every(
      ({ annotations, pod }) => annotations.length === 0 && (pod === undefined || pod.annotations.length === 0),
    )
  );
}

function isSilentDocument({ comments }: YamlDocument): boolean {
  return !comments.some(({ text }) => isForeignDirective(text) || /seaworthy/i.test(text));
}

/** Takes out the findings that a directive accepts. */
export function silence(findings: readonly Finding[], suppressions: Suppressions): Silenced {
  const { own, foreign } = suppressions;
  if (own.length === 0 && foreign.length === 0) return { findings, suppressed: [], used: new Set() };
  const kept: Finding[] = [];
  const suppressed: SuppressedFinding[] = [];
  const used = new Set<object>();
  for (const finding of findings) {
    let by: SuppressedFinding | undefined;
    for (const directive of own) {
      if (!reaches(directive.scope === "file" ? "file" : directive.target, finding)) continue;
      const hits = directive.names.filter((name) => name.rules.includes(finding.rule) || names(name, finding));
      if (hits.length === 0 && directive.names.length > 0) continue;
      for (const hit of hits) used.add(hit);
      used.add(directive);
      by ??= { ...finding, by: "directive", reason: directive.reason };
    }
    if (by === undefined) {
      const hit = foreign.find(
        ({ rules, codes, target }) =>
          (rules.has(finding.rule) || (finding.code !== undefined && codes.has(finding.code))) &&
          reaches(target ?? "file", finding),
      );
      if (hit !== undefined) by = { ...finding, by: "foreign-directive", reason: hit.reason };
    }
    if (by === undefined) kept.push(finding);
    else suppressed.push(by);
  }
  return { findings: kept, suppressed, used };
}

/** Whether a directive names the code that a finding passes on: `SC2086` or `hadolint:SC2086`. */
function names({ name, covered }: WrittenName, { rule, code }: Finding): boolean {
  return code !== undefined && covered.includes(rule) && name.slice(name.indexOf(":") + 1).toUpperCase() === code;
}

/**
 * The directives of ours with what came of them. `judged` tells whether a rule's silence means
 * something: it is not off, or is for another kind of file.
 */
export function judgedDirectives(
  own: readonly WrittenDirective[],
  used: ReadonlySet<object>,
  judged: (rule: string) => boolean,
): readonly OwnDirective[] {
  return own.map((directive) => ({
    scope: directive.scope,
    span: directive.span,
    names: directive.names.map((name) => ({
      name: name.name,
      span: name.span,
      rules: [...name.rules, ...name.covered],
      ...(name.suggestion === undefined ? {} : { suggestion: name.suggestion }),
      // What our own rules say about directives comes after this was asked.
      used:
        used.has(name) ||
        !name.rules.every((rule) => judged(rule) && !rule.startsWith("seaworthy/")) ||
        // Whether the other tool was there to say anything is not known here.
        name.covered.length > 0,
    })),
    used: used.has(directive),
    reason: directive.reason,
  }));
}

function reaches(target: Span | "file" | undefined, finding: Finding): boolean {
  if (target === undefined) return false;
  return target === "file" || (target.start <= finding.at.start && finding.at.start <= target.end);
}

function* foreignOf(
  parsed: ParsedFile,
  unit: Unit,
  scopes: Scopes,
): Generator<{ directive: ForeignDirective; at: Span; target: Span | undefined }> {
  const { model } = unit;
  const instructions = "instructions" in model ? model.instructions : [];
  for (const comment of scopes.comments) {
    if (!isForeignDirective(comment.text)) continue;
    const below = instructions.find(({ span }) => span.start >= comment.span.end)?.name;
    for (const directive of foreignDirectives(comment, parsed.kind, below)) {
      if (directive.scope === "file") {
        yield { directive, at: comment.span, target: undefined };
        continue;
      }
      const target =
        directive.scope === "unit"
          ? { start: 0, end: scopes.text.length }
          : directive.scope === "stage"
            ? scopes.stage(comment)
            : !comment.alone
              ? scopes.line(comment)
              : directive.scope === "line"
                ? scopes.nextLine(comment)
                : scopes.next(comment);
      if (target !== undefined) yield { directive, at: comment.span, target };
    }
  }
  if ("directives" in model) {
    for (const { name, value, span } of model.directives) {
      if (name.toLowerCase() !== "check") continue;
      for (const directive of buildkitChecks(value, "file")) yield { directive, at: span, target: undefined };
    }
  }
  if ("resources" in model) {
    for (const resource of model.resources) {
      for (const { directive, at } of annotationDirectives(resource))
        yield { directive, at, target: resource.map.span };
    }
  }
}

function rulesOf(directive: ForeignDirective, names: RuleNames): ReadonlySet<string> {
  const rules = new Set<string>();
  for (const peer of directive.peers) {
    if (directive.codes === "all") for (const rule of names.ofPeer(peer)) rules.add(rule);
    else for (const code of directive.codes) for (const rule of names.foreign(peer, code)) rules.add(rule);
  }
  return rules;
}
