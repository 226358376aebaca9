// Generated from the rules; test/project/generated.test.ts keeps it up to date.
import type { Rule } from "../../engine/rule.ts";
import appendedPorts from "./appended-ports.ts";
import buildAndImage from "./build-and-image.ts";
import containerNameWithReplicas from "./container-name-with-replicas.ts";
import contradictingLimits from "./contradicting-limits.ts";
import contradictingReplicas from "./contradicting-replicas.ts";
import contradictingRestart from "./contradicting-restart.ts";
import dangerousDevice from "./dangerous-device.ts";
import defaultBridge from "./default-bridge.ts";
import defaultNetwork from "./default-network.ts";
import dependencyCycle from "./dependency-cycle.ts";
import developmentCommand from "./development-command.ts";
import developmentEnvironment from "./development-environment.ts";
import differingRestartLimit from "./differing-restart-limit.ts";
import disabledHealthcheck from "./disabled-healthcheck.ts";
import disabledLogging from "./disabled-logging.ts";
import disabledSelinuxLabel from "./disabled-selinux-label.ts";
import dockerSocketMount from "./docker-socket-mount.ts";
import dockerfileAndInline from "./dockerfile-and-inline.ts";
import duplicateContainerName from "./duplicate-container-name.ts";
import duplicateHostPort from "./duplicate-host-port.ts";
import duplicateMountTarget from "./duplicate-mount-target.ts";
import duplicateVariable from "./duplicate-variable.ts";
import extendsCycle from "./extends-cycle.ts";
import externalWithOptions from "./external-with-options.ts";
import globalWithReplicas from "./global-with-replicas.ts";
import gpuCountWithIds from "./gpu-count-with-ids.ts";
import healthcheckTestForm from "./healthcheck-test-form.ts";
import hostCgroup from "./host-cgroup.ts";
import hostIpc from "./host-ipc.ts";
import hostNetwork from "./host-network.ts";
import hostPid from "./host-pid.ts";
import hostTakeoverCapability from "./host-takeover-capability.ts";
import hostUserNamespace from "./host-user-namespace.ts";
import hostUts from "./host-uts.ts";
import hostWideCapability from "./host-wide-capability.ts";
import ignoredByCompose from "./ignored-by-compose.ts";
import ignoredByStack from "./ignored-by-stack.ts";
import ignoredExternalOptions from "./ignored-external-options.ts";
import impatientHealthcheck from "./impatient-healthcheck.ts";
import incompleteMount from "./incomplete-mount.ts";
import invalidContainerName from "./invalid-container-name.ts";
import invalidExtraHost from "./invalid-extra-host.ts";
import invalidHostIp from "./invalid-host-ip.ts";
import invalidInterpolation from "./invalid-interpolation.ts";
import invalidName from "./invalid-name.ts";
import invalidPort from "./invalid-port.ts";
import invalidRestartPolicy from "./invalid-restart-policy.ts";
import kernelLogCapability from "./kernel-log-capability.ts";
import legacyLinks from "./legacy-links.ts";
import misplacedDataVolume from "./misplaced-data-volume.ts";
import missingCapDrop from "./missing-cap-drop.ts";
import missingComposeFile from "./missing-compose-file.ts";
import missingCpuLimit from "./missing-cpu-limit.ts";
import missingDockerfile from "./missing-dockerfile.ts";
import missingEnvFile from "./missing-env-file.ts";
import missingHealthcheck from "./missing-healthcheck.ts";
import missingInit from "./missing-init.ts";
import missingKey from "./missing-key.ts";
import missingMemoryLimit from "./missing-memory-limit.ts";
import missingPidsLimit from "./missing-pids-limit.ts";
import missingProjectName from "./missing-project-name.ts";
import missingRestartPolicy from "./missing-restart-policy.ts";
import missingStopGracePeriod from "./missing-stop-grace-period.ts";
import missingUlimits from "./missing-ulimits.ts";
import missingUpdatePolicy from "./missing-update-policy.ts";
import missingUser from "./missing-user.ts";
import mountPropagation from "./mount-propagation.ts";
import networkAdminCapability from "./network-admin-capability.ts";
import networkModeWithNetworks from "./network-mode-with-networks.ts";
import noNewPrivileges from "./no-new-privileges.ts";
import nonStringKey from "./non-string-key.ts";
import obsoleteVersion from "./obsolete-version.ts";
import plaintextSecret from "./plaintext-secret.ts";
import platformNotBuilt from "./platform-not-built.ts";
import privilegedPort from "./privileged-port.ts";
import privilegedService from "./privileged-service.ts";
import processTracingCapability from "./process-tracing-capability.ts";
import profiledDependency from "./profiled-dependency.ts";
import publicDatabasePort from "./public-database-port.ts";
import publicInternalPort from "./public-internal-port.ts";
import publicPort from "./public-port.ts";
import publishedSshPort from "./published-ssh-port.ts";
import rejectedByStack from "./rejected-by-stack.ts";
import replicasOnLocalVolume from "./replicas-on-local-volume.ts";
import resourceCapability from "./resource-capability.ts";
import restartedJob from "./restarted-job.ts";
import rootUser from "./root-user.ts";
import secretDefault from "./secret-default.ts";
import secretInCommand from "./secret-in-command.ts";
import secretSource from "./secret-source.ts";
import sensitiveHostPath from "./sensitive-host-path.ts";
import serviceWithoutImage from "./service-without-image.ts";
import shadowedMount from "./shadowed-mount.ts";
import sharedDatabaseNetwork from "./shared-database-network.ts";
import sharedVolume from "./shared-volume.ts";
import shellAsProcess1 from "./shell-as-process-1.ts";
import shortStopGracePeriod from "./short-stop-grace-period.ts";
import sourceBindMount from "./source-bind-mount.ts";
import spacedVariableName from "./spaced-variable-name.ts";
import stackBindMount from "./stack-bind-mount.ts";
import startFirstConflict from "./start-first-conflict.ts";
import statefulWithoutVolume from "./stateful-without-volume.ts";
import syntax from "./syntax.ts";
import unboundedLogs from "./unbounded-logs.ts";
import uncheckedDependency from "./unchecked-dependency.ts";
import unconfinedApparmor from "./unconfined-apparmor.ts";
import unconfinedSeccomp from "./unconfined-seccomp.ts";
import undefinedVariable from "./undefined-variable.ts";
import unescapedDollar from "./unescaped-dollar.ts";
import unexposedPort from "./unexposed-port.ts";
import ungracefulStopSignal from "./ungraceful-stop-signal.ts";
import ungrantedSecret from "./ungranted-secret.ts";
import unhardenedService from "./unhardened-service.ts";
import unknownBaseService from "./unknown-base-service.ts";
import unknownBuildArg from "./unknown-build-arg.ts";
import unknownBuildContext from "./unknown-build-context.ts";
import unknownBuildTarget from "./unknown-build-target.ts";
import unknownConfig from "./unknown-config.ts";
import unknownDependency from "./unknown-dependency.ts";
import unknownKey from "./unknown-key.ts";
import unknownModel from "./unknown-model.ts";
import unknownNetwork from "./unknown-network.ts";
import unknownSecret from "./unknown-secret.ts";
import unknownVolume from "./unknown-volume.ts";
import unplacedStatefulService from "./unplaced-stateful-service.ts";
import unquotedPort from "./unquoted-port.ts";
import unreadyDependency from "./unready-dependency.ts";
import unreliableHealthcheck from "./unreliable-healthcheck.ts";
import unrunnableHealthcheck from "./unrunnable-healthcheck.ts";
import unsafeTmpfs from "./unsafe-tmpfs.ts";
import unsupportedVersion from "./unsupported-version.ts";
import unusedDefinition from "./unused-definition.ts";
import unversionedConfig from "./unversioned-config.ts";
import updateWithoutHealthcheck from "./update-without-healthcheck.ts";
import watchWithoutTarget from "./watch-without-target.ts";
import widePortRange from "./wide-port-range.ts";
import writableConfigMount from "./writable-config-mount.ts";
import writableHostRoot from "./writable-host-root.ts";
import writableRootFilesystem from "./writable-root-filesystem.ts";
import wrongType from "./wrong-type.ts";
import yesNoBoolean from "./yes-no-boolean.ts";

