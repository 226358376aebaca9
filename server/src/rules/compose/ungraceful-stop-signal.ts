import { defineRule, type Problem } from "../../engine/rule.ts";
import { signalName, type StopSignal, stopSignalOf } from "../../knowledge/signals.ts";
import type { ComposeModel, ComposeService } from "../../languages/compose/model.ts";
import { oneOrMany } from "../../languages/compose/short-syntax.ts";
import { asScalar, isUnknown, scalarText } from "../../languages/yaml/path.ts";
import { reviewed } from "../shared/edit-fixes.ts";
import { composeWith } from "./shared/example.ts";
import { commandText, oncePerPlace } from "./shared/services.ts";
import { replaceWhereWritten } from "./shared/written.ts";

export default defineRule("compose", {
  slug: "ungraceful-stop-signal",
  summary: "The signal that stops the service is one its program cannot handle, or does not end in good order on.",
  why: `\`stop_signal\` takes the place of the image's own, SIGTERM where it has none. SIGKILL and SIGSTOP reach no program, so nothing is finished, flushed or handed over.
A few servers keep SIGTERM for a quick end and have another signal for one in good order, which their images set: SIGQUIT for nginx and php-fpm, SIGWINCH for
Apache, SIGINT for PostgreSQL. And what is no signal at all is refused by the engine when the container is made.

Only what the file names is judged. Quick ends may be wanted: a proxy in front of short requests loses little.`,
  category: "lifecycle",
  severity: "warning",
  preset: "recommended",
  since: "0.1.0",
  aliases: [],
  references: [
    "https://docs.docker.com/reference/compose-file/services/#stop_signal",
    "https://nginx.org/en/docs/control.html",
    "https://www.postgresql.org/docs/current/server-shutdown.html",
  ],
  fix: "review",
  examples: [
    { bad: composeWith({ own: ["stop_signal: SIGKILL"] }), good: composeWith({ own: ["stop_signal: SIGTERM"] }) },
  ],
  *check(model) {
    yield* oncePerPlace(problems(model));
  },
});

function* problems(model: ComposeModel): Iterable<Problem> {
  for (const service of model.services) {
    const node = asScalar(service.get("stop_signal"));
    const text = scalarText(node);
    if (node === undefined || text === undefined || isUnknown(node)) continue;
    const wanted = wantedBy(service);
    const better = wanted?.stop.signal ?? "SIGTERM";
    const wrong = faultOf(text, wanted);
    if (wrong === undefined) continue;
    yield {
      at: node.span,
      message: `${wrong}: use \`${better}\`.`,
      fixes: () => {
        const edits = replaceWhereWritten(model, node, better);
        const title = `Stop it with \`${better}\` (it may take longer)`;
        return reviewed(title, edits);
      },
    };
  }
}

function faultOf(text: string, wanted: Wanted | undefined): string | undefined {
  const signal = signalName(text);
  if (signal === undefined) return `\`${text}\` is no signal, and the container is not made`;
  if (signal === "SIGKILL") return `\`${text}\` ends the program at once, and nothing is finished or saved`;
  if (signal === "SIGSTOP") return `\`${text}\` halts the program, and nothing is finished or saved`;
  if (wanted === undefined || signal === wanted.stop.signal) return undefined;
  return signal === "SIGTERM"
    ? `On SIGTERM \`${wanted.program}\` ${wanted.stop.otherwise}`
    : `\`${text}\` is not what \`${wanted.program}\` ends in good order on`;
}

interface Wanted {
  readonly program: string;
  readonly stop: StopSignal;
}

/** What the program of the image, or the one the file names in its place, wants to be stopped with. */
function wantedBy(service: ComposeService): Wanted | undefined {
  const { imageUse } = service;
  if (imageUse === undefined || imageUse.built || commandText(service, "entrypoint") !== "") return undefined;
  const image = imageUse.facts ?? imageUse.description;
  const command = service.get("command");
  const first = scalarText(oneOrMany(command)[0])?.split(" ")[0];
  // An option is one of the image's own program.
  const program = first === undefined || first.startsWith("-") ? image?.command?.[0] : first;
  const stop = program === undefined ? undefined : stopSignalOf(program);
  return program === undefined || stop === undefined ? undefined : { program, stop };
}
