import { defineRule, type Fix } from "../../engine/rule.ts";
import type { KubernetesModel } from "../../languages/kubernetes/model.ts";
import { insideQuotes } from "../../languages/scalar-place.ts";
import { replaceScalar } from "../../languages/yaml/edit.ts";
import type { YamlScalar } from "../../languages/yaml/node.ts";
import { isUnknown } from "../../languages/yaml/path.ts";
import { closestOf } from "../../text/closest.ts";
import { reviewed } from "../shared/edit-fixes.ts";
import { cronJobWith } from "./shared/job-example.ts";
import { cronJobsOf } from "./shared/jobs.ts";

export default defineRule("kubernetes", {
  slug: "invalid-time-zone",
  summary: "A CronJob names a time zone that Kubernetes does not know.",
  why: `The API server takes names of the IANA database, \`Europe/Paris\` or \`Etc/UTC\`, in exactly these letters. It refuses \`Local\`, distances such as \`+02:00\`, abbreviations such as \`PST\`, and
whatever is misspelt.`,
  category: "correctness",
  severity: "error",
  preset: "minimal",
  since: "0.1.0",
  aliases: [],
  references: ["https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/#time-zones"],
  fix: "review",
  examples: [
    {
      bad: cronJobWith({ spec: ["timeZone: Europe/Pariss"] }),
      good: cronJobWith({ spec: ["timeZone: Europe/Paris"] }),
    },
  ],
  keys: ["timeZone"],
  *check(model) {
    for (const { spec } of cronJobsOf(model)) {
      const node = spec.get("timeZone")?.value;
      if (node?.type !== "scalar" || node.value === null || isUnknown(node, "kubernetes") || isZone(node.text))
        continue;
      const near = nearestZone(node.text);
      const advice =
        near === undefined ? "name one of the IANA database, as `Europe/Paris`" : `did you mean \`${near}\``;
      yield {
        at: insideQuotes(model.document.text, node),
        message: `\`${node.text}\` is no time zone that Kubernetes knows: ${advice}${near === undefined ? "." : "?"}`,
        fixes: () => fixesFor(model, node, near),
      };
    }
  },
});

function fixesFor({ document }: KubernetesModel, node: YamlScalar, near: string | undefined): readonly Fix[] {
  if (near === undefined) return [];
  return reviewed(`Write \`${near}\`, if that is what is meant`, replaceScalar(document, node, near));
}

/** Abbreviations that JavaScript knows and the IANA database does not. */
const abbreviations =
  /^(?:ACT|AET|AGT|ART|AST|BET|BST|CAT|CNT|CST|CTT|EAT|ECT|IET|IST|JST|MIT|NET|NST|PLT|PNT|PRT|PST|SST|VST)$/;

function isZone(name: string): boolean {
  if (!/^[A-Z][\w+/-]*$/.test(name) || abbreviations.test(name)) return false;
  // An area written in small letters or capitals is one to JavaScript alone.
  if (/^[A-Z]{2,}\/[A-Z_]+$/.test(name) && !/^(?:US|NZ|Etc|GB)/.test(name)) return false;
  if (/\/[a-z]/.test(name)) return false;
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
}

function nearestZone(name: string): string | undefined {
  if (/^[-+\d]/.test(name) || abbreviations.test(name) || name === "Local") return undefined;
  const zones = ["UTC", "Etc/UTC", "GMT", ...Intl.supportedValuesOf("timeZone")];
  return zones.find((zone) => zone.toLowerCase() === name.toLowerCase()) ?? closestOf(name.replaceAll(" ", "_"), zones);
}
