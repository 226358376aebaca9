// Generated from the rules; test/project/generated.test.ts keeps it up to date.
import type { Rule } from "../../engine/rule.ts";
import addForLocalFile from "./add-for-local-file.ts";
import aptForScripts from "./apt-for-scripts.ts";
import baseStageCasing from "./base-stage-casing.ts";
import bashInSh from "./bash-in-sh.ts";
import bufferedPythonOutput from "./buffered-python-output.ts";
import cdInsteadOfWorkdir from "./cd-instead-of-workdir.ts";
import chmodAfterCopy from "./chmod-after-copy.ts";
import circularStages from "./circular-stages.ts";
import cleartextDownload from "./cleartext-download.ts";
import consecutiveCopies from "./consecutive-copies.ts";
import consecutiveRuns from "./consecutive-runs.ts";
import constantPlatform from "./constant-platform.ts";
import containerSocket from "./container-socket.ts";
import copiedArchive from "./copied-archive.ts";
import copiedRootFilesystem from "./copied-root-filesystem.ts";
import copyEverything from "./copy-everything.ts";
import copyFromEmptyStage from "./copy-from-empty-stage.ts";
import copyWithoutChown from "./copy-without-chown.ts";
import curlWithoutFail from "./curl-without-fail.ts";
import dangerousRm from "./dangerous-rm.ts";
import debugMode from "./debug-mode.ts";
import developmentCommand from "./development-command.ts";
import developmentInstall from "./development-install.ts";
import developmentStageLast from "./development-stage-last.ts";
import distributionUpgrade from "./distribution-upgrade.ts";
import downloadByAdd from "./download-by-add.ts";
import duplicateLabel from "./duplicate-label.ts";
import duplicateStageName from "./duplicate-stage-name.ts";
import dynamicBinary from "./dynamic-binary.ts";
import emptyArgInFrom from "./empty-arg-in-from.ts";
import emptyContinuation from "./empty-continuation.ts";
import entrypointWithoutDefault from "./entrypoint-without-default.ts";
import entrypointWithoutExec from "./entrypoint-without-exec.ts";
import execFormVariable from "./exec-form-variable.ts";
import exposedAdminPort from "./exposed-admin-port.ts";
import externalCopySource from "./external-copy-source.ts";
import fragileDownload from "./fragile-download.ts";
import fromAsCasing from "./from-as-casing.ts";
import gitCloneInRun from "./git-clone-in-run.ts";
import hostNetworkBuildStep from "./host-network-build-step.ts";
import ignoredFailure from "./ignored-failure.ts";
import ignoredFileCopied from "./ignored-file-copied.ts";
import installBeforeCopy from "./install-before-copy.ts";
import instructionBeforeFrom from "./instruction-before-from.ts";
import interactiveInstall from "./interactive-install.ts";
import invalidLabelKey from "./invalid-label-key.ts";
import invalidLabelValue from "./invalid-label-value.ts";
import invalidOnbuild from "./invalid-onbuild.ts";
import keywordCasing from "./keyword-casing.ts";
import largeUserId from "./large-user-id.ts";
import legacyKeyValue from "./legacy-key-value.ts";
import maintainer from "./maintainer.ts";
import malformedExecForm from "./malformed-exec-form.ts";
import missingCaCertificates from "./missing-ca-certificates.ts";
import missingCacheMount from "./missing-cache-mount.ts";
import missingCommand from "./missing-command.ts";
import missingExpose from "./missing-expose.ts";
import missingFrom from "./missing-from.ts";
import missingHealthcheck from "./missing-healthcheck.ts";
import missingLabel from "./missing-label.ts";
import missingOciLabels from "./missing-oci-labels.ts";
import missingProductionMode from "./missing-production-mode.ts";
import missingShell from "./missing-shell.ts";
import missingUser from "./missing-user.ts";
import namedUser from "./named-user.ts";
import noisyWget from "./noisy-wget.ts";
import noninteractiveLeft from "./noninteractive-left.ts";
import packageCacheLeft from "./package-cache-left.ts";
import packageListsLeft from "./package-lists-left.ts";
import packageManagerAsProcess1 from "./package-manager-as-process-1.ts";
import parserDirective from "./parser-directive.ts";
import passwordInImage from "./password-in-image.ts";
import permissiveSecretMount from "./permissive-secret-mount.ts";
import pipeWithoutPipefail from "./pipe-without-pipefail.ts";
import pipedInstaller from "./piped-installer.ts";
import platformMismatch from "./platform-mismatch.ts";
import pointlessCommand from "./pointless-command.ts";
import portMappingInExpose from "./port-mapping-in-expose.ts";
import portOutOfRange from "./port-out-of-range.ts";
import portProtocolCasing from "./port-protocol-casing.ts";
import privilegedBuildStep from "./privileged-build-step.ts";
import recommendedPackages from "./recommended-packages.ts";
import redundantPlatform from "./redundant-platform.ts";
import relativeDestination from "./relative-destination.ts";
import relativeWorkdir from "./relative-workdir.ts";
import relinkedShell from "./relinked-shell.ts";
import repeatedCommand from "./repeated-command.ts";
import reservedStageName from "./reserved-stage-name.ts";
import rootUser from "./root-user.ts";
import secretFileCopied from "./secret-file-copied.ts";
import secretInBuildVariable from "./secret-in-build-variable.ts";
import secretInCommand from "./secret-in-command.ts";
import secretLeftInLayer from "./secret-left-in-layer.ts";
import selfReferringVariable from "./self-referring-variable.ts";
import severalSourcesToFile from "./several-sources-to-file.ts";
import shellFormCommand from "./shell-form-command.ts";
import shellFormHealthcheck from "./shell-form-healthcheck.ts";
import shellcheck from "./shellcheck.ts";
import singleStageToolchain from "./single-stage-toolchain.ts";
import stageDescription from "./stage-description.ts";
import stageNameCasing from "./stage-name-casing.ts";
import stalePackageLists from "./stale-package-lists.ts";
import stopSignalName from "./stop-signal-name.ts";
import sudo from "./sudo.ts";
import superfluousLabel from "./superfluous-label.ts";
import supplementaryGroupsLost from "./supplementary-groups-lost.ts";
import syntax from "./syntax.ts";
import systemWorkdir from "./system-workdir.ts";
import telemetry from "./telemetry.ts";
import tlsVerificationOff from "./tls-verification-off.ts";
import undeclaredArgInFrom from "./undeclared-arg-in-from.ts";
import undeclaredHealthcheck from "./undeclared-healthcheck.ts";
import undefinedVariable from "./undefined-variable.ts";
import ungracefulStopSignal from "./ungraceful-stop-signal.ts";
import unknownCopySource from "./unknown-copy-source.ts";
import unnamedStage from "./unnamed-stage.ts";
import unpinnedPackage from "./unpinned-package.ts";
import unpinnedSystemPackage from "./unpinned-system-package.ts";
import unreliableHealthcheck from "./unreliable-healthcheck.ts";
import unresolvableUser from "./unresolvable-user.ts";
import unrunnableHealthcheck from "./unrunnable-healthcheck.ts";
import unsignedPackages from "./unsigned-packages.ts";
import unusedStage from "./unused-stage.ts";
import unverifiedDownload from "./unverified-download.ts";
import unwritableStatePath from "./unwritable-state-path.ts";
import wgetAndCurl from "./wget-and-curl.ts";
import windowsUnsupported from "./windows-unsupported.ts";
import worldWritable from "./world-writable.ts";
import writableProgram from "./writable-program.ts";
import writtenByEcho from "./written-by-echo.ts";

