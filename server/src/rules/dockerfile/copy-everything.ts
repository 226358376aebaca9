import { defineRule, type EditFix } from "../../engine/rule.ts";
import { ignores } from "../../languages/ignore/index.ts";
import type { DockerfileModel, Stage } from "../../languages/dockerfile/model.ts";
import { folderOf, nameOf } from "../../text/path.ts";
import { listed } from "../../text/words.ts";
import type { WorkspaceView } from "../../workspace/workspace.ts";
import { isForDevelopment } from "./shared/development.ts";
import { fittingPatterns, type Unwanted, unwantedPaths } from "./shared/ignore-patterns.ts";
import { contextCopy } from "./shared/source-copies.ts";

export default defineRule("dockerfile", {
  slug: "copy-everything",
  summary: "The whole build context is copied into the image, with files that do not belong there.",
  why: `\`COPY . .\` takes whatever lies in the folder of whoever builds: the history in \`.git\` with all that was ever committed, \`.env\` with its passwords,
\`node_modules\` built for another system. It is in the image then, and anyone who can pull it can read it. Two people get two images from one commit, and
every stray file makes the builder start over.

A \`.dockerignore\` beside the Dockerfile keeps these out, for every \`COPY\` at once; copying the few folders that are needed by name does as well. Where it cannot
be seen what the builder takes, nothing is said.`,
  category: "secrets",
  severity: "info",
  preset: "recommended",
  since: "0.1.0",
  aliases: ["droast:DF007", "droast:DF033", "sonar:S6470"],
  references: ["https://docs.docker.com/build/concepts/context/#dockerignore-files"],
  fix: "review",
  examples: [
    {
      bad: 'FROM node:22.14-alpine\nWORKDIR /app\nCOPY package.json package-lock.json ./\nRUN npm ci --omit=dev && npm cache clean --force\nCOPY . .\nUSER node\nCMD ["node", "src/server.js"]\n',
      good: 'FROM node:22.14-alpine\nWORKDIR /app\nCOPY package.json package-lock.json ./\nRUN npm ci --omit=dev && npm cache clean --force\nCOPY src ./src\nUSER node\nCMD ["node", "src/server.js"]\n',
      fixed: false,
    },
  ],
  reads: "workspace",
  *check(model, _options, workspace) {
    const stage = model.finalStage;
    const all = stage === undefined ? model.instructions : stage.history;
    // One ignore file mends them all.
    const copy = all.map(contextCopy).find((found) => found !== undefined);
    const source = copy?.sources[0];
    if (copy === undefined || source === undefined || isForDevelopment(workspace.path, stage)) return;
    const patterns = workspace.ignorePatterns();
    if (patterns === "unknown") return;
    const taken = unwantedPaths(model, stage, workspace).filter(
      ({ path }) => patterns === undefined || !ignored(patterns, path),
    );
    if (taken.length === 0) return;
    const names = listed(taken.map(({ path }) => (path === ".env" ? "any `.env`" : `\`${path}\``)));
    yield {
      at: source.span,
      message:
        patterns === undefined
          ? `Everything in the folder goes into the image, ${names} too, as there is no \`.dockerignore\`: write one, or copy what is needed by name.`
          : `${capitalized(names)} ${taken.length === 1 ? "goes" : "go"} into the image with everything else: add ${taken.length === 1 ? "it" : "them"} to the \`.dockerignore\`.`,
      fixes: () => fixesFor(model, stage, taken, workspace),
    };
  },
});

function fixesFor(
  model: DockerfileModel,
  stage: Stage | undefined,
  taken: readonly Unwanted[],
  workspace: WorkspaceView,
): readonly EditFix[] {
  const file = workspace.ignoreFile();
  if (file === undefined) return [];
  const caution = "(a build step that reads it will miss it)";
  if (file.present) {
    const lines = taken.map(({ pattern }) => pattern);
    const title = `Leave ${listed(lines.map((line) => `\`${line}\``))} out in \`${nameOf(file.path)}\` ${caution}`;
    return [{ title, safety: "review", edits: [], appends: [{ path: file.path, lines }] }];
  }
  const lines = fittingPatterns(model, stage, taken, insideOf(folderOf(file.path), workspace.path));
  const title = `Write a \`.dockerignore\` that leaves ${listed(taken.map(({ path }) => `\`${path}\``))} and the like out ${caution}`;
  const text = lines.map((line) => line + model.lineEnding).join("");
  return [{ title, safety: "review", edits: [], creates: [{ path: file.path, text }] }];
}

/** `path` as seen from `folder`; `undefined` where it lies elsewhere. */
function insideOf(folder: string, path: string): string | undefined {
  if (folder === ".") return path.startsWith("/") || path.startsWith("../") ? undefined : path;
  const prefix = folder === "/" ? folder : `${folder}/`;
  return path.startsWith(prefix) ? path.slice(prefix.length) : undefined;
}

/** The folder itself, or all that is in it. */
function ignored(patterns: readonly string[], path: string): boolean {
  return ignores(patterns, path) || ignores(patterns, `${path}/config`);
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
