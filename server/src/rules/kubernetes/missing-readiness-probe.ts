import { missingProbe } from "./shared/missing-probe.ts";

export default missingProbe({
  probe: "readiness",
  without: "gets traffic whether or not it can answer",
  portless: "if it answers requests, add a `readinessProbe`",
  caution: "a pod that does not answer gets no traffic",
  timing: { periodSeconds: 10 },
  summary: "A container that serves has no readiness probe.",
  why: `Without a readiness probe a pod counts as ready the moment its process starts. During every rollout and restart requests then reach a
program that is still loading, and the old pods are taken away before the new ones work. With one, traffic waits, and a rollout whose new pods
never become ready stops by itself.

The fix asks a well-known image in its own way, a port named \`http\` or \`grpc\` in its language, and any other declared port for a connection. A path that also looks at what the
service cannot do without (\`/ready\`) is better than \`/\`; write it where the program has one. Containers that declare no port are only given a hint, as they may
serve nobody.`,
  severity: "warning",
  preset: "recommended",
  aliases: [
    "kube-linter:no-readiness-probe",
    "kube-score:Pod Probes",
    "kube-score:pod-probes",
    "polaris:readinessProbeMissing",
    "checkov:CKV_K8S_9",
    "kics:readiness_probe_is_not_configured",
  ],
  references: ["https://kubernetes.io/docs/concepts/configuration/liveness-readiness-startup-probes/#readiness-probe"],
});
