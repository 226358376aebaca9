import {
  type CodeAction,
  type CodeActionParams,
  CodeActionTriggerKind,
  type ChangeAnnotation,
  type CreateFile,
  type TextDocumentEdit,
  type WorkspaceEdit,
} from "vscode-languageserver";
import type { FreshnessChange } from "../refactors/keep-digests-fresh.ts";
import { joinPath } from "../text/path.ts";
import type { UpdatedImage, UpdaterFiles } from "../workspace/updaters/index.ts";
import type { Abilities } from "./abilities.ts";
import type { Checked } from "./checker.ts";
import { isWithinKind, reviewKind } from "./code-actions.ts";
import { placesOf, toLspEdit } from "./convert.ts";
import type { Documents } from "./documents.ts";
import { creationOf } from "./edits.ts";
import type { Files } from "./files.ts";
import { imageAt } from "./image-places.ts";
import { keyOf, siblingUri } from "./uri.ts";

/** Whether a bot keeps digests fresh. Its configuration is looked for when somebody asks, so that nothing is read because a file was opened. */
export interface Freshness {
  /** One sentence, of Markdown, about the image at an offset: for one that has a digest, or of which it is found that it should. */
  sentence(checked: Checked, offset: number): Promise<string | undefined>;
  /** For those who look for actions at an image with a digest. Each change is left to the person to confirm. */
  actions(checked: Checked, params: CodeActionParams): Promise<readonly CodeAction[]>;
}

/** What freshness is found out with. */
export interface FreshnessParts {
  readonly files: Files;
  readonly documents: Documents;
  readonly abilities: Abilities;
}

/** Findings that speak of digests. */
const digestRules: ReadonlySet<string> = new Set(["image/missing-digest", "image/moved-tag"]);

export function createFreshness({ files, documents, abilities }: FreshnessParts): Freshness {
  /** The image at an offset with what bots are told; `undefined` where files cannot be looked for without fetching them. */
  async function lookAt(
    { outcome, document }: Checked,
    offset: number,
  ): Promise<{ readonly found: UpdaterFiles; readonly image: UpdatedImage } | undefined> {
    if (outcome.type !== "report" || abilities.options.files === "client" || !document.uri.startsWith("file:")) {
      return undefined;
    }
    const { parsed } = outcome.report;
    const place = imageAt(parsed, offset);
    if (place === undefined || parsed.kind === "ignore") return undefined;
    const { lookForUpdaters } = await import("../workspace/updaters/index.ts");
    const uriOf = (path: string): string => siblingUri(document.uri, path);
    const found = await lookForUpdaters(document.path, outcome.folder.path, {
      namesIn: (folder) => files.namesIn(uriOf(folder)),
      foldersIn: (folder) => files.foldersIn(uriOf(folder)),
      async read(path) {
        const content = await files.readBeside(uriOf(path), false);
        return typeof content === "object" ? content.text : undefined;
      },
    });
    const path = document.path.slice(found.root === "/" ? 1 : found.root.length + 1);
    return { found, image: { path, kind: parsed.kind, role: place.use.role, reference: place.reference } };
  }

  return {
    async sentence(checked, offset) {
      if (checked.outcome.type !== "report") return undefined;
      const { parsed, findings } = checked.outcome.report;
      const place = imageAt(parsed, offset);
      if (place === undefined) return undefined;
      const isAboutDigest = findings.some(({ rule, at }) => digestRules.has(rule) && at.start === place.span.start);
      if (place.reference.digest === undefined && !isAboutDigest) return undefined;
      const looked = await lookAt(checked, offset);
      if (looked === undefined) return undefined;
      const { updaterFor, updaterSummary } = await import("../workspace/updaters/index.ts");
      const answer = updaterFor(looked.found.files, looked.image);
      // Above the folder that is open there may be a configuration that nobody sees from here.
      return answer === undefined && !looked.found.repository
        ? undefined
        : (answer?.because ?? updaterSummary([answer]));
    },
    async actions(checked, params) {
      const { only, triggerKind } = params.context;
      const kind = `${reviewKind}.keep-digests-fresh`;
      const invited = only !== undefined || triggerKind !== CodeActionTriggerKind.Automatic;
      if (!invited || only?.some((one) => isWithinKind(kind, one)) === false || !abilities.versionedEdits) return [];
      if (checked.outcome.type !== "report") return [];
      const offset = checked.document.places.offset(params.range.start);
      if (imageAt(checked.outcome.report.parsed, offset)?.reference.digest === undefined) return [];
      const looked = await lookAt(checked, offset);
      if (looked === undefined) return [];
      const { keepDigestsFresh } = await import("../refactors/keep-digests-fresh.ts");
      return keepDigestsFresh(looked.found, looked.image)
        .filter(({ creates }) => creates === undefined || abilities.createsFiles)
        .map((change) => ({ title: change.title, kind, edit: editOf(change, looked.found, checked) }));
    },
  };

  function editOf(change: FreshnessChange, { root, files: texts }: UpdaterFiles, { document }: Checked): WorkspaceEdit {
    const path = joinPath(root, change.file);
    const uri = siblingUri(document.uri, path);
    const annotations: Record<string, ChangeAnnotation> = {};
    const annotated = (label: string): { readonly annotationId?: string } => {
      if (!abilities.annotatedEdits) return {};
      const annotationId = String(Object.keys(annotations).length);
      annotations[annotationId] = { label, description: change.title, needsConfirmation: true };
      return { annotationId };
    };
    const documentChanges: (CreateFile | TextDocumentEdit)[] = [];
    if (change.creates !== undefined) {
      const { annotationId } = annotated(`Create \`${change.file}\``);
      documentChanges.push(...creationOf(document, { path, text: change.creates }, annotationId));
    } else {
      const open = documents.byKey(keyOf(uri));
      const places = open?.places ?? placesOf(texts.get(change.file) ?? "", abilities.encoding);
      const edits = change.parts.flatMap((part) => {
        const annotation = annotated(part.title);
        return part.edits.map((edit) => ({ ...toLspEdit(edit, places), ...annotation }));
      });
      documentChanges.push({ textDocument: { uri: open?.uri ?? uri, version: open?.version ?? null }, edits });
    }
    return { documentChanges, ...(abilities.annotatedEdits ? { changeAnnotations: annotations } : {}) };
  }
}
