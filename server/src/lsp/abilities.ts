import type { ClientCapabilities, InitializeParams } from "vscode-languageserver";
import { type DiagnosticAbilities, negotiateEncoding, type PositionEncoding } from "./convert.ts";
import type { ClientOptions } from "./protocol.ts";
import { decodeClientOptions } from "./settings.ts";

/** What the client of this connection can do, as far as we act on it. */
export interface Abilities {
  readonly encoding: PositionEncoding;
  /** The client asks for diagnostics when it wants them, and can be told to ask again; else they are sent to it. */
  readonly pull: boolean;
  readonly diagnostics: DiagnosticAbilities;
  /** `workspace/configuration` is answered. */
  readonly configuration: boolean;
  readonly registersConfiguration: boolean;
  readonly registersWatchers: boolean;
  readonly folders: boolean;
  /** Edits may name the version they are for. */
  readonly versionedEdits: boolean;
  readonly annotatedEdits: boolean;
  /** Edits may make new files. */
  readonly createsFiles: boolean;
  /** Edits may be snippets, whose placeholders the editor has filled in. */
  readonly snippetEdits: boolean;
  /** The edit of a code action may be asked for later. */
  readonly lazyEdits: boolean;
  readonly markdown: boolean;
  /** Commands of the server may send edits. That they can be executed is said by few of the editors that do: Neovim is not among them. */
  readonly commands: boolean;
  readonly options: ClientOptions;
}

export function abilitiesOf({ capabilities, initializationOptions }: InitializeParams): Abilities {
  const { workspace, textDocument, general }: ClientCapabilities = capabilities;
  // What push and pull diagnostics can carry is announced separately, and by some clients for one of them only.
  const push = textDocument?.publishDiagnostics;
  const pull = textDocument?.diagnostic;
  const codeAction = textDocument?.codeAction;
  const edit = workspace?.workspaceEdit;
  return {
    encoding: negotiateEncoding(general?.positionEncodings),
    pull: pull !== undefined && workspace?.diagnostics?.refreshSupport === true,
    diagnostics: {
      href: (push?.codeDescriptionSupport ?? pull?.codeDescriptionSupport) === true,
      tags: (push?.tagSupport ?? pull?.tagSupport) !== undefined,
      related: (push?.relatedInformation ?? pull?.relatedInformation) === true,
      data: (push?.dataSupport ?? pull?.dataSupport) === true,
    },
    configuration: workspace?.configuration === true,
    registersConfiguration: workspace?.didChangeConfiguration?.dynamicRegistration === true,
    registersWatchers: workspace?.didChangeWatchedFiles?.dynamicRegistration === true,
    folders: workspace?.workspaceFolders === true,
    versionedEdits: edit?.documentChanges === true,
    annotatedEdits: edit?.documentChanges === true && edit.changeAnnotationSupport !== undefined,
    createsFiles: edit?.documentChanges === true && edit.resourceOperations?.includes("create") === true,
    snippetEdits: edit?.documentChanges === true && edit.snippetEditSupport === true,
    lazyEdits: codeAction?.dataSupport === true && codeAction.resolveSupport?.properties.includes("edit") === true,
    markdown: textDocument?.hover?.contentFormat?.includes("markdown") !== false,
    commands: workspace?.applyEdit === true,
    options: decodeClientOptions(initializationOptions),
  };
}
