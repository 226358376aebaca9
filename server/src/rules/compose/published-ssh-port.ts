import { defineRule, type Problem } from "../../engine/rule.ts";
import type { ComposeModel } from "../../languages/compose/model.ts";
import { speaksSsh } from "../../knowledge/ssh-servers.ts";
import { composeWith } from "./shared/example.ts";
import { placeOfPort, unpublished, wordsOfPort } from "./shared/published-ports.ts";
import { oncePerPlace } from "./shared/services.ts";

export default defineRule("compose", {
  slug: "published-ssh-port",
  summary: "A container publishes port 22, as if somebody were to log into it.",
  why: `An SSH server in a container is one more program to update, with passwords or keys of its own that nobody rotates, and a way in that the host's login rules and logs do not see. It
also needs a process manager beside the program the container is for.

\`docker compose exec\` opens a shell in a running container without any of that, for whoever may log into the host. Servers whose job it is to speak SSH, such as
Git forges, SFTP servers and bastions, are not reported.`,
  category: "security",
  severity: "warning",
  preset: "recommended",
  since: "0.1.0",
  aliases: [],
  references: [
    "https://docs.docker.com/reference/cli/docker/compose/exec/",
    "https://www.cisecurity.org/benchmark/docker",
  ],
  fix: "review",
  examples: [
    {
      bad: composeWith({ own: ["ports:", '  - "2222:22"'] }),
      good: composeWith({}),
    },
  ],
  keys: ["ports"],
  *check(model) {
    if (model.role === "development") return;
    yield* oncePerPlace(problems(model));
  },
});

function* problems(model: ComposeModel): Iterable<Problem> {
  for (const service of model.services) {
    if (speaksSsh(service.name) || (service.image !== undefined && speaksSsh(service.image.canonical))) continue;
    for (const port of service.ports) {
      if (port.target !== "22" || port.protocol !== "tcp") continue;
      if (port.node.type === "map" && port.published === undefined) continue;
      yield {
        at: placeOfPort(port),
        message: `\`${wordsOfPort(port)}\` publishes an SSH server in a container: remove it, ${model.dialect === "stack" ? "`docker exec` opens a shell from the task's node" : `\`docker compose exec ${service.name} sh\` opens a shell from the host`}.`,
        fixes: () => unpublished(model, service, port),
      };
    }
  }
}
