const podSecurity: readonly string[] = ["runAsNonRoot: true", "seccompProfile:", "  type: RuntimeDefault"];

const containerSecurity: readonly string[] = [
  "allowPrivilegeEscalation: false",
  "readOnlyRootFilesystem: true",
  "capabilities:",
  "  drop:",
  "    - ALL",
];

/** The parts of an example that a rule's page shows changed; each is a list of lines, indented among themselves only. */
export interface JobParts {
  /** Keys of the pod's spec, `automountServiceAccountToken: false` where left out. */
  readonly pod?: readonly string[];
  readonly podSecurity?: readonly string[];
  readonly image?: string;
  readonly containerSecurity?: readonly string[];
  /** Further keys of the container. */
  readonly container?: readonly string[];
  /** Further keys of the pod's spec, behind the containers. */
  readonly podEnd?: readonly string[];
}

/** A Job that no rule of `recommended` has anything to say of, but for the parts given. A Job, because nobody asks it for probes or replicas. */
export function jobWith(parts: JobParts): string {
  const block = (indent: number, lines: readonly string[]): string =>
    lines.map((line) => `${" ".repeat(indent)}${line}\n`).join("");
  const security = parts.podSecurity ?? podSecurity;
  const own = parts.containerSecurity ?? containerSecurity;
  return [
    "apiVersion: batch/v1\nkind: Job\nmetadata:\n  name: report\nspec:\n  template:\n    spec:\n      restartPolicy: Never\n",
    block(6, parts.pod ?? ["automountServiceAccountToken: false"]),
    security.length > 0 ? `      securityContext:\n${block(8, security)}` : "",
    `      containers:\n        - name: report\n          image: ${parts.image ?? "ghcr.io/acme/report:1.4.2"}\n`,
    block(10, ["resources:", "  requests:", "    cpu: 100m", "    memory: 128Mi", "  limits:", "    memory: 128Mi"]),
    own.length > 0 ? `          securityContext:\n${block(12, own)}` : "",
    block(10, parts.container ?? []),
    block(6, parts.podEnd ?? []),
  ].join("");
}
