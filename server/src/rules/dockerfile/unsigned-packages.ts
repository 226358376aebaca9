import { defineInstructionRule, type Fix, type Problem } from "../../engine/rule.ts";
import { signatureFault, signatureFaultInText } from "../../knowledge/verification/signatures.ts";
import type { DockerfileModel } from "../../languages/dockerfile/model.ts";
import type { TextEdit } from "../../text/edit.ts";
import { type CommandFault, type TextFault, commandFaults, textFaults } from "./shared/command-faults.ts";
import { type RunBody, runBodyOf } from "./shared/run-bodies.ts";

export default defineInstructionRule({
  slug: "unsigned-packages",
  summary: "A package manager is told to take packages without a valid signature.",
  why: `The signature is what makes a package from a mirror, a cache or a plain HTTP server the one its maker built; without it, whoever can answer for the
server decides what is installed as root and shipped. \`--force-yes\` and \`gpgcheck=0\` are often left from a day when a key had expired.

Import the repository's key (\`signed-by=\` for apt, \`gpgkey=\` for dnf and yum, \`/etc/apk/keys\`) and leave the check on. A file that the build made itself is
signed by nobody, and installing that one is only noted.`,
  category: "security",
  severity: "warning",
  preset: "recommended",
  since: "0.1.0",
  aliases: [
    "checkov:CKV2_DOCKER_7",
    "checkov:CKV2_DOCKER_8",
    "checkov:CKV2_DOCKER_9",
    "checkov:CKV2_DOCKER_10",
    "checkov:CKV2_DOCKER_11",
  ],
  references: [
    "https://manpages.debian.org/stable/apt/apt-secure.8.en.html",
    "https://dnf.readthedocs.io/en/latest/conf_ref.html",
    "https://man.archlinux.org/man/apk.8.en",
  ],
  fix: "review",
  examples: [
    {
      bad: "FROM almalinux:9.5\nRUN dnf install -y --nogpgcheck --setopt=install_weak_deps=False jq-1.7.1 && dnf clean all\nUSER nobody\n",
      good: "FROM almalinux:9.5\nRUN dnf install -y --setopt=install_weak_deps=False jq-1.7.1 && dnf clean all\nUSER nobody\n",
    },
  ],
  instructions: ["RUN", "COPY"],
  mentions:
    /untrusted|unauthenticated|force-yes|insecure|weak-repo|gpg|unsigned|nosign|nodigest|noverify|nofiledigest|trusted|siglevel/i,
  suspects: (instruction) => {
    const body = runBodyOf(instruction);
    return commandsFound(body).length > 0 || textFaults(instruction, body, signatureFaultInText).length > 0;
  },
  *check(instruction, model) {
    const body = runBodyOf(instruction);
    for (const found of commandsFound(body)) yield commandProblem(found, model);
    for (const found of textFaults(instruction, body, signatureFaultInText)) yield textProblem(found);
  },
});

function commandsFound(body: RunBody | undefined): readonly CommandFault[] {
  return body === undefined ? [] : commandFaults(body, signatureFault);
}

function commandProblem({ at, text, program, fault, edits }: CommandFault, model: DockerfileModel): Problem {
  return {
    at,
    ...(fault.local === true ? { severity: "hint" } : {}),
    message:
      fault.local === true
        ? `With \`${text}\` \`${program}\` takes a file that nobody signed: sign it, or make sure where it comes from.`
        : `With \`${text}\` \`${program}\` installs what nobody signed: leave it out and import the key of the repository.`,
    fixes: () => (fault.local === true ? [] : reviewed(`Take \`${text}\` out`, edits(model))),
  };
}

function textProblem({ at, text, edit }: TextFault): Problem {
  return {
    at,
    message: `With \`${text}\` packages are installed that nobody signed: leave the check on and import the key of the repository.`,
    fixes: () => reviewed("Turn the check of signatures on", edit === undefined ? [] : [edit]),
  };
}

function reviewed(what: string, edits: readonly TextEdit[]): readonly Fix[] {
  const title = `${what} (the step fails where the key of the repository is not installed)`;
  return edits.length === 0 ? [] : [{ title, safety: "review", edits }];
}
