import { defineInstructionRule, type Fix } from "../../engine/rule.ts";
import type { BaseImageFacts } from "../../knowledge/base-images/index.ts";
import { replaceArguments, toExecForm } from "../../languages/dockerfile/edit.ts";
import type { DockerfileModel, HealthcheckInstruction, Stage } from "../../languages/dockerfile/model.ts";
import { isShell, type ShellCommand, type ShellScript } from "../../languages/shell/index.ts";
import { replace, type TextEdit } from "../../text/edit.ts";
import { type Span, touches } from "../../text/span.ts";
import { otherFetcher } from "../shared/fetchers.ts";
import { askedAddress, questions } from "../shared/health-questions.ts";
import { type KnownProgram, knownProgram } from "../shared/known-programs.ts";
import { healthScript, isInEffect, plainVerdict } from "./shared/health-check.ts";
import { askingFor, type HealthCommand, healthCommand } from "./shared/health-command.ts";
import { lacksProgram, programIn } from "./shared/programs.ts";
import { lacksShell } from "./shared/shell-presence.ts";

export default defineInstructionRule({
  slug: "unrunnable-healthcheck",
  summary: "The health check calls a program that the image does not have.",
  why: `A health check runs inside the container, with what the image has: Debian's slim images bring neither curl nor wget, Alpine's no curl and no bash, and
distroless ones no shell for the shell form. The check then fails each time, the container is unhealthy from its first minute, and what waits for it or
replaces it (Compose's \`service_healthy\`, Swarm, an autoheal) never sees it well, while the program works.

Ask with what is there: busybox's \`wget\`, the language's own runtime, or a flag of the program itself. Installing curl for the check alone makes the image
larger and gives an intruder a tool. Only base images whose contents are known are judged, and whatever a step may have installed counts as there.`,
  category: "health",
  severity: "warning",
  preset: "recommended",
  since: "0.1.0",
  aliases: [],
  references: [
    "https://docs.docker.com/reference/dockerfile/#healthcheck",
    "https://github.com/GoogleContainerTools/distroless",
  ],
  fix: "review",
  examples: [
    {
      bad: 'FROM node:22.14-alpine\nCOPY server.js /\nUSER node\nEXPOSE 3000\nHEALTHCHECK CMD curl -f http://localhost:3000/health || exit 1\nCMD ["node", "/server.js"]\n',
      good: 'FROM node:22.14-alpine\nCOPY server.js /\nUSER node\nEXPOSE 3000\nHEALTHCHECK CMD wget -q -O /dev/null http://127.0.0.1:3000/health || exit 1\nCMD ["node", "/server.js"]\n',
    },
  ],
  instructions: ["HEALTHCHECK"],
  suspects: (check) => !check.none && check.words.length > 1,
  *check(check, model) {
    const stage = model.finalStage;
    const facts = stage?.baseFacts;
    if (stage === undefined || stage.windows || !isInEffect(check, model)) return;
    const composed = check.words[1];
    if (composed !== undefined && /^CMD(?:-SHELL)?$/.test(check.elements?.[0] ?? "")) {
      yield {
        at: composed.span,
        message: `\`${composed.value}\` belongs to Compose: here it is called as a program, which does not exist. Leave it out.`,
        fixes: () => withoutComposed(model, check),
      };
      return;
    }
    if (facts === undefined) return;
    const base = stage.scratch ? "scratch" : (stage.baseImage?.text ?? "the base image");
    if (lacksShell(stage)) {
      const at = shellAt(check, facts);
      if (at !== undefined) {
        yield {
          at,
          message: `The health check is run by a shell, and \`${base}\` has none: use the exec form and a program that the image has.`,
          fixes: () => withoutShell(model, check, stage),
        };
        return;
      }
    }
    const missing = missingProgram(check, stage);
    if (missing === undefined) return;
    const fixes = fixesFor(model, check, stage, missing);
    yield {
      at: missing.command.nameSpan,
      message: `\`${missing.name}\` is not in \`${base}\`, so the check always fails: ${fixes.use}.`,
      fixes: fixes.make,
    };
  },
});

interface Missing {
  readonly command: ShellCommand;
  readonly name: string;
  readonly program: KnownProgram;
  readonly script: ShellScript;
}

/** The word that stands for the shell a health check needs. */
function shellAt(check: HealthcheckInstruction, facts: BaseImageFacts): Span | undefined {
  const [type, program] = check.words;
  if (check.form === "shell") return type?.span;
  // Debug variants have one on the path.
  return facts.tools.wget === false && program !== undefined && isShell(program.value) ? program.span : undefined;
}

