import type {
  CancellationToken,
  CodeAction,
  CodeActionParams,
  ExecuteCommandParams,
  WorkDoneProgressReporter,
} from "vscode-languageserver";
import { isRecord } from "../languages/json/record.ts";
import type { Checked } from "./checker.ts";
import { describe } from "./describe.ts";
import type { DiagnosticsContext } from "./diagnostics.ts";
import type { ImageWork } from "./image-commands.ts";
import { type FilesArguments, type ImageArguments, type ImageCommand, imageCommands } from "./protocol.ts";

/** What registries are asked through the editor. Its parts are loaded when somebody first looks for actions. */
export interface Images {
  actions(checked: Checked, params: CodeActionParams): Promise<readonly CodeAction[]>;
  /** Settles when all is done and said. */
  execute(params: ExecuteCommandParams, token: CancellationToken, progress: WorkDoneProgressReporter): Promise<void>;
}

export function createImages(work: ImageWork, context: DiagnosticsContext): Images {
  const { connection, registries, abilities } = work;
  return {
    async actions(checked, params) {
      if (!registries.allowed || !abilities.commands || checked.outcome.type !== "report") return [];
      if (checked.outcome.report.parsed.units.every(({ model }) => model.images.length === 0)) return [];
      const { imageActionsOf } = await import("./image-work.ts");
      return imageActionsOf(checked, params, context);
    },
    async execute({ command, arguments: [argument] = [] }, token, given) {
      const { chooseVersion, lookUpImage, pinFiles, pinImage, startProgress, tell } = await import("./image-work.ts");
      if (!registries.allowed) return tell(work, "warning", abilities.options.trusted ? noNetwork : untrusted);
      const known = commandOf(command);
      const image = decodeImage(argument);
      const files = decodeFiles(argument);
      const progress = startProgress(titleOf(known, image), connection, given, token);
      try {
        if (known === "pinFiles" && files !== undefined) await pinFiles(files, work, progress);
        else if (known === "pin" && image !== undefined) await pinImage(image, work, progress.signal);
        else if (known === "chooseVersion" && image !== undefined) await chooseVersion(image, work, progress);
        else if (known === "lookUp" && image !== undefined) await lookUpImage(image, work, progress.signal);
        else connection.console.warn(`${command} was called with arguments that it does not know.`);
      } catch (error) {
        // Such as an editor that cannot do what it is asked for.
        connection.console.error(`${command}: ${describe(error)}`);
        const reason = error instanceof Error ? error.message : String(error);
        if (!progress.signal.aborted) tell(work, "warning", `This could not be done: ${reason}`);
      } finally {
        progress.done();
      }
    },
  };
}

export const imageCommandNames: readonly ImageCommand[] = Object.values(imageCommands);

const untrusted = "Registries are asked in trusted workspaces only, since any file can name any host.";
const noNetwork = "This server has no way to the network.";

function commandOf(name: string): keyof typeof imageCommands | undefined {
  const keys = ["pin", "chooseVersion", "lookUp", "pinFiles"] as const;
  return keys.find((key) => imageCommands[key] === name);
}

function titleOf(command: keyof typeof imageCommands | undefined, image: ImageArguments | undefined): string {
  if (command === "pinFiles") return "Pinning images";
  return image?.image === undefined ? "Asking the registry" : `Asking the registry about ${image.image}`;
}

function decodeImage(value: unknown): ImageArguments | undefined {
  if (!isRecord(value)) return undefined;
  const { uri, position, image } = value;
  if (typeof uri !== "string" || !isRecord(position)) return undefined;
  const { line, character } = position;
  if (typeof line !== "number" || typeof character !== "number") return undefined;
  return { uri, position: { line, character }, ...(typeof image === "string" ? { image } : {}) };
}

function decodeFiles(value: unknown): FilesArguments | undefined {
  if (!isRecord(value) || !Array.isArray(value["uris"])) return undefined;
  return { uris: value["uris"].filter((uri) => typeof uri === "string"), update: value["update"] === true };
}
