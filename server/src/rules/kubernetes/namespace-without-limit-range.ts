import { defineRule } from "../../engine/rule.ts";
import { reviewed } from "../shared/edit-fixes.ts";
import { jobWith } from "./shared/example.ts";
import { appendObject, type GeneratedObject } from "./shared/generated-object.ts";
import { withoutBounds } from "./shared/namespace-bounds.ts";

export default defineRule("kubernetes", {
  slug: "namespace-without-limit-range",
  summary: "Nothing gives the containers of a namespace requests and limits that do not have their own.",
  why: `A \`LimitRange\` fills in what containers leave out, and refuses what is beyond reason. Without one a container that was forgotten takes what it likes from its neighbours.

It belongs to whoever runs the cluster and is mostly kept elsewhere, so this is off unless you ask for it. A default that its authors do not know of also surprises: their program is killed at
a limit that stands in none of their files.`,
  category: "resources",
  severity: "hint",
  preset: "all",
  since: "0.1.0",
  aliases: ["trivy:KSV-0039", "kics:pod_or_container_without_limit_range"],
  references: ["https://kubernetes.io/docs/concepts/policy/limit-range/"],
  fix: "review",
  reads: "workspace",
  examples: [
    {
      bad: jobWith({}),
      good: `${jobWith({})}---
apiVersion: v1
kind: LimitRange
metadata:
  name: usual-resources
spec:
  limits:
    - type: Container
      defaultRequest:
        cpu: 100m
        memory: 128Mi
      default:
        memory: 512Mi
`,
    },
  ],
  *check(model, _options, workspace) {
    yield* withoutBounds(model, workspace, ({ pod }) => pod !== undefined, {
      kind: "LimitRange",
      message: (namespace) => `Nothing here gives ${namespace} usual requests and limits: add a \`LimitRange\`.`,
      // One is enough for a namespace.
      fixes: (resource, first) => (first ? reviewed(title, appendObject(model, resource, limitRange)) : []),
    });
  },
});

const title = "Add a `LimitRange` with modest amounts (it holds for every container that has none of its own)";

const limitRange: GeneratedObject = {
  apiVersion: "v1",
  kind: "LimitRange",
  name: "usual-resources",
  ofNamespace: true,
  body: {
    spec: {
      limits: [{ type: "Container", defaultRequest: { cpu: "100m", memory: "128Mi" }, default: { memory: "512Mi" } }],
    },
  },
};
