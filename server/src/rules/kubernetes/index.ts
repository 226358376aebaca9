// Generated from the rules; test/project/generated.test.ts keeps it up to date.
import type { Rule } from "../../engine/rule.ts";
import addedBackCapability from "./added-back-capability.ts";
import addedCapability from "./added-capability.ts";
import anonymousBinding from "./anonymous-binding.ts";
import authenticatedBinding from "./authenticated-binding.ts";
import autoscaledReplicas from "./autoscaled-replicas.ts";
import autoscalerWithoutRequest from "./autoscaler-without-request.ts";
import blockingDisruptionBudget from "./blocking-disruption-budget.ts";
import budgetAboveAutoscaler from "./budget-above-autoscaler.ts";
import budgetWithoutPolicy from "./budget-without-policy.ts";
import cachedImage from "./cached-image.ts";
import capabilitiesKept from "./capabilities-kept.ts";
import certificateApproval from "./certificate-approval.ts";
import clusterAdminBinding from "./cluster-admin-binding.ts";
import colocatedReplicas from "./colocated-replicas.ts";
import competingAutoscalers from "./competing-autoscalers.ts";
import configMapManagement from "./config-map-management.ts";
import danglingMonitor from "./dangling-monitor.ts";
import danglingNetworkPolicy from "./dangling-network-policy.ts";
import danglingPolicyPeer from "./dangling-policy-peer.ts";
import danglingSelector from "./dangling-selector.ts";
import defaultAccountBinding from "./default-account-binding.ts";
import defaultAccountToken from "./default-account-token.ts";
import defaultNamespace from "./default-namespace.ts";
import defaultNdots from "./default-ndots.ts";
import defaultServiceAccount from "./default-service-account.ts";
import deletedClaims from "./deleted-claims.ts";
import deprecatedAnnotation from "./deprecated-annotation.ts";
import deprecatedApi from "./deprecated-api.ts";
import deprecatedKustomizeField from "./deprecated-kustomize-field.ts";
import deprecatedNodeLabel from "./deprecated-node-label.ts";
import deprecatedServiceAccountField from "./deprecated-service-account-field.ts";
import deprecatedVolume from "./deprecated-volume.ts";
import dockerSocketMount from "./docker-socket-mount.ts";
import duplicateEnv from "./duplicate-env.ts";
import duplicateName from "./duplicate-name.ts";
import duplicateNodePort from "./duplicate-node-port.ts";
import duplicateObject from "./duplicate-object.ts";
import duplicatePort from "./duplicate-port.ts";
import duplicateRoute from "./duplicate-route.ts";
import eagerLiveness from "./eager-liveness.ts";
import egressWithoutDns from "./egress-without-dns.ts";
import ephemeralData from "./ephemeral-data.ts";
import etcdPeersWithoutCertificates from "./etcd-peers-without-certificates.ts";
import etcdPeersWithoutTls from "./etcd-peers-without-tls.ts";
import etcdSelfSignedTls from "./etcd-self-signed-tls.ts";
import etcdWithoutClientCertificates from "./etcd-without-client-certificates.ts";
import etcdWithoutTls from "./etcd-without-tls.ts";
import execBinding from "./exec-binding.ts";
import exportedManifest from "./exported-manifest.ts";
import exposedService from "./exposed-service.ts";
import exposedWorkload from "./exposed-workload.ts";
import externalIps from "./external-ips.ts";
import externalNameAddress from "./external-name-address.ts";
import fewerThanThreeAutoscaledReplicas from "./fewer-than-three-autoscaled-replicas.ts";
import fewerThanThreeReplicas from "./fewer-than-three-replicas.ts";
import fixedAutoscaler from "./fixed-autoscaler.ts";
import forgottenNamespace from "./forgotten-namespace.ts";
import headlessExposedService from "./headless-exposed-service.ts";
import heapAboveLimit from "./heap-above-limit.ts";
import heldBackUpdate from "./held-back-update.ts";
import hostAliases from "./host-aliases.ts";
import hostNamespace from "./host-namespace.ts";
import hostNetworkDns from "./host-network-dns.ts";
import hostPathVolume from "./host-path-volume.ts";
import hostPort from "./host-port.ts";
import hostTakeoverCapability from "./host-takeover-capability.ts";
import hostUserNamespace from "./host-user-namespace.ts";
import identicalProbes from "./identical-probes.ts";
import ignoredPolicyRules from "./ignored-policy-rules.ts";
import impersonation from "./impersonation.ts";
import incompleteSecret from "./incomplete-secret.ts";
import ineffectivePermission from "./ineffective-permission.ts";
import ingressWithoutTls from "./ingress-without-tls.ts";
import injectableAnnotation from "./injectable-annotation.ts";
import instanceLabel from "./instance-label.ts";
import invalidAffinity from "./invalid-affinity.ts";
import invalidAutoscaler from "./invalid-autoscaler.ts";
import invalidClaim from "./invalid-claim.ts";
import invalidDisruptionBudget from "./invalid-disruption-budget.ts";
import invalidFileMode from "./invalid-file-mode.ts";
import invalidJob from "./invalid-job.ts";
import invalidLabel from "./invalid-label.ts";
import invalidName from "./invalid-name.ts";
import invalidProbe from "./invalid-probe.ts";
import invalidQuantity from "./invalid-quantity.ts";
import invalidRole from "./invalid-role.ts";
import invalidRoleBinding from "./invalid-role-binding.ts";
import invalidRollout from "./invalid-rollout.ts";
import invalidSchedule from "./invalid-schedule.ts";
import invalidTargetPort from "./invalid-target-port.ts";
import invalidTimeZone from "./invalid-time-zone.ts";
import invalidTopologySpread from "./invalid-topology-spread.ts";
import jobHistory from "./job-history.ts";
import jobWithoutDeadline from "./job-without-deadline.ts";
import jobWithoutTtl from "./job-without-ttl.ts";
import kubeSystemNamespace from "./kube-system-namespace.ts";
import logDeletion from "./log-deletion.ts";
import lowAutoscalingMinimum from "./low-autoscaling-minimum.ts";
import lowGroupId from "./low-group-id.ts";
import lowUserId from "./low-user-id.ts";
import mastersBinding from "./masters-binding.ts";
import mayRunAsRoot from "./may-run-as-root.ts";
import mismatchedSelector from "./mismatched-selector.ts";
import misreadQuantity from "./misread-quantity.ts";
import missingAnnotation from "./missing-annotation.ts";
import missingApparmorProfile from "./missing-apparmor-profile.ts";
import missingCpuLimit from "./missing-cpu-limit.ts";
import missingCpuRequest from "./missing-cpu-request.ts";
import missingCronjobDeadline from "./missing-cronjob-deadline.ts";
import missingDisruptionBudget from "./missing-disruption-budget.ts";
import missingEphemeralStorage from "./missing-ephemeral-storage.ts";
import missingExecProgram from "./missing-exec-program.ts";
import missingField from "./missing-field.ts";
import missingIngressClass from "./missing-ingress-class.ts";
import missingKustomizeFile from "./missing-kustomize-file.ts";
import missingLabel from "./missing-label.ts";
import missingLivenessProbe from "./missing-liveness-probe.ts";
import missingMemoryLimit from "./missing-memory-limit.ts";
import missingMemoryRequest from "./missing-memory-request.ts";
import missingNodeAffinity from "./missing-node-affinity.ts";
import missingPodSecurityLabels from "./missing-pod-security-labels.ts";
import missingPreStop from "./missing-pre-stop.ts";
import missingPriorityClass from "./missing-priority-class.ts";
import missingReadinessProbe from "./missing-readiness-probe.ts";
import missingRecommendedLabels from "./missing-recommended-labels.ts";
import missingResourceRequests from "./missing-resource-requests.ts";
import missingSeccompProfile from "./missing-seccomp-profile.ts";
import missingSecurityContext from "./missing-security-context.ts";
import missingServiceName from "./missing-service-name.ts";
import missingTimeZone from "./missing-time-zone.ts";
import missingTopologySpread from "./missing-topology-spread.ts";
import misspeltCapability from "./misspelt-capability.ts";
import mountPropagation from "./mount-propagation.ts";
import nakedPod from "./naked-pod.ts";
import namespaceWithoutLimitRange from "./namespace-without-limit-range.ts";
import namespaceWithoutQuota from "./namespace-without-quota.ts";
import nativeSecret from "./native-secret.ts";
import networkAdminCapability from "./network-admin-capability.ts";
import networkManagement from "./network-management.ts";
import neverPulled from "./never-pulled.ts";
import noRollback from "./no-rollback.ts";
import nodePortRange from "./node-port-range.ts";
import nodeProxy from "./node-proxy.ts";
import notHeadlessService from "./not-headless-service.ts";
import openPolicy from "./open-policy.ts";
import openRepositoryPrefix from "./open-repository-prefix.ts";
import overcommittedDevice from "./overcommitted-device.ts";
import overlappingCronjob from "./overlapping-cronjob.ts";
import overlappingDisruptionBudgets from "./overlapping-disruption-budgets.ts";
import oversizedData from "./oversized-data.ts";
import pausedRollout from "./paused-rollout.ts";
import pinnedNode from "./pinned-node.ts";
import plainSecretManifest from "./plain-secret-manifest.ts";
import podCreation from "./pod-creation.ts";
import podExec from "./pod-exec.ts";
import portForwarding from "./port-forwarding.ts";
import privilegeEscalation from "./privilege-escalation.ts";
import privilegedContainer from "./privileged-container.ts";
import privilegedPort from "./privileged-port.ts";
import privilegedScc from "./privileged-scc.ts";
import probeHost from "./probe-host.ts";
import probePort from "./probe-port.ts";
import protocolMismatch from "./protocol-mismatch.ts";
import publicDatabase from "./public-database.ts";
import rawNetworkCapability from "./raw-network-capability.ts";
import recreateStrategy from "./recreate-strategy.ts";
import refusedByNamespace from "./refused-by-namespace.ts";
import resourceRequestAboveLimit from "./resource-request-above-limit.ts";
import restrictedVolumeType from "./restricted-volume-type.ts";
import roleEscalation from "./role-escalation.ts";
import roleManagement from "./role-management.ts";
import rootGroup from "./root-group.ts";
import secretAccess from "./secret-access.ts";
import secretFromEnv from "./secret-from-env.ts";
import secretInCommand from "./secret-in-command.ts";
import secretInConfigMap from "./secret-in-config-map.ts";
import secretInEnv from "./secret-in-env.ts";
import selinuxOptions from "./selinux-options.ts";
import sensitiveHostPath from "./sensitive-host-path.ts";
import serviceAccountToken from "./service-account-token.ts";
import serviceLinks from "./service-links.ts";
import serviceStatus from "./service-status.ts";
import sharedServiceAccount from "./shared-service-account.ts";
import sharedSingleWriterClaim from "./shared-single-writer-claim.ts";
import shellAsProcess1 from "./shell-as-process-1.ts";
import shortCronjobDeadline from "./short-cronjob-deadline.ts";
import shortGracePeriod from "./short-grace-period.ts";
import shortProbeTimeout from "./short-probe-timeout.ts";
import shortProgressDeadline from "./short-progress-deadline.ts";
import singleReplica from "./single-replica.ts";
import slowStart from "./slow-start.ts";
import snippetAnnotation from "./snippet-annotation.ts";
import sshPort from "./ssh-port.ts";
import staleImage from "./stale-image.ts";
import stoppingRollout from "./stopping-rollout.ts";
import sudoInCommand from "./sudo-in-command.ts";
import suspendedJob from "./suspended-job.ts";
import syntax from "./syntax.ts";
import throttlingCpuLimit from "./throttling-cpu-limit.ts";
import tlsHostWithoutRule from "./tls-host-without-rule.ts";
import tokenCreation from "./token-creation.ts";
import toleratesEverything from "./tolerates-everything.ts";
import ttlBesideHistory from "./ttl-beside-history.ts";
import unboundedEmptyDir from "./unbounded-empty-dir.ts";
import unconfinedApparmor from "./unconfined-apparmor.ts";
import unconfinedContainer from "./unconfined-container.ts";
import unconfinedSeccomp from "./unconfined-seccomp.ts";
import undecodableSecret from "./undecodable-secret.ts";
import unenforcedPolicies from "./unenforced-policies.ts";
import unequalCpuRequest from "./unequal-cpu-request.ts";
import unequalEphemeralStorage from "./unequal-ephemeral-storage.ts";
import unequalMemoryRequest from "./unequal-memory-request.ts";
import unhardenedContainer from "./unhardened-container.ts";
import unhealthyPodEviction from "./unhealthy-pod-eviction.ts";
import unisolatedPod from "./unisolated-pod.ts";
import unknownAutoscalingTarget from "./unknown-autoscaling-target.ts";
import unknownBackend from "./unknown-backend.ts";
import unknownClaim from "./unknown-claim.ts";
import unknownConfigKey from "./unknown-config-key.ts";
import unknownConfigMap from "./unknown-config-map.ts";
import unknownField from "./unknown-field.ts";
import unknownGateway from "./unknown-gateway.ts";
import unknownKind from "./unknown-kind.ts";
import unknownPermission from "./unknown-permission.ts";
import unknownPriorityClass from "./unknown-priority-class.ts";
import unknownRole from "./unknown-role.ts";
import unknownSecret from "./unknown-secret.ts";
import unknownServiceAccount from "./unknown-service-account.ts";
import unknownTargetPort from "./unknown-target-port.ts";
import unknownValue from "./unknown-value.ts";
import unknownVolume from "./unknown-volume.ts";
import unlimitedRole from "./unlimited-role.ts";
import unlistedManifest from "./unlisted-manifest.ts";
import unmaskedProc from "./unmasked-proc.ts";
import unmaskedProcInUserNamespace from "./unmasked-proc-in-user-namespace.ts";
import unmatchedDisruptionBudget from "./unmatched-disruption-budget.ts";
import unmatchedTopologySpread from "./unmatched-topology-spread.ts";
import unnamedServicePort from "./unnamed-service-port.ts";
import unsafeSysctl from "./unsafe-sysctl.ts";
import unsaidNonRoot from "./unsaid-non-root.ts";
import unseenRole from "./unseen-role.ts";
import unseenServiceAccount from "./unseen-service-account.ts";
import unseenTarget from "./unseen-target.ts";
import untunedProbe from "./untuned-probe.ts";
import unusedVolume from "./unused-volume.ts";
import webhookManagement from "./webhook-management.ts";
import wildcardHost from "./wildcard-host.ts";
import wildcardPermission from "./wildcard-permission.ts";
import windowsHostProcess from "./windows-host-process.ts";
import writableHostPath from "./writable-host-path.ts";
import writableRootFilesystem from "./writable-root-filesystem.ts";
import wrongRestartPolicy from "./wrong-restart-policy.ts";
import wrongType from "./wrong-type.ts";

