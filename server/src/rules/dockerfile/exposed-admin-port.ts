import { defineInstructionRule, type Fix } from "../../engine/rule.ts";
import { removeInstruction } from "../../languages/dockerfile/edit.ts";
import { isPort, portRange } from "../../languages/dockerfile/ports.ts";
import type { DockerfileModel, ExposeInstruction, Stage, Word } from "../../languages/dockerfile/model.ts";
import { remove } from "../../text/edit.ts";
import { startedPrograms } from "./shared/start.ts";

export default defineInstructionRule({
  slug: "exposed-admin-port",
  summary: "`EXPOSE` names a port for remote administration.",
  why: `SSH, Telnet, remote desktops and Docker's own API without TLS let whoever reaches the port act inside the container or on its host. \`EXPOSE\` opens
nothing by itself, but \`docker run -P\`, many platforms and network policies take it for the list of ports to open. A container needs no such door:
\`docker exec\` and \`kubectl exec\` lead inside, with the access control of the platform.

An image whose very purpose is such a server (a bastion, Docker in Docker) says so by ignoring this rule where it is meant.`,
  category: "security",
  severity: "warning",
  preset: "recommended",
  since: "0.1.0",
  aliases: ["trivy:DS-0004", "checkov:CKV_DOCKER_1", "kics:exposing_port_22", "sonar:S6473"],
  references: [
    "https://docs.docker.com/reference/dockerfile/#expose",
    "https://docs.docker.com/engine/security/protect-access/",
    "https://kubernetes.io/docs/tasks/debug/debug-application/get-shell-running-container/",
  ],
  fix: "review",
  examples: [
    {
      bad: 'FROM node:22.14-alpine\nUSER node\nEXPOSE 3000 22\nHEALTHCHECK CMD ["node", "health.js"]\n',
      good: 'FROM node:22.14-alpine\nUSER node\nEXPOSE 3000\nHEALTHCHECK CMD ["node", "health.js"]\n',
    },
  ],
  options: {
    ports: {
      default: ["22", "23", "2375", "3389", "5800", "5900"],
      description: "The ports that nobody should expose.",
    },
  },
  instructions: ["EXPOSE"],
  suspects: ({ words }) => words.length > 0,
  *check(expose, model, { ports }) {
    const { stage, onbuild } = expose;
    if (stage !== undefined && !stage.shipped && !onbuild) return;
    for (const word of expose.words) {
      const port = portRange(word.resolved ?? "");
      if (!isPort(port) || port.from !== port.to || !ports.includes(String(port.from))) continue;
      // Telnet and SSH, and those of the desktops, go over TCP; a game may have the number for UDP.
      if (port.protocol !== "tcp" && port.from !== 3389) continue;
      const service = services.get(port.from);
      const what = service === undefined ? "" : `is ${service} and `;
      yield {
        at: word.span,
        message: `Port \`${word.text}\` ${what}lets others into the container: take it out, and use \`docker exec\` or \`kubectl exec\`.`,
        fixes: () => without(model, expose, word),
        ...(stage !== undefined && isItsPurpose(stage) ? { severity: "info" } : {}),
      };
    }
  },
});

const services: ReadonlyMap<number, string> = new Map([
  [22, "SSH's"],
  [23, "Telnet's"],
  [2375, "the Docker API's without TLS"],
  [3389, "the remote desktop's"],
  [5800, "VNC's"],
  [5900, "VNC's"],
]);

/** The image starts such a server, and nothing else. */
function isItsPurpose(stage: Stage): boolean {
  const programs = startedPrograms(stage);
  return (
    programs.length > 0 &&
    programs.every(({ name }) => /^(?:sshd|dropbear|dockerd(?:-entrypoint\.sh)?|x11vnc|Xvnc|xrdp)$/.test(name))
  );
}

function without(model: DockerfileModel, expose: ExposeInstruction, word: Word): readonly Fix[] {
  const title = `Take \`${word.text}\` out (platforms that go by \`EXPOSE\` no longer open it)`;
  const index = expose.words.findIndex(({ span }) => span.start === word.span.start);
  const next = expose.words[index + 1];
  if (expose.words.length === 1) {
    return expose.onbuild ? [] : [{ title, safety: "review", edits: [removeInstruction(model, expose)] }];
  }
  // The blanks, continuations and comments between it and its neighbour go with it.
  const edit =
    index === 0 && next !== undefined
      ? remove({ start: word.span.start, end: next.span.start })
      : remove({ start: expose.words[index - 1]?.span.end ?? word.span.start, end: word.span.end });
  return [{ title, safety: "review", edits: [edit] }];
}
