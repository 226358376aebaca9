import type { LineComment } from "../languages/comment.ts";
import type { Kind } from "../languages/index.ts";

/** What a comment or annotation of another tool asks for. */
export interface ForeignDirective {
  /** The tools whose codes these may be. */
  readonly peers: readonly string[];
  /** `all`: everything that tool would say. */
  readonly codes: readonly string[] | "all";
  /** `here`: what stands below a comment that stands alone, else its own line; `line`: the same, but the line below alone. */
  readonly scope: "here" | "line" | "stage" | "unit" | "file";
  readonly reason: string | undefined;
}

/** The directives of other tools in a comment; mostly none. `above` is the keyword of the instruction right below it, where there is one. */
export function foreignDirectives(
  comment: LineComment,
  kind: Kind,
  above: string | undefined,
): readonly ForeignDirective[] {
  const { text } = comment;
  // No other tool looks into these.
  if (kind === "ignore") return [];
  return kind === "dockerfile"
    ? [...dockerfileDirectives(text, above), ...sharedDirectives(text, kind)]
    : [...yamlDirectives(text), ...sharedDirectives(text, kind)];
}

/** Whether a comment begins as a directive of another tool does; quick, and true for a few that say nothing. */
export function isForeignDirective(text: string): boolean {
  return marker.test(text);
}

/** `skip=A,B;error=true`, the value of BuildKit's `# check=` directive. */
export function buildkitChecks(value: string, scope: ForeignDirective["scope"]): readonly ForeignDirective[] {
  const [settings = "", reason] = value.split(/\s*\/\/\s*/, 2);
  const found: ForeignDirective[] = [];
  for (const setting of settings.split(";")) {
    const [key = "", list = ""] = setting.split("=", 2);
    if (key.trim().toLowerCase() !== "skip") continue;
    const codes = listed(list);
    const all = codes.some((code) => code.toLowerCase() === "all");
    found.push({ peers: ["buildkit"], codes: all ? "all" : codes, scope, reason: reason?.trim() || undefined });
  }
  return found;
}

const marker =
  /^(?:hadolint|shellcheck|tally|check\s*=|dockerfile-utils|checkov:|trivy:|kics-scan|dclint|nosemgrep|nosonar|vscode-kubernetes-tools|yaml-language-server-disable)/i;

