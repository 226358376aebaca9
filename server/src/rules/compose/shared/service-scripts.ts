import type { ComposeModel, ComposeService } from "../../../languages/compose/model.ts";
import type { ShellScript } from "../../../languages/shell/model.ts";
import type { YamlNode } from "../../../languages/yaml/node.ts";
import { getPath, itemsOf } from "../../../languages/yaml/path.ts";
import { isShellScript, scriptOfWords } from "../../shared/script-of-words.ts";

/** What a service runs: its command, its entrypoint, its check of health, and what is run when it starts and stops. */
export interface ServiceScript {
  /** Places are those of the document. Variables of Compose are taken for the shell's. */
  readonly script: ShellScript;
  readonly role: "command" | "entrypoint" | "healthcheck" | "hook";
}

/**
 * The commands of a service that stand in it, in string and list form. Not those it inherits from another service: they are found there. `mentions` spares
 * what does not match.
 */
export function* scriptsOf(
  model: ComposeModel,
  { map }: ComposeService,
  mentions: RegExp,
  roles: readonly ServiceScript["role"][] = ["command", "entrypoint", "healthcheck", "hook"],
): Iterable<ServiceScript> {
  const read = function* (node: YamlNode | undefined, role: ServiceScript["role"]): Iterable<ServiceScript> {
    if (node === undefined || !roles.includes(role)) return;
    if (!mentions.test(model.document.text.slice(node.span.start, node.span.end))) return;
    const script = scriptOf(model, node, role);
    if (script !== undefined) yield { script, role };
  };
  yield* read(getPath(map, "command"), "command");
  yield* read(getPath(map, "entrypoint"), "entrypoint");
  yield* read(getPath(map, "healthcheck", "test"), "healthcheck");
  for (const key of ["post_start", "pre_stop"]) {
    for (const hook of itemsOf(getPath(map, key))) yield* read(getPath(hook, "command"), "hook");
  }
}

/** The script of a command in string or list form, be it written in the service or reached through another one; places as above. */
export function scriptOf(model: ComposeModel, node: YamlNode, role: ServiceScript["role"]): ShellScript | undefined {
  const known = model.once(scriptsByPlace);
  const place = `${role} ${node.span.start}`;
  if (known.has(place)) return known.get(place);
  const script = readScript(model.document.text, node, role);
  known.set(place, script);
  return script;
}

/** Scripts that were read already, by what they are for and where their node starts: several rules read the same ones. */
function scriptsByPlace(): Map<string, ShellScript | undefined> {
  return new Map();
}

function readScript(text: string, node: YamlNode, role: ServiceScript["role"]): ShellScript | undefined {
  if (node.type === "map") return undefined;
  if (node.type === "scalar") return scriptOfWords(text, [node], "");
  const items = node.items.flatMap((item) => (item.type === "scalar" ? [item] : []));
  const [first, ...others] = items;
  if (role === "healthcheck" && first?.text === "CMD-SHELL") return scriptOfWords(text, others.slice(0, 1), "");
  const words = role === "healthcheck" && first?.text === "CMD" ? others : items;
  const texts = words.map((word) => word.text);
  const script = words.find((_, index) => isShellScript(texts, index));
  return script === undefined ? scriptOfWords(text, words, "'") : scriptOfWords(text, [script], "");
}
