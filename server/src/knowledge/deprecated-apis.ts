/** The newest Kubernetes release these facts know of: what an unset target version means. */
export const newestKubernetes = "1.37";

/** A version of a kind, and what takes its place. */
export interface Replacement {
  readonly apiVersion: string;
  readonly kind: string;
  /** The `apiVersion` to write instead; left out where the kind has no successor. */
  readonly replacement?: string;
  /** `"none"` where changing `apiVersion` is all; otherwise what in the body changes with it. */
  readonly bodyChanges: "none" | { readonly changes: string };
}

/** A version of a Kubernetes kind that is deprecated or gone. Versions are `1.25`. */
export interface DeprecatedApi extends Replacement {
  readonly deprecatedIn: string;
  /** The first release that no longer serves it; left out where no release has been named. */
  readonly removedIn?: string;
  /** The first release that serves the replacement. */
  readonly availableIn?: string;
}

/** A version of a custom resource that its own project no longer serves, whatever the Kubernetes release. */
export interface RetiredApi extends Replacement {
  /** The release of the project that took it away: `cert-manager 1.6`. */
  readonly goneSince: string;
}

type Row = readonly [
  apiVersion: string,
  kinds: string,
  deprecatedIn: string,
  removedIn: string | undefined,
  replacement: string | undefined,
  availableIn: string | undefined,
  changes?: string,
];

const selector = "`spec.selector` is required and cannot be changed later; use the labels of the template.";
const strategy = `${selector} The update strategy defaults to \`RollingUpdate\`.`;
const deployment = `${selector} \`spec.rollbackTo\` is gone; \`progressDeadlineSeconds\`, \`revisionHistoryLimit\`, \`maxSurge\` and \`maxUnavailable\` have other defaults.`;
const ingress =
  "`spec.backend` is `spec.defaultBackend`, a backend names a `service` with its `port`, and every path needs a `pathType`.";
const webhook =
  "`sideEffects` and `admissionReviewVersions` are required, names must be unique, and `failurePolicy` defaults to `Fail`, `matchPolicy` to `Equivalent`, `timeoutSeconds` to 10.";
const definition =
  "each of `spec.versions` has its structural `schema`, `subresources` and columns; `spec.scope` is required; the conversion webhook's fields moved.";
const horizontal =
  "The fields of each metric moved under `target` and `metric`, as in `resource.target.averageUtilization`; `targetAverageUtilization` is gone.";
const disruption = "An empty `spec.selector` ({}) selects every pod of the namespace, where it used to select none.";
const slices = "`topology` of an endpoint is replaced by `nodeName` and `zone`.";
const events =
  "`involvedObject` is `regarding`, and the fields for time, series and reporter were renamed and are required.";
const requests = "`spec.signerName` and `spec.usages` are required.";
const access = "`spec.group` is `spec.groups`.";
const concurrency =
  "`assuredConcurrencyShares` of a priority level is `nominalConcurrencyShares`; in v1, zero means zero rather than 30.";
const policies = "Pod Security Admission (labels on the namespace) or a policy engine takes its place.";

const presets = "A mutating webhook, or fields of the pod template itself, takes its place.";
const sinks = "The API server's own audit configuration takes its place.";
const zeroShares = "An explicit `nominalConcurrencyShares: 0` means zero rather than 30.";
const claims = "What a request asks for stands under its `exactly`.";
const deviceSlices = "What stood under `basic` of a device stands in the device itself.";

/**
 * Sources: https://kubernetes.io/docs/reference/using-api/deprecation-guide/ and, for the releases, the lifecycle that each version of
 * https://github.com/kubernetes/api declares.
 */
