import type { ServiceFacts } from "../../../knowledge/services/index.ts";
import type { ComposeMount, ComposeService } from "../../../languages/compose/model.ts";
import { oneOrMany } from "../../../languages/compose/short-syntax.ts";
import { isUnknownText } from "../../../languages/yaml/path.ts";
import { normalizePath } from "../../../text/path.ts";
import { dataArgument, dataVariable, overlaps } from "../../shared/data-paths.ts";
import { commandText } from "./services.ts";

/**
 * What becomes of the data of a service: a mount holds it, none does, or one is meant to and stands beside the directory. Then `why` is
 * `former` for the place where earlier versions had their data, and `above` for a folder over the one that the image declares as `VOLUME`.
 */
export type DataHolding =
  | { readonly kind: "held" | "lost" }
  | { readonly kind: "misplaced"; readonly mount: ComposeMount; readonly why: "former" | "above" };

/** `undefined` for a service that is not known to keep data, or where something else says where. */
export function holdingOf(
  service: ComposeService,
  facts: ServiceFacts | undefined,
): (DataHolding & { readonly directory: string }) | undefined {
  const [directory] = facts?.dataDirectories ?? [];
  if (facts?.stateful !== true || directory === undefined || isDecidedElsewhere(service)) return undefined;
  return { ...judge(service, facts, directory), directory };
}

function judge(service: ComposeService, facts: ServiceFacts, directory: string): DataHolding {
  const inMemory = oneOrMany(service.get("tmpfs")).flatMap((item) =>
    item.type === "scalar" ? [item.text.replace(/:.*$/, "")] : [],
  );
  let misplaced: DataHolding | undefined;
  for (const mount of service.mounts) {
    if (mount.target === undefined) continue;
    // An anonymous volume is lost with its container.
    if (mount.type === "volume" && mount.source === undefined) continue;
    const target = normalizePath(mount.target);
    if (target === facts.formerDirectory) misplaced = { kind: "misplaced", mount, why: "former" };
    else if (directory.startsWith(`${target}/`) && facts.declaredVolumes?.includes(directory) === true)
      misplaced ??= { kind: "misplaced", mount, why: "above" };
    else if (overlaps(target, directory)) return { kind: "held" };
  }
  if (inMemory.some((target) => overlaps(normalizePath(target), directory))) return { kind: "held" };
  return misplaced ?? { kind: "lost" };
}

/** Where the data is may be set by a variable, an argument or other services' volumes, and without a tag the version is anyone's guess. */
function isDecidedElsewhere(service: ComposeService): boolean {
  const { image } = service;
  if (image?.tag === undefined && image?.digest !== undefined) return true;
  if (
    service.get("volumes_from") !== undefined ||
    service.mounts.some(({ known, target }) => !known && (target === undefined || isUnknownText(target)))
  ) {
    return true;
  }
  if (service.environment.some(({ name }) => dataVariable.test(name))) return true;
  const command = commandText(service, "command");
  return command === undefined || commandText(service, "entrypoint") !== "" || dataArgument.test(command);
}
