/** A tool whose codes are aliases of our rules. */
export interface Peer {
  /** As its makers write it. */
  readonly name: string;
  /** What its codes look like. */
  readonly codes: RegExp;
  /** A page about one code, where the tool has such pages. */
  page?(code: string): string;
}

/** The tools by the prefix of their aliases. */
export const peers: Readonly<Record<string, Peer>> = {
  hadolint: {
    name: "hadolint",
    codes: /^(?:DL[1-4]\d{3}|SC\d{4}|SC\*)$/,
    page: (code) =>
      code.startsWith("SC")
        ? `https://www.shellcheck.net/wiki/${code.endsWith("*") ? "" : code}`
        : `https://github.com/hadolint/hadolint/wiki/${code}`,
  },
  shellcheck: {
    name: "ShellCheck",
    codes: /^SC(?:\d{4}|\*)$/,
    page: (code) => `https://www.shellcheck.net/wiki/${code.endsWith("*") ? "" : code}`,
  },
  buildkit: {
    name: "BuildKit",
    codes: /^[A-Z][A-Za-z]+$/,
    page: (code) => `https://docs.docker.com/reference/build-checks/${kebab(code)}/`,
  },
  "dockerfile-utils": { name: "dockerfile-utils", codes: /^[A-Z][A-Z_]+$/ },
  tally: { name: "Tally", codes: /^(?:[a-z]+\/)?[A-Za-z][A-Za-z0-9-]+$/ },
  droast: { name: "dockerfile-roast", codes: /^DF\d{3}$/ },
  trivy: { name: "Trivy", codes: /^(?:DS|KSV|KCV|KUBE)-\d{4,5}$/ },
  checkov: { name: "Checkov", codes: /^CKV2?_(?:DOCKER|K8S|SECRET)_\d+$/ },
  kics: { name: "KICS", codes: /^[A-Za-z0-9_.-]+$/ },
  semgrep: { name: "Semgrep", codes: /^[a-z0-9.-]+$/ },
  sonar: { name: "Sonar", codes: /^S\d{3,5}$/ },
  dclint: { name: "dclint", codes: /^[a-z-]+$/ },
  "compose-lint": { name: "compose-lint", codes: /^CL-\d{4}$/ },
  "compose-go": { name: "compose-go", codes: /^[a-z0-9_-]+$/ },
  "kube-linter": { name: "KubeLinter", codes: /^[a-z0-9-]+$/ },
  "kube-score": { name: "kube-score", codes: /^(?:[A-Z][A-Za-z]+(?: [A-Za-z]+)*|[a-z0-9-]+)$/ },
  polaris: { name: "Polaris", codes: /^[a-z][A-Za-z0-9]+$/ },
  pss: {
    name: "Pod Security Standards",
    codes: /^(?:baseline|restricted)\/[a-z_]+$/,
    page: () => "https://kubernetes.io/docs/concepts/security/pod-security-standards/",
  },
  kubescape: { name: "Kubescape", codes: /^C-\d{4}$/ },
  datree: { name: "Datree", codes: /^[A-Z][A-Z0-9_]+$/ },
  monokle: { name: "Monokle", codes: /^[A-Z0-9a-z_.-]+$/ },
  "vscode-kubernetes-tools": { name: "Kubernetes Tools for VS Code", codes: /^[a-z-]+$/ },
};

function kebab(code: string): string {
  return code
    .replaceAll(/([A-Z]+)([A-Z][a-z])/g, "$1-$2")
    .replaceAll(/([a-z])([A-Z])/g, "$1-$2")
    .toLowerCase();
}
