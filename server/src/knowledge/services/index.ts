import { readTag } from "../base-images/tag.ts";
import { originalName } from "../images.ts";
import { databases } from "./databases.ts";
import type { ServiceFamily } from "./family.ts";
import { messaging } from "./messaging.ts";
import type { ServiceFacts, ServiceHealth } from "./model.ts";
import { operations } from "./operations.ts";
import { searchAndStorage } from "./search-and-storage.ts";
import { web } from "./web.ts";

export type { ServiceCategory, ServiceFacts, ServiceHealth } from "./model.ts";

const families: readonly ServiceFamily[] = [...databases, ...messaging, ...searchAndStorage, ...web, ...operations];

const byName: ReadonlyMap<string, ServiceFamily> = new Map(
  families.flatMap((family) => family.names.map((name) => [name, family] as const)),
);

/** What is known of an image run as a service, by its canonical name and tag; no tag means `latest`. `undefined` for an image that is not known. */
export function serviceFacts(canonical: string, tag: string | undefined): ServiceFacts | undefined {
  return byName.get(originalName(canonical))?.facts(readTag(tag));
}

/** The variable that reads from a file what `variable` would hold, `undefined` where the image has none: `POSTGRES_PASSWORD_FILE`. */
export function fileVariable(facts: ServiceFacts, variable: string): string | undefined {
  return facts.fileVariables.includes(variable) ? `${variable}${facts.fileSuffix}` : undefined;
}

/** A check as the command of a Kubernetes `exec` probe: no shell where none is needed, and `$` as the shell sees it. */
export function execCommand(health: ServiceHealth): readonly string[] {
  const [kind, ...words] = health.test;
  const plain = words.map((word) => word.replaceAll("$$", "$"));
  return kind === "CMD-SHELL" ? ["sh", "-c", ...plain] : plain;
}
