import type { Container } from "../../../languages/kubernetes/model.ts";
import type { ShellScript } from "../../../languages/shell/index.ts";
import type { YamlNode, YamlScalar } from "../../../languages/yaml/node.ts";
import { isUnknown, itemsOf } from "../../../languages/yaml/path.ts";
import { nameOf } from "../../../text/path.ts";
import { isShellScript, scriptOfWords } from "../../shared/script-of-words.ts";

/** A list of words that is run in a container: a command with its arguments, or what a probe or hook executes. */
export interface WrittenCommand {
  readonly words: readonly YamlScalar[];
  /** `sh`, where the words are a shell and its script: the program's bare name. */
  readonly shell: string | undefined;
  /** What is run: the script given to the shell, else the words themselves as one command. Places are those of the document. */
  readonly script: ShellScript;
}

/** The command at these lists, one behind the other; `undefined` where a word of them is not known, or there is none. */
export function writtenCommand(text: string, ...lists: readonly (YamlNode | undefined)[]): WrittenCommand | undefined {
  const words: YamlScalar[] = [];
  for (const list of lists) {
    for (const item of itemsOf(list)) {
      if (item.type !== "scalar" || isUnknown(item, "kubernetes")) return undefined;
      words.push(item);
    }
  }
  const [first] = words;
  if (first === undefined) return undefined;
  const texts = words.map((word) => word.text);
  const script = words.find((_, index) => isShellScript(texts, index));
  return script === undefined
    ? { words, shell: undefined, script: scriptOfWords(text, words, "'") }
    : { words, shell: nameOf(first.text), script: scriptOfWords(text, [script], "") };
}

/** What a container runs, where the manifest says it: `command` and `args`. */
export function commandOf(text: string, container: Container): WrittenCommand | undefined {
  const command = container.get("command");
  return command === undefined ? undefined : writtenCommand(text, command, container.get("args"));
}
