import { defineRule, type Fix } from "../../engine/rule.ts";
import type { KubernetesModel } from "../../languages/kubernetes/model.ts";
import { replaceScalar } from "../../languages/yaml/edit.ts";
import type { YamlScalar } from "../../languages/yaml/node.ts";
import { isUnknown } from "../../languages/yaml/path.ts";
import { reviewed } from "../shared/edit-fixes.ts";
import { serviceObject } from "./shared/example.ts";
import { servicesOf } from "./shared/written-services.ts";

export default defineRule("kubernetes", {
  slug: "invalid-target-port",
  summary: "A port of a Service is no number from 1 to 65535, or its target is no name that a port can have.",
  why: `A \`targetPort\` is a number, or the name of a container's port: at most 15 lower-case letters, digits and dashes, with a letter among them. Kubernetes refuses anything else.`,
  category: "correctness",
  severity: "error",
  preset: "minimal",
  since: "0.1.0",
  aliases: ["kube-linter:invalid-target-ports"],
  references: ["https://kubernetes.io/docs/concepts/services-networking/service/#field-spec-ports"],
  fix: "review",
  examples: [
    {
      bad: serviceObject({ ports: ["- port: 80", "  targetPort: HTTP"] }),
      good: serviceObject({ ports: ["- port: 80", "  targetPort: http"] }),
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
          fixes: () => inLowerCase(model, target),
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
  // A number in quotes is a value of the wrong type, which is reported as such.
  if (/^\d+$/.test(value)) return undefined;
  if (value.length > 15) return `a name has at most 15 characters, and this has ${value.length}`;
  if (!/^[a-z0-9-]+$/.test(value)) return "a name is made of lower-case letters, digits and dashes";
  if (!/[a-z]/.test(value)) return "a name has a letter in it";
  return /^-|-$|--/.test(value) ? "a name neither starts nor ends with a dash, nor has two in a row" : undefined;
}

function inLowerCase(model: KubernetesModel, target: YamlScalar): readonly Fix[] {
  const name = target.text.toLowerCase().replaceAll("_", "-");
  return name !== target.text && faultOf(name) === undefined
    ? reviewed(
        `Write \`${name}\` (the container's port must be called so)`,
        replaceScalar(model.document, target, name),
      )
    : [];
}
