import type { SyntaxProblem } from "../../problem.ts";
import type {
  ExposeInstruction,
  FromInstruction,
  HealthcheckInstruction,
  Instruction,
  LabelInstruction,
  OtherInstruction,
  TransferInstruction,
  VariableInstruction,
} from "../model.ts";
import { toExecForm } from "../exec-form.ts";
import { isPort, portRange } from "../ports.ts";
import { corrected } from "./correction.ts";
import { nearest } from "./nearest.ts";
import { unknownProblem } from "./unknown.ts";
import { wordProblems } from "./words.ts";
import { durationFault, nearestSignal, isSignal } from "./values.ts";

/**
 * What a builder refuses about the arguments of one instruction, whatever stands around it. Values with variables are left alone. What a rule of its
 * own says (a port above 65535, several files copied into one, what cannot stand behind ONBUILD) is not said here again.
 */
export function* argumentProblems(instruction: Instruction, escape: string): Generator<SyntaxProblem> {
  yield* wordProblems(instruction, escape);
  switch (instruction.name) {
    case "FROM":
      yield* fromProblems(instruction);
      return;
    case "COPY":
    case "ADD":
      yield* transferProblems(instruction);
      return;
    case "ENV":
    case "LABEL":
    case "ARG":
      yield* pairProblems(instruction);
      return;
    case "EXPOSE":
      yield* exposeProblems(instruction);
      return;
    case "HEALTHCHECK":
      yield* healthcheckProblems(instruction);
      return;
    case "SHELL":
      if (instruction.words.length === 0) yield missing(instruction, 'a shell in exec form: `["/bin/bash", "-c"]`');
      else if (instruction.form === "shell") {
        const { argumentsSpan: at, words } = instruction;
        const plain = words.every((word) => /^[\w./:-]+$/.test(word.text));
        const meant = plain ? toExecForm(words.map((word) => word.text)) : undefined;
        const message = `\`SHELL\` only takes the exec form: write \`${meant ?? '["/bin/bash", "-c"]'}\`.`;
        yield corrected(at, message, meant);
      }
      return;
    case "STOPSIGNAL":
    case "USER":
    case "WORKDIR":
    case "VOLUME":
    case "MAINTAINER":
      yield* valueProblems(instruction);
      return;
    case "RUN":
      if (isBare(instruction)) yield missing(instruction, "a command");
      return;
    case "ONBUILD":
      yield* onbuildProblems(instruction, escape);
      return;
    default:
  }
}

function isBare({ argumentsSpan: { start, end } }: Instruction): boolean {
  return start === end;
}

function missing({ name, keywordSpan }: Instruction, what: string): SyntaxProblem {
  return { at: keywordSpan, message: `\`${name}\` needs ${what}.` };
}

function* fromProblems(from: FromInstruction): Generator<SyntaxProblem> {
  const { words } = from;
  const [image, as, alias, extra] = words;
  if (image === undefined) {
    yield missing(from, "an image");
    return;
  }
  if (as === undefined) return;
  if (as.value.toLowerCase() !== "as") {
    yield corrected(
      as.span,
      `\`${as.value}\` is not expected here: \`FROM image AS name\` is all a \`FROM\` takes.`,
      words.length === 3 && as.value.length < 4 ? "AS" : undefined,
    );
  } else if (alias === undefined) yield { at: as.span, message: "`AS` needs a name for the stage." };
  else if (extra !== undefined) {
    yield { at: extra.span, message: `\`${extra.value}\` is one word too many: a stage's name is a single word.` };
  } else if (!/^[a-z][a-z0-9-_.]*$/.test(alias.text.toLowerCase())) {
    yield {
      at: alias.span,
      message: `\`${alias.text}\` cannot name a stage: use a letter, then letters, digits, \`-\`, \`_\` and \`.\`.`,
    };
  }
}

function* transferProblems(transfer: TransferInstruction): Generator<SyntaxProblem> {
  const { name, words, destination, heredocs } = transfer;
  if (words.length === 0) {
    yield missing(transfer, "a source and a destination");
    return;
  }
  if (destination === undefined) {
    yield { at: words[0]?.span ?? transfer.keywordSpan, message: `\`${name}\` needs a destination behind its source.` };
    return;
  }
  const opened = heredocs.find((heredoc) => heredoc.openerSpan.start === destination.span.start);
  if (opened !== undefined) {
    yield { at: opened.openerSpan, message: `A heredoc cannot be the destination of \`${name}\`.` };
  }
}

