import type { Resource } from "../languages/kubernetes/model.ts";
import type { Span } from "../text/span.ts";
import type { ForeignDirective } from "./foreign-comments.ts";

/** What the annotations of an object ask other tools to leave out; it holds for the whole object. */
export function annotationDirectives(
  resource: Resource,
): readonly { readonly directive: ForeignDirective; readonly at: Span }[] {
  const found: { readonly directive: ForeignDirective; readonly at: Span }[] = [];
  for (const { name, value, span } of resource.annotations) {
    const directive = annotationDirective(name, value);
    if (directive !== undefined) found.push({ directive, at: span });
  }
  // kube-score alone reads the pod template as well.
  for (const { name, value, span } of resource.pod?.annotations ?? []) {
    if (name === "kube-score/ignore")
      found.push({ directive: skip("kube-score", value.split(","), undefined), at: span });
  }
  return found;
}

function annotationDirective(name: string, value: string): ForeignDirective | undefined {
  const slash = name.indexOf("/");
  const prefix = slash < 0 ? "" : name.slice(0, slash);
  const rest = name.slice(slash + 1);
  switch (prefix) {
    case "ignore-check.kube-linter.io":
      return skip("kube-linter", [rest], value);
    case "kube-linter.io":
      return rest === "ignore-all" ? skip("kube-linter", "all", value) : undefined;
    case "polaris.fairwinds.com":
      if (value.trim() !== "true") return undefined;
      if (rest === "exempt") return skip("polaris", "all", undefined);
      return rest.endsWith("-exempt") ? skip("polaris", [rest.slice(0, -"-exempt".length)], undefined) : undefined;
    case "kube-score":
      return rest === "ignore" ? skip("kube-score", value.split(","), undefined) : undefined;
    case "checkov.io":
    case "bridgecrew.io":
    case "cortex.io": {
      if (!/^skip\d*$/.test(rest)) return undefined;
      const equals = value.indexOf("=");
      const code = equals < 0 ? value : value.slice(0, equals);
      return skip("checkov", [code], equals < 0 ? undefined : value.slice(equals + 1));
    }
    case "datree.skip":
      return skip("datree", [rest], value);
    case "monokle.io": {
      if (!rest.startsWith("suppress.") || value.trim() !== "true") return undefined;
      const rule = rest.slice("suppress.".length);
      return skip("monokle", [rule, rule.slice(rule.indexOf(".") + 1)], undefined);
    }
    default:
      return undefined;
  }
}

function skip(peer: string, codes: readonly string[] | "all", reason: string | undefined): ForeignDirective {
  const names = codes === "all" ? codes : codes.map((code) => code.trim()).filter((code) => code !== "");
  return { peers: [peer], codes: names, scope: "unit", reason: reason?.trim() || undefined };
}