function dockerfileDirectives(text: string, above: string | undefined): readonly ForeignDirective[] {
  // A name of any other form makes hadolint take the whole line for a plain comment.
  const hadolint =
    /^hadolint\s+(?:(global|stage)\s+)?ignore\s*=\s*([DLSC0-9]+(?:\s*,\s*[DLSC0-9]+)*)(?!\s*[,\w])(?:\s*#\s*(.*))?/.exec(
      text,
    );
  if (hadolint !== null) {
    return [
      {
        peers: ["hadolint", "shellcheck"],
        codes: listed(hadolint[2] ?? ""),
        scope: wide(hadolint[1]),
        reason: hadolint[3]?.trim() || undefined,
      },
    ];
  }
  const shellcheck = /^shellcheck\s+(?:\S+\s+)*?disable=\s*([\w,-]+)(?:\s+#\s*(.*))?/.exec(text);
  if (shellcheck !== null) {
    const codes = listed(shellcheck[1] ?? "").flatMap(codesOfRange);
    const all = codes.some((code) => code.toLowerCase() === "all");
    const reason = shellcheck[2]?.trim() || undefined;
    return [{ peers: ["shellcheck"], codes: all ? "all" : codes, scope: "here", reason }];
  }
  const tally = /^tally\s+(?:(global|stage)\s+)?ignore\s*=\s*([^;]*)(?:;\s*reason\s*=\s*(.*))?/i.exec(text);
  if (tally !== null) {
    // `tally/labels/valid-key` is known as `labels/valid-key`, `hadolint/DL3006` as `DL3006`.
    const codes = listed(tally[2] ?? "").map((code) => code.replace(/^(?:tally|hadolint|buildkit|shellcheck)\//i, ""));
    return [
      {
        peers: ["tally", "hadolint", "buildkit", "shellcheck"],
        codes: codes.some((code) => code.toLowerCase() === "all") ? "all" : codes,
        scope: wide(tally[1]),
        reason: tally[3]?.trim() || undefined,
      },
    ];
  }
  const check = /^check\s*=\s*(.*)/i.exec(text);
  if (check !== null && above !== undefined) return buildkitChecks(check[1] ?? "", "here");
  if (/^dockerfile-utils\s*:\s*ignore\b/i.test(text)) return everything("dockerfile-utils", "here");
  return [];
}

/** `SC2000-SC2010` is all codes between, and the ends. */
function codesOfRange(text: string): readonly string[] {
  const ends = /^SC(\d{4})-SC(\d{4})$/i.exec(text);
  if (ends === null) return [text];
  const [from, to] = [Number(ends[1]), Number(ends[2])];
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => `SC${from + index}`);
}

function yamlDirectives(text: string): readonly ForeignDirective[] {
  const dclint = /^dclint\s+(disable-file|disable-line|disable)\b(.*)/i.exec(text);
  if (dclint !== null) {
    const verb = (dclint[1] ?? "").toLowerCase();
    const codes = verb === "disable-file" ? [] : listed((dclint[2] ?? "").replaceAll(/\s+/g, ","));
    const scope = verb === "disable-line" ? "line" : "file";
    return [{ peers: ["dclint"], codes: codes.length === 0 ? "all" : codes, scope, reason: undefined }];
  }
  if (/^vscode-kubernetes-tools\s*:\s*exclude\b/i.test(text)) return everything("vscode-kubernetes-tools", "file");
  if (/^yaml-language-server-disable\b/i.test(text)) return everything("yaml-language-server", "line");
  return [];
}

function sharedDirectives(text: string, kind: Kind): readonly ForeignDirective[] {
  const checkov = /^checkov:skip=\s*([A-Za-z0-9_]+)\s*:?\s*(.*)/i.exec(text);
  if (checkov !== null) {
    const scope = kind === "kubernetes" ? "unit" : "file";
    return [{ peers: ["checkov"], codes: [checkov[1] ?? ""], scope, reason: checkov[2]?.trim() || undefined }];
  }
  if (/^trivy:/i.test(text)) {
    const codes = [...text.matchAll(/trivy:ignore:([A-Za-z0-9-]+)/gi)].map((match) => match[1] ?? "");
    return codes.length === 0 ? [] : [{ peers: ["trivy"], codes, scope: "here", reason: undefined }];
  }
  const kics = /^kics-scan\s+(ignore-line|ignore-block|ignore)\b/i.exec(text)?.[1]?.toLowerCase();
  if (kics !== undefined) {
    return everything("kics", kics === "ignore-line" ? "line" : kics === "ignore-block" ? "here" : "file");
  }
  const semgrep = /^nosemgrep(?:\s*:\s*([\w.,\s-]+))?/i.exec(text);
  if (semgrep !== null) {
    const codes = listed(semgrep[1] ?? "").map((code) => code.slice(code.lastIndexOf(".") + 1));
    return [{ peers: ["semgrep"], codes: codes.length === 0 ? "all" : codes, scope: "here", reason: undefined }];
  }
  if (/^nosonar\b/i.test(text)) return everything("sonar", "here");
  return [];
}

function everything(peer: string, scope: ForeignDirective["scope"]): readonly ForeignDirective[] {
  return [{ peers: [peer], codes: "all", scope, reason: undefined }];
}

function wide(word: string | undefined): ForeignDirective["scope"] {
  const lower = word?.toLowerCase();
  return lower === "global" ? "file" : lower === "stage" ? "stage" : "here";
}

function listed(text: string): readonly string[] {
  return text
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "");
}
