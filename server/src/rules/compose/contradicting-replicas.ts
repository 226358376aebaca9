import { defineRule, type Problem } from "../../engine/rule.ts";
import type { ComposeModel, ComposeService } from "../../languages/compose/model.ts";
import { removeEntry, removePath } from "../../languages/yaml/edit.ts";
import type { YamlEntry } from "../../languages/yaml/node.ts";
import { scalarText } from "../../languages/yaml/path.ts";
import { reviewed } from "../shared/edit-fixes.ts";
import { composeWith } from "./shared/example.ts";
import { oncePerPlace } from "./shared/services.ts";

export default defineRule("compose", {
  slug: "contradicting-replicas",
  summary: "A service's `scale` and `deploy.replicas` differ, or one of them is negative.",
  why: `\`scale\` and \`deploy.replicas\` mean the same: how many containers of the service run. Two different numbers, or one below nought, make Compose refuse the whole
file. \`deploy.replicas\` is the one that stacks understand as well.`,
  category: "correctness",
  severity: "error",
  preset: "minimal",
  since: "0.1.0",
  aliases: ["compose-go:consistency"],
  references: [
    "https://docs.docker.com/reference/compose-file/services/#scale",
    "https://docs.docker.com/reference/compose-file/deploy/#replicas",
  ],
  fix: "review",
  examples: [
    {
      bad: composeWith({ own: ["scale: 2", "deploy:", "  replicas: 3"] }),
      good: composeWith({ own: ["deploy:", "  replicas: 3"] }),
    },
  ],
  keys: ["deploy", "scale"],
  *check(model) {
    yield* oncePerPlace(problems(model));
  },
});

function* problems(model: ComposeModel): Iterable<Problem> {
  for (const service of model.services) {
    // A stack refuses the short key as such.
    const scale = model.dialect === "stack" ? undefined : service.entry("scale");
    const replicas = service.entry("deploy", "replicas");
    const [one, other] = [numberOf(scale), numberOf(replicas)];
    if (scale !== undefined && one !== undefined && one < 0) yield negative(model, service, scale, ["scale"]);
    if (replicas !== undefined && other !== undefined && other < 0) {
      yield negative(model, service, replicas, ["deploy", "replicas"]);
    }
    if (scale === undefined || replicas === undefined || one === undefined || other === undefined) continue;
    if (one < 0 || other < 0 || one === other) continue;
    yield {
      at: scale.keySpan,
      message: `\`${service.name}\` has \`scale: ${one}\` and \`deploy.replicas: ${other}\`, so Compose refuses the file: keep one of them.`,
      fixes: () => [
        ...reviewed(`Remove \`scale\` (${other} containers)`, removeEntry(model.document, service.map, "scale")),
        ...reviewed(
          `Remove \`deploy.replicas\` (${one} containers)`,
          removePath(model.document, service.map, ["deploy", "replicas"]),
        ),
      ],
      related: [{ at: replicas.keySpan, message: "the other number" }],
    };
  }
}

function negative(model: ComposeModel, service: ComposeService, entry: YamlEntry, path: readonly string[]): Problem {
  const key = path.join(".");
  return {
    at: entry.value.span,
    message: `\`${key}: ${scalarText(entry.value) ?? ""}\` of \`${service.name}\` is no number of containers, so Compose refuses the file: it must be 0 or more.`,
    fixes: () => reviewed(`Remove \`${key}\` (one container)`, removePath(model.document, service.map, path)),
  };
}

function numberOf(entry: YamlEntry | undefined): number | undefined {
  const text = scalarText(entry?.value) ?? "";
  return /^-?\d+$/.test(text) ? Number(text) : undefined;
}
