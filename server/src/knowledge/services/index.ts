export type { ServiceFacts } from "./model.ts";
