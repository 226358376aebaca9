/** The ports an `EXPOSE` argument names; `from` and `to` are the same for a single one. */
export interface PortRange {
  readonly from: number;
  readonly to: number;
  /** Lower case. */
  readonly protocol: string;
}

/** What is wrong with an argument of `EXPOSE`; `large`: a number above 65535, `range`: an end before the start. */
export type PortFault = "port" | "large" | "range" | "protocol";

/** Reads `8080`, `8000-8010/udp`, and `host:container`, of which the builder takes the container's part. */
export function portRange(text: string): PortRange | PortFault {
  const slash = text.indexOf("/");
  const protocol = slash < 0 ? "" : text.slice(slash + 1).toLowerCase();
  if (protocol !== "" && protocol !== "tcp" && protocol !== "udp" && protocol !== "sctp") return "protocol";
  const numbers = (slash < 0 ? text : text.slice(0, slash)).split(":").at(-1) ?? "";
  const match = /^(\d+)(?:-(\d+))?$/.exec(numbers);
  if (match === null) return "port";
  const from = Number(match[1]);
  const to = match[2] === undefined ? from : Number(match[2]);
  if (from > 65_535 || to > 65_535) return "large";
  if (to < from) return "range";
  return { from, to, protocol: protocol === "" ? "tcp" : protocol };
}

/** Tells a port from what is wrong with one. */
export function isPort(port: PortRange | PortFault): port is PortRange {
  return typeof port !== "string";
}
