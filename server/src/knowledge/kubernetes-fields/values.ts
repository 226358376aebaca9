/**
 * Values that a field takes and that the API's own documents tell in words alone, by `Shape.field`. Sources: the reference of each field at
 * https://kubernetes.io/docs/reference/kubernetes-api/ and its validation in https://github.com/kubernetes/kubernetes (pkg/apis).
 */
export const toldValues: Readonly<Record<string, readonly string[]>> = {
  "CSIDriverSpec.fsGroupPolicy": ["ReadWriteOnceWithFSType", "File", "None"],
  "Container.restartPolicy": ["Always", "OnFailure", "Never"],
  "ContainerResizePolicy.restartPolicy": ["NotRequired", "RestartContainer"],
  "CustomResourceDefinitionSpec.scope": ["Namespaced", "Cluster"],
  "FlowDistinguisherMethod.type": ["ByUser", "ByNamespace"],
  "HPAScalingPolicy.type": ["Pods", "Percent"],
  "HPAScalingRules.selectPolicy": ["Max", "Min", "Disabled"],
  "LabelSelectorRequirement.operator": ["In", "NotIn", "Exists", "DoesNotExist"],
  "LimitResponse.type": ["Queue", "Reject"],
  "MetricSpec.type": ["Resource", "ContainerResource", "Pods", "Object", "External"],
  "MetricTarget.type": ["Utilization", "AverageValue", "Value"],
  "PodOS.name": ["linux", "windows"],
  "PodSecurityContext.seLinuxChangePolicy": ["MountOption", "Recursive"],
  "PriorityLevelConfigurationSpec.type": ["Limited", "Exempt"],
};

/**
 * Fields that the API's documents call required and that the API server does not miss: it fills them in, or takes their absence for a zero that is
 * allowed. Source: defaults and validation in https://github.com/kubernetes/kubernetes (pkg/apis), by `Shape.field`.
 */
export const filledIn: ReadonlySet<string> = new Set([
  "ControllerRevision.revision",
  "CustomResourceDefinitionVersion.served",
  "CustomResourceDefinitionVersion.storage",
  "ISCSIPersistentVolumeSource.lun",
  "ISCSIVolumeSource.lun",
  "PriorityClass.value",
  "PriorityClass@scheduling/v1beta1.value",
  "ResourcePool.generation",
  "RoleRef.apiGroup",
  "RoleRef@rbac/v1beta1.apiGroup",
  "StatefulSetSpec@apps/v1beta1.serviceName",
  "StatefulSetSpec@apps/v1beta2.serviceName",
]);

/**
 * Names that people write for a field of a shape, by `Shape.name`: from Compose, from other fields, from older versions of the API. With a `.` it is a field further
 * down.
 */
export const otherNames: Readonly<Record<string, string>> = {
  "Container.cmd": "command",
  "Container.entrypoint": "command",
  "Container.environment": "env",
  "Container.healthcheck": "livenessProbe",
  "Container.mounts": "volumeMounts",
  "Container.pullPolicy": "imagePullPolicy",
  "Container.volumes": "volumeMounts",
  "ContainerPort.port": "containerPort",
  "ContainerPort.targetPort": "containerPort",
  "EnvVar.key": "name",
  "HTTPIngressPath.serviceName": "backend.service.name",
  "HTTPIngressPath.servicePort": "backend.service.port.number",
  "IngressBackend.serviceName": "service.name",
  "IngressBackend.servicePort": "service.port.number",
  "IngressSpec.backend": "defaultBackend",
  "PodSpec.pullSecrets": "imagePullSecrets",
  "ServicePort.containerPort": "targetPort",
  "VolumeMount.path": "mountPath",
};
