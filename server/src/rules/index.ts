// Generated from the files of this folder; test/project/generated.test.ts keeps it up to date.
import type { Rule } from "../engine/rule.ts";
import imageDigestWithoutTag from "./image/digest-without-tag.ts";
import imageEndOfLife from "./image/end-of-life.ts";
import imageFloatingTag from "./image/floating-tag.ts";
import imageMissingDigest from "./image/missing-digest.ts";
import imageUntrustedRegistry from "./image/untrusted-registry.ts";
import dockerfileAddForLocalFile from "./dockerfile/add-for-local-file.ts";
import dockerfileAptForScripts from "./dockerfile/apt-for-scripts.ts";
import dockerfileBaseStageCasing from "./dockerfile/base-stage-casing.ts";
import dockerfileBashInSh from "./dockerfile/bash-in-sh.ts";
import dockerfileBufferedPythonOutput from "./dockerfile/buffered-python-output.ts";
import dockerfileCdInsteadOfWorkdir from "./dockerfile/cd-instead-of-workdir.ts";
import dockerfileChmodAfterCopy from "./dockerfile/chmod-after-copy.ts";
import dockerfileCircularStages from "./dockerfile/circular-stages.ts";
import dockerfileCleartextDownload from "./dockerfile/cleartext-download.ts";
import dockerfileConsecutiveCopies from "./dockerfile/consecutive-copies.ts";
import dockerfileConsecutiveRuns from "./dockerfile/consecutive-runs.ts";
import dockerfileConstantPlatform from "./dockerfile/constant-platform.ts";
import dockerfileContainerSocket from "./dockerfile/container-socket.ts";
import dockerfileCopiedArchive from "./dockerfile/copied-archive.ts";
import dockerfileCopiedRootFilesystem from "./dockerfile/copied-root-filesystem.ts";
import dockerfileCopyEverything from "./dockerfile/copy-everything.ts";
import dockerfileCopyFromEmptyStage from "./dockerfile/copy-from-empty-stage.ts";
import dockerfileCopyWithoutChown from "./dockerfile/copy-without-chown.ts";
import dockerfileCurlWithoutFail from "./dockerfile/curl-without-fail.ts";
import dockerfileDangerousRm from "./dockerfile/dangerous-rm.ts";
import dockerfileDebugMode from "./dockerfile/debug-mode.ts";
import dockerfileDevelopmentCommand from "./dockerfile/development-command.ts";
import dockerfileDevelopmentInstall from "./dockerfile/development-install.ts";
import dockerfileDevelopmentStageLast from "./dockerfile/development-stage-last.ts";
import dockerfileDistributionUpgrade from "./dockerfile/distribution-upgrade.ts";
import dockerfileDownloadByAdd from "./dockerfile/download-by-add.ts";
import dockerfileDuplicateLabel from "./dockerfile/duplicate-label.ts";
import dockerfileDuplicateStageName from "./dockerfile/duplicate-stage-name.ts";
import dockerfileDynamicBinary from "./dockerfile/dynamic-binary.ts";
import dockerfileEmptyArgInFrom from "./dockerfile/empty-arg-in-from.ts";
import dockerfileEmptyContinuation from "./dockerfile/empty-continuation.ts";
import dockerfileEntrypointWithoutDefault from "./dockerfile/entrypoint-without-default.ts";
import dockerfileEntrypointWithoutExec from "./dockerfile/entrypoint-without-exec.ts";
import dockerfileExecFormVariable from "./dockerfile/exec-form-variable.ts";
import dockerfileExposedAdminPort from "./dockerfile/exposed-admin-port.ts";
import dockerfileExternalCopySource from "./dockerfile/external-copy-source.ts";
import dockerfileFragileDownload from "./dockerfile/fragile-download.ts";
import dockerfileFromAsCasing from "./dockerfile/from-as-casing.ts";
import dockerfileGitCloneInRun from "./dockerfile/git-clone-in-run.ts";
import dockerfileHostNetworkBuildStep from "./dockerfile/host-network-build-step.ts";
import dockerfileIgnoredFailure from "./dockerfile/ignored-failure.ts";
import dockerfileIgnoredFileCopied from "./dockerfile/ignored-file-copied.ts";
import dockerfileInstallBeforeCopy from "./dockerfile/install-before-copy.ts";
import dockerfileInstructionBeforeFrom from "./dockerfile/instruction-before-from.ts";
import dockerfileInteractiveInstall from "./dockerfile/interactive-install.ts";
import dockerfileInvalidLabelKey from "./dockerfile/invalid-label-key.ts";
import dockerfileInvalidLabelValue from "./dockerfile/invalid-label-value.ts";
import dockerfileInvalidOnbuild from "./dockerfile/invalid-onbuild.ts";
import dockerfileKeywordCasing from "./dockerfile/keyword-casing.ts";
import dockerfileLargeUserId from "./dockerfile/large-user-id.ts";
import dockerfileLegacyKeyValue from "./dockerfile/legacy-key-value.ts";
import dockerfileMaintainer from "./dockerfile/maintainer.ts";
import dockerfileMalformedExecForm from "./dockerfile/malformed-exec-form.ts";
import dockerfileMissingCaCertificates from "./dockerfile/missing-ca-certificates.ts";
import dockerfileMissingCacheMount from "./dockerfile/missing-cache-mount.ts";
import dockerfileMissingCommand from "./dockerfile/missing-command.ts";
import dockerfileMissingExpose from "./dockerfile/missing-expose.ts";
import dockerfileMissingFrom from "./dockerfile/missing-from.ts";
import dockerfileMissingHealthcheck from "./dockerfile/missing-healthcheck.ts";
import dockerfileMissingLabel from "./dockerfile/missing-label.ts";
import dockerfileMissingOciLabels from "./dockerfile/missing-oci-labels.ts";
import dockerfileMissingProductionMode from "./dockerfile/missing-production-mode.ts";
import dockerfileMissingShell from "./dockerfile/missing-shell.ts";
import dockerfileMissingUser from "./dockerfile/missing-user.ts";
import dockerfileNamedUser from "./dockerfile/named-user.ts";
import dockerfileNoisyWget from "./dockerfile/noisy-wget.ts";
import dockerfileNoninteractiveLeft from "./dockerfile/noninteractive-left.ts";
import dockerfilePackageCacheLeft from "./dockerfile/package-cache-left.ts";
import dockerfilePackageListsLeft from "./dockerfile/package-lists-left.ts";
import dockerfilePackageManagerAsProcess1 from "./dockerfile/package-manager-as-process-1.ts";
import dockerfileParserDirective from "./dockerfile/parser-directive.ts";
import dockerfilePasswordInImage from "./dockerfile/password-in-image.ts";
import dockerfilePermissiveSecretMount from "./dockerfile/permissive-secret-mount.ts";
import dockerfilePipeWithoutPipefail from "./dockerfile/pipe-without-pipefail.ts";
import dockerfilePipedInstaller from "./dockerfile/piped-installer.ts";
import dockerfilePlatformMismatch from "./dockerfile/platform-mismatch.ts";
import dockerfilePointlessCommand from "./dockerfile/pointless-command.ts";
import dockerfilePortMappingInExpose from "./dockerfile/port-mapping-in-expose.ts";
import dockerfilePortOutOfRange from "./dockerfile/port-out-of-range.ts";
import dockerfilePortProtocolCasing from "./dockerfile/port-protocol-casing.ts";
import dockerfilePrivilegedBuildStep from "./dockerfile/privileged-build-step.ts";
import dockerfileRecommendedPackages from "./dockerfile/recommended-packages.ts";
import dockerfileRedundantPlatform from "./dockerfile/redundant-platform.ts";
import dockerfileRelativeDestination from "./dockerfile/relative-destination.ts";
import dockerfileRelativeWorkdir from "./dockerfile/relative-workdir.ts";
import dockerfileRelinkedShell from "./dockerfile/relinked-shell.ts";
import dockerfileRepeatedCommand from "./dockerfile/repeated-command.ts";
import dockerfileReservedStageName from "./dockerfile/reserved-stage-name.ts";
import dockerfileRootUser from "./dockerfile/root-user.ts";
import dockerfileSecretFileCopied from "./dockerfile/secret-file-copied.ts";
import dockerfileSecretInBuildVariable from "./dockerfile/secret-in-build-variable.ts";
import dockerfileSecretInCommand from "./dockerfile/secret-in-command.ts";
import dockerfileSecretLeftInLayer from "./dockerfile/secret-left-in-layer.ts";
import dockerfileSelfReferringVariable from "./dockerfile/self-referring-variable.ts";
import dockerfileSeveralSourcesToFile from "./dockerfile/several-sources-to-file.ts";
import dockerfileShellFormCommand from "./dockerfile/shell-form-command.ts";
import dockerfileShellFormHealthcheck from "./dockerfile/shell-form-healthcheck.ts";
import dockerfileShellcheck from "./dockerfile/shellcheck.ts";
import dockerfileSingleStageToolchain from "./dockerfile/single-stage-toolchain.ts";
import dockerfileStageDescription from "./dockerfile/stage-description.ts";
import dockerfileStageNameCasing from "./dockerfile/stage-name-casing.ts";
import dockerfileStalePackageLists from "./dockerfile/stale-package-lists.ts";
import dockerfileStopSignalName from "./dockerfile/stop-signal-name.ts";
import dockerfileSudo from "./dockerfile/sudo.ts";
import dockerfileSuperfluousLabel from "./dockerfile/superfluous-label.ts";
import dockerfileSupplementaryGroupsLost from "./dockerfile/supplementary-groups-lost.ts";
import dockerfileSyntax from "./dockerfile/syntax.ts";
import dockerfileSystemWorkdir from "./dockerfile/system-workdir.ts";
import dockerfileTelemetry from "./dockerfile/telemetry.ts";
import dockerfileTlsVerificationOff from "./dockerfile/tls-verification-off.ts";
import dockerfileUndeclaredArgInFrom from "./dockerfile/undeclared-arg-in-from.ts";
import dockerfileUndeclaredHealthcheck from "./dockerfile/undeclared-healthcheck.ts";
import dockerfileUndefinedVariable from "./dockerfile/undefined-variable.ts";
import dockerfileUngracefulStopSignal from "./dockerfile/ungraceful-stop-signal.ts";
import dockerfileUnknownCopySource from "./dockerfile/unknown-copy-source.ts";
import dockerfileUnnamedStage from "./dockerfile/unnamed-stage.ts";
import dockerfileUnpinnedPackage from "./dockerfile/unpinned-package.ts";
import dockerfileUnpinnedSystemPackage from "./dockerfile/unpinned-system-package.ts";
import dockerfileUnreliableHealthcheck from "./dockerfile/unreliable-healthcheck.ts";
import dockerfileUnresolvableUser from "./dockerfile/unresolvable-user.ts";
import dockerfileUnrunnableHealthcheck from "./dockerfile/unrunnable-healthcheck.ts";
import dockerfileUnsignedPackages from "./dockerfile/unsigned-packages.ts";
import dockerfileUnusedStage from "./dockerfile/unused-stage.ts";
import dockerfileUnverifiedDownload from "./dockerfile/unverified-download.ts";
import dockerfileUnwritableStatePath from "./dockerfile/unwritable-state-path.ts";
import dockerfileWgetAndCurl from "./dockerfile/wget-and-curl.ts";
import dockerfileWindowsUnsupported from "./dockerfile/windows-unsupported.ts";
import dockerfileWorldWritable from "./dockerfile/world-writable.ts";
import dockerfileWritableProgram from "./dockerfile/writable-program.ts";
import dockerfileWrittenByEcho from "./dockerfile/written-by-echo.ts";
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
import ignoreIneffectivePattern from "./ignore/ineffective-pattern.ts";
import ignoreRootOnlyPattern from "./ignore/root-only-pattern.ts";
import ignoreSyntax from "./ignore/syntax.ts";
import seaworthyInlineIgnore from "./seaworthy/inline-ignore.ts";
import seaworthyMissingReason from "./seaworthy/missing-reason.ts";
import seaworthyUnknownDirective from "./seaworthy/unknown-directive.ts";
import seaworthyUnknownRule from "./seaworthy/unknown-rule.ts";
import seaworthyUnusedDirective from "./seaworthy/unused-directive.ts";

