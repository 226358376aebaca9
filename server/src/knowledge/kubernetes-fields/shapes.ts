// Written by scripts/kubernetes-fields.mjs: not to be edited by hand.
/** The package it was made of. Facts of the API, as Kubernetes' own OpenAPI documents have them, in the typings of that package (MIT). */
export const source = "kubernetes-models 5.1.0";

/** By `apiVersion`: each kind with the name of its shape. The text begins and ends with a blank, as below. */
export const kinds: Readonly<Record<string, string>> = {
  "admissionregistration.k8s.io/v1":
    " MutatingAdmissionPolicy:MutatingAdmissionPolicy MutatingAdmissionPolicyBinding:MutatingAdmissionPolicyBinding MutatingWebhookConfiguration:MutatingWebhookConfiguration ValidatingAdmissionPolicy:ValidatingAdmissionPolicy ValidatingAdmissionPolicyBinding:ValidatingAdmissionPolicyBinding ValidatingWebhookConfiguration:ValidatingWebhookConfiguration ",
  "admissionregistration.k8s.io/v1beta1":
    " MutatingWebhookConfiguration:MutatingWebhookConfiguration@admissionregistration/v1beta1 ValidatingWebhookConfiguration:ValidatingWebhookConfiguration@admissionregistration/v1beta1 ",
  "apiextensions.k8s.io/v1": " CustomResourceDefinition:CustomResourceDefinition ",
  "apiextensions.k8s.io/v1beta1": " CustomResourceDefinition:CustomResourceDefinition@apiextensions/v1beta1 ",
  "apiregistration.k8s.io/v1": " APIService:APIService ",
  "apiregistration.k8s.io/v1beta1": " APIService:APIService ",
  "apps/v1":
    " ControllerRevision:ControllerRevision DaemonSet:DaemonSet Deployment:Deployment ReplicaSet:ReplicaSet StatefulSet:StatefulSet ",
  "apps/v1beta1":
    " ControllerRevision:ControllerRevision Deployment:Deployment@extensions/v1beta1 DeploymentRollback:DeploymentRollback Scale:Scale StatefulSet:StatefulSet@apps/v1beta1 ",
  "apps/v1beta2":
    " ControllerRevision:ControllerRevision DaemonSet:DaemonSet@apps/v1beta2 Deployment:Deployment@apps/v1beta2 ReplicaSet:ReplicaSet Scale:Scale StatefulSet:StatefulSet@apps/v1beta2 ",
  "authentication.k8s.io/v1":
    " SelfSubjectReview:SelfSubjectReview TokenRequest:TokenRequest@authentication/v1 TokenReview:TokenReview ",
  "authentication.k8s.io/v1beta1": " TokenReview:TokenReview@authentication/v1beta1 ",
  "authorization.k8s.io/v1":
    " LocalSubjectAccessReview:LocalSubjectAccessReview SelfSubjectAccessReview:SelfSubjectAccessReview SelfSubjectRulesReview:SelfSubjectRulesReview SubjectAccessReview:SubjectAccessReview ",
  "authorization.k8s.io/v1beta1":
    " LocalSubjectAccessReview:LocalSubjectAccessReview@authorization/v1beta1 SelfSubjectAccessReview:SelfSubjectAccessReview@authorization/v1beta1 SelfSubjectRulesReview:SelfSubjectRulesReview SubjectAccessReview:SubjectAccessReview@authorization/v1beta1 ",
  "autoscaling/v1": " HorizontalPodAutoscaler:HorizontalPodAutoscaler@autoscaling/v1 Scale:Scale ",
  "autoscaling/v2": " HorizontalPodAutoscaler:HorizontalPodAutoscaler ",
  "autoscaling/v2beta1": " HorizontalPodAutoscaler:HorizontalPodAutoscaler@autoscaling/v2beta1 ",
  "autoscaling/v2beta2": " HorizontalPodAutoscaler:HorizontalPodAutoscaler@autoscaling/v2beta2 ",
  "batch/v1": " CronJob:CronJob Job:Job ",
  "batch/v1beta1": " CronJob:CronJob@batch/v1beta1 ",
  "certificates.k8s.io/v1": " CertificateSigningRequest:CertificateSigningRequest ",
  "certificates.k8s.io/v1beta1": " CertificateSigningRequest:CertificateSigningRequest@certificates/v1beta1 ",
  "coordination.k8s.io/v1": " Lease:Lease ",
  "coordination.k8s.io/v1beta1": " Lease:Lease@coordination/v1beta1 ",
  "discovery.k8s.io/v1": " EndpointSlice:EndpointSlice ",
  "discovery.k8s.io/v1beta1": " EndpointSlice:EndpointSlice@discovery/v1beta1 ",
  "events.k8s.io/v1": " Event:Event@events/v1 ",
  "events.k8s.io/v1beta1": " Event:Event@events/v1 ",
  "extensions/v1beta1":
    " DaemonSet:DaemonSet@extensions/v1beta1 Deployment:Deployment@extensions/v1beta1 DeploymentRollback:DeploymentRollback Ingress:Ingress@networking/v1beta1 NetworkPolicy:NetworkPolicy@extensions/v1beta1 PodSecurityPolicy:PodSecurityPolicy ReplicaSet:ReplicaSet@extensions/v1beta1 Scale:Scale ",
  "flowcontrol.apiserver.k8s.io/v1": " FlowSchema:FlowSchema PriorityLevelConfiguration:PriorityLevelConfiguration ",
  "flowcontrol.apiserver.k8s.io/v1beta1":
    " FlowSchema:FlowSchema PriorityLevelConfiguration:PriorityLevelConfiguration@flowcontrol/v1beta1 ",
  "flowcontrol.apiserver.k8s.io/v1beta2":
    " FlowSchema:FlowSchema PriorityLevelConfiguration:PriorityLevelConfiguration@flowcontrol/v1beta2 ",
  "flowcontrol.apiserver.k8s.io/v1beta3":
    " FlowSchema:FlowSchema PriorityLevelConfiguration:PriorityLevelConfiguration ",
  "networking.k8s.io/v1":
    " IPAddress:IPAddress Ingress:Ingress IngressClass:IngressClass NetworkPolicy:NetworkPolicy ServiceCIDR:ServiceCIDR ",
  "networking.k8s.io/v1beta1": " Ingress:Ingress@networking/v1beta1 IngressClass:IngressClass ",
  "node.k8s.io/v1": " RuntimeClass:RuntimeClass ",
  "node.k8s.io/v1beta1": " RuntimeClass:RuntimeClass ",
  "policy/v1": " Eviction:Eviction PodDisruptionBudget:PodDisruptionBudget ",
  "policy/v1beta1":
    " Eviction:Eviction PodDisruptionBudget:PodDisruptionBudget@policy/v1beta1 PodSecurityPolicy:PodSecurityPolicy ",
  "rbac.authorization.k8s.io/v1":
    " ClusterRole:ClusterRole ClusterRoleBinding:ClusterRoleBinding Role:Role RoleBinding:RoleBinding ",
  "rbac.authorization.k8s.io/v1beta1":
    " ClusterRole:ClusterRole ClusterRoleBinding:ClusterRoleBinding@rbac/v1beta1 Role:Role RoleBinding:RoleBinding@rbac/v1beta1 ",
  "resource.k8s.io/v1":
    " DeviceClass:DeviceClass ResourceClaim:ResourceClaim@resource/v1 ResourceClaimTemplate:ResourceClaimTemplate ResourceSlice:ResourceSlice ",
  "scheduling.k8s.io/v1": " PriorityClass:PriorityClass ",
  "scheduling.k8s.io/v1beta1": " PriorityClass:PriorityClass@scheduling/v1beta1 ",
  "storage.k8s.io/v1":
    " CSIDriver:CSIDriver CSINode:CSINode CSIStorageCapacity:CSIStorageCapacity StorageClass:StorageClass VolumeAttachment:VolumeAttachment VolumeAttributesClass:VolumeAttributesClass ",
  "storage.k8s.io/v1beta1":
    " CSIDriver:CSIDriver@storage/v1beta1 CSINode:CSINode CSIStorageCapacity:CSIStorageCapacity StorageClass:StorageClass@storage/v1beta1 VolumeAttachment:VolumeAttachment ",
  v1: " Binding:Binding ComponentStatus:ComponentStatus ConfigMap:ConfigMap Endpoints:Endpoints Event:Event LimitRange:LimitRange Namespace:Namespace Node:Node PersistentVolume:PersistentVolume PersistentVolumeClaim:PersistentVolumeClaim Pod:Pod PodTemplate:PodTemplate ReplicationController:ReplicationController ResourceQuota:ResourceQuota Secret:Secret Service:Service ServiceAccount:ServiceAccount ",
};

/**
 * By name: the fields of a shape, each as `name:type`, or `name!:type` where the API server asks for it. Types are `string`, `int`, `number`,
 * `bool`, `quantity`, `port` (an integer or a text), `time`, `any`, `=A|B` (one of these texts), `[T]` (a list), `{T}` (a map) and names of shapes.
 * What the API server alone writes (`status`) is `any`. A shape that an older version of its API has otherwise is named with that version.
 */
