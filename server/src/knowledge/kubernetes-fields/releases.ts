/**
 * By shape: the fields that came after Kubernetes 1.19, each with its first release. A field of a shape that is not here is as old as its version.
 * Source: the types of each release branch of https://github.com/kubernetes/api, compared with those of the release before.
 */
export const firstReleases: Readonly<Record<string, string>> = {
  CSIDriverSpec:
    " tokenRequests:1.20 requiresRepublish:1.20 seLinuxMount:1.25 nodeAllocatableUpdatePeriodSeconds:1.33 serviceAccountTokenInSecrets:1.35 preventPodSchedulingIfMissing:1.36 ",
  CSIPersistentVolumeSource: " nodeExpandSecretRef:1.25 ",
  CertificateSigningRequestSpec: " expirationSeconds:1.22 ",
  Container: " resizePolicy:1.27 restartPolicy:1.28 restartPolicyRules:1.34 ",
  CronJobSpec: " timeZone:1.24 ",
  Device: " nodeAllocatableResourceMappings:1.36 ",
  DeviceAttribute: " ints:1.36 bools:1.36 strings:1.36 versions:1.36 ",
  EndpointHints: " forNodes:1.33 ",
  EnvVarSource: " fileKeyRef:1.34 ",
  HPAScalingRules: " tolerance:1.33 ",
  JobSpec:
    " completionMode:1.21 suspend:1.21 podFailurePolicy:1.25 backoffLimitPerIndex:1.28 maxFailedIndexes:1.28 podReplacementPolicy:1.28 successPolicy:1.30 managedBy:1.30 ",
  LeaseSpec: " strategy:1.31 preferredHolder:1.31 ",
  Lifecycle: " stopSignal:1.33 ",
  LifecycleHandler: " sleep:1.29 ",
  MetricSpec: " containerResource:1.20 ",
  MutatingWebhook: " matchConditions:1.27 ",
  NetworkPolicyPort: " endPort:1.21 ",
  PersistentVolumeClaimSpec: " dataSourceRef:1.22 volumeAttributesClassName:1.29 ",
  PersistentVolumeSpec: " volumeAttributesClassName:1.29 ",
  PodAffinityTerm: " namespaceSelector:1.21 matchLabelKeys:1.29 mismatchLabelKeys:1.29 ",
  PodCertificateProjection: " userAnnotations:1.35 ",
  PodDNSConfigOption: " value:1.32 ",
  PodDisruptionBudgetSpec: " unhealthyPodEvictionPolicy:1.26 ",
  PodResourceClaim: " resourceClaimName:1.31 resourceClaimTemplateName:1.31 ",
  PodSecurityContext: " appArmorProfile:1.30 supplementalGroupsPolicy:1.31 seLinuxChangePolicy:1.32 ",
  PodSpec:
    " os:1.23 hostUsers:1.25 schedulingGates:1.26 resourceClaims:1.26 resources:1.32 hostnameOverride:1.34 schedulingGroup:1.36 ",
  Probe: " terminationGracePeriodSeconds:1.21 ",
  ResourceAttributes: " fieldSelector:1.31 labelSelector:1.31 ",
  ResourceClaim: " request:1.31 ",
  ResourceRequirements: " claims:1.26 ",
  RollingUpdateDaemonSet: " maxSurge:1.21 ",
  RollingUpdateStatefulSetStrategy: " maxUnavailable:1.24 ",
  SecurityContext: " appArmorProfile:1.30 ",
  ServiceSpec:
    " clusterIPs:1.20 ipFamilies:1.20 ipFamilyPolicy:1.20 allocateLoadBalancerNodePorts:1.20 loadBalancerClass:1.21 internalTrafficPolicy:1.21 trafficDistribution:1.30 ",
  StatefulSetSpec: " minReadySeconds:1.22 persistentVolumeClaimRetentionPolicy:1.23 ordinals:1.26 ",
  TopologySpreadConstraint: " minDomains:1.24 nodeAffinityPolicy:1.25 nodeTaintsPolicy:1.25 matchLabelKeys:1.25 ",
  ValidatingWebhook: " matchConditions:1.27 ",
  VolumeMount: " recursiveReadOnly:1.30 ",
  VolumeProjection: " clusterTrustBundle:1.29 podCertificate:1.34 ",
  WindowsSecurityContextOptions: " hostProcess:1.22 ",
};

/**
 * By shape: fields that are newer than the package of which the table of shapes is made, so that they are not taken for slips. All came with
 * Kubernetes 1.37. Source: as above.
 */
export const newerFields: Readonly<Record<string, string>> = {
  CSINode: " status:any ",
  ClusterTrustBundleProjection: " user:int ",
  ConfigMapVolumeSource: " defaultUser:int ",
  Device: " nodeAllocatableResources:any ",
  DownwardAPIVolumeFile: " user:int ",
  DownwardAPIVolumeSource: " defaultUser:int ",
  EmptyDirVolumeSource: " mode:int ",
  GRPCAction: " mode:string ",
  HTTPGetAction: " protocol:string ",
  JobSpec: " scheduling:any ",
  KeyToPath: " user:int ",
  NodeSpec: " podPreemptionPolicy:any ",
  PodCertificateProjection: " user:int ",
  PodSpec: " evictionResponders:[any] ",
  ProjectedVolumeSource: " defaultUser:int ",
  ResourceSliceSpec: " partitionTypeAttribute:any skipNodeOperations:any ",
  SecretVolumeSource: " defaultUser:int ",
  ServiceAccountTokenProjection: " user:int ",
  TokenRequestSpec: " attestations:any ",
  VolumeMount: " bindMountOptions:[string] ",
};

/** By `apiVersion`: kinds that are newer than that package. Source: as above. */
export const newerKinds: Readonly<Record<string, readonly string[]>> = {
  "certificates.k8s.io/v1": ["ClusterTrustBundle", "PodCertificateRequest"],
  "resource.k8s.io/v1": ["DeviceTaintRule"],
};
