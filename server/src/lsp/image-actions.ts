import { type CodeAction, CodeActionKind, type CodeActionParams, CodeActionTriggerKind } from "vscode-languageserver";
import type { Finding } from "../engine/finding.ts";
import type { ImageReference } from "../languages/image/reference.ts";
import { pinState } from "../registry/pins.ts";
import { touches } from "../text/span.ts";
import type { Checked } from "./checker.ts";
import { isWithinKind, lookUpKind, reviewKind } from "./code-actions.ts";
import { diagnosticOf, type DiagnosticsContext } from "./diagnostics.ts";
import { targetsOf } from "./image-files.ts";
import { imageAt } from "./image-places.ts";
import { type FilesArguments, type ImageArguments, imageCommands } from "./protocol.ts";

/**
 * What registries can be asked about the image at a place. The actions are commands, so that nobody is asked before one of them is chosen: some editors
 * resolve all actions to show what they would do.
 */
export function imageActionsOf(
  checked: Checked,
  params: CodeActionParams,
  context: DiagnosticsContext,
): readonly CodeAction[] {
  const { outcome, document } = checked;
  if (outcome.type !== "report") return [];
  const { parsed, findings } = outcome.report;
  const range = document.places.span(params.range);
  const { only, triggerKind } = params.context;
  const invited = only !== undefined || triggerKind !== CodeActionTriggerKind.Automatic;
  const wants = (kind: string): boolean => only === undefined || only.some((one) => isWithinKind(kind, one));
  const { targets, unpinned } = targetsOf(parsed, [outcome.folder.workspace.view(document.path)], context.linter);
  const target = targets.find(({ span }) => touches(span, range));
  const actions: CodeAction[] = [];
  const add = (title: string, kind: string, command: string, argument: ImageArguments | FilesArguments): void => {
    if (!wants(kind)) return;
    actions.push({ title, kind, command: { title, command, arguments: [argument] } });
  };
  /** A quick fix of the findings that it mends; where there are none, a refactoring for those who look for one. */
  const mend = (
    title: string,
    mended: readonly Finding[],
    slug: string,
    command: string,
    argument: ImageArguments,
  ): void => {
    if (mended.length === 0) {
      if (invited) add(title, `${reviewKind}.${slug}`, command, argument);
    } else if (wants(CodeActionKind.QuickFix)) {
      const diagnostics = mended.map((finding) => diagnosticOf(finding, document, context));
      const kind = CodeActionKind.QuickFix;
      actions.push({ title, kind, diagnostics, command: { title, command, arguments: [argument] } });
    }
  };
  if (target !== undefined) {
    const { reference, span } = target;
    const argument: ImageArguments = {
      uri: document.uri,
      position: document.places.position(span.start),
      image: reference.text,
    };
    const here = findings.filter(({ at }) => touches(at, span));
    const state = pinState(reference);
    const title =
      state === "pinned"
        ? `Update the digest of \`${shortName(reference)}\``
        : `Pin \`${reference.text}\` to its digest`;
    if (state !== "digest") {
      // Where the registry was asked lately, the rules' own fixes write the digest, and nobody need be asked.
      if (!here.some(writesDigest)) mend(title, here.filter(wantsDigest), "pin", imageCommands.pin, argument);
      const floating = here.filter(({ rule }) => rule === "image/floating-tag");
      const choose = `Choose a version for \`${shortName(reference)}\``;
      mend(choose, floating, "choose-version", imageCommands.chooseVersion, argument);
    }
    if (invited && unpinned.includes(target) && unpinned.length > 1) {
      const files: FilesArguments = { uris: [document.uri] };
      add(`Pin all ${unpinned.length} images in this file`, `${reviewKind}.pin-all`, imageCommands.pinFiles, files);
    }
  }
  // Where hovers have a link for it, it would stand there twice.
  if (invited && context.abilities.options.lookUpCommand === undefined) {
    const place = imageAt(parsed, range.start);
    if (place !== undefined) {
      const { reference, span } = place;
      const position = document.places.position(span.start);
      const argument: ImageArguments = { uri: document.uri, position, image: reference.text };
      add(`Look up \`${shortName(reference)}\` in its registry`, lookUpKind, imageCommands.lookUp, argument);
    }
  }
  return actions;
}

/** The reference as it is written, without its digest. */
export function shortName({ text }: ImageReference): string {
  return text.replace(/@.*$/s, "");
}

function writesDigest({ rule, fixes }: Finding): boolean {
  return (rule === "image/missing-digest" || rule === "image/moved-tag") && fixes.some((fix) => "edits" in fix);
}

function wantsDigest({ fixes }: Finding): boolean {
  return fixes.some((fix) => "resolve" in fix);
}
