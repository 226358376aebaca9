import { defineRule } from "../../engine/rule.ts";
import type { Resource } from "../../languages/kubernetes/model.ts";
import { utf8Length } from "../../text/base64.ts";
import { dataOf, isConfigMap, isSecret } from "./shared/secret-data.ts";

const small = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: model\ndata:\n";

export default defineRule("kubernetes", {
  slug: "oversized-data",
  summary: "A ConfigMap or Secret is larger than Kubernetes takes.",
  why: `A ConfigMap or a Secret holds 1 MiB at most; the API server refuses more. Put large files into the image, onto a volume, or split them. From 256 KiB on
\`kubectl apply\` already fails, since it keeps a copy in an annotation, unless it is told \`--server-side\`.`,
  category: "correctness",
  severity: "error",
  preset: "minimal",
  since: "0.1.0",
  aliases: [],
  references: ["https://kubernetes.io/docs/concepts/configuration/configmap/#motivation"],
  fix: null,
  keys: ["data", "binaryData", "stringData"],
  options: {
    bytes: {
      default: 1_048_576,
      description: "The most that all values together may have; 262144 keeps them small enough for `kubectl apply`.",
    },
  },
  examples: [
    {
      bad: `${small}  weights.csv: 1.25,0.75,1.5,2.25,0.5\n`,
      good: `${small}  weights: s3://models/a.csv\n`,
      options: { bytes: 20 },
      fixed: false,
    },
  ],
  *check(model, { bytes: most }) {
    // Characters take three bytes at most for each of their units; shorter documents cannot hold so much.
    if (model.document.text.length * 3 < most) return;
    for (const resource of model.resources) {
      if (!isSecret(resource) && !isConfigMap(resource)) continue;
      const size = sizeOf(resource);
      if (size <= most) continue;
      const at = ["data", "binaryData", "stringData"].flatMap((key) => resource.entry(key) ?? [])[0];
      yield {
        at: (at ?? resource.kindEntry).keySpan,
        message: `This ${resource.resourceKind} holds ${shown(size)}, and ${shown(most)} is the most it may hold: put large files into an image or onto a volume.`,
      };
    }
  },
});

function sizeOf(resource: Resource): number {
  return dataOf(resource).reduce((sum, { value, encoded }) => {
    const bytes = utf8Length(value.text);
    return sum + (encoded ? Math.floor((bytes * 3) / 4) : bytes);
  }, 0);
}

function shown(bytes: number): string {
  return bytes < 1024
    ? `${bytes} bytes`
    : bytes < 1_048_576
      ? `${Math.ceil(bytes / 1024)} KiB`
      : `${(bytes / 1_048_576).toFixed(1).replace(".0", "")} MiB`;
}
