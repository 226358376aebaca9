import { isPlainLiteral, looksLikePlaceholder } from "../../knowledge/secrets.ts";
import type { ShellCommand, ShellScript, ShellWord } from "../../languages/shell/model.ts";
import { type Span, span } from "../../text/span.ts";

/** A secret that stands in a command as it is. */
export interface CommandSecret {
  /** For a message: "a password". */
  readonly what: string;
  readonly at: Span;
  /** The variable that can take its place, and the value's place; `undefined` where it is part of something else. */
  readonly variable?: { readonly name: string; readonly value: Span };
}

/** Secrets given to programs by options and headers. */
export function secretsOfCommands(script: ShellScript): readonly CommandSecret[] {
  return script.everyCommand.flatMap((command) => ofCommand(command, script.commands.includes(command), script));
}

/** Long options whose value is a secret. The last word tells, whatever stands before it: `--db-password`. etcd's cluster goes by a name that it calls a token. */
const secretFlag =
  /^--(?!initial-cluster-token)((?:[a-z0-9]+-)*(?:password|passwd|passphrase|token|api-?key|secret|secret-key|access-key|client-secret|authtoken))(?:=(.*))?$/is;

/** Programs whose option of that name gives a user a password, or names something that is no secret. */
const otherwise: ReadonlySet<string> = new Set([
  "useradd",
  "usermod",
  "adduser",
  "htpasswd",
  "echo",
  "printf",
  "kubeadm",
]);

function ofCommand(command: ShellCommand, own: boolean, script: ShellScript): readonly CommandSecret[] {
  const { name, args } = command;
  if (name === undefined) return [];
  const found: CommandSecret[] = [];
  for (const [index, word] of args.entries()) {
    const { value } = word;
    const flag = secretFlag.exec(value ?? word.text);
    const next = args[index + 1];
    // `docker build --secret id=…` names one.
    const names = /^id=|^type=/.test(flag?.[2] ?? next?.value ?? "");
    if (flag !== null && !names && !otherwise.has(name)) {
      const variable = (flag[1] ?? "").replaceAll("-", "_").toUpperCase();
      if (flag[2] !== undefined) {
        if (value !== undefined && isSecret(flag[2])) found.push(ofPart(word, flag[2], own ? variable : undefined));
      } else if (next !== undefined && isSecret(next.value) && next.value?.startsWith("-") !== true) {
        found.push({
          what: whatIs(variable),
          at: next.span,
          ...(own ? { variable: { name: variable, value: next.span } } : {}),
        });
      }
    }
    const short = shortOption(name, word, next, command);
    if (short !== undefined) found.push(short);
    const header = value === undefined ? undefined : headerSecret(value);
    if (header !== undefined && isSecret(header)) found.push(ofPart(word, header, undefined));
    const auth = /_auth(?:Token)?\s*=\s*([\w+/=.-]{8,})/.exec(value ?? "")?.[1];
    if (auth !== undefined && isSecret(auth)) found.push(ofPart(word, auth, undefined));
  }
  if (name === "npm" || name === "yarn" || name === "pnpm") found.push(...ofNpmConfig(args));
  if (command.has("--password-stdin")) found.push(...ofInput(command, script));
  return found;
}

/** curl's `-u user:password`, `sshpass -p`, `redis-cli -a`, `redis-server --requirepass`, `docker login -p`, and MySQL's `-ppassword` in one word. */
function shortOption(
  program: string,
  { value, span: place }: ShellWord,
  next: ShellWord | undefined,
  command: ShellCommand,
): CommandSecret | undefined {
  if (value === undefined) return undefined;
  if (program === "curl" && /^(?:-[a-zA-Z]*[uU]|--user|--proxy-user)$/.test(value)) {
    const colon = next?.value?.indexOf(":") ?? -1;
    const password = next?.value?.slice(colon + 1);
    return next !== undefined && colon > 0 && isSecret(password) ? ofPart(next, password ?? "", undefined) : undefined;
  }
  if (/^(?:mysql|mysqladmin|mysqldump|mariadb|mariadb-admin|mariadb-dump)$/.test(program)) {
    const password = /^-p(.+)$/s.exec(value)?.[1];
    return password !== undefined && isSecret(password) ? { what: "a password", at: place } : undefined;
  }
  const taking =
    (program === "sshpass" && value === "-p") ||
    (program === "redis-cli" && (value === "-a" || value === "--pass")) ||
    (/^(?:redis|valkey|keydb)-server$/.test(program) && /^--(?:requirepass|masterauth)$/.test(value)) ||
    (/^(?:docker|podman|buildah|skopeo|helm)$/.test(program) && value === "-p" && command.has("login"))
      ? next
      : program === "docker" && value === "-p" && command.operands[0]?.value === "login"
        ? next
        : undefined;
  return taking !== undefined && isSecret(taking.value) ? { what: "a password", at: taking.span } : undefined;
}

/** `npm config set //registry.example.com/:_authToken …` */
function ofNpmConfig(args: readonly ShellWord[]): readonly CommandSecret[] {
  const key = args.findIndex(({ value, text }) => /_auth(?:Token)?$|_password$|npmAuthToken$/.test(value ?? text));
  const next = args[key + 1];
  return key > 0 && next !== undefined && isSecret(next.value) ? [{ what: "a token", at: next.span }] : [];
}

/** `echo password | docker login --password-stdin` */
function ofInput(command: ShellCommand, script: ShellScript): readonly CommandSecret[] {
  const commands = script.pipelines.find((pipeline) => pipeline.commands.includes(command))?.commands ?? [];
  const feeder = commands[commands.indexOf(command) - 1];
  if (feeder?.name !== "echo" && feeder?.name !== "printf") return [];
  const word = feeder.operands.at(-1);
  return word !== undefined && isSecret(word.value) ? [{ what: "a password", at: word.span }] : [];
}

/** What a header of HTTP proves who asks by; `undefined` where it is another header. */
function headerSecret(header: string): string | undefined {
  return /^(?:(?:proxy-)?authorization:\s*(?:bearer|basic|token)\s+|(?:x-api-key|private-token|job-token|deploy-token|x-auth-token|x-vault-token|api-key)\s*:\s*)(\S+)\s*$/i.exec(
    header,
  )?.[1];
}

/** Whether a value is written out and could be a secret. */
function isSecret(value: string | undefined): boolean {
  if (value === undefined || value.length < 3 || /[$`{<]|^%.*%$/.test(value)) return false;
  if (/^(?:\.{0,2}\/|[a-z][a-z0-9+.-]*:\/\/|@|-$)/i.test(value) || /\.(?:txt|pem|key|json|ya?ml|env)$/.test(value))
    return false;
  return !isPlainLiteral(value) && !looksLikePlaceholder(value) && value !== "changeit";
}

/** A secret within a word, at its exact place where the word is written as it is read. */
function ofPart({ text, span: place }: ShellWord, secret: string, variable: string | undefined): CommandSecret {
  const index = text.lastIndexOf(secret);
  const exact = index >= 0 && place.end - place.start === text.length;
  const at = exact ? span(place.start + index, place.start + index + secret.length) : place;
  const bare = exact && !/["'\\]/.test(text);
  return {
    what: whatIs(variable ?? text),
    at,
    ...(bare && variable !== undefined ? { variable: { name: variable, value: at } } : {}),
  };
}

function whatIs(name: string): string {
  return /token|bearer|auth/i.test(name)
    ? "a token"
    : /key/i.test(name)
      ? "a key"
      : /secret/i.test(name)
        ? "a secret"
        : "a password";
}
