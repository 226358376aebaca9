import { defineRule } from "../../engine/rule.ts";
import { tagMeaning } from "../../languages/image/index.ts";
import { replaceScalar } from "../../languages/yaml/edit.ts";
import { reviewed } from "../shared/edit-fixes.ts";
import { jobWith } from "./shared/example.ts";
import { containersOf } from "./shared/workloads.ts";

const moving = "ghcr.io/acme/report:latest # seaworthy ignore floating-tag -- moves on purpose";

export default defineRule("kubernetes", {
  slug: "stale-image",
  summary: "A tag that moves is pulled only once by each node, so that nodes run different versions.",
  why: `With \`imagePullPolicy: IfNotPresent\` a node that has an image by that name takes it, however old. Behind a tag that moves (\`latest\`, or none) each node then runs what
was there on the day it first pulled: a rollout changes some pods and not others, and a pod that moves to another node becomes another version.

The right way is the tag of a version. Where the tag must move, \`Always\` at least gives every pod what is there at its start. Development clusters that load images onto their nodes
(\`kind load\`, \`minikube image\`) need \`IfNotPresent\`.`,
  category: "reproducibility",
  severity: "info",
  preset: "strict",
  since: "0.1.0",
  aliases: [],
  references: ["https://kubernetes.io/docs/concepts/containers/images/#image-pull-policy"],
  fix: "review",
  examples: [
    {
      bad: jobWith({ image: moving, container: ["imagePullPolicy: IfNotPresent"] }),
      good: jobWith({ image: moving, container: ["imagePullPolicy: Always"] }),
    },
  ],
  keys: ["imagePullPolicy"],
  *check(model) {
    for (const { container } of containersOf(model)) {
      const policy = container.get("imagePullPolicy");
      const { image } = container;
      if (policy?.type !== "scalar" || policy.text !== "IfNotPresent" || image === undefined) continue;
      if (tagMeaning(image) !== "floating") continue;
      yield {
        at: policy.span,
        message: `Each node keeps the \`${image.text}\` that it pulled first, so that pods differ from node to node: name a version, or pull \`Always\`.`,
        fixes: () =>
          reviewed(
            "Ask the registry at each start (without it nothing starts)",
            replaceScalar(model.document, policy, "Always"),
          ),
      };
    }
  },
});
