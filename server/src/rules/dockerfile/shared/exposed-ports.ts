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

/** Whether a stage exposes a TCP port, by itself or within a range, or a port that nobody knows. */
export function exposes(stage: Stage, port: number): boolean {
  return stage.all("EXPOSE").some((instruction) => {
    if (instruction.name !== "EXPOSE") return false;
    const known = instruction.ports.some(({ from, to, protocol }) => protocol === "tcp" && from <= port && port <= to);
    return known || instruction.words.some(({ resolved }) => resolved === undefined);
  });
}
