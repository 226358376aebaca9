import { closestOf } from "../../text/closest.ts";
import { defineRule, type Fix, type Problem } from "../../engine/rule.ts";
import type { ComposeModel } from "../../languages/compose/model.ts";
import { replaceScalar } from "../../languages/yaml/edit.ts";
import { insideQuotes } from "../../languages/scalar-place.ts";
import type { YamlScalar } from "../../languages/yaml/node.ts";
import { isUnknown } from "../../languages/yaml/path.ts";
import type { WorkspaceView } from "../../workspace/workspace.ts";
import { reviewed } from "../shared/edit-fixes.ts";
import { builtDockerfile } from "./shared/built-dockerfile.ts";
import { composeWith } from "./shared/example.ts";
import { oncePerPlace } from "./shared/services.ts";

const build = (target: string): readonly string[] => ["build:", "  context: .", `  target: ${target}`];

const dropped: readonly string[] = ["cap_drop:", "  - ALL"];

export default defineRule("compose", {
  slug: "unknown-build-target",
  summary: "A service builds a stage that its Dockerfile does not have.",
  why: `\`target\` names a stage of the Dockerfile (\`FROM … AS name\`). Where no stage has that name the build stops before its first step, and with it \`docker compose up\`, on the machine that
has no image of an earlier build: the server, or the next colleague.

The two names stand in two files, so renaming a stage breaks the other file without a word. A stage may also be named by its number, which is not checked.`,
  category: "correctness",
  severity: "error",
  preset: "minimal",
  since: "0.1.0",
  aliases: [],
  references: [
    "https://docs.docker.com/reference/compose-file/build/#target",
    "https://docs.docker.com/build/building/multi-stage/#stop-at-a-specific-build-stage",
  ],
  fix: "review",
  examples: [
    {
      bad: composeWith({ image: build("relase"), own: dropped }),
      good: composeWith({ image: build("release"), own: dropped }),
      files: {
        Dockerfile:
          'FROM golang:1.24 AS build\nWORKDIR /src\nCOPY main.go .\nRUN go build -o /api main.go\nFROM scratch AS release\nCOPY --from=build /api /api\nUSER 10001\nENTRYPOINT ["/api"]\n',
      },
    },
  ],
  reads: "workspace",
  keys: ["build"],
  *check(model, _options, workspace) {
    yield* oncePerPlace(problems(model, workspace));
  },
});

function* problems(model: ComposeModel, workspace: WorkspaceView): Iterable<Problem> {
  for (const service of model.services) {
    const target = service.get("build", "target");
    if (target?.type !== "scalar" || target.text === "" || isUnknown(target) || /^\d+$/.test(target.text)) continue;
    const dockerfile = builtDockerfile(service, workspace);
    if (dockerfile === undefined) continue;
    const { name, stages } = dockerfile;
    if (stages.some((stage) => stage.toLowerCase() === target.text.toLowerCase())) continue;
    const near = closestOf(target.text, stages);
    const advice =
      near !== undefined
        ? `did you mean \`${near}\`?`
        : stages.length === 0
          ? "none of its stages has a name."
          : `it has ${listed(stages)}.`;
    yield {
      at: insideQuotes(model.document.text, target),
      message: `\`${name}\` has no stage \`${target.text}\`, so the build fails: ${advice}`,
      fixes: () => fixes(model, target, near ?? (stages.length === 1 ? stages[0] : undefined)),
    };
  }
}

function listed(stages: readonly string[]): string {
  const shown = stages.slice(0, 4).map((stage) => `\`${stage}\``);
  return stages.length > shown.length ? `${shown.join(", ")} and others` : shown.join(", ");
}

function fixes({ document }: ComposeModel, target: YamlScalar, stage: string | undefined): readonly Fix[] {
  const edits = stage === undefined ? undefined : replaceScalar(document, target, stage);
  return reviewed(`Build the stage \`${stage ?? ""}\``, edits);
}
