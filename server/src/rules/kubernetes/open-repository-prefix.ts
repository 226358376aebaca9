import { defineRule } from "../../engine/rule.ts";
import { insideQuotes } from "../../languages/scalar-place.ts";
import { replaceScalar } from "../../languages/yaml/edit.ts";
import { isUnknown, itemsOf, scalarText } from "../../languages/yaml/path.ts";
import { reviewed } from "../shared/edit-fixes.ts";

function constraint(repository: string): string {
  return `apiVersion: constraints.gatekeeper.sh/v1beta1\nkind: K8sAllowedRepos\nmetadata:\n  name: ours\nspec:\n  parameters:\n    repos:\n      - ${repository}\n`;
}

export default defineRule("kubernetes", {
  slug: "open-repository-prefix",
  summary: "A Gatekeeper policy allows images by a prefix that others' registries can share.",
  why: `\`K8sAllowedRepos\` compares the beginning of an image's name. \`registry.example.com\` also lets \`registry.example.com.evil.org/…\` pass, and \`ghcr.io/acme\` also
\`ghcr.io/acme-evil/…\`. A slash at the end closes the name.`,
  category: "security",
  severity: "warning",
  preset: "recommended",
  since: "0.1.0",
  aliases: ["trivy:KSV-0124"],
  references: ["https://open-policy-agent.github.io/gatekeeper-library/website/validation/allowedrepos/"],
  fix: "review",
  keys: ["repos"],
  examples: [{ bad: constraint("registry.example.com"), good: constraint("registry.example.com/") }],
  *check(model) {
    for (const resource of model.resources) {
      if (resource.resourceKind !== "K8sAllowedRepos" || !resource.apiVersion.startsWith("constraints.gatekeeper.sh/"))
        continue;
      for (const item of itemsOf(resource.get("spec", "parameters", "repos"))) {
        const prefix = scalarText(item);
        if (item.type !== "scalar" || prefix === undefined || prefix === "" || isUnknown(item, "kubernetes")) continue;
        // With a tag or digest, or a wildcard of a newer library, it is more than a prefix.
        if (prefix.endsWith("/") || /[*@]|:[\w.-]+$/.test(prefix)) continue;
        yield {
          at: insideQuotes(model.document.text, item),
          message: `Any name that begins with \`${prefix}\` passes, \`${prefix}.evil.example/…\` too: write \`${prefix}/\`.`,
          fixes: () =>
            reviewed(
              `Write \`${prefix}/\` (an image of just that name is refused then)`,
              replaceScalar(model.document, item, `${prefix}/`),
            ),
        };
      }
    }
  },
});
