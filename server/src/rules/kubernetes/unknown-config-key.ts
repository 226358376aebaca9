import { defineRule } from "../../engine/rule.ts";
import type { Reference } from "../../languages/kubernetes/references.ts";
import { insideQuotes } from "../../languages/scalar-place.ts";
import { closestOf } from "../../text/closest.ts";
import type { LookUp, ManifestView } from "../../workspace/manifests.ts";
import { jobWith } from "./shared/example.ts";
import { configReferences } from "./shared/missing-config.ts";
import { placeOf, renamed } from "./shared/missing-target.ts";

export default defineRule("kubernetes", {
  slug: "unknown-config-key",
  summary: "A pod asks a ConfigMap or Secret for a key that it does not have.",
  why: `A variable whose key does not exist keeps the container from starting (\`CreateContainerConfigError\`), and so does a key among the \`items\` of a
volume. The ConfigMap itself is there, so the manifests look right, and Kubernetes accepts them.

Keys of objects that an operator or a plugin fills in are not known and not judged.`,
  category: "correctness",
  severity: "warning",
  preset: "recommended",
  since: "0.1.0",
  aliases: ["kube-linter:env-value-from"],
  references: [
    "https://kubernetes.io/docs/tasks/configure-pod-container/configure-pod-configmap/#define-container-environment-variables-using-configmap-data",
  ],
  fix: "review",
  reads: "workspace",
  keys: ["configMapKeyRef", "secretKeyRef", "items"],
  examples: [{ bad: example("REGOIN"), good: example("REGION") }],
  *check(model, _options, workspace) {
    const manifests = workspace.manifests();
    for (const reference of configReferences(model)) {
      if (reference.keys.length === 0 || reference.optional) continue;
      const { found, beside } = manifests.lookUp(reference);
      const keys = keysOf(found, reference, manifests);
      if (keys === undefined) continue;
      for (const { name, node } of reference.keys) {
        if (keys.has(name)) continue;
        const meant = closestOf(name, keys);
        // Another folder's object of that name may be another one altogether.
        if (!beside && meant === undefined) continue;
        const target = `${reference.kind} \`${reference.name}\``;
        yield {
          at: insideQuotes(model.document.text, node),
          message: `${target} has no key \`${name}\`, so the container does not start: ${meant === undefined ? has(keys) : `did you mean \`${meant}\`?`}`,
          ...(beside ? {} : { severity: "hint" }),
          related: found.slice(0, 3).map(placeOf),
          fixes: () => (meant === undefined ? [] : renamed(model, node, meant)),
        };
      }
    }
  },
});

/** All keys of the objects that were found; `undefined` where they cannot be known. */
function keysOf(found: LookUp["found"], { kind }: Reference, { open }: ManifestView): ReadonlySet<string> | undefined {
  const whole = found.filter(({ partial }) => !partial);
  if (whole.length === 0 || found.some(({ keys }) => keys === undefined)) return undefined;
  // Whatever fills in Secrets elsewhere may fill in this one.
  if (open && kind === "Secret" && whole.every(({ keys }) => keys?.length === 0)) return undefined;
  return new Set(found.flatMap(({ keys }) => keys ?? []));
}

function has(keys: ReadonlySet<string>): string {
  if (keys.size === 0) return "it has none.";
  const shown = [...keys].slice(0, 4).map((key) => `\`${key}\``);
  return `it has ${shown.join(", ")}${keys.size > shown.length ? ", …" : ""}.`;
}

function example(key: string): string {
  return `${jobWith({ container: ["env:", "  - name: REGION", "    valueFrom:", "      configMapKeyRef:", "        name: api-config", `        key: ${key}`] })}---\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: api-config\ndata:\n  REGION: eu-west-1\n`;
}
