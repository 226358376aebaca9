import { defineInstructionRule } from "../../engine/rule.ts";
import type { RunInstruction } from "../../languages/dockerfile/model.ts";
import type { ShellCommand } from "../../languages/shell/model.ts";
import { contains } from "../../text/span.ts";
import { type Download, downloadsIn, isLocal } from "./shared/downloads.ts";
import { bodyOf } from "./shared/run-bodies.ts";

export default defineInstructionRule({
  slug: "piped-installer",
  summary: "What a server sends is run at once, whatever it is.",
  why: `\`curl … | sh\` runs, as root, what the server sends on the day of the build: another version than last week's, half a script where the connection breaks, or
what somebody who got hold of the server put there. Nothing tells afterwards what was run, and two builds of one commit differ.

Projects document it because it works everywhere, TLS proves whose server it is, and many of these scripts install a version that can be named and check what they
download. It is a matter of how far one trusts that server. The careful way: install the package from a signed repository or copy the program from its image
(\`COPY --from\`), or download a named version, compare its checksum, and run that file.`,
  category: "reproducibility",
  severity: "hint",
  preset: "recommended",
  since: "0.1.0",
  aliases: ["droast:DF021"],
  references: ["https://docs.docker.com/build/building/best-practices/", "https://slsa.dev/spec/v1.0/threats"],
  fix: null,
  examples: [
    {
      bad: 'FROM python:3.13-slim\nRUN sh -c "$(wget -qO- https://example.com/install.sh)"\nUSER nobody\n',
      good: "FROM python:3.13-slim\nADD --checksum=sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08 https://example.com/1.2.3/install.sh /tmp/install.sh\nRUN sh /tmp/install.sh\nUSER nobody\n",
    },
  ],
  instructions: ["RUN"],
  mentions: /curl|wget|http|fetch/i,
  suspects: (run) => runnersIn(run).length > 0,
  *check(run) {
    for (const { command, by } of runnersIn(run)) {
      yield {
        at: command.nameSpan,
        message: `\`${command.name ?? "sh"}\` runs whatever \`${by.program}\` gets: download a named version, check it, then run it.`,
      };
    }
  },
});

interface Runner {
  readonly command: ShellCommand;
  readonly by: Download;
}

function runnersIn(run: RunInstruction): readonly Runner[] {
  const script = bodyOf(run);
  if (script === undefined) return [];
  const found: Runner[] = [];
  for (const download of downloadsIn(script)) {
    if (download.urls.length > 0 && download.urls.every(isLocal)) continue;
    const command = runnerOf(download);
    if (command !== undefined && !found.some((other) => other.command === command)) {
      found.push({ command, by: download });
    }
  }
  return found;
}

function runnerOf({ command, script, output }: Download): ShellCommand | undefined {
  const place = command.span.start;
  const pipeline = script.pipelines.find(({ commands }) => commands.includes(command));
  const behind = pipeline?.commands.find((other) => other.span.start > place && readsProgram(other));
  if (behind !== undefined) return behind;
  if (output.to === "file") return undefined;
  return script.commands.find((other) => other.depth < command.depth && substitutes(other, command));
}

const shells = /^(?:(?:ba|da|a|k|z)?sh|fish)$/;
const interpreters = /^(?:python|pypy|perl|ruby|node|php|lua|groovy)\d*(?:\.\d+)?$/;

/** Whether a program takes what to do from its standard input: a shell or an interpreter without a script to run. */
function readsProgram({ name, args }: ShellCommand): boolean {
  if (name === undefined) return false;
  const shell = shells.test(name);
  if (!shell && !interpreters.test(name)) return false;
  for (const [index, { value, text }] of args.entries()) {
    const word = value ?? text;
    if (word === "-" || word === "--" || word === "/dev/stdin" || (shell && /^-[a-z]*s$/.test(word))) return true;
    if (shell && word === "-o" && args[index + 1] !== undefined) continue;
    if (shell && args[index - 1]?.value === "-o") continue;
    if (!word.startsWith("-")) return false;
    if (shell ? /^-[a-z]*c/.test(word) : !/^-[uBEIsSqv]+$/.test(word)) return false;
  }
  return true;
}

/** `sh -c "$(curl …)"`, `eval "$(curl …)"`, `bash <(curl …)`, `source <(curl …)`. */
function substitutes({ name, args }: ShellCommand, inner: ShellCommand): boolean {
  const index = args.findIndex(({ span }) => contains(span, inner.span));
  const word = args[index];
  if (name === undefined || word === undefined) return false;
  if (/^["']?<\(/.test(word.text)) return index === 0 && (shells.test(name) || name === "source" || name === ".");
  if (!/^["']?(?:\$\(|`)/.test(word.text)) return false;
  return name === "eval" || (shells.test(name) && /^-[a-z]*c$/.test(args[index - 1]?.value ?? ""));
}
