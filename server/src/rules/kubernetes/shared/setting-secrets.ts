import { knownToken } from "../../../knowledge/secrets.ts";
import { isUnknownText } from "../../../languages/yaml/path.ts";
import { shift, type Span } from "../../../text/span.ts";
import { literalSecret } from "../../shared/literal-secret.ts";

/** A secret in the text of a setting, or of a file of settings. */
export interface SettingSecret {
  /** For a message: "a secret", "a GitHub token". */
  readonly what: string;
  /** What it is assigned to within the text; left out where the text is the secret, or its form alone tells. */
  readonly name?: string;
  /** Counts from the start of the text. */
  readonly at: Span;
}

/** Secrets in what stands behind a key: the whole text where the key says so, else lines of a file of settings. */
export function secretsInSetting(key: string, text: string): readonly SettingSecret[] {
  if (!text.includes("\n")) {
    const what = isUnknownText(text, "kubernetes") ? undefined : literalSecret(key, text);
    if (what !== undefined) return [{ what, at: { start: 0, end: text.length } }];
  }
  // Programs mention many things called token or password; only files of settings are read line by line.
  const settings =
    !/\.(?:sh|bash|py|js|mjs|cjs|ts|lua|go|rb|pl|php|java|groovy|sql|md|txt|html?|css|tmpl|tpl|rego|jq|json)$/i.test(
      key,
    );
  const found: SettingSecret[] = [];
  for (const { line, start } of linesOf(text)) {
    const token = isUnknownText(line, "kubernetes") ? undefined : knownToken(line);
    if (token !== undefined) {
      found.push({ what: token.what, at: shift(token.at, start) });
      continue;
    }
    const setting = settings ? assignment.exec(line) : null;
    const [, name = "", assigned = ""] = setting ?? [];
    if (setting === null || isUnknownText(assigned, "kubernetes")) continue;
    const what = literalSecret(name, assigned);
    // What is only told by its name may also be computed, or refer to something else.
    if (what === undefined || (what === "a secret" && (assigned.length < 4 || calls.test(assigned)))) continue;
    const from = start + line.lastIndexOf(assigned);
    found.push({ what, name, at: { start: from, end: from + assigned.length } });
  }
  return found;
}

/** `NAME=value`, `name: value`, `"name" = "value"`, and nothing else in the line. */
const assignment = /^\s*(?:export\s+|set\s+)?["']?([A-Za-z_][\w.-]*)["']?\s*[:=]\s*["']?([^\s"'#;,]+)["']?\s*[,;]?\s*$/;

/** A value that something computes, or that refers to something else. */
const calls = /[(){}$<>[\]%@|\\*&]|^(?:env|file|vault|secret|ref)[:.+]|::/i;

function* linesOf(text: string): Iterable<{ readonly line: string; readonly start: number }> {
  let start = 0;
  for (const line of text.split("\n")) {
    yield { line, start };
    start += line.length + 1;
  }
}
