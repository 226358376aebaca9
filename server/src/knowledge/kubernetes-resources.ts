/** A resource of the Kubernetes API, as roles name it. */
export interface ApiResource {
  readonly group: string;
  /** It is in no namespace, so that a Role cannot grant it. */
  readonly cluster: boolean;
  /** What may stand behind the slash. */
  readonly parts: readonly string[];
}

/**
 * The resources of the built-in API groups. `*` behind a name: it is in no namespace. Behind the slashes its subresources, those included that
 * only an authorizer knows (`nodes/metrics`) and what is impersonated (`users`).
 * Sources: https://kubernetes.io/docs/reference/kubernetes-api/,
 * https://kubernetes.io/docs/reference/access-authn-authz/kubelet-authn-authz/
 */
const table: Readonly<Record<string, string>> = {
  "": `bindings configmaps endpoints events limitranges persistentvolumeclaims/status
    pods/attach/binding/ephemeralcontainers/eviction/exec/log/portforward/proxy/resize/status podtemplates
    replicationcontrollers/scale/status resourcequotas/status secrets serviceaccounts/token services/proxy/status
    componentstatuses* namespaces*/finalize/status nodes*/proxy/status/metrics/stats/log/spec/healthz/pods/configz/checkpoint
    persistentvolumes*/status users* groups*`,
  apps: "controllerrevisions daemonsets/status deployments/scale/status replicasets/scale/status statefulsets/scale/status",
  batch: "cronjobs/status jobs/status",
  autoscaling: "horizontalpodautoscalers/status",
  policy: "poddisruptionbudgets/status podsecuritypolicies*",
  "networking.k8s.io": "ingresses/status networkpolicies/status ingressclasses* ipaddresses* servicecidrs*/status",
  "discovery.k8s.io": "endpointslices",
  "events.k8s.io": "events",
  "coordination.k8s.io": "leases leasecandidates",
  "rbac.authorization.k8s.io": "roles rolebindings clusterroles* clusterrolebindings*",
  "storage.k8s.io":
    "csistoragecapacities csidrivers* csinodes* storageclasses* volumeattachments*/status volumeattributesclasses*",
  "admissionregistration.k8s.io": `mutatingwebhookconfigurations* validatingwebhookconfigurations* validatingadmissionpolicies*/status
    validatingadmissionpolicybindings* mutatingadmissionpolicies* mutatingadmissionpolicybindings*`,
  "apiextensions.k8s.io": "customresourcedefinitions*/status",
  "apiregistration.k8s.io": "apiservices*/status",
  "authentication.k8s.io": "tokenreviews* selfsubjectreviews* uids* userextras*",
  "authorization.k8s.io":
    "localsubjectaccessreviews selfsubjectaccessreviews* selfsubjectrulesreviews* subjectaccessreviews*",
  "certificates.k8s.io":
    "certificatesigningrequests*/approval/status signers* clustertrustbundles* podcertificaterequests/status",
  "flowcontrol.apiserver.k8s.io": "flowschemas*/status prioritylevelconfigurations*/status",
  "node.k8s.io": "runtimeclasses*",
  "scheduling.k8s.io": "priorityclasses* workloads",
  "resource.k8s.io": "resourceclaims/status resourceclaimtemplates deviceclasses* resourceslices* devicetaintrules*",
};

/** The names of the built-in API groups that serve resources today. */
export const apiGroups: readonly string[] = Object.keys(table);

/** The resources of a built-in group by name; `undefined` for any other group. */
export function resourcesOf(group: string): ReadonlyMap<string, ApiResource> | undefined {
  const names = Object.hasOwn(table, group) ? table[group] : undefined;
  if (names === undefined) return undefined;
  return new Map(
    names.split(/\s+/).map((written) => {
      const [name = "", ...parts] = written.split("/");
      return [name.replace("*", ""), { group, cluster: name.endsWith("*"), parts }];
    }),
  );
}

/** The verbs of the API: those of requests, and those that authorizers ask about besides. */
export const apiVerbs: readonly string[] = [
  "get",
  "list",
  "watch",
  "create",
  "update",
  "patch",
  "delete",
  "deletecollection",
  "bind",
  "escalate",
  "impersonate",
  "approve",
  "sign",
  "attest",
  "proxy",
  "connect",
  "use",
];
