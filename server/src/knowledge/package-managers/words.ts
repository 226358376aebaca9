/** The words of a text, in order. */
export function words(text: string): readonly string[] {
  return text.split(/\s+/).filter((word) => word !== "");
}

/** The words of a text, for asking whether one is among them. */
export function wordSet(text: string): ReadonlySet<string> {
  return new Set(words(text));
}
