import type { ComposeModel } from "../../languages/compose/model.ts";
import { renameKey, setPath } from "../../languages/yaml/edit.ts";
import { entriesOf } from "../../languages/yaml/path.ts";
import { joined } from "../shared/joined-edits.ts";
import { reviewed } from "../shared/edit-fixes.ts";
import { composeWith } from "./shared/example.ts";
import { partsNamedBy, type Reference } from "./shared/references.ts";
import { type UndeclaredPart, undeclaredPart } from "./shared/undeclared.ts";

export default undeclaredPart({
  slug: "unknown-network",
  part: "networks",
  noun: "network",
  summary: "A service joins a network that the project does not declare.",
  why: `Every network but \`default\` has to stand under the top-level \`networks\`, be it only as an empty key. Otherwise Compose refuses the whole file, and
with it every service in it. A network that another project made is declared too, with \`external: true\`.

The engine's own networks are chosen by \`network_mode\`: \`host\` and \`none\` are no names for \`networks\`.`,
  references: ["https://docs.docker.com/reference/compose-file/networks/"],
  examples: [
    {
      bad: composeWith({ own: ["networks:", "  - backend"] }),
      good: composeWith({ own: ["networks:", "  - backend"], end: ["networks:", "  backend:"] }),
    },
  ],
  namedBy: (model, service) => partsNamedBy(model, service, ["networks"]),
  declare: (name) => [
    { title: `Declare \`${name}\` as a network of this project`, value: null },
    { title: `Declare \`${name}\` as a network that exists already (\`external: true\`)`, value: { external: true } },
  ],
  hint: engineNetwork,
});

/** `host` and `none` are modes. */
function engineNetwork(model: ComposeModel, reference: Reference): ReturnType<NonNullable<UndeclaredPart["hint"]>> {
  const { name, service } = reference;
  if (name !== "host" && name !== "none") return undefined;
  const entry = service.map.get("networks");
  const { value } = entry ?? {};
  const count = value?.type === "seq" ? value.items.length : entriesOf(value).length;
  const edits =
    entry === undefined || count !== 1
      ? undefined
      : joined(model.document.text, [
          renameKey(model.document, entry, "network_mode"),
          setPath(model.document, service.map, ["networks"], name),
        ]);
  return {
    advice: `\`${name}\` is a mode, write \`network_mode: ${name}\` instead of \`networks\``,
    fixes: reviewed(`Set \`network_mode: ${name}\` instead of \`networks\``, edits),
  };
}
