import { defineRule } from "../../engine/rule.ts";
import { removePath } from "../../languages/yaml/edit.ts";
import { itemsOf } from "../../languages/yaml/path.ts";
import { reviewed } from "../shared/edit-fixes.ts";
import { jobWith } from "./shared/example.ts";
import { workloadsOf } from "./shared/workloads.ts";

export default defineRule("kubernetes", {
  slug: "host-aliases",
  summary: "A pod writes names and addresses into its own hosts file.",
  why: `\`hostAliases\` go before DNS: when the other side moves, these pods keep asking the old address until somebody edits every manifest. They also make a name
mean something else in one pod than everywhere else, which is how traffic is led astray.

A Service without a selector and with an EndpointSlice, or an entry in the cluster's DNS, says the same once for all. For a test against a server
that has no name yet they are fine.`,
  category: "networking",
  severity: "hint",
  preset: "all",
  since: "0.1.0",
  aliases: ["trivy:KSV-0007"],
  references: ["https://kubernetes.io/docs/tasks/network/customize-hosts-file-for-pods/"],
  fix: "review",
  examples: [
    {
      bad: jobWith({ podEnd: ["hostAliases:", "  - ip: 10.0.0.7", "    hostnames:", "      - files.internal"] }),
      good: jobWith({}),
    },
  ],
  keys: ["hostAliases"],
  *check(model) {
    for (const { pod } of workloadsOf(model)) {
      const entry = pod.entry("hostAliases");
      if (entry === undefined || itemsOf(entry.value).length === 0) continue;
      yield {
        at: entry.keySpan,
        message: "`hostAliases` go before DNS and stay when addresses change: use a Service or an entry in DNS.",
        fixes: () =>
          reviewed(
            "Remove `hostAliases` (the names must then be known to DNS)",
            removePath(model.document, pod.spec, ["hostAliases"]),
          ),
      };
    }
  },
});
