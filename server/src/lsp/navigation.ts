import type { Location, Position } from "vscode-languageserver";
import { parseFile } from "../languages/index.ts";
import type { Abilities } from "./abilities.ts";
import type { Checked } from "./checker.ts";
import { placesOf } from "./convert.ts";
import { definitionsOf, type FilePlace, type Surroundings } from "./definition.ts";
import type { Documents } from "./documents.ts";
import type { Files } from "./files.ts";
import { type ManifestSymbol, symbolAt } from "./manifest-symbols.ts";
import { mentionsOf } from "./references.ts";
import { keyOf, siblingUri } from "./uri.ts";

/** The ways from one word of a manifest to others that stand for the same. Nothing in any other file. */
export interface Navigation {
  definitions(checked: Checked, position: Position): Promise<Location[]>;
  /** `declared`: with the places where it is written. */
  references(checked: Checked, position: Position, declared: boolean): Promise<Location[]>;
}

export function createNavigation(
  documents: Documents,
  files: Files,
  { encoding }: Pick<Abilities, "encoding">,
): Navigation {
  /** Each file is read once for one question, however many of its documents are asked. */
  function named(
    { document, outcome }: Checked,
    position: Position,
  ): { readonly symbol: ManifestSymbol; readonly around: Surroundings } | undefined {
    if (outcome.type !== "report") return undefined;
    const { report, folder } = outcome;
    const found = symbolAt(report.parsed, document.places.offset(position));
    if (found === undefined) return undefined;
    const opened = new Map<string, ReturnType<Surroundings["open"]>>();
    const around: Surroundings = {
      workspace: folder.workspace.view(document.path),
      manifests: folder.workspace.paths("kubernetes"),
      open(path) {
        const known = opened.get(path);
        if (known !== undefined) return known;
        const reading = files
          .read(siblingUri(document.uri, path))
          .then((text) => (text === undefined ? undefined : parseFile({ path, text })));
        opened.set(path, reading);
        return reading;
      },
    };
    return { symbol: found.symbol, around };
  }

  async function locationsOf({ document }: Checked, places: readonly FilePlace[]): Promise<Location[]> {
    const found = places.map(async ({ path, span }): Promise<Location[]> => {
      const uri = siblingUri(document.uri, path);
      const open = documents.byKey(keyOf(uri));
      const text = open?.text ?? (await files.read(uri));
      if (text === undefined) return [];
      const places = open?.places ?? placesOf(text, encoding);
      return [{ uri: open?.uri ?? uri, range: places.range(span) }];
    });
    return (await Promise.all(found)).flat();
  }

  return {
    async definitions(checked, position) {
      const found = named(checked, position);
      return found === undefined ? [] : locationsOf(checked, await definitionsOf(found.symbol, found.around));
    },
    async references(checked, position, declared) {
      const found = named(checked, position);
      return found === undefined ? [] : locationsOf(checked, await mentionsOf(found.symbol, found.around, declared));
    },
  };
}
