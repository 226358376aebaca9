/** One way in which a server wants to be shown who asks, by RFC 9110, section 11. */
export interface Challenge {
  /** In lower case: `bearer`, `basic`. */
  readonly scheme: string;
  /** By their names in lower case; of several of one name the first. */
  readonly parameters: ReadonlyMap<string, string>;
  /** What stands in place of parameters, as for `Negotiate`. */
  readonly token68?: string;
}

/** Servers send a few hundred characters; Node takes no headers above 16 kB. */
const longest = 16_384;

/**
 * The challenges of a `WWW-Authenticate` header. They are one list, joined by commas, as their parameters are; several headers of that name are read
 * alike once they are joined. What is malformed is passed over.
 */
export function parseChallenges(header: string): readonly Challenge[] {
  const text = header.slice(0, longest);
  const { token, blank, separators, quoted, bare, token68 } = patterns();
  const found: { scheme: string; parameters: Map<string, string>; token68?: string }[] = [];
  let at = 0;
  const read = (pattern: RegExp): RegExpExecArray | undefined => {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (match === null) return undefined;
    at = pattern.lastIndex;
    return match;
  };
  while (at < text.length) {
    read(separators);
    const name = read(token)?.[0].toLowerCase();
    if (name === undefined) {
      at += 1;
      continue;
    }
    const afterName = at;
    read(blank);
    if (text[at] === "=") {
      at += 1;
      read(blank);
      const value = read(quoted)?.[1]?.replaceAll(/\\(.)/gs, "$1") ?? read(bare)?.[0] ?? "";
      const parameters = found.at(-1)?.parameters;
      if (parameters?.has(name) === false) parameters.set(name, value);
      continue;
    }
    const inPlace = at > afterName ? read(token68)?.[0] : undefined;
    found.push({ scheme: name, parameters: new Map(), ...(inPlace === undefined ? {} : { token68: inPlace }) });
  }
  return found;
}

/** One sticky expression for each thing that is read, for one reading: they remember where they are. */
function patterns() {
  return {
    token: /[!#$%&'*+.^_`|~0-9A-Za-z-]+/y,
    blank: /[ \t]*/y,
    separators: /[ \t,]*/y,
    quoted: /"((?:[^"\\]|\\.)*)(?:"|$)/sy,
    // Looser than the RFC, which wants quotes around a URL: some servers leave them out.
    bare: /[^\s,"]*/y,
    token68: /[A-Za-z0-9._~+/-]+=*(?=[ \t]*(?:,|$))/y,
  };
}
