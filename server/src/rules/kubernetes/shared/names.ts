/** A reason why Kubernetes refuses a name, to stand behind it: "is longer than 63 characters", and what there is to do. */
export interface NameFault {
  readonly fault: string;
  /** A name near it that would do; left out where none is sure to. */
  readonly instead?: string;
}

const label = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?$/;

/** Names of containers, volumes and namespaces: a DNS label, as RFC 1123 has it. */
export function dnsLabelFault(name: string, longest = 63): NameFault | undefined {
  if (label.test(name) && name.length <= longest) return undefined;
  return faultOf(name, longest, "small letters, digits and `-`", label, /[^a-z0-9-]+/g);
}

/** Names of Services: a DNS label that begins with a letter, as RFC 1035 has it. */
export function serviceNameFault(name: string): NameFault | undefined {
  const fault = dnsLabelFault(name);
  if (fault !== undefined || /^[a-z]/.test(name)) return fault;
  return { fault: "begins with no letter" };
}

/** Names of most objects: DNS labels with dots between them. */
export function subdomainFault(name: string, longest = 253): NameFault | undefined {
  const pattern = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*$/;
  if (pattern.test(name) && name.length <= longest) return undefined;
  return faultOf(name, longest, "small letters, digits, `-` and `.`", pattern, /[^a-z0-9.-]+/g);
}

/** Names of roles and their bindings: anything that can be a part of a path. */
export function pathSegmentFault(name: string): NameFault | undefined {
  return name === "." || name === ".." || /[/%]/.test(name)
    ? { fault: "can be no part of a path: it takes no `/` and no `%`" }
    : undefined;
}

/** Names of container ports (IANA_SVC_NAME, RFC 6335). */
export function portNameFault(name: string): NameFault | undefined {
  const isRight = /^[a-z0-9](?:-?[a-z0-9])*$/.test(name) && /[a-z]/.test(name);
  if (isRight && name.length <= 15) return undefined;
  if (/^[a-z0-9-]+$/.test(name) && !/[a-z]/.test(name)) return { fault: "has no letter" };
  return faultOf(name, 15, "small letters, digits and single `-`", /^[a-z0-9](?:-?[a-z0-9])*$/, /[^a-z0-9]+/g);
}

/** Keys of labels and annotations: `prefix/name`, the prefix a DNS name and not needed. */
export function labelKeyFault(key: string): NameFault | undefined {
  const slash = key.indexOf("/");
  const [prefix, name] = slash < 0 ? [undefined, key] : [key.slice(0, slash), key.slice(slash + 1)];
  if (prefix !== undefined && subdomainFault(prefix) !== undefined)
    return { fault: "has a prefix that is no DNS name" };
  if (name.includes("/")) return { fault: "has more than one `/`" };
  return name === "" ? { fault: "has no name" } : valueFault(name);
}

/** Values of labels; an empty one is fine. */
export function labelValueFault(value: string): NameFault | undefined {
  return value === "" ? undefined : valueFault(value);
}

function valueFault(text: string): NameFault | undefined {
  const pattern = /^[A-Za-z0-9](?:[-\w.]*[A-Za-z0-9])?$/;
  if (pattern.test(text) && text.length <= 63) return undefined;
  return faultOf(text, 63, "letters, digits, `-`, `_` and `.`", pattern, /[^\w.-]+/g);
}

function faultOf(name: string, longest: number, allowed: string, pattern: RegExp, others: RegExp): NameFault {
  const lower = allowed.startsWith("small") ? name.toLowerCase() : name;
  const near = cut(lower.replace(others, "-").replace(/^[^A-Za-z0-9]+/, ""), longest).replace(/[^A-Za-z0-9]+$/, "");
  const instead = near !== "" && pattern.test(near) ? { instead: near } : {};
  if (name.length > longest) return { fault: `is longer than ${longest} characters`, ...instead };
  const ends =
    /^[^A-Za-z0-9]|[^A-Za-z0-9]$/.test(name) && pattern.test(name.replace(/^[^A-Za-z0-9]+|[^A-Za-z0-9]+$/g, ""));
  return {
    fault: ends ? "begins or ends with something else than a letter or digit" : `takes ${allowed} alone`,
    ...instead,
  };
}

/** The beginning of a name, up to where a word of it ends. */
function cut(name: string, longest: number): string {
  if (name.length <= longest) return name;
  const head = name.slice(0, longest);
  const end = /[-._]/.test(name.charAt(longest))
    ? longest
    : Math.max(...["-", ".", "_"].map((mark) => head.lastIndexOf(mark)));
  return end > longest / 2 ? head.slice(0, end) : head;
}
