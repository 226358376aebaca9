import { existsSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { type Kind, parseFile } from "../languages/index.ts";
import {
  type BesideContent,
  besideFacts,
  factsOf,
  ignoreFacts,
  longestBeside,
  type Workspace,
} from "../workspace/index.ts";
import { readText } from "./files.ts";
import { isWithin, shownFrom } from "./paths.ts";

/**
 * Reads what the files of a project depend on and the walk does not bring: Compose files at the usual places above a Dockerfile (up to the
 * project's root), which say what its build context is; Dockerfiles that a Compose file builds; the ignore files of all contexts;
 * and what Dockerfiles ask of their contexts, within the project.
 */
export function lookAround(project: {
  readonly root: string;
  readonly workspace: Workspace;
  readonly files: readonly { readonly absolutePath: string; readonly path: string; readonly kind: Kind }[];
}): void {
  const { root, workspace, files } = project;
  const known = new Set(files.map((file) => file.absolutePath));
  const tell = (absolutePath: string, languageId?: string): void => {
    if (known.has(absolutePath)) return;
    known.add(absolutePath);
    const text = textOf(absolutePath);
    if (text === undefined) return;
    const path = shownFrom(root, absolutePath);
    const parsed = parseFile({ path, text, ...(languageId !== undefined && { languageId }) });
    if (parsed !== undefined) workspace.set(factsOf(parsed));
  };

  const dockerfiles = files.filter((file) => file.kind === "dockerfile");
  const composeFiles = new Set(files.filter((file) => file.kind === "compose").map((file) => file.absolutePath));
  const above = foldersUpTo(
    root,
    dockerfiles.map((file) => dirname(file.absolutePath)),
  );
  for (const folder of above) {
    for (const name of composeNames) {
      const path = join(folder, name);
      tell(path);
      composeFiles.add(path);
    }
  }

  // an ignore file further up makes it doubtful that a Dockerfile's own folder is the context
  const contexts = new Set(above);
  for (const composeFile of composeFiles) {
    for (const { build } of workspace.facts(shownFrom(root, composeFile))?.compose?.services ?? []) {
      if (build === undefined) continue;
      contexts.add(resolve(root, build.context));
      tell(resolve(root, build.dockerfile), "dockerfile");
    }
  }

  const ignoreFiles = [
    ...dockerfiles.map((file) => `${file.absolutePath}.dockerignore`),
    ...[...contexts].map((context) => join(context, ".dockerignore")),
  ];
  for (const ignoreFile of ignoreFiles) {
    workspace.set(ignoreFacts(shownFrom(root, ignoreFile), textOf(ignoreFile)));
  }

  for (const dockerfile of dockerfiles) {
    for (const { path, named } of workspace.asked(dockerfile.path)) {
      const absolutePath = resolve(root, path);
      if (!isWithin(root, absolutePath) || workspace.facts(path) !== undefined) continue;
      workspace.set(besideFacts(path, besideContentOf(absolutePath, named)));
    }
  }
}

const composeNames = ["compose.yaml", "compose.yml", "docker-compose.yaml", "docker-compose.yml"];

/** The folders themselves and those above them, up to `root`. */
function foldersUpTo(root: string, folders: readonly string[]): ReadonlySet<string> {
  const all = new Set<string>();
  for (const folder of folders) {
    for (let at = folder; !all.has(at); at = dirname(at)) {
      all.add(at);
      if (at === root) break;
    }
  }
  return all;
}

function besideContentOf(path: string, named: boolean): BesideContent | undefined {
  try {
    const found = statSync(path);
    if (!found.isFile()) return undefined;
    return named || found.size > longestBeside ? "unread" : { text: readText(path).text };
  } catch {
    return undefined;
  }
}

function textOf(path: string): string | undefined {
  if (!existsSync(path)) return undefined;
  try {
    return readText(path).text;
  } catch {
    return undefined;
  }
}
