import type { ComposeModel, ComposeService } from "../../../languages/compose/model.ts";
import { setPath } from "../../../languages/yaml/edit.ts";
import type { TextEdit } from "../../../text/edit.ts";
import type { WorkspaceView } from "../../../workspace/workspace.ts";
import { joined } from "../../shared/joined-edits.ts";
import { healthOf } from "./health.ts";
import { inLongForm } from "./long-dependencies.ts";
import { jobsOf } from "./services.ts";

type Dependency = ComposeService["dependsOn"][number];

/** A condition is written, known or not. */
export function isDecided({ condition, node }: Dependency): boolean {
  return condition !== undefined || (node.type === "map" && node.get("condition") !== undefined);
}

/** Tells the names of services that have a health check and go on running. */
export function checkedIn(model: ComposeModel, workspace: WorkspaceView): (name: string) => boolean {
  const isJob = jobsOf(model);
  const known = new Map<string, boolean>();
  return (name) => {
    const before = known.get(name);
    if (before !== undefined) return before;
    const service = model.service(name);
    const checked =
      service !== undefined &&
      !service.open &&
      !isJob(service) &&
      ["here", "image"].includes(healthOf(service, workspace));
    known.set(name, checked);
    return checked;
  };
}

/**
 * `depends_on` of a service in its long form, waiting for the health of those that `isReadyLater` tells; the others are waited for as before. `undefined`
 * where there is nothing to change, or it cannot be changed without harm.
 */
export function waitingFor(
  model: ComposeModel,
  service: ComposeService,
  isReadyLater: (name: string) => boolean,
): { readonly names: readonly string[]; readonly edits: readonly TextEdit[] } | undefined {
  const written = service.map.get("depends_on")?.value;
  // What comes from an extended service is changed where that is.
  if (written === undefined || service.get("depends_on") === undefined) return undefined;
  const own = service.dependsOn.filter(({ span }) => written.span.start <= span.start && span.end <= written.span.end);
  const waited = own.filter((dependency) => !isDecided(dependency) && isReadyLater(dependency.service));
  if (waited.length === 0) return undefined;
  const edits =
    written.type === "seq"
      ? inLongForm(model, service, (name) => ({
          condition: isReadyLater(name) ? "service_healthy" : "service_started",
        }))
      : joined(
          model.document.text,
          waited.map((dependency) =>
            setPath(model.document, service.map, ["depends_on", dependency.service, "condition"], "service_healthy"),
          ),
        );
  return edits && { names: waited.map((dependency) => dependency.service), edits };
}
