import { defineRule } from "../../engine/rule.ts";
import { replaceScalar } from "../../languages/yaml/edit.ts";
import { getPath, isUnknown, scalarText } from "../../languages/yaml/path.ts";
import { reviewed } from "../shared/edit-fixes.ts";
import { jobWith } from "./shared/example.ts";

const key = "app.kubernetes.io/instance";
const labelled = (instance: string): string =>
  jobWith({}).replace("  name: report\n", `  name: report\n  labels:\n    ${key}: ${instance}\n`);

export default defineRule("kubernetes", {
  slug: "instance-label",
  summary: "The label `app.kubernetes.io/instance` is not the name of the object.",
  why: `Some teams name each object after the instance that it belongs to, and look for it by the label; a difference is then a slip. Helm goes another way: there the label is the
release, and one release has many objects with names of their own. So this is off unless asked for.`,
  category: "observability",
  severity: "hint",
  preset: "all",
  since: "0.1.0",
  aliases: ["polaris:metadataAndInstanceMismatched"],
  references: ["https://kubernetes.io/docs/concepts/overview/working-with-objects/common-labels/"],
  fix: "review",
  keys: [key],
  examples: [{ bad: labelled("reports"), good: labelled("report") }],
  *check(model) {
    for (const { map, name } of model.resources) {
      const node = getPath(map, "metadata", "labels", key);
      const text = scalarText(node);
      if (node?.type !== "scalar" || text === undefined || name === undefined || text === name) continue;
      if (isUnknown(node, "kubernetes")) continue;
      yield {
        at: node.alias ?? node.span,
        message: `\`${key}\` is \`${text}\`, and the object is named \`${name}\`: give both the same name.`,
        fixes: () =>
          reviewed(
            `Write \`${name}\` (what selects by the label must follow)`,
            replaceScalar(model.document, node, name),
          ),
      };
    }
  },
});
