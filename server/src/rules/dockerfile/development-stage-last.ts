import { defineRule, type Fix } from "../../engine/rule.ts";
import { insertAfter } from "../../languages/dockerfile/edit.ts";
import type { DockerfileModel, Stage } from "../../languages/dockerfile/model.ts";
import { isForDevelopment } from "./shared/development.ts";
import { developmentCommand } from "../shared/development-servers.ts";
import { commandOf } from "./shared/final-image.ts";
import { sourceStage } from "./shared/stage-links.ts";
import { startedPrograms } from "./shared/start.ts";

export default defineRule("dockerfile", {
  slug: "development-stage-last",
  summary: "The last stage, which a plain build makes, is one for development.",
  why: `\`docker build .\` makes the last stage. Where that is the one for development, every pipeline, every \`docker compose build\` and every platform that
builds from the repository ships the watcher, the debugger and the test tools, unless each of them remembers \`--target production\`; nothing fails
when one of them forgets.

With the stage for production at the end, a forgotten \`--target\` costs a developer a moment instead.`,
  category: "correctness",
  severity: "warning",
  preset: "recommended",
  since: "0.1.0",
  aliases: [],
  references: ["https://docs.docker.com/build/building/multi-stage/#stop-at-a-specific-build-stage"],
  fix: "review",
  examples: [
    {
      bad: 'FROM node:24-alpine AS production\nWORKDIR /app\nCOPY server.js .\nUSER node\nCMD ["node", "server.js"]\n\nFROM production AS development\nENV NODE_ENV=development\n',
      good: 'FROM node:24-alpine AS production\nWORKDIR /app\nCOPY server.js .\nUSER node\nCMD ["node", "server.js"]\n\nFROM production AS development\nENV NODE_ENV=development\n\nFROM production\n',
    },
  ],
  reads: "workspace",
  *check(model, _options, workspace) {
    const { finalStage, stages } = model;
    if (finalStage === undefined || stages.length < 2) return;
    const named = developmentName.test(finalStage.name ?? "");
    const { alias, imageWord } = finalStage.from;
    const at = alias ?? imageWord;
    // A file that is for development as a whole has no other stage to offer.
    if (at === undefined || isForDevelopment(workspace.path, undefined)) return;
    const production = productionStage(stages.slice(0, -1), named);
    if (production === undefined) return;
    const watcher = named ? undefined : watcherOf(finalStage);
    if (!named && watcher === undefined) return;
    const name = production.name ?? "";
    const last = alias === undefined ? "The last stage" : `\`${alias.value}\``;
    yield {
      at: at.span,
      message: `${last} ${watcher === undefined ? "is for development and" : `starts \`${watcher}\` and`} is what a plain \`docker build\` makes: let \`${name}\` be the last stage.`,
      related: [
        { at: production.from.alias?.span ?? production.from.keywordSpan, message: "The stage for production." },
      ],
      fixes: () => fixesFor(model, production, name),
    };
  },
});

const developmentName =
  /^(?:[\w.]+[._-])?(?:dev|devel|develop|development|debug|debugger|test|tests|testing|lint|e2e|ci)(?:[._-](?:env|image|stage|server|final))?$/i;
const productionName =
  /^(?:[\w.]+[._-])?(?:prod|production|release|runtime|runner|final|deploy|deployment)(?:[._-](?:env|image|stage|server|app|base))?$/i;

/** The last stage before the final one that is named for production or, beside a stage named for development, starts a program of its own. */
function productionStage(stages: readonly Stage[], named: boolean): Stage | undefined {
  const byName = stages.findLast((stage) => productionName.test(stage.name ?? "") && !/base$/i.test(stage.name ?? ""));
  if (byName !== undefined || !named) return byName;
  return stages.findLast(
    (stage) =>
      stage.name !== undefined &&
      !developmentName.test(stage.name) &&
      stage.instructions.some((instruction) => instruction.name === "CMD" || instruction.name === "ENTRYPOINT") &&
      watcherOf(stage) === undefined,
  );
}

function watcherOf(stage: Stage): string | undefined {
  if (commandOf(stage, "CMD") === undefined && commandOf(stage, "ENTRYPOINT") === undefined) return undefined;
  for (const program of startedPrograms(stage)) {
    const command = developmentCommand(program);
    if (command?.kind === "reloads") return command.command;
  }
  return undefined;
}

function fixesFor(model: DockerfileModel, production: Stage, name: string): readonly Fix[] {
  const last = model.instructions.at(-1);
  // A name that two stages have means the last of them.
  if (last === undefined || sourceStage(model, name) !== production) return [];
  const { keyword } = production.from;
  return [
    {
      title: `End with \`${keyword} ${name}\` (who wants the stage for development then needs \`--target\`)`,
      safety: "review",
      edits: [insertAfter(model, last, ["", `${keyword} ${name}`])],
    },
  ];
}
