import { missingProbe } from "./shared/missing-probe.ts";

export default missingProbe({
  probe: "liveness",
  without: "stays as it is when it hangs",
  caution: "a container that does not answer is restarted",
  timing: { initialDelaySeconds: 15, periodSeconds: 20 },
  summary: "A container that serves has no liveness probe.",
  why: `Kubernetes restarts a process that ends. One that hangs (a deadlock, an event loop that is stuck, a lost connection it waits for) it
leaves alone, unless a liveness probe tells.

The other side: a liveness probe that is too strict makes things worse. It restarts pods that are merely busy, all of them at once when a database is
slow. Keep it cheap, let it ask the process alone and nothing it depends on, and make it slower to act than the readiness probe. A program that ends when it
cannot go on needs none, which is why this is advice and no warning.`,
  severity: "info",
  preset: "strict",
  aliases: [
    "kube-linter:no-liveness-probe",
    "polaris:livenessProbeMissing",
    "checkov:CKV_K8S_8",
    "kics:liveness_probe_is_not_defined",
  ],
  references: ["https://kubernetes.io/docs/concepts/configuration/liveness-readiness-startup-probes/#liveness-probe"],
});
