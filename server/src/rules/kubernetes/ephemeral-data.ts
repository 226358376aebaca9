import { defineRule } from "../../engine/rule.ts";
import { type ServiceFacts, serviceFacts } from "../../knowledge/services/index.ts";
import type { Container, PodTemplate, Resource } from "../../languages/kubernetes/model.ts";
import type { YamlNode } from "../../languages/yaml/node.ts";
import { entryAt, getPath, isUnknown, itemsOf, scalarText } from "../../languages/yaml/path.ts";
import type { Span } from "../../text/span.ts";
import { normalizePath } from "../../text/path.ts";
import { dataArgument, dataVariable, overlaps } from "../shared/data-paths.ts";
import { titleOf } from "./shared/availability.ts";
import { statefulSetWith } from "./shared/availability-example.ts";
import { workloadsOf } from "./shared/workloads.ts";

export default defineRule("kubernetes", {
  slug: "ephemeral-data",
  summary: "A database or another service with data keeps it in the pod, where the next restart elsewhere loses it.",
  why: `What a container writes goes with the container, and an \`emptyDir\` goes with the pod: an update, a drained node, an eviction, and the database is empty again. It works in
every test, since nothing there ever moves.

The data directory of the image belongs on a volume that outlives the pod: \`volumeClaimTemplates\` of a StatefulSet, or a PersistentVolumeClaim. The directory is not the same for every
version: PostgreSQL 18 keeps its data below \`/var/lib/postgresql\` and no longer in \`…/data\`. Leave it where the data may go, as in a demonstration, or say so with an \`emptyDir\` in
memory.`,
  category: "storage",
  severity: "warning",
  preset: "recommended",
  since: "0.1.0",
  aliases: [],
  references: ["https://kubernetes.io/docs/concepts/storage/persistent-volumes/"],
  fix: null,
  keys: ["image"],
  examples: [{ bad: database(""), good: database(mount()), fixed: false }],
  *check(model) {
    for (const { resource, pod, whole } of workloadsOf(model)) {
      if (!whole || pod.batch) continue;
      for (const container of pod.containers) {
        const { image } = container;
        if (container.role !== "main" || image === undefined) continue;
        const facts = serviceFacts(image.canonical, image.tag);
        const [directory] = facts?.dataDirectories ?? [];
        if (facts?.stateful !== true || directory === undefined || isDecidedElsewhere(container)) continue;
        const held = holding(resource, pod, container, directory, facts);
        if (held === "held") continue;
        yield {
          at: held?.at ?? container.at,
          // Who writes out an `emptyDir` for dashboards or metrics may well have them from elsewhere.
          ...(held === undefined || keeping.has(facts.category) ? {} : { severity: "info" as const }),
          message:
            held === undefined
              ? `${facts.name} keeps its data in \`${directory}\`, where nothing is mounted, so ${titleOf(resource, "within")} loses it with the pod: mount a PersistentVolumeClaim there.`
              : `The data of ${facts.name} lies in an \`emptyDir\`, so ${titleOf(resource, "within")} loses it with the pod: use a PersistentVolumeClaim.`,
        };
      }
    }
  },
});

/** What is run for the sake of its data. */
const keeping: ReadonlySet<ServiceFacts["category"]> = new Set([
  "database",
  "identity",
  "mail",
  "queue",
  "registry",
  "search",
  "secrets",
  "storage",
]);

/** `held` by something that outlives the pod or is not known; the place of the volume that does not; `undefined` where nothing is mounted. */
function holding(
  resource: Resource,
  pod: PodTemplate,
  container: Container,
  directory: string,
  { formerDirectory }: ServiceFacts,
): "held" | { readonly at: Span } | undefined {
  const mounts = container.get("volumeMounts");
  if (mounts !== undefined && mounts.type !== "seq") return "held";
  let lost: { readonly at: Span } | undefined;
  for (const mount of itemsOf(mounts)) {
    const path = getPath(mount, "mountPath");
    const target = scalarText(path);
    const name = scalarText(getPath(mount, "name"));
    if (target === undefined || name === undefined || isUnknown(path, "kubernetes")) return "held";
    const place = normalizePath(target);
    // The image refuses to start with a volume at the place where former versions had their data; another matter than losing it.
    if (place === formerDirectory) return "held";
    if (!overlaps(place, directory)) continue;
    const volume = itemsOf(pod.get("volumes")).find((item) => scalarText(getPath(item, "name")) === name);
    const empty = entryAt(volume, "emptyDir");
    if (volume === undefined || empty === undefined) {
      // A script or a configuration file in the data directory holds no data.
      if (volume !== undefined && ["configMap", "secret"].some((kind) => entryAt(volume, kind) !== undefined)) continue;
      return "held";
    }
    if (scalarText(getPath(empty.value, "medium")) === "Memory") return "held";
    lost = { at: empty.keySpan };
  }
  return lost;
}

/** Where the data is may be set by a variable or an argument, and without a tag the version is anyone's guess. */
function isDecidedElsewhere(container: Container): boolean {
  const { image, env } = container;
  if (image?.tag === undefined && image?.digest !== undefined) return true;
  if (container.get("envFrom") !== undefined || env.some(({ name }) => dataVariable.test(name))) return true;
  if (container.get("command") !== undefined) return true;
  return texts(container.get("args")).some((text) => dataArgument.test(text));
}

function texts(node: YamlNode | undefined): readonly string[] {
  return itemsOf(node).flatMap((item) => scalarText(item) ?? []);
}

function mount(): string {
  return "          volumeMounts:\n            - name: data\n              mountPath: /var/lib/postgresql\n";
}

function database(mounts: string): string {
  const end =
    mounts === ""
      ? []
      : [
          "volumeClaimTemplates:",
          "  - metadata:",
          "      name: data",
          "    spec:",
          "      accessModes:",
          "        - ReadWriteOnce",
          "      resources:",
          "        requests:",
          "          storage: 10Gi",
        ];
  return statefulSetWith({ end })
    .replace(/image: \S+/, "image: docker.io/library/postgres:18.1")
    .replace("          readinessProbe:", `${mounts}          readinessProbe:`);
}
