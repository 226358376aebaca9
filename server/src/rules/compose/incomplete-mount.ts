import { defineRule, type Problem } from "../../engine/rule.ts";
import type { ComposeModel } from "../../languages/compose/model.ts";
import { replaceScalar } from "../../languages/yaml/edit.ts";
import { getPath, isUnknown, itemsOf, scalarText } from "../../languages/yaml/path.ts";
import { reviewed } from "../shared/edit-fixes.ts";
import { composeWith } from "./shared/example.ts";
import { oncePerPlace } from "./shared/services.ts";

const mount = (type: string): readonly string[] => ["volumes:", `  - type: ${type}`, "    target: /srv/uploads"];

export default defineRule("compose", {
  slug: "incomplete-mount",
  summary: "A mount lacks its source, or has empty parts or too many of them.",
  why: `A bind mount needs the path on the host that is to be mounted; the short form has at most three parts, \`source:target:options\`, none of them empty. Otherwise
Compose refuses the whole file.`,
  category: "correctness",
  severity: "error",
  preset: "minimal",
  since: "0.1.0",
  aliases: ["compose-go:consistency"],
  references: ["https://docs.docker.com/reference/compose-file/services/#volumes"],
  fix: "review",
  examples: [
    {
      bad: composeWith({ own: mount("bind") }),
      good: composeWith({ own: mount("volume") }),
    },
  ],
  keys: ["volumes"],
  *check(model) {
    yield* oncePerPlace(problems(model));
  },
});

function* problems(model: ComposeModel): Iterable<Problem> {
  for (const service of model.services) {
    for (const item of itemsOf(service.get("volumes"))) {
      const type = getPath(item, "type");
      if (item.type === "map" && type?.type === "scalar") {
        if (scalarText(type) !== "bind" || item.get("source") !== undefined || item.get("src") !== undefined) continue;
        yield {
          at: type.span,
          message: `A bind mount of \`${service.name}\` has no \`source\`, so Compose refuses the file: name the host's path, or make it a volume.`,
          fixes: () => reviewed("Mount an anonymous volume instead", replaceScalar(model.document, type, "volume")),
        };
      } else if (item.type === "scalar" && item.value !== null && !isUnknown(item)) {
        const wrong = wrongParts(item.text);
        if (wrong === undefined) continue;
        yield {
          at: item.span,
          message: `${item.text === "" ? "An empty text" : `\`${item.text}\``} ${wrong}, so Compose refuses the file: write \`source:target\` or \`source:target:options\`.`,
        };
      }
    }
  }
}

function wrongParts(text: string): string | undefined {
  const parts = text.split(":");
  // `C:` is no part of its own, wherever it stands.
  const count = parts.filter((part, index) => index === parts.length - 1 || !/^[A-Za-z]$/.test(part)).length;
  if (text === "") return "mounts nothing";
  if (text.length > 2 && parts.includes("")) return "has an empty part between its colons";
  return count > 3 ? "has too many colons" : undefined;
}