const rows: readonly Row[] = [
  ["extensions/v1beta1", "Deployment", "1.8", "1.16", "apps/v1", "1.9", deployment],
  ["apps/v1beta1", "Deployment", "1.8", "1.16", "apps/v1", "1.9", deployment],
  ["apps/v1beta2", "Deployment", "1.9", "1.16", "apps/v1", "1.9", deployment],
  ["extensions/v1beta1", "DaemonSet", "1.8", "1.16", "apps/v1", "1.9", strategy],
  ["apps/v1beta2", "DaemonSet", "1.9", "1.16", "apps/v1", "1.9", strategy],
  ["apps/v1beta1", "StatefulSet", "1.8", "1.16", "apps/v1", "1.9", strategy],
  ["apps/v1beta2", "StatefulSet", "1.9", "1.16", "apps/v1", "1.9", strategy],
  ["extensions/v1beta1", "ReplicaSet", "1.8", "1.16", "apps/v1", "1.9", selector],
  ["apps/v1beta1", "ReplicaSet", "1.8", "1.16", "apps/v1", "1.9", selector],
  ["apps/v1beta2", "ReplicaSet", "1.9", "1.16", "apps/v1", "1.9", selector],
  ["extensions/v1beta1", "NetworkPolicy", "1.9", "1.16", "networking.k8s.io/v1", "1.8"],
  ["extensions/v1beta1", "PodSecurityPolicy", "1.10", "1.16", undefined, undefined, policies],
  ["policy/v1beta1", "PodSecurityPolicy", "1.21", "1.25", undefined, undefined, policies],
  ["extensions/v1beta1", "Ingress", "1.14", "1.22", "networking.k8s.io/v1", "1.19", ingress],
  ["networking.k8s.io/v1beta1", "Ingress", "1.19", "1.22", "networking.k8s.io/v1", "1.19", ingress],
  ["networking.k8s.io/v1beta1", "IngressClass", "1.19", "1.22", "networking.k8s.io/v1", "1.19"],
  ["networking.k8s.io/v1beta1", "IPAddress ServiceCIDR", "1.34", "1.37", "networking.k8s.io/v1", "1.33"],
  [
    "admissionregistration.k8s.io/v1beta1",
    "MutatingWebhookConfiguration ValidatingWebhookConfiguration",
    "1.16",
    "1.22",
    "admissionregistration.k8s.io/v1",
    "1.16",
    webhook,
  ],
  [
    "admissionregistration.k8s.io/v1alpha1",
    "ValidatingAdmissionPolicy ValidatingAdmissionPolicyBinding",
    "1.29",
    "1.32",
    "admissionregistration.k8s.io/v1",
    "1.30",
  ],
  [
    "admissionregistration.k8s.io/v1beta1",
    "ValidatingAdmissionPolicy ValidatingAdmissionPolicyBinding",
    "1.31",
    "1.34",
    "admissionregistration.k8s.io/v1",
    "1.30",
  ],
  [
    "admissionregistration.k8s.io/v1alpha1",
    "MutatingAdmissionPolicy MutatingAdmissionPolicyBinding",
    "1.35",
    "1.38",
    "admissionregistration.k8s.io/v1",
    "1.36",
  ],
  [
    "admissionregistration.k8s.io/v1beta1",
    "MutatingAdmissionPolicy MutatingAdmissionPolicyBinding",
    "1.37",
    "1.40",
    "admissionregistration.k8s.io/v1",
    "1.36",
  ],
  [
    "apiextensions.k8s.io/v1beta1",
    "CustomResourceDefinition",
    "1.16",
    "1.22",
    "apiextensions.k8s.io/v1",
    "1.16",
    definition,
  ],
  ["apiregistration.k8s.io/v1beta1", "APIService", "1.19", "1.22", "apiregistration.k8s.io/v1", "1.10"],
  ["authentication.k8s.io/v1beta1", "TokenReview", "1.19", "1.22", "authentication.k8s.io/v1", "1.6"],
  [
    "authorization.k8s.io/v1beta1",
    "LocalSubjectAccessReview SelfSubjectAccessReview SelfSubjectRulesReview SubjectAccessReview",
    "1.19",
    "1.22",
    "authorization.k8s.io/v1",
    "1.6",
    access,
  ],
  [
    "certificates.k8s.io/v1beta1",
    "CertificateSigningRequest",
    "1.19",
    "1.22",
    "certificates.k8s.io/v1",
    "1.19",
    requests,
  ],
  ["certificates.k8s.io/v1alpha1", "ClusterTrustBundle", "1.34", "1.37", "certificates.k8s.io/v1", "1.37"],
  [
    "certificates.k8s.io/v1beta1",
    "ClusterTrustBundle PodCertificateRequest",
    "1.37",
    "1.40",
    "certificates.k8s.io/v1",
    "1.37",
  ],
  ["coordination.k8s.io/v1beta1", "Lease", "1.19", "1.22", "coordination.k8s.io/v1", "1.14"],
  [
    "rbac.authorization.k8s.io/v1alpha1",
    "ClusterRole ClusterRoleBinding Role RoleBinding",
    "1.17",
    "1.22",
    "rbac.authorization.k8s.io/v1",
    "1.8",
  ],
  [
    "rbac.authorization.k8s.io/v1beta1",
    "ClusterRole ClusterRoleBinding Role RoleBinding",
    "1.17",
    "1.22",
    "rbac.authorization.k8s.io/v1",
    "1.8",
  ],
  ["resource.k8s.io/v1beta1", "DeviceClass", "1.35", "1.38", "resource.k8s.io/v1", "1.34"],
  [
    "resource.k8s.io/v1beta1",
    "ResourceClaim ResourceClaimTemplate",
    "1.35",
    "1.38",
    "resource.k8s.io/v1",
    "1.34",
    claims,
  ],
  ["resource.k8s.io/v1beta1", "ResourceSlice", "1.35", "1.38", "resource.k8s.io/v1", "1.34", deviceSlices],
  [
    "resource.k8s.io/v1beta2",
    "DeviceClass ResourceClaim ResourceClaimTemplate ResourceSlice",
    "1.36",
    "1.39",
    "resource.k8s.io/v1",
    "1.34",
  ],
  ["scheduling.k8s.io/v1alpha1", "PriorityClass", "1.14", "1.17", "scheduling.k8s.io/v1", "1.14"],
  ["scheduling.k8s.io/v1beta1", "PriorityClass", "1.14", "1.22", "scheduling.k8s.io/v1", "1.14"],
  ["storage.k8s.io/v1alpha1", "VolumeAttachment", "1.21", "1.24", "storage.k8s.io/v1", "1.13"],
  ["storage.k8s.io/v1alpha1", "CSIStorageCapacity", "1.21", "1.24", "storage.k8s.io/v1", "1.24"],
  ["storage.k8s.io/v1alpha1", "VolumeAttributesClass", "1.32", "1.35", "storage.k8s.io/v1", "1.34"],
  ["storage.k8s.io/v1beta1", "VolumeAttributesClass", "1.34", "1.37", "storage.k8s.io/v1", "1.34"],
  ["storage.k8s.io/v1beta1", "CSIDriver", "1.19", "1.22", "storage.k8s.io/v1", "1.18"],
  ["storage.k8s.io/v1beta1", "CSINode", "1.17", "1.22", "storage.k8s.io/v1", "1.17"],
  ["storage.k8s.io/v1beta1", "StorageClass", "1.19", "1.22", "storage.k8s.io/v1", "1.6"],
  ["storage.k8s.io/v1beta1", "VolumeAttachment", "1.19", "1.22", "storage.k8s.io/v1", "1.13"],
  ["storage.k8s.io/v1beta1", "CSIStorageCapacity", "1.24", "1.27", "storage.k8s.io/v1", "1.24"],
  ["storagemigration.k8s.io/v1beta1", "StorageVersionMigration", "1.37", "1.40", "storagemigration.k8s.io/v1", "1.37"],
  ["batch/v2alpha1", "CronJob", "1.8", "1.21", "batch/v1", "1.21"],
  ["batch/v1beta1", "CronJob", "1.21", "1.25", "batch/v1", "1.21"],
  ["discovery.k8s.io/v1beta1", "EndpointSlice", "1.21", "1.25", "discovery.k8s.io/v1", "1.21", slices],
  ["events.k8s.io/v1beta1", "Event", "1.22", "1.25", "events.k8s.io/v1", "1.19", events],
  ["node.k8s.io/v1beta1", "RuntimeClass", "1.22", "1.25", "node.k8s.io/v1", "1.20"],
  ["policy/v1beta1", "PodDisruptionBudget", "1.21", "1.25", "policy/v1", "1.21", disruption],
  ["autoscaling/v2beta1", "HorizontalPodAutoscaler", "1.22", "1.25", "autoscaling/v2", "1.23", horizontal],
  ["autoscaling/v2beta2", "HorizontalPodAutoscaler", "1.23", "1.26", "autoscaling/v2", "1.23"],
  ["flowcontrol.apiserver.k8s.io/v1beta1", "FlowSchema", "1.23", "1.26", "flowcontrol.apiserver.k8s.io/v1", "1.29"],
  [
    "flowcontrol.apiserver.k8s.io/v1beta1",
    "PriorityLevelConfiguration",
    "1.23",
    "1.26",
    "flowcontrol.apiserver.k8s.io/v1",
    "1.29",
    concurrency,
  ],
  ["flowcontrol.apiserver.k8s.io/v1beta2", "FlowSchema", "1.26", "1.29", "flowcontrol.apiserver.k8s.io/v1", "1.29"],
  [
    "flowcontrol.apiserver.k8s.io/v1beta2",
    "PriorityLevelConfiguration",
    "1.26",
    "1.29",
    "flowcontrol.apiserver.k8s.io/v1",
    "1.29",
    concurrency,
  ],
  ["flowcontrol.apiserver.k8s.io/v1beta3", "FlowSchema", "1.29", "1.32", "flowcontrol.apiserver.k8s.io/v1", "1.29"],
  [
    "flowcontrol.apiserver.k8s.io/v1beta3",
    "PriorityLevelConfiguration",
    "1.29",
    "1.32",
    "flowcontrol.apiserver.k8s.io/v1",
    "1.29",
    zeroShares,
  ],
  ["settings.k8s.io/v1alpha1", "PodPreset", "1.20", "1.20", undefined, undefined, presets],
  ["auditregistration.k8s.io/v1alpha1", "AuditSink", "1.19", "1.19", undefined, undefined, sinks],
  [
    "v1",
    "ComponentStatus",
    "1.19",
    undefined,
    undefined,
    undefined,
    "Ask the health endpoints of the control plane instead.",
  ],
  [
    "v1",
    "Endpoints",
    "1.33",
    undefined,
    undefined,
    undefined,
    "Write an `EndpointSlice` of `discovery.k8s.io/v1` instead.",
  ],
];

