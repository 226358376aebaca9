// Generated from the files of this folder; test/project/generated.test.ts keeps it up to date.
import type { Rule } from "../engine/rule.ts";
import imageFloatingTag from "./image/floating-tag.ts";
import imageMissingDigest from "./image/missing-digest.ts";
import imageUntrustedRegistry from "./image/untrusted-registry.ts";
import dockerfileAddForLocalFile from "./dockerfile/add-for-local-file.ts";
import dockerfileCdInsteadOfWorkdir from "./dockerfile/cd-instead-of-workdir.ts";
import dockerfileCopyEverything from "./dockerfile/copy-everything.ts";
import dockerfileDevelopmentCommand from "./dockerfile/development-command.ts";
import dockerfileDevelopmentInstall from "./dockerfile/development-install.ts";
import dockerfileInstallBeforeCopy from "./dockerfile/install-before-copy.ts";
import dockerfileInteractiveInstall from "./dockerfile/interactive-install.ts";
import dockerfileMaintainer from "./dockerfile/maintainer.ts";
import dockerfileMissingHealthcheck from "./dockerfile/missing-healthcheck.ts";
import dockerfileMissingUser from "./dockerfile/missing-user.ts";
import dockerfilePackageCacheLeft from "./dockerfile/package-cache-left.ts";
import dockerfilePackageListsLeft from "./dockerfile/package-lists-left.ts";
import dockerfilePipeWithoutPipefail from "./dockerfile/pipe-without-pipefail.ts";
import dockerfileRecommendedPackages from "./dockerfile/recommended-packages.ts";
import dockerfileRelativeWorkdir from "./dockerfile/relative-workdir.ts";
import dockerfileRepeatedCommand from "./dockerfile/repeated-command.ts";
import dockerfileRootUser from "./dockerfile/root-user.ts";
import dockerfileSecretInBuildVariable from "./dockerfile/secret-in-build-variable.ts";
import dockerfileShellFormCommand from "./dockerfile/shell-form-command.ts";
import dockerfileSingleStageToolchain from "./dockerfile/single-stage-toolchain.ts";
import dockerfileSudo from "./dockerfile/sudo.ts";
import dockerfileSyntax from "./dockerfile/syntax.ts";
import composeDevelopmentEnvironment from "./compose/development-environment.ts";
import composeDockerSocketMount from "./compose/docker-socket-mount.ts";
import composeMissingHealthcheck from "./compose/missing-healthcheck.ts";
import composeMissingMemoryLimit from "./compose/missing-memory-limit.ts";
import composeMissingRestartPolicy from "./compose/missing-restart-policy.ts";
import composeNoNewPrivileges from "./compose/no-new-privileges.ts";
import composeObsoleteVersion from "./compose/obsolete-version.ts";
import composePlaintextSecret from "./compose/plaintext-secret.ts";
import composePrivilegedService from "./compose/privileged-service.ts";
import composePublicDatabasePort from "./compose/public-database-port.ts";
import composeSourceBindMount from "./compose/source-bind-mount.ts";
import composeStatefulWithoutVolume from "./compose/stateful-without-volume.ts";
import composeSyntax from "./compose/syntax.ts";
import composeUnboundedLogs from "./compose/unbounded-logs.ts";
import composeUnreadyDependency from "./compose/unready-dependency.ts";
import kubernetesCapabilitiesKept from "./kubernetes/capabilities-kept.ts";
import kubernetesDanglingSelector from "./kubernetes/dangling-selector.ts";
import kubernetesDeprecatedApi from "./kubernetes/deprecated-api.ts";
import kubernetesDockerSocketMount from "./kubernetes/docker-socket-mount.ts";
import kubernetesHostNamespace from "./kubernetes/host-namespace.ts";
import kubernetesMayRunAsRoot from "./kubernetes/may-run-as-root.ts";
import kubernetesMissingCpuLimit from "./kubernetes/missing-cpu-limit.ts";
import kubernetesMissingLivenessProbe from "./kubernetes/missing-liveness-probe.ts";
import kubernetesMissingMemoryLimit from "./kubernetes/missing-memory-limit.ts";
import kubernetesMissingReadinessProbe from "./kubernetes/missing-readiness-probe.ts";
import kubernetesMissingResourceRequests from "./kubernetes/missing-resource-requests.ts";
import kubernetesMissingSeccompProfile from "./kubernetes/missing-seccomp-profile.ts";
import kubernetesPrivilegeEscalation from "./kubernetes/privilege-escalation.ts";
import kubernetesPrivilegedContainer from "./kubernetes/privileged-container.ts";
import kubernetesSecretInEnv from "./kubernetes/secret-in-env.ts";
import kubernetesServiceAccountToken from "./kubernetes/service-account-token.ts";
import kubernetesSingleReplica from "./kubernetes/single-replica.ts";
import kubernetesSyntax from "./kubernetes/syntax.ts";
import kubernetesUnknownTargetPort from "./kubernetes/unknown-target-port.ts";
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
  dockerfileAddForLocalFile,
  dockerfileCdInsteadOfWorkdir,
  dockerfileCopyEverything,
  dockerfileDevelopmentCommand,
  dockerfileDevelopmentInstall,
  dockerfileInstallBeforeCopy,
  dockerfileInteractiveInstall,
  dockerfileMaintainer,
  dockerfileMissingHealthcheck,
  dockerfileMissingUser,
  dockerfilePackageCacheLeft,
  dockerfilePackageListsLeft,
  dockerfilePipeWithoutPipefail,
  dockerfileRecommendedPackages,
  dockerfileRelativeWorkdir,
  dockerfileRepeatedCommand,
  dockerfileRootUser,
  dockerfileSecretInBuildVariable,
  dockerfileShellFormCommand,
  dockerfileSingleStageToolchain,
  dockerfileSudo,
  dockerfileSyntax,
  composeDevelopmentEnvironment,
  composeDockerSocketMount,
  composeMissingHealthcheck,
  composeMissingMemoryLimit,
  composeMissingRestartPolicy,
  composeNoNewPrivileges,
  composeObsoleteVersion,
  composePlaintextSecret,
  composePrivilegedService,
  composePublicDatabasePort,
  composeSourceBindMount,
  composeStatefulWithoutVolume,
  composeSyntax,
  composeUnboundedLogs,
  composeUnreadyDependency,
  kubernetesCapabilitiesKept,
  kubernetesDanglingSelector,
  kubernetesDeprecatedApi,
  kubernetesDockerSocketMount,
  kubernetesHostNamespace,
  kubernetesMayRunAsRoot,
  kubernetesMissingCpuLimit,
  kubernetesMissingLivenessProbe,
  kubernetesMissingMemoryLimit,
  kubernetesMissingReadinessProbe,
  kubernetesMissingResourceRequests,
  kubernetesMissingSeccompProfile,
  kubernetesPrivilegeEscalation,
  kubernetesPrivilegedContainer,
  kubernetesSecretInEnv,
  kubernetesServiceAccountToken,
  kubernetesSingleReplica,
  kubernetesSyntax,
  kubernetesUnknownTargetPort,
  kubernetesWritableRootFilesystem,
  seaworthyMissingReason,
  seaworthyUnknownDirective,
  seaworthyUnknownRule,
  seaworthyUnusedDirective,
];