/** The rules of this folder, by slug. */
export const dockerfileRules: readonly Rule[] = [
  addForLocalFile,
  aptForScripts,
  baseStageCasing,
  bashInSh,
  bufferedPythonOutput,
  cdInsteadOfWorkdir,
  chmodAfterCopy,
  circularStages,
  cleartextDownload,
  consecutiveCopies,
  consecutiveRuns,
  constantPlatform,
  containerSocket,
  copiedArchive,
  copiedRootFilesystem,
  copyEverything,
  copyFromEmptyStage,
  copyWithoutChown,
  curlWithoutFail,
  dangerousRm,
  debugMode,
  developmentCommand,
  developmentInstall,
  developmentStageLast,
  distributionUpgrade,
  downloadByAdd,
  duplicateLabel,
  duplicateStageName,
  dynamicBinary,
  emptyArgInFrom,
  emptyContinuation,
  entrypointWithoutDefault,
  entrypointWithoutExec,
  execFormVariable,
  exposedAdminPort,
  externalCopySource,
  fragileDownload,
  fromAsCasing,
  gitCloneInRun,
  hostNetworkBuildStep,
  ignoredFailure,
  ignoredFileCopied,
  installBeforeCopy,
  instructionBeforeFrom,
  interactiveInstall,
  invalidLabelKey,
  invalidLabelValue,
  invalidOnbuild,
  keywordCasing,
  largeUserId,
  legacyKeyValue,
  maintainer,
  malformedExecForm,
  missingCaCertificates,
  missingCacheMount,
  missingCommand,
  missingExpose,
  missingFrom,
  missingHealthcheck,
  missingLabel,
  missingOciLabels,
  missingProductionMode,
  missingShell,
  missingUser,
  namedUser,
  noisyWget,
  noninteractiveLeft,
  packageCacheLeft,
  packageListsLeft,
  packageManagerAsProcess1,
  parserDirective,
  passwordInImage,
  permissiveSecretMount,
  pipeWithoutPipefail,
  pipedInstaller,
  platformMismatch,
  pointlessCommand,
  portMappingInExpose,
  portOutOfRange,
  portProtocolCasing,
  privilegedBuildStep,
  recommendedPackages,
  redundantPlatform,
  relativeDestination,
  relativeWorkdir,
  relinkedShell,
  repeatedCommand,
  reservedStageName,
  rootUser,
  secretFileCopied,
  secretInBuildVariable,
  secretInCommand,
  secretLeftInLayer,
  selfReferringVariable,
  severalSourcesToFile,
  shellFormCommand,
  shellFormHealthcheck,
  shellcheck,
  singleStageToolchain,
  stageDescription,
  stageNameCasing,
  stalePackageLists,
  stopSignalName,
  sudo,
  superfluousLabel,
  supplementaryGroupsLost,
  syntax,
  systemWorkdir,
  telemetry,
  tlsVerificationOff,
  undeclaredArgInFrom,
  undeclaredHealthcheck,
  undefinedVariable,
  ungracefulStopSignal,
  unknownCopySource,
  unnamedStage,
  unpinnedPackage,
  unpinnedSystemPackage,
  unreliableHealthcheck,
  unresolvableUser,
  unrunnableHealthcheck,
  unsignedPackages,
  unusedStage,
  unverifiedDownload,
  unwritableStatePath,
  wgetAndCurl,
  windowsUnsupported,
  worldWritable,
  writableProgram,
  writtenByEcho,
];
