import { span, type Span } from "../text/span.ts";

/**
 * Whether a variable's name says that its value is a secret: `DB_PASSWORD`, `apiKey`, `GITHUB_TOKEN`. What describes a secret (`TOKEN_TTL`),
 * names it (`SECRET_NAME`), points at it (`PASSWORD_FILE`) or is public by design (`PUBLIC_KEY`) is none.
 */
export function looksLikeSecretName(name: string): boolean {
  // Taking a name apart is slow, and most are none.
  if (!speaksOfSecrets.test(name.toLowerCase())) return false;
  const words = wordsOf(name);
  if (wholeNames.has(words.join("_"))) return true;
  if (harmlessNames.has(words.join("_"))) return false;
  if (words.some((word) => harmlessAnywhere.has(word))) return false;
  if (harmlessFirst.has(words[0] ?? "") || words.includes("no")) return false;
  while (words.length > 1 && (neutralLast.has(words.at(-1) ?? "") || /^v?\d+$/.test(words.at(-1) ?? ""))) words.pop();
  const last = words.at(-1) ?? "";
  const before = words.at(-2) ?? "";
  if (harmlessLast.has(last)) return false;
  if (words.some((word) => /^(?:\w*pass(?:word|wd|phrase|code)|pword)s?$/.test(word))) return true;
  if (/apikeys?$/.test(last)) return true;
  switch (last) {
    case "secrets":
      return before !== "pull";
    case "secret":
    case "apitoken":
    case "privatekey":
    case "secretkey":
    case "accesskey":
    case "accesstoken":
    case "authtoken":
    case "clientsecret":
    case "sshpass":
    case "dbpass":
      return true;
    case "token":
      return !tokensOfText.has(before);
    case "tokens":
      return secretTokens.has(before);
    case "credential":
    case "credentials":
    case "creds":
      return true;
    case "pass":
      return before !== "" && !passesOfWork.has(before);
    case "pwd":
      return before !== "" && !directories.has(before);
    case "key":
    case "keys":
      return before !== "" && !harmlessKeys.has(before);
    default:
      return false;
  }
}

/** Every name below that counts holds one of these. */
const speaksOfSecrets = /pass|pword|pwd|secret|token|key|cred|auth/;

