import { mayBeOne } from "../../workspace/manifest-scopes.ts";
import { defineRule } from "../../engine/rule.ts";
import { insideQuotes } from "../../languages/scalar-place.ts";
import { listed } from "../../text/words.ts";
import { jobWith } from "./shared/example.ts";
import { placeOf } from "./shared/missing-target.ts";
import { accountOf } from "./shared/service-accounts.ts";
import { workloadsOf } from "./shared/workloads.ts";

export default defineRule("kubernetes", {
  slug: "shared-service-account",
  summary: "Several workloads run as the same service account.",
  why: `An account that several workloads share holds the rights of all of them together, and each of them has all: a web server may do what only the operator beside it needs.
One account each costs a few lines. Parts of one program that do the same work share one rightly, so this is off until asked for.`,
  category: "security",
  severity: "hint",
  preset: "all",
  since: "0.1.0",
  aliases: ["kics:shared_service_account"],
  references: ["https://kubernetes.io/docs/concepts/security/rbac-good-practices/#least-privilege"],
  fix: null,
  reads: "workspace",
  keys: ["serviceAccountName", "serviceAccount"],
  examples: [
    {
      bad: `${jobWith({ pod: ["serviceAccountName: shop"] })}---\n${jobWith({ pod: ["serviceAccountName: shop"] }).replaceAll("report", "import")}`,
      good: `${jobWith({ pod: ["serviceAccountName: report"] })}---\n${jobWith({ pod: ["serviceAccountName: import"] }).replaceAll("report", "import")}`,
      fixed: false,
    },
  ],
  *check(model, _options, workspace) {
    for (const { pod, resource } of workloadsOf(model)) {
      const named = accountOf(pod);
      if (named === undefined || named.name === "default") continue;
      const others = workspace
        .manifests()
        .workloads()
        .filter(
          ({ workload, name, kind, namespace }) =>
            workload.serviceAccount === named.name &&
            (name !== resource.name || kind !== resource.resourceKind) &&
            mayBeOne(namespace, resource.namespace),
        );
      if (others.length === 0) continue;
      const who = listed(
        others.slice(0, 3).map(({ kind, name }) => (name === undefined ? `a ${kind}` : `\`${name}\``)),
      );
      yield {
        at: insideQuotes(model.document.text, named.node),
        message: `\`${named.name}\` is the service account of ${who}, too, and each may do what the others need: give this workload one of its own.`,
        related: others.slice(0, 3).map(placeOf),
      };
    }
  },
});
