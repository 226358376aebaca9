import type { ShellCommand, ShellScript, ShellWord } from "../../../languages/shell/model.ts";
import { nameOf } from "../../../text/path.ts";
import { type Span, contains } from "../../../text/span.ts";

/** A call of curl or wget, read by that program's own grammar. */
export interface Download {
  readonly program: "curl" | "wget";
  readonly command: ShellCommand;
  /** The script it stands in: the RUN's own, or one that this starts (`sh -c "…"`). */
  readonly script: ShellScript;
  /** What is fetched: the operands, and the value of `--url`. */
  readonly urls: readonly ShellWord[];
  /** The options as written without their values, short ones apart: `-s`, `-L`, `--retry`. */
  readonly options: ReadonlySet<string>;
  /** A variable may hold further options. */
  readonly uncertain: boolean;
  /** Where it goes to; `none` for a request whose answer nobody wants, as with `--head` or `-o /dev/null`. */
  readonly output: Output;
}

export type Output =
  /** `path` has no folder where only the name is known, and is `undefined` where a variable decides; `written` is it as written, quotes left out. */
  | { readonly to: "file"; readonly path: string | undefined; readonly written: string }
  /** `reader` is what stands behind the pipe; `undefined` for a loop or a group. */
  | { readonly to: "pipe"; readonly reader: ShellCommand | undefined }
  | { readonly to: "substitution" }
  | { readonly to: "none" };

const curlValues: ReadonlySet<string> = new Set(
  `-A -b -c -C -d -D -e -E -F -H -K -m -o -P -Q -r -t -T -u -U -w -x -X -y -Y -z --user-agent --cookie --cookie-jar --continue-at --data --data-ascii
  --data-binary --data-raw --data-urlencode --json --dump-header --referer --cert --cert-type --form --form-string --header --config --max-time --output
  --output-dir --quote --range --telnet-option --upload-file --user --proxy-user --write-out --proxy --request --speed-time --speed-limit --time-cond
  --retry --retry-delay --retry-max-time --connect-timeout --cacert --capath --key --key-type --pass --url --proto --proto-default --proto-redir
  --tls-max --tls13-ciphers --ciphers --resolve --connect-to --limit-rate --max-redirs --max-filesize --interface --local-port --noproxy
  --keepalive-time --aws-sigv4 --oauth2-bearer --unix-socket --dns-servers --stderr --trace --trace-ascii --rate --variable --netrc-file --create-file-mode
  --preproxy --socks5 --socks5-hostname --pinnedpubkey --happy-eyeballs-timeout-ms --expect100-timeout --parallel-max --crlfile --engine`.split(
    /\s+/,
  ),
);

const wgetValues: ReadonlySet<string> = new Set(
  `-a -A -B -D -e -i -I -l -o -O -P -Q -R -t -T -U -w -X --output-document --output-file --append-output --directory-prefix --tries --timeout
  --connect-timeout --read-timeout --dns-timeout --header --user --password --user-agent --post-data --post-file --body-data --body-file --method
  --execute --input-file --progress --wait --waitretry --quota --cut-dirs --level --accept --reject --ca-certificate --ca-directory --certificate
  --private-key --referer --load-cookies --save-cookies --limit-rate --domains --base --restrict-file-names --retry-on-http-error --secure-protocol
  --max-redirect --proxy-user --proxy-password --config --http-user --http-password --include-directories --exclude-directories --local-encoding
  --default-page --compression --bind-address --prefer-family --start-pos`.split(/\s+/),
);

/** The downloads of a script and of those it starts. */
export function downloadsIn(script: ShellScript): readonly Download[] {
  return script.commands.flatMap((command) => {
    if (command.name === "curl" || command.name === "wget") return [read(command.name, command, script)];
    return command.inner === undefined ? [] : downloadsIn(command.inner);
  });
}

function read(program: Download["program"], command: ShellCommand, script: ShellScript): Download {
  const valued = program === "curl" ? curlValues : wgetValues;
  const urls: ShellWord[] = [];
  const options = new Set<string>();
  const values = new Map<string, OptionValue>();
  let uncertain = false;
  let literal = false;
  for (let index = 0; index < command.args.length; index++) {
    const word = command.args[index];
    if (word === undefined) break;
    const text = word.value ?? word.text;
    if (literal || !text.startsWith("-") || text === "-") {
      if (mayBeOptions(word)) uncertain = true;
      else urls.push(word);
    } else if (text === "--") {
      literal = true;
    } else {
      const { names, open, value } = optionsOf(text, valued);
      for (const name of names) options.add(name);
      const last = names.at(-1) ?? "";
      const next = open ? command.args[++index] : undefined;
      if (open && next !== undefined) values.set(last, { value: next.value, text: next.text });
      else if (value !== undefined)
        values.set(last, { value: word.value === undefined ? undefined : value, text: value });
      if (last === "--url" && next !== undefined) urls.push(next);
      if (text === "-K" || text === "--config" || (word.value === undefined && value === undefined)) uncertain = true;
    }
  }
  const output = outputOf({ program, command, script, options, values, urls });
  return { program, command, script, urls, options, uncertain, output };
}

/** `$CURL_OPTS`, `"${args[@]}"`: words a variable stands for alone, unless its name says that it is an address or a file. */
function mayBeOptions({ text, value }: ShellWord): boolean {
  return (
    value === undefined && /^"?\$\{?\w*(?:opt|arg|flag|param|curl|wget|retry|auth)\w*(?:\[[@*]\])?\}?"?$/i.test(text)
  );
}

