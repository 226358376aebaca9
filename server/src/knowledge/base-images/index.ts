export type { BaseImageFacts } from "./model.ts";
