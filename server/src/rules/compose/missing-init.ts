import { defineRule } from "../../engine/rule.ts";
import { composeWith } from "./shared/example.ts";
import { fixesOf } from "./shared/hardening/part.ts";
import { initProcess } from "./shared/hardening/process.ts";
import { lastingServices } from "./shared/services.ts";

const worker = {
  name: "worker",
  image: ["image: node:24.11-alpine"],
  healthcheck: ["healthcheck:", '  test: ["CMD", "node", "/health.js"]'],
};

export default defineRule("compose", {
  slug: "missing-init",
  summary: "A program that is no init process is the container's first one.",
  why: `The kernel treats process 1 differently: a signal it has not asked for does nothing, so Node.js, Python or PHP without a handler of their own ignore the SIGTERM
of \`docker compose stop\` and are killed after the grace period. And processes whose parent has ended become its children, which stay behind as zombies when it does
not collect them; a program that starts browsers or shells piles them up until no process can be started any more.

\`init: true\` puts Docker's small init (tini) in front, which passes signals on and collects what has ended. A program that handles SIGTERM and starts nothing
can do without; so it is a hint of \`strict\`. Images that bring an init of their own are not asked.`,
  category: "lifecycle",
  severity: "hint",
  preset: "strict",
  since: "0.1.0",
  aliases: [],
  references: [
    "https://docs.docker.com/reference/compose-file/services/#init",
    "https://docs.docker.com/engine/containers/multi-service_container/",
    "https://github.com/nodejs/docker-node/blob/main/docs/BestPractices.md#handling-kernel-signals",
  ],
  fix: "review",
  examples: [{ bad: composeWith(worker), good: composeWith({ ...worker, own: ["init: true"] }) }],
  reads: "workspace",
  *check(model, _options, workspace) {
    for (const service of lastingServices(model)) {
      const part = initProcess({ model, service, workspace });
      if (part === undefined) continue;
      yield {
        at: service.keySpan,
        message: `The program of \`${service.name}\` is process 1, gets no signal that it does not ask for and collects no processes: add \`init: true\`.`,
        fixes: () => fixesOf(part),
      };
    }
  },
});
