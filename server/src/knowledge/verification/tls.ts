import { type CommandWord, type Fault, type TextFaultPlace, flagFault, isOff, isOn } from "./model.ts";

/** What takes the checks of certificates from a program: the ways its own documentation names. */

/**
 * Whether a variable of this name and value makes a program take any certificate; `value` is `undefined` where it is not known.
 * Sources: https://git-scm.com/docs/git#Documentation/git.txt-GITSSLNOVERIFY (any value counts), https://nodejs.org/api/cli.html,
 * https://docs.npmjs.com/cli/using-npm/config, https://pip.pypa.io/en/stable/topics/configuration/, https://docs.astral.sh/uv/reference/environment/,
 * https://peps.python.org/pep-0493/, https://go.dev/ref/mod#environment-variables, https://yarnpkg.com/configuration/yarnrc,
 * https://bundler.io/man/bundle-config.1.html
 */
export function turnsTlsOff(name: string, value: string | undefined): boolean {
  switch (name.toUpperCase()) {
    case "GIT_SSL_NO_VERIFY":
      return true;
    case "PYTHONHTTPSVERIFY":
    case "NODE_TLS_REJECT_UNAUTHORIZED":
    case "PERL_LWP_SSL_VERIFY_HOSTNAME":
    case "BUNDLE_SSL_VERIFY_MODE":
      return value?.trim() === "0";
    case "NPM_CONFIG_STRICT_SSL":
    case "YARN_STRICT_SSL":
    case "YARN_ENABLE_STRICT_SSL":
    case "CONDA_SSL_VERIFY":
      return isOff(value);
    case "PIP_TRUSTED_HOST":
    case "UV_INSECURE_HOST":
    case "GOINSECURE":
      return value !== undefined && value.trim() !== "";
    case "MAVEN_OPTS":
    case "MAVEN_ARGS":
      return value !== undefined && mavenInsecure.test(value);
    default:
      return false;
  }
}

const mavenInsecure = /-Dmaven\.wagon\.http\.ssl\.(?:insecure|allowall)=true/;