const certificates =
  "`organization` is `subject.organizations`, `keyAlgorithm`, `keyEncoding` and `keySize` are under `privateKey`, `uriSANs` and `emailSANs` are `uris` and `emailAddresses`.";
const issuers = "The solvers `clouddns`, `azuredns` and `acmedns` are spelt `cloudDNS`, `azureDNS` and `acmeDNS`.";
const solvers = "The group has another name, and challenges are configured by `solvers` of the issuer.";
const peers = "A `PeerAuthentication` or `RequestAuthentication` of `security.istio.io/v1` takes its place.";
const authorization = "An `AuthorizationPolicy` of `security.istio.io/v1` takes its place.";

type RetiredRow = readonly [
  apiVersions: string,
  kinds: string,
  goneSince: string,
  replacement: string | undefined,
  changes?: string,
];

/**
 * Sources: https://cert-manager.io/docs/releases/upgrading/remove-deprecated-apis/, https://cert-manager.io/docs/releases/upgrading/upgrading-0.10-0.11/,
 * https://github.com/kubernetes-sigs/gateway-api/releases (1.0 and 1.2), https://istio.io/latest/news/releases/1.6.x/announcing-1.6/change-notes/
 */
const retiredRows: readonly RetiredRow[] = [
  [
    "cert-manager.io/v1alpha2 cert-manager.io/v1alpha3 cert-manager.io/v1beta1",
    "Certificate",
    "cert-manager 1.6",
    "cert-manager.io/v1",
    certificates,
  ],
  [
    "cert-manager.io/v1alpha2 cert-manager.io/v1alpha3 cert-manager.io/v1beta1",
    "Issuer ClusterIssuer",
    "cert-manager 1.6",
    "cert-manager.io/v1",
    issuers,
  ],
  [
    "certmanager.k8s.io/v1alpha1",
    "Certificate Issuer ClusterIssuer",
    "cert-manager 0.11",
    "cert-manager.io/v1",
    solvers,
  ],
  [
    "gateway.networking.k8s.io/v1alpha2",
    "Gateway GatewayClass HTTPRoute",
    "Gateway API 1.0",
    "gateway.networking.k8s.io/v1",
  ],
  ["gateway.networking.k8s.io/v1alpha2", "GRPCRoute", "Gateway API 1.2", "gateway.networking.k8s.io/v1"],
  ["authentication.istio.io/v1alpha1", "Policy MeshPolicy", "Istio 1.6", undefined, peers],
  [
    "rbac.istio.io/v1alpha1",
    "ServiceRole ServiceRoleBinding RbacConfig ClusterRbacConfig",
    "Istio 1.6",
    undefined,
    authorization,
  ],
];

