const podSecurity: readonly string[] = ["runAsNonRoot: true", "seccompProfile:", "  type: RuntimeDefault"];

const containerSecurity: readonly string[] = [
  "allowPrivilegeEscalation: false",
  "readOnlyRootFilesystem: true",
  "capabilities:",
  "  drop:",
  "    - ALL",
];

const fullResources: readonly string[] = [
  "resources:",
  "  requests:",
  "    cpu: 100m",
  "    memory: 128Mi",
  "  limits:",
  "    memory: 128Mi",
];

function block(indent: number, lines: readonly string[]): string {
  return lines.map((line) => `${" ".repeat(indent)}${line}\n`).join("");
}

/** The parts of an example that a rule's page shows changed; each is a list of lines, indented among themselves only. */
export interface JobParts {
  /** Keys of the pod's spec, `automountServiceAccountToken: false` where left out. */
  readonly pod?: readonly string[];
  readonly podSecurity?: readonly string[];
  readonly image?: string;
  readonly containerSecurity?: readonly string[];
  readonly resources?: readonly string[];
  /** Further keys of the container. */
  readonly container?: readonly string[];
  /** Further keys of the pod's spec, behind the containers. */
  readonly podEnd?: readonly string[];
}

/** A Job that no rule of `recommended` has anything to say of, but for the parts given. A Job, because nobody asks it for probes or replicas. */
export function jobWith(parts: JobParts): string {
  const security = parts.podSecurity ?? podSecurity;
  const own = parts.containerSecurity ?? containerSecurity;
  return [
    "apiVersion: batch/v1\nkind: Job\nmetadata:\n  name: report\nspec:\n  template:\n    spec:\n      restartPolicy: Never\n",
    block(6, parts.pod ?? ["automountServiceAccountToken: false"]),
    security.length > 0 ? `      securityContext:\n${block(8, security)}` : "",
    `      containers:\n        - name: report\n          image: ${parts.image ?? "ghcr.io/acme/report:1.4.2"}\n`,
    block(10, parts.resources ?? fullResources),
    own.length > 0 ? `          securityContext:\n${block(12, own)}` : "",
    block(10, parts.container ?? []),
    block(6, parts.podEnd ?? []),
  ].join("");
}

/** A StatefulSet that no rule of `recommended` has anything to say of, but for the parts given. A StatefulSet, because one replica of it is no mistake. */
export function serviceWith(parts: {
  readonly container?: readonly string[];
  readonly resources?: readonly string[];
}): string {
  const container = parts.container ?? [...readiness, ...liveness];
  const resources = parts.resources ?? fullResources;
  return jobWith({})
    .replace("apiVersion: batch/v1\nkind: Job", "apiVersion: apps/v1\nkind: StatefulSet")
    .replace("spec:\n  template:\n", statefulHead)
    .replace("      restartPolicy: Never\n", "")
    .replaceAll("report", "api")
    .replace(
      block(10, fullResources),
      block(10, ["ports:", "  - name: http", "    containerPort: 8080", ...container, ...resources]),
    );
}

const statefulHead =
  "spec:\n  serviceName: api\n  selector:\n    matchLabels:\n      app: api\n  template:\n    metadata:\n      labels:\n        app: api\n";
const readiness = ["readinessProbe:", "  httpGet:", "    path: /", "    port: http", "  periodSeconds: 10"];
const liveness = [
  "livenessProbe:",
  "  tcpSocket:",
  "    port: http",
  "  initialDelaySeconds: 15",
  "  periodSeconds: 20",
];

/** What the rules about probes show: the probe is missing, and there after the fix. */
export function probeExample(probe: "readiness" | "liveness"): { readonly bad: string; readonly good: string } {
  return probe === "readiness"
    ? { bad: serviceWith({ container: liveness }), good: serviceWith({ container: [...liveness, ...readiness] }) }
    : { bad: serviceWith({ container: readiness }), good: serviceWith({}) };
}

function keys(indent: number, key: string, lines: readonly string[] | undefined): string {
  return lines === undefined || lines.length === 0 ? "" : `${" ".repeat(indent)}${key}:\n${block(indent + 2, lines)}`;
}

/** A Service, alone in its file, that no rule of `recommended` has anything to say of, but for the parts given. */
export function serviceObject(parts: {
  readonly annotations?: readonly string[];
  /** Keys of its spec before `selector`. */
  readonly spec?: readonly string[];
  readonly selector?: readonly string[];
  readonly ports?: readonly string[];
}): string {
  return [
    "apiVersion: v1\nkind: Service\nmetadata:\n  name: api\n",
    keys(2, "annotations", parts.annotations),
    "spec:\n",
    block(2, parts.spec ?? []),
    keys(2, "selector", parts.selector ?? ["app: api"]),
    keys(2, "ports", parts.ports ?? ["- port: 80", "  targetPort: http"]),
  ].join("");
}

/** An Ingress, alone in its file, that no rule of `recommended` has anything to say of, but for the parts given. */
export function ingressObject(parts: {
  readonly annotations?: readonly string[];
  /** Keys of its spec before `rules`. */
  readonly spec?: readonly string[];
  readonly rules?: readonly string[];
}): string {
  return [
    "apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata:\n  name: shop\n",
    keys(2, "annotations", parts.annotations),
    "spec:\n",
    block(2, parts.spec ?? ["ingressClassName: haproxy", ...tls("shop.example.com")]),
    keys(2, "rules", parts.rules ?? ["- host: shop.example.com", ...backend("api")]),
  ].join("");
}

function tls(host: string): readonly string[] {
  return ["tls:", "  - hosts:", `      - ${host}`, "    secretName: shop-tls"];
}

function backend(service: string): readonly string[] {
  return [
    "  http:",
    "    paths:",
    "      - path: /",
    "        pathType: Prefix",
    "        backend:",
    "          service:",
    `            name: ${service}`,
    "            port:",
    "              number: 80",
  ];
}

/** A NetworkPolicy, alone in its file, with these lines behind its pod selector. */
export function networkPolicyObject(
  spec: readonly string[],
  selector: readonly string[] = ["matchLabels:", "  app: api"],
): string {
  return [
    "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata:\n  name: api\nspec:\n",
    keys(2, "podSelector", selector),
    block(2, spec),
  ].join("");
}
