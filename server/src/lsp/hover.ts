import { type Hover, MarkupKind, type Position } from "vscode-languageserver";
import type { Finding } from "../engine/finding.ts";
import type { RuleCard } from "../engine/rule.ts";
import type { Linter, Report } from "../linting.ts";
import type { ComposeModel } from "../languages/compose/index.ts";
import type { KubernetesModel } from "../languages/kubernetes/index.ts";
import { registryOf } from "../languages/image/index.ts";
import { isOfKind } from "../languages/index.ts";
import { helpUrl } from "../reference/help-url.ts";
import { imageHover } from "../reference/image-hover.ts";
import { keyHover } from "../reference/key-hover.ts";
import { qosHover } from "../reference/qos-hover.ts";
import { variableHover } from "../reference/variable-hover.ts";
import { contains, type Span } from "../text/span.ts";
import type { WorkspaceView } from "../workspace/index.ts";
import type { Checked } from "./checker.ts";
import type { OpenDocument } from "./documents.ts";
import { imageAt } from "./image-places.ts";
import type { ImageArguments } from "./protocol.ts";

/**
 * What is said of the findings at a place and, in a Compose file, of the key they are about; of a variable there; of the class of a pod; of an image; or of the
 * rule that a directive there names.
 */
export function hoverOf(
  checked: Checked,
  position: Position,
  linter: Linter,
  options: HoverOptions,
): Hover | undefined {
  const { markdown } = options;
  const { document, outcome } = checked;
  if (outcome.type !== "report") return undefined;
  const { report, folder } = outcome;
  const offset = document.places.offset(position);
  const findings = aboutFindings(report, offset, linter);
  const view = folder.workspace.view(document.path);
  const variable = aboutVariable(report, offset, view);
  const quality = aboutQuality(report, offset, view);
  const image = aboutImage(checked.document, report, offset, view, options);
  const found =
    joined([image, findings, variable, quality, findings === undefined ? undefined : aboutKey(report, offset)]) ??
    aboutDirective(report, offset, linter);
  if (found === undefined) return undefined;
  const value = markdown ? found.markdown : plainText(found.markdown);
  return {
    contents: { kind: markdown ? MarkupKind.Markdown : MarkupKind.PlainText, value },
    range: document.places.range(found.at),
  };
}

/** How a client shows hovers. */
export interface HoverOptions {
  readonly markdown: boolean;
  /** A command of the client to link to, which asks the registry what the image at a place is. */
  readonly lookUpCommand?: string;
  /** Whether a bot keeps the digest of the image at the place fresh, in a sentence. */
  readonly freshness?: string;
}

interface About {
  readonly at: Span;
  readonly markdown: string;
}

/** Everything there is to say, at the place of the first. */
function joined(parts: readonly (About | undefined)[]): About | undefined {
  const said = parts.filter((part) => part !== undefined);
  const [first] = said;
  return first && { at: first.at, markdown: said.map(({ markdown }) => markdown).join("\n\n---\n\n") };
}

function aboutFindings(report: Report, offset: number, linter: Linter): About | undefined {
  const place = { start: offset, end: offset };
  const here = report.findings.filter(({ at }) => contains(at, place));
  const first = here[0];
  if (first === undefined) return undefined;
  return { at: first.at, markdown: here.map((finding) => findingText(finding, linter)).join("\n\n---\n\n") };
}

function findingText(finding: Finding, linter: Linter): string {
  const rule = linter.rule(finding.rule);
  const fixes = finding.fixes
    .filter((fix) => "edits" in fix)
    .map(({ title, safety }) => `- ${title}${safety === "safe" ? " (safe)" : ""}`);
  return [
    finding.message,
    rule?.why,
    fixes.length === 0 ? undefined : `Fixes:\n${fixes.join("\n")}`,
    `Severity: ${finding.severity}, from ${finding.severityFrom}.`,
    rule === undefined ? `\`${finding.rule}\`` : ruleLink(rule),
  ]
    .filter((part) => part !== undefined)
    .join("\n\n");
}

function aboutKey(report: Report, offset: number): About | undefined {
  return inCompose(report, offset, (model, place) => keyHover(model, place));
}

function aboutVariable(report: Report, offset: number, workspace: WorkspaceView): About | undefined {
  return inCompose(report, offset, (model, place) => variableHover(model, place, workspace));
}

function aboutQuality(report: Report, offset: number, workspace: WorkspaceView): About | undefined {
  return inManifest(report, offset, (model, place) => qosHover(model, place, workspace));
}

/** What is known of an image, and a link to ask for more. Nobody is asked by looking. */
function aboutImage(
  { uri, places }: OpenDocument,
  { parsed }: Report,
  offset: number,
  workspace: WorkspaceView,
  { lookUpCommand, freshness = "" }: HoverOptions,
): About | undefined {
  const place = imageAt(parsed, offset);
  if (place === undefined) return undefined;
  const { reference, span, use } = place;
  const known = workspace.registryImage(reference);
  const said = imageHover(reference, known, use.facts);
  const argument: ImageArguments = { uri, position: places.position(span.start), image: reference.text };
  const link =
    lookUpCommand === undefined
      ? ""
      : `[${known === undefined ? `Ask ${registryOf(reference)} what it is` : "Ask again"}](command:${lookUpCommand}?${encodeURIComponent(JSON.stringify([argument]))})`;
  const markdown = [said, freshness, link].filter((part) => part !== "").join("\n\n");
  return markdown === "" ? undefined : { at: span, markdown };
}

/** Asks the document of a Compose file that an offset lies in; its places are made those of the file. */
function inCompose(
  { parsed }: Report,
  offset: number,
  ask: (model: ComposeModel, offset: number) => About | undefined,
): About | undefined {
  return inUnit(isOfKind(parsed, "compose") ? parsed.units : [], offset, ask);
}

/** The same of a manifest. */
function inManifest(
  { parsed }: Report,
  offset: number,
  ask: (model: KubernetesModel, offset: number) => About | undefined,
): About | undefined {
  return inUnit(isOfKind(parsed, "kubernetes") ? parsed.units : [], offset, ask);
}

function inUnit<M>(
  units: readonly { readonly base: number; readonly model: M }[],
  offset: number,
  ask: (model: M, offset: number) => About | undefined,
): About | undefined {
  const unit = units.findLast(({ base }) => base <= offset);
  const found = unit && ask(unit.model, offset - unit.base);
  return (
    unit &&
    found && {
      at: { start: found.at.start + unit.base, end: found.at.end + unit.base },
      markdown: found.markdown,
    }
  );
}

function aboutDirective(report: Report, offset: number, linter: Linter): About | undefined {
  const place = { start: offset, end: offset };
  for (const directive of report.directives) {
    const name = directive.names.find(({ span }) => contains(span, place));
    if (name === undefined) continue;
    const said = linter.cards
      .filter(({ id }) => name.rules.includes(id))
      .map((card) => [linter.rule(card.id)?.summary, ruleLink(card)].filter((part) => part !== undefined).join("\n\n"));
    return said.length === 0 ? undefined : { at: name.span, markdown: said.join("\n\n---\n\n") };
  }
  return undefined;
}

function ruleLink(rule: RuleCard): string {
  return `[${rule.id}](${helpUrl(rule)})`;
}

/** Markdown as it reads best where it is not rendered. */
function plainText(markdown: string): string {
  return markdown.replace(/\[([^\]]+)\]\(([^)]+)\)/g, "$1 ($2)").replaceAll("\n\n---\n\n", "\n\n");
}
