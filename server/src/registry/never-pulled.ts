import { isOfKind, type ParsedFile } from "../languages/index.ts";
import { scalarText } from "../languages/yaml/path.ts";

/**
 * Where a file names images that its pull policies say are never pulled, by their starts in the whole file: they are built or loaded on the machine, so their
 * names mean nothing to a registry. A text that several services share is none as long as one of them pulls it.
 */
export function neverPulled(parsed: ParsedFile): ReadonlySet<number> {
  const local = new Set<number>();
  const pulled = new Set<number>();
  const add = (start: number | undefined, isLocal: boolean): void => {
    if (start !== undefined) (isLocal ? local : pulled).add(start);
  };
  if (isOfKind(parsed, "compose")) {
    for (const { base, model } of parsed.units) {
      for (const service of model.services) {
        const policy = scalarText(service.get("pull_policy")) ?? "";
        add(placeOf(service.imageUse, base), /^(?:never|build)$/.test(policy));
      }
    }
  } else if (isOfKind(parsed, "kubernetes")) {
    for (const { base, model } of parsed.units) {
      for (const container of model.resources.flatMap(({ pod }) => pod?.containers ?? [])) {
        add(placeOf(container.imageUse, base), scalarText(container.get("imagePullPolicy")) === "Never");
      }
    }
  }
  for (const start of pulled) local.delete(start);
  return local;
}

function placeOf(use: { readonly span: { readonly start: number } } | undefined, base: number): number | undefined {
  return use === undefined ? undefined : use.span.start + base;
}
