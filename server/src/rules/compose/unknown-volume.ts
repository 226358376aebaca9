import { insert } from "../../text/edit.ts";
import { reviewed } from "../shared/edit-fixes.ts";
import { composeWith } from "./shared/example.ts";
import { volumesOf } from "./shared/references.ts";
import { undeclaredPart } from "./shared/undeclared.ts";

export default undeclaredPart({
  slug: "unknown-volume",
  part: "volumes",
  noun: "volume",
  summary: "A service mounts a named volume that the project does not declare.",
  why: `A source without a leading \`./\`, \`/\` or \`~\` is the name of a volume, and every named volume has to stand under the top-level \`volumes\`, be it only as
an empty key. Otherwise Compose refuses the whole file. A relative path that lacks its \`./\` fails in the same way.`,
  references: [
    "https://docs.docker.com/reference/compose-file/volumes/",
    "https://docs.docker.com/reference/compose-file/services/#volumes",
  ],
  examples: [
    {
      bad: composeWith({ own: ["volumes:", "  - uploads:/srv/uploads"] }),
      good: composeWith({ own: ["volumes:", "  - uploads:/srv/uploads"], end: ["volumes:", "  uploads:"] }),
    },
  ],
  namedBy: volumesOf,
  declare: (name) =>
    /^[\w.-]+$/.test(name) ? [{ title: `Declare \`${name}\` as a volume of this project`, value: null }] : [],
  hint: (_model, { name, at, node }) =>
    name.includes("/") && node.type === "scalar"
      ? {
          advice: `a path begins with \`./\`, \`../\`, \`/\` or \`~\`; write \`./${name}\``,
          fixes: reviewed(`Mount the path \`./${name}\``, [insert(at.start, "./")]),
        }
      : undefined,
});
