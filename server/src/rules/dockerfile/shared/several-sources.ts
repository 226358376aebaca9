import type { TransferInstruction } from "../../../languages/dockerfile/model.ts";

/** Whether several sources are to go into what is written as a file, which builders refuse. */
export function needsFolder({ sources, destination }: TransferInstruction): boolean {
  return sources.length > 1 && destination !== undefined && !isFolder(destination.text) && !destination.variable;
}

function isFolder(path: string): boolean {
  return /[\\/]["']?$/.test(path) || /(?:^|[\\/"'])\.\.?["']?$/.test(path);
}
