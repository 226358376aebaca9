// Generated from the files of this folder; test/project/generated.test.ts keeps it up to date.
import type { Rule } from "../engine/rule.ts";
import imageFloatingTag from "./image/floating-tag.ts";
import imageMissingDigest from "./image/missing-digest.ts";
import imageUntrustedRegistry from "./image/untrusted-registry.ts";
import dockerfileSyntax from "./dockerfile/syntax.ts";
import composeSyntax from "./compose/syntax.ts";
import kubernetesCapabilitiesKept from "./kubernetes/capabilities-kept.ts";
import kubernetesDockerSocketMount from "./kubernetes/docker-socket-mount.ts";
import kubernetesHostNamespace from "./kubernetes/host-namespace.ts";
import kubernetesMayRunAsRoot from "./kubernetes/may-run-as-root.ts";
import kubernetesMissingSeccompProfile from "./kubernetes/missing-seccomp-profile.ts";
import kubernetesPrivilegeEscalation from "./kubernetes/privilege-escalation.ts";
import kubernetesPrivilegedContainer from "./kubernetes/privileged-container.ts";
import kubernetesServiceAccountToken from "./kubernetes/service-account-token.ts";
import kubernetesSyntax from "./kubernetes/syntax.ts";
import kubernetesWritableRootFilesystem from "./kubernetes/writable-root-filesystem.ts";
import seaworthyMissingReason from "./seaworthy/missing-reason.ts";
import seaworthyUnknownDirective from "./seaworthy/unknown-directive.ts";
import seaworthyUnknownRule from "./seaworthy/unknown-rule.ts";
import seaworthyUnusedDirective from "./seaworthy/unused-directive.ts";

/** Every rule there is, by kind, then by slug. */
export const allRules: readonly Rule[] = [
  imageFloatingTag,
  imageMissingDigest,
  imageUntrustedRegistry,
  dockerfileSyntax,
  composeSyntax,
  kubernetesCapabilitiesKept,
  kubernetesDockerSocketMount,
  kubernetesHostNamespace,
  kubernetesMayRunAsRoot,
  kubernetesMissingSeccompProfile,
  kubernetesPrivilegeEscalation,
  kubernetesPrivilegedContainer,
  kubernetesServiceAccountToken,
  kubernetesSyntax,
  kubernetesWritableRootFilesystem,
  seaworthyMissingReason,
  seaworthyUnknownDirective,
  seaworthyUnknownRule,
  seaworthyUnusedDirective,
];
