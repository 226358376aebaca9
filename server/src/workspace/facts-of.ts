import type { DockerfileModel } from "../languages/dockerfile/model.ts";
import { isOfKind, type ParsedFile } from "../languages/index.ts";
import { normalizePath } from "../text/path.ts";
import { contextAsks, tellsTheSame } from "./asks.ts";
import { ignoreFacts } from "./beside.ts";
import { composeFacts } from "./compose-facts.ts";
import type { DockerfileFacts, FileFacts } from "./facts.ts";
import { manifestFacts, manifestPlaces } from "./manifest-facts.ts";

/** What a file told when it was read last. */
export interface Told {
  readonly parsed: ParsedFile;
  readonly facts: FileFacts;
}

/**
 * What a file tells the others. Paths in the facts are seen from where `parsed.file.path` is seen from. The very facts of `before`, a former reading
 * of the file, where it is plain that nothing has changed about them.
 */
export function factsOf(parsed: ParsedFile, before?: Told): FileFacts {
  const path = normalizePath(parsed.file.path);
  if (isOfKind(parsed, "dockerfile")) {
    const model = parsed.units[0]?.model;
    if (before !== undefined && isOfKind(before.parsed, "dockerfile") && before.facts.path === path) {
      const known = before.parsed.units[0]?.model;
      if (known !== undefined && model !== undefined && tellsTheSame(known, model)) return before.facts;
    }
    return { path, kind: "dockerfile", ...(model === undefined ? {} : { dockerfile: dockerfileFacts(model) }) };
  }
  if (isOfKind(parsed, "compose")) {
    return { path, kind: "compose", ...composeFacts(parsed.units, path) };
  }
  if (isOfKind(parsed, "kubernetes")) {
    const { units } = parsed;
    return {
      path,
      kind: "kubernetes",
      kubernetes: { documents: units.map(({ model }) => manifestFacts(model)) },
      kubernetesPlaces: {
        bases: units.map(({ base }) => base),
        documents: units.map(({ model }) => manifestPlaces(model)),
      },
    };
  }
  if (isOfKind(parsed, "ignore")) return ignoreFacts(path, parsed.file.text);
  return { path, kind: "other" };
}

/** Whether it is plain, without a look at what they say, that these are the facts of a reading: of a manifest whose documents told them. */
export function isToldBy(parsed: ParsedFile, { kubernetes }: FileFacts): boolean {
  if (kubernetes === undefined || !isOfKind(parsed, "kubernetes")) return false;
  const { documents } = kubernetes;
  return (
    documents.length === parsed.units.length &&
    parsed.units.every(({ model }, index) => manifestFacts(model) === documents[index])
  );
}

function dockerfileFacts(model: DockerfileModel): DockerfileFacts {
  const stage = model.finalStage;
  const ports = new Set<number>();
  for (const instruction of stage?.all("EXPOSE") ?? []) {
    if (instruction.name !== "EXPOSE") continue;
    for (const { from, to } of instruction.ports) {
      // A range of thousands is a mistake; its ends are enough to know it by.
      for (let port = from; port <= Math.min(to, from + 100); port++) ports.add(port);
    }
  }
  const healthcheck = stage?.last("HEALTHCHECK");
  const base = stage?.baseImage;
  return {
    stages: model.stages.flatMap(({ name }) => name ?? []),
    args: argsOf(model),
    ports: [...ports],
    user: stage?.last("USER")?.words[0]?.resolved,
    healthcheck: healthcheck?.name === "HEALTHCHECK" ? !healthcheck.none : undefined,
    base: base?.text.includes("$") === true ? undefined : base,
    asks: contextAsks(model),
  };
}

function argsOf({ instructions }: DockerfileModel): readonly string[] {
  const written = instructions.flatMap((instruction) =>
    instruction.name === "ARG" ? instruction.pairs.map(({ name }) => name) : [],
  );
  return [...new Set(written)];
}
