import { bytesOf } from "../../languages/compose/value.ts";
import { memoryFor } from "./shared/limits.ts";
import { missingLimit } from "./shared/missing-limit.ts";

export default missingLimit({
  slug: "missing-memory-limit",
  short: "mem_limit",
  long: "memory",
  summary: "A service may use all of the host's memory.",
  why: `Without a limit one leak takes the memory of the whole machine, and the kernel then kills whatever it likes best: often the database, sometimes
the engine. With one, the service at fault is killed and starts again.

The right number is measured, not guessed: what \`docker stats\` shows under load, and half as much again. Runtimes that size themselves by the
container's memory (the JVM, .NET, Node.js) need the limit to do so. A limit that is too low kills a healthy service, so watch it after the change. Of more
than three services of a file it is said once, at \`services\`.`,
  severity: "info",
  preset: "recommended",
  aliases: ["compose-lint:CL-0026", "kics:memory_not_limited"],
  references: [
    "https://docs.docker.com/reference/compose-file/deploy/#resources",
    "https://docs.docker.com/engine/containers/resource_constraints/#memory",
  ],
  may: "use all of the host's memory",
  advice: "limit it to what it needs at its busiest, and some more",
  adviceForEach: "limit each to what it needs at its busiest, and some more",
  adviceForNone: "give an amount such as `512m`",
  example: "mem_limit: 512m",
  without: { memory: [] },
  measure: bytesOf,
  amount: memoryFor,
  inDeploy: (amount) => String(amount).toUpperCase(),
  breaks: "measure first: beyond it the service is killed",
});
