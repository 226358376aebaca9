import { originalName } from "../images.ts";
import { applications } from "./applications.ts";
import { community } from "./community.ts";
import { distributions } from "./distributions.ts";
import { dotnet } from "./dotnet.ts";
import { endOfLife } from "./end-of-life.ts";
import type { ImageFamily } from "./family.ts";
import { javaImages } from "./java.ts";
import { javascript } from "./javascript.ts";
import { minimal } from "./minimal.ts";
import type { BaseImageFacts } from "./model.ts";
import { native } from "./native.ts";
import { scripting } from "./scripting.ts";
import { servers } from "./servers.ts";
import { readTag } from "./tag.ts";

export { hasEnded } from "./end-of-life.ts";
export type {
  BaseImageFacts,
  EndOfLife,
  ImageOs,
  ImagePackageManager,
  ImageTools,
  ImageUser,
  Runtime,
  StartUser,
  UserDialect,
} from "./model.ts";

const families: readonly ImageFamily[] = [
  ...distributions,
  ...javascript,
  ...scripting,
  ...javaImages,
  ...native,
  ...dotnet,
  ...minimal,
  ...servers,
  ...applications,
  ...community,
];

const byName: ReadonlyMap<string, ImageFamily> = new Map(
  families.flatMap((family) =>
    family.names.filter((name) => !name.endsWith("*")).map((name) => [name, family] as const),
  ),
);

const byPrefix: readonly (readonly [string, ImageFamily])[] = families.flatMap((family) =>
  family.names.filter((name) => name.endsWith("*")).map((name) => [name.slice(0, -1), family] as const),
);

/**
 * What is known of an image by its canonical name (`docker.io/library/node`) and its tag; no tag means `latest`. `undefined` where the name is
 * unknown or the tag says something that is: nothing may be concluded then. With a digest and no tag the variant is unknown: ask
 * {@link baseImageOf}.
 */
export function baseImageFacts(canonical: string, tag: string | undefined): BaseImageFacts | undefined {
  const name = originalName(canonical);
  const family = byName.get(name) ?? byPrefix.find(([prefix]) => name.startsWith(prefix))?.[1];
  const read = readTag(tag);
  const facts = family?.facts(read, name);
  if (facts === undefined) return undefined;
  const end = endOfLife(facts, read);
  return end === undefined ? facts : { ...facts, endOfLife: end };
}

/** The same for an image reference: one with a digest and no tag could be any variant, so nothing is said of it. */
export function baseImageOf(reference: {
  readonly canonical: string;
  readonly tag?: string;
  readonly digest?: string;
}): BaseImageFacts | undefined {
  if (reference.tag === undefined && reference.digest !== undefined) return undefined;
  return baseImageFacts(reference.canonical, reference.tag);
}
