import type { Fix } from "../../../engine/rule.ts";
import type { DockerfileModel, Stage } from "../../../languages/dockerfile/model.ts";
import { insertBeforeStart } from "./epilogue.ts";

/**
 * Adds labels to a stage, each filled from a build argument that is named after it. They come last, since what stands behind an argument is built
 * anew whenever its value changes. `undefined` where a name would be taken that the stage already uses.
 */
export function labelsFromArguments(model: DockerfileModel, stage: Stage, keys: readonly string[]): Fix | undefined {
  const variables: string[] = [];
  for (const key of keys) {
    const variable = variableFor(model, stage, key, variables);
    if (variable === undefined) return undefined;
    variables.push(variable);
  }
  const lower = stage.from.keyword === "from";
  const [argument, label] = lower ? ["arg", "label"] : ["ARG", "LABEL"];
  const pairs = keys.map((key, index) => `${key}="$${variables[index] ?? ""}"`);
  const lines = [
    ...variables.map((variable) => `${argument} ${variable}`),
    ...pairs.map((pair, index) => {
      const end = index < pairs.length - 1 ? ` ${model.escape}` : "";
      return `${index === 0 ? `${label} ` : " ".repeat(label.length + 1)}${pair}${end}`;
    }),
  ];
  const title = `Add ${keys.length === 1 ? "the label, filled from a build argument" : "the labels, filled from build arguments"} (empty where the build passes none)`;
  return { title, safety: "review", edits: [insertBeforeStart(model, stage, lines)] };
}

/** `REVISION` for `org.opencontainers.image.revision`; with `IMAGE_` before it where the file has a variable of that name. */
function variableFor(
  { instructions }: DockerfileModel,
  stage: Stage,
  key: string,
  others: readonly string[],
): string | undefined {
  const plain = key
    .slice(key.lastIndexOf(".") + 1)
    .toUpperCase()
    .replaceAll(/[^A-Z0-9]+/g, "_")
    .replaceAll(/^[\d_]+|_+$/g, "");
  if (plain === "") return undefined;
  const last = stage.instructions.at(-1) ?? stage.from;
  const taken = (name: string): boolean =>
    others.includes(name) ||
    last.isSet(name) ||
    instructions.some(
      (one) => (one.name === "ARG" || one.name === "ENV") && one.pairs.some((pair) => pair.name === name),
    );
  return [plain, `IMAGE_${plain}`].find((name) => !taken(name));
}
