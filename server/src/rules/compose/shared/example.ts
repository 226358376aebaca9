import { serviceFacts } from "../../../knowledge/services/index.ts";
import { parseImageReference } from "../../../languages/image/index.ts";

/** The parts of an example that a rule's page shows changed; each is a list of lines, indented among themselves only. */
export interface ExampleParts {
  /** Lines above `services:`. */
  readonly top?: readonly string[];
  readonly name?: string;
  /** `image:` or `build:`. */
  readonly image?: readonly string[];
  readonly restart?: readonly string[];
  readonly memory?: readonly string[];
  readonly logging?: readonly string[];
  readonly healthcheck?: readonly string[];
  /** What hardens it; by default what its image is known to work with. */
  readonly security?: readonly string[];
  /** Further keys of the service, behind the others. */
  readonly own?: readonly string[];
  /** Lines below the services. */
  readonly end?: readonly string[];
}

const healthcheck: readonly string[] = ["healthcheck:", '  test: ["CMD", "/app/api", "health"]'];
const logging: readonly string[] = ["logging:", "  driver: local"];
const security: readonly string[] = ["security_opt:", "  - no-new-privileges:true"];

/** A Compose file with one service that no rule of `recommended` has anything to say of, but for the parts given. */
export function composeWith(parts: ExampleParts): string {
  return [
    ...(parts.top ?? []).map((line) => `${line}\n`),
    "services:\n",
    serviceLines(parts),
    ...(parts.end ?? []).map((line) => `${line}\n`),
  ].join("");
}

/** The lines of one such service, to be put below `services:`. */
export function serviceLines(parts: Omit<ExampleParts, "top" | "end">): string {
  const lines = [
    ...(parts.image ?? ["image: ghcr.io/acme/api:1.4.2"]),
    ...(parts.restart ?? ["restart: unless-stopped"]),
    ...(parts.memory ?? ["mem_limit: 512m"]),
    ...(parts.logging ?? logging),
    ...(parts.healthcheck ?? healthcheck),
    ...(parts.security ?? [...(setsSecurity(parts.own) ? [] : security), ...hardenedLines(parts.image)]),
    ...(parts.own ?? []),
  ];
  return `  ${parts.name ?? "api"}:\n${lines.map((line) => `    ${line}\n`).join("")}`;
}

function setsSecurity(own: readonly string[] = []): boolean {
  return own.some((line) => line.startsWith("security_opt:"));
}

function hardenedLines(image: readonly string[] | undefined): readonly string[] {
  const { readOnly, capabilities } = hardeningFacts(image);
  return [...(readOnly === undefined ? [] : ["read_only: true", ...flowLine("tmpfs", readOnly)]), ...capabilities];
}

/** What the image of an example, where it is known, is hardened with: its folders in memory where it may be read-only, and the lines about capabilities. */
export function hardeningFacts([line = ""]: readonly string[] = []): {
  readonly readOnly: readonly string[] | undefined;
  readonly capabilities: readonly string[];
} {
  const image = parseImageReference(line.replace(/^image: /, ""));
  const { readOnly, capabilities } = (image && serviceFacts(image.canonical, image.tag)) ?? {};
  return {
    readOnly: readOnly?.works === true ? readOnly.tmpfs : undefined,
    capabilities: capabilities === undefined ? [] : ["cap_drop: [ALL]", ...flowLine("cap_add", capabilities)],
  };
}

function flowLine(key: string, items: readonly string[]): readonly string[] {
  return items.length === 0 ? [] : [`${key}: [${items.join(", ")}]`];
}