interface Options {
  readonly names: readonly string[];
  /** The last of them takes the next word as its value. */
  readonly open: boolean;
  /** The value that stands in the same word. */
  readonly value: string | undefined;
}

/** A word of options: `--retry`, `--tries=3`, or the bundle `-fsSLo`. */
function optionsOf(text: string, valued: ReadonlySet<string>): Options {
  if (text.startsWith("--")) {
    const equals = text.indexOf("=");
    if (equals >= 0) return { names: [text.slice(0, equals)], open: false, value: text.slice(equals + 1) };
    return { names: [text], open: valued.has(text), value: undefined };
  }
  const names: string[] = [];
  for (let at = 1; at < text.length; at++) {
    const two = /^n[vcdHp]/.exec(text.slice(at))?.[0];
    // wget's `-nv` is one option; curl's `-n` takes no value, and nothing is lost where it is read the same way.
    const name = two === undefined ? `-${text.charAt(at)}` : `-${two}`;
    names.push(name);
    if (two !== undefined) at += 1;
    else if (valued.has(name)) {
      const value = text.slice(at + 1);
      return { names, open: value === "", value: value === "" ? undefined : value };
    }
  }
  return { names, open: false, value: undefined };
}

interface Parts extends Pick<Download, "program" | "command" | "script" | "options" | "urls"> {
  readonly values: ReadonlyMap<string, OptionValue>;
}

interface OptionValue {
  /** `undefined` where a variable decides. */
  readonly value: string | undefined;
  readonly text: string;
}

function outputOf({ program, command, script, options, values, urls }: Parts): Output {
  const silent =
    program === "curl" ? ["-I", "--head", "-V", "--version", "-h", "--help"] : ["--spider", "-V", "--version"];
  if (silent.some((option) => options.has(option))) return { to: "none" };
  for (const option of program === "curl" ? ["-o", "--output"] : ["-O", "--output-document"]) {
    const given = values.get(option);
    if (given === undefined) continue;
    const path = given.value;
    if (path === "/dev/null" || path?.toLowerCase() === "nul") return { to: "none" };
    if (path !== "-" && path !== "/dev/stdout") return { to: "file", path, written: unquoted(given.text) };
    return streamOf(command, script);
  }
  const named = program === "wget" || ["-O", "--remote-name", "--remote-name-all", "-J"].some((o) => options.has(o));
  if (!named) return streamOf(command, script);
  const written = nameOf(unquoted(urls[0]?.text ?? "").replace(/[?#].*$/, ""));
  return { to: "file", path: written === "" || /[$`]/.test(written) ? undefined : written, written };
}

function streamOf(command: ShellCommand, script: ShellScript): Output {
  for (const { commands, span } of script.pipelines) {
    const index = commands.indexOf(command);
    if (index >= 0 && index < commands.length - 1) return { to: "pipe", reader: commands[index + 1] };
    // What a loop or a group reads.
    if (index >= 0 && commands.length === 1 && command.span.start === span.start)
      return { to: "pipe", reader: undefined };
  }
  if (script.commands.some((other) => other.depth < command.depth && holds(other, command.span))) {
    return { to: "substitution" };
  }
  const redirect = command.redirects.find(({ operator }) => /^&?>[>|]?$/.test(operator));
  if (redirect === undefined || redirect.target === "/dev/null") return { to: "none" };
  return { to: "file", path: redirect.target, written: redirect.target ?? "" };
}

/** Whether something is substituted into a command. */
function holds({ words, assignments }: ShellCommand, place: Span): boolean {
  return words.some(({ span }) => contains(span, place)) || assignments.some(({ span }) => contains(span, place));
}

function unquoted(text: string): string {
  return text.replaceAll(/["']/g, "");
}

const verifiers: ReadonlySet<string> = new Set(
  `sha1sum sha224sum sha256sum sha384sum sha512sum b2sum md5sum shasum sha256 sha512 cksum gpg gpg2 gpgv gpgv2 cosign minisign signify rhash slsa-verifier
  keybase notation rekor-cli`.split(/\s+/),
);

/** Whether a command compares what was fetched with what is known of it: a checksum or a signature. */
export function verifies({ name, words, args }: ShellCommand): boolean {
  if (name === undefined) return words.some(({ text }) => /sha\d+sum|gpg|verify|checksum/i.test(text));
  if (verifiers.has(name)) return !args.some(({ value }) => value === "--dearmor" || value === "--import");
  if (name === "openssl") return args.some(({ value }) => value === "dgst" || value?.startsWith("sha") === true);
  return /verif|checksum|sha\d+/i.test(name);
}

/** Whether an address is one of this machine, where nothing goes wrong as it does on the network. */
export function isLocal({ text }: ShellWord): boolean {
  return /^["']?(?:\w+:\/\/)?(?:localhost|127\.|\[?::1|0\.0\.0\.0)|^["']?file:/i.test(text);
}

/** Names of files that hold others. */
export const archiveName =
  /\.(?:tar(?:\.(?:gz|bz2|xz|zst|lz|lzma|lzo|Z))?|t[gx]z|tbz2?|tzst|tlz|zip|jar|war|7z|rar|gz|bz2|xz|zst|lzma|deb|rpm|apk|cpio)$/i;
