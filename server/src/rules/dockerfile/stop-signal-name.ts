import { defineInstructionRule } from "../../engine/rule.ts";
import { signalName } from "../../knowledge/signals.ts";
import { replaceWord } from "../../languages/dockerfile/edit.ts";
import type { OtherInstruction } from "../../languages/dockerfile/model.ts";

export default defineInstructionRule({
  slug: "stop-signal-name",
  summary: "`STOPSIGNAL` has a number, or a signal by a shortened name.",
  why: `Docker takes signals by number and by name, in any case and with or without \`SIG\`. Numbers have to be looked up by whoever reads them, and those of some
signals differ between processors; other tools that read the image's settings know fewer spellings. \`SIGTERM\` is clear to everybody.`,
  category: "lifecycle",
  severity: "hint",
  preset: "strict",
  since: "0.1.0",
  aliases: ["tally:prefer-canonical-stopsignal"],
  references: [
    "https://docs.docker.com/reference/dockerfile/#stopsignal",
    "https://man7.org/linux/man-pages/man7/signal.7.html",
  ],
  fix: "safe",
  examples: [
    {
      bad: 'FROM python:3.13-slim\nSTOPSIGNAL 2\nUSER nobody\nCMD ["python", "-m", "worker"]\n',
      good: 'FROM python:3.13-slim\nSTOPSIGNAL SIGINT\nUSER nobody\nCMD ["python", "-m", "worker"]\n',
    },
  ],
  instructions: ["STOPSIGNAL"],
  suspects: (instruction) => meantBy(instruction) !== undefined,
  *check(instruction) {
    const [word] = instruction.words;
    const meant = meantBy(instruction);
    if (word === undefined || meant === undefined) return;
    yield {
      at: word.span,
      message: `\`${word.text}\` is ${meant} to Docker: write \`${meant}\`.`,
      fixes: () => [{ title: `Write \`${meant}\``, safety: "safe", edits: [replaceWord(word, meant)] }],
    };
  },
});

/** The canonical name where another one stands there. Those that no program can handle are spoken of elsewhere. */
function meantBy({ name, words }: OtherInstruction): string | undefined {
  const [word] = words;
  if (name !== "STOPSIGNAL" || word === undefined || word.variable) return undefined;
  const signal = signalName(word.value);
  return signal === word.value || signal === "SIGKILL" || signal === "SIGSTOP" ? undefined : signal;
}