/** The rules of this folder, by slug. */
export const kubernetesRules: readonly Rule[] = [
  addedBackCapability,
  addedCapability,
  anonymousBinding,
  authenticatedBinding,
  autoscaledReplicas,
  autoscalerWithoutRequest,
  blockingDisruptionBudget,
  budgetAboveAutoscaler,
  budgetWithoutPolicy,
  cachedImage,
  capabilitiesKept,
  certificateApproval,
  clusterAdminBinding,
  colocatedReplicas,
  competingAutoscalers,
  configMapManagement,
  danglingMonitor,
  danglingNetworkPolicy,
  danglingPolicyPeer,
  danglingSelector,
  defaultAccountBinding,
  defaultAccountToken,
  defaultNamespace,
  defaultNdots,
  defaultServiceAccount,
  deletedClaims,
  deprecatedAnnotation,
  deprecatedApi,
  deprecatedKustomizeField,
  deprecatedNodeLabel,
  deprecatedServiceAccountField,
  deprecatedVolume,
  dockerSocketMount,
  duplicateEnv,
  duplicateName,
  duplicateNodePort,
  duplicateObject,
  duplicatePort,
  duplicateRoute,
  eagerLiveness,
  egressWithoutDns,
  ephemeralData,
  etcdPeersWithoutCertificates,
  etcdPeersWithoutTls,
  etcdSelfSignedTls,
  etcdWithoutClientCertificates,
  etcdWithoutTls,
  execBinding,
  exportedManifest,
  exposedService,
  exposedWorkload,
  externalIps,
  externalNameAddress,
  fewerThanThreeAutoscaledReplicas,
  fewerThanThreeReplicas,
  fixedAutoscaler,
  forgottenNamespace,
  headlessExposedService,
  heapAboveLimit,
  heldBackUpdate,
  hostAliases,
  hostNamespace,
  hostNetworkDns,
  hostPathVolume,
  hostPort,
  hostTakeoverCapability,
  hostUserNamespace,
  identicalProbes,
  ignoredPolicyRules,
  impersonation,
  incompleteSecret,
  ineffectivePermission,
  ingressWithoutTls,
  injectableAnnotation,
  instanceLabel,
  invalidAffinity,
  invalidAutoscaler,
  invalidClaim,
  invalidDisruptionBudget,
  invalidFileMode,
  invalidJob,
  invalidLabel,
  invalidName,
  invalidProbe,
  invalidQuantity,
  invalidRole,
  invalidRoleBinding,
  invalidRollout,
  invalidSchedule,
  invalidTargetPort,
  invalidTimeZone,
  invalidTopologySpread,
  jobHistory,
  jobWithoutDeadline,
  jobWithoutTtl,
  kubeSystemNamespace,
  logDeletion,
  lowAutoscalingMinimum,
  lowGroupId,
  lowUserId,
  mastersBinding,
  mayRunAsRoot,
  mismatchedSelector,
  misreadQuantity,
  missingAnnotation,
  missingApparmorProfile,
  missingCpuLimit,
  missingCpuRequest,
  missingCronjobDeadline,
  missingDisruptionBudget,
  missingEphemeralStorage,
  missingExecProgram,
  missingField,
  missingIngressClass,
  missingKustomizeFile,
  missingLabel,
  missingLivenessProbe,
  missingMemoryLimit,
  missingMemoryRequest,
  missingNodeAffinity,
  missingPodSecurityLabels,
  missingPreStop,
  missingPriorityClass,
  missingReadinessProbe,
  missingRecommendedLabels,
  missingResourceRequests,
  missingSeccompProfile,
  missingSecurityContext,
  missingServiceName,
  missingTimeZone,
  missingTopologySpread,
  misspeltCapability,
  mountPropagation,
  nakedPod,
  namespaceWithoutLimitRange,
  namespaceWithoutQuota,
  nativeSecret,
  networkAdminCapability,
  networkManagement,
  neverPulled,
  noRollback,
  nodePortRange,
  nodeProxy,
  notHeadlessService,
  openPolicy,
  openRepositoryPrefix,
  overcommittedDevice,
  overlappingCronjob,
  overlappingDisruptionBudgets,
  oversizedData,
  pausedRollout,
  pinnedNode,
  plainSecretManifest,
  podCreation,
  podExec,
  portForwarding,
  privilegeEscalation,
  privilegedContainer,
  privilegedPort,
  privilegedScc,
  probeHost,
  probePort,
  protocolMismatch,
  publicDatabase,
  rawNetworkCapability,
  recreateStrategy,
  refusedByNamespace,
  resourceRequestAboveLimit,
  restrictedVolumeType,
  roleEscalation,
  roleManagement,
  rootGroup,
  secretAccess,
  secretFromEnv,
  secretInCommand,
  secretInConfigMap,
  secretInEnv,
  selinuxOptions,
  sensitiveHostPath,
  serviceAccountToken,
  serviceLinks,
  serviceStatus,
  sharedServiceAccount,
  sharedSingleWriterClaim,
  shellAsProcess1,
  shortCronjobDeadline,
  shortGracePeriod,
  shortProbeTimeout,
  shortProgressDeadline,
  singleReplica,
  slowStart,
  snippetAnnotation,
  sshPort,
  staleImage,
  stoppingRollout,
  sudoInCommand,
  suspendedJob,
  syntax,
  throttlingCpuLimit,
  tlsHostWithoutRule,
  tokenCreation,
  toleratesEverything,
  ttlBesideHistory,
  unboundedEmptyDir,
  unconfinedApparmor,
  unconfinedContainer,
  unconfinedSeccomp,
  undecodableSecret,
  unenforcedPolicies,
  unequalCpuRequest,
  unequalEphemeralStorage,
  unequalMemoryRequest,
  unhardenedContainer,
  unhealthyPodEviction,
  unisolatedPod,
  unknownAutoscalingTarget,
  unknownBackend,
  unknownClaim,
  unknownConfigKey,
  unknownConfigMap,
  unknownField,
  unknownGateway,
  unknownKind,
  unknownPermission,
  unknownPriorityClass,
  unknownRole,
  unknownSecret,
  unknownServiceAccount,
  unknownTargetPort,
  unknownValue,
  unknownVolume,
  unlimitedRole,
  unlistedManifest,
  unmaskedProc,
  unmaskedProcInUserNamespace,
  unmatchedDisruptionBudget,
  unmatchedTopologySpread,
  unnamedServicePort,
  unsafeSysctl,
  unsaidNonRoot,
  unseenRole,
  unseenServiceAccount,
  unseenTarget,
  untunedProbe,
  unusedVolume,
  webhookManagement,
  wildcardHost,
  wildcardPermission,
  windowsHostProcess,
  writableHostPath,
  writableRootFilesystem,
  wrongRestartPolicy,
  wrongType,
];
