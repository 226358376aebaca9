import { type CommandWord, type Fault, type TextFaultPlace, flagFault } from "./model.ts";
import { optionFault } from "./tls.ts";

/**
 * What in a command lets its package manager take packages that nobody signed; `undefined` where nothing does. `program` is its name without folder.
 * Sources: the manual pages apk(8), apt-get(8), yum(8), dnf(8), rpm(8), zypper(8)
 */
export function signatureFault(program: string, words: readonly CommandWord[]): Fault | undefined {
  switch (program) {
    case "apk":
      return localised(flagFault(words, /^--allow-untrusted$/), words, /\.apk$/);
    case "apt":
    case "apt-get":
    case "aptitude":
      return (
        localised(flagFault(words, /^--(?:allow-unauthenticated|force-yes)$/), words, /\.deb$/) ??
        flagFault(words, /^--(?:allow-insecure-repositories|allow-weak-repositories)$/) ??
        optionFault(
          words,
          /^(?:-o|--option)$/,
          /(?:AllowUnauthenticated|AllowInsecureRepositories)=["']?(?:1|true|yes)["']?$/i,
        )
      );
    case "yum":
    case "dnf":
    case "dnf5":
    case "tdnf":
    case "microdnf":
    case "yum-config-manager":
      return localised(
        flagFault(words, /^--(?:nogpgcheck|no-gpgchecks)$/) ??
          optionFault(words, /^--setopt$/, /(?:^|[.=])(?:pkg_)?gpgcheck=(?:0|false|no)$/i),
        words,
        /\.rpm$/,
      );
    case "rpm":
      return rpmFault(words);
    case "zypper":
      return localised(
        flagFault(
          words,
          /^--(?:no-gpg-checks?|no-gpgcheck|gpgcheck-allow-unsigned(?:-repo|-package)?|allow-unsigned-rpm)$/,
        ),
        words,
        /\.rpm$/,
      );
    default:
      return undefined;
  }
}

/** What text written into a configuration file lets a package manager take anything, and where; offsets count from the start of the text. */
export function signatureFaultInText(text: string): TextFaultPlace | undefined {
  const trusted = /\[[^\]\n]*?(?<![\w-])((?:trusted|allow-insecure)=yes)(?![\w-])[^\]\n]*\]\s*(\S*)/.exec(text);
  if (trusted !== null && !/^(?:file|copy|cdrom):/.test(trusted[2] ?? "")) return sourceOption(text, trusted);
  const check = /(?<![\w-])gpgcheck\s*=\s*(0|false|no)(?!\w)/i.exec(text);
  if (check !== null) {
    const value = check[1] ?? "";
    const from = check.index + check[0].length - value.length;
    return { start: check.index, from, to: from + value.length, text: value === "0" ? "1" : "true" };
  }
  const level = /(?<![\w-])SigLevel\s*=\s*(Never|(?:Optional\s+)?TrustAll)(?!\w)/.exec(text);
  if (level !== null) {
    const value = level[1] ?? "";
    const from = level.index + level[0].length - value.length;
    return { start: level.index, from, to: from + value.length, text: "Required DatabaseOptional" };
  }
  return undefined;
}

/** `[trusted=yes]` goes with its brackets and the blank behind them, one option among others with the blank that parts them. */
function sourceOption(text: string, match: RegExpExecArray): TextFaultPlace {
  const what = match[1] ?? "";
  const option = match.index + match[0].indexOf(what);
  const close = text.indexOf("]", option);
  if (text.slice(match.index + 1, close).trim() === what) {
    const from = match.index;
    return { start: from, from, to: close + (text[close + 1] === " " ? 2 : 1), text: "" };
  }
  const end = option + what.length;
  return text[end] === " "
    ? { start: option, from: option, to: end + 1, text: "" }
    : { start: option, from: option - 1, to: end, text: "" };
}

function rpmFault(words: readonly CommandWord[]): Fault | undefined {
  const values = words.map(({ value }) => value ?? "");
  const installs = values.some(
    (value) => /^-[a-z]*[iUF]/.test(value) || /^--(?:install|upgrade|freshen|import|reinstall)$/.test(value),
  );
  const asks = values.some(
    (value) => /^-[a-z]*[qVKe]/.test(value) || /^--(?:query|verify|erase|checksig|eval|rebuilddb)$/.test(value),
  );
  if (asks || !installs) return undefined;
  return localised(flagFault(words, /^--(?:nosignature|nodigest|noverify|nofiledigest|nogpg)$/), words, /\.rpm$/);
}

/** A fault in installing files that lie there already, by their path, is a local one. */
function localised(fault: Fault | undefined, words: readonly CommandWord[], file: RegExp): Fault | undefined {
  if (fault === undefined) return undefined;
  const packages = words.filter(({ value, text }) => file.test((value ?? text).replace(/["']$/, "")));
  const remote = packages.some(({ value, text }) => /^["']?[a-z]+:\/\//.test(value ?? text));
  const start = words.findIndex(({ value }) => value !== undefined && /^(?:add|install|in|localinstall)$/.test(value));
  const operands = words.slice(start + 1).filter(({ text }) => !text.startsWith("-"));
  return packages.length > 0 && !remote && packages.length === operands.length ? { ...fault, local: true } : fault;
}
