import { everyCommand, type ShellCommand, type ShellScript, type ShellWord } from "../../languages/shell/index.ts";

const verdicts = new Set(["exit", "kill", "true", "false", ":", "echo", "printf", "test", "[", "return"]);

/** The commands of a health check that ask something; `exit 1` and the like only turn the answer round. */
export function questions(script: ShellScript): readonly ShellCommand[] {
  return everyCommand(script).filter(
    ({ name, inner }) => inner === undefined && (name === undefined || !verdicts.has(name)),
  );
}

/** An address of the container itself that a command asks. */
export interface AskedAddress {
  readonly word: ShellWord;
  /** Where the port is a word of its own: `nc 127.0.0.1 8080`. */
  readonly portWord: ShellWord | undefined;
  readonly scheme: "http" | "https";
  /** `undefined` where a variable says it. */
  readonly port: number | undefined;
  /** With its slash, and the query; `undefined` where a variable is in it. */
  readonly path: string | undefined;
}

const address =
  /^(?:(https?):\/\/)?(?:localhost|127\.0\.0\.1|0\.0\.0\.0|\[::1?\])(?::(\d+|\$\w+|\$\{[^}]*\}))?((?:\/|\?)\S*)?$/i;

/** The address of the container itself among a command's words; `undefined` where it asks none, or somebody else. */
export function askedAddress(command: ShellCommand): AskedAddress | undefined {
  for (const [index, word] of command.args.entries()) {
    const match = address.exec(word.value ?? unquoted(word.text));
    if (match === null) continue;
    const [, given, written, rest = ""] = match;
    // What takes a bare host and is no client of the web may have any port for its default.
    const bare = given === undefined && written === undefined && !clients.test(command.name ?? "");
    const portWord = bare ? command.args[index + 1] : undefined;
    const digits = bare ? (portWord?.value ?? "?") : written;
    const scheme = given?.toLowerCase() === "https" ? "https" : "http";
    const port = digits === undefined ? (scheme === "https" ? 443 : 80) : Number(digits);
    const path = rest.startsWith("/") ? rest : `/${rest}`;
    return {
      word,
      portWord,
      scheme,
      port: Number.isInteger(port) ? port : undefined,
      path: path.includes("$") || /['"\\]/.test(path) ? undefined : path,
    };
  }
  return undefined;
}

/** Those that take a bare host for a web server. */
const clients = /^(?:curl|wget\d*|https?|xhs?)$/;

function unquoted(text: string): string {
  return text.replace(/^(["'])(.*)\1$/, "$2");
}