/** The rules of this folder, by slug. */
export const composeRules: readonly Rule[] = [
  appendedPorts,
  buildAndImage,
  containerNameWithReplicas,
  contradictingLimits,
  contradictingReplicas,
  contradictingRestart,
  dangerousDevice,
  defaultBridge,
  defaultNetwork,
  dependencyCycle,
  developmentCommand,
  developmentEnvironment,
  differingRestartLimit,
  disabledHealthcheck,
  disabledLogging,
  disabledSelinuxLabel,
  dockerSocketMount,
  dockerfileAndInline,
  duplicateContainerName,
  duplicateHostPort,
  duplicateMountTarget,
  duplicateVariable,
  extendsCycle,
  externalWithOptions,
  globalWithReplicas,
  gpuCountWithIds,
  healthcheckTestForm,
  hostCgroup,
  hostIpc,
  hostNetwork,
  hostPid,
  hostTakeoverCapability,
  hostUserNamespace,
  hostUts,
  hostWideCapability,
  ignoredByCompose,
  ignoredByStack,
  ignoredExternalOptions,
  impatientHealthcheck,
  incompleteMount,
  invalidContainerName,
  invalidExtraHost,
  invalidHostIp,
  invalidInterpolation,
  invalidName,
  invalidPort,
  invalidRestartPolicy,
  kernelLogCapability,
  legacyLinks,
  misplacedDataVolume,
  missingCapDrop,
  missingComposeFile,
  missingCpuLimit,
  missingDockerfile,
  missingEnvFile,
  missingHealthcheck,
  missingInit,
  missingKey,
  missingMemoryLimit,
  missingPidsLimit,
  missingProjectName,
  missingRestartPolicy,
  missingStopGracePeriod,
  missingUlimits,
  missingUpdatePolicy,
  missingUser,
  mountPropagation,
  networkAdminCapability,
  networkModeWithNetworks,
  noNewPrivileges,
  nonStringKey,
  obsoleteVersion,
  plaintextSecret,
  platformNotBuilt,
  privilegedPort,
  privilegedService,
  processTracingCapability,
  profiledDependency,
  publicDatabasePort,
  publicInternalPort,
  publicPort,
  publishedSshPort,
  rejectedByStack,
  replicasOnLocalVolume,
  resourceCapability,
  restartedJob,
  rootUser,
  secretDefault,
  secretInCommand,
  secretSource,
  sensitiveHostPath,
  serviceWithoutImage,
  shadowedMount,
  sharedDatabaseNetwork,
  sharedVolume,
  shellAsProcess1,
  shortStopGracePeriod,
  sourceBindMount,
  spacedVariableName,
  stackBindMount,
  startFirstConflict,
  statefulWithoutVolume,
  syntax,
  unboundedLogs,
  uncheckedDependency,
  unconfinedApparmor,
  unconfinedSeccomp,
  undefinedVariable,
  unescapedDollar,
  unexposedPort,
  ungracefulStopSignal,
  ungrantedSecret,
  unhardenedService,
  unknownBaseService,
  unknownBuildArg,
  unknownBuildContext,
  unknownBuildTarget,
  unknownConfig,
  unknownDependency,
  unknownKey,
  unknownModel,
  unknownNetwork,
  unknownSecret,
  unknownVolume,
  unplacedStatefulService,
  unquotedPort,
  unreadyDependency,
  unreliableHealthcheck,
  unrunnableHealthcheck,
  unsafeTmpfs,
  unsupportedVersion,
  unusedDefinition,
  unversionedConfig,
  updateWithoutHealthcheck,
  watchWithoutTarget,
  widePortRange,
  writableConfigMount,
  writableHostRoot,
  writableRootFilesystem,
  wrongType,
  yesNoBoolean,
];
