import { pathToFileURL } from "node:url";
import { join } from "node:path";
import type { Rule } from "../../server/src/engine/rule.ts";
import { filesUnder, isRecord, root, textOf } from "./files.ts";

/** A rule with the file it is in, from the project's root. */
export interface RuleInFile {
  readonly path: string;
  readonly kind: string;
  readonly slug: string;
  readonly rule: Rule;
}

/** The rules as the folders hold them, whether `rules/index.ts` knows of them or not. A file with a default export is a rule. */
export async function rulesInFiles(): Promise<readonly RuleInFile[]> {
  const found: RuleInFile[] = [];
  for (const path of filesUnder("server/src/rules", ".ts")) {
    const place = /^server\/src\/rules\/([a-z]+)\/([a-z0-9-]+)\.ts$/.exec(path);
    if (place === null || !/^export default /m.test(textOf(path))) continue;
    const module: unknown = await import(pathToFileURL(join(root, path)).href);
    const rule = isRecord(module) ? module["default"] : undefined;
    if (!isRule(rule)) throw new Error(`${path}: the default export is no rule`);
    found.push({ path, kind: place[1] ?? "", slug: place[2] ?? "", rule });
  }
  const kinds = ["image", "dockerfile", "compose", "kubernetes", "ignore", "seaworthy"];
  return found.sort((a, b) => kinds.indexOf(a.kind) - kinds.indexOf(b.kind) || (a.slug < b.slug ? -1 : 1));
}

function isRule(value: unknown): value is Rule {
  return isRecord(value) && typeof value["id"] === "string" && typeof value["run"] === "function";
}
