/** An annotation that Kubernetes no longer reads, or that a field has taken the place of. */
export interface FormerAnnotation {
  readonly name: string;
  /** The kinds that it was for; `pod` stands for pod templates and Pods. */
  readonly kinds: readonly string[];
  /** `true` where it has no effect any more. */
  readonly ignored: boolean;
  /** Values with which it is still the only way. */
  readonly unless?: readonly string[];
  /** What to do, behind a colon. */
  readonly instead: string;
  /** What a fix makes of it: a key of the object (a path) that takes its text, a flag, or its parts; another name; nothing. */
  readonly becomes?:
    | { readonly field: readonly string[]; readonly as: "text" | "flag" | "list" }
    | { readonly annotation: string };
}

/**
 * Sources: https://kubernetes.io/docs/reference/labels-annotations-taints/, https://kubernetes.io/docs/concepts/services-networking/ingress/#deprecated-annotation,
 * https://kubernetes.io/docs/concepts/storage/persistent-volumes/#class-1, and for the controllers that go by the annotation alone
 * https://cloud.google.com/kubernetes-engine/docs/concepts/ingress and https://azure.github.io/application-gateway-kubernetes-ingress/annotations/
 */
export const formerAnnotations: readonly FormerAnnotation[] = [
  {
    name: "kubernetes.io/ingress.class",
    kinds: ["Ingress"],
    ignored: false,
    unless: ["gce", "gce-internal", "azure/application-gateway"],
    instead: "use `spec.ingressClassName`, with an IngressClass of that name",
    becomes: { field: ["spec", "ingressClassName"], as: "text" },
  },
  {
    name: "volume.beta.kubernetes.io/storage-class",
    kinds: ["PersistentVolumeClaim", "PersistentVolume"],
    ignored: false,
    instead: "use `spec.storageClassName`",
    becomes: { field: ["spec", "storageClassName"], as: "text" },
  },
  {
    name: "volume.beta.kubernetes.io/mount-options",
    kinds: ["PersistentVolume"],
    ignored: false,
    instead: "use `spec.mountOptions`",
    becomes: { field: ["spec", "mountOptions"], as: "list" },
  },
  {
    name: "storageclass.beta.kubernetes.io/is-default-class",
    kinds: ["StorageClass"],
    ignored: false,
    instead: "use `storageclass.kubernetes.io/is-default-class`",
    becomes: { annotation: "storageclass.kubernetes.io/is-default-class" },
  },
  {
    name: "service.alpha.kubernetes.io/tolerate-unready-endpoints",
    kinds: ["Service"],
    ignored: false,
    instead: "use `spec.publishNotReadyAddresses`",
    becomes: { field: ["spec", "publishNotReadyAddresses"], as: "flag" },
  },
  {
    name: "scheduler.alpha.kubernetes.io/critical-pod",
    kinds: ["pod"],
    ignored: true,
    instead: "use `priorityClassName: system-cluster-critical` where the pod must not be evicted",
  },
  {
    name: "scheduler.alpha.kubernetes.io/affinity",
    kinds: ["pod"],
    ignored: true,
    instead: "write it under `spec.affinity`",
  },
  {
    name: "scheduler.alpha.kubernetes.io/tolerations",
    kinds: ["pod"],
    ignored: true,
    instead: "write them under `spec.tolerations`",
  },
  {
    name: "pod.beta.kubernetes.io/init-containers",
    kinds: ["pod"],
    ignored: true,
    instead: "write them under `spec.initContainers`",
  },
  {
    name: "pod.alpha.kubernetes.io/init-containers",
    kinds: ["pod"],
    ignored: true,
    instead: "write them under `spec.initContainers`",
  },
  {
    name: "pod.alpha.kubernetes.io/initialized",
    kinds: ["pod"],
    ignored: true,
    instead: "remove it",
  },
];

/** A label or taint of nodes that has another name now. */
export interface FormerNodeLabel {
  readonly name: string;
  readonly replacement: string;
  /** The release whose nodes no longer have it; left out where they still do. */
  readonly goneIn?: string;
}

/**
 * Sources: https://kubernetes.io/docs/reference/labels-annotations-taints/ and, for the master's label and taint,
 * https://github.com/kubernetes/enhancements/tree/master/keps/sig-cluster-lifecycle/kubeadm/2067-rename-master-label-taint
 */
export const formerNodeLabels: readonly FormerNodeLabel[] = [
  { name: "beta.kubernetes.io/os", replacement: "kubernetes.io/os" },
  { name: "beta.kubernetes.io/arch", replacement: "kubernetes.io/arch" },
  { name: "beta.kubernetes.io/instance-type", replacement: "node.kubernetes.io/instance-type" },
  { name: "failure-domain.beta.kubernetes.io/zone", replacement: "topology.kubernetes.io/zone" },
  { name: "failure-domain.beta.kubernetes.io/region", replacement: "topology.kubernetes.io/region" },
  {
    name: "node-role.kubernetes.io/master",
    replacement: "node-role.kubernetes.io/control-plane",
    goneIn: "1.24",
  },
];

/** A type of volume that Kubernetes has given up, or is going to. */
export interface FormerVolume {
  readonly type: string;
  /** The first release without it; left out where it still works. */
  readonly removedIn?: string;
  readonly instead: string;
}

const driver = (name: string) => `use a volume of the \`${name}\` CSI driver`;
const claim = "use a claim whose storage class has a CSI driver";

/** Source: https://kubernetes.io/docs/concepts/storage/volumes/#volume-types */
export const formerVolumes: readonly FormerVolume[] = [
  { type: "gitRepo", removedIn: "1.33", instead: "clone into an `emptyDir` with an init container" },
  { type: "scaleIO", removedIn: "1.22", instead: claim },
  { type: "flocker", removedIn: "1.25", instead: claim },
  { type: "quobyte", removedIn: "1.25", instead: claim },
  { type: "storageos", removedIn: "1.25", instead: claim },
  { type: "glusterfs", removedIn: "1.26", instead: claim },
  { type: "cephfs", removedIn: "1.31", instead: driver("cephfs.csi.ceph.com") },
  { type: "rbd", removedIn: "1.31", instead: driver("rbd.csi.ceph.com") },
  { type: "awsElasticBlockStore", instead: driver("ebs.csi.aws.com") },
  { type: "azureDisk", instead: driver("disk.csi.azure.com") },
  { type: "azureFile", instead: driver("file.csi.azure.com") },
  { type: "cinder", instead: driver("cinder.csi.openstack.org") },
  { type: "gcePersistentDisk", instead: driver("pd.csi.storage.gke.io") },
  { type: "vsphereVolume", instead: driver("csi.vsphere.vmware.com") },
  { type: "portworxVolume", instead: driver("pxd.portworx.com") },
];
