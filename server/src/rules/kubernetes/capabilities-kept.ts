import { defineRule } from "../../engine/rule.ts";
import { itemsOf, isUnknown, scalarText } from "../../languages/yaml/path.ts";
import { isAllPowerful, setInContainer } from "./shared/security-context.ts";
import { containersOf, nameOf } from "./shared/workloads.ts";
import { jobWith } from "./shared/example.ts";

export default defineRule("kubernetes", {
  slug: "capabilities-kept",
  summary: "A container keeps the container runtime's default Linux capabilities.",
  why: `By default a container may change file owners, bind low ports, send raw packets, override file permissions and more: a dozen slices of
root's power, of which a web service needs none. Whoever breaks into it finds them all. \`capabilities: { drop: ["ALL"] }\` takes them away; what is
really needed is then added back by name, and anyone can read the list.

A process that runs as root inside the container notices most, for \`chown\` and \`setuid\` stop working; run it as another user first. A
server that binds a port below 1024 as root needs \`add: ["NET_BIND_SERVICE"]\`.`,
  category: "security",
  severity: "info",
  preset: "strict",
  since: "0.1.0",
  aliases: [
    "polaris:insecureCapabilities",
    "trivy:KSV-0003",
    "trivy:KSV-0004",
    "trivy:KSV-0106",
    "checkov:CKV_K8S_37",
    "checkov:CKV_K8S_28",
    "kics:no_drop_capabilities_for_containers",
    "kics:net_raw_capabilities_not_being_dropped",
    "kube-linter:drop-net-raw-capability",
    "pss:restricted/capabilities_restricted",
    "pss:restricted/base",
    "pss:restricted/base_windows",
  ],
  references: [
    "https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted",
    "https://man7.org/linux/man-pages/man7/capabilities.7.html",
  ],
  fix: "review",
  examples: [
    {
      bad: jobWith({ containerSecurity: ["allowPrivilegeEscalation: false", "readOnlyRootFilesystem: true"] }),
      good: jobWith({}),
    },
  ],
  *check(model) {
    for (const { pod, container, whole } of containersOf(model)) {
      if (pod.windows || isAllPowerful(container)) continue;
      const entry = container.entry("securityContext", "capabilities", "drop");
      const dropped = itemsOf(entry?.value);
      if (entry === undefined ? !whole : dropped.some((item) => isUnknown(item, "kubernetes"))) continue;
      if (entry?.value.type === "scalar" && isUnknown(entry.value, "kubernetes")) continue;
      if (dropped.some((item) => scalarText(item)?.toUpperCase() === "ALL")) continue;
      yield {
        at: entry?.keySpan ?? container.at,
        message:
          dropped.length === 0
            ? `${nameOf(container)} keeps the runtime's default capabilities: drop \`ALL\` and add back what it needs.`
            : `${nameOf(container)} drops only some capabilities: drop \`ALL\` and add back what it needs.`,
        fixes: () =>
          setInContainer(
            model,
            container,
            ["capabilities", "drop"],
            ["ALL"],
            "Drop all capabilities (a process that runs as root may miss some)",
          ),
      };
    }
  },
});
