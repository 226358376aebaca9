import { defineRule } from "../../engine/rule.ts";
import { isRemoteEntry } from "../../languages/kustomize/kustomization.ts";
import { isUnknownText } from "../../languages/yaml/path.ts";
import { closestOf } from "../../text/closest.ts";
import { replace } from "../../text/edit.ts";
import { reviewed } from "../shared/edit-fixes.ts";
import { jobWith } from "./shared/example.ts";

export default defineRule("kubernetes", {
  slug: "missing-kustomize-file",
  summary: "A kustomization names a file or folder that is not there.",
  why: `Kustomize reads everything that a kustomization names before it writes anything, and stops where one is missing: \`kubectl apply -k\` then applies nothing
at all. Paths count from the folder of the kustomization. A folder has to hold a \`kustomization.yaml\` of its own.

Where the file is generated, or comes from a Git submodule, leave a comment. What a \`secretGenerator\` reads is a hint only, since such files are rightly kept
out of the repository.`,
  category: "correctness",
  severity: "error",
  preset: "minimal",
  since: "0.1.0",
  aliases: [],
  references: ["https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/resource/"],
  fix: "review",
  reads: "workspace",
  examples: [
    {
      path: "kustomization.yaml",
      bad: "resources:\n  - job.yml\n",
      good: "resources:\n  - job.yaml\n",
      files: { "job.yaml": jobWith({}) },
    },
  ],
  *check(model, _options, workspace) {
    if (model.kustomization === undefined || model.templated) return;
    const manifests = workspace.manifests();
    for (const { written, as, span, field } of model.kustomization.entries) {
      if (isRemoteEntry(written) || isUnknownText(written, "kubernetes")) continue;
      if (manifests.target({ written, as }) !== "missing") continue;
      const nameable = as === "objects" || as === "component" || as === "patch";
      const meant = nameable
        ? closestOf(
            written,
            manifests.nameable().map((one) => one.written),
          )
        : undefined;
      const what = /\.\w+$/.test(written)
        ? `There is no file \`${written}\``
        : nameable
          ? `\`${written}\` is no file, and no folder with a kustomization`
          : `There is no file \`${written}\``;
      yield {
        at: span,
        message: `${what}, so Kustomize writes nothing: ${meant === undefined ? "add it, or take the entry out." : `did you mean \`${meant}\`?`}`,
        // Secrets are kept out of the repository, and there when somebody builds.
        ...(field === "secretGenerator" ? { severity: "hint" as const } : {}),
        fixes: () => (meant === undefined ? [] : reviewed(`Name \`${meant}\` instead`, [replace(span, meant)])),
      };
    }
  },
});
