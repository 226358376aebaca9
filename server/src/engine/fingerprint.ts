import type { ParsedFile, Unit } from "../languages/index.ts";
import type { DockerfileModel } from "../languages/dockerfile/model.ts";
import type { YamlDocument, YamlMap, YamlNode } from "../languages/yaml/node.ts";
import { shift, type Span } from "../text/span.ts";
import type { Finding } from "./finding.ts";

/**
 * What identifies a finding within its file: rule (with another tool's code, where it passes on one), the text at fault and where it stands (the keys above it, or stage and instruction), but no line
 * numbers, so it stays the same when lines move. Findings alike in all of it share one. 16 hexadecimal digits.
 */
export function fingerprint(finding: Finding, parsed: ParsedFile): string {
  const { text } = parsed.file;
  const fault = text.slice(finding.at.start, finding.at.end).replaceAll(/\s+/g, " ").trim();
  const rule = finding.code === undefined ? finding.rule : `${finding.rule} ${finding.code}`;
  return hash([rule, placeOf(finding, parsed), fault].join("\n"));
}

/** Where a finding stands, in the words of the file: `stage build > RUN`, `Deployment web > spec > template > containers[app] > image`. */
function placeOf(finding: Finding, parsed: ParsedFile): string {
  const unit = unitAt(parsed, finding.at.start);
  if (unit === undefined) return "";
  const at = shift(finding.at, -unit.base);
  const { model } = unit;
  // A pattern is its own place.
  if ("entries" in model) return "";
  return "document" in model ? yamlPlace(model.document, at) : dockerfilePlace(model, at);
}

function unitAt(parsed: ParsedFile, offset: number): Unit | undefined {
  return parsed.units.findLast((unit) => unit.base <= offset) ?? parsed.units[0];
}

function dockerfilePlace(model: DockerfileModel, at: Span): string {
  const instruction = model.instructions.find(({ span }) => span.start <= at.start && at.start <= span.end);
  if (instruction === undefined) return "";
  const { stage } = instruction;
  const name = stage === undefined ? "global" : (stage.name ?? `#${stage.index}`);
  return `stage ${name} > ${instruction.name}`;
}

function yamlPlace(document: YamlDocument, at: Span): string {
  const path: string[] = [];
  let node: YamlNode | undefined = document.root;
  if (node?.type === "map") path.push(`${textAt(node, "kind")} ${nameOf(node)}`.trim());
  while (node !== undefined) {
    let next: YamlNode | undefined;
    if (node.type === "map") {
      const entry = node.entries.find(
        ({ keySpan, value }) => keySpan.start <= at.start && at.start <= Math.max(keySpan.end, value.span.end),
      );
      if (entry !== undefined) path.push(entry.key);
      next = entry?.value;
    } else if (node.type === "seq") {
      next = node.items.find(({ span }) => span.start <= at.start && at.start <= span.end);
      // An item is known by its name: numbers change when another item is put before it.
      if (next !== undefined) path.push(`[${next.type === "map" ? nameOf(next) : ""}]`);
    }
    node = next;
  }
  return path.join(" > ");
}

function nameOf(map: YamlMap): string {
  const metadata = map.get("metadata")?.value;
  return textAt(map, "name") || (metadata?.type === "map" ? textAt(metadata, "name") : "");
}

function textAt(map: YamlMap, key: string): string {
  const value = map.get(key)?.value;
  return value?.type === "scalar" ? value.text : "";
}

/** Two 32-bit FNV-1a sums, forwards and backwards. Not for secrets: it only has to tell findings of one file apart. */
function hash(text: string): string {
  let forwards = 0x811c9dc5;
  let backwards = 0x811c9dc5;
  for (let i = 0, j = text.length - 1; i < text.length; i++, j--) {
    forwards = Math.imul(forwards ^ text.charCodeAt(i), 0x01000193);
    backwards = Math.imul(backwards ^ text.charCodeAt(j), 0x01000193);
  }
  return hex(forwards) + hex(backwards);
}

function hex(number: number): string {
  return (number >>> 0).toString(16).padStart(8, "0");
}
