const longest = 100;

/**
 * A stranger's text as code in Markdown: on one line, at most 100 characters, without backticks, so that neither links nor HTML nor commands come of it.
 * Empty for what holds nothing to be seen.
 */
export function code(text: string): string {
  const plain = oneLine(text);
  if (plain === "") return "";
  // A pair of which only the first half would be left goes as a whole.
  const shown = plain.length > longest ? `${plain.slice(0, longest - 1).replace(/[\uD800-\uDBFF]$/, "")}…` : plain;
  return `\`${shown.replaceAll("`", "'")}\``;
}

/** An http or https address as a link that shows where it goes; `undefined` for all else, and for one that hides something or is long. */
export function autolink(text: string): string | undefined {
  if (text.length > longest || !/^https?:\/\/[\w.-]+(?::\d+)?(?:[/?#][\w.~/?#&=+:,;%@!-]*)?$/i.test(text))
    return undefined;
  return `<${text}>`;
}

/**
 * Line breaks, control characters and those that turn the direction of writing or cannot be seen become spaces, and runs of spaces one. Halves of pairs
 * go, too.
 */
function oneLine(text: string): string {
  return (
    text
      // No more than can be shown is looked at.
      .slice(0, 8 * longest)
      .replaceAll(/[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}\s]+/gu, " ")
      .trim()
  );
}
