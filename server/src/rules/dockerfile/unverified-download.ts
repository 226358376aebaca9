import { type Problem, defineInstructionRule } from "../../engine/rule.ts";
import type { RunInstruction, TransferInstruction } from "../../languages/dockerfile/model.ts";
import type { ShellCommand } from "../../languages/shell/model.ts";
import { nameOf } from "../../text/path.ts";
import { cleartextHost } from "./shared/cleartext.ts";
import { type Download, archiveName, downloadsIn, isLocal, verifies } from "./shared/downloads.ts";
import { bodyOf } from "./shared/run-bodies.ts";
import { remoteFile } from "./shared/remote-sources.ts";

export default defineInstructionRule({
  slug: "unverified-download",
  summary: "Something is downloaded and run or unpacked without a look at its checksum or signature.",
  why: `Whatever the server sends on the day of the build goes into the image: a release that was replaced, a mirror that was taken over, half a file. With the checksum
in the Dockerfile the build stops there, and the same file is the same image next year.

\`ADD --checksum=sha256:…\` says it for a URL; in a \`RUN\`, \`echo "…  file" | sha256sum -c -\` does, or \`gpg --verify\` and \`cosign verify-blob\` where the makers sign. The
other side: the sum has to be changed with each version, which the tools that update versions do for few files. A checksum fetched from the same place only
guards against a broken download.`,
  category: "security",
  severity: "hint",
  preset: "strict",
  since: "0.1.0",
  aliases: [],
  references: ["https://docs.docker.com/reference/dockerfile/#add---checksum", "https://slsa.dev/spec/v1.1/threats"],
  fix: null,
  examples: [
    {
      bad: "FROM alpine:3.23@sha256:a8560b36e8b8210634f77d9f7f9efd7ffa463e380b75e2e74aff4511df3ef88c\nADD https://example.com/roots.csv /srv/\nUSER 65534:65534\n",
      good: "FROM alpine:3.23@sha256:a8560b36e8b8210634f77d9f7f9efd7ffa463e380b75e2e74aff4511df3ef88c\nADD --checksum=sha256:24454f830cdb571e2c4ad15481119c43b3cafd48dd869a9b2945d1036d1dc68d https://example.com/roots.csv /srv/\nUSER 65534:65534\n",
      fixed: false,
    },
  ],
  instructions: ["ADD", "RUN"],
  suspects: (instruction) => problemsOf(instruction).length > 0,
  check: (instruction) => problemsOf(instruction),
});

function problemsOf(instruction: RunInstruction | TransferInstruction): readonly Problem[] {
  return instruction.name === "RUN" ? inRun(instruction) : inAdd(instruction);
}

function inAdd(add: TransferInstruction): readonly Problem[] {
  if (add.flag("checksum") !== undefined) return [];
  return add.sources.flatMap((source) => {
    const name = remoteFile(source);
    // What comes over plain HTTP is told of by `cleartext-download`, which asks for the same.
    if (name === undefined || cleartextHost(source.value) !== undefined) return [];
    const message = `\`${name}\` is taken as it comes, whatever the server sends: say \`--checksum=sha256:…\`.`;
    return [{ at: source.span, message }];
  });
}

function inRun(run: RunInstruction): readonly Problem[] {
  const script = bodyOf(run);
  if (script === undefined || script.everyCommand.some(verifies)) return [];
  return downloadsIn(script).flatMap((download) => {
    const [url] = download.urls;
    if (url === undefined || isLocal(url) || cleartextHost(url.value ?? url.text.replace(/^["']/, "")) !== undefined)
      return [];
    const use = useOf(download);
    if (use === undefined) return [];
    return [
      {
        at: url.span,
        message: `${use} without a look at what came: compare its \`sha256sum\` or its signature before.`,
      },
    ];
  });
}

/** What is done with it, as the beginning of a message; `undefined` where it is not run or unpacked, as far as is known. */
function useOf({ program, output, script, command }: Download): string | undefined {
  if (output.to === "pipe") {
    const reader = output.reader?.name;
    return reader !== undefined && unpackers.has(reader)
      ? `What \`${program}\` fetches is unpacked by \`${reader}\``
      : undefined;
  }
  if (output.to !== "file") return undefined;
  const name = nameOf(output.written);
  if (name === "" || /\.(?:asc|sig|sha\d+|sha\d+sum|md5|gpg|pem|crt|cer|key|list|repo|txt|md)$/i.test(name))
    return undefined;
  if (/^\/(?:usr\/(?:local\/)?)?s?bin\//.test(output.written) && !archiveName.test(name))
    return `\`${name}\` is put among the programs`;
  const later = script.commands.find((other) => other.span.start > command.span.end && takes(other, name));
  if (later === undefined) return undefined;
  const verb = unpackers.has(later.name ?? "") ? "unpacked" : installers.has(later.name ?? "") ? "installed" : "run";
  return `\`${name}\` is ${verb}`;
}

const unpackers: ReadonlySet<string> = new Set(
  "tar bsdtar unzip gunzip bunzip2 unxz xz gzip zstd unzstd 7z 7za cpio ar".split(" "),
);

const installers: ReadonlySet<string> = new Set(
  "dpkg apt apt-get rpm yum dnf microdnf zypper apk install gem pip pip3".split(" "),
);

const runners: ReadonlySet<string> = new Set(
  "sh bash dash ash python python3 perl ruby node java php chmod".split(" "),
);

/** Whether a command unpacks, installs or runs a file of this name, or makes it a program. */
function takes({ name, words }: ShellCommand, file: string): boolean {
  const isFile = (text: string): boolean => nameOf(text.replaceAll(/["']/g, "")) === file;
  if (words[0] !== undefined && isFile(words[0].text)) return true;
  if (name === undefined || !(unpackers.has(name) || installers.has(name) || runners.has(name))) return false;
  if (name === "chmod" && !words.some(({ text }) => /^(?:[ugoa]*\+[rwX]*x|0?[0-7]*[1357][0-7]*)/.test(text)))
    return false;
  return words.slice(1).some(({ text }) => isFile(text));
}
