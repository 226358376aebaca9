import { defineRule } from "../../engine/rule.ts";
import type { Resource } from "../../languages/kubernetes/model.ts";
import { setPath } from "../../languages/yaml/edit.ts";
import type { YamlEntry, YamlMap } from "../../languages/yaml/node.ts";
import { asMap, entryAt, getPath, isNull, itemsOf, scalarText } from "../../languages/yaml/path.ts";
import { reviewed } from "../shared/edit-fixes.ts";
import { isAppsKind } from "./shared/availability.ts";

export default defineRule("kubernetes", {
  slug: "invalid-claim",
  summary: "A claim for storage that Kubernetes refuses: without a size or an access mode.",
  why: `A PersistentVolumeClaim has to say how much it wants and how it will be mounted; the schema calls both optional and the API server refuses a claim without them. In the
\`volumeClaimTemplates\` of a StatefulSet it is worse: the set is accepted, its controller cannot make the claim, and no pod ever appears.

\`ReadWriteOncePod\` stands alone; beside another mode it is refused, too.`,
  category: "storage",
  severity: "error",
  preset: "minimal",
  since: "0.1.0",
  aliases: [],
  references: ["https://kubernetes.io/docs/concepts/storage/persistent-volumes/#persistentvolumeclaims"],
  fix: "review",
  examples: [
    { bad: claim(""), good: claim("  accessModes:\n    - ReadWriteOnce\n") },
    {
      bad: claim("  accessModes:\n    - ReadWriteOnce\n").replace(size(), ""),
      good: claim("  accessModes:\n    - ReadWriteOnce\n"),
      fixed: false,
    },
  ],
  *check(model) {
    for (const resource of model.resources) {
      for (const { spec, at, whole } of claimsOf(resource)) {
        const modes = itemsOf(getPath(spec, "accessModes"));
        const alone = modes.find((mode) => scalarText(mode) === "ReadWriteOncePod");
        if (alone !== undefined && modes.length > 1) {
          yield {
            at: alone.span,
            message: "Kubernetes refuses `ReadWriteOncePod` beside another access mode: keep one of them.",
          };
        }
        if (!whole || model.templated) continue;
        const given = getPath(spec, "accessModes");
        if (given === undefined || isNull(given) || (given.type === "seq" && modes.length === 0)) {
          yield {
            at: entryAt(spec, "accessModes")?.keySpan ?? at,
            message:
              "Kubernetes refuses a claim without an access mode: add `accessModes`, such as `ReadWriteOnce` for one node at a time.",
            fixes: () =>
              reviewed(
                "Mount it on one node at a time, `ReadWriteOnce` (for several nodes the storage has to be able to do that)",
                setPath(model.document, spec, ["accessModes"], ["ReadWriteOnce"], { position: "start" }),
              ),
          };
        }
        const wanted = getPath(spec, "resources", "requests", "storage");
        const resources = getPath(spec, "resources");
        if (
          (wanted === undefined || isNull(wanted)) &&
          (resources === undefined || resources.type === "map" || isNull(resources))
        ) {
          yield {
            at: entryAt(spec, "resources")?.keySpan ?? at,
            message:
              "Kubernetes refuses a claim that does not say how much it wants: add `resources.requests.storage`.",
          };
        }
      }
    }
  },
});

interface Claim {
  readonly spec: YamlMap;
  readonly at: YamlEntry["keySpan"];
  readonly whole: boolean;
}

/** A claim of its own, those that a StatefulSet makes, and ephemeral ones of pods. */
function claimsOf(resource: Resource): readonly Claim[] {
  const whole = !resource.partial;
  const claim = (holder: Parameters<typeof getPath>[0]): readonly Claim[] => {
    const entry = entryAt(holder, "spec");
    const spec = asMap(entry?.value);
    return entry === undefined || spec === undefined ? [] : [{ spec, at: entry.keySpan, whole }];
  };
  if (resource.apiVersion === "v1" && resource.resourceKind === "PersistentVolumeClaim") return claim(resource.map);
  const made = itemsOf(resource.pod?.get("volumes")).flatMap((volume) =>
    claim(getPath(volume, "ephemeral", "volumeClaimTemplate")),
  );
  if (!isAppsKind(resource, "StatefulSet")) return made;
  return [...itemsOf(resource.get("spec", "volumeClaimTemplates")).flatMap(claim), ...made];
}

function size(): string {
  return "  resources:\n    requests:\n      storage: 10Gi\n";
}

function claim(modes: string): string {
  return `apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata:\n  name: data\nspec:\n${modes}${size()}`;
}
