import { insideQuotes } from "../scalar-place.ts";
import type { YamlNode } from "../yaml/node.ts";
import { isUnknownText } from "../yaml/path.ts";
import type { Descriptions } from "./description.ts";
import { KnownImage } from "./known.ts";
import { parseImageReference } from "./parse.ts";
import type { ImageUse } from "./reference.ts";

/** The use of an image that a YAML value names; `undefined` where there is no text. `text` is the document's. */
export function imageUseOf(
  text: string,
  node: YamlNode | undefined,
  use: {
    readonly role: ImageUse["role"];
    readonly owner: string | undefined;
    readonly built: boolean;
    readonly dialect: "compose" | "kubernetes";
    readonly descriptions: Descriptions;
  },
): ImageUse | undefined {
  if (node?.type !== "scalar" || node.value === null || node.text === "") return undefined;
  const reference = isUnknownText(node.text, use.dialect) ? undefined : parseImageReference(node.text);
  const image = new KnownImage(reference, use.descriptions);
  return {
    reference,
    description: image.description,
    get facts() {
      return image.facts;
    },
    span: insideQuotes(text, node),
    role: use.role,
    ...(use.owner === undefined ? {} : { owner: use.owner }),
    built: use.built,
  };
}
