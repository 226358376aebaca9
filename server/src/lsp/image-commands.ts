import { type Connection, MessageType, ShowMessageNotification } from "vscode-languageserver";
import { type FoundDigest, withTag } from "../languages/image/index.ts";
import type { ImageReference } from "../languages/image/reference.ts";
import type { Answer, Failure } from "../registry/answers.ts";
import { pinEdit, pinState, type PinTarget, retagEdit } from "../registry/pins.ts";
import { type VersionChoice, versionChoices } from "../registry/versions.ts";
import { contains } from "../text/span.ts";
import { shortName } from "./image-actions.ts";
import { choose } from "./image-choice.ts";
import { type Applied, applyToFiles, type FileEdits } from "./image-edits.ts";
import { type ImageFile, imageFileAt, type ImageFilesContext } from "./image-files.ts";
import { imageAt, nearest } from "./image-places.ts";
import type { ImageProgress } from "./image-progress.ts";
import type { ImageArguments } from "./protocol.ts";
import type { Registries } from "./registries.ts";

/** What commands about images work with. */
export interface ImageWork extends ImageFilesContext {
  readonly connection: Connection;
  readonly registries: Registries;
}

/** Writes the digest that the tag at a place stands for now. */
export async function pinImage(asked: ImageArguments, work: ImageWork, signal: AbortSignal): Promise<void> {
  const found = await targetOf(asked, work);
  if (found === undefined) return tell(work, "info", nothingHere);
  const { reference } = found.target;
  const name = shortName(reference);
  if (pinState(reference) === "digest") {
    return tell(
      work,
      "info",
      `\`${name}\` is named by its digest alone: without a tag there is nothing to compare it with.`,
    );
  }
  const answer = await digestOf(reference, work, signal);
  if (answer === undefined) return;
  if (answer.digest === reference.digest) return tell(work, "info", `The digest of \`${name}\` is up to date.`);
  const again = { ...asked, image: reference.text };
  const applied = await applyToFiles(
    `Pin ${name}`,
    () => editsAt(again, work, (file, target) => pinEdit(file.parsed, target, answer.digest)),
    work,
  );
  if (applied !== "applied") return tell(work, "warning", unappliedText(applied, name));
  if (answer.shape === "manifest") tell(work, "info", onePlatformText(name));
}

/** Has a person choose another tag from those of the registry. A digest that is there is replaced by that of the tag. */
export async function chooseVersion(asked: ImageArguments, work: ImageWork, progress: ImageProgress): Promise<void> {
  const { signal } = progress;
  const found = await targetOf(asked, work);
  if (found === undefined) return tell(work, "info", nothingHere);
  const { reference } = found.target;
  const name = shortName(reference);
  const client = await work.registries.client();
  const answer = await client.tags(reference, signal);
  if (signal.aborted) return;
  if (answer.type === "failed") return tellFailure(answer, work);
  const choices = versionChoices(reference, answer.value);
  if (choices.length === 0)
    return tell(work, "info", `The registry has no tags that could take the place of \`${name}\`.`);
  // Now it is the person who takes their time.
  progress.done();
  const items = choices.map((choice) => itemOf(choice, reference));
  const title = `Choose a version for ${name}`;
  const index = await choose(
    { title, placeholder: "Tag (newest release first)", items },
    work.connection,
    work.abilities,
    signal,
  );
  const chosen = index === undefined ? undefined : choices[index];
  if (chosen === undefined || signal.aborted) return;
  const { tag } = chosen;
  const pinned = reference.digest === undefined ? undefined : await digestOf({ ...reference, tag }, work, signal);
  if (reference.digest !== undefined && pinned === undefined) return;
  if (reference.tag === tag && reference.digest === pinned?.digest) return;
  const again = { ...asked, image: reference.text };
  const retag = (file: ImageFile, target: PinTarget) => retagEdit(file.parsed, target, tag, pinned?.digest);
  const applied = await applyToFiles(`Use ${withTag(reference, tag)}`, () => editsAt(again, work, retag), work);
  if (applied !== "applied") tell(work, "warning", unappliedText(applied, name));
}