/** Every version of a custom resource that is known to be gone, one entry each. */
export const retiredApis: readonly RetiredApi[] = retiredRows.flatMap(
  ([apiVersions, kinds, goneSince, replacement, changes]) =>
    apiVersions
      .split(" ")
      .flatMap((apiVersion) =>
        kinds.split(" ").map((kind) => ({ apiVersion, kind, goneSince, ...successor(replacement, changes) })),
      ),
);

function successor(
  replacement: string | undefined,
  changes: string | undefined,
): Pick<Replacement, "replacement" | "bodyChanges"> {
  return {
    ...(replacement === undefined ? {} : { replacement }),
    bodyChanges: changes === undefined ? "none" : { changes },
  };
}

/** Every deprecated version of every kind, one entry each. */
export const deprecatedApis: readonly DeprecatedApi[] = rows.flatMap(
  ([apiVersion, kinds, deprecatedIn, removedIn, replacement, availableIn, changes]) =>
    kinds.split(" ").map((kind) => ({
      apiVersion,
      kind,
      deprecatedIn,
      ...(removedIn === undefined ? {} : { removedIn }),
      ...(availableIn === undefined ? {} : { availableIn }),
      ...successor(replacement, changes),
    })),
);

const byName: ReadonlyMap<string, DeprecatedApi> = new Map(
  deprecatedApis.map((api) => [`${api.apiVersion} ${api.kind}`, api]),
);

