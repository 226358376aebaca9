import { defineInstructionRule, type Fix } from "../../engine/rule.ts";
import { replaceArguments, toExecForm } from "../../languages/dockerfile/edit.ts";
import type {
  CommandInstruction,
  DockerfileModel,
  HealthcheckInstruction,
  RunInstruction,
  Stage,
  Word,
} from "../../languages/dockerfile/model.ts";
import { isShell } from "../../languages/shell/index.ts";
import { nameOf } from "../../text/path.ts";
import { replace } from "../../text/edit.ts";
import { touches } from "../../text/span.ts";
import { commandOf } from "./shared/final-image.ts";
import { lacksShell } from "./shared/shell-presence.ts";
import { programIndex } from "../../languages/dockerfile/launchers.ts";

export default defineInstructionRule({
  slug: "exec-form-variable",
  summary: "A word of the exec form only makes sense to a shell, and there is none.",
  why: `In the exec form no shell reads the words, and neither does the builder: \`["node", "--port", "$PORT"]\` hands the program the five characters \`$PORT\`, and
\`&&\` or \`>\` are arguments like any other. \`["npm start"]\` is one word, and no program has that name. Programs then complain about a strange argument, or take it and work with it.

Call the shell by name, and let it make way: \`["sh", "-c", "exec node --port \\"$PORT\\""]\`. Programs that expand what they are given by themselves, scripts for
interpreters (\`awk\`, \`jq\`, \`perl\`) and what an entrypoint script is given are left alone.`,
  category: "correctness",
  severity: "warning",
  preset: "minimal",
  since: "0.1.0",
  aliases: [],
  references: [
    "https://docs.docker.com/reference/dockerfile/#exec-form",
    "https://docs.docker.com/reference/dockerfile/#variable-substitution",
  ],
  fix: "review",
  examples: [
    {
      bad: 'FROM node:22.14-alpine\nWORKDIR /app\nCOPY server.js ./\nUSER node\nCMD ["node", "server.js", "--port", "$PORT"]\n',
      good: 'FROM node:22.14-alpine\nWORKDIR /app\nCOPY server.js ./\nUSER node\nCMD ["sh", "-c", "exec node server.js --port \\"$PORT\\""]\n',
    },
  ],
  instructions: ["CMD", "ENTRYPOINT", "HEALTHCHECK", "RUN"],
  suspects: (instruction) => faultOf(elementsOf(instruction)) !== undefined,
  *check(instruction, model) {
    const { stage } = instruction;
    const elements = elementsOf(instruction);
    const fault = faultOf(elements);
    const word = fault === undefined ? undefined : instruction.words[indexOfWord(instruction, fault.index)];
    if (fault === undefined || word === undefined || stage?.windows === true) return;
    if (instruction.name === "CMD" && stage !== undefined) {
      const entrypoint = commandOf(stage, "ENTRYPOINT");
      // Nobody knows what a program makes of its arguments.
      if (entrypoint !== undefined && !isLauncher(entrypoint)) return;
    }
    if (fault.words !== undefined) {
      const [first = ""] = fault.words;
      yield {
        at: word.span,
        message: `\`${fault.words.join(" ")}\` is looked for as one program, blanks included, and not found: give each word quotes of its own.`,
        fixes: () => [
          {
            title: `Call \`${first}\` with the other words (what did not start so far runs then)`,
            safety: "review",
            edits: [replace(word.span, toExecForm(fault.words ?? []).slice(1, -1))],
          },
        ],
      };
      return;
    }
    yield {
      at: word.span,
      message:
        fault.operator === undefined
          ? `No shell expands \`${fault.variable}\` in the exec form: \`${shown(elements)}\` gets it as it stands. Call a shell by name.`
          : `\`${fault.operator}\` is nothing but an argument of \`${shown(elements)}\` in the exec form: call a shell by name.`,
      fixes: () => [
        ...valueFixes(word, fault, elements),
        ...fixesFor(model, instruction, elements, fault.operator !== undefined),
      ],
    };
  },
});

type Exec = CommandInstruction | HealthcheckInstruction | RunInstruction;

function elementsOf(instruction: Exec): readonly string[] {
  if (instruction.name !== "RUN") return instruction.elements ?? [];
  return instruction.form === "exec" ? instruction.words.map(({ value }) => value) : [];
}

function indexOfWord({ name }: Exec, index: number): number {
  return name === "HEALTHCHECK" ? index + 1 : index;
}

function shown(elements: readonly string[]): string {
  return nameOf(elements[programIndex(elements)] ?? elements[0] ?? "");
}

interface Fault {
  readonly index: number;
  readonly variable?: string;
  readonly operator?: string;
  /** A whole command that stands in the place of its program. */
  readonly words?: readonly string[];
}

const operators = /^(?:&&|\|\||\||>>?|<|&|&>|[12]>&[12]|[12]?>{1,2}\/\S*)$/;

