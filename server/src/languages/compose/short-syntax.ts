import type { YamlNode } from "../yaml/node.ts";

/**
 * Cuts a short form such as `${IP:-127.0.0.1}:80:80/tcp` at a character, the insides of `${…}`, `{{ … }}` and `[…]` and the colon of a
 * Windows drive left whole.
 */
export function splitShort(text: string, separator: string): readonly string[] {
  const parts: string[] = [];
  let from = 0;
  let depth = 0;
  for (let i = 0; i < text.length; i++) {
    const character = text[i];
    if (character === "{" || character === "[") depth += 1;
    else if (character === "}" || character === "]") depth = Math.max(0, depth - 1);
    else if (character === separator && depth === 0 && !isDrive(text, from, i)) {
      parts.push(text.slice(from, i));
      from = i + 1;
    }
  }
  return [...parts, text.slice(from)];
}

/** `C:\data`, `c:/data`. */
function isDrive(text: string, from: number, colon: number): boolean {
  return (
    colon === from + 1 &&
    /^[A-Za-z]:[\\/]/.test(text.slice(from, from + 3)) &&
    !/^[A-Za-z]:\/[^:]*$/.test(text.slice(from))
  );
}

/** What a key holds that takes a list or a lone value in its place, as `env_file` and `tmpfs` do. */
export function oneOrMany(node: YamlNode | undefined): readonly YamlNode[] {
  if (node?.type === "seq") return node.items;
  return node === undefined ? [] : [node];
}
