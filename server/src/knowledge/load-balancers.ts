/**
 * Whether an annotation of a Service keeps its load balancer within a private network. Sources: the manuals of the clouds' controllers (AWS, Azure,
 * Google, IBM, Oracle, Alibaba, Tencent, OpenStack, DigitalOcean, OVH), which all say so in one of these words.
 */
export function isInternal(annotation: string, value: string): boolean {
  if (!/load-?balancer|qcloud|networking\.gke\.io|tailscale/i.test(annotation)) return false;
  if (/internal/i.test(annotation)) return value !== "" && !/^(?:false|0|no)$/i.test(value);
  return /(?:type|scheme|network|visibility)$/i.test(annotation) && /^(?:internal|intranet|private)$/i.test(value);
}

/** Annotations that name the addresses which may connect. Sources: the manuals of AWS's and Azure's controllers. */
export const restrictingAnnotations: readonly string[] = [
  "service.beta.kubernetes.io/load-balancer-source-ranges",
  "service.beta.kubernetes.io/aws-load-balancer-source-ranges",
  "service.beta.kubernetes.io/azure-allowed-service-tags",
  "service.beta.kubernetes.io/azure-allowed-ip-ranges",
];

/** Values of `spec.loadBalancerClass` whose load balancers only a private network reaches. */
export const privateClasses: ReadonlySet<string> = new Set(["tailscale"]);