function* pairProblems(instruction: VariableInstruction | LabelInstruction): Generator<SyntaxProblem> {
  const { name, pairs } = instruction;
  if (pairs.length === 0) {
    yield missing(instruction, name === "ARG" ? "a name" : "a name and a value: `name=value`");
    return;
  }
  for (const pair of pairs) {
    if (pair.name === "") yield { at: pair.span, message: `\`${name}\` has a value without a name.` };
    else if (name !== "ARG" && pair.value === undefined) {
      yield {
        at: pair.nameSpan,
        message: `\`${pair.name}\` has no value: write \`${pair.name}=…\`, and quotes around a value with spaces.`,
      };
      // What follows is most often the rest of a value that lacks its quotes.
      return;
    }
  }
}

function* exposeProblems(expose: ExposeInstruction): Generator<SyntaxProblem> {
  if (expose.words.length === 0) yield missing(expose, "a port");
  for (const word of expose.words) {
    if (word.variable) continue;
    const port = portRange(word.value);
    if (isPort(port) || port === "large") continue;
    if (port === "protocol") {
      const slash = word.value.indexOf("/") + 1;
      const protocol = nearest(word.value.slice(slash), ["tcp", "udp", "sctp"]);
      const message = `\`${word.value}\` has a protocol that is none of \`tcp\`, \`udp\` and \`sctp\`.`;
      yield corrected(word.span, message, protocol && word.value.slice(0, slash) + protocol);
    } else if (port === "range") {
      const swapped = word.value.replace(/(\d+)-(\d+)/, "$2-$1");
      yield corrected(word.span, `\`${word.value}\` is a range that ends before it starts.`, swapped);
    } else {
      const message = `\`${word.value}\` is not a port: use a number up to 65535, such as \`8080\` or \`53/udp\`.`;
      yield { at: word.span, message };
    }
  }
}

function* healthcheckProblems(healthcheck: HealthcheckInstruction): Generator<SyntaxProblem> {
  const [type, command] = healthcheck.words;
  if (type === undefined) {
    yield missing(healthcheck, "`CMD` and a command, or `NONE`");
    return;
  }
  if (healthcheck.none) {
    if (command !== undefined) {
      yield { at: command.span, message: "`HEALTHCHECK NONE` takes nothing behind it." };
    }
    return;
  }
  if (type.value.toUpperCase() !== "CMD") {
    const message = `\`HEALTHCHECK\` takes \`CMD\` and a command, or \`NONE\`, but not \`${type.value}\`.`;
    yield corrected(type.span, message, `CMD ${type.text}`);
  } else if (command === undefined && healthcheck.elements === undefined) {
    yield { at: type.span, message: "`HEALTHCHECK CMD` needs a command." };
  } else if (healthcheck.elements?.length === 0) {
    yield { at: healthcheck.argumentsSpan, message: "`HEALTHCHECK CMD` needs a command." };
  }
  for (const { name, value, valueSpan } of healthcheck.flags) {
    if (value === undefined || valueSpan === undefined || value.includes("$")) continue;
    if (name === "retries") {
      if (value !== "" && !/^\+?\d{1,9}$/.test(value)) {
        yield { at: valueSpan, message: `\`${value}\` is not a number of retries: use 1 or more.` };
      }
    } else if (["interval", "timeout", "start-period", "start-interval"].includes(name)) {
      const fault = durationFault(value);
      if (fault === "unit") {
        yield corrected(valueSpan, `\`${value}\` lacks a unit: write \`${value}s\` for seconds.`, `${value}s`);
      } else if (fault === "short") {
        yield { at: valueSpan, message: `\`${value}\` is too short: a duration is 1 ms at least.` };
      } else if (fault === "syntax") {
        yield { at: valueSpan, message: `\`${value}\` is not a duration: use a number and a unit, such as \`30s\`.` };
      }
    }
  }
}

function* valueProblems(instruction: OtherInstruction): Generator<SyntaxProblem> {
  const { name, words } = instruction;
  const [first] = words;
  if (first === undefined) {
    const what =
      name === "STOPSIGNAL" ? "a signal" : name === "USER" ? "a user" : name === "MAINTAINER" ? "a name" : "a path";
    yield missing(instruction, what);
  } else if (name === "STOPSIGNAL" && !first.variable && !isSignal(first.value)) {
    const message = `\`${first.value}\` is not a signal: use a name such as \`SIGTERM\`, or a number.`;
    yield corrected(first.span, message, nearestSignal(first.value));
  } else if (name === "VOLUME") {
    for (const word of words) {
      if (word.value.trim() === "") yield { at: word.span, message: "A `VOLUME` cannot be an empty path." };
    }
  }
}

function* onbuildProblems(instruction: Instruction, escape: string): Generator<SyntaxProblem> {
  if (instruction.name !== "ONBUILD") return;
  const { trigger } = instruction;
  if (trigger === undefined) yield missing(instruction, "an instruction behind it");
  else if (trigger.name === "unknown") yield unknownProblem(trigger);
  else if (!(trigger.name === "ONBUILD" || trigger.name === "FROM" || trigger.name === "MAINTAINER")) {
    yield* argumentProblems(trigger, escape);
  }
}
