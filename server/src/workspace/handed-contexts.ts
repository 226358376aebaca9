import { contextName, parseImageReference } from "../languages/image/index.ts";
import { isList, isRecord } from "./compose-values.ts";
import type { ComposeValue } from "./facts.ts";
import type { WorkspaceView } from "./workspace.ts";

/**
 * The names, written as by `contextName`, under which Compose files hand build contexts to the builds of this Dockerfile (`additional_contexts`): a FROM of such a
 * name takes that context, and pulls nothing.
 */
export function handedContexts(workspace: WorkspaceView): ReadonlySet<string> {
  const names = workspace.builders().flatMap(({ service }) => contextsIn(service.value));
  return new Set(
    names.map((name) => {
      const reference = parseImageReference(name);
      return reference === undefined ? name : contextName(reference);
    }),
  );
}

/** As a map, or as a list of `name=place`. */
function contextsIn(service: ComposeValue): readonly string[] {
  const build = isRecord(service) ? service["build"] : undefined;
  const contexts = isRecord(build) ? build["additional_contexts"] : undefined;
  if (isList(contexts)) {
    return contexts.flatMap((entry) => (typeof entry === "string" ? (entry.split("=", 1)[0] ?? []) : []));
  }
  return isRecord(contexts) ? Object.keys(contexts) : [];
}
