import { defineRule, type Fix } from "../../engine/rule.ts";
import type { DockerfileModel, Stage } from "../../languages/dockerfile/model.ts";
import type { TextEdit } from "../../text/edit.ts";
import { replace } from "../../text/edit.ts";
import { freeStageName, nameEdit, sourceStage, stageSources } from "./shared/stage-links.ts";

export default defineRule("dockerfile", {
  slug: "duplicate-stage-name",
  summary: "Two stages have the same name.",
  why: `The builders do not agree on which of the two is meant: to BuildKit, \`COPY --from=build\` and \`--target build\` mean the last stage of that name, even where
it stands further down; to others the last one before the line. One of the stages cannot be reached by its name at all, and what
it did is missing in the image without an error. Upper and lower case make no difference.`,
  category: "correctness",
  severity: "warning",
  preset: "minimal",
  since: "0.1.0",
  aliases: [
    "hadolint:DL3024",
    "buildkit:DuplicateStageName",
    "dockerfile-utils:DUPLICATE_BUILD_STAGE_NAME",
    "trivy:DS-0012",
    "checkov:CKV_DOCKER_11",
    "kics:same_alias_in_different_froms",
    "droast:DF042",
  ],
  references: ["https://docs.docker.com/reference/build-checks/duplicate-stage-name/"],
  fix: "review",
  examples: [
    {
      bad: "FROM node:24-alpine AS build\nWORKDIR /srv\n\nFROM golang:1.27-alpine AS build\nWORKDIR /src\n\nFROM scratch\nCOPY --from=build /src /src\n",
      good: "FROM node:24-alpine AS build\nWORKDIR /srv\n\nFROM golang:1.27-alpine AS build-2\nWORKDIR /src\n\nFROM scratch\nCOPY --from=build-2 /src /src\n",
    },
  ],
  *check(model) {
    const { stages } = model;
    if (stages.length < 2) return;
    const first = new Map<string, Stage>();
    for (const stage of stages) {
      const { alias } = stage.from;
      if (alias === undefined) continue;
      const name = alias.value.toLowerCase();
      const other = first.get(name)?.from.alias;
      if (other === undefined) {
        first.set(name, stage);
        continue;
      }
      yield {
        at: alias.span,
        message: `Another stage is named \`${other.value}\` already, and builders differ in which one they take: give this one a name of its own.`,
        related: [{ at: other.span, message: "The first stage of that name." }],
        fixes: () => fixesFor(model, stage, alias.value),
      };
    }
  },
});

function fixesFor(model: DockerfileModel, stage: Stage, name: string): readonly Fix[] {
  const same = model.stages.filter((other) => other.name?.toLowerCase() === name.toLowerCase());
  // Counted, so that the fixes of several stages do not give them one name again.
  const fresh = freeStageName(model, `${name}-${same.indexOf(stage) + 1}`);
  const naming = nameEdit(stage, fresh);
  if (naming === undefined) return [];
  return [
    {
      title: `Name it \`${fresh}\`, below as well (what stands above it and \`--target ${name}\` then mean the other stage)`,
      safety: "review",
      edits: [naming, ...laterMentions(model, stage, fresh)],
    },
  ];
}

/** What comes after a stage means it by its name; what stands above it was written with the other one in mind. */
function laterMentions(model: DockerfileModel, stage: Stage, name: string): readonly TextEdit[] {
  const edits: TextEdit[] = [];
  for (const other of model.stages.slice(stage.index + 1)) {
    const { base, imageWord } = other.from;
    if (base === stage && imageWord?.variable === false) edits.push(replace(imageWord.span, name));
    for (const instruction of other.instructions) {
      for (const source of stageSources(instruction)) {
        const numbered = /^\d+$/.test(source.name);
        if (!numbered && sourceStage(model, source.name) === stage) edits.push(replace(source.span, name));
      }
    }
  }
  return edits;
}
