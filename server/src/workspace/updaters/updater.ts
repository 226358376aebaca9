import type { ImageReference, ImageUse } from "../../languages/image/index.ts";

/** Where an image is named, for the question whether a bot will raise its digest. */
export interface UpdatedImage {
  /** From the repository's root, with no `/` in front. */
  readonly path: string;
  readonly kind: "dockerfile" | "compose" | "kubernetes";
  readonly role: ImageUse["role"];
  readonly reference: ImageReference;
}

/** What a bot's configuration says about the digest of one image. */
export interface UpdaterAnswer {
  readonly bot: "renovate" | "dependabot";
  /** Its configuration, from the repository's root. */
  readonly file: string;
  /** Whether a digest there will be raised when its tag moves. `unknown` where that is decided elsewhere, or the file cannot be read. */
  readonly answer: "yes" | "no" | "unknown";
  /** One sentence for people that says the answer and why. Markdown, of which only backticks are used. */
  readonly because: string;
  /** The second half of that sentence, without a full stop: the reason alone. */
  readonly reason: string;
  /** What has to be added for the answer to be `yes`; left out where it is, and where somebody has decided against it. */
  readonly missing?: "entry" | "file pattern" | "manager";
  /** Whether images without a digest get one. */
  readonly pins: boolean;
}

/** A bot's name as it is written. */
export const botNames = { renovate: "Renovate", dependabot: "Dependabot" } as const;

/** Sums up in one sentence; `detail` is its second half, without a full stop. */
export function sentenceOf({ bot, answer }: Pick<UpdaterAnswer, "bot" | "answer">, detail: string): string {
  const name = botNames[bot];
  switch (answer) {
    case "yes":
      return `${name} keeps digests here fresh: ${detail}.`;
    case "no":
      return `${name} does not keep digests here fresh: ${detail}.`;
    default:
      return `Whether ${name} keeps digests here fresh is not certain: ${detail}.`;
  }
}

/** A word of somebody's file as a part of a sentence: on one line, not long, and with no backtick that would end it. */
export function named(text: string): string {
  const line = text.replace(/[\s`\p{Cc}\p{Cf}]+/gu, " ").trim();
  return `\`${line.length > 60 ? `${line.slice(0, 59)}…` : line}\``;
}
