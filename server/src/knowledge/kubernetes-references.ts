/**
 * Where objects of Kubernetes name others. Sources: the API reference, https://kubernetes.io/docs/reference/kubernetes-api/, and
 * https://gateway-api.sigs.k8s.io/reference/spec/.
 */
export interface ReferencePath {
  /** The map that refers, from the pod's spec or the object; `*` stands for every item of a list. */
  readonly path: readonly string[];
  /** The key of that map that holds the name. */
  readonly name: string;
  /** What is named; `undefined`: the key `kind` of that map says so. */
  readonly kind?: string;
  /** Where the map has no `kind`. */
  readonly otherwise?: string;
  /** The group of what is named, the empty text for the core one. Where left out, `group`, `apiGroup` or `apiVersion` of the map says so, or nothing does. */
  readonly group?: string;
  /** The map may name another namespace. */
  readonly crosses?: boolean;
  /** Keys within what is named: from the map, the last step holds a key. */
  readonly keys?: readonly string[];
}

const containers: readonly string[] = ["initContainers", "containers", "ephemeralContainers"];

function inContainers(path: readonly string[], rest: Omit<ReferencePath, "path">): readonly ReferencePath[] {
  return containers.map((key) => ({ path: [key, "*", ...path], ...rest }));
}

/** What the spec of a pod names. */
export const podReferences: readonly ReferencePath[] = [
  ...inContainers(["env", "*", "valueFrom", "configMapKeyRef"], {
    name: "name",
    kind: "ConfigMap",
    group: "",
    keys: ["key"],
  }),
  ...inContainers(["env", "*", "valueFrom", "secretKeyRef"], {
    name: "name",
    kind: "Secret",
    group: "",
    keys: ["key"],
  }),
  ...inContainers(["envFrom", "*", "configMapRef"], { name: "name", kind: "ConfigMap", group: "" }),
  ...inContainers(["envFrom", "*", "secretRef"], { name: "name", kind: "Secret", group: "" }),
  { path: ["volumes", "*", "configMap"], name: "name", kind: "ConfigMap", group: "", keys: ["items", "*", "key"] },
  { path: ["volumes", "*", "secret"], name: "secretName", kind: "Secret", group: "", keys: ["items", "*", "key"] },
  {
    path: ["volumes", "*", "projected", "sources", "*", "configMap"],
    name: "name",
    kind: "ConfigMap",
    group: "",
    keys: ["items", "*", "key"],
  },
  {
    path: ["volumes", "*", "projected", "sources", "*", "secret"],
    name: "name",
    kind: "Secret",
    group: "",
    keys: ["items", "*", "key"],
  },
  { path: ["volumes", "*", "csi", "nodePublishSecretRef"], name: "name", kind: "Secret", group: "" },
  { path: ["volumes", "*", "persistentVolumeClaim"], name: "claimName", kind: "PersistentVolumeClaim", group: "" },
  { path: [], name: "serviceAccountName", kind: "ServiceAccount", group: "" },
  { path: [], name: "serviceAccount", kind: "ServiceAccount", group: "" },
  { path: ["imagePullSecrets", "*"], name: "name", kind: "Secret", group: "" },
  { path: [], name: "priorityClassName", kind: "PriorityClass", group: "scheduling.k8s.io" },
  { path: [], name: "runtimeClassName", kind: "RuntimeClass", group: "node.k8s.io" },
];

const routeReferences: readonly ReferencePath[] = [
  { path: ["spec", "parentRefs", "*"], name: "name", otherwise: "Gateway", crosses: true },
  { path: ["spec", "rules", "*", "backendRefs", "*"], name: "name", otherwise: "Service", crosses: true },
];

const scaleTarget: readonly ReferencePath[] = [
  { path: ["spec", "scaleTargetRef"], name: "name", otherwise: "Deployment" },
];

const webhookService: readonly ReferencePath[] = [
  { path: ["webhooks", "*", "clientConfig", "service"], name: "name", kind: "Service", group: "", crosses: true },
];

