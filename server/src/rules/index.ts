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
import composeAppendedPorts from "./compose/appended-ports.ts";
import composeBuildAndImage from "./compose/build-and-image.ts";
import composeContainerNameWithReplicas from "./compose/container-name-with-replicas.ts";
import composeContradictingLimits from "./compose/contradicting-limits.ts";
import composeContradictingReplicas from "./compose/contradicting-replicas.ts";
import composeContradictingRestart from "./compose/contradicting-restart.ts";
import composeDangerousDevice from "./compose/dangerous-device.ts";
import composeDefaultBridge from "./compose/default-bridge.ts";
import composeDefaultNetwork from "./compose/default-network.ts";
import composeDependencyCycle from "./compose/dependency-cycle.ts";
import composeDevelopmentCommand from "./compose/development-command.ts";
import composeDevelopmentEnvironment from "./compose/development-environment.ts";
import composeDifferingRestartLimit from "./compose/differing-restart-limit.ts";
import composeDisabledHealthcheck from "./compose/disabled-healthcheck.ts";
import composeDisabledLogging from "./compose/disabled-logging.ts";
import composeDisabledSelinuxLabel from "./compose/disabled-selinux-label.ts";
import composeDockerSocketMount from "./compose/docker-socket-mount.ts";
import composeDockerfileAndInline from "./compose/dockerfile-and-inline.ts";
import composeDuplicateContainerName from "./compose/duplicate-container-name.ts";
import composeDuplicateHostPort from "./compose/duplicate-host-port.ts";
import composeDuplicateMountTarget from "./compose/duplicate-mount-target.ts";
import composeDuplicateVariable from "./compose/duplicate-variable.ts";
import composeExtendsCycle from "./compose/extends-cycle.ts";
import composeExternalWithOptions from "./compose/external-with-options.ts";
import composeGlobalWithReplicas from "./compose/global-with-replicas.ts";
import composeGpuCountWithIds from "./compose/gpu-count-with-ids.ts";
import composeHealthcheckTestForm from "./compose/healthcheck-test-form.ts";
import composeHostCgroup from "./compose/host-cgroup.ts";
import composeHostIpc from "./compose/host-ipc.ts";
import composeHostNetwork from "./compose/host-network.ts";
import composeHostPid from "./compose/host-pid.ts";
import composeHostTakeoverCapability from "./compose/host-takeover-capability.ts";
import composeHostUserNamespace from "./compose/host-user-namespace.ts";
import composeHostUts from "./compose/host-uts.ts";
import composeHostWideCapability from "./compose/host-wide-capability.ts";
import composeIgnoredByCompose from "./compose/ignored-by-compose.ts";
import composeIgnoredByStack from "./compose/ignored-by-stack.ts";
import composeIgnoredExternalOptions from "./compose/ignored-external-options.ts";
import composeImpatientHealthcheck from "./compose/impatient-healthcheck.ts";
import composeIncompleteMount from "./compose/incomplete-mount.ts";
import composeInvalidContainerName from "./compose/invalid-container-name.ts";
import composeInvalidExtraHost from "./compose/invalid-extra-host.ts";
import composeInvalidHostIp from "./compose/invalid-host-ip.ts";
import composeInvalidInterpolation from "./compose/invalid-interpolation.ts";
import composeInvalidName from "./compose/invalid-name.ts";
import composeInvalidPort from "./compose/invalid-port.ts";
import composeInvalidRestartPolicy from "./compose/invalid-restart-policy.ts";
import composeKernelLogCapability from "./compose/kernel-log-capability.ts";
import composeLegacyLinks from "./compose/legacy-links.ts";
import composeMisplacedDataVolume from "./compose/misplaced-data-volume.ts";
import composeMissingCapDrop from "./compose/missing-cap-drop.ts";
import composeMissingComposeFile from "./compose/missing-compose-file.ts";
import composeMissingCpuLimit from "./compose/missing-cpu-limit.ts";
import composeMissingDockerfile from "./compose/missing-dockerfile.ts";
import composeMissingEnvFile from "./compose/missing-env-file.ts";
import composeMissingHealthcheck from "./compose/missing-healthcheck.ts";
import composeMissingInit from "./compose/missing-init.ts";
import composeMissingKey from "./compose/missing-key.ts";
import composeMissingMemoryLimit from "./compose/missing-memory-limit.ts";
import composeMissingPidsLimit from "./compose/missing-pids-limit.ts";
import composeMissingProjectName from "./compose/missing-project-name.ts";
import composeMissingRestartPolicy from "./compose/missing-restart-policy.ts";
import composeMissingStopGracePeriod from "./compose/missing-stop-grace-period.ts";
import composeMissingUlimits from "./compose/missing-ulimits.ts";
import composeMissingUpdatePolicy from "./compose/missing-update-policy.ts";
import composeMissingUser from "./compose/missing-user.ts";
import composeMountPropagation from "./compose/mount-propagation.ts";
import composeNetworkAdminCapability from "./compose/network-admin-capability.ts";
import composeNetworkModeWithNetworks from "./compose/network-mode-with-networks.ts";
import composeNoNewPrivileges from "./compose/no-new-privileges.ts";
import composeNonStringKey from "./compose/non-string-key.ts";
import composeObsoleteVersion from "./compose/obsolete-version.ts";
import composePlaintextSecret from "./compose/plaintext-secret.ts";
import composePlatformNotBuilt from "./compose/platform-not-built.ts";
import composePrivilegedPort from "./compose/privileged-port.ts";
import composePrivilegedService from "./compose/privileged-service.ts";
import composeProcessTracingCapability from "./compose/process-tracing-capability.ts";
import composeProfiledDependency from "./compose/profiled-dependency.ts";
import composePublicDatabasePort from "./compose/public-database-port.ts";
import composePublicInternalPort from "./compose/public-internal-port.ts";
import composePublicPort from "./compose/public-port.ts";
import composePublishedSshPort from "./compose/published-ssh-port.ts";
import composeRejectedByStack from "./compose/rejected-by-stack.ts";
import composeReplicasOnLocalVolume from "./compose/replicas-on-local-volume.ts";
import composeResourceCapability from "./compose/resource-capability.ts";
import composeRestartedJob from "./compose/restarted-job.ts";
import composeRootUser from "./compose/root-user.ts";
import composeSecretDefault from "./compose/secret-default.ts";
import composeSecretInCommand from "./compose/secret-in-command.ts";
import composeSecretSource from "./compose/secret-source.ts";
import composeSensitiveHostPath from "./compose/sensitive-host-path.ts";
import composeServiceWithoutImage from "./compose/service-without-image.ts";
import composeShadowedMount from "./compose/shadowed-mount.ts";
import composeSharedDatabaseNetwork from "./compose/shared-database-network.ts";
import composeSharedVolume from "./compose/shared-volume.ts";
import composeShellAsProcess1 from "./compose/shell-as-process-1.ts";
import composeShortStopGracePeriod from "./compose/short-stop-grace-period.ts";
import composeSourceBindMount from "./compose/source-bind-mount.ts";
import composeSpacedVariableName from "./compose/spaced-variable-name.ts";
import composeStackBindMount from "./compose/stack-bind-mount.ts";
import composeStartFirstConflict from "./compose/start-first-conflict.ts";
import composeStatefulWithoutVolume from "./compose/stateful-without-volume.ts";
import composeSyntax from "./compose/syntax.ts";
import composeUnboundedLogs from "./compose/unbounded-logs.ts";
import composeUncheckedDependency from "./compose/unchecked-dependency.ts";
import composeUnconfinedApparmor from "./compose/unconfined-apparmor.ts";
import composeUnconfinedSeccomp from "./compose/unconfined-seccomp.ts";
import composeUndefinedVariable from "./compose/undefined-variable.ts";
import composeUnescapedDollar from "./compose/unescaped-dollar.ts";
import composeUnexposedPort from "./compose/unexposed-port.ts";
import composeUngracefulStopSignal from "./compose/ungraceful-stop-signal.ts";
import composeUngrantedSecret from "./compose/ungranted-secret.ts";
import composeUnhardenedService from "./compose/unhardened-service.ts";
import composeUnknownBaseService from "./compose/unknown-base-service.ts";
import composeUnknownBuildArg from "./compose/unknown-build-arg.ts";
import composeUnknownBuildContext from "./compose/unknown-build-context.ts";
import composeUnknownBuildTarget from "./compose/unknown-build-target.ts";
import composeUnknownConfig from "./compose/unknown-config.ts";
import composeUnknownDependency from "./compose/unknown-dependency.ts";
import composeUnknownKey from "./compose/unknown-key.ts";
import composeUnknownModel from "./compose/unknown-model.ts";
import composeUnknownNetwork from "./compose/unknown-network.ts";
import composeUnknownSecret from "./compose/unknown-secret.ts";
import composeUnknownVolume from "./compose/unknown-volume.ts";
import composeUnplacedStatefulService from "./compose/unplaced-stateful-service.ts";
import composeUnquotedPort from "./compose/unquoted-port.ts";
import composeUnreadyDependency from "./compose/unready-dependency.ts";
import composeUnreliableHealthcheck from "./compose/unreliable-healthcheck.ts";
import composeUnrunnableHealthcheck from "./compose/unrunnable-healthcheck.ts";
import composeUnsafeTmpfs from "./compose/unsafe-tmpfs.ts";
import composeUnsupportedVersion from "./compose/unsupported-version.ts";
import composeUnusedDefinition from "./compose/unused-definition.ts";
import composeUnversionedConfig from "./compose/unversioned-config.ts";
import composeUpdateWithoutHealthcheck from "./compose/update-without-healthcheck.ts";
import composeWatchWithoutTarget from "./compose/watch-without-target.ts";
import composeWidePortRange from "./compose/wide-port-range.ts";
import composeWritableConfigMount from "./compose/writable-config-mount.ts";
import composeWritableHostRoot from "./compose/writable-host-root.ts";
import composeWritableRootFilesystem from "./compose/writable-root-filesystem.ts";
import composeWrongType from "./compose/wrong-type.ts";
import composeYesNoBoolean from "./compose/yes-no-boolean.ts";
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
  composeAppendedPorts,
  composeBuildAndImage,
  composeContainerNameWithReplicas,
  composeContradictingLimits,
  composeContradictingReplicas,
  composeContradictingRestart,
  composeDangerousDevice,
  composeDefaultBridge,
  composeDefaultNetwork,
  composeDependencyCycle,
  composeDevelopmentCommand,
  composeDevelopmentEnvironment,
  composeDifferingRestartLimit,
  composeDisabledHealthcheck,
  composeDisabledLogging,
  composeDisabledSelinuxLabel,
  composeDockerSocketMount,
  composeDockerfileAndInline,
  composeDuplicateContainerName,
  composeDuplicateHostPort,
  composeDuplicateMountTarget,
  composeDuplicateVariable,
  composeExtendsCycle,
  composeExternalWithOptions,
  composeGlobalWithReplicas,
  composeGpuCountWithIds,
  composeHealthcheckTestForm,
  composeHostCgroup,
  composeHostIpc,
  composeHostNetwork,
  composeHostPid,
  composeHostTakeoverCapability,
  composeHostUserNamespace,
  composeHostUts,
  composeHostWideCapability,
  composeIgnoredByCompose,
  composeIgnoredByStack,
  composeIgnoredExternalOptions,
  composeImpatientHealthcheck,
  composeIncompleteMount,
  composeInvalidContainerName,
  composeInvalidExtraHost,
  composeInvalidHostIp,
  composeInvalidInterpolation,
  composeInvalidName,
  composeInvalidPort,
  composeInvalidRestartPolicy,
  composeKernelLogCapability,
  composeLegacyLinks,
  composeMisplacedDataVolume,
  composeMissingCapDrop,
  composeMissingComposeFile,
  composeMissingCpuLimit,
  composeMissingDockerfile,
  composeMissingEnvFile,
  composeMissingHealthcheck,
  composeMissingInit,
  composeMissingKey,
  composeMissingMemoryLimit,
  composeMissingPidsLimit,
  composeMissingProjectName,
  composeMissingRestartPolicy,
  composeMissingStopGracePeriod,
  composeMissingUlimits,
  composeMissingUpdatePolicy,
  composeMissingUser,
  composeMountPropagation,
  composeNetworkAdminCapability,
  composeNetworkModeWithNetworks,
  composeNoNewPrivileges,
  composeNonStringKey,
  composeObsoleteVersion,
  composePlaintextSecret,
  composePlatformNotBuilt,
  composePrivilegedPort,
  composePrivilegedService,
  composeProcessTracingCapability,
  composeProfiledDependency,
  composePublicDatabasePort,
  composePublicInternalPort,
  composePublicPort,
  composePublishedSshPort,
  composeRejectedByStack,
  composeReplicasOnLocalVolume,
  composeResourceCapability,
  composeRestartedJob,
  composeRootUser,
  composeSecretDefault,
  composeSecretInCommand,
  composeSecretSource,
  composeSensitiveHostPath,
  composeServiceWithoutImage,
  composeShadowedMount,
  composeSharedDatabaseNetwork,
  composeSharedVolume,
  composeShellAsProcess1,
  composeShortStopGracePeriod,
  composeSourceBindMount,
  composeSpacedVariableName,
  composeStackBindMount,
  composeStartFirstConflict,
  composeStatefulWithoutVolume,
  composeSyntax,
  composeUnboundedLogs,
  composeUncheckedDependency,
  composeUnconfinedApparmor,
  composeUnconfinedSeccomp,
  composeUndefinedVariable,
  composeUnescapedDollar,
  composeUnexposedPort,
  composeUngracefulStopSignal,
  composeUngrantedSecret,
  composeUnhardenedService,
  composeUnknownBaseService,
  composeUnknownBuildArg,
  composeUnknownBuildContext,
  composeUnknownBuildTarget,
  composeUnknownConfig,
  composeUnknownDependency,
  composeUnknownKey,
  composeUnknownModel,
  composeUnknownNetwork,
  composeUnknownSecret,
  composeUnknownVolume,
  composeUnplacedStatefulService,
  composeUnquotedPort,
  composeUnreadyDependency,
  composeUnreliableHealthcheck,
  composeUnrunnableHealthcheck,
  composeUnsafeTmpfs,
  composeUnsupportedVersion,
  composeUnusedDefinition,
  composeUnversionedConfig,
  composeUpdateWithoutHealthcheck,
  composeWatchWithoutTarget,
  composeWidePortRange,
  composeWritableConfigMount,
  composeWritableHostRoot,
  composeWritableRootFilesystem,
  composeWrongType,
  composeYesNoBoolean,
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
