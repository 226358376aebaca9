import { listed } from "../../../text/words.ts";

/** Words of the user as a sentence names them: "`a`", "`a` and `b`", "`a`, `b` and `c`". */
export function quotedList(words: readonly string[], conjunction: "and" | "or" = "and"): string {
  return listed(
    words.map((word) => `\`${word}\``),
    conjunction,
  );
}
