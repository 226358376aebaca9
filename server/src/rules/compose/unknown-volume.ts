import { defineRule } from "../../engine/rule.ts";
import { insert } from "../../text/edit.ts";
import { reviewed } from "../shared/edit-fixes.ts";
import { composeWith } from "./shared/example.ts";
import { volumesOf } from "./shared/references.ts";
import { oncePerPlace } from "./shared/services.ts";
import { type PartInUse, undeclared } from "./shared/undeclared.ts";

const volumes: PartInUse = {
  part: "volumes",
  noun: "volume",
  references: volumesOf,
  declare: (name) =>
    /^[\w.-]+$/.test(name) ? [{ title: `Declare \`${name}\` as a volume of this project`, value: null }] : [],
  hint: (_model, { name, at, node }) =>
    name.includes("/") && node.type === "scalar"
      ? {
          advice: `a path begins with \`./\`, \`../\`, \`/\` or \`~\`; write \`./${name}\``,
          fixes: reviewed(`Mount the path \`./${name}\``, [insert(at.start, "./")]),
        }
      : undefined,
};

export default defineRule("compose", {
  slug: "unknown-volume",
  summary: "A service mounts a named volume that the project does not declare.",
  why: `A source without a leading \`./\`, \`/\` or \`~\` is the name of a volume, and every named volume has to stand under the top-level \`volumes\`, be it only as
an empty key. Otherwise Compose refuses the whole file. A relative path that lacks its \`./\` fails in the same way.`,
  category: "correctness",
  severity: "error",
  preset: "minimal",
  since: "0.1.0",
  aliases: ["compose-go:consistency"],
  references: [
    "https://docs.docker.com/reference/compose-file/volumes/",
    "https://docs.docker.com/reference/compose-file/services/#volumes",
  ],
  fix: "review",
  examples: [
    {
      bad: composeWith({ own: ["volumes:", "  - uploads:/srv/uploads"] }),
      good: composeWith({ own: ["volumes:", "  - uploads:/srv/uploads"], end: ["volumes:", "  uploads:"] }),
    },
  ],
  reads: "workspace",
  *check(model, _options, workspace) {
    yield* oncePerPlace(undeclared(model, workspace, volumes));
  },
});
