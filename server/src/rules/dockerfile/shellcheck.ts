import { defineRule, type EditFix, type Severity } from "../../engine/rule.ts";
import type { DockerfileModel } from "../../languages/dockerfile/model.ts";
import { insert, replace, type TextEdit } from "../../text/edit.ts";
import type { ShellComment } from "../../workspace/index.ts";
import { bashisms } from "./shared/bashisms.ts";
import { type CheckedScript, judgedScripts, placeOf } from "./shared/checked-scripts.ts";
import { portableForm } from "./shared/portable-shell.ts";
import { maySplit } from "./shared/word-splitting.ts";

export default defineRule("dockerfile", {
  slug: "shellcheck",
  summary: "ShellCheck finds fault with the script of a `RUN`.",
  why: `A \`RUN\` is a shell script, and shells are full of traps: a path with a blank in it becomes two, a variable that is misspelt is empty, a test is always
true. ShellCheck knows them better than any other program, and where it is installed, Seaworthy asks it about each script and shows its answers in their places.
It is told which shell reads the script, by \`SHELL\` and the base image, and which variables \`ENV\` and \`ARG\` set.

What ShellCheck calls an error is a warning here, its warnings are advice, and the rest are hints: a \`RUN\` runs once, with input that is known. No quotes are offered
where several words may be meant, as in \`apk add $runDeps\`.

Nothing is downloaded, and without ShellCheck this rule is silent. The editor asks when a file is opened and saved, in trusted workspaces alone;
\`seaworthy.shellcheck.path\` names the program, and an empty path switches it off. On the command line there are \`--shellcheck\` and \`--no-shellcheck\`. A code is left
out by \`# hadolint ignore=SC2086\`, \`# shellcheck disable=SC2086\` or \`# seaworthy ignore SC2086\` above the instruction, or in the option \`ignore\`.`,
  category: "correctness",
  severity: "warning",
  preset: "recommended",
  since: "0.1.0",
  aliases: ["hadolint:SC*", "shellcheck:SC*"],
  references: ["https://www.shellcheck.net/wiki/", "https://github.com/koalaman/shellcheck"],
  fix: "review",
  examples: [
    {
      bad: "FROM debian:13.1-slim\nRUN for f in /opt/*.d; do chmod 0755 $f; done\nUSER nobody\n",
      good: 'FROM debian:13.1-slim\nRUN for f in /opt/*.d; do chmod 0755 "$f"; done\nUSER nobody\n',
    },
  ],
  options: {
    ignore: {
      default: [],
      description: "ShellCheck's codes that are left out everywhere: `SC2086`.",
    },
  },
  reads: "workspace",
  *check(model, { ignore }, workspace) {
    const ignored = new Set(ignore.map((code) => code.toUpperCase()));
    for (const { script, comments } of judgedScripts(model, workspace)) {
      for (const comment of comments) {
        const { code, message } = comment;
        if (ignored.has(code) || isToldElsewhere(comment, script, model)) continue;
        yield {
          at: placeOf(script, comment.at),
          message: `${message.replace(/[.\s]+$/, "")} (${code}).`,
          code,
          severity: severityOf(comment, script),
          fixes: () => fixesFor(model, script, comment),
        };
      }
    }
  },
});

/** One step milder than ShellCheck, which judges scripts that run often and with any input: this one ran once, with the input it has. */
function severityOf({ level, code }: ShellComment, { dialect, run }: CheckedScript): Severity {
  // An image that is not known may have another shell, and variables of its own.
  const open =
    (/^SC3\d/.test(code) && dialect === undefined) || (code === "SC2154" && run.stage?.baseFacts === undefined);
  if (level === "style" || level === "info") return "hint";
  return level === "warning" || open ? "info" : "warning";
}

/** An `ARG` before the first FROM is not seen in a stage: another rule says so, and what to do. */
function isToldElsewhere({ code, message }: ShellComment, { run }: CheckedScript, model: DockerfileModel): boolean {
  if (code !== "SC2154" || run.onbuild) return false;
  const name = /^\w+/.exec(message)?.[0];
  return model.instructions.some(
    (instruction) =>
      instruction.name === "ARG" &&
      instruction.stage === undefined &&
      !model.fragment &&
      instruction.pairs.some((pair) => pair.name === name),
  );
}

function fixesFor(model: DockerfileModel, script: CheckedScript, comment: ShellComment): readonly EditFix[] {
  const { code, replacements } = comment;
  if (replacements.length === 0) return ownFixes(model, script, comment);
  // In exec form the script is a JSON string, which has quotes of its own.
  if (script.run.form === "exec") return [];
  if (code === "SC2086" || code === "SC2046") {
    const place = placeOf(script, comment.at);
    if (maySplit(script.body, model.text.slice(place.start, place.end), place)) return [];
  }
  const edits: TextEdit[] = [];
  for (const { at, text, behind } of replacements) {
    if (at.start < script.from || text.includes("\n")) return [];
    if (at.start === at.end) {
      const place = behind
        ? placeOf(script, { start: at.start - 1, end: at.start }).end
        : placeOf(script, { start: at.start, end: at.start + 1 }).start;
      edits.push(insert(place, text));
      continue;
    }
    const span = placeOf(script, at);
    // With a continuation in it, what is replaced is not what ShellCheck saw.
    if (model.text.slice(span.start, span.end) !== script.text.slice(at.start, at.end)) return [];
    edits.push(replace(span, text));
  }
  const title = `Apply ShellCheck's fix for ${code} (the command may be given other words than before)`;
  return [{ title, safety: "review", edits }];
}

/** Where ShellCheck has no fix and we know one. */
function ownFixes(model: DockerfileModel, script: CheckedScript, { code, at }: ShellComment): readonly EditFix[] {
  const span = placeOf(script, at);
  if (code === "SC2115") return guarded(model.text.slice(span.start, span.end), span.start);
  if (!/^SC(?:2039|211[23]|3\d{3})$/.test(code)) return [];
  for (const found of bashisms(script.body, script.dialect === "ash" ? "ash" : "dash")) {
    if (found.span.start > span.end || span.start > found.span.end) continue;
    const form = portableForm(found, model.text.slice(found.span.start, script.run.span.end));
    if (form !== undefined) return [{ ...form, safety: "review" }];
  }
  return [];
}

/** `"$PREFIX/"*` with a message in place of an empty value. */
function guarded(written: string, start: number): readonly EditFix[] {
  const variable = /\$(?:(\w+)|\{(\w+)\})/.exec(written);
  const name = variable?.[1] ?? variable?.[2];
  if (variable === null || name === undefined) return [];
  const span = { start: start + variable.index, end: start + variable.index + variable[0].length };
  const text = `\${${name}:?}`;
  return [
    { title: `Write \`${text}\` (the build fails where it is empty)`, safety: "review", edits: [replace(span, text)] },
  ];
}
