import assert from "node:assert/strict";
import { after, describe, it } from "mocha";
import type { Disposable, FileStat, FileSystemProvider } from "vscode";
import { EventEmitter, FileSystemError, FileType, Uri, window, workspace } from "vscode";
import { closeAll, findingsWhen, slugs } from "./workbench.ts";

const files: ReadonlyMap<string, string> = new Map([
  ["/project/Dockerfile", "FROM node:latest\nMAINTAINER joe\n"],
  ["/project/.seaworthy.yaml", "rules:\n  floating-tag: off\n"],
]);

describe("A virtual file system", () => {
  let registration: Disposable | undefined;
  after(async () => {
    await closeAll();
    registration?.dispose();
  });

  it("is served like the disk, neighbours and config included", async () => {
    registration = workspace.registerFileSystemProvider("seaworthy-test", memory(), { isCaseSensitive: true });
    const uri = Uri.from({ scheme: "seaworthy-test", path: "/project/Dockerfile" });
    const document = await workspace.openTextDocument(uri);
    await window.showTextDocument(document);
    await findingsWhen(document, (present) => present.includes("maintainer"));
    assert(!slugs(document).includes("floating-tag"), "the config beside it was read");
  });
});

/** The files above, which nobody changes. */
function memory(): FileSystemProvider {
  const refuse = (): never => {
    throw FileSystemError.NoPermissions();
  };
  const read = (uri: Uri): Uint8Array => {
    const text = files.get(uri.path);
    if (text === undefined) throw FileSystemError.FileNotFound(uri);
    return new TextEncoder().encode(text);
  };
  const stat = (uri: Uri): FileStat => {
    const isFolder = [...files.keys()].some((path) => path.startsWith(`${uri.path}/`));
    const size = isFolder ? 0 : read(uri).length;
    return { type: isFolder ? FileType.Directory : FileType.File, ctime: 0, mtime: 0, size };
  };
  return {
    onDidChangeFile: new EventEmitter<never>().event,
    watch: () => ({ dispose: () => undefined }),
    stat,
    readDirectory: () => [],
    readFile: read,
    createDirectory: refuse,
    writeFile: refuse,
    delete: refuse,
    rename: refuse,
  };
}
