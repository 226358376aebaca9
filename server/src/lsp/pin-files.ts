import { type FoundDigest, tagKey } from "../languages/image/index.ts";
import { pinEdit, pinState, type PinTarget } from "../registry/pins.ts";
import { createWorkspace } from "../workspace/index.ts";
import { type ImageWork, tell } from "./image-commands.ts";
import { applyToFiles, type FileEdits } from "./image-edits.ts";
import { type ImageFile, imageFilesAt } from "./image-files.ts";
import type { ImageProgress } from "./image-progress.ts";
import type { FilesArguments } from "./protocol.ts";

/** So many failures are told with their reasons; the rest is in the log. */
const mostReasons = 2;

/** Pins all images of these files that have no digest; the others as well where it is an update. When it is cancelled nothing is changed. */
export async function pinFiles(asked: FilesArguments, work: ImageWork, progress: ImageProgress): Promise<void> {
  const { signal } = progress;
  const wanted = ({ targets, unpinned }: ImageFile): readonly PinTarget[] => {
    const pinned = asked.update === true ? targets.filter(({ reference }) => pinState(reference) === "pinned") : [];
    return [...unpinned, ...pinned];
  };
  const around = createWorkspace();
  const files = await imageFilesAt(asked.uris, work, around, signal);
  const touched = files.filter((file) => wanted(file).length > 0);
  const references = new Map(touched.flatMap(wanted).map(({ reference }) => [tagKey(reference), reference]));
  if (signal.aborted) return;
  if (references.size === 0) return tell(work, "info", nothingText(files, asked));

  const client = await work.registries.client();
  const digests = new Map<string, FoundDigest>();
  const reasons: string[] = [];
  let done = 0;
  await Promise.all(
    [...references].map(async ([key, reference]) => {
      const answer = await client.digest(reference, signal, asked.update === true);
      done += 1;
      progress.report(`${done} of ${references.size}: ${key}`, done / references.size);
      if (answer.type === "answered") digests.set(key, answer.value);
      else if (answer.kind !== "cancelled") reasons.push(answer.reason);
    }),
  );
  work.registries.learnt();
  if (signal.aborted) return;

  const make = async (): Promise<readonly FileEdits[]> => {
    const uris = touched.map(({ uri }) => uri);
    const now = await imageFilesAt(uris, work, around, signal);
    return now.map((file) => ({
      file,
      edits: wanted(file).flatMap((target) => {
        const found = digests.get(tagKey(target.reference));
        return (found && pinEdit(file.parsed, target, found.digest)) ?? [];
      }),
    }));
  };
  const applied = digests.size === 0 ? "nothing" : await applyToFiles("Pin images", make, work);
  for (const reason of reasons) work.connection.console.warn(reason);
  if (applied === "refused")
    return tell(work, "warning", "The editor did not take the change: all files are as they were.");
  const summary = summaryOf({
    asked: references.size,
    digests: [...digests.values()],
    reasons,
    files: asked.uris.length,
  });
  if (summary !== undefined) tell(work, reasons.length > 0 ? "warning" : "info", summary);
}

function nothingText(files: readonly ImageFile[], { update = false, uris }: FilesArguments): string {
  const where = uris.length === 1 ? "in this file" : "in these files";
  if (files.every(({ targets }) => targets.length === 0))
    return `No image is named ${where} by text that could be changed.`;
  return update
    ? `No image ${where} has a tag to ask for.`
    : `All images ${where} have their digests, or are accepted without.`;
}

/** `undefined` where the file shows all there is to know. */
function summaryOf(outcome: {
  readonly asked: number;
  readonly digests: readonly FoundDigest[];
  readonly reasons: readonly string[];
  readonly files: number;
}): string | undefined {
  const { asked, digests, reasons, files } = outcome;
  const alone = digests.filter(({ shape }) => shape === "manifest").length;
  const notes = alone === 0 ? "" : ` ${alone === 1 ? "One of them is" : `${alone} of them are`} of one platform alone.`;
  if (reasons.length === 0) {
    return files === 1 && alone === 0 ? undefined : `${count(asked)} pinned.${notes}`;
  }
  const more = reasons.length > mostReasons ? ` And ${reasons.length - mostReasons} more, see the output.` : "";
  const told = reasons.slice(0, mostReasons).join(" ");
  return `${digests.length} of ${count(asked)} pinned, ${reasons.length} failed: ${told}${more}${notes}`;
}

function count(images: number): string {
  return images === 1 ? "1 image" : `${images} images`;
}
