import { defineRule, type Problem } from "../../engine/rule.ts";
import type { KubernetesModel } from "../../languages/kubernetes/model.ts";
import { scalarKind } from "../../languages/kubernetes/scalar-types.ts";
import type { YamlNode, YamlScalar } from "../../languages/yaml/node.ts";
import { getPath, isUnknown, itemsOf } from "../../languages/yaml/path.ts";
import { replace } from "../../text/edit.ts";
import { reviewed } from "../shared/edit-fixes.ts";
import { jobWith } from "./shared/example.ts";
import { workloadsOf } from "./shared/workloads.ts";

const volume = (mode: string): string =>
  jobWith({
    container: ["volumeMounts:", "  - name: scripts", "    mountPath: /scripts"],
    podEnd: ["volumes:", "  - name: scripts", "    configMap:", "      name: scripts", `      defaultMode: ${mode}`],
  });

export default defineRule("kubernetes", {
  slug: "invalid-file-mode",
  summary: "The mode of a volume's files is written in decimal digits that look octal.",
  why: `\`defaultMode\` and \`mode\` are numbers. \`0755\` with its zero is octal in YAML as Kubernetes reads it; \`755\` is not, and stands for more than \`0777\`, so that the API server
refuses it. Worse are those it takes: \`400\` is \`0620\`, which lets the group write a key that was to be private. JSON has no octal numbers: there \`0400\` is 256, \`0644\` is 420.`,
  category: "storage",
  severity: "error",
  preset: "minimal",
  since: "0.1.0",
  aliases: [],
  references: ["https://kubernetes.io/docs/reference/kubernetes-api/config-and-storage-resources/volume/"],
  fix: "review",
  keys: ["defaultMode", "mode"],
  examples: [{ bad: volume("755"), good: volume("0755") }],
  *check(model) {
    for (const { pod } of workloadsOf(model)) {
      for (const item of itemsOf(pod.get("volumes"))) yield* inVolume(model, item);
    }
  },
});

function* inVolume(model: KubernetesModel, volumeNode: YamlNode): Iterable<Problem> {
  for (const kind of ["configMap", "secret", "downwardAPI", "projected"]) {
    const source = getPath(volumeNode, kind);
    if (source === undefined) continue;
    yield* judged(model, getPath(source, "defaultMode"));
    yield* inItems(model, source);
    for (const projected of itemsOf(getPath(source, "sources"))) {
      for (const inner of ["configMap", "secret", "downwardAPI"]) yield* inItems(model, getPath(projected, inner));
    }
  }
}

function* inItems(model: KubernetesModel, source: YamlNode | undefined): Iterable<Problem> {
  for (const item of itemsOf(getPath(source, "items"))) yield* judged(model, getPath(item, "mode"));
}

function* judged(model: KubernetesModel, node: YamlNode | undefined): Iterable<Problem> {
  if (node?.type !== "scalar" || isUnknown(node, "kubernetes") || scalarKind(node) !== "integer") return;
  if (!/^[1-9]\d*$/.test(node.text)) return;
  const mode = Number(node.text);
  const octal = `0${mode.toString(8)}`;
  const meant = /^[0-7]{3}$/.test(node.text) && isUsual(node.text) ? node.text : undefined;
  if (mode > 0o777) {
    yield {
      at: node.alias ?? node.span,
      message: `\`${node.text}\` is decimal, and as a file mode more than \`0777\`, so Kubernetes refuses it${meant === undefined ? "." : `: write \`${inOctal(model, meant)}\`.`}`,
      fixes: () => fixesFor(model, node, meant),
    };
  } else if (meant !== undefined && !isUsual(mode.toString(8).padStart(3, "0"))) {
    yield {
      at: node.alias ?? node.span,
      message: `\`${node.text}\` is decimal: it stands for \`${octal}\`. Write \`${inOctal(model, meant)}\`, if that was meant.`,
      severity: "warning",
      fixes: () => fixesFor(model, node, meant),
    };
  }
}

/** A mode that people give to files, in octal digits. */
function isUsual(digits: string): boolean {
  return /^(?:4[04]0|444|5[05]0|555|6[04]0|644|66[046]|7[05]0|755|77[0577])$/.test(digits);
}

function inOctal({ document }: KubernetesModel, digits: string): string {
  return document.layout.json ? String(Number.parseInt(digits, 8)) : `0${digits}`;
}

function fixesFor(model: KubernetesModel, node: YamlScalar, meant: string | undefined) {
  if (meant === undefined || node.alias !== undefined) return [];
  const text = inOctal(model, meant);
  return reviewed(`Write \`${text}\` (the files get other permissions)`, [replace(node.span, text)]);
}
