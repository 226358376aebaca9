import type { Rule, RuleMetadata } from "../../../engine/rule.ts";
import { jobWith } from "./example.ts";
import { holderName } from "./pod-security-place.ts";
import type { PodSecurityViolation } from "./pod-security.ts";
import { refusedSetting, type Said } from "./refused-setting.ts";
import type { Workload } from "./workloads.ts";

/** What the rules about added capabilities differ in. */
export interface AddedCapability
  extends Pick<RuleMetadata, "slug" | "summary" | "why" | "severity" | "preset" | "aliases"> {
  /** The one that the example shows. */
  readonly example: string;
  /** What to say of a capability as it is written; `undefined` for those that other rules speak of. */
  readonly say: (written: string, owner: string, workload: Workload) => Said | undefined;
}

/** A rule for some of the capabilities that containers add, each reported at its item. */
export function addedCapability({ example, say, aliases, ...metadata }: AddedCapability): Rule {
  return refusedSetting({
    ...metadata,
    check: "capabilities_baseline",
    keys: ["capabilities"],
    aliases: [
      ...aliases,
      "trivy:KSV-0022",
      "checkov:CKV_K8S_25",
      "kics:containers_with_added_capabilities",
      "pss:baseline/capabilities_baseline",
      "pss:restricted/capabilities_baseline",
    ],
    references: [
      "https://man7.org/linux/man-pages/man7/capabilities.7.html",
      "https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline",
    ],
    examples: [
      { bad: jobWith({ containerSecurity: [...withoutAdded, "  add:", `    - ${example}`] }), good: jobWith({}) },
    ],
    say: (violation: PodSecurityViolation, workload) => say(violation.value, holderName(violation), workload),
  });
}

const withoutAdded: readonly string[] = [
  "allowPrivilegeEscalation: false",
  "readOnlyRootFilesystem: true",
  "capabilities:",
  "  drop:",
  "    - ALL",
];