/** Every rule there is, by kind, then by slug. */
export const allRules: readonly Rule[] = [
  imageDigestWithoutTag,
  imageEndOfLife,
  imageFloatingTag,
  imageMissingDigest,
  imageUntrustedRegistry,
  dockerfileAddForLocalFile,
  dockerfileAptForScripts,
  dockerfileBaseStageCasing,
  dockerfileBashInSh,
  dockerfileBufferedPythonOutput,
  dockerfileCdInsteadOfWorkdir,
  dockerfileChmodAfterCopy,
  dockerfileCircularStages,
  dockerfileCleartextDownload,
  dockerfileConsecutiveCopies,
  dockerfileConsecutiveRuns,
  dockerfileConstantPlatform,
  dockerfileContainerSocket,
  dockerfileCopiedArchive,
  dockerfileCopiedRootFilesystem,
  dockerfileCopyEverything,
  dockerfileCopyFromEmptyStage,
  dockerfileCopyWithoutChown,
  dockerfileCurlWithoutFail,
  dockerfileDangerousRm,
  dockerfileDebugMode,
  dockerfileDevelopmentCommand,
  dockerfileDevelopmentInstall,
  dockerfileDevelopmentStageLast,
  dockerfileDistributionUpgrade,
  dockerfileDownloadByAdd,
  dockerfileDuplicateLabel,
  dockerfileDuplicateStageName,
  dockerfileDynamicBinary,
  dockerfileEmptyArgInFrom,
  dockerfileEmptyContinuation,
  dockerfileEntrypointWithoutDefault,
  dockerfileEntrypointWithoutExec,
  dockerfileExecFormVariable,
  dockerfileExposedAdminPort,
  dockerfileExternalCopySource,
  dockerfileFragileDownload,
  dockerfileFromAsCasing,
  dockerfileGitCloneInRun,
  dockerfileHostNetworkBuildStep,
  dockerfileIgnoredFailure,
  dockerfileIgnoredFileCopied,
  dockerfileInstallBeforeCopy,
  dockerfileInstructionBeforeFrom,
  dockerfileInteractiveInstall,
  dockerfileInvalidLabelKey,
  dockerfileInvalidLabelValue,
  dockerfileInvalidOnbuild,
  dockerfileKeywordCasing,
  dockerfileLargeUserId,
  dockerfileLegacyKeyValue,
  dockerfileMaintainer,
  dockerfileMalformedExecForm,
  dockerfileMissingCaCertificates,
  dockerfileMissingCacheMount,
  dockerfileMissingCommand,
  dockerfileMissingExpose,
  dockerfileMissingFrom,
  dockerfileMissingHealthcheck,
  dockerfileMissingLabel,
  dockerfileMissingOciLabels,
  dockerfileMissingProductionMode,
  dockerfileMissingShell,
  dockerfileMissingUser,
  dockerfileNamedUser,
  dockerfileNoisyWget,
  dockerfileNoninteractiveLeft,
  dockerfilePackageCacheLeft,
  dockerfilePackageListsLeft,
  dockerfilePackageManagerAsProcess1,
  dockerfileParserDirective,
  dockerfilePasswordInImage,
  dockerfilePermissiveSecretMount,
  dockerfilePipeWithoutPipefail,
  dockerfilePipedInstaller,
  dockerfilePlatformMismatch,
  dockerfilePointlessCommand,
  dockerfilePortMappingInExpose,
  dockerfilePortOutOfRange,
  dockerfilePortProtocolCasing,
  dockerfilePrivilegedBuildStep,
  dockerfileRecommendedPackages,
  dockerfileRedundantPlatform,
  dockerfileRelativeDestination,
  dockerfileRelativeWorkdir,
  dockerfileRelinkedShell,
  dockerfileRepeatedCommand,
  dockerfileReservedStageName,
  dockerfileRootUser,
  dockerfileSecretFileCopied,
  dockerfileSecretInBuildVariable,
  dockerfileSecretInCommand,
  dockerfileSecretLeftInLayer,
  dockerfileSelfReferringVariable,
  dockerfileSeveralSourcesToFile,
  dockerfileShellFormCommand,
  dockerfileShellFormHealthcheck,
  dockerfileShellcheck,
  dockerfileSingleStageToolchain,
  dockerfileStageDescription,
  dockerfileStageNameCasing,
  dockerfileStalePackageLists,
  dockerfileStopSignalName,
  dockerfileSudo,
  dockerfileSuperfluousLabel,
  dockerfileSupplementaryGroupsLost,
  dockerfileSyntax,
  dockerfileSystemWorkdir,
  dockerfileTelemetry,
  dockerfileTlsVerificationOff,
  dockerfileUndeclaredArgInFrom,
  dockerfileUndeclaredHealthcheck,
  dockerfileUndefinedVariable,
  dockerfileUngracefulStopSignal,
  dockerfileUnknownCopySource,
  dockerfileUnnamedStage,
  dockerfileUnpinnedPackage,
  dockerfileUnpinnedSystemPackage,
  dockerfileUnreliableHealthcheck,
  dockerfileUnresolvableUser,
  dockerfileUnrunnableHealthcheck,
  dockerfileUnsignedPackages,
  dockerfileUnusedStage,
  dockerfileUnverifiedDownload,
  dockerfileUnwritableStatePath,
  dockerfileWgetAndCurl,
  dockerfileWindowsUnsupported,
  dockerfileWorldWritable,
  dockerfileWritableProgram,
  dockerfileWrittenByEcho,
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
  ignoreIneffectivePattern,
  ignoreRootOnlyPattern,
  ignoreSyntax,
  seaworthyInlineIgnore,
  seaworthyMissingReason,
  seaworthyUnknownDirective,
  seaworthyUnknownRule,
  seaworthyUnusedDirective,
];
