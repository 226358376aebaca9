import type { ComposeModel, ComposeService } from "../../../languages/compose/model.ts";
import type { ShellCommand } from "../../../languages/shell/index.ts";
import type { YamlNode, YamlSequence } from "../../../languages/yaml/node.ts";
import { booleanOf, itemsOf, scalarText } from "../../../languages/yaml/path.ts";
import { insert, type TextEdit } from "../../../text/edit.ts";
import { contains } from "../../../text/span.ts";
import type { HealthReading } from "../../shared/health-faults.ts";
import { isShellScript } from "../../shared/script-of-words.ts";
import { scriptOf } from "./service-scripts.ts";

/** What the check of a service runs, where it is understood; a script handed to `sh -c` is what counts then. */
export interface WrittenCheck extends HealthReading {
  /** The value of `test`. */
  readonly test: YamlNode;
  /** No shell is started to read it, but what it starts itself may be one. */
  readonly list: boolean;
}

/** The check that the file gives a service; `undefined` where it has none, one that is switched off, or one that cannot be read. */
export function writtenCheck(model: ComposeModel, service: ComposeService): WrittenCheck | undefined {
  const { document } = model;
  const test = service.get("healthcheck", "test");
  if (test === undefined || test.type === "map" || booleanOf(service.get("healthcheck", "disable")) === true)
    return undefined;
  const kind = test.type === "seq" ? scalarText(test.items[0]) : "CMD-SHELL";
  if (kind !== "CMD" && kind !== "CMD-SHELL") return undefined;
  const whole = scriptOf(model, test, "healthcheck");
  const [only] = whole?.commands ?? [];
  const script = (whole?.commands.length === 1 ? only?.inner : undefined) ?? whole;
  if (script === undefined || script.broken) return undefined;
  const words = itemsOf(test).map((item) => scalarText(item) ?? "");
  const direct = kind === "CMD" && !words.some((_, index) => index > 0 && isShellScript(words.slice(1), index - 1));
  return {
    test,
    list: kind === "CMD",
    script,
    direct,
    behind(command, words) {
      if (!direct) return insert((command.words[0]?.span ?? command.nameSpan).end, ` ${words.join(" ")}`);
      return test.type === "seq" ? behindItem(document.text, test, command, words) : undefined;
    },
  };
}

/** Further items behind the one that names the program. */
function behindItem(
  text: string,
  test: YamlSequence,
  { nameSpan }: ShellCommand,
  words: readonly string[],
): TextEdit | undefined {
  const item = test.items.find(({ span }) => contains(span, nameSpan));
  if (item?.type !== "scalar") return undefined;
  const quote = item.style === "single" ? "'" : item.style === "double" ? '"' : "";
  const written = words.map((word) => quote + word + quote);
  if (test.flow) return insert(item.span.end, written.map((word) => `, ${word}`).join(""));
  if (test.column === undefined) return undefined;
  // A comment stays on the line of the item it is about.
  const end = text.slice(item.span.end).search(/\r?\n|$/) + item.span.end;
  const lineEnding = text.startsWith("\r\n", end) ? "\r\n" : "\n";
  const indentation = " ".repeat(test.column);
  return insert(end, written.map((word) => `${lineEnding}${indentation}- ${word}`).join(""));
}