export const shapes: Readonly<Record<string, string>> = {
  APIService: " apiVersion:string kind:string metadata:ObjectMeta spec:APIServiceSpec status:any ",
  APIServiceSpec:
    " caBundle:string group:string groupPriorityMinimum!:int insecureSkipTLSVerify:bool service:ServiceReference version:string versionPriority!:int ",
  AWSElasticBlockStoreVolumeSource: " fsType:string partition:int readOnly:bool volumeID!:string ",
  Affinity: " nodeAffinity:NodeAffinity podAffinity:PodAffinity podAntiAffinity:PodAntiAffinity ",
  AggregationRule: " clusterRoleSelectors:[LabelSelector] ",
  AllowedCSIDriver: " name!:string ",
  AllowedFlexVolume: " driver!:string ",
  AllowedHostPath: " pathPrefix:string readOnly:bool ",
  AppArmorProfile: " localhostProfile:string type!:=Localhost|RuntimeDefault|Unconfined ",
  ApplyConfiguration: " expression:string ",
  AuditAnnotation: " key!:string valueExpression!:string ",
  AzureDiskVolumeSource:
    " cachingMode:=None|ReadOnly|ReadWrite diskName!:string diskURI!:string fsType:string kind:string readOnly:bool ",
  AzureFilePersistentVolumeSource: " readOnly:bool secretName!:string secretNamespace:string shareName!:string ",
  AzureFileVolumeSource: " readOnly:bool secretName!:string shareName!:string ",
  Binding: " apiVersion:string kind:string metadata:ObjectMeta target!:ObjectReference ",
  BoundObjectReference: " apiVersion:string kind:string name:string uid:string ",
  CELDeviceSelector: " expression!:string ",
  CSIDriver: " apiVersion:string kind:string metadata:ObjectMeta spec!:CSIDriverSpec ",
  "CSIDriver@storage/v1beta1":
    " apiVersion:string kind:string metadata:ObjectMeta spec!:CSIDriverSpec@storage/v1beta1 ",
  CSIDriverSpec:
    " attachRequired:bool fsGroupPolicy:string nodeAllocatableUpdatePeriodSeconds:int podInfoOnMount:bool preventPodSchedulingIfMissing:bool requiresRepublish:bool seLinuxMount:bool serviceAccountTokenInSecrets:bool storageCapacity:bool tokenRequests:[TokenRequest] volumeLifecycleModes:[string] ",
  "CSIDriverSpec@storage/v1beta1":
    " attachRequired:bool fsGroupPolicy:string podInfoOnMount:bool requiresRepublish:bool storageCapacity:bool tokenRequests:[TokenRequest] volumeLifecycleModes:[string] ",
  CSINode: " apiVersion:string kind:string metadata:ObjectMeta spec!:CSINodeSpec ",
  CSINodeDriver: " allocatable:VolumeNodeResources name!:string nodeID!:string topologyKeys:[string] ",
  CSINodeSpec: " drivers!:[CSINodeDriver] ",
  CSIPersistentVolumeSource:
    " controllerExpandSecretRef:SecretReference controllerPublishSecretRef:SecretReference driver!:string fsType:string nodeExpandSecretRef:SecretReference nodePublishSecretRef:SecretReference nodeStageSecretRef:SecretReference readOnly:bool volumeAttributes:{string} volumeHandle!:string ",
  CSIStorageCapacity:
    " apiVersion:string capacity:quantity kind:string maximumVolumeSize:quantity metadata:ObjectMeta nodeTopology:LabelSelector storageClassName!:string ",
  CSIVolumeSource:
    " driver!:string fsType:string nodePublishSecretRef:LocalObjectReference readOnly:bool volumeAttributes:{string} ",
  Capabilities: " add:[string] drop:[string] ",
  CapacityRequestPolicy: " default:quantity validRange:CapacityRequestPolicyRange validValues:[quantity] ",
  CapacityRequestPolicyRange: " max:quantity min!:quantity step:quantity ",
  CapacityRequirements: " requests:{quantity} ",
  CephFSPersistentVolumeSource:
    " monitors!:[string] path:string readOnly:bool secretFile:string secretRef:SecretReference user:string ",
  CephFSVolumeSource:
    " monitors!:[string] path:string readOnly:bool secretFile:string secretRef:LocalObjectReference user:string ",
  CertificateSigningRequest:
    " apiVersion:string kind:string metadata:ObjectMeta spec!:CertificateSigningRequestSpec status:any ",
  "CertificateSigningRequest@certificates/v1beta1":
    " apiVersion:string kind:string metadata:ObjectMeta spec:CertificateSigningRequestSpec@certificates/v1beta1 status:any ",
  CertificateSigningRequestSpec:
    " expirationSeconds:int extra:{[string]} groups:[string] request!:string signerName!:string uid:string usages:[string] username:string ",
  "CertificateSigningRequestSpec@certificates/v1beta1":
    " extra:{[string]} groups:[string] request!:string signerName:string uid:string usages:[string] username:string ",
  CinderPersistentVolumeSource: " fsType:string readOnly:bool secretRef:SecretReference volumeID!:string ",
  CinderVolumeSource: " fsType:string readOnly:bool secretRef:LocalObjectReference volumeID!:string ",
  ClientIPConfig: " timeoutSeconds:int ",
  ClusterRole: " aggregationRule:AggregationRule apiVersion:string kind:string metadata:ObjectMeta rules:[PolicyRule] ",
  ClusterRoleBinding: " apiVersion:string kind:string metadata:ObjectMeta roleRef!:RoleRef subjects:[Subject] ",
  "ClusterRoleBinding@rbac/v1beta1":
    " apiVersion:string kind:string metadata:ObjectMeta roleRef!:RoleRef@rbac/v1beta1 subjects:[Subject] ",
  ClusterTrustBundleProjection:
    " labelSelector:LabelSelector name:string optional:bool path!:string signerName:string ",
  ComponentCondition: " error:string message:string status!:any type!:string ",
  ComponentStatus: " apiVersion:string conditions:[ComponentCondition] kind:string metadata:ObjectMeta ",
  ConfigMap: " apiVersion:string binaryData:{string} data:{string} immutable:bool kind:string metadata:ObjectMeta ",
  ConfigMapEnvSource: " name:string optional:bool ",
  ConfigMapKeySelector: " key!:string name:string optional:bool ",
  ConfigMapNodeConfigSource:
    " kubeletConfigKey!:string name!:string namespace!:string resourceVersion:string uid:string ",
  ConfigMapProjection: " items:[KeyToPath] name:string optional:bool ",
  ConfigMapVolumeSource: " defaultMode:int items:[KeyToPath] name:string optional:bool ",
  Container:
    " args:[string] command:[string] env:[EnvVar] envFrom:[EnvFromSource] image:string imagePullPolicy:=Always|IfNotPresent|Never lifecycle:Lifecycle livenessProbe:Probe name!:string ports:[ContainerPort] readinessProbe:Probe resizePolicy:[ContainerResizePolicy] resources:ResourceRequirements restartPolicy:string restartPolicyRules:[ContainerRestartRule] securityContext:SecurityContext startupProbe:Probe stdin:bool stdinOnce:bool terminationMessagePath:string terminationMessagePolicy:=FallbackToLogsOnError|File tty:bool volumeDevices:[VolumeDevice] volumeMounts:[VolumeMount] workingDir:string ",
  ContainerPort: " containerPort!:int hostIP:string hostPort:int name:string protocol:=SCTP|TCP|UDP ",
  ContainerResizePolicy: " resourceName!:string restartPolicy!:string ",
  ContainerResourceMetricSource: " container!:string name!:string target!:MetricTarget ",
  "ContainerResourceMetricSource@autoscaling/v2beta1":
    " container!:string name!:string targetAverageUtilization:int targetAverageValue:quantity ",
  ContainerRestartRule: " action!:string exitCodes:ContainerRestartRuleOnExitCodes ",
  ContainerRestartRuleOnExitCodes: " operator!:string values:[int] ",
  ControllerRevision: " apiVersion:string data:any kind:string metadata:ObjectMeta revision!:int ",
  Counter: " value!:quantity ",
  CounterSet: " counters!:{Counter} name!:string ",
  CronJob: " apiVersion:string kind:string metadata:ObjectMeta spec!:CronJobSpec status:any ",
  "CronJob@batch/v1beta1":
    " apiVersion:string kind:string metadata:ObjectMeta spec:CronJobSpec@batch/v1beta1 status:any ",
  CronJobSpec:
    " concurrencyPolicy:=Allow|Forbid|Replace failedJobsHistoryLimit:int jobTemplate!:JobTemplateSpec schedule!:string startingDeadlineSeconds:int successfulJobsHistoryLimit:int suspend:bool timeZone:string ",
  "CronJobSpec@batch/v1beta1":
    " concurrencyPolicy:string failedJobsHistoryLimit:int jobTemplate!:JobTemplateSpec schedule!:string startingDeadlineSeconds:int successfulJobsHistoryLimit:int suspend:bool timeZone:string ",
  CrossVersionObjectReference: " apiVersion:string kind:string name!:string ",
  CustomResourceColumnDefinition:
    " description:string format:string jsonPath!:string name!:string priority:int type!:string ",
  "CustomResourceColumnDefinition@apiextensions/v1beta1":
    " JSONPath!:string description:string format:string name!:string priority:int type!:string ",
  CustomResourceConversion: " strategy!:string webhook:WebhookConversion ",
  "CustomResourceConversion@apiextensions/v1beta1":
    " conversionReviewVersions:[string] strategy!:string webhookClientConfig:WebhookClientConfig ",
  CustomResourceDefinition:
    " apiVersion:string kind:string metadata:ObjectMeta spec!:CustomResourceDefinitionSpec status:any ",
  "CustomResourceDefinition@apiextensions/v1beta1":
    " apiVersion:string kind:string metadata:ObjectMeta spec!:CustomResourceDefinitionSpec@apiextensions/v1beta1 status:any ",
  CustomResourceDefinitionNames:
    " categories:[string] kind:string listKind:string plural!:string shortNames:[string] singular:string ",
  CustomResourceDefinitionSpec:
    " conversion:CustomResourceConversion group!:string names!:CustomResourceDefinitionNames preserveUnknownFields:bool scope!:string versions!:[CustomResourceDefinitionVersion] ",
  "CustomResourceDefinitionSpec@apiextensions/v1beta1":
    " additionalPrinterColumns:[CustomResourceColumnDefinition@apiextensions/v1beta1] conversion:CustomResourceConversion@apiextensions/v1beta1 group!:string names!:CustomResourceDefinitionNames preserveUnknownFields:bool scope!:string subresources:CustomResourceSubresources validation:CustomResourceValidation@apiextensions/v1beta1 version:string versions:[CustomResourceDefinitionVersion@apiextensions/v1beta1] ",
  CustomResourceDefinitionVersion:
    " additionalPrinterColumns:[CustomResourceColumnDefinition] deprecated:bool deprecationWarning:string name!:string schema:CustomResourceValidation selectableFields:[SelectableField] served!:bool storage!:bool subresources:CustomResourceSubresources ",
  "CustomResourceDefinitionVersion@apiextensions/v1beta1":
    " additionalPrinterColumns:[CustomResourceColumnDefinition@apiextensions/v1beta1] deprecated:bool deprecationWarning:string name!:string schema:CustomResourceValidation@apiextensions/v1beta1 served!:bool storage!:bool subresources:CustomResourceSubresources ",
  CustomResourceSubresourceScale: " labelSelectorPath:string specReplicasPath!:string statusReplicasPath!:string ",
  CustomResourceSubresources: " scale:CustomResourceSubresourceScale status:any ",
  CustomResourceValidation: " openAPIV3Schema:JSONSchemaProps ",
  "CustomResourceValidation@apiextensions/v1beta1": " openAPIV3Schema:JSONSchemaProps@apiextensions/v1beta1 ",
  DaemonSet: " apiVersion:string kind:string metadata:ObjectMeta spec:DaemonSetSpec status:any ",
  "DaemonSet@apps/v1beta2":
    " apiVersion:string kind:string metadata:ObjectMeta spec:DaemonSetSpec@apps/v1beta2 status:any ",
  "DaemonSet@extensions/v1beta1":
    " apiVersion:string kind:string metadata:ObjectMeta spec:DaemonSetSpec@extensions/v1beta1 status:any ",
  DaemonSetSpec:
    " minReadySeconds:int revisionHistoryLimit:int selector!:LabelSelector template!:PodTemplateSpec updateStrategy:DaemonSetUpdateStrategy ",
  "DaemonSetSpec@apps/v1beta2":
    " minReadySeconds:int revisionHistoryLimit:int selector!:LabelSelector template!:PodTemplateSpec updateStrategy:DaemonSetUpdateStrategy@extensions/v1beta1 ",
  "DaemonSetSpec@extensions/v1beta1":
    " minReadySeconds:int revisionHistoryLimit:int selector:LabelSelector template!:PodTemplateSpec templateGeneration:int updateStrategy:DaemonSetUpdateStrategy@extensions/v1beta1 ",
  DaemonSetUpdateStrategy: " rollingUpdate:RollingUpdateDaemonSet type:=OnDelete|RollingUpdate ",
  "DaemonSetUpdateStrategy@extensions/v1beta1": " rollingUpdate:RollingUpdateDaemonSet@extensions/v1beta1 type:string ",
  DeleteOptions:
    " apiVersion:string dryRun:[string] gracePeriodSeconds:int ignoreStoreReadErrorWithClusterBreakingPotential:bool kind:string orphanDependents:bool preconditions:Preconditions propagationPolicy:string ",
  Deployment: " apiVersion:string kind:string metadata:ObjectMeta spec:DeploymentSpec status:any ",
  "Deployment@apps/v1beta2":
    " apiVersion:string kind:string metadata:ObjectMeta spec:DeploymentSpec@apps/v1beta2 status:any ",
  "Deployment@extensions/v1beta1":
    " apiVersion:string kind:string metadata:ObjectMeta spec:DeploymentSpec@extensions/v1beta1 status:any ",
  DeploymentRollback:
    " apiVersion:string kind:string name!:string rollbackTo!:RollbackConfig updatedAnnotations:{string} ",
  DeploymentSpec:
    " minReadySeconds:int paused:bool progressDeadlineSeconds:int replicas:int revisionHistoryLimit:int selector!:LabelSelector strategy:DeploymentStrategy template!:PodTemplateSpec ",
  "DeploymentSpec@apps/v1beta2":
    " minReadySeconds:int paused:bool progressDeadlineSeconds:int replicas:int revisionHistoryLimit:int selector!:LabelSelector strategy:DeploymentStrategy@extensions/v1beta1 template!:PodTemplateSpec ",
  "DeploymentSpec@extensions/v1beta1":
    " minReadySeconds:int paused:bool progressDeadlineSeconds:int replicas:int revisionHistoryLimit:int rollbackTo:RollbackConfig selector:LabelSelector strategy:DeploymentStrategy@extensions/v1beta1 template!:PodTemplateSpec ",
  DeploymentStrategy: " rollingUpdate:RollingUpdateDeployment type:=Recreate|RollingUpdate ",
  "DeploymentStrategy@extensions/v1beta1": " rollingUpdate:RollingUpdateDeployment type:string ",
  Device:
    " allNodes:bool allowMultipleAllocations:bool attributes:{DeviceAttribute} bindingConditions:[string] bindingFailureConditions:[string] bindsToNode:bool capacity:{DeviceCapacity} consumesCounters:[DeviceCounterConsumption] name!:string nodeAllocatableResourceMappings:{NodeAllocatableResourceMapping} nodeName:string nodeSelector:NodeSelector taints:[DeviceTaint] ",
  DeviceAttribute:
    " bool:bool bools:[bool] int:int ints:[int] string:string strings:[string] version:string versions:[string] ",
  DeviceCapacity: " requestPolicy:CapacityRequestPolicy value!:quantity ",
  DeviceClaim: " config:[DeviceClaimConfiguration] constraints:[DeviceConstraint] requests:[DeviceRequest] ",
  DeviceClaimConfiguration: " opaque:OpaqueDeviceConfiguration requests:[string] ",
  DeviceClass: " apiVersion:string kind:string metadata:ObjectMeta spec!:DeviceClassSpec ",
  DeviceClassConfiguration: " opaque:OpaqueDeviceConfiguration ",
  DeviceClassSpec: " config:[DeviceClassConfiguration] extendedResourceName:string selectors:[DeviceSelector] ",
  DeviceConstraint: " distinctAttribute:string matchAttribute:string requests:[string] ",
  DeviceCounterConsumption: " counterSet!:string counters!:{Counter} ",
  DeviceRequest: " exactly:ExactDeviceRequest firstAvailable:[DeviceSubRequest] name!:string ",
  DeviceSelector: " cel:CELDeviceSelector ",
  DeviceSubRequest:
    " allocationMode:=All|ExactCount capacity:CapacityRequirements count:int deviceClassName!:string name!:string selectors:[DeviceSelector] tolerations:[DeviceToleration] ",
  DeviceTaint: " effect!:=NoExecute|NoSchedule|None key!:string timeAdded:time value:string ",
  DeviceToleration:
    " effect:=NoExecute|NoSchedule|None key:string operator:=Equal|Exists tolerationSeconds:int value:string ",
  DownwardAPIProjection: " items:[DownwardAPIVolumeFile] ",
  DownwardAPIVolumeFile: " fieldRef:ObjectFieldSelector mode:int path!:string resourceFieldRef:ResourceFieldSelector ",
  DownwardAPIVolumeSource: " defaultMode:int items:[DownwardAPIVolumeFile] ",
  EmptyDirVolumeSource: " medium:string sizeLimit:quantity ",
  Endpoint:
    " addresses!:[string] conditions:EndpointConditions deprecatedTopology:{string} hints:EndpointHints hostname:string nodeName:string targetRef:ObjectReference zone:string ",
  "Endpoint@discovery/v1beta1":
    " addresses!:[string] conditions:EndpointConditions hints:EndpointHints@discovery/v1beta1 hostname:string nodeName:string targetRef:ObjectReference topology:{string} ",
  EndpointAddress: " hostname:string ip!:string nodeName:string targetRef:ObjectReference ",
  EndpointConditions: " ready:bool serving:bool terminating:bool ",
  EndpointHints: " forNodes:[ForNode] forZones:[ForZone] ",
  "EndpointHints@discovery/v1beta1": " forZones:[ForZone] ",
  EndpointPort: " appProtocol:string name:string port!:int protocol:=SCTP|TCP|UDP ",
  "EndpointPort@discovery/v1": " appProtocol:string name:string port:int protocol:=SCTP|TCP|UDP ",
  "EndpointPort@discovery/v1beta1": " appProtocol:string name:string port:int protocol:string ",
  EndpointSlice:
    " addressType!:=FQDN|IPv4|IPv6 apiVersion:string endpoints:[Endpoint] kind:string metadata:ObjectMeta ports:[EndpointPort@discovery/v1] ",
  "EndpointSlice@discovery/v1beta1":
    " addressType!:string apiVersion:string endpoints!:[Endpoint@discovery/v1beta1] kind:string metadata:ObjectMeta ports:[EndpointPort@discovery/v1beta1] ",
  EndpointSubset: " addresses:[EndpointAddress] notReadyAddresses:[EndpointAddress] ports:[EndpointPort] ",
  Endpoints: " apiVersion:string kind:string metadata:ObjectMeta subsets:[EndpointSubset] ",
  EnvFromSource: " configMapRef:ConfigMapEnvSource prefix:string secretRef:SecretEnvSource ",
  EnvVar: " name!:string value:string valueFrom:EnvVarSource ",
  EnvVarSource:
    " configMapKeyRef:ConfigMapKeySelector fieldRef:ObjectFieldSelector fileKeyRef:FileKeySelector resourceFieldRef:ResourceFieldSelector secretKeyRef:SecretKeySelector ",
  EphemeralContainer:
    " args:[string] command:[string] env:[EnvVar] envFrom:[EnvFromSource] image:string imagePullPolicy:=Always|IfNotPresent|Never lifecycle:Lifecycle livenessProbe:Probe name!:string ports:[ContainerPort] readinessProbe:Probe resizePolicy:[ContainerResizePolicy] resources:ResourceRequirements restartPolicy:string restartPolicyRules:[ContainerRestartRule] securityContext:SecurityContext startupProbe:Probe stdin:bool stdinOnce:bool targetContainerName:string terminationMessagePath:string terminationMessagePolicy:=FallbackToLogsOnError|File tty:bool volumeDevices:[VolumeDevice] volumeMounts:[VolumeMount] workingDir:string ",
  EphemeralVolumeSource: " volumeClaimTemplate:PersistentVolumeClaimTemplate ",
  Event:
    " action:string apiVersion:string count:int eventTime:time firstTimestamp:time involvedObject!:ObjectReference kind:string lastTimestamp:time message:string metadata!:ObjectMeta reason:string related:ObjectReference reportingComponent:string reportingInstance:string series:EventSeries source:EventSource type:string ",
  "Event@events/v1":
    " action:string apiVersion:string deprecatedCount:int deprecatedFirstTimestamp:time deprecatedLastTimestamp:time deprecatedSource:EventSource eventTime!:time kind:string metadata:ObjectMeta note:string reason:string regarding:ObjectReference related:ObjectReference reportingController:string reportingInstance:string series:EventSeries@events/v1 type:string ",
  EventSeries: " count:int lastObservedTime:time ",
  "EventSeries@events/v1": " count!:int lastObservedTime!:time ",
  EventSource: " component:string host:string ",
  Eviction: " apiVersion:string deleteOptions:DeleteOptions kind:string metadata:ObjectMeta ",
  ExactDeviceRequest:
    " adminAccess:bool allocationMode:=All|ExactCount capacity:CapacityRequirements count:int deviceClassName!:string selectors:[DeviceSelector] tolerations:[DeviceToleration] ",
  ExecAction: " command:[string] ",
  ExemptPriorityLevelConfiguration: " lendablePercent:int nominalConcurrencyShares:int ",
  ExternalDocumentation: " description:string url:string ",
  ExternalMetricSource: " metric!:MetricIdentifier target!:MetricTarget ",
  "ExternalMetricSource@autoscaling/v2beta1":
    " metricName!:string metricSelector:LabelSelector targetAverageValue:quantity targetValue:quantity ",
  FCVolumeSource: " fsType:string lun:int readOnly:bool targetWWNs:[string] wwids:[string] ",
  FSGroupStrategyOptions: " ranges:[IDRange] rule:string ",
  FieldSelectorAttributes: " rawSelector:string requirements:[FieldSelectorRequirement] ",
  FieldSelectorRequirement: " key!:string operator!:string values:[string] ",
  FileKeySelector: " key!:string optional:bool path!:string volumeName!:string ",
  FlexPersistentVolumeSource: " driver!:string fsType:string options:{string} readOnly:bool secretRef:SecretReference ",
  FlexVolumeSource: " driver!:string fsType:string options:{string} readOnly:bool secretRef:LocalObjectReference ",
  FlockerVolumeSource: " datasetName:string datasetUUID:string ",
  FlowDistinguisherMethod: " type!:string ",
  FlowSchema: " apiVersion:string kind:string metadata:ObjectMeta spec:FlowSchemaSpec status:any ",
  FlowSchemaSpec:
    " distinguisherMethod:FlowDistinguisherMethod matchingPrecedence:int priorityLevelConfiguration!:PriorityLevelConfigurationReference rules:[PolicyRulesWithSubjects] ",
  ForNode: " name!:string ",
  ForZone: " name!:string ",
  GCEPersistentDiskVolumeSource: " fsType:string partition:int pdName!:string readOnly:bool ",
  GRPCAction: " port!:int service:string ",
  GitRepoVolumeSource: " directory:string repository!:string revision:string ",
  GlusterfsPersistentVolumeSource: " endpoints!:string endpointsNamespace:string path!:string readOnly:bool ",
  GlusterfsVolumeSource: " endpoints!:string path!:string readOnly:bool ",
  GroupSubject: " name!:string ",
  HPAScalingPolicy: " periodSeconds!:int type!:string value!:int ",
  HPAScalingRules:
    " policies:[HPAScalingPolicy] selectPolicy:string stabilizationWindowSeconds:int tolerance:quantity ",
  "HPAScalingRules@autoscaling/v2beta2":
    " policies:[HPAScalingPolicy] selectPolicy:string stabilizationWindowSeconds:int ",
  HTTPGetAction: " host:string httpHeaders:[HTTPHeader] path:string port!:port scheme:=HTTP|HTTPS ",
  HTTPHeader: " name!:string value!:string ",
  HTTPIngressPath: " backend!:IngressBackend path:string pathType!:=Exact|ImplementationSpecific|Prefix ",
  "HTTPIngressPath@networking/v1beta1": " backend!:IngressBackend@networking/v1beta1 path:string pathType:string ",
  HTTPIngressRuleValue: " paths!:[HTTPIngressPath] ",
  "HTTPIngressRuleValue@networking/v1beta1": " paths!:[HTTPIngressPath@networking/v1beta1] ",
  HorizontalPodAutoscaler:
    " apiVersion:string kind:string metadata:ObjectMeta spec!:HorizontalPodAutoscalerSpec status:any ",
  "HorizontalPodAutoscaler@autoscaling/v1":
    " apiVersion:string kind:string metadata:ObjectMeta spec!:HorizontalPodAutoscalerSpec@autoscaling/v1 status:any ",
  "HorizontalPodAutoscaler@autoscaling/v2beta1":
    " apiVersion:string kind:string metadata:ObjectMeta spec:HorizontalPodAutoscalerSpec@autoscaling/v2beta1 status:any ",
  "HorizontalPodAutoscaler@autoscaling/v2beta2":
    " apiVersion:string kind:string metadata:ObjectMeta spec:HorizontalPodAutoscalerSpec@autoscaling/v2beta2 status:any ",
  HorizontalPodAutoscalerBehavior: " scaleDown:HPAScalingRules scaleUp:HPAScalingRules ",
  "HorizontalPodAutoscalerBehavior@autoscaling/v2beta2":
    " scaleDown:HPAScalingRules@autoscaling/v2beta2 scaleUp:HPAScalingRules@autoscaling/v2beta2 ",
  HorizontalPodAutoscalerSpec:
    " behavior:HorizontalPodAutoscalerBehavior maxReplicas!:int metrics:[MetricSpec] minReplicas:int scaleTargetRef!:CrossVersionObjectReference ",
  "HorizontalPodAutoscalerSpec@autoscaling/v1":
    " maxReplicas!:int minReplicas:int scaleTargetRef!:CrossVersionObjectReference targetCPUUtilizationPercentage:int ",
  "HorizontalPodAutoscalerSpec@autoscaling/v2beta1":
    " maxReplicas!:int metrics:[MetricSpec@autoscaling/v2beta1] minReplicas:int scaleTargetRef!:CrossVersionObjectReference ",
  "HorizontalPodAutoscalerSpec@autoscaling/v2beta2":
    " behavior:HorizontalPodAutoscalerBehavior@autoscaling/v2beta2 maxReplicas!:int metrics:[MetricSpec] minReplicas:int scaleTargetRef!:CrossVersionObjectReference ",
  HostAlias: " hostnames:[string] ip!:string ",
  HostPathVolumeSource:
    " path!:string type:=BlockDevice|CharDevice|Directory|DirectoryOrCreate|File|FileOrCreate|Socket ",
  HostPortRange: " max!:int min!:int ",
  IDRange: " max!:int min!:int ",
  IPAddress: " apiVersion:string kind:string metadata:ObjectMeta spec!:IPAddressSpec ",
  IPAddressSpec: " parentRef!:ParentReference ",
  IPBlock: " cidr!:string except:[string] ",
  ISCSIPersistentVolumeSource:
    " chapAuthDiscovery:bool chapAuthSession:bool fsType:string initiatorName:string iqn!:string iscsiInterface:string lun!:int portals:[string] readOnly:bool secretRef:SecretReference targetPortal!:string ",
  ISCSIVolumeSource:
    " chapAuthDiscovery:bool chapAuthSession:bool fsType:string initiatorName:string iqn!:string iscsiInterface:string lun!:int portals:[string] readOnly:bool secretRef:LocalObjectReference targetPortal!:string ",
  ImageVolumeSource: " pullPolicy:=Always|IfNotPresent|Never reference:string ",
  Ingress: " apiVersion:string kind:string metadata:ObjectMeta spec:IngressSpec status:any ",
  "Ingress@networking/v1beta1":
    " apiVersion:string kind:string metadata:ObjectMeta spec:IngressSpec@networking/v1beta1 status:any ",
  IngressBackend: " resource:TypedLocalObjectReference service:IngressServiceBackend ",
  "IngressBackend@networking/v1beta1": " resource:TypedLocalObjectReference serviceName:string servicePort:port ",
  IngressClass: " apiVersion:string kind:string metadata:ObjectMeta spec:IngressClassSpec ",
  IngressClassParametersReference: " apiGroup:string kind:string name!:string namespace:string scope:string ",
  IngressClassSpec: " controller:string parameters:IngressClassParametersReference ",
  IngressRule: " host:string http:HTTPIngressRuleValue ",
  "IngressRule@networking/v1beta1": " host:string http:HTTPIngressRuleValue@networking/v1beta1 ",
  IngressServiceBackend: " name!:string port:ServiceBackendPort ",
  IngressSpec: " defaultBackend:IngressBackend ingressClassName:string rules:[IngressRule] tls:[IngressTLS] ",
  "IngressSpec@networking/v1beta1":
    " backend:IngressBackend@networking/v1beta1 ingressClassName:string rules:[IngressRule@networking/v1beta1] tls:[IngressTLS] ",
  IngressTLS: " hosts:[string] secretName:string ",
  JSONPatch: " expression:string ",
  JSONSchemaProps:
    " $ref:string $schema:string additionalItems:any additionalProperties:any allOf:[JSONSchemaProps] anyOf:[JSONSchemaProps] default:any definitions:{JSONSchemaProps} dependencies:{any} description:string enum:[any] example:any exclusiveMaximum:bool exclusiveMinimum:bool externalDocs:ExternalDocumentation format:string id:string items:any maxItems:int maxLength:int maxProperties:int maximum:number minItems:int minLength:int minProperties:int minimum:number multipleOf:number not:JSONSchemaProps nullable:bool oneOf:[JSONSchemaProps] pattern:string patternProperties:{JSONSchemaProps} properties:{JSONSchemaProps} required:[string] title:string type:string uniqueItems:bool x-kubernetes-embedded-resource:bool x-kubernetes-int-or-string:bool x-kubernetes-list-map-keys:[string] x-kubernetes-list-type:string x-kubernetes-map-type:string x-kubernetes-preserve-unknown-fields:bool x-kubernetes-validations:[ValidationRule] ",
  "JSONSchemaProps@apiextensions/v1beta1":
    " $ref:string $schema:string additionalItems:any additionalProperties:any allOf:[JSONSchemaProps@apiextensions/v1beta1] anyOf:[JSONSchemaProps@apiextensions/v1beta1] default:any definitions:{JSONSchemaProps@apiextensions/v1beta1} dependencies:{any} description:string enum:[any] example:any exclusiveMaximum:bool exclusiveMinimum:bool externalDocs:ExternalDocumentation format:string id:string items:any maxItems:int maxLength:int maxProperties:int maximum:number minItems:int minLength:int minProperties:int minimum:number multipleOf:number not:JSONSchemaProps@apiextensions/v1beta1 nullable:bool oneOf:[JSONSchemaProps@apiextensions/v1beta1] pattern:string patternProperties:{JSONSchemaProps@apiextensions/v1beta1} properties:{JSONSchemaProps@apiextensions/v1beta1} required:[string] title:string type:string uniqueItems:bool x-kubernetes-embedded-resource:bool x-kubernetes-int-or-string:bool x-kubernetes-list-map-keys:[string] x-kubernetes-list-type:string x-kubernetes-map-type:string x-kubernetes-preserve-unknown-fields:bool ",
  Job: " apiVersion:string kind:string metadata:ObjectMeta spec:JobSpec status:any ",
  JobSpec:
    " activeDeadlineSeconds:int backoffLimit:int backoffLimitPerIndex:int completionMode:=Indexed|NonIndexed completions:int managedBy:string manualSelector:bool maxFailedIndexes:int parallelism:int podFailurePolicy:PodFailurePolicy podReplacementPolicy:=Failed|TerminatingOrFailed selector:LabelSelector successPolicy:SuccessPolicy suspend:bool template!:PodTemplateSpec ttlSecondsAfterFinished:int ",
  JobTemplateSpec: " metadata:ObjectMeta spec:JobSpec ",
  KeyToPath: " key!:string mode:int path!:string ",
  LabelSelector: " matchExpressions:[LabelSelectorRequirement] matchLabels:{string} ",
  LabelSelectorAttributes: " rawSelector:string requirements:[LabelSelectorRequirement] ",
  LabelSelectorRequirement: " key!:string operator!:string values:[string] ",
  Lease: " apiVersion:string kind:string metadata:ObjectMeta spec:LeaseSpec ",
  "Lease@coordination/v1beta1":
    " apiVersion:string kind:string metadata:ObjectMeta spec:LeaseSpec@coordination/v1beta1 ",
  LeaseSpec:
    " acquireTime:time holderIdentity:string leaseDurationSeconds:int leaseTransitions:int preferredHolder:string renewTime:time strategy:string ",
  "LeaseSpec@coordination/v1beta1":
    " acquireTime:time holderIdentity:string leaseDurationSeconds:int leaseTransitions:int renewTime:time ",
  Lifecycle: " postStart:LifecycleHandler preStop:LifecycleHandler stopSignal:string ",
  LifecycleHandler: " exec:ExecAction httpGet:HTTPGetAction sleep:SleepAction tcpSocket:TCPSocketAction ",
  LimitRange: " apiVersion:string kind:string metadata:ObjectMeta spec:LimitRangeSpec ",
  LimitRangeItem:
    " default:{quantity} defaultRequest:{quantity} max:{quantity} maxLimitRequestRatio:{quantity} min:{quantity} type!:string ",
  LimitRangeSpec: " limits!:[LimitRangeItem] ",
  LimitResponse: " queuing:QueuingConfiguration type!:string ",
  LimitedPriorityLevelConfiguration:
    " borrowingLimitPercent:int lendablePercent:int limitResponse:LimitResponse nominalConcurrencyShares:int ",
  "LimitedPriorityLevelConfiguration@flowcontrol/v1beta1": " assuredConcurrencyShares:int limitResponse:LimitResponse ",
  "LimitedPriorityLevelConfiguration@flowcontrol/v1beta2":
    " assuredConcurrencyShares:int borrowingLimitPercent:int lendablePercent:int limitResponse:LimitResponse ",
  LocalObjectReference: " name:string ",
  LocalSubjectAccessReview:
    " apiVersion:string kind:string metadata:ObjectMeta spec!:SubjectAccessReviewSpec status:any ",
  "LocalSubjectAccessReview@authorization/v1beta1":
    " apiVersion:string kind:string metadata:ObjectMeta spec!:SubjectAccessReviewSpec@authorization/v1beta1 status:any ",
  LocalVolumeSource: " fsType:string path!:string ",
  ManagedFieldsEntry:
    " apiVersion:string fieldsType:string fieldsV1:any manager:string operation:string subresource:string time:time ",
  MatchCondition: " expression!:string name!:string ",
  MatchResources:
    " excludeResourceRules:[NamedRuleWithOperations] matchPolicy:=Equivalent|Exact namespaceSelector:LabelSelector objectSelector:LabelSelector resourceRules:[NamedRuleWithOperations] ",
  MetricIdentifier: " name!:string selector:LabelSelector ",
  MetricSpec:
    " containerResource:ContainerResourceMetricSource external:ExternalMetricSource object:ObjectMetricSource pods:PodsMetricSource resource:ResourceMetricSource type!:string ",
  "MetricSpec@autoscaling/v2beta1":
    " containerResource:ContainerResourceMetricSource@autoscaling/v2beta1 external:ExternalMetricSource@autoscaling/v2beta1 object:ObjectMetricSource@autoscaling/v2beta1 pods:PodsMetricSource@autoscaling/v2beta1 resource:ResourceMetricSource@autoscaling/v2beta1 type!:string ",
  MetricTarget: " averageUtilization:int averageValue:quantity type!:string value:quantity ",
  MutatingAdmissionPolicy: " apiVersion:string kind:string metadata:ObjectMeta spec:MutatingAdmissionPolicySpec ",
  MutatingAdmissionPolicyBinding:
    " apiVersion:string kind:string metadata:ObjectMeta spec:MutatingAdmissionPolicyBindingSpec ",
  MutatingAdmissionPolicyBindingSpec: " matchResources:MatchResources paramRef:ParamRef policyName:string ",
  MutatingAdmissionPolicySpec:
    " failurePolicy:=Fail|Ignore matchConditions:[MatchCondition] matchConstraints:MatchResources mutations:[Mutation] paramKind:ParamKind reinvocationPolicy:=IfNeeded|Never variables:[Variable] ",
  MutatingWebhook:
    " admissionReviewVersions!:[string] clientConfig!:WebhookClientConfig failurePolicy:=Fail|Ignore matchConditions:[MatchCondition] matchPolicy:=Equivalent|Exact name!:string namespaceSelector:LabelSelector objectSelector:LabelSelector reinvocationPolicy:=IfNeeded|Never rules:[RuleWithOperations] sideEffects!:=None|NoneOnDryRun|Some|Unknown timeoutSeconds:int ",
  "MutatingWebhook@admissionregistration/v1beta1":
    " admissionReviewVersions:[string] clientConfig!:WebhookClientConfig failurePolicy:string matchPolicy:string name!:string namespaceSelector:LabelSelector objectSelector:LabelSelector reinvocationPolicy:string rules:[RuleWithOperations] sideEffects:string timeoutSeconds:int ",
  MutatingWebhookConfiguration: " apiVersion:string kind:string metadata:ObjectMeta webhooks:[MutatingWebhook] ",
  "MutatingWebhookConfiguration@admissionregistration/v1beta1":
    " apiVersion:string kind:string metadata:ObjectMeta webhooks:[MutatingWebhook@admissionregistration/v1beta1] ",
  Mutation: " applyConfiguration:ApplyConfiguration jsonPatch:JSONPatch patchType!:=ApplyConfiguration|JSONPatch ",
  NFSVolumeSource: " path!:string readOnly:bool server!:string ",
  NamedRuleWithOperations:
    " apiGroups:[string] apiVersions:[string] operations:[string] resourceNames:[string] resources:[string] scope:string ",
  Namespace: " apiVersion:string kind:string metadata:ObjectMeta spec:NamespaceSpec status:any ",
  NamespaceSpec: " finalizers:[string] ",
  NetworkPolicy: " apiVersion:string kind:string metadata:ObjectMeta spec:NetworkPolicySpec ",
  "NetworkPolicy@extensions/v1beta1":
    " apiVersion:string kind:string metadata:ObjectMeta spec:NetworkPolicySpec@extensions/v1beta1 ",
  NetworkPolicyEgressRule: " ports:[NetworkPolicyPort] to:[NetworkPolicyPeer] ",
  "NetworkPolicyEgressRule@extensions/v1beta1": " ports:[NetworkPolicyPort@extensions/v1beta1] to:[NetworkPolicyPeer] ",
  NetworkPolicyIngressRule: " from:[NetworkPolicyPeer] ports:[NetworkPolicyPort] ",
  "NetworkPolicyIngressRule@extensions/v1beta1":
    " from:[NetworkPolicyPeer] ports:[NetworkPolicyPort@extensions/v1beta1] ",
  NetworkPolicyPeer: " ipBlock:IPBlock namespaceSelector:LabelSelector podSelector:LabelSelector ",
  NetworkPolicyPort: " endPort:int port:port protocol:=SCTP|TCP|UDP ",
  "NetworkPolicyPort@extensions/v1beta1": " port:port protocol:string ",
  NetworkPolicySpec:
    " egress:[NetworkPolicyEgressRule] ingress:[NetworkPolicyIngressRule] podSelector:LabelSelector policyTypes:[=Egress|Ingress] ",
  "NetworkPolicySpec@extensions/v1beta1":
    " egress:[NetworkPolicyEgressRule@extensions/v1beta1] ingress:[NetworkPolicyIngressRule@extensions/v1beta1] podSelector!:LabelSelector policyTypes:[string] ",
  Node: " apiVersion:string kind:string metadata:ObjectMeta spec:NodeSpec status:any ",
  NodeAffinity:
    " preferredDuringSchedulingIgnoredDuringExecution:[PreferredSchedulingTerm] requiredDuringSchedulingIgnoredDuringExecution:NodeSelector ",
  NodeAllocatableResourceMapping: " allocationMultiplier:quantity capacityKey:string ",
  NodeConfigSource: " configMap:ConfigMapNodeConfigSource ",
  NodeSelector: " nodeSelectorTerms!:[NodeSelectorTerm] ",
  NodeSelectorRequirement: " key!:string operator!:=DoesNotExist|Exists|Gt|In|Lt|NotIn values:[string] ",
  NodeSelectorTerm: " matchExpressions:[NodeSelectorRequirement] matchFields:[NodeSelectorRequirement] ",
  NodeSpec:
    " configSource:NodeConfigSource externalID:string podCIDR:string podCIDRs:[string] providerID:string taints:[Taint] unschedulable:bool ",
  NonResourceAttributes: " path:string verb:string ",
  NonResourcePolicyRule: " nonResourceURLs!:[string] verbs!:[string] ",
  ObjectFieldSelector: " apiVersion:string fieldPath!:string ",
  ObjectMeta:
    " annotations:{string} creationTimestamp:time deletionGracePeriodSeconds:int deletionTimestamp:time finalizers:[string] generateName:string generation:int labels:{string} managedFields:[ManagedFieldsEntry] name:string namespace:string ownerReferences:[OwnerReference] resourceVersion:string selfLink:string uid:string ",
  ObjectMetricSource: " describedObject!:CrossVersionObjectReference metric!:MetricIdentifier target!:MetricTarget ",
  "ObjectMetricSource@autoscaling/v2beta1":
    " averageValue:quantity metricName!:string selector:LabelSelector target!:CrossVersionObjectReference targetValue!:quantity ",
  ObjectReference:
    " apiVersion:string fieldPath:string kind:string name:string namespace:string resourceVersion:string uid:string ",
  OpaqueDeviceConfiguration: " driver!:string parameters!:any ",
  Overhead: " podFixed:{quantity} ",
  OwnerReference: " apiVersion:string blockOwnerDeletion:bool controller:bool kind:string name!:string uid!:string ",
  ParamKind: " apiVersion:string kind:string ",
  ParamRef: " name:string namespace:string parameterNotFoundAction:string selector:LabelSelector ",
  ParentReference: " group:string name!:string namespace:string resource!:string ",
  PersistentVolume: " apiVersion:string kind:string metadata:ObjectMeta spec:PersistentVolumeSpec status:any ",
  PersistentVolumeClaim:
    " apiVersion:string kind:string metadata:ObjectMeta spec:PersistentVolumeClaimSpec status:any ",
  PersistentVolumeClaimSpec:
    " accessModes:[=ReadOnlyMany|ReadWriteMany|ReadWriteOnce|ReadWriteOncePod] dataSource:TypedLocalObjectReference dataSourceRef:TypedObjectReference resources:VolumeResourceRequirements selector:LabelSelector storageClassName:string volumeAttributesClassName:string volumeMode:=Block|Filesystem volumeName:string ",
  PersistentVolumeClaimTemplate: " metadata:ObjectMeta spec!:PersistentVolumeClaimSpec ",
  PersistentVolumeClaimVolumeSource: " claimName!:string readOnly:bool ",
  PersistentVolumeSpec:
    " accessModes:[=ReadOnlyMany|ReadWriteMany|ReadWriteOnce|ReadWriteOncePod] awsElasticBlockStore:AWSElasticBlockStoreVolumeSource azureDisk:AzureDiskVolumeSource azureFile:AzureFilePersistentVolumeSource capacity:{quantity} cephfs:CephFSPersistentVolumeSource cinder:CinderPersistentVolumeSource claimRef:ObjectReference csi:CSIPersistentVolumeSource fc:FCVolumeSource flexVolume:FlexPersistentVolumeSource flocker:FlockerVolumeSource gcePersistentDisk:GCEPersistentDiskVolumeSource glusterfs:GlusterfsPersistentVolumeSource hostPath:HostPathVolumeSource iscsi:ISCSIPersistentVolumeSource local:LocalVolumeSource mountOptions:[string] nfs:NFSVolumeSource nodeAffinity:VolumeNodeAffinity persistentVolumeReclaimPolicy:=Delete|Recycle|Retain photonPersistentDisk:PhotonPersistentDiskVolumeSource portworxVolume:PortworxVolumeSource quobyte:QuobyteVolumeSource rbd:RBDPersistentVolumeSource scaleIO:ScaleIOPersistentVolumeSource storageClassName:string storageos:StorageOSPersistentVolumeSource volumeAttributesClassName:string volumeMode:=Block|Filesystem vsphereVolume:VsphereVirtualDiskVolumeSource ",
  PhotonPersistentDiskVolumeSource: " fsType:string pdID!:string ",
  Pod: " apiVersion:string kind:string metadata:ObjectMeta spec:PodSpec status:any ",
  PodAffinity:
    " preferredDuringSchedulingIgnoredDuringExecution:[WeightedPodAffinityTerm] requiredDuringSchedulingIgnoredDuringExecution:[PodAffinityTerm] ",
  PodAffinityTerm:
    " labelSelector:LabelSelector matchLabelKeys:[string] mismatchLabelKeys:[string] namespaceSelector:LabelSelector namespaces:[string] topologyKey!:string ",
  PodAntiAffinity:
    " preferredDuringSchedulingIgnoredDuringExecution:[WeightedPodAffinityTerm] requiredDuringSchedulingIgnoredDuringExecution:[PodAffinityTerm] ",
  PodCertificateProjection:
    " certificateChainPath:string credentialBundlePath:string keyPath:string keyType!:string maxExpirationSeconds:int signerName!:string userAnnotations:{string} ",
  PodDNSConfig: " nameservers:[string] options:[PodDNSConfigOption] searches:[string] ",
  PodDNSConfigOption: " name:string value:string ",
  PodDisruptionBudget: " apiVersion:string kind:string metadata:ObjectMeta spec:PodDisruptionBudgetSpec status:any ",
  "PodDisruptionBudget@policy/v1beta1":
    " apiVersion:string kind:string metadata:ObjectMeta spec:PodDisruptionBudgetSpec@policy/v1beta1 status:any ",
  PodDisruptionBudgetSpec:
    " maxUnavailable:port minAvailable:port selector:LabelSelector unhealthyPodEvictionPolicy:=AlwaysAllow|IfHealthyBudget ",
  "PodDisruptionBudgetSpec@policy/v1beta1": " maxUnavailable:port minAvailable:port selector:LabelSelector ",
  PodFailurePolicy: " rules!:[PodFailurePolicyRule] ",
  PodFailurePolicyOnExitCodesRequirement: " containerName:string operator!:=In|NotIn values!:[int] ",
  PodFailurePolicyOnPodConditionsPattern: " status:any type!:string ",
  PodFailurePolicyRule:
    " action!:=Count|FailIndex|FailJob|Ignore onExitCodes:PodFailurePolicyOnExitCodesRequirement onPodConditions:[PodFailurePolicyOnPodConditionsPattern] ",
  PodOS: " name!:string ",
  PodReadinessGate: " conditionType!:string ",
  PodResourceClaim: " name!:string resourceClaimName:string resourceClaimTemplateName:string ",
  PodSchedulingGate: " name!:string ",
  PodSchedulingGroup: " podGroupName:string ",
  PodSecurityContext:
    " appArmorProfile:AppArmorProfile fsGroup:int fsGroupChangePolicy:=Always|OnRootMismatch runAsGroup:int runAsNonRoot:bool runAsUser:int seLinuxChangePolicy:string seLinuxOptions:SELinuxOptions seccompProfile:SeccompProfile supplementalGroups:[int] supplementalGroupsPolicy:=Merge|Strict sysctls:[Sysctl] windowsOptions:WindowsSecurityContextOptions ",
  PodSecurityPolicy: " apiVersion:string kind:string metadata:ObjectMeta spec:PodSecurityPolicySpec ",
  PodSecurityPolicySpec:
    " allowPrivilegeEscalation:bool allowedCSIDrivers:[AllowedCSIDriver] allowedCapabilities:[string] allowedFlexVolumes:[AllowedFlexVolume] allowedHostPaths:[AllowedHostPath] allowedProcMountTypes:[string] allowedUnsafeSysctls:[string] defaultAddCapabilities:[string] defaultAllowPrivilegeEscalation:bool forbiddenSysctls:[string] fsGroup!:FSGroupStrategyOptions hostIPC:bool hostNetwork:bool hostPID:bool hostPorts:[HostPortRange] privileged:bool readOnlyRootFilesystem:bool requiredDropCapabilities:[string] runAsGroup:RunAsGroupStrategyOptions runAsUser!:RunAsUserStrategyOptions runtimeClass:RuntimeClassStrategyOptions seLinux!:SELinuxStrategyOptions supplementalGroups!:SupplementalGroupsStrategyOptions volumes:[string] ",
  PodSpec:
    " activeDeadlineSeconds:int affinity:Affinity automountServiceAccountToken:bool containers!:[Container] dnsConfig:PodDNSConfig dnsPolicy:=ClusterFirst|ClusterFirstWithHostNet|Default|None enableServiceLinks:bool ephemeralContainers:[EphemeralContainer] hostAliases:[HostAlias] hostIPC:bool hostNetwork:bool hostPID:bool hostUsers:bool hostname:string hostnameOverride:string imagePullSecrets:[LocalObjectReference] initContainers:[Container] nodeName:string nodeSelector:{string} os:PodOS overhead:{quantity} preemptionPolicy:=Never|PreemptLowerPriority priority:int priorityClassName:string readinessGates:[PodReadinessGate] resourceClaims:[PodResourceClaim] resources:ResourceRequirements restartPolicy:=Always|Never|OnFailure runtimeClassName:string schedulerName:string schedulingGates:[PodSchedulingGate] schedulingGroup:PodSchedulingGroup securityContext:PodSecurityContext serviceAccount:string serviceAccountName:string setHostnameAsFQDN:bool shareProcessNamespace:bool subdomain:string terminationGracePeriodSeconds:int tolerations:[Toleration] topologySpreadConstraints:[TopologySpreadConstraint] volumes:[Volume] ",
  PodTemplate: " apiVersion:string kind:string metadata:ObjectMeta template:PodTemplateSpec ",
  PodTemplateSpec: " metadata:ObjectMeta spec:PodSpec ",
  PodsMetricSource: " metric!:MetricIdentifier target!:MetricTarget ",
  "PodsMetricSource@autoscaling/v2beta1": " metricName!:string selector:LabelSelector targetAverageValue!:quantity ",
  PolicyRule: " apiGroups:[string] nonResourceURLs:[string] resourceNames:[string] resources:[string] verbs!:[string] ",
  PolicyRulesWithSubjects:
    " nonResourceRules:[NonResourcePolicyRule] resourceRules:[ResourcePolicyRule] subjects!:[Subject@flowcontrol/v1] ",
  PortworxVolumeSource: " fsType:string readOnly:bool volumeID!:string ",
  Preconditions: " resourceVersion:string uid:string ",
  PreferredSchedulingTerm: " preference!:NodeSelectorTerm weight!:int ",
  PriorityClass:
    " apiVersion:string description:string globalDefault:bool kind:string metadata:ObjectMeta preemptionPolicy:=Never|PreemptLowerPriority value:int ",
  "PriorityClass@scheduling/v1beta1":
    " apiVersion:string description:string globalDefault:bool kind:string metadata:ObjectMeta preemptionPolicy:string value!:int ",
  PriorityLevelConfiguration:
    " apiVersion:string kind:string metadata:ObjectMeta spec:PriorityLevelConfigurationSpec status:any ",
  "PriorityLevelConfiguration@flowcontrol/v1beta1":
    " apiVersion:string kind:string metadata:ObjectMeta spec:PriorityLevelConfigurationSpec@flowcontrol/v1beta1 status:any ",
  "PriorityLevelConfiguration@flowcontrol/v1beta2":
    " apiVersion:string kind:string metadata:ObjectMeta spec:PriorityLevelConfigurationSpec@flowcontrol/v1beta2 status:any ",
  PriorityLevelConfigurationReference: " name!:string ",
  PriorityLevelConfigurationSpec:
    " exempt:ExemptPriorityLevelConfiguration limited:LimitedPriorityLevelConfiguration type!:string ",
  "PriorityLevelConfigurationSpec@flowcontrol/v1beta1":
    " limited:LimitedPriorityLevelConfiguration@flowcontrol/v1beta1 type!:string ",
  "PriorityLevelConfigurationSpec@flowcontrol/v1beta2":
    " limited:LimitedPriorityLevelConfiguration@flowcontrol/v1beta2 type!:string ",
  Probe:
    " exec:ExecAction failureThreshold:int grpc:GRPCAction httpGet:HTTPGetAction initialDelaySeconds:int periodSeconds:int successThreshold:int tcpSocket:TCPSocketAction terminationGracePeriodSeconds:int timeoutSeconds:int ",
  ProjectedVolumeSource: " defaultMode:int sources:[VolumeProjection] ",
  QueuingConfiguration: " handSize:int queueLengthLimit:int queues:int ",
  QuobyteVolumeSource: " group:string readOnly:bool registry!:string tenant:string user:string volume!:string ",
  RBDPersistentVolumeSource:
    " fsType:string image!:string keyring:string monitors!:[string] pool:string readOnly:bool secretRef:SecretReference user:string ",
  RBDVolumeSource:
    " fsType:string image!:string keyring:string monitors!:[string] pool:string readOnly:bool secretRef:LocalObjectReference user:string ",
  ReplicaSet: " apiVersion:string kind:string metadata:ObjectMeta spec:ReplicaSetSpec status:any ",
  "ReplicaSet@extensions/v1beta1":
    " apiVersion:string kind:string metadata:ObjectMeta spec:ReplicaSetSpec@extensions/v1beta1 status:any ",
  ReplicaSetSpec: " minReadySeconds:int replicas:int selector!:LabelSelector template:PodTemplateSpec ",
  "ReplicaSetSpec@extensions/v1beta1":
    " minReadySeconds:int replicas:int selector:LabelSelector template:PodTemplateSpec ",
  ReplicationController:
    " apiVersion:string kind:string metadata:ObjectMeta spec:ReplicationControllerSpec status:any ",
  ReplicationControllerSpec: " minReadySeconds:int replicas:int selector:{string} template:PodTemplateSpec ",
  ResourceAttributes:
    " fieldSelector:FieldSelectorAttributes group:string labelSelector:LabelSelectorAttributes name:string namespace:string resource:string subresource:string verb:string version:string ",
  "ResourceAttributes@authorization/v1beta1":
    " group:string name:string namespace:string resource:string subresource:string verb:string version:string ",
  ResourceClaim: " name!:string request:string ",
  "ResourceClaim@resource/v1": " apiVersion:string kind:string metadata:ObjectMeta spec!:ResourceClaimSpec status:any ",
  ResourceClaimSpec: " devices:DeviceClaim ",
  ResourceClaimTemplate: " apiVersion:string kind:string metadata:ObjectMeta spec!:ResourceClaimTemplateSpec ",
  ResourceClaimTemplateSpec: " metadata:ObjectMeta spec!:ResourceClaimSpec ",
  ResourceFieldSelector: " containerName:string divisor:quantity resource!:string ",
  ResourceMetricSource: " name!:string target!:MetricTarget ",
  "ResourceMetricSource@autoscaling/v2beta1": " name!:string targetAverageUtilization:int targetAverageValue:quantity ",
  ResourcePolicyRule: " apiGroups!:[string] clusterScope:bool namespaces:[string] resources!:[string] verbs!:[string] ",
  ResourcePool: " generation!:int name!:string resourceSliceCount!:int ",
  ResourceQuota: " apiVersion:string kind:string metadata:ObjectMeta spec:ResourceQuotaSpec status:any ",
  ResourceQuotaSpec:
    " hard:{quantity} scopeSelector:ScopeSelector scopes:[=BestEffort|CrossNamespacePodAffinity|NotBestEffort|NotTerminating|PriorityClass|Terminating|VolumeAttributesClass] ",
  ResourceRequirements: " claims:[ResourceClaim] limits:{quantity} requests:{quantity} ",
  ResourceSlice: " apiVersion:string kind:string metadata:ObjectMeta spec!:ResourceSliceSpec ",
  ResourceSliceSpec:
    " allNodes:bool devices:[Device] driver!:string nodeName:string nodeSelector:NodeSelector perDeviceNodeSelection:bool pool!:ResourcePool sharedCounters:[CounterSet] ",
  Role: " apiVersion:string kind:string metadata:ObjectMeta rules:[PolicyRule] ",
  RoleBinding: " apiVersion:string kind:string metadata:ObjectMeta roleRef!:RoleRef subjects:[Subject] ",
  "RoleBinding@rbac/v1beta1":
    " apiVersion:string kind:string metadata:ObjectMeta roleRef!:RoleRef@rbac/v1beta1 subjects:[Subject] ",
  RoleRef: " apiGroup:string kind:string name!:string ",
  "RoleRef@rbac/v1beta1": " apiGroup!:string kind:string name!:string ",
  RollbackConfig: " revision:int ",
  RollingUpdateDaemonSet: " maxSurge:port maxUnavailable:port ",
  "RollingUpdateDaemonSet@extensions/v1beta1": " maxUnavailable:port ",
  RollingUpdateDeployment: " maxSurge:port maxUnavailable:port ",
  RollingUpdateStatefulSetStrategy: " maxUnavailable:port partition:int ",
  "RollingUpdateStatefulSetStrategy@apps/v1beta2": " partition:int ",
  RuleWithOperations: " apiGroups:[string] apiVersions:[string] operations:[string] resources:[string] scope:string ",
  RunAsGroupStrategyOptions: " ranges:[IDRange] rule!:string ",
  RunAsUserStrategyOptions: " ranges:[IDRange] rule!:string ",
  RuntimeClass:
    " apiVersion:string handler!:string kind:string metadata:ObjectMeta overhead:Overhead scheduling:Scheduling ",
  RuntimeClassStrategyOptions: " allowedRuntimeClassNames!:[string] defaultRuntimeClassName:string ",
  SELinuxOptions: " level:string role:string type:string user:string ",
  SELinuxStrategyOptions: " rule!:string seLinuxOptions:SELinuxOptions ",
  Scale: " apiVersion:string kind:string metadata:ObjectMeta spec:ScaleSpec status:any ",
  ScaleIOPersistentVolumeSource:
    " fsType:string gateway!:string protectionDomain:string readOnly:bool secretRef!:SecretReference sslEnabled:bool storageMode:string storagePool:string system!:string volumeName:string ",
  ScaleIOVolumeSource:
    " fsType:string gateway!:string protectionDomain:string readOnly:bool secretRef!:LocalObjectReference sslEnabled:bool storageMode:string storagePool:string system!:string volumeName:string ",
  ScaleSpec: " replicas:int ",
  Scheduling: " nodeSelector:{string} tolerations:[Toleration] ",
  ScopeSelector: " matchExpressions:[ScopedResourceSelectorRequirement] ",
  ScopedResourceSelectorRequirement:
    " operator!:=DoesNotExist|Exists|In|NotIn scopeName!:=BestEffort|CrossNamespacePodAffinity|NotBestEffort|NotTerminating|PriorityClass|Terminating|VolumeAttributesClass values:[string] ",
  SeccompProfile: " localhostProfile:string type!:=Localhost|RuntimeDefault|Unconfined ",
  Secret:
    " apiVersion:string data:{string} immutable:bool kind:string metadata:ObjectMeta stringData:{string} type:string ",
  SecretEnvSource: " name:string optional:bool ",
  SecretKeySelector: " key!:string name:string optional:bool ",
  SecretProjection: " items:[KeyToPath] name:string optional:bool ",
  SecretReference: " name:string namespace:string ",
  SecretVolumeSource: " defaultMode:int items:[KeyToPath] optional:bool secretName:string ",
  SecurityContext:
    " allowPrivilegeEscalation:bool appArmorProfile:AppArmorProfile capabilities:Capabilities privileged:bool procMount:=Default|Unmasked readOnlyRootFilesystem:bool runAsGroup:int runAsNonRoot:bool runAsUser:int seLinuxOptions:SELinuxOptions seccompProfile:SeccompProfile windowsOptions:WindowsSecurityContextOptions ",
  SelectableField: " jsonPath!:string ",
  SelfSubjectAccessReview:
    " apiVersion:string kind:string metadata:ObjectMeta spec!:SelfSubjectAccessReviewSpec status:any ",
  "SelfSubjectAccessReview@authorization/v1beta1":
    " apiVersion:string kind:string metadata:ObjectMeta spec!:SelfSubjectAccessReviewSpec@authorization/v1beta1 status:any ",
  SelfSubjectAccessReviewSpec: " nonResourceAttributes:NonResourceAttributes resourceAttributes:ResourceAttributes ",
  "SelfSubjectAccessReviewSpec@authorization/v1beta1":
    " nonResourceAttributes:NonResourceAttributes resourceAttributes:ResourceAttributes@authorization/v1beta1 ",
  SelfSubjectReview: " apiVersion:string kind:string metadata:ObjectMeta status:any ",
  SelfSubjectRulesReview:
    " apiVersion:string kind:string metadata:ObjectMeta spec!:SelfSubjectRulesReviewSpec status:any ",
  SelfSubjectRulesReviewSpec: " namespace:string ",
  Service: " apiVersion:string kind:string metadata:ObjectMeta spec:ServiceSpec status:any ",
  ServiceAccount:
    " apiVersion:string automountServiceAccountToken:bool imagePullSecrets:[LocalObjectReference] kind:string metadata:ObjectMeta secrets:[ObjectReference] ",
  ServiceAccountSubject: " name!:string namespace!:string ",
  ServiceAccountTokenProjection: " audience:string expirationSeconds:int path!:string ",
  ServiceBackendPort: " name:string number:int ",
  ServiceCIDR: " apiVersion:string kind:string metadata:ObjectMeta spec:ServiceCIDRSpec status:any ",
  ServiceCIDRSpec: " cidrs:[string] ",
  ServicePort: " appProtocol:string name:string nodePort:int port!:int protocol:=SCTP|TCP|UDP targetPort:port ",
  ServiceReference: " name:string namespace:string port:int ",
  "ServiceReference@apiextensions/v1": " name!:string namespace!:string path:string port:int ",
  ServiceSpec:
    " allocateLoadBalancerNodePorts:bool clusterIP:string clusterIPs:[string] externalIPs:[string] externalName:string externalTrafficPolicy:=Cluster|Local healthCheckNodePort:int internalTrafficPolicy:=Cluster|Local ipFamilies:[=IPv4|IPv6] ipFamilyPolicy:=PreferDualStack|RequireDualStack|SingleStack loadBalancerClass:string loadBalancerIP:string loadBalancerSourceRanges:[string] ports:[ServicePort] publishNotReadyAddresses:bool selector:{string} sessionAffinity:=ClientIP|None sessionAffinityConfig:SessionAffinityConfig trafficDistribution:string type:=ClusterIP|ExternalName|LoadBalancer|NodePort ",
  SessionAffinityConfig: " clientIP:ClientIPConfig ",
  SleepAction: " seconds!:int ",
  StatefulSet: " apiVersion:string kind:string metadata:ObjectMeta spec:StatefulSetSpec status:any ",
  "StatefulSet@apps/v1beta1":
    " apiVersion:string kind:string metadata:ObjectMeta spec:StatefulSetSpec@apps/v1beta1 status:any ",
  "StatefulSet@apps/v1beta2":
    " apiVersion:string kind:string metadata:ObjectMeta spec:StatefulSetSpec@apps/v1beta2 status:any ",
  StatefulSetOrdinals: " start:int ",
  StatefulSetPersistentVolumeClaimRetentionPolicy: " whenDeleted:string whenScaled:string ",
  StatefulSetSpec:
    " minReadySeconds:int ordinals:StatefulSetOrdinals persistentVolumeClaimRetentionPolicy:StatefulSetPersistentVolumeClaimRetentionPolicy podManagementPolicy:=OrderedReady|Parallel replicas:int revisionHistoryLimit:int selector!:LabelSelector serviceName:string template!:PodTemplateSpec updateStrategy:StatefulSetUpdateStrategy volumeClaimTemplates:[PersistentVolumeClaim] ",
  "StatefulSetSpec@apps/v1beta1":
    " podManagementPolicy:string replicas:int revisionHistoryLimit:int selector:LabelSelector serviceName!:string template!:PodTemplateSpec updateStrategy:StatefulSetUpdateStrategy@apps/v1beta2 volumeClaimTemplates:[PersistentVolumeClaim] ",
  "StatefulSetSpec@apps/v1beta2":
    " podManagementPolicy:string replicas:int revisionHistoryLimit:int selector!:LabelSelector serviceName!:string template!:PodTemplateSpec updateStrategy:StatefulSetUpdateStrategy@apps/v1beta2 volumeClaimTemplates:[PersistentVolumeClaim] ",
  StatefulSetUpdateStrategy: " rollingUpdate:RollingUpdateStatefulSetStrategy type:=OnDelete|RollingUpdate ",
  "StatefulSetUpdateStrategy@apps/v1beta2": " rollingUpdate:RollingUpdateStatefulSetStrategy@apps/v1beta2 type:string ",
  StorageClass:
    " allowVolumeExpansion:bool allowedTopologies:[TopologySelectorTerm] apiVersion:string kind:string metadata:ObjectMeta mountOptions:[string] parameters:{string} provisioner!:string reclaimPolicy:=Delete|Recycle|Retain volumeBindingMode:=Immediate|WaitForFirstConsumer ",
  "StorageClass@storage/v1beta1":
    " allowVolumeExpansion:bool allowedTopologies:[TopologySelectorTerm] apiVersion:string kind:string metadata:ObjectMeta mountOptions:[string] parameters:{string} provisioner!:string reclaimPolicy:string volumeBindingMode:string ",
  StorageOSPersistentVolumeSource:
    " fsType:string readOnly:bool secretRef:ObjectReference volumeName:string volumeNamespace:string ",
  StorageOSVolumeSource:
    " fsType:string readOnly:bool secretRef:LocalObjectReference volumeName:string volumeNamespace:string ",
  Subject: " apiGroup:string kind:string name!:string namespace:string ",
  "Subject@flowcontrol/v1": " group:GroupSubject kind:string serviceAccount:ServiceAccountSubject user:UserSubject ",
  SubjectAccessReview: " apiVersion:string kind:string metadata:ObjectMeta spec!:SubjectAccessReviewSpec status:any ",
  "SubjectAccessReview@authorization/v1beta1":
    " apiVersion:string kind:string metadata:ObjectMeta spec!:SubjectAccessReviewSpec@authorization/v1beta1 status:any ",
  SubjectAccessReviewSpec:
    " extra:{[string]} groups:[string] nonResourceAttributes:NonResourceAttributes resourceAttributes:ResourceAttributes uid:string user:string ",
  "SubjectAccessReviewSpec@authorization/v1beta1":
    " extra:{[string]} group:[string] nonResourceAttributes:NonResourceAttributes resourceAttributes:ResourceAttributes@authorization/v1beta1 uid:string user:string ",
  SuccessPolicy: " rules!:[SuccessPolicyRule] ",
  SuccessPolicyRule: " succeededCount:int succeededIndexes:string ",
  SupplementalGroupsStrategyOptions: " ranges:[IDRange] rule:string ",
  Sysctl: " name!:string value!:string ",
  TCPSocketAction: " host:string port!:port ",
  Taint: " effect!:=NoExecute|NoSchedule|PreferNoSchedule key!:string timeAdded:time value:string ",
  TokenRequest: " audience!:string expirationSeconds:int ",
  "TokenRequest@authentication/v1":
    " apiVersion:string kind:string metadata:ObjectMeta spec:TokenRequestSpec status:any ",
  TokenRequestSpec: " audiences:[string] boundObjectRef:BoundObjectReference expirationSeconds:int ",
  TokenReview: " apiVersion:string kind:string metadata:ObjectMeta spec!:TokenReviewSpec status:any ",
  "TokenReview@authentication/v1beta1":
    " apiVersion:string kind:string metadata:ObjectMeta spec!:TokenReviewSpec@authentication/v1beta1 status:any ",
  TokenReviewSpec: " audiences:[string] token!:string ",
  "TokenReviewSpec@authentication/v1beta1": " audiences:[string] token:string ",
  Toleration:
    " effect:=NoExecute|NoSchedule|PreferNoSchedule key:string operator:=Equal|Exists|Gt|Lt tolerationSeconds:int value:string ",
  TopologySelectorLabelRequirement: " key!:string values!:[string] ",
  TopologySelectorTerm: " matchLabelExpressions:[TopologySelectorLabelRequirement] ",
  TopologySpreadConstraint:
    " labelSelector:LabelSelector matchLabelKeys:[string] maxSkew!:int minDomains:int nodeAffinityPolicy:=Honor|Ignore nodeTaintsPolicy:=Honor|Ignore topologyKey!:string whenUnsatisfiable!:=DoNotSchedule|ScheduleAnyway ",
  TypedLocalObjectReference: " apiGroup:string kind:string name!:string ",
  TypedObjectReference: " apiGroup:string kind:string name!:string namespace:string ",
  UserSubject: " name!:string ",
  ValidatingAdmissionPolicy:
    " apiVersion:string kind:string metadata:ObjectMeta spec:ValidatingAdmissionPolicySpec status:any ",
  ValidatingAdmissionPolicyBinding:
    " apiVersion:string kind:string metadata:ObjectMeta spec!:ValidatingAdmissionPolicyBindingSpec ",
  ValidatingAdmissionPolicyBindingSpec:
    " matchResources:MatchResources paramRef:ParamRef policyName!:string validationActions!:[=Audit|Deny|Warn] ",
  ValidatingAdmissionPolicySpec:
    " auditAnnotations:[AuditAnnotation] failurePolicy:=Fail|Ignore matchConditions:[MatchCondition] matchConstraints:MatchResources paramKind:ParamKind validations:[Validation] variables:[Variable] ",
  ValidatingWebhook:
    " admissionReviewVersions!:[string] clientConfig!:WebhookClientConfig failurePolicy:=Fail|Ignore matchConditions:[MatchCondition] matchPolicy:=Equivalent|Exact name!:string namespaceSelector:LabelSelector objectSelector:LabelSelector rules:[RuleWithOperations] sideEffects!:=None|NoneOnDryRun|Some|Unknown timeoutSeconds:int ",
  "ValidatingWebhook@admissionregistration/v1beta1":
    " admissionReviewVersions:[string] clientConfig!:WebhookClientConfig failurePolicy:string matchPolicy:string name!:string namespaceSelector:LabelSelector objectSelector:LabelSelector rules:[RuleWithOperations] sideEffects:string timeoutSeconds:int ",
  ValidatingWebhookConfiguration: " apiVersion:string kind:string metadata:ObjectMeta webhooks:[ValidatingWebhook] ",
  "ValidatingWebhookConfiguration@admissionregistration/v1beta1":
    " apiVersion:string kind:string metadata:ObjectMeta webhooks:[ValidatingWebhook@admissionregistration/v1beta1] ",
  Validation: " expression!:string message:string messageExpression:string reason:string ",
  ValidationRule:
    " fieldPath:string message:string messageExpression:string optionalOldSelf:bool reason:=FieldValueDuplicate|FieldValueForbidden|FieldValueInvalid|FieldValueRequired rule!:string ",
  Variable: " expression!:string name!:string ",
  Volume:
    " awsElasticBlockStore:AWSElasticBlockStoreVolumeSource azureDisk:AzureDiskVolumeSource azureFile:AzureFileVolumeSource cephfs:CephFSVolumeSource cinder:CinderVolumeSource configMap:ConfigMapVolumeSource csi:CSIVolumeSource downwardAPI:DownwardAPIVolumeSource emptyDir:EmptyDirVolumeSource ephemeral:EphemeralVolumeSource fc:FCVolumeSource flexVolume:FlexVolumeSource flocker:FlockerVolumeSource gcePersistentDisk:GCEPersistentDiskVolumeSource gitRepo:GitRepoVolumeSource glusterfs:GlusterfsVolumeSource hostPath:HostPathVolumeSource image:ImageVolumeSource iscsi:ISCSIVolumeSource name!:string nfs:NFSVolumeSource persistentVolumeClaim:PersistentVolumeClaimVolumeSource photonPersistentDisk:PhotonPersistentDiskVolumeSource portworxVolume:PortworxVolumeSource projected:ProjectedVolumeSource quobyte:QuobyteVolumeSource rbd:RBDVolumeSource scaleIO:ScaleIOVolumeSource secret:SecretVolumeSource storageos:StorageOSVolumeSource vsphereVolume:VsphereVirtualDiskVolumeSource ",
  VolumeAttachment: " apiVersion:string kind:string metadata:ObjectMeta spec!:VolumeAttachmentSpec status:any ",
  VolumeAttachmentSource: " inlineVolumeSpec:PersistentVolumeSpec persistentVolumeName:string ",
  VolumeAttachmentSpec: " attacher!:string nodeName!:string source!:VolumeAttachmentSource ",
  VolumeAttributesClass: " apiVersion:string driverName!:string kind:string metadata:ObjectMeta parameters:{string} ",
  VolumeDevice: " devicePath!:string name!:string ",
  VolumeMount:
    " mountPath!:string mountPropagation:=Bidirectional|HostToContainer|None name!:string readOnly:bool recursiveReadOnly:string subPath:string subPathExpr:string ",
  VolumeNodeAffinity: " required:NodeSelector ",
  VolumeNodeResources: " count:int ",
  VolumeProjection:
    " clusterTrustBundle:ClusterTrustBundleProjection configMap:ConfigMapProjection downwardAPI:DownwardAPIProjection podCertificate:PodCertificateProjection secret:SecretProjection serviceAccountToken:ServiceAccountTokenProjection ",
  VolumeResourceRequirements: " limits:{quantity} requests:{quantity} ",
  VsphereVirtualDiskVolumeSource: " fsType:string storagePolicyID:string storagePolicyName:string volumePath!:string ",
  WebhookClientConfig: " caBundle:string service:ServiceReference@apiextensions/v1 url:string ",
  WebhookConversion: " clientConfig:WebhookClientConfig conversionReviewVersions!:[string] ",
  WeightedPodAffinityTerm: " podAffinityTerm!:PodAffinityTerm weight!:int ",
  WindowsSecurityContextOptions:
    " gmsaCredentialSpec:string gmsaCredentialSpecName:string hostProcess:bool runAsUserName:string ",
};
