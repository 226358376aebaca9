import type { Mount } from "../../../languages/dockerfile/model.ts";
import type { ShellCommand, ShellWord } from "../../../languages/shell/model.ts";

/** Whether a command deletes one of these directories or what is in it: `rm -rf /var/lib/apt/lists/*`, `find /var/cache/apk -delete`. */
export function deletes(command: ShellCommand, directories: readonly string[]): boolean {
  if (command.name !== "rm" && command.name !== "find") return false;
  if (command.name === "find" && !command.args.some(({ text }) => text === "-delete" || text === "rm")) return false;
  return command.operands.some(({ value, text }) => braces(value ?? text).some((path) => reaches(path, directories)));
}

/** The words of a command that name one of these directories or what is in it, as {@link deletes} reads them. */
export function deletedWords({ operands }: ShellCommand, directories: readonly string[]): readonly ShellWord[] {
  return operands.filter(({ value, text }) => braces(value ?? text).some((path) => reaches(path, directories)));
}

/** Whether what is written to one of these directories is not kept in the image, because something else is mounted there. */
export function mounted(mounts: readonly Mount[], directories: readonly string[]): boolean {
  return mounts.some(({ type, options }) => {
    if (type !== "cache" && type !== "tmpfs" && type !== "bind") return false;
    const target = options.get("target") ?? options.get("dst") ?? options.get("destination");
    if (target === undefined) return false;
    // A place that only the build knows may well be the right one.
    return (type === "cache" && target.includes("$")) || reaches(target, directories);
  });
}

function reaches(path: string, directories: readonly string[]): boolean {
  const place = homely(path.replaceAll(/["']/g, ""))
    .replace(/\/?[^/]*[*?[][^/]*(?:\/.*)?$/, "")
    .replace(/\/+$/, "");
  if (place === "" || place === "~") return false;
  return directories.map(homely).some((directory) => {
    // What is left of `$ROOT/var/cache/apk` is unknown but for its end.
    if (place.startsWith("$")) return place.includes(directory);
    if (directory === place || directory.startsWith(`${place}/`)) return true;
    // The home of a user that the image made may be anywhere.
    if (directory.startsWith("~/") && place.endsWith(directory.slice(1))) return true;
    // `~/.cache` holds more than one program's cache: something in it may be another's.
    return place.startsWith(`${directory}/`) && !directory.endsWith("/.cache");
  });
}

/** The home directory, whoever's it is, as `~`. */
function homely(path: string): string {
  return path.replace(/^(?:\/root|\/home\/[^/]+|\$HOME|\$\{HOME\})(?=\/|$)/, "~");
}

/** `/var/lib/{apt,dpkg}` is two paths. */
function braces(text: string): readonly string[] {
  const found = /^([^{]*)(?<!\$)\{([^{}]*,[^{}]*)\}(.*)$/.exec(text);
  if (found === null) return [text];
  const [, before = "", choices = "", after = ""] = found;
  return choices.split(",").map((choice) => before + choice + after);
}
