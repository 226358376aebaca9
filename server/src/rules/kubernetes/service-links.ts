import { defineRule } from "../../engine/rule.ts";
import { setPath } from "../../languages/yaml/edit.ts";
import { reviewed } from "../shared/edit-fixes.ts";
import { jobWith } from "./shared/example.ts";
import { flagOf } from "./shared/security-context.ts";
import { workloadsOf } from "./shared/workloads.ts";

export default defineRule("kubernetes", {
  slug: "service-links",
  summary: "A pod gets environment variables for every Service of its namespace.",
  why: `Unless told otherwise, Kubernetes gives each container seven variables or more for every Service that exists in the namespace when it starts: \`REDIS_PORT=tcp://10.0.0.7:6379\` for a
Service \`redis\`. A program that reads \`REDIS_PORT\` as a number breaks on it, and with thousands of Services the environment grows too long to start anything.

Nearly nobody uses them since there is DNS. It is off unless asked for, because most pods never notice.`,
  category: "networking",
  severity: "hint",
  preset: "all",
  since: "0.1.0",
  aliases: [],
  references: ["https://kubernetes.io/docs/tutorials/services/connect-applications-service/#accessing-the-service"],
  fix: "review",
  examples: [
    {
      bad: jobWith({}),
      good: jobWith({ pod: ["automountServiceAccountToken: false", "enableServiceLinks: false"] }),
    },
  ],
  *check(model) {
    for (const { pod, whole } of workloadsOf(model)) {
      const entry = pod.entry("enableServiceLinks");
      const at = entry ?? pod.containersEntry;
      if (at === undefined || (entry === undefined ? !whole : flagOf(entry.value) !== true)) continue;
      yield {
        at: at.keySpan,
        message:
          "These containers get variables for every Service of the namespace: set `enableServiceLinks: false`, names are looked up by DNS.",
        fixes: () =>
          reviewed(
            "Set `enableServiceLinks: false` (variables such as `REDIS_SERVICE_HOST` are gone)",
            setPath(model.document, pod.spec, ["enableServiceLinks"], false, {
              position: { before: ["securityContext", "initContainers", "containers"] },
            }),
          ),
      };
    }
  },
});
