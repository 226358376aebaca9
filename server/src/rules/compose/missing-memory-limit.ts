import { defineRule, type Fix } from "../../engine/rule.ts";
import type { ComposeModel, ComposeService } from "../../languages/compose/model.ts";
import { setPath } from "../../languages/yaml/edit.ts";
import type { YamlEntry } from "../../languages/yaml/node.ts";
import { getPath, isUnknown, scalarText } from "../../languages/yaml/path.ts";
import type { Span } from "../../text/span.ts";
import { composeWith } from "./shared/example.ts";
import { commandText, factsOf, lastingServices } from "./shared/services.ts";

export default defineRule("compose", {
  slug: "missing-memory-limit",
  summary: "A service may use all of the host's memory.",
  why: `Without a limit one leak takes the memory of the whole machine, and the kernel then kills whatever it likes best: often the database, sometimes
the engine. With one, the service at fault is killed and starts again.

The right number is measured, not guessed: what \`docker stats\` shows under load, and half as much again. Runtimes that size themselves by the
container's memory (the JVM, .NET, Node.js) need the limit to do so. A limit that is too low kills a healthy service, so watch it after the change.`,
  category: "resources",
  severity: "info",
  preset: "recommended",
  since: "0.1.0",
  aliases: ["compose-lint:CL-0026", "kics:memory_not_limited"],
  references: [
    "https://docs.docker.com/reference/compose-file/deploy/#resources",
    "https://docs.docker.com/engine/containers/resource_constraints/#memory",
  ],
  fix: "review",
  examples: [
    {
      bad: composeWith({ memory: [] }),
      good: composeWith({ memory: [], own: ["mem_limit: 512m"] }),
    },
  ],
  *check(model) {
    for (const service of lastingServices(model)) {
      const short = service.entry("mem_limit");
      const long = service.entry("deploy", "resources", "limits", "memory");
      const written = [short, long].filter((entry) => entry !== undefined && scalarText(entry.value) !== undefined);
      if (written.some((entry) => limits(entry))) continue;
      const [void_] = written;
      yield {
        at: void_?.value.span ?? placeOf(service),
        message:
          void_ === undefined
            ? `\`${service.name}\` may use all of the host's memory: limit it to what it needs at its busiest, and some more.`
            : `\`${scalarText(void_.value) ?? ""}\` limits nothing, so \`${service.name}\` may use all of the host's memory: give an amount such as \`512m\`.`,
        fixes: () => fixes(model, service, written),
      };
    }
  },
});

/** Whether the value is an amount above zero, or decided elsewhere. */
function limits(entry: YamlEntry | undefined): boolean {
  if (isUnknown(entry?.value)) return true;
  const amount = /^(\d+(?:\.\d+)?)\s*(?:[kmgt]i?b?|b)?$/i.exec(scalarText(entry?.value)?.trim() ?? "")?.[1];
  return amount !== undefined && Number(amount) > 0;
}

/** The innermost key under which the limit would stand, else the service's own. */
function placeOf(service: ComposeService): Span {
  for (const path of [["deploy", "resources", "limits"], ["deploy", "resources"], ["deploy"]]) {
    const entry = service.entry(...path);
    if (entry !== undefined && entry.merged === undefined && entry.value.alias === undefined && isOwn(service, path)) {
      return entry.keySpan;
    }
  }
  return service.keySpan;
}

/** Written in the service itself rather than in one it extends or an anchor. */
function isOwn({ map }: ComposeService, path: readonly string[]): boolean {
  const node = getPath(map, ...path);
  const start = map.span.start;
  return map.alias === undefined && node !== undefined && start <= node.span.start && node.span.end <= map.span.end;
}

function fixes(
  model: ComposeModel,
  service: ComposeService,
  written: readonly (YamlEntry | undefined)[],
): readonly Fix[] {
  const long = inDeploy(model, service);
  const amount = amountFor(service);
  if (amount === undefined) return [];
  const value = long ? amount.toUpperCase() : amount;
  const path = long ? ["deploy", "resources", "limits", "memory"] : ["mem_limit"];
  // One that limits nothing and stands elsewhere would contradict the new one.
  if (written.some((entry) => entry !== undefined && entry !== service.entry(...path))) return [];
  const edits = setPath(model.document, service.map, path, value);
  return edits === undefined
    ? []
    : [
        {
          title: `Limit the memory of \`${service.name}\` to \`${value}\` (measure first: beyond it the service is killed)`,
          safety: "review",
          edits,
        },
      ];
}

/** Whether the limit goes below `deploy`: where a stack needs it there, the service has resources there, or the file's others do. */
function inDeploy(model: ComposeModel, service: ComposeService): boolean {
  if (model.dialect === "stack" || service.get("deploy", "resources") !== undefined) return true;
  if (service.get("mem_limit") !== undefined || service.get("cpus") !== undefined) return false;
  if (model.services.some((other) => other.get("mem_limit") !== undefined)) return false;
  // Files of version 3 were only ever allowed to say it there.
  const version = scalarText(model.root.get("version")?.value) ?? "";
  return version.startsWith("3") || model.services.some((other) => other.get("deploy", "resources") !== undefined);
}

const large: ReadonlySet<string> = new Set([
  "Cassandra",
  "Elasticsearch",
  "Keycloak",
  "Logstash",
  "Nexus Repository",
  "OpenSearch",
  "Oracle Database",
  "SonarQube",
  "SQL Server",
]);

/** Programs that often take gigabytes, by words in the names of images that are not known otherwise. */
const heavy =
  /sql|oracle|weblogic|websphere|elastic|opensearch|kafka|solr|cassandra|gitlab|jenkins|nexus|sonar|keycloak|wildfly|spark|hadoop|flink|minecraft|llm|llama|cuda|pytorch|tensorflow|android|selenium/i;

/** An amount with which the service starts and does ordinary work; `undefined` where any would be a guess. */
function amountFor(service: ComposeService): string | undefined {
  const heap = heapOf(service);
  if (heap === "unknown") return undefined;
  // A JVM needs about half as much again beside its heap.
  if (heap !== undefined) return `${Math.ceil((heap * 1.5) / 256) * 256}m`;
  const facts = factsOf(service);
  if (facts === undefined) {
    const isBuilt = service.build !== undefined;
    return !isBuilt && (service.image === undefined || heavy.test(service.image.canonical)) ? undefined : "512m";
  }
  if (facts.name === "GitLab") return "8g";
  if (large.has(facts.name)) return "4g";
  if (["database", "queue", "search"].includes(facts.category)) return "1g";
  return facts.category === "ci" || facts.category === "testing" ? "2g" : "512m";
}

/** The largest heap that an option such as `-Xmx2g` gives a JVM, in megabytes. */
function heapOf(service: ComposeService): number | "unknown" | undefined {
  const texts = [commandText(service, "command"), ...service.environment.map(({ value }) => value)];
  let most: number | undefined;
  for (const text of texts) {
    for (const [, digits, unit = ""] of (text ?? "").matchAll(/-Xmx(?:(\d+)([kmg]?)|\$)/gi)) {
      if (digits === undefined) return "unknown";
      const bytes = Number(digits) * (scale[unit.toLowerCase()] ?? 1);
      most = Math.max(most ?? 0, bytes / 2 ** 20);
    }
  }
  return most;
}

const scale: Readonly<Record<string, number>> = { k: 2 ** 10, m: 2 ** 20, g: 2 ** 30 };
