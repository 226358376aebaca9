import type { YamlLayout, YamlMap, YamlNode, YamlSequence } from "./node.ts";

interface Measured {
  step?: number;
  sequenceStep?: number;
  dashGap?: number;
}

/** How a node and what is in it is written: the first of each that is found within its first `most` nodes. */
export function measureLayout(text: string, root: YamlNode | undefined, most: number): YamlLayout {
  const found: Measured = {};
  const queue: YamlNode[] = root === undefined ? [] : [root];
  for (let i = 0; i < queue.length && i < most; i++) {
    const node = queue[i];
    if (node === undefined || node.alias !== undefined || node.type === "scalar" || node.flow) continue;
    if (node.type === "map") measureMap(node, found, queue);
    else measureSequence(text, node, found, queue);
    if (found.step !== undefined && found.sequenceStep !== undefined && found.dashGap !== undefined) break;
  }
  return { ...found, json: isJson(text, root) };
}

function measureMap(map: YamlMap, found: Measured, queue: YamlNode[]): void {
  for (const { value, merged } of map.entries) {
    if (merged !== undefined || value.alias !== undefined || value.type === "scalar" || value.flow) continue;
    const by = (value.column ?? 0) - (map.column ?? 0);
    if (value.type === "seq" && by >= 0) found.sequenceStep ??= by;
    else if (value.type === "map" && by > 0) found.step ??= by;
    queue.push(value);
  }
}

function measureSequence(text: string, sequence: YamlSequence, found: Measured, queue: YamlNode[]): void {
  const start = sequence.starts?.[0];
  const gap = start === undefined ? undefined : /^-( +)[^ \r\n#&!]/.exec(text.slice(start, start + 12))?.[1];
  if (gap !== undefined) found.dashGap ??= gap.length;
  for (const item of sequence.items) queue.push(item);
}

/** Whether a root is in flow style and all its keys are in double quotes. */
function isJson(text: string, root: YamlNode | undefined): boolean {
  if (root === undefined || root.type === "scalar" || !root.flow) return false;
  const entries =
    root.type === "map" ? root.entries : root.items.flatMap((item) => (item.type === "map" ? item.entries : []));
  return entries.length > 0 && entries.every(({ keySpan }) => text[keySpan.start] === '"');
}
