import { defineRule } from "../../engine/rule.ts";
import { entriesOf, scalarText } from "../../languages/yaml/path.ts";

export default defineRule("kubernetes", {
  slug: "unenforced-policies",
  summary: "The configuration of a network plugin names one that enforces no NetworkPolicy.",
  why: `NetworkPolicies are enforced by the network plugin, and Flannel alone enforces none: the API server accepts every policy, and all traffic goes on as before. Calico, Cilium, Antrea and
kube-router do; Canal is Flannel with Calico's policies, and Flannel's own chart can install a controller for them beside it.

It is off unless asked for, since the file that configures the plugin is in few repositories, and says nothing of a policy controller that is installed apart.`,
  category: "security",
  severity: "info",
  preset: "all",
  since: "0.1.0",
  aliases: ["kics:cni_plugin_does_not_support_network_policies"],
  references: [
    "https://kubernetes.io/docs/concepts/services-networking/network-policies/#prerequisites",
    "https://github.com/flannel-io/flannel/blob/master/Documentation/netpol.md",
  ],
  fix: null,
  examples: [{ bad: config("flannel"), good: config("calico"), fixed: false }],
  *check(model) {
    for (const resource of model.resources) {
      if (resource.resourceKind !== "ConfigMap" || resource.apiVersion !== "v1") continue;
      for (const entry of entriesOf(resource.get("data"))) {
        const text = scalarText(entry.value) ?? "";
        if (!/"(?:plugins|cniVersion)"\s*:/.test(text) || !/"type"\s*:\s*"flannel"/.test(text)) continue;
        // Canal, or another plugin in the chain that is there for policies.
        if (/"type"\s*:\s*"(?:calico|cilium-cni|antrea)"/.test(text)) continue;
        yield {
          at: entry.keySpan,
          message:
            "Flannel by itself enforces no NetworkPolicy: install its policy controller beside it, or a plugin that does, such as Calico or Cilium.",
        };
      }
    }
  },
});

function config(type: string): string {
  return `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: kube-flannel-cfg\ndata:\n  cni-conf.json: |\n    {\n      "name": "cbr0",\n      "cniVersion": "1.0.0",\n      "plugins": [{ "type": "${type}" }]\n    }\n`;
}
