export type { ComposeModel, ComposeMount, ComposePort, ComposeService, ComposeVariable } from "./model.ts";
export { parseCompose } from "./parse.ts";
