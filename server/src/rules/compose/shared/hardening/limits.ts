import { setPath, type YamlValue } from "../../../../languages/yaml/edit.ts";
import type { TextEdit } from "../../../../text/edit.ts";
import { contains } from "../../../../text/span.ts";
import { cpusFor, limitsInDeploy, memoryFor, pidsFor, takesPids } from "../limits.ts";
import { isSetElsewhere } from "../services.ts";
import { addKey, inserted, type Hardened, type HardeningPart, isOpen } from "./part.ts";

interface Limit {
  readonly short: string;
  readonly long: string;
  /** `undefined` where any would be a guess. */
  readonly value: number | string | undefined;
  readonly title: string;
}

/** Limits of memory, CPU and processes that are missing, in the keys the file uses for them. All of them are to be measured, so none is certain. */
export function limits(hardened: Hardened): readonly HardeningPart[] {
  const { model, service } = hardened;
  const missing = limitsFor(hardened).filter(
    ({ short, long, value }) => value !== undefined && isUnlimited(hardened, short, long),
  );
  if (!limitsInDeploy(model, service)) {
    return missing.flatMap(({ short, value, title }) => {
      const edits = value === undefined ? undefined : addKey(hardened, short, value);
      return edits === undefined ? [] : [part(short, title, edits)];
    });
  }
  const possible = missing.filter(({ long }) => long !== "pids" || takesPids(model));
  if (possible.length === 0 || isReached(hardened)) return [];
  if (service.map.get("deploy") !== undefined && service.get("deploy", "resources", "limits") !== undefined) {
    return possible.flatMap(({ long, value, title }) => {
      const edits =
        value === undefined
          ? undefined
          : inserted(model, setPath(model.document, service.map, ["deploy", "resources", "limits", long], value));
      return edits === undefined ? [] : [part("deploy", title, edits)];
    });
  }
  const record: Readonly<Record<string, YamlValue>> = Object.fromEntries(
    possible.flatMap(({ long, value }) => (value === undefined ? [] : [[long, value]])),
  );
  const edits = inserted(model, setPath(model.document, service.map, ["deploy", "resources", "limits"], record));
  return edits === undefined ? [] : [part("deploy", possible.map(({ title }) => title).join("; "), edits)];
}

function part(key: string, title: string, edits: readonly TextEdit[]): HardeningPart {
  return { keys: [key], missing: "limits", title, edits: () => edits, certain: false };
}

function limitsFor({ model, service }: Hardened): readonly Limit[] {
  const memory = memoryFor(service);
  const amount = memory !== undefined && limitsInDeploy(model, service) ? memory.toUpperCase() : memory;
  const cpus = cpusFor(service);
  const pids = pidsFor(service);
  return [
    {
      short: "mem_limit",
      long: "memory",
      value: amount,
      title: `Limit memory to ${amount ?? ""} (measure first: beyond it the service is killed)`,
    },
    {
      short: "cpus",
      long: "cpus",
      // Below `deploy` older files only take a text.
      value: limitsInDeploy(model, service) ? String(cpus) : cpus,
      title: `Limit the service to ${cpus} ${cpus === 1 ? "CPU" : "CPUs"} (measure first: at its busiest it is slowed down)`,
    },
    {
      short: "pids_limit",
      long: "pids",
      value: pids,
      title: `Limit processes and threads to ${pids} (beyond that it cannot start more)`,
    },
  ];
}

function isUnlimited(hardened: Hardened, short: string, long: string): boolean {
  return isOpen(hardened, short) && isOpen(hardened, "deploy", "resources", "limits", long);
}

/** Whether the maps around the limits come from elsewhere or are used elsewhere as well, where the limits would then hold too. */
function isReached({ service, workspace }: Hardened): boolean {
  const paths = [["deploy"], ["deploy", "resources"], ["deploy", "resources", "limits"]];
  return (
    paths.some((path) => {
      const entry = service.entry(...path);
      if (entry === undefined) return false;
      const { anchor, alias } = entry.value;
      return (
        anchor !== undefined ||
        alias !== undefined ||
        entry.merged !== undefined ||
        !contains(service.map.span, entry.keySpan)
      );
    }) || isSetElsewhere(workspace, service.name, "deploy")
  );
}
