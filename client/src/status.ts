import type { Disposable } from "vscode";
import { languages, LanguageStatusSeverity, window, workspace } from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import { State } from "vscode-languageclient/node";
import { documentsOf, judgedLanguages, ownLanguages } from "./documents.ts";

/** What the server says of a document after each check. */
interface Status {
  readonly uri: string;
  readonly counts: Readonly<Record<"error" | "warning" | "info" | "hint", number>>;
  readonly milliseconds: number;
  /** Which config applies, for people. */
  readonly config: string;
  /** `null` where the document is none of ours. */
  readonly kind: string | null;
  /** Why less was checked than might be expected. */
  readonly note?: { readonly message: string };
}

/** The item beside the language's name: findings of the document, the time they took, the config that applies; a click opens the output. */
export interface StatusDisplay extends Disposable {
  /** Shows the state of this client from now on. */
  follow(client: LanguageClient): void;
}

/** Creates the item. It is seen only beside documents that were checked. */
export function showStatus(): StatusDisplay {
  const reports = new Map<string, Status>();
  const item = languages.createLanguageStatusItem("seaworthy.status", documentsOf(ownLanguages));
  item.name = "Seaworthy";
  item.text = "Seaworthy";
  item.command = { command: "seaworthy.showOutput", title: "Show Output" };

  const show = (): void => {
    const uri = window.activeTextEditor?.document.uri.toString();
    const report = uri === undefined ? undefined : reports.get(uri);
    // Most YAML is none of ours and shall not have the item.
    item.selector = documentsOf((report?.kind ?? null) === null ? ownLanguages : judgedLanguages);
    item.text = report === undefined ? "Seaworthy" : textOf(report);
    item.detail = report === undefined ? "" : detailOf(report);
  };
  const subscriptions = [
    item,
    window.onDidChangeActiveTextEditor(show),
    workspace.onDidCloseTextDocument((document) => reports.delete(document.uri.toString())),
  ];

  return {
    follow(client) {
      client.onNotification("seaworthy/status", (status: Status) => {
        reports.set(status.uri, status);
        show();
      });
      client.onDidChangeState(({ newState }) => {
        item.busy = newState === State.Starting;
        const stopped = newState === State.Stopped;
        item.severity = stopped ? LanguageStatusSeverity.Error : LanguageStatusSeverity.Information;
        if (newState === State.Running) show();
        if (!stopped) return;
        reports.clear();
        item.text = "Seaworthy: the server is not running";
        item.detail = "the output says why";
      });
    },
    dispose() {
      for (const subscription of subscriptions) subscription.dispose();
    },
  };
}

function textOf({ counts }: Status): string {
  const parts = [
    count(counts.error, "error"),
    count(counts.warning, "warning"),
    count(counts.info, "advice", "advice"),
    count(counts.hint, "hint"),
  ].flat();
  return `Seaworthy: ${parts.length === 0 ? "no findings" : parts.join(", ")}`;
}

function detailOf({ milliseconds, config, note }: Status): string {
  return [`${milliseconds.toFixed(1)} ms`, config, ...(note === undefined ? [] : [note.message])].join(" · ");
}

function count(number: number, one: string, many = `${one}s`): readonly string[] {
  return number === 0 ? [] : [`${number} ${number === 1 ? one : many}`];
}
