import { defineRule, type Fix, type Problem } from "../../engine/rule.ts";
import type { KubernetesModel } from "../../languages/kubernetes/model.ts";
import { setPath } from "../../languages/yaml/edit.ts";
import type { YamlMap } from "../../languages/yaml/node.ts";
import { getPath, itemsOf, scalarText } from "../../languages/yaml/path.ts";
import { reviewed } from "../shared/edit-fixes.ts";
import { networkPolicyObject } from "./shared/example.ts";
import { type PolicyRule, type PolicySide, policiesOf } from "./shared/network-policies.ts";

const outside = ["policyTypes:", "  - Egress", "egress:", "  - to:", "      - ipBlock:", "          cidr: 0.0.0.0/0"];

export default defineRule("kubernetes", {
  slug: "open-policy",
  summary: "A NetworkPolicy lets everybody in, or lets pods connect to everything.",
  why: `A rule without peers and ports, \`- {}\`, allows all traffic of its direction. Rules add up, so one such rule undoes every other policy for the same pods. \`0.0.0.0/0\`
below \`from\` lets in the whole Internet, and pods, as far as the network plugin takes them for a part of that block.

\`0.0.0.0/0\` below \`to\` is how one allows the Internet, and takes in \`169.254.169.254\`: there clouds hand out the node's own credentials to whoever asks. Put that
address below \`except\`. An allow-all policy may be meant, as an exception from a default that denies; then ignore the finding with that reason.`,
  category: "security",
  severity: "info",
  preset: "strict",
  since: "0.1.0",
  aliases: ["trivy:KSV-0038", "trivy:KUBE-0001", "trivy:KUBE-0002"],
  references: [
    "https://kubernetes.io/docs/concepts/services-networking/network-policies/#default-policies",
    "https://kubernetes.io/docs/tasks/administer-cluster/securing-a-cluster/#restricting-cloud-metadata-api-access",
  ],
  fix: "review",
  examples: [
    {
      bad: networkPolicyObject(outside),
      good: networkPolicyObject([...outside, "          except:", "            - 169.254.169.254/32"]),
    },
  ],
  *check(model) {
    for (const { ingress, egress } of policiesOf(model)) {
      for (const side of [ingress, egress]) {
        if (side.limits !== true) continue;
        for (const rule of side.rules) yield* problemsOf(model, side, rule);
      }
    }
  },
});

function* problemsOf(model: KubernetesModel, { direction }: PolicySide, rule: PolicyRule): Iterable<Problem> {
  const { node, peers, ports } = rule;
  const isIngress = direction === "Ingress";
  if (node.type !== "map") return;
  if (peers === undefined && ports === undefined && node.entries.every(({ value }) => isEmpty(value)))
    yield {
      at: node.alias ?? node.span,
      message: isIngress
        ? "This rule lets everybody connect to every port, whatever other policies say: name who may, below `from`, or the ports."
        : `This rule lets the pods connect to everything, whatever other policies say: name where to, below \`to\`, or leave \`Egress\` out.`,
    };
  for (const peer of peers ?? []) {
    const block = getPath(peer, "ipBlock");
    const cidr = getPath(block, "cidr");
    if (block?.type !== "map" || cidr === undefined || !isEverything(scalarText(cidr))) continue;
    const except = itemsOf(getPath(block, "except")).map((item) => scalarText(item) ?? "");
    if (isIngress ? except.length > 0 || ports !== undefined : except.some(holdsMetadata)) continue;
    // The metadata service is asked over plain HTTP; IPv6 has another address for it.
    if (!isIngress && (scalarText(cidr) === "::/0" || (ports !== undefined && !ports.some(isHttp)))) continue;
    yield {
      at: cidr.span,
      message: isIngress
        ? `\`${scalarText(cidr) ?? ""}\` lets in the whole Internet on every port: name the addresses that may connect, or the ports.`
        : `\`${scalarText(cidr) ?? ""}\` takes in 169.254.169.254, where clouds give out the node's credentials: put that address below \`except\`.`,
      ...(isIngress ? {} : { fixes: () => withoutMetadata(model, block, except.length) }),
    };
  }
}

function isEmpty(value: YamlMap["entries"][number]["value"]): boolean {
  if (value.type === "seq") return value.items.length === 0;
  return value.type === "scalar" && value.value === null;
}

function isEverything(cidr: string | undefined): boolean {
  return cidr === "0.0.0.0/0" || cidr === "::/0";
}

/** `169.254.169.254` or a block around it. */
function holdsMetadata(cidr: string): boolean {
  return /^169\.254\.(?:169\.254\/32|169\.\d+\/2\d|0\.0\/1\d)$/.test(cidr);
}

function isHttp(port: YamlMap): boolean {
  const from = getPath(port, "port");
  if (from?.type !== "scalar" || typeof from.value !== "number") return true;
  const to = Number(scalarText(getPath(port, "endPort")) ?? from.value);
  return (scalarText(getPath(port, "protocol")) ?? "TCP") === "TCP" && from.value <= 80 && 80 <= to;
}

function withoutMetadata(model: KubernetesModel, block: YamlMap, index: number): readonly Fix[] {
  const address = "169.254.169.254/32";
  const path = index === 0 ? ["except"] : ["except", index];
  return reviewed(
    "Except `169.254.169.254` (pods that take the node's credentials from there lose them)",
    setPath(model.document, block, path, index === 0 ? [address] : address),
  );
}
