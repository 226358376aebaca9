import { type Fix, type Problem, defineInstructionRule } from "../../engine/rule.ts";
import { packageCommand } from "../../knowledge/package-managers.ts";
import type { RunInstruction, TransferInstruction, VariableInstruction } from "../../languages/dockerfile/model.ts";
import type { ShellCommand, ShellScript } from "../../languages/shell/model.ts";
import { replace } from "../../text/edit.ts";
import { type Span, contains } from "../../text/span.ts";
import { cleartextHost } from "./shared/cleartext.ts";
import { downloadsIn, verifies } from "./shared/downloads.ts";
import { bodyOf } from "./shared/run-bodies.ts";

export default defineInstructionRule({
  slug: "cleartext-download",
  summary: "Something that goes into the image is loaded over plain HTTP, and nothing checks it.",
  why: `Over \`http://\` everyone on the way (a proxy, a router, whoever answers DNS) can put something else in place of the file, and the build runs it and ships it.
Tokens and passwords of the request are there to be read, too. Nearly every server has the same files over \`https://\`.

Quiet where a checksum or a signature is checked in the same step, for addresses of one's own network, and for the mirrors of apt and apk, whose packages are signed.`,
  category: "security",
  severity: "info",
  preset: "recommended",
  since: "0.1.0",
  aliases: ["sonar:S5332"],
  references: [
    "https://docs.docker.com/reference/dockerfile/#add---checksum",
    "https://developer.mozilla.org/en-US/docs/Web/Security/Practical_implementation_guides/TLS",
  ],
  fix: "review",
  examples: [
    {
      bad: "FROM debian:12.10-slim\nADD http://example.com/tool-1.2.3 /usr/local/bin/tool\nUSER nobody\n",
      good: "FROM debian:12.10-slim\nADD https://example.com/tool-1.2.3 /usr/local/bin/tool\nUSER nobody\n",
    },
  ],
  instructions: ["RUN", "ADD", "ENV"],
  mentions: /http:\/\//i,
  suspects: (instruction) => addressesIn(instruction).length > 0,
  *check(instruction, model) {
    for (const address of addressesIn(instruction)) {
      const problem = problemOf(model.text, address);
      if (problem !== undefined) yield problem;
    }
  },
});

/** A word with an address in it. */
interface Address {
  /** The word's place. */
  readonly span: Span;
  readonly url: string;
}

function addressesIn(instruction: RunInstruction | TransferInstruction | VariableInstruction): readonly Address[] {
  return wordsOf(instruction).filter(({ url }) => cleartextHost(url) !== undefined);
}

function wordsOf(instruction: RunInstruction | TransferInstruction | VariableInstruction): readonly Address[] {
  switch (instruction.name) {
    case "RUN": {
      const script = bodyOf(instruction);
      return script === undefined || script.everyCommand.some(verifies) ? [] : loadedBy(script);
    }
    case "ENV":
    case "ARG":
      return instruction.pairs.flatMap(({ name, value, valueSpan }) =>
        value !== undefined && valueSpan !== undefined && indexes.test(name) ? [{ span: valueSpan, url: value }] : [],
      );
    default:
      return instruction.flag("checksum") === undefined
        ? instruction.sources.map(({ value, span }) => ({ span, url: value }))
        : [];
  }
}

/** Variables that say where packages come from. */
const indexes =
  /^(?:PIP_(?:EXTRA_)?INDEX_URL|UV_(?:DEFAULT_INDEX|INDEX_URL|EXTRA_INDEX_URL)|NPM_CONFIG_REGISTRY|YARN_REGISTRY|GOPROXY)$/i;

/** Flags whose value says where packages come from. */
const indexFlags = /^(?:-i|-f|--index-url|--extra-index-url|--find-links|--default-index|--registry|--source|-s)$/;

function loadedBy(script: ShellScript): readonly Address[] {
  const found: Address[] = downloadsIn(script).flatMap(({ urls }) => urls.map(addressOf));
  for (const command of script.everyCommand) {
    if (command.name !== "curl" && command.name !== "wget") found.push(...othersIn(command));
  }
  return found;
}

/** What git, rpm and aria2 fetch, and where package managers of languages look. */
function othersIn(command: ShellCommand): readonly Address[] {
  const { name, args } = command;
  if (name === undefined) return [];
  const [first] = command.operands;
  if (name === "git") {
    const fetches = /^(?:clone|fetch|pull|submodule|remote|ls-remote)$/.test(first?.value ?? "");
    return fetches ? args.map(addressOf) : [];
  }
  if (name === "aria2c" || name === "axel" || name === "svn") return args.map(addressOf);
  if (name === "rpm") return args.filter(({ text }) => text.endsWith(".rpm")).map(addressOf);
  if (/^(?:yum|dnf|microdnf|tdnf|zypper)$/.test(name)) {
    return args.filter(({ text }) => /\.rpm["']?$/.test(text)).map(addressOf);
  }
  const manager = packageCommand(
    name,
    args.map(({ value }) => value),
  )?.manager;
  if (manager?.scope !== "language" && name !== "uv" && name !== "bundle") return [];
  return args.flatMap((word, index) => {
    const inline = /^(--[\w-]+)=(.*)$/s.exec(word.value ?? word.text);
    if (inline !== null) {
      const [, flag = "", url = ""] = inline;
      return indexFlags.test(flag) ? [{ span: word.span, url }] : [];
    }
    const before = args[index - 1]?.value ?? "";
    const packageUrl = /^(?:git\+)?http:/.test(word.value ?? word.text) && !before.startsWith("-");
    return indexFlags.test(before) || packageUrl || before === "registry" ? [addressOf(word)] : [];
  });
}

function addressOf({
  text,
  value,
  span,
}: {
  readonly text: string;
  readonly value: string | undefined;
  readonly span: Span;
}): Address {
  return { span, url: value ?? text.replace(/^["']/, "") };
}

function problemOf(text: string, { span, url }: Address): Problem | undefined {
  const written = text.slice(span.start, span.end);
  const index = written.search(/http:\/\//i);
  if (index < 0) return undefined;
  const start = span.start + index;
  const scheme: Span = { start, end: start + "http".length };
  const host = cleartextHost(url) ?? "";
  return {
    at: { start, end: start + "http://".length },
    message: `Anyone on the way to \`${host}\` can change what is loaded over \`http://\`: use \`https://\`, or check what came.`,
    fixes: (): readonly Fix[] =>
      contains(span, scheme)
        ? [
            {
              title: `Load it over \`https://\` (fails where \`${host}\` does not speak it)`,
              safety: "review",
              edits: [replace(scheme, "https")],
            },
          ]
        : [],
  };
}
