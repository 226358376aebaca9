import type { BaseImageFacts } from "./model.ts";
import type { System } from "./systems.ts";
import type { Tag } from "./tag.ts";

/** Images that share a name and a way of tagging. */
export interface ImageFamily {
  /** Canonical names; one that ends in `*` stands for every name that starts so. */
  readonly names: readonly string[];
  /** `undefined` where the tag says something that is not known. `name` is the canonical name asked for. */
  facts(tag: Tag, name: string): BaseImageFacts | undefined;
}

/** What a family adds to its system; what is left out is as it is for most images. */
export type Additions = Pick<BaseImageFacts, "family" | "source"> &
  Partial<Omit<BaseImageFacts, keyof System>> &
  Partial<Pick<BaseImageFacts, "user" | "tools" | "userDialect" | "bash">>;

/** A system and what an image adds to it. `tools` are added one by one. */
export function image(system: System, additions: Additions): BaseImageFacts {
  return {
    dropsRoot: false,
    healthcheck: false,
    ...system,
    ...additions,
    tools: { ...system.tools, ...additions.tools },
  };
}

/** The canonical name of a Docker official image. */
export function official(name: string): string {
  return `docker.io/library/${name}`;
}
