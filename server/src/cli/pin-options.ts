import { type Flags, type Misuse, parseArguments } from "./arguments.ts";

/** What `seaworthy pin` was asked to do. Paths are as they were given. */
export interface PinOptions {
  readonly paths: readonly string[];
  /**
   * `pin`: give a digest to what has none. `update`: that, and put the new digest where a tag has moved. `check`: look whether tags have moved, and write
   * nothing.
   */
  readonly task: "pin" | "update" | "check";
  /** Nothing is written. */
  readonly dryRun: boolean;
  readonly format: "text" | "json";
  readonly config: string | undefined;
  /** Hosts, with their ports where they have one, that may be asked without TLS. */
  readonly allowHttp: ReadonlySet<string>;
  readonly noColor: boolean;
}

/** The flags of `pin`. */
export const pinFlags = {
  update: { help: "Also replace digests whose tag has moved." },
  check: { help: "Write nothing; exit with 1 where a tag has moved away from the digest beside it." },
  "dry-run": { help: "Show what would be written, and write nothing." },
  format: { value: "FORMAT", values: ["text", "json"], help: "How the outcome is printed: text or json." },
  config: { value: "FILE", help: "Use this config file for all files instead of the nearest one." },
  "allow-http": {
    value: "HOST",
    help: "Ask this registry over plain HTTP where it has no TLS: registry.lan:5000. May be given several times. This machine may be asked so in any case.",
  },
  "no-color": { help: "No colours. NO_COLOR and FORCE_COLOR are heeded as well." },
  help: { short: "h", help: "Show this help." },
} as const satisfies Flags;

/** Understands the words behind `pin`; "help" where they ask for it. */
export function pinOptions(argv: readonly string[]): PinOptions | Misuse | "help" {
  const given = parseArguments(pinFlags, argv);
  if ("misuse" in given) return given;
  if (given.on("help")) return "help";
  const check = given.on("check");
  if (given.operands.includes("-")) return { misuse: "`pin` works on files and folders, not on standard input" };
  for (const other of ["update", "dry-run"] as const) {
    if (check && given.on(other)) return { misuse: `\`--check\` writes nothing; leave out \`--${other}\`` };
  }
  const hosts = given
    .texts("allow-http")
    .flatMap((text) => text.split(","))
    .map((host) => host.trim().toLowerCase());
  const odd = hosts.find((host) => !/^(?:[a-z0-9.-]+|\[[0-9a-f:]+\])(?::\d+)?$/.test(host));
  if (odd !== undefined) {
    return { misuse: `\`--allow-http\` names a host as in registry.lan:5000, not \`${odd}\`` };
  }
  return {
    paths: given.operands.length === 0 ? ["."] : given.operands,
    task: check ? "check" : given.on("update") ? "update" : "pin",
    dryRun: given.on("dry-run"),
    format: given.text("format") === "json" ? "json" : "text",
    config: given.text("config"),
    allowHttp: new Set(hosts),
    noColor: given.on("no-color"),
  };
}