/** Where one of several commands that stand in for each other may be there, nothing is missing. */
function missingProgram(check: HealthcheckInstruction, stage: Stage): Missing | undefined {
  const script = healthScript(check);
  if (script === undefined) return undefined;
  const asked = questions(script);
  if (asked.some(({ name }) => /^(?:command|which|type|hash)$/.test(name ?? "command"))) return undefined;
  const missing = asked.flatMap((command): readonly Missing[] => {
    const word = command.words[0]?.value;
    const program = word === undefined ? undefined : knownProgram(word);
    if (word === undefined || program === undefined || !lacksProgram(stage, program)) return [];
    if (program !== "bash" && stage.baseFacts?.toolPaths?.[program] === word) return [];
    return [{ command, name: word, program, script }];
  });
  const alternatives = asked.some(({ joined }) => joined === "||");
  return alternatives && missing.length < asked.length ? undefined : missing[0];
}

interface Plan {
  /** What to do, for the message. */
  readonly use: string;
  readonly make: () => readonly Fix[];
}

function fixesFor(model: DockerfileModel, check: HealthcheckInstruction, stage: Stage, missing: Missing): Plan {
  const facts = stage.baseFacts;
  const path = missing.program === "bash" ? undefined : facts?.toolPaths?.[missing.program];
  if (path !== undefined) {
    const { nameSpan, words } = missing.command;
    const at = words[0]?.span ?? nameSpan;
    const text = check.form === "exec" ? JSON.stringify(path) : path;
    return {
      use: `it is \`${path}\` there`,
      make: () => [review(`Call it by its path, \`${path}\``, replace(at, text))],
    };
  }
  const swapped = swappedFetcher(check, stage, missing);
  if (swapped !== undefined) {
    return {
      use: `ask with \`${swapped.program}\`, which is`,
      make: () => [review(`Ask with \`${swapped.program}\``, replace(missing.command.span, swapped.text))],
    };
  }
  const command = commandInstead(stage, missing);
  if (command === undefined || hasComments(model, check)) {
    return {
      use: "ask with a program that it has, or let the program check itself by a flag of its own",
      make: () => [],
    };
  }
  return { use: `ask with \`${command.program}\`, which is`, make: () => [useInstead(model, check, command)] };
}

/** `wget` in place of `curl` and the reverse, in a script that stays what it is otherwise. */
function swappedFetcher(
  check: HealthcheckInstruction,
  stage: Stage,
  { command, script }: Missing,
): { readonly program: string; readonly text: string } | undefined {
  if (check.form === "exec") return undefined;
  const words = otherFetcher(command, script, (program) => programIn(stage, stage.baseFacts, program) !== undefined);
  return words && { program: words[0], text: words.join(" ") };
}

/** What else asks the same address or, where that is not known, what the image serves. */
function commandInstead(stage: Stage, { command, script }: Missing): HealthCommand | undefined {
  if (questions(script).length > 1) return undefined;
  const asked = askedAddress(command);
  if (asked === undefined)
    return command.args.some(({ value }) => value === undefined) ? undefined : healthCommand(stage, stage.baseFacts);
  if (asked.port === undefined) return undefined;
  return askingFor(stage, stage.baseFacts, asked.port, asked.scheme === "https" ? undefined : asked.path);
}

function withoutShell(model: DockerfileModel, check: HealthcheckInstruction, stage: Stage): readonly Fix[] {
  if (hasComments(model, check)) return [];
  const command = ownCommand(check, stage) ?? healthCommand(stage, stage.baseFacts);
  return command === undefined ? [] : [useInstead(model, check, command)];
}

/** The program that the shell was to start, where that is one that may be there: `/app --health || exit 1`. */
function ownCommand({ script }: HealthcheckInstruction, stage: Stage): HealthCommand | undefined {
  const words = plainVerdict(script);
  const [program] = words ?? [];
  if (words === undefined || program === undefined) return undefined;
  const known = knownProgram(program);
  if (known !== undefined && lacksProgram(stage, known)) return undefined;
  return { words, program, asks: "" };
}

function withoutComposed(model: DockerfileModel, check: HealthcheckInstruction): readonly Fix[] {
  const [kind, ...words] = check.elements ?? [];
  const [only] = words;
  if (only === undefined || hasComments(model, check)) return [];
  const command = kind === "CMD" ? toExecForm(words) : only;
  if (kind !== "CMD" && (words.length > 1 || /[\\`"\n]/.test(only))) return [];
  return [review("Leave it out", replaceArguments(model, check, `CMD ${command}`))];
}

function useInstead(model: DockerfileModel, check: HealthcheckInstruction, command: HealthCommand): Fix {
  return review(
    `Check with \`${command.program}\` (the container is unhealthy if that fails)`,
    replaceArguments(model, check, `CMD ${toExecForm(command.words)}`),
  );
}

/** Comments between the lines would be lost. */
function hasComments({ comments }: DockerfileModel, { argumentsSpan }: HealthcheckInstruction): boolean {
  return comments.some(({ span }) => touches(span, argumentsSpan));
}

function review(title: string, edit: TextEdit): Fix {
  return { title, safety: "review", edits: [edit] };
}
