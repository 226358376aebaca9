import type { Stage } from "../../../languages/dockerfile/model.ts";

/** The TCP ports a stage exposes, in the order of the file; the first one of a range. */
export function exposedPorts(stage: Stage): readonly number[] {
  const ports: number[] = [];
  for (const instruction of stage.all("EXPOSE")) {
    if (instruction.name !== "EXPOSE") continue;
    for (const { from, protocol } of instruction.ports) {
      if (protocol === "tcp" && !ports.includes(from)) ports.push(from);
    }
  }
  return ports;
}
