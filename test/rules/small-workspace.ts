import { readSettings, resolveConfig } from "../../server/src/engine/config.ts";
import type { FileConfig } from "../../server/src/engine/config.ts";
import { parseFile, type SourceFile } from "../../server/src/languages/index.ts";
import { joinPath } from "../../server/src/text/path.ts";
import { type Linter, linter, type Report } from "../../server/src/linter.ts";
import {
  besideFacts,
  createWorkspace,
  factsOf,
  ignoreFacts,
  type RegistryImages,
  type Workspace,
} from "../../server/src/workspace/index.ts";
import { realShellCheck } from "./real-shellcheck.ts";

/** A few files that see each other, checked as the command line would. */
export interface SmallWorkspace {
  /** The report of a file, or of another text in its place; `undefined` where it is no file of ours. */
  check(path: string, text?: string): Report | undefined;
}

/** What rules run: a preset, or these ids alone. */
export type Selection =
  | { readonly preset: string; readonly also?: readonly string[] }
  | { readonly only: readonly string[] };

/** A workspace of these files and no others. */
export function smallWorkspace(
  files: readonly SourceFile[],
  config: (path: string) => FileConfig,
  engine: Linter = linter,
  options: { readonly shellCheck?: boolean; readonly registry?: RegistryImages | undefined } = {},
): SmallWorkspace {
  const workspace = createWorkspace();
  if (options.registry !== undefined) workspace.setRegistryImages(options.registry);
  for (const file of files) tell(workspace, file, files);
  for (const file of files) {
    for (const { path, as } of workspace.asked(file.path)) {
      if (workspace.facts(path) !== undefined) continue;
      // A lone file is one of a project of which the rest is not shown.
      if ((as === "dockerfile" || as === "manifest") && files.length === 1) continue;
      if (as === "manifests") continue;
      const asked = files.find((candidate) => candidate.path === path);
      const languageId = as === "compose" ? "dockercompose" : as;
      const parsed = asked && (as === "compose" || as === "dockerfile") && parseFile({ ...asked, languageId });
      workspace.set(parsed ? factsOf(parsed) : besideFacts(path, asked));
    }
  }
  return {
    check(path, text) {
      const file = { path, text: text ?? files.find((candidate) => candidate.path === path)?.text ?? "" };
      const parsed = parseFile(file);
      if (parsed === undefined) return undefined;
      if (options.shellCheck === true) workspace.setShellComments(path, realShellCheck(parsed));
      return engine.check({ file, parsed, config: config(path), workspace: workspace.view(path) });
    },
  };
}

/** The config that runs a selection of rules, with options for one of them. */
export function configOf(
  selection: Selection,
  options: { readonly rule: string; readonly values: Readonly<Record<string, unknown>> } | undefined,
  { engine = linter, release }: { readonly engine?: Linter; readonly release?: string | undefined } = {},
): FileConfig {
  const rules: Record<string, unknown> = {};
  if ("only" in selection) for (const { id } of engine.rules) rules[id] = "off";
  for (const id of "only" in selection ? selection.only : (selection.also ?? [])) rules[id] = "on";
  if (options !== undefined) {
    const on = rules[options.rule] === "on" ? { severity: "on" } : {};
    rules[options.rule] = { ...on, ...options.values };
  }
  const preset = "preset" in selection ? selection.preset : "all";
  return resolveConfig(
    "",
    {
      overrides: readSettings(
        { preset, rules, ...(release === undefined ? {} : { kubernetes: release }) },
        engine.rules,
      ),
    },
    engine.rules,
  );
}

/** What a file tells the others; and that there is no ignore file but those of the case. */
function tell(workspace: Workspace, file: SourceFile, files: readonly SourceFile[]): void {
  const parsed = parseFile(file);
  if (parsed !== undefined) workspace.set(factsOf(parsed));
  const parts = file.path.split("/").slice(0, -1);
  const names = [`${file.path}.dockerignore`];
  for (let depth = 0; depth <= parts.length; depth++) names.push([...parts.slice(0, depth), ".dockerignore"].join("/"));
  for (const { build } of workspace.facts(file.path)?.compose?.services ?? []) {
    if (build !== undefined) names.push(joinPath(build.context, ".dockerignore"));
  }
  for (const path of names) {
    const text = files.find((candidate) => candidate.path === path)?.text;
    workspace.set(ignoreFacts(path, text));
  }
}