/** What reads expressions of its own, in which a `$` or an operator has a meaning. */
const readers =
  /^(?:\[|ansible.*|awk|aws|bc|bun|cmd(?:\.exe)?|deno|envsubst|expr|find|gawk|go|gomplate|groovy|jq|julia|lua|make|mawk|mongo(?:sh)?|mysql|nginx|node|osascript|parallel|perl|php|powershell(?:\.exe)?|psql|pwsh(?:\.exe)?|python[\d.]*|r|rscript|ruby|sed|sqlite3|su|sudo|supervisord|test|tclsh|watch|xargs|yq)$/i;

/** Those of them that run a file, and hand on what is behind it. */
const interpreters = /^(?:bun|deno|go|node|php|python[\d.]*|ruby)$/;

function faultOf(elements: readonly string[]): Fault | undefined {
  const at = programIndex(elements);
  // Launchers take no expressions, and a program by a variable is not found.
  const program = nameOf(elements[at] ?? "");
  if (elements.some((element) => isShell(nameOf(element))) || /^(?:env|busybox)$/.test(program)) return undefined;
  const path = elements[at] ?? "";
  if (elements.length === at + 1 && /^[a-z][\w.-]*(?: [\w./:=@,-]+)+$/.test(path))
    return { index: at, words: path.split(" ") };
  const called = variableIn(elements[at] ?? "");
  if (called !== undefined) return { index: at, variable: called };
  const reads = readers.test(program);
  const runsFiles = interpreters.test(program);
  for (const [index, element] of elements.entries()) {
    if (index <= at) continue;
    if ((!reads || runsFiles) && operators.test(element)) return { index, operator: element };
    const variable = variableIn(element);
    if (variable === undefined) continue;
    // An interpreter's script is code, its arguments are not.
    if (reads && !/^(?:--?[\w-]+=)?[\w:/.@-]*\$(?:[A-Z_][A-Z\d_]*|\{[A-Z_][A-Z\d_]*\})[\w:/.-]*$/.test(element))
      continue;
    if (reads && !runsFiles) continue;
    if (reads && /^-\w*[ecr]\w*$|^--(?:eval|print|run)$/.test(elements[index - 1] ?? "")) continue;
    // Spring takes such values from the environment by itself.
    if (program === "java" && /^-.*\$\{/.test(element)) continue;
    return { index, variable };
  }
  return undefined;
}

function variableIn(element: string): string | undefined {
  return /(?<![\\$])\$(?:[A-Za-z_]\w*|\{[A-Za-z_]\w*(?::?[-+=?][^}]*)?\})/.exec(element)?.[0];
}

/** `["tini", "--"]` goes on with the command as it stands. */
function isLauncher({ elements }: CommandInstruction): boolean {
  return elements !== undefined && programIndex(elements) === elements.length;
}

function fixesFor(
  model: DockerfileModel,
  instruction: Exec,
  elements: readonly string[],
  hasOperator: boolean,
): readonly Fix[] {
  const { stage, onbuild } = instruction;
  if (onbuild || lacksShell(stage) || model.comments.some(({ span }) => touches(span, instruction.argumentsSpan)))
    return [];
  const at = instruction.name === "RUN" || instruction.name === "HEALTHCHECK" ? 0 : programIndex(elements);
  const words = elements.slice(at).map((element) => (operators.test(element) ? element : quoted(element)));
  if (words.some((word) => word === undefined)) return [];
  const text = words.join(" ");
  const fix = (replacement: string, title: string): readonly Fix[] => [
    { title, safety: "review", edits: [replaceArguments(model, instruction, replacement)] },
  ];
  if (instruction.name === "RUN") return fix(text, "Let the shell read it (it is run by `/bin/sh -c`)");
  if (instruction.name === "HEALTHCHECK")
    return fix(`CMD ${text}`, "Let the shell read it (it is run by `/bin/sh -c`)");
  const command = stage === undefined ? undefined : commandOf(stage, "CMD");
  if (stage !== undefined && isBuildOnly(stage, elements)) return [];
  const isEntrypoint = instruction.name === "ENTRYPOINT";
  if (isEntrypoint && (hasOperator || command?.form === "shell")) return [];
  // What is run last becomes the process.
  const last = text.lastIndexOf(" && ") < 0 ? 0 : text.lastIndexOf(" && ") + 4;
  const makesWay = !/ (?:\|\|?|&) /.test(text);
  const script = `${text.slice(0, last)}${makesWay ? "exec " : ""}${text.slice(last)}${isEntrypoint ? ' "$@"' : ""}`;
  const shell = ["sh", "-c", script, ...(isEntrypoint ? ["--"] : [])];
  return fix(
    toExecForm([...elements.slice(0, at), ...shell]),
    "Let a shell read it and make way (variables are taken from the container's environment)",
  );
}

/** The program's path, where the file says what the variable holds: no shell is needed then. */
function valueFixes(word: Word, { index, variable }: Fault, elements: readonly string[]): readonly Fix[] {
  const value = word.resolved;
  if (variable === undefined || index !== programIndex(elements) || value === undefined || value === "") return [];
  return [
    {
      title: `Write \`${value}\` (another value of \`${variable}\` no longer counts)`,
      safety: "review",
      edits: [replace(word.span, JSON.stringify(value))],
    },
  ];
}

/** The container does not have what only an ARG sets. */
function isBuildOnly(stage: Stage, elements: readonly string[]): boolean {
  const names = elements.flatMap((element) => [...element.matchAll(/\$\{?([A-Za-z_]\w*)/g)].map(([, name]) => name));
  const setBy = (keyword: "ARG" | "ENV", name: string | undefined): boolean =>
    stage
      .all(keyword)
      .some((step) => (step.name === "ARG" || step.name === "ENV") && step.pairs.some((pair) => pair.name === name));
  return names.some((name) => setBy("ARG", name) && !setBy("ENV", name));
}

/** As a shell takes it for one word again; a variable that holds options falls apart into them. */
function quoted(element: string): string | undefined {
  if (/^\$\{?\w*(?:OPTS|OPTIONS|ARGS|FLAGS|PARAMS)\w*\}?$/i.test(element)) return element;
  if (/^[\w./:=@,+%-]+$/.test(element)) return element;
  if (/[`"\\]|\$\(/.test(element)) return undefined;
  return element.includes("$") ? `"${element}"` : element.includes("'") ? `"${element}"` : `'${element}'`;
}
