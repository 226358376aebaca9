import { defineRule } from "../../engine/rule.ts";
import { jobWith } from "./shared/example.ts";
import { lacking } from "./shared/required-metadata.ts";
import { quotedList } from "./shared/quoted-list.ts";

export default defineRule("kubernetes", {
  slug: "missing-annotation",
  summary: "A workload lacks an annotation that everything here is to have, such as an address to write to.",
  why: `An address in the manifest is read by whoever finds the pod broken, without a search through repositories and wikis. It can be no label, whose values take no \`@\`. Which
annotations these are is for each organisation to decide, so this is off unless asked for; \`annotations\` names them. One that is named \`email\` must hold an address.`,
  category: "observability",
  severity: "info",
  preset: "all",
  since: "0.1.0",
  aliases: ["kube-linter:required-annotation-email"],
  references: ["https://kubernetes.io/docs/concepts/overview/working-with-objects/annotations/"],
  fix: null,
  reads: "workspace",
  options: {
    annotations: { default: ["email"], description: "The annotations that every workload is to have." },
  },
  examples: [
    {
      bad: jobWith({}),
      good: jobWith({}).replace(
        "  name: report\n",
        "  name: report\n  annotations:\n    email: reporting@example.com\n",
      ),
      fixed: false,
    },
  ],
  *check(model, { annotations }, workspace) {
    const found = lacking(model, workspace.manifests(), "annotations", annotations, accepts);
    for (const { resource, missing, at } of found) {
      yield {
        at,
        message: `This ${resource.resourceKind} has no proper annotation ${quotedList(missing)}: add ${missing.length > 1 ? "them" : "it"}.`,
      };
    }
  },
});

function accepts(key: string, text: string): boolean {
  return key !== "email" || /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text);
}
