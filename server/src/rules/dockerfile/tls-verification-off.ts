import { defineInstructionRule, type Fix, type Problem } from "../../engine/rule.ts";
import { isOff } from "../../knowledge/verification/model.ts";
import { tlsFault, tlsFaultInText, turnsTlsOff } from "../../knowledge/verification/tls.ts";
import type { DockerfileModel, RunInstruction, VariableInstruction } from "../../languages/dockerfile/model.ts";
import type { TextEdit } from "../../text/edit.ts";
import { type CommandFault, type TextFault, commandFaults, textFaults } from "./shared/command-faults.ts";
import { type Setting, settingsOf } from "./shared/removal.ts";
import { type RunBody, runBodyOf } from "./shared/run-bodies.ts";

export default defineInstructionRule({
  slug: "tls-verification-off",
  summary: "A program is told to take any certificate.",
  why: `Without the check of certificates, TLS keeps out nobody: whoever sits between the builder and the server (a proxy, a hijacked DNS answer, a wireless
network) answers in its name, and what it sends is run as root and shipped. Set by \`ENV\`, or by a program's own configuration, the check is also off in
production, where tokens and customers' data are sent that way.

Behind a company's proxy that opens TLS the certificate of its CA is what is missing: copy it in and run \`update-ca-certificates\` (or
\`update-ca-trust\`), or name it by \`NODE_EXTRA_CA_CERTS\`, \`PIP_CERT\`, \`SSL_CERT_FILE\` or \`curl --cacert\`. An old image that knows no current CAs wants a newer
\`ca-certificates\`.`,
  category: "security",
  severity: "warning",
  preset: "minimal",
  since: "0.1.0",
  aliases: [
    "checkov:CKV2_DOCKER_2",
    "checkov:CKV2_DOCKER_3",
    "checkov:CKV2_DOCKER_4",
    "checkov:CKV2_DOCKER_5",
    "checkov:CKV2_DOCKER_6",
    "checkov:CKV2_DOCKER_12",
    "checkov:CKV2_DOCKER_13",
    "checkov:CKV2_DOCKER_14",
    "checkov:CKV2_DOCKER_15",
    "checkov:CKV2_DOCKER_16",
  ],
  references: [
    "https://curl.se/docs/sslcerts.html",
    "https://docs.docker.com/engine/network/ca-certs/",
    "https://git-scm.com/docs/git#Documentation/git.txt-GITSSLNOVERIFY",
  ],
  fix: "review",
  examples: [
    {
      bad: "FROM debian:12.10-slim\nRUN wget --no-check-certificate https://example.com/tool && install tool /usr/local/bin\nUSER nobody\n",
      good: "FROM debian:12.10-slim\nRUN wget https://example.com/tool && install tool /usr/local/bin\nUSER nobody\n",
    },
  ],
  instructions: ["RUN", "ENV", "ARG"],
  mentions: /insecure|["\s]-[a-z]*k|trust|verify|unauthorized|strict|ssl|tls|no-check|check.certificate/i,
  suspects: (instruction) => {
    const body = runBodyOf(instruction);
    return (
      settingsFound(instruction, body).length > 0 ||
      commandsFound(body).length > 0 ||
      textsFound(instruction, body).length > 0
    );
  },
  *check(instruction, model) {
    const body = runBodyOf(instruction);
    for (const setting of settingsFound(instruction, body)) yield settingProblem(instruction, setting, model);
    for (const found of commandsFound(body)) yield commandProblem(found, model);
    for (const found of textsFound(instruction, body)) yield textProblem(found);
  },
});

function settingsFound(
  instruction: RunInstruction | VariableInstruction,
  body: RunBody | undefined,
): readonly Setting[] {
  return settingsOf(instruction, body).filter(({ name, value, given }) => given && turnsTlsOff(name, value));
}

function commandsFound(body: RunBody | undefined): readonly CommandFault[] {
  if (body === undefined) return [];
  return commandFaults(body, tlsFault).filter(({ command }) => !asksItself(command.args.map(({ text }) => text)));
}

function textsFound(
  instruction: RunInstruction | VariableInstruction,
  body: RunBody | undefined,
): readonly TextFault[] {
  return instruction.name === "RUN" ? textFaults(instruction, body, tlsFaultInText) : [];
}

/** Whether all addresses among the words are those of this machine, whose certificate no CA signed. */
function asksItself(words: readonly string[]): boolean {
  const urls = words.filter((word) => /^["']?https?:\/\//.test(word));
  return (
    urls.length > 0 &&
    urls.every((url) => /^["']?https?:\/\/(?:[^/@]*@)?(?:localhost|127\.|\[::1\]|0\.0\.0\.0)/.test(url))
  );
}

const consequence = "takes any certificate, so that anyone on the way can change what is loaded";

function settingProblem(
  instruction: RunInstruction | VariableInstruction,
  setting: Setting,
  model: DockerfileModel,
): Problem {
  const { name, value, at } = setting;
  const set = `\`${name}${value === undefined ? "" : `=${value}`}\``;
  const where = instruction.name === "ENV" ? ", when the container runs too" : "";
  // git asks whether it is there, not what it says.
  const whatever = name === "GIT_SSL_NO_VERIFY" && isOff(value) ? " (whatever its value)" : "";
  return {
    at,
    message: `With ${set}${whatever} a program ${consequence}${where}: leave it out and add the CA instead.`,
    fixes: () => {
      const edit = setting.remove(model);
      return reviewed(`Take \`${name}\` out`, edit === undefined ? [] : [edit]);
    },
  };
}

function commandProblem({ at, text, program, fault, edits }: CommandFault, model: DockerfileModel): Problem {
  const named = fault.part === undefined ? text : "-k";
  const instead = fault.instead === undefined ? "" : `, and ${fault.instead} where it is not a public one`;
  return {
    at,
    message: `With \`${named}\` \`${program}\` ${consequence}: leave it out${instead}.`,
    fixes: () => reviewed(`Take \`${named}\` out`, edits(model)),
  };
}

function textProblem({ at, text, edit }: TextFault): Problem {
  return {
    at,
    message: `\`${text}\` here writes a configuration that ${consequence}: leave the check on and add the CA instead.`,
    fixes: () => reviewed("Turn the check on", edit === undefined ? [] : [edit]),
  };
}

function reviewed(what: string, edits: readonly TextEdit[]): readonly Fix[] {
  const title = `${what} (the step fails where the image does not know the server's CA)`;
  return edits.length === 0 ? [] : [{ title, safety: "review", edits }];
}