/** Asks what an image is, for rules and hovers to know. */
export async function lookUpImage(asked: ImageArguments, work: ImageWork, signal: AbortSignal): Promise<void> {
  const file = await imageFileAt(asked.uri, work);
  const place = file && imageAt(file.parsed, file.places.offset(asked.position));
  if (place === undefined) return tell(work, "info", "No image is named here that a registry could be asked about.");
  const { reference } = place;
  const client = await work.registries.client();
  // A person who asks again wants to know how it is now.
  const [answer, current] = await Promise.all([
    client.describe(reference, signal, true),
    // Whether the tag has moved away from the digest beside it.
    pinState(reference) === "pinned" ? client.digest(reference, signal, true) : undefined,
  ]);
  if (isOfOtherShape(answer, current)) {
    // Whether what is pinned is one of those that the tag stands for, its list tells alone.
    const { digest: _, ...tagged } = reference;
    await client.describe(tagged, signal);
  }
  work.registries.learnt();
  if (signal.aborted) return;
  if (answer.type === "failed") return tellFailure(answer, work);
  if (work.abilities.options.lookUpCommand !== undefined) return;
  tell(work, "info", `\`${shortName(reference)}\` is known for some minutes: hover over it to read what it is.`);
}

/** One image is pinned, and the tag stands for a list of them. */
function isOfOtherShape(pinned: Answer<FoundDigest>, current: Answer<FoundDigest> | undefined): boolean {
  if (pinned.type === "failed" || current === undefined || current.type === "failed") return false;
  return pinned.value.shape === "manifest" && current.value.shape === "index";
}

/** Says one line to the person. */
export function tell({ connection }: Pick<ImageWork, "connection">, how: "info" | "warning", message: string): void {
  const type = how === "info" ? MessageType.Info : MessageType.Warning;
  connection
    .sendNotification(ShowMessageNotification.type, { type, message })
    .catch((error: unknown) => connection.console.error(String(error)));
}

/** Why nothing was changed. */
export function unappliedText(applied: Exclude<Applied, "applied">, name: string): string {
  return applied === "refused"
    ? `The editor did not take the change of \`${name}\`: the file is as it was.`
    : `\`${name}\` is no longer where it was: nothing was changed.`;
}

function onePlatformText(name: string): string {
  return `\`${name}\` is an image of one platform alone, and so is what is pinned now.`;
}

const nothingHere = "No image is named here by text that could be changed: a variable or a stage is not.";

/** `undefined` where there is no digest, which the person has been told then. */
async function digestOf(
  reference: ImageReference,
  work: ImageWork,
  signal: AbortSignal,
): Promise<FoundDigest | undefined> {
  const client = await work.registries.client();
  const answer = await client.digest(reference, signal, true);
  work.registries.learnt();
  if (signal.aborted) return undefined;
  if (answer.type === "answered") return answer.value;
  return tellFailure(answer, work);
}

function tellFailure({ reason, kind }: Failure, work: ImageWork): undefined {
  if (kind !== "cancelled") tell(work, "warning", reason);
}

interface Found {
  readonly file: ImageFile;
  readonly target: PinTarget;
}

/** What is asked about, in the file as it is now. */
async function targetOf({ uri, position, image }: ImageArguments, work: ImageWork): Promise<Found | undefined> {
  const file = await imageFileAt(uri, work);
  if (file === undefined) return undefined;
  const offset = file.places.offset(position);
  const place = { start: offset, end: offset };
  const target =
    image === undefined ? file.targets.find(({ span }) => contains(span, place)) : nearest(file.targets, image, offset);
  return target && { file, target };
}

async function editsAt(
  asked: ImageArguments,
  work: ImageWork,
  edit: (file: ImageFile, target: PinTarget) => FileEdits["edits"][number] | undefined,
): Promise<readonly FileEdits[]> {
  const found = await targetOf(asked, work);
  const made = found && edit(found.file, found.target);
  return found === undefined || made === undefined ? [] : [{ file: found.file, edits: [made] }];
}

function itemOf({ tag, kind }: VersionChoice, reference: ImageReference): { label: string; description?: string } {
  if (tag === (reference.tag ?? "latest")) return { label: tag, description: "current" };
  return { label: tag, ...(kind === "stable" ? {} : { description: kindTexts[kind] }) };
}

const kindTexts = {
  "short-lived": "not maintained for long",
  prerelease: "pre-release",
  floating: "moves from release to release",
};
