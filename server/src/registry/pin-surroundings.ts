import type { Finding } from "../engine/finding.ts";
import type { RuleNames } from "../engine/names.ts";
import { readSuppressions, silence } from "../engine/suppression.ts";
import type { ParsedFile } from "../languages/index.ts";
import { handedContexts } from "../workspace/handed-contexts.ts";
import type { WorkspaceView } from "../workspace/workspace.ts";
import type { NamesElsewhere, PinTarget } from "./pins.ts";

/** What the files around one say of the names in it: Compose files of those in a Dockerfile, kustomizations of those in a manifest. */
export function namesAround(workspace: WorkspaceView): NamesElsewhere {
  return { contexts: handedContexts(workspace), retagged: (name) => workspace.manifests().retagged(name) };
}

/** The targets that a directive in the file, ours or another tool's, lets be without a digest. */
export function acceptedUnpinned(
  parsed: ParsedFile,
  targets: readonly PinTarget[],
  names: RuleNames,
): ReadonlySet<PinTarget> {
  const findings = targets.map((target): Finding & { readonly target: PinTarget } => ({
    rule: "image/missing-digest",
    severity: "hint",
    severityFrom: "",
    message: "",
    at: target.span,
    fixes: [],
    related: [],
    target,
  }));
  const left = new Set<Finding>(silence(findings, readSuppressions(parsed, names)).findings);
  return new Set(findings.filter((finding) => !left.has(finding)).map(({ target }) => target));
}
