export { factsWith, hasHealthcheck, portsOf, startUserOf } from "./described.ts";
export type { FoundDigest, ImageDescription, ListedManifest } from "./description.ts";
export { imageKey, tagKey } from "./key.ts";
export type { ImageReference, ImageUse } from "./reference.ts";
export { dockerHub, isDigest, parseImageReference } from "./parse.ts";
export { type TagMeaning, tagMeaning } from "./tag.ts";
export {
  contextName,
  familiarName,
  isDockerOfficial,
  nameAsWritten,
  pinnedText,
  registryOf,
  withDigest,
  withTag,
} from "./name.ts";
