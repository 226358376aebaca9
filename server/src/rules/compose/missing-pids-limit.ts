import { pidsFor } from "./shared/limits.ts";
import { missingLimit } from "./shared/missing-limit.ts";

export default missingLimit({
  slug: "missing-pids-limit",
  short: "pids_limit",
  long: "pids",
  summary: "A service may start any number of processes.",
  why: `Process numbers are shared by the whole host. A service that starts processes without end, by a flaw or on purpose, takes them all, and then nobody can log in to stop it. A limit of a few
hundred ends that and is never noticed otherwise.

Threads count as well: a JVM or a database under load has hundreds, so look at \`docker stats\` before setting a tight one. Not many files have it, so this is off by default; the engine's \`default-ulimits\`
or systemd can set a limit for all containers.`,
  severity: "hint",
  preset: "all",
  aliases: ["kics:pids_limit_not_set"],
  references: [
    "https://docs.docker.com/reference/compose-file/services/#pids_limit",
    "https://docs.docker.com/reference/compose-file/deploy/#pids",
  ],
  may: "start as many processes as the host takes",
  advice: "limit them to some times what it has at its busiest, threads included",
  example: "pids_limit: 512",
  measure: Number,
  amount: pidsFor,
  breaks: "beyond that it cannot start processes or threads",
});