/** What in a command lets its program take any certificate; `undefined` where nothing does. `program` is its name without folder. */
export function tlsFault(program: string, words: readonly CommandWord[]): Fault | undefined {
  switch (program) {
    case "curl":
      return curlFault(words);
    case "wget":
    case "wget2":
      return flagFault(words, /^--no-check(?:-\w*)?$/, false, "name the CA with `--ca-certificate`");
    case "aria2c":
      return flagMatching(words, /^--check-certificate=false$/);
    case "apk":
      return flagFault(words, /^--no-check-certificate$/);
    case "git":
      return gitFault(words);
    case "npm":
    case "yarn":
    case "yarnpkg":
    case "pnpm":
    case "bower":
      return nodeFault(words);
    case "uv":
      return flagFault(words, /^--(?:allow-insecure-host|trusted-host)$/, true, "name the CA with `SSL_CERT_FILE`");
    case "conda":
    case "mamba":
    case "micromamba":
      return flagFault(words, /^(?:-k|--insecure)$/) ?? settingFault(words, "config", /^ssl_verify$/i, isOff);
    case "bundle":
    case "bundler":
      return settingFault(words, "config", /^ssl_verify_mode$/i, isOff);
    case "composer":
      return settingFault(words, "config", /^disable-tls$/, isOn);
    case "yum":
    case "dnf":
    case "dnf5":
    case "tdnf":
    case "microdnf":
    case "yum-config-manager":
      return optionFault(words, /^--setopt$/, /(?:^|[.=])sslverify=(?:0|false|no)$/i);
    case "apt":
    case "apt-get":
    case "aptitude":
      return optionFault(words, /^(?:-o|--option)$/, /Verify-(?:Peer|Host)=["']?(?:0|false|no|off)["']?$/i);
    case "mvn":
    case "mvnw":
      return flagMatching(words, new RegExp(`^${mavenInsecure.source}`));
    case "aws":
      return flagFault(words, /^--no-verify-ssl$/, false, "name the CA with `--ca-bundle`");
    case "kubectl":
    case "helm":
    case "oc":
      return flagMatching(words, /^--(?:kube-)?insecure-skip-tls-verify(?:=true)?$/);
    case "skopeo":
    case "podman":
    case "buildah":
      return flagMatching(words, /^--(?:src-|dest-)?tls-verify=false$/);
    case "svn":
      return flagMatching(words, /^--trust-server-cert(?:-failures=.*)?$/);
    case "http":
    case "https":
      return flagMatching(words, /^--verify=(?:no|false)$/);
    default:
      return /^(?:pip\d?(?:\.\d+)?|python\d?(?:\.\d+)?)$/.test(program) ? pipFault(words) : undefined;
  }
}

/**
 * Where text written into a configuration file turns the check off, with what belongs there instead; offsets count from the start of the text.
 * Known are the settings of yum and dnf, apt, npm, git, wget and RubyGems.
 */
export function tlsFaultInText(text: string): TextFaultPlace | undefined {
  for (const [pattern, instead] of textSettings) {
    const match = pattern.exec(text);
    if (match === null) continue;
    const from = match.index + match[0].length - (match[1] ?? "").length;
    return { start: match.index, from, to: from + (match[1] ?? "").length, text: instead(match[1] ?? "") };
  }
  return undefined;
}

const opposite = (value: string): string => {
  if (value === "0") return "1";
  if (/^(?:false|no|off)$/.test(value)) return value === "false" ? "true" : value === "no" ? "yes" : "on";
  return "true";
};

const textSettings: readonly (readonly [RegExp, (value: string) => string])[] = [
  [/(?<![\w-])sslverify\s*=\s*(0|false|no)(?!\w)/i, opposite],
  [/(?<![\w-])strict-ssl\s*[= ]\s*(false)(?!\w)/, opposite],
  [/Verify-(?:Peer|Host)\s+\\?["']?(false|no|off|0)(?!\w)/i, opposite],
  [/(?<![\w-])check_certificate\s*=\s*(off)(?!\w)/, opposite],
  [/:ssl_verify_mode:\s*(0)(?!\w)/, () => "1"],
];

/** Short options of curl that take a value: https://curl.se/docs/manpage.html */
const curlValued = "AbcCdDeEFhHKmoPQrtTuUwxXyYz";

function curlFault(words: readonly CommandWord[]): Fault | undefined {
  const instead = "name the CA with `--cacert`";
  for (let index = 0; index < words.length; index++) {
    const text = words[index]?.value ?? words[index]?.text ?? "";
    if (text === "--insecure" || text === "--proxy-insecure" || text === "--doh-insecure") {
      return { words: [index], instead };
    }
    if (!/^-[A-Za-z0-9#:]/.test(text)) continue;
    for (let at = 1; at < text.length; at++) {
      const letter = text[at] ?? "";
      if (curlValued.includes(letter)) {
        if (at === text.length - 1) index++;
        break;
      }
      if (letter !== "k") continue;
      if (text.length === 2) return { words: [index], instead };
      const place = (words[index]?.text ?? "").indexOf(text) + at;
      return { words: [index], part: { from: place, to: place + 1, text: "" }, instead };
    }
  }
  return undefined;
}

function gitFault(words: readonly CommandWord[]): Fault | undefined {
  const instead = "name the CA with `http.sslCAInfo`";
  const given = words.findIndex(
    ({ value }, index) =>
      words[index - 1]?.value === "-c" &&
      value !== undefined &&
      /^http\.(?:.*\.)?sslverify=(?:0|false|no|off)$/i.test(value),
  );
  if (given > 0) return { words: [given - 1, given], instead };
  const fault = settingFault(words, "config", /^http\.(?:.*\.)?sslverify$/i, isOff);
  return fault && { ...fault, instead };
}

function nodeFault(words: readonly CommandWord[]): Fault | undefined {
  const instead = "name the CA with `NODE_EXTRA_CA_CERTS`";
  const fault =
    flagMatching(words, /^(?:--strict-ssl=false|--no-strict-ssl|--config\.strict-ssl=false)$/) ??
    settingFault(words, "config", /^(?:strict-ssl|enableStrictSsl)$/i, isOff) ??
    settingFault(words, "set", /^strict-ssl$/i, isOff);
  return fault && { ...fault, instead };
}

function pipFault(words: readonly CommandWord[]): Fault | undefined {
  const instead = "name the CA with `--cert`";
  const fault = flagFault(words, /^--trusted-host$/, true);
  if (fault !== undefined) return { ...fault, instead };
  const config = words.findIndex(({ value }) => value === "config");
  const key = words.findIndex(({ value }) => value !== undefined && /^[\w-]+\.trusted-host$/.test(value));
  if (config < 0 || key < config || words[key + 1] === undefined) return undefined;
  if (!words.slice(config, key).some(({ value }) => value === "set")) return undefined;
  return { words: [key, key + 1], whole: true, instead };
}

/** `config set name value`, `config --global name value`, `set name=value`: the name and the value, behind the subcommand. */
function settingFault(
  words: readonly CommandWord[],
  subcommand: string,
  name: RegExp,
  off: (value: string | undefined) => boolean,
): Fault | undefined {
  const start = words.findIndex(({ value }) => value !== undefined && !value.startsWith("-"));
  if (words[start]?.value !== subcommand) return undefined;
  for (let index = start + 1; index < words.length; index++) {
    const value = words[index]?.value;
    if (value === undefined) continue;
    const [key = "", inline] = value.split("=");
    if (!name.test(key)) continue;
    if (inline !== undefined) return off(inline) ? { words: [index], whole: true } : undefined;
    return off(words[index + 1]?.value) ? { words: [index, index + 1], whole: true } : undefined;
  }
  return undefined;
}

function flagMatching(words: readonly CommandWord[], pattern: RegExp): Fault | undefined {
  const index = words.findIndex(({ value }) => value !== undefined && pattern.test(value));
  return index < 0 ? undefined : { words: [index] };
}

/** `-o Name=value`, `-oName=value`, `--setopt=name=value`, `--setopt name=value`. */
export function optionFault(words: readonly CommandWord[], flag: RegExp, setting: RegExp): Fault | undefined {
  for (const [index, { value }] of words.entries()) {
    if (value === undefined || !setting.test(value)) continue;
    if (flag.test(words[index - 1]?.value ?? "")) return { words: [index - 1, index] };
    const own = /^(?:(--[\w-]+)=|(-[A-Za-z]))/.exec(value);
    if (own !== null && flag.test(own[1] ?? own[2] ?? "")) return { words: [index] };
  }
  return undefined;
}
