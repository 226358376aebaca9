import { defineRule, type Fix } from "../../engine/rule.ts";
import type { KubernetesModel } from "../../languages/kubernetes/model.ts";
import { setPath } from "../../languages/yaml/edit.ts";
import type { YamlNode } from "../../languages/yaml/node.ts";
import { isUnknown } from "../../languages/yaml/path.ts";
import { safe } from "../shared/edit-fixes.ts";
import { serviceObject } from "./shared/example.ts";
import { servicesOf, type WrittenPort } from "./shared/written-services.ts";

export default defineRule("kubernetes", {
  slug: "invalid-target-port",
  summary: "A port of a Service is no number from 1 to 65535, or its target is no name that a port can have.",
  why: `A \`targetPort\` is a number, or the name of a container's port: at most 15 lower-case letters, digits and dashes, with a letter among them. Kubernetes refuses anything else. A number in
quotes is a name to it, and one without a letter.`,
  category: "correctness",
  severity: "error",
  preset: "minimal",
  since: "0.1.0",
  aliases: ["kube-linter:invalid-target-ports"],
  references: ["https://kubernetes.io/docs/concepts/services-networking/service/#field-spec-ports"],
  fix: "safe",
  examples: [
    {
      bad: serviceObject({ ports: ["- port: 80", '  targetPort: "8080"'] }),
      good: serviceObject({ ports: ["- port: 80", "  targetPort: 8080"] }),
    },
  ],
  keys: ["targetPort", "port"],
  *check(model) {
    for (const { ports } of servicesOf(model)) {
      for (const port of ports) {
        const number = port.get("port");
        if (number?.type === "scalar" && typeof number.value === "number" && !isPort(number.value))
          yield { at: number.span, message: `\`${number.text}\` is no port: they go from 1 to 65535.` };
        const target = port.get("targetPort");
        if (target?.type !== "scalar" || isUnknown(target, "kubernetes")) continue;
        const reason = faultOf(target.value);
        if (reason === undefined) continue;
        yield {
          at: target.span,
          message: `\`${target.text}\` is no \`targetPort\` that Kubernetes accepts: ${reason}.`,
          fixes: () => asNumber(model, port, target),
        };
      }
    }
  },
});

function isPort(value: number): boolean {
  return Number.isInteger(value) && value >= 1 && value <= 65_535;
}

/** As the API server checks a port: `IsValidPortNum` and `IsValidPortName` of its validation. */
function faultOf(value: string | number | boolean | null): string | undefined {
  if (typeof value === "number") return isPort(value) ? undefined : "ports go from 1 to 65535";
  if (typeof value !== "string") return undefined;
  if (/^\d+$/.test(value)) return "in quotes it is a name, and a name needs a letter";
  if (value.length > 15) return `a name has at most 15 characters, and this has ${value.length}`;
  if (!/^[a-z0-9-]+$/.test(value)) return "a name is made of lower-case letters, digits and dashes";
  if (!/[a-z]/.test(value)) return "a name has a letter in it";
  return /^-|-$|--/.test(value) ? "a name neither starts nor ends with a dash, nor has two in a row" : undefined;
}

/** Refused as it is, so that nothing that runs can change. */
function asNumber(model: KubernetesModel, port: WrittenPort, target: YamlNode): readonly Fix[] {
  const number = target.type === "scalar" && typeof target.value === "string" ? target.text : "";
  return /^\d{1,5}$/.test(number) && isPort(Number(number))
    ? safe(`Write ${Number(number)} without quotes`, setPath(model.document, port.map, ["targetPort"], Number(number)))
    : [];
}
