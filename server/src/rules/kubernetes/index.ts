// Generated from the rules; test/project/generated.test.ts keeps it up to date.
import type { Rule } from "../../engine/rule.ts";
import budgetWithoutPolicy from "./budget-without-policy.ts";
import capabilitiesKept from "./capabilities-kept.ts";
import certificateApproval from "./certificate-approval.ts";
import configMapManagement from "./config-map-management.ts";
import danglingSelector from "./dangling-selector.ts";
import defaultNdots from "./default-ndots.ts";
import deprecatedApi from "./deprecated-api.ts";
import dockerSocketMount from "./docker-socket-mount.ts";
import egressWithoutDns from "./egress-without-dns.ts";
import exposedService from "./exposed-service.ts";
import exposedWorkload from "./exposed-workload.ts";
import externalIps from "./external-ips.ts";
import externalNameAddress from "./external-name-address.ts";
import fewerThanThreeAutoscaledReplicas from "./fewer-than-three-autoscaled-replicas.ts";
import fewerThanThreeReplicas from "./fewer-than-three-replicas.ts";
import fixedAutoscaler from "./fixed-autoscaler.ts";
import headlessExposedService from "./headless-exposed-service.ts";
import hostNamespace from "./host-namespace.ts";
import hostNetworkDns from "./host-network-dns.ts";
import ignoredPolicyRules from "./ignored-policy-rules.ts";
import impersonation from "./impersonation.ts";
import ineffectivePermission from "./ineffective-permission.ts";
import ingressWithoutTls from "./ingress-without-tls.ts";
import invalidAutoscaler from "./invalid-autoscaler.ts";
import invalidDisruptionBudget from "./invalid-disruption-budget.ts";
import logDeletion from "./log-deletion.ts";
import lowAutoscalingMinimum from "./low-autoscaling-minimum.ts";
import mayRunAsRoot from "./may-run-as-root.ts";
import missingCpuLimit from "./missing-cpu-limit.ts";
import missingCpuRequest from "./missing-cpu-request.ts";
import missingIngressClass from "./missing-ingress-class.ts";
import missingLivenessProbe from "./missing-liveness-probe.ts";
import missingMemoryLimit from "./missing-memory-limit.ts";
import missingMemoryRequest from "./missing-memory-request.ts";
import missingReadinessProbe from "./missing-readiness-probe.ts";
import missingResourceRequests from "./missing-resource-requests.ts";
import missingSeccompProfile from "./missing-seccomp-profile.ts";
import networkManagement from "./network-management.ts";
import nodePortRange from "./node-port-range.ts";
import nodeProxy from "./node-proxy.ts";
import openPolicy from "./open-policy.ts";
import podCreation from "./pod-creation.ts";
import podExec from "./pod-exec.ts";
import portForwarding from "./port-forwarding.ts";
import privilegeEscalation from "./privilege-escalation.ts";
import privilegedContainer from "./privileged-container.ts";
import privilegedPort from "./privileged-port.ts";
import roleEscalation from "./role-escalation.ts";
import roleManagement from "./role-management.ts";
import secretAccess from "./secret-access.ts";
import secretInEnv from "./secret-in-env.ts";
import serviceAccountToken from "./service-account-token.ts";
import serviceLinks from "./service-links.ts";
import serviceStatus from "./service-status.ts";
import singleReplica from "./single-replica.ts";
import snippetAnnotation from "./snippet-annotation.ts";
import sshPort from "./ssh-port.ts";
import syntax from "./syntax.ts";
import tlsHostWithoutRule from "./tls-host-without-rule.ts";
import tokenCreation from "./token-creation.ts";
import unhealthyPodEviction from "./unhealthy-pod-eviction.ts";
import unknownPermission from "./unknown-permission.ts";
import unknownTargetPort from "./unknown-target-port.ts";
import unlimitedRole from "./unlimited-role.ts";
import unnamedServicePort from "./unnamed-service-port.ts";
import webhookManagement from "./webhook-management.ts";
import wildcardHost from "./wildcard-host.ts";
import wildcardPermission from "./wildcard-permission.ts";
import writableRootFilesystem from "./writable-root-filesystem.ts";

/** The rules of this folder, by slug. */
export const kubernetesRules: readonly Rule[] = [
  budgetWithoutPolicy,
  capabilitiesKept,
  certificateApproval,
  configMapManagement,
  danglingSelector,
  defaultNdots,
  deprecatedApi,
  dockerSocketMount,
  egressWithoutDns,
  exposedService,
  exposedWorkload,
  externalIps,
  externalNameAddress,
  fewerThanThreeAutoscaledReplicas,
  fewerThanThreeReplicas,
  fixedAutoscaler,
  headlessExposedService,
  hostNamespace,
  hostNetworkDns,
  ignoredPolicyRules,
  impersonation,
  ineffectivePermission,
  ingressWithoutTls,
  invalidAutoscaler,
  invalidDisruptionBudget,
  logDeletion,
  lowAutoscalingMinimum,
  mayRunAsRoot,
  missingCpuLimit,
  missingCpuRequest,
  missingIngressClass,
  missingLivenessProbe,
  missingMemoryLimit,
  missingMemoryRequest,
  missingReadinessProbe,
  missingResourceRequests,
  missingSeccompProfile,
  networkManagement,
  nodePortRange,
  nodeProxy,
  openPolicy,
  podCreation,
  podExec,
  portForwarding,
  privilegeEscalation,
  privilegedContainer,
  privilegedPort,
  roleEscalation,
  roleManagement,
  secretAccess,
  secretInEnv,
  serviceAccountToken,
  serviceLinks,
  serviceStatus,
  singleReplica,
  snippetAnnotation,
  sshPort,
  syntax,
  tlsHostWithoutRule,
  tokenCreation,
  unhealthyPodEviction,
  unknownPermission,
  unknownTargetPort,
  unlimitedRole,
  unnamedServicePort,
  webhookManagement,
  wildcardHost,
  wildcardPermission,
  writableRootFilesystem,
];
