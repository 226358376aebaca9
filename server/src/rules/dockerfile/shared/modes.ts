/** A mode that lets everybody write, and what it would be without that. */
export interface OpenMode {
  /** The mode that only takes the right to write from everybody; `undefined` where nothing would be left of it. */
  readonly closed: string | undefined;
  /** The mode for a folder where everybody writes, and only the owner of a file may delete it. */
  readonly sticky: string | undefined;
}

/** What a mode as `chmod` takes it (`777`, `a+rwx,g=r`) opens; `undefined` where it does not let everybody write, or the mode is none. */
export function openMode(mode: string): OpenMode | undefined {
  return /^[0-7]{1,5}$/.test(mode) ? openNumber(mode) : openWords(mode);
}

function openNumber(mode: string): OpenMode | undefined {
  const digits = mode.padStart(4, "0");
  const others = Number(digits.at(-1));
  const special = Number(digits.at(-4));
  if ((others & 2) === 0 || (special & 1) === 1) return undefined;
  const group = Number(digits.at(-2));
  const owner = digits.at(-3) ?? "";
  // 777 and 666 were not meant to say anything of the group either.
  const closed = `${owner}${group === others ? group & 5 : group}${others & 5}`;
  const prefix = mode.length > 3 ? mode.slice(0, -3) : "";
  return { closed: `${prefix}${closed}`, sticky: special === 0 ? `1${mode.slice(-3)}` : undefined };
}

const clause = /^([ugoa]*)((?:[-+=][rwxXst]*)+)$/;

function openWords(mode: string): OpenMode | undefined {
  const clauses = mode.split(",");
  if (clauses.includes("+t") || clauses.some((one) => /^[ugoa]*[+=][rwxXs]*t/.test(one))) return undefined;
  const read = clauses.map((one) => ({ text: one, parts: clause.exec(one) }));
  if (read.some(({ parts }) => parts === null) || !read.some(({ text }) => opensAll(text))) return undefined;
  const kept = read.flatMap(({ text }) => (opensAll(text) ? closedClauses(text) : [text]));
  return { closed: kept.length > 0 ? kept.join(",") : undefined, sticky: undefined };
}

/** Without a letter for whom, the mask of new files counts, which leaves others nothing to write. */
function opensAll(one: string): boolean {
  return /^[ug]*[oa][ugoa]*[+=][rxXst]*w/.test(one);
}

function closedClauses(one: string): readonly string[] {
  const [, who = "", does = ""] = clause.exec(one) ?? [];
  const rest = does.replaceAll("w", "");
  const empty = rest.length === 1 && rest !== "=";
  const all = who.includes("a") || (who.includes("u") && who.includes("o"));
  if (all) return empty ? [`u${does}`] : [`u${does}`, `go${rest}`];
  const inner = who.replaceAll("o", "");
  return [...(inner === "" ? [] : [`${inner}${does}`]), ...(empty ? [] : [`o${rest}`])];
}
