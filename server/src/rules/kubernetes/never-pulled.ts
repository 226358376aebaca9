import { defineRule } from "../../engine/rule.ts";
import { replaceScalar } from "../../languages/yaml/edit.ts";
import { reviewed } from "../shared/edit-fixes.ts";
import { jobWith } from "./shared/example.ts";
import { containersOf } from "./shared/workloads.ts";

export default defineRule("kubernetes", {
  slug: "never-pulled",
  summary: "An image is never pulled, so the pod starts only where somebody has loaded it onto the node.",
  why: `\`imagePullPolicy: Never\` is for images that were loaded onto a node by hand, as with \`kind load\` or \`minikube image load\`. In a cluster whose nodes come and go, the pod waits
with \`ErrImageNeverPull\` on each new one.`,
  category: "availability",
  severity: "info",
  preset: "recommended",
  since: "0.1.0",
  aliases: [
    "kube-score:Container Image Pull Policy",
    "kube-score:container-image-pull-policy",
    "polaris:pullPolicyNotAlways",
    "checkov:CKV_K8S_15",
    "kics:image_pull_policy_of_container_is_not_always",
  ],
  references: ["https://kubernetes.io/docs/concepts/containers/images/#image-pull-policy"],
  fix: "review",
  examples: [
    {
      bad: jobWith({ container: ["imagePullPolicy: Never"] }),
      good: jobWith({ container: ["imagePullPolicy: IfNotPresent"] }),
    },
  ],
  keys: ["imagePullPolicy"],
  *check(model) {
    for (const { container } of containersOf(model)) {
      const policy = container.get("imagePullPolicy");
      if (policy?.type !== "scalar" || policy.text !== "Never") continue;
      yield {
        at: policy.span,
        message:
          "`Never` starts the pod only on nodes that the image was loaded onto: use `IfNotPresent`, which pulls it elsewhere.",
        fixes: () =>
          reviewed(
            "Pull it where it is not there (a registry must have it)",
            replaceScalar(model.document, policy, "IfNotPresent"),
          ),
      };
    }
  },
});