/** Whether a value stands for one that somebody is still to write: empty, `changeme`, `<your token>`, `xxxx`, `your-api-key`. */
export function looksLikePlaceholder(value: string): boolean {
  const text = value.trim().toLowerCase();
  if (text === "" || /^<.*>$|^\[.*\]$|^\{\{?[\w .-]*\}\}?$|^%[a-z_]+%$|^__\w+__$|^@\w+@$/s.test(text)) return true;
  if (/^(?:x+|\*+|\.+|…|-+|_+|\?+|#+|•+)$/.test(text)) return true;
  const words = text.split(/[^a-z0-9]+/).filter((word) => word !== "");
  return (
    placeholders.has(words.join("")) ||
    (words.length > 1 && placeholderStarts.has(words[0] ?? "")) ||
    /^(?:change|replace)(?:me|this|it)/.test(words.join("")) ||
    (words.length > 1 && placeholderEnds.has(words.at(-1) ?? ""))
  );
}

/** Whether a value is a boolean, a word for nothing, a number, a duration, a size or a port range: nothing that could be a secret, whatever its name. */
export function isPlainLiteral(value: string): boolean {
  return /^(?:true|false|yes|no|on|off|enabled?|disabled?|invalid|unset|unused|undefined|none|null|nil|~|[+-]?\d{1,9}(?:\.\d+)?\s?(?:ns|us|µs|ms|s|sec|seconds?|m|min|minutes?|h|hours?|d|days?|w|weeks?|y|%|b|[kmgt]i?b?)?|(?:\d+(?:ns|us|ms|[smhd]))+|\d+-\d+)$/i.test(
    value.trim(),
  );
}

/**
 * The place of `user:password` in a URL within the value, `undefined` where there is none, the password is empty, or it is a variable or placeholder.
 * A token before `@` without a colon is {@link knownToken}'s to find.
 */
export function credentialsInUrl(value: string): Span | undefined {
  if (!value.includes("@") || !value.includes("://")) return undefined;
  const pattern = /(?<![a-z0-9+.-])[a-z][a-z0-9+.-]*:\/\/([^\s/?#"'@:]*):([^\s/?#"'@]+)@[^\s/?#"'@]/gi;
  for (const match of value.matchAll(pattern)) {
    const [, user = "", password = ""] = match;
    if (/[$%]?\{|\$[A-Za-z_(]|<[^>]*>|^\*+$/.test(password) || looksLikePlaceholder(password)) continue;
    const start = match.index + match[0].indexOf("://") + "://".length;
    return span(start, start + user.length + 1 + password.length);
  }
  return undefined;
}

/** A token that its own form gives away. The span counts from the start of the value. */
export interface KnownToken {
  /** What it is, for a message: `a GitHub token`. */
  readonly what: string;
  readonly at: Span;
}

/** The first token of a well-known form in the value; the ones that documentation uses as examples are left out. */
export function knownToken(value: string): KnownToken | undefined {
  if (value.length < 14 || !tokenParts.test(value)) return undefined;
  for (const { what, pattern } of tokens) {
    const match = pattern.exec(value);
    if (match !== null && !/example/i.test(match[0]) && !/x{8}|0{12}|\*{4}/i.test(match[0])) {
      return { what, at: span(match.index, match.index + match[0].length) };
    }
  }
  return undefined;
}

/** Each form below holds one of these. */
const tokenParts =
  /-----BEGIN|AKIA|ASIA|gh[pousr]_|github_pat_|gl(?:pat|dt|rt|cbt|ptt|soat)-|xox|hooks\.slack|k_live_|npm_|pypi-|dckr_|AIza|SG\.|sk-|hf_|_v1_|hv[sbr]\.|AccountKey|eyJ/;

/**
 * The forms issuers document, so that scanners can find them.
 * Sources: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html,
 * https://docs.github.com/en/authentication/keeping-your-account-and-data-secure/about-authentication-to-github#githubs-token-formats,
 * https://docs.gitlab.com/security/tokens/#token-prefixes, https://api.slack.com/authentication/token-types, https://docs.stripe.com/keys,
 * https://developer.hashicorp.com/vault/docs/concepts/tokens#token-prefixes, RFC 7468 (PEM), RFC 7519 (JWT)
 */
const tokens: readonly { readonly what: string; readonly pattern: RegExp }[] = [
  { what: "a private key", pattern: /-----BEGIN (?:[A-Z0-9]+ ){0,3}PRIVATE KEY(?: BLOCK)?-----/ },
  { what: "an AWS access key", pattern: /(?<![A-Za-z0-9])(?:AKIA|ASIA)[A-Z0-9]{16}(?![A-Za-z0-9])/ },
  {
    what: "a GitHub token",
    pattern: /(?<![A-Za-z0-9])(?:gh[pousr]_[A-Za-z0-9]{36,255}|github_pat_[A-Za-z0-9_]{22,255})/,
  },
  { what: "a GitLab token", pattern: /(?<![A-Za-z0-9])gl(?:pat|dt|rt|cbt|ptt|soat)-[A-Za-z0-9_-]{20,}/ },
  { what: "a Slack token", pattern: /(?<![A-Za-z0-9])xox[abeoprs]-[A-Za-z0-9-]{10,}/ },
  {
    what: "a Slack webhook",
    pattern: /https:\/\/hooks\.slack\.com\/services\/T[A-Z0-9]+\/B[A-Z0-9]+\/[A-Za-z0-9]{16,}/,
  },
  { what: "a Stripe key", pattern: /(?<![A-Za-z0-9])[rs]k_live_[A-Za-z0-9]{16,}/ },
  { what: "an npm token", pattern: /(?<![A-Za-z0-9])npm_[A-Za-z0-9]{36}(?![A-Za-z0-9])/ },
  { what: "a PyPI token", pattern: /(?<![A-Za-z0-9])pypi-AgE[A-Za-z0-9_-]{50,}/ },
  { what: "a Docker Hub token", pattern: /(?<![A-Za-z0-9])dckr_(?:pat|oat)_[A-Za-z0-9_-]{20,}/ },
  { what: "a Google API key", pattern: /(?<![A-Za-z0-9])AIza[A-Za-z0-9_-]{35}(?![A-Za-z0-9_-])/ },
  { what: "a SendGrid key", pattern: /(?<![A-Za-z0-9])SG\.[A-Za-z0-9_-]{22}\.[A-Za-z0-9_-]{43}/ },
  { what: "an Anthropic key", pattern: /(?<![A-Za-z0-9])sk-ant-[A-Za-z0-9_-]{24,}/ },
  {
    what: "an OpenAI key",
    pattern: /(?<![A-Za-z0-9])sk-(?:proj-|svcacct-)?[A-Za-z0-9_-]{16,}T3BlbkFJ[A-Za-z0-9_-]{16,}/,
  },
  { what: "a Hugging Face token", pattern: /(?<![A-Za-z0-9])hf_[A-Za-z0-9]{34}(?![A-Za-z0-9])/ },
  { what: "a DigitalOcean token", pattern: /(?<![A-Za-z0-9])do[opr]_v1_[a-f0-9]{64}/ },
  { what: "a Vault token", pattern: /(?<![A-Za-z0-9])hv[sbr]\.[A-Za-z0-9_-]{24,}/ },
  { what: "an Azure storage key", pattern: /AccountKey=[A-Za-z0-9+/]{86}==/ },
  {
    what: "a JSON web token",
    pattern: /(?<![A-Za-z0-9_-])eyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}/,
  },
];

/** `dbPassword`, `DB_PASSWORD`, `db.password` and `db-password` are all `["db", "password"]`. */
function wordsOf(name: string): string[] {
  return name
    .replace(/([a-z])([A-Z])/g, "$1_$2")
    .replace(/(\d)([A-Z][a-z])/g, "$1_$2")
    .replace(/([A-Z]+)([A-Z][a-z])/g, "$1_$2")
    .replace(/([A-Za-z]{3})(\d+)$/, "$1_$2")
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== "");
}

function wordSet(words: string): ReadonlySet<string> {
  return new Set(words.trim().split(/\s+/));
}

const wholeNames = wordSet(
  "neo4j_auth rediscli_auth docker_auth_config basic_auth http_basic_auth npm_auth secret_key_base",
);

const harmlessNames = wordSet(
  "google_application_credentials aws_web_identity_token aws_shared_credentials ssh_auth_sock",
);

/** Words that turn the whole name into a switch, a public value or a setting of requests. */
const harmlessAnywhere = wordSet(`
  public publishable allow allows allowed enable enabled disable disabled require required requires empty random
  validate validation verify skip cors autogenerate autocomplete
`);

const harmlessFirst = wordSet("use no is has with include show hide reset forgot change generate max min num");

/** Words at the end that leave the one before them what it is: `API_KEY_PROD`, `TOKEN_2`, `PASSWORD_BASE64`. */
const neutralLast = wordSet(`
  prod production dev development stage staging test testing local live sandbox default value values hash base64 b64 enc encrypted
  old new previous current primary secondary data content contents confirm confirmation json pem hex base text string
`);

/** Words at the end that make the name speak about a secret rather than hold one. */
const harmlessLast = wordSet(`
  file files filename path paths dir directory folder name names id ids ttl expiry expiration expires expire expired lifetime age timeout
  length len size minlength maxlength count limit rate policy policies rule rules type types algorithm alg method mode strategy provider version
  format prefix suffix header headers field column url uri urls endpoint host hostname port issuer audience scope scopes region arn ref reference
  manager engine backend rotation interval days hours minutes seconds ms in label hint complexity strength iterations rounds cost hasher encoder
  service server realm class mount regex pattern page link template email subject message description title placeholder
  config configuration options settings store driver handler factory command cmd script helper user username login
  characters chars char digits symbols requirement requirements bonus throttle
  attempts retries history reuse lock lockout change reset recovery encryption plugin source target location
`);

const tokensOfText = wordSet(
  "pad eos bos sep mask unk cls cancel cancellation continuation page next sync max stop start special",
);
const secretTokens = wordSet("api access auth bearer refresh secret admin");
const passesOfWork = wordSet("proxy first second one two multi single test render by fast slow fastcgi uwsgi");
const directories = wordSet("host project local current old work init base repo");
const harmlessKeys = wordSet(`
  partition sort primary foreign unique cache hot routing site index object row map dict group lookup label annotation config setting
  translation i18n feature flag topic message queue idempotency json yaml env registry shard hash range
  gpg pgp apt rpm deb repo repository release topology merge and label selector trust trusted known verification verify
`);

const placeholders = wordSet(`
  example placeholder todo fixme tbd dummy fake none null nil undefined na redacted removed secrethere tokenhere passwordhere keyhere
  insert insecure notset unset fillme fillin setme secretvalue
`);
const placeholderStarts = wordSet("your insert enter replace change example sample dummy fake placeholder todo");
const placeholderEnds = wordSet("here placeholder goeshere changeme example");
