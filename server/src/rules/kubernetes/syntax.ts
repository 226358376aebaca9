import { syntaxRule } from "../syntax.ts";

export default syntaxRule("kubernetes", {
  summary: "This is no valid YAML, so the manifest cannot be applied.",
  why: `\`kubectl apply\` refuses a document with a YAML error, such as a tab as indentation or an unclosed quote; the documents before it in the same file are already applied by then.
Of a key set twice in one map, most tools take the last one without a word, so that what the first one says never reaches the cluster.`,
  fix: null,
  aliases: [],
  references: ["https://yaml.org/spec/1.2.2/", "https://kubernetes.io/docs/concepts/overview/working-with-objects/"],
  examples: [
    {
      bad: "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: web\ndata:\n  level: info\n  level: debug\n",
      good: "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: web\ndata:\n  level: debug\n",
      fixed: false,
    },
  ],
});
