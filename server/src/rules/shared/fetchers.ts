import type { ShellCommand, ShellScript, ShellWord } from "../../languages/shell/index.ts";
import { askedAddress } from "./health-questions.ts";

const plainOptions =
  /^(?:-[fsSLqIi]+|--fail|--silent|--show-error|--location|--head|--quiet|--spider|--no-verbose|-nv|--(?:max-time|connect-timeout|retry|timeout|tries)=\d+)$/;
const valued =
  /^(?:-o|-m|-T|-t|-O|-[qfsSL]+[oOmT]|--output|--max-time|--connect-timeout|--retry|--retry-delay|--timeout|--tries|--output-document)$/;

/** `wget` in place of `curl` and the reverse: the words that ask the same address, in a script that stays what it is otherwise. The last one is as written. */
export function otherFetcher(
  command: ShellCommand,
  script: ShellScript,
  has: (program: "curl" | "wget") => boolean,
): readonly [program: string, ...args: readonly string[]] | undefined {
  if (command.name !== "curl" && command.name !== "wget") return undefined;
  const other = command.name === "curl" ? "wget" : "curl";
  const asked = askedAddress(command);
  if (asked?.scheme !== "http" || !has(other)) return undefined;
  const options = command.args.filter(
    (word, index) => word !== asked.word && !valued.test(plain(command.args[index - 1])),
  );
  if (!options.every((word) => plainOptions.test(plain(word)) || valued.test(plain(word)))) return undefined;
  const piped = script.pipelines.some(({ commands }) => commands.includes(command) && commands.at(-1) !== command);
  const flags =
    other === "wget" ? ["-q", "-O", piped ? "-" : "/dev/null"] : ["-fsS", ...(piped ? [] : ["-o", "/dev/null"])];
  // busybox's wget takes the first address of `localhost` alone, which may be IPv6's, where few servers listen.
  return [other, ...flags, asked.word.text.replace("//localhost", "//127.0.0.1")];
}

function plain(word: ShellWord | undefined): string {
  return word?.value ?? word?.text ?? "";
}
