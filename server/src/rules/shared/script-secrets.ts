import { credentialsInUrl, knownToken } from "../../knowledge/secrets.ts";
import type { ShellScript } from "../../languages/shell/model.ts";
import { isUnknownText } from "../../languages/yaml/path.ts";
import { touches } from "../../text/span.ts";
import { type CommandSecret, secretsOfCommands } from "./command-secrets.ts";
import { literalSecret } from "./literal-secret.ts";

/** What a text holds in which there is something to find. A value that comes from a variable is none. */
export const mentionsSecret =
  /(?:pass(?:word|wd|phrase)?|token|key|secret|masterauth)[=:"'\s,\]-]+[^$=:"'\s,\]-]|(?:authorization|auth\w*)\W|(?<![\w-])-p[^\s$"']|\s["']?-(?:[ap]\b|[uU]\b["',\s]*[^\s"',]+:)|:\/\/[^\s/$]*@|login|[A-Za-z0-9_-]{20}/i;

/** Secrets in a script: given to programs, set as variables, or told by their form, in the order written. */
export function secretsIn(script: ShellScript): readonly CommandSecret[] {
  const found: CommandSecret[] = [...secretsOfCommands(script)];
  for (const { assignments, words } of script.everyCommand) {
    for (const { name, value, span } of assignments) {
      const what =
        value === undefined || isUnknownText(value) || isOption(value) ? undefined : literalSecret(name, value);
      if (what !== undefined) found.push({ what, at: span });
    }
    for (const { text, span } of words) {
      const what = isUnknownText(text) ? undefined : inWord(text);
      if (what !== undefined && !found.some(({ at }) => touches(at, span))) found.push({ what, at: span });
    }
  }
  return found.sort((a, b) => a.at.start - b.at.start);
}

/** `-config-file /etc/token.json`, to be put behind a program. */
function isOption(value: string): boolean {
  return /^--?[a-z][\w-]*[ =]/i.test(value);
}

function inWord(text: string): string | undefined {
  const token = knownToken(text);
  return token?.what ?? (credentialsInUrl(text) === undefined ? undefined : "a URL with its password");
}
