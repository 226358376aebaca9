import { styleText } from "node:util";

/** What a piece of text can look like. */
export type Style = "bold" | "dim" | "underline" | "red" | "yellow" | "blue" | "green" | "cyan";

/** Colours a text, or leaves it as it is. */
export type Paint = (style: Style | Style[], text: string) => string;

/** No colours. */
export const plain: Paint = (_style, text) => text;

// whether there is colour was decided before, so `styleText` must not decide again by looking at the process's own streams
/** ANSI colours. */
export const coloured: Paint = (style, text) => styleText(style, text, { validateStream: false });

/**
 * Whether to colour: `--no-color` and `NO_COLOR` (no-color.org) say no, `FORCE_COLOR` says yes (`0` and `false`: no), else a terminal that is not dumb.
 */
export function paintFor(
  wanted: { readonly noColor: boolean; readonly interactive: boolean },
  env: Readonly<Record<string, string | undefined>>,
): Paint {
  const forced = env["FORCE_COLOR"];
  if (wanted.noColor || (env["NO_COLOR"] ?? "") !== "") return plain;
  if (forced !== undefined) return forced === "0" || forced === "false" ? plain : coloured;
  return wanted.interactive && env["TERM"] !== "dumb" ? coloured : plain;
}
