import { defineRule } from "../../engine/rule.ts";
import type { Stage } from "../../languages/dockerfile/model.ts";
import { couldName, sourceStage, stageSources } from "./shared/stage-links.ts";

export default defineRule("dockerfile", {
  slug: "unused-stage",
  summary: "Nothing in the file uses a stage.",
  why: `No \`FROM\` is based on the stage and no \`COPY\` or mount takes anything from it, so a plain \`docker build\` does not run it. Often a \`COPY --from\` was
forgotten, or the stage is left over from an older build and still costs everybody who reads the file, and every builder that is not BuildKit, which
runs it all the same.

A stage that is built by its name (\`docker build --target test\`) is used, and the file cannot know it: that is why this is off unless asked for.`,
  category: "correctness",
  severity: "hint",
  preset: "all",
  since: "0.1.0",
  aliases: ["tally:no-unreachable-stages"],
  references: ["https://docs.docker.com/build/building/multi-stage/#differences-between-legacy-builder-and-buildkit"],
  fix: null,
  examples: [
    {
      bad: "FROM golang:1.27-alpine AS build\nWORKDIR /src\n\nFROM alpine:3.23 AS certificates\nWORKDIR /certs\n\nFROM scratch\nCOPY --from=build /src /src\n",
      good: "FROM golang:1.27-alpine AS build\nWORKDIR /src\n\nFROM alpine:3.23 AS certificates\nWORKDIR /certs\n\nFROM scratch\nCOPY --from=build /src /src\nCOPY --from=certificates /certs /certs\n",
      fixed: false,
    },
  ],
  reads: "workspace",
  *check(model, _options, workspace) {
    const { stages } = model;
    if (stages.length < 2) return;
    const used = new Set<Stage>();
    const patterns: string[] = [];
    for (const { from } of stages) {
      if (from.base !== undefined) used.add(from.base);
      if (from.imageWord?.variable === true) patterns.push(from.imageWord.text);
    }
    for (const written of model.instructions) {
      const instruction = written.name === "ONBUILD" ? (written.trigger ?? written) : written;
      if (instruction.name !== "COPY" && instruction.name !== "RUN") continue;
      for (const { name } of stageSources(instruction)) {
        const stage = sourceStage(model, name);
        if (stage !== undefined) used.add(stage);
      }
    }
    const targets = new Set(workspace.builders().map(({ service }) => service.build?.target?.toLowerCase() ?? ""));
    for (const stage of stages.slice(0, -1)) {
      const { name } = stage;
      if (used.has(stage)) continue;
      if (name !== undefined && (targets.has(name.toLowerCase()) || patterns.some((text) => couldName(text, name)))) {
        continue;
      }
      const at = stage.from.alias?.span ?? stage.from.imageWord?.span;
      if (at === undefined) continue;
      yield {
        at,
        message:
          name === undefined
            ? "Nothing uses this stage, and without a name nobody can ask for it: take it out, or copy from it what you need."
            : `Nothing in this file uses \`${name}\`, so only \`--target ${name}\` builds it: take it out if nobody does, or copy from it what you need.`,
        tag: "unnecessary",
      };
    }
  },
});
