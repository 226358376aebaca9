import { nameOf } from "../../text/path.ts";

/** What a container starts that does nothing but start something else, by its name without the folder. */
const launchers: ReadonlySet<string> = new Set([
  "tini",
  "dumb-init",
  "catatonit",
  "docker-init",
  "exec",
  "env",
  "nohup",
  "--",
  "su-exec",
  "gosu",
  "setpriv",
]);

/** How many of a launcher's words name the user to become. */
function ownWords(name: string): number {
  return name === "su-exec" || name === "gosu" ? 1 : 0;
}

/** How many words from `at` on a launcher takes for itself (`tini`, `gosu app`, `A=1`, or an option of the one before); 0 where the program stands there. */
export function launcherWords(words: readonly string[], at: number): number {
  const word = words[at] ?? "";
  const name = nameOf(word);
  if (launchers.has(name)) return 1 + ownWords(name);
  return /^[A-Za-z_]\w*=/.test(word) || (at > 0 && word.startsWith("-")) ? 1 : 0;
}

/** Which of a command's words is the program, behind what launches it (`tini --`, `gosu app`, `env A=1`); their number where there is none. */
export function programIndex(words: readonly string[]): number {
  let at = 0;
  while (at < words.length) {
    const own = launcherWords(words, at);
    if (own === 0) return at;
    at += own;
  }
  return words.length;
}
