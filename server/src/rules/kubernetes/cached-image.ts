import { defineRule } from "../../engine/rule.ts";
import { tagMeaning } from "../../languages/image/index.ts";
import { replaceScalar, setPath } from "../../languages/yaml/edit.ts";
import { isUnknown, scalarText } from "../../languages/yaml/path.ts";
import { reviewed } from "../shared/edit-fixes.ts";
import { jobWith } from "./shared/example.ts";
import { containersOf, nameOf } from "./shared/workloads.ts";

export default defineRule("kubernetes", {
  slug: "cached-image",
  summary: "A container may start from an image that its node has kept, without asking the registry.",
  why: `With \`imagePullPolicy: Always\` the kubelet asks the registry at each start: a tag that was pushed again is noticed, an image that was taken back is not started any more, and a
pod gets a private image only with credentials of its own, not because another pod has left it on the node.

The other side: a tag that is never pushed again, and a digest all the more, is the same image wherever it is kept. Then \`Always\` only makes each start depend on the registry, so that
an outage there keeps crashed pods from coming back. That is why this rule is off until asked for. Images by digest are not reported.`,
  category: "reproducibility",
  severity: "hint",
  preset: "all",
  since: "0.1.0",
  aliases: [
    "kube-score:Container Image Pull Policy",
    "kube-score:container-image-pull-policy",
    "polaris:pullPolicyNotAlways",
    "checkov:CKV_K8S_15",
    "kics:image_pull_policy_of_container_is_not_always",
  ],
  references: [
    "https://kubernetes.io/docs/concepts/containers/images/#image-pull-policy",
    "https://kubernetes.io/docs/reference/access-authn-authz/admission-controllers/#alwayspullimages",
  ],
  fix: "review",
  examples: [{ bad: jobWith({}), good: jobWith({ container: ["imagePullPolicy: Always"] }), fixed: false }],
  *check(model) {
    for (const { container, whole } of containersOf(model)) {
      if (container.role === "ephemeral") continue;
      const { image } = container;
      const policy = container.get("imagePullPolicy");
      const text = scalarText(policy);
      // `stale-image` and `never-pulled` say more of theirs.
      if (
        image === undefined ||
        image.digest !== undefined ||
        text === "Always" ||
        text === "Never" ||
        isUnknown(policy, "kubernetes")
      )
        continue;
      const floating = tagMeaning(image) === "floating";
      if (text === undefined ? !whole || floating : floating) continue;
      yield {
        at: policy?.span ?? container.at,
        message: `${nameOf(container)} starts from whatever image its node has kept by that name: set \`imagePullPolicy: Always\`, or name the image by its digest.`,
        fixes: () =>
          reviewed(
            "Ask the registry at each start (without it nothing starts)",
            policy?.type === "scalar"
              ? replaceScalar(model.document, policy, "Always")
              : setPath(model.document, container.map, ["imagePullPolicy"], "Always", {
                  position: { after: ["image"] },
                }),
          ),
      };
    }
  },
});