/** What objects name beside that, by their kind. */
export const objectReferences: Readonly<Record<string, readonly ReferencePath[]>> = {
  StatefulSet: [{ path: ["spec"], name: "serviceName", kind: "Service", group: "" }],
  Ingress: [
    {
      path: ["spec", "rules", "*", "http", "paths", "*", "backend", "service"],
      name: "name",
      kind: "Service",
      group: "",
    },
    { path: ["spec", "defaultBackend", "service"], name: "name", kind: "Service", group: "" },
    { path: ["spec", "rules", "*", "http", "paths", "*", "backend"], name: "serviceName", kind: "Service", group: "" },
    { path: ["spec", "backend"], name: "serviceName", kind: "Service", group: "" },
    { path: ["spec", "tls", "*"], name: "secretName", kind: "Secret", group: "" },
    { path: ["spec"], name: "ingressClassName", kind: "IngressClass", group: "networking.k8s.io" },
  ],
  HTTPRoute: [
    ...routeReferences,
    {
      path: ["spec", "rules", "*", "filters", "*", "requestMirror", "backendRef"],
      name: "name",
      otherwise: "Service",
      crosses: true,
    },
  ],
  GRPCRoute: routeReferences,
  TCPRoute: routeReferences,
  TLSRoute: routeReferences,
  UDPRoute: routeReferences,
  Gateway: [
    { path: ["spec"], name: "gatewayClassName", kind: "GatewayClass", group: "gateway.networking.k8s.io" },
    {
      path: ["spec", "listeners", "*", "tls", "certificateRefs", "*"],
      name: "name",
      otherwise: "Secret",
      crosses: true,
    },
  ],
  HorizontalPodAutoscaler: scaleTarget,
  ScaledObject: scaleTarget,
  VerticalPodAutoscaler: [{ path: ["spec", "targetRef"], name: "name" }],
  RoleBinding: [
    { path: ["roleRef"], name: "name" },
    { path: ["subjects", "*"], name: "name", crosses: true },
  ],
  ClusterRoleBinding: [
    { path: ["roleRef"], name: "name" },
    { path: ["subjects", "*"], name: "name", crosses: true },
  ],
  ServiceAccount: [
    { path: ["imagePullSecrets", "*"], name: "name", kind: "Secret", group: "" },
    { path: ["secrets", "*"], name: "name", kind: "Secret", group: "" },
  ],
  PersistentVolumeClaim: [
    { path: ["spec"], name: "volumeName", kind: "PersistentVolume", group: "" },
    { path: ["spec"], name: "storageClassName", kind: "StorageClass", group: "storage.k8s.io" },
  ],
  MutatingWebhookConfiguration: webhookService,
  ValidatingWebhookConfiguration: webhookService,
  APIService: [{ path: ["spec", "service"], name: "name", kind: "Service", group: "", crosses: true }],
  Certificate: [
    { path: ["spec"], name: "secretName", kind: "Secret", group: "" },
    { path: ["spec", "issuerRef"], name: "name", otherwise: "Issuer", group: "cert-manager.io" },
  ],
  ExternalSecret: [
    { path: ["spec", "secretStoreRef"], name: "name", otherwise: "SecretStore", group: "external-secrets.io" },
  ],
};

/** Where objects select pods by their labels, by kind; a Service and a ReplicationController name bare labels there. */
export const podSelectors: Readonly<Record<string, readonly string[]>> = {
  Service: ["spec", "selector"],
  ReplicationController: ["spec", "selector"],
  PodDisruptionBudget: ["spec", "selector"],
  NetworkPolicy: ["spec", "podSelector"],
  PodMonitor: ["spec", "selector"],
};

/** ConfigMaps that clusters put into every namespace. */
export const givenConfigMaps: ReadonlySet<string> = new Set([
  // https://kubernetes.io/docs/reference/access-authn-authz/service-accounts-admin/
  "kube-root-ca.crt",
  // https://istio.io/latest/docs/ops/integrations/certmanager/
  "istio-ca-root-cert",
  // https://docs.redhat.com/en/documentation/openshift_container_platform: service CA
  "openshift-service-ca.crt",
]);