const retiredByName: ReadonlyMap<string, RetiredApi> = new Map(
  retiredApis.map((api) => [`${api.apiVersion} ${api.kind}`, api]),
);

/** What is known of this version of a custom resource; `undefined` where it is served, or not known. */
export function retiredApi(apiVersion: string, kind: string): RetiredApi | undefined {
  return retiredByName.get(`${apiVersion} ${kind}`);
}

/** What is known of this version of this kind (`CronJobList` is asked as `CronJob`), `undefined` where it is current or unknown. */
export function deprecatedApi(apiVersion: string, kind: string): DeprecatedApi | undefined {
  const singular = kind.endsWith("List") ? kind.slice(0, -"List".length) : kind;
  return byName.get(`${apiVersion} ${singular}`);
}

/** Whether the release `version` (`1.25`, `v1.25.3`) no longer serves this API; `false` where the version does not parse. */
export function removedBy(api: DeprecatedApi, version: string): boolean {
  return api.removedIn !== undefined && atLeast(version, api.removedIn);
}

/** Whether one Kubernetes release is another or later; patch numbers and a leading `v` do not count. `false` where one does not parse. */
export function atLeast(version: string, minimum: string): boolean {
  const [a, b] = [release(version), release(minimum)];
  return a !== undefined && b !== undefined && (a.major > b.major || (a.major === b.major && a.minor >= b.minor));
}

function release(version: string): { readonly major: number; readonly minor: number } | undefined {
  const match = /^v?(\d+)\.(\d+)(?:[.+-].*)?$/.exec(version.trim());
  return match === null ? undefined : { major: Number(match[1]), minor: Number(match[2]) };
}
