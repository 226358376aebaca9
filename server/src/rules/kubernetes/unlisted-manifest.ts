import { defineRule } from "../../engine/rule.ts";
import type { KubernetesModel } from "../../languages/kubernetes/model.ts";
import { appendItem, setPath } from "../../languages/yaml/edit.ts";
import type { TextEdit } from "../../text/edit.ts";
import { reviewed } from "../shared/edit-fixes.ts";
import { joined } from "../shared/joined-edits.ts";
import { jobWith } from "./shared/example.ts";

export default defineRule("kubernetes", {
  slug: "unlisted-manifest",
  summary: "A manifest lies beside a kustomization that does not name it.",
  why: `Kustomize takes what its entries name, not what lies in the folder. A new manifest that nobody lists is committed, reviewed and never applied, and
nothing says so.

It is off by default, since people keep examples and manifests that are applied by hand there too.`,
  category: "correctness",
  severity: "hint",
  preset: "all",
  since: "0.1.0",
  aliases: [],
  references: ["https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/resource/"],
  fix: "review",
  reads: "workspace",
  examples: [
    {
      path: "kustomization.yaml",
      bad: "namePrefix: shop-\n",
      good: "namePrefix: shop-\nresources:\n  - job.yaml\n",
      files: { "job.yaml": jobWith({}) },
    },
  ],
  *check(model, _options, workspace) {
    const { kustomization } = model;
    if (kustomization === undefined || model.templated) return;
    const unlisted = workspace
      .manifests()
      .nameable()
      .flatMap(({ written, beside, named }) => (beside && !named ? [written] : []))
      .sort();
    if (unlisted.length === 0) return;
    const [first] = kustomization.map.entries;
    const at = (kustomization.map.get("resources") ?? first)?.keySpan;
    if (at === undefined) return;
    const shown = unlisted.slice(0, 4).map((name) => `\`${name}\``);
    yield {
      at,
      message: `${shown.join(", ")}${unlisted.length > shown.length ? ` and ${unlisted.length - shown.length} more` : ""} ${unlisted.length === 1 ? "lies" : "lie"} beside this kustomization, which does not name ${unlisted.length === 1 ? "it" : "them"}: add ${unlisted.length === 1 ? "it" : "them"} to \`resources\`, or apply ${unlisted.length === 1 ? "it" : "them"} by hand.`,
      fixes: () => reviewed("Add to `resources` (it will be applied with the others)", listed(model, unlisted)),
    };
  },
});

function listed(
  { document, kustomization }: KubernetesModel,
  names: readonly string[],
): readonly TextEdit[] | undefined {
  const entry = kustomization?.map.get("resources");
  if (kustomization === undefined) return undefined;
  if (entry?.value.type !== "seq" || entry.value.items.length === 0) {
    return setPath(document, kustomization.map, ["resources"], [...names]);
  }
  const { value } = entry;
  return joined(
    document.text,
    names.map((name) => appendItem(document, value, name)),
  );
}
