import { cpusFor } from "./shared/limits.ts";
import { missingLimit } from "./shared/missing-limit.ts";

export default missingLimit({
  slug: "missing-cpu-limit",
  short: "cpus",
  long: "cpus",
  summary: "A service may use all CPUs of the host.",
  why: `One service in an endless loop takes the time of all the others on the machine, where nothing limits it.

Opinions differ: a limit also slows the service down while the host is idle, and a runtime that counts the CPUs of the host starts more threads than the limit lets run. The kernel shares fairly without one,
and \`cpu_shares\` decides who goes first when it is tight. So this is off by default; it is worth it where services of different owners share a machine.`,
  severity: "hint",
  preset: "all",
  aliases: ["kics:cpus_not_limited", "compose-lint:CL-0026"],
  references: [
    "https://docs.docker.com/reference/compose-file/services/#cpus",
    "https://docs.docker.com/engine/containers/resource_constraints/#cpu",
  ],
  may: "use all CPUs of the host",
  advice: "limit it to what it needs at its busiest",
  example: "cpus: 1",
  measure: Number,
  amount: cpusFor,
  inDeploy: String,
  breaks: "at its busiest it is slowed down, so measure first",
});
