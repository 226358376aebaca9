import { defineRule, type Fix } from "../../engine/rule.ts";
import type { ComposeModel, ComposeService } from "../../languages/compose/model.ts";
import { aliasTo, anchored, insertTopLevel, setPath, type YamlValue } from "../../languages/yaml/edit.ts";
import type { YamlNode } from "../../languages/yaml/node.ts";
import { entriesOf, getPath, isUnknown, scalarText } from "../../languages/yaml/path.ts";
import type { TextEdit } from "../../text/edit.ts";
import { reviewed } from "../shared/edit-fixes.ts";
import { composeWith } from "./shared/example.ts";
import { boundedLogging, boundedOptions } from "./shared/logging.ts";
import { oncePerMap, saidOnce } from "./shared/said-once.ts";
import { isSetElsewhere, lastingServices } from "./shared/services.ts";

export default defineRule("compose", {
  slug: "unbounded-logs",
  summary: "A service's log grows without limit and fills the host's disk.",
  why: `Docker's default log driver, \`json-file\`, keeps everything a container ever printed in one file and never turns it over. After months, or after one
night of a loop that prints an error, the disk is full: databases stop writing and nobody can log in to look why.

\`max-size\` and \`max-file\` bound it; the \`local\` driver does so by itself. Leave it where \`/etc/docker/daemon.json\` of every machine sets \`log-opts\` or
another driver, or where the engine is Podman, which writes to the journal. Of more than three services of a file it is said once, at \`services\`.`,
  category: "observability",
  severity: "info",
  preset: "recommended",
  since: "0.1.0",
  aliases: [],
  references: [
    "https://docs.docker.com/engine/logging/configure/",
    "https://docs.docker.com/engine/logging/drivers/json-file/",
  ],
  fix: "review",
  examples: [
    {
      bad: composeWith({ logging: [] }),
      good: composeWith({
        logging: [],
        own: ["logging:", "  driver: json-file", "  options:", "    max-size: 10m", '    max-file: "3"'],
      }),
    },
  ],
  reads: "workspace",
  *check(model, _options, workspace) {
    const lacking = lastingServices(model, workspace).filter(
      (service) => isUnbounded(service) && !isSetElsewhere(workspace, service, "logging"),
    );
    const silent = lacking.filter((service) => service.entry("logging") === undefined);
    const once = saidOnce(model, silent);
    if (once !== undefined) {
      yield {
        at: once.at,
        message: `The logs of ${once.whose} grow until the disk is full: add \`logging\` with \`max-size\` and \`max-file\`.`,
        fixes: () => {
          const together = forAll(model, silent);
          return together.length > 0 ? together : forEach(model, silent);
        },
      };
    }
    const seen = new Set<number>();
    for (const service of once === undefined ? lacking : lacking.filter((one) => one.entry("logging") !== undefined)) {
      const entry = service.entry("logging");
      const at = entry?.keySpan ?? service.keySpan;
      if (seen.has(at.start)) continue;
      seen.add(at.start);
      yield {
        at,
        message:
          entry === undefined
            ? `The log of \`${service.name}\` grows until the disk is full: add \`logging\` with \`max-size\` and \`max-file\`.`
            : `This log grows until the disk is full: add \`max-size\` and \`max-file\` to its \`options\`.`,
        fixes: () =>
          entry !== undefined ? withOptions(model, service) : [...forAll(model, silent), ...forOne(model, service)],
      };
    }
  },
});

function isUnbounded(service: ComposeService): boolean {
  const logging = service.get("logging");
  if (logging === undefined) return service.get("log_driver") === undefined;
  const driver = getPath(logging, "driver");
  if (logging.type !== "map" || isUnknown(driver) || (scalarText(driver) ?? "json-file") !== "json-file") return false;
  const size = getPath(logging, "options", "max-size");
  return size === undefined || scalarText(size) === "-1";
}

/** One block that all the services share, by the anchor that is there or a new one. */
function forAll(model: ComposeModel, silent: readonly ComposeService[]): readonly Fix[] {
  const { document } = model;
  const services = oncePerMap(silent);
  const known = knownAnchor(model);
  if (services.length < 2 && known === undefined) return [];
  const edits: TextEdit[] = [];
  if (known === undefined) {
    const key = ["x-logging", "x-default-logging"].find((name) => model.root.get(name) === undefined);
    const top =
      key === undefined || document.text.includes("&default-logging")
        ? undefined
        : insertTopLevel(document, key, anchored("default-logging", boundedLogging), {
            before: entriesOf(model.root)
              .map((entry) => entry.key)
              .filter((name) => !introductory.has(name)),
          });
    if (top === undefined) return [];
    edits.push(...top);
  }
  for (const service of services) {
    // An alias has to stand behind its anchor.
    if (known !== undefined && service.map.span.start < known.end) return [];
    const own = setPath(document, service.map, ["logging"], aliasTo(known?.name ?? "default-logging"));
    if (own === undefined) return [];
    edits.push(...own);
  }
  const whose =
    services.length === 1
      ? `the log of \`${services[0]?.name ?? ""}\``
      : `the logs of ${services.length === 2 ? "both" : `all ${services.length}`} services`;
  const title = `Limit ${whose} to three files of 10 MB by a shared \`logging\` block (older lines are lost)`;
  return [
    {
      title: known === undefined ? title : `Limit ${whose} by \`*${known.name}\` (older lines are lost)`,
      safety: "review",
      edits,
    },
  ];
}

/** Keys that stand above everything else. */
const introductory: ReadonlySet<string> = new Set(["version", "name", "include"]);

/** The first anchor of the file that holds a bounded `logging`, by its size or by a driver that sees to it. */
function knownAnchor({ root, services }: ComposeModel): { readonly name: string; readonly end: number } | undefined {
  const nodes: readonly (YamlNode | undefined)[] = [
    ...entriesOf(root)
      .filter(({ key }) => key.startsWith("x-"))
      .flatMap(({ value }) => [value, getPath(value, "logging")]),
    ...services.map(({ map }) => getPath(map, "logging")),
  ];
  for (const node of nodes) {
    if (node?.anchor === undefined || node.alias !== undefined) continue;
    const bounded =
      getPath(node, "options", "max-size") !== undefined || scalarText(getPath(node, "driver")) === "local";
    if (bounded) return { name: node.anchor, end: node.span.end };
  }
  return undefined;
}

/** Where they cannot share one. */
function forEach({ document }: ComposeModel, silent: readonly ComposeService[]): readonly Fix[] {
  const edits = oncePerMap(silent).flatMap(
    (service) => setPath(document, service.map, ["logging"], boundedLogging) ?? [],
  );
  const title = `Limit the logs of ${silent.length} services to three files of 10 MB each (older lines are lost)`;
  return edits.length === 0 ? [] : reviewed(title, edits);
}

function forOne({ document }: ComposeModel, service: ComposeService): readonly Fix[] {
  return fix(service, setPath(document, service.map, ["logging"], boundedLogging));
}

/** A block that is there already gets the options. */
function withOptions({ document }: ComposeModel, service: ComposeService): readonly Fix[] {
  const options = service.get("logging", "options");
  const isFilled = options?.type === "map" && options.entries.length > 0;
  const missing: readonly (readonly [string, YamlValue])[] = isFilled
    ? Object.entries(boundedOptions)
    : [["options", boundedOptions]];
  const path = isFilled ? ["logging", "options"] : ["logging"];
  const edits: TextEdit[] = [];
  for (const [key, value] of missing) {
    if (key === "max-file" && service.get(...path, key) !== undefined) continue;
    const own = setPath(document, service.map, [...path, key], value);
    if (own === undefined) return [];
    edits.push(...own);
  }
  return fix(service, edits);
}

function fix(service: ComposeService, edits: readonly TextEdit[] | undefined): readonly Fix[] {
  const title = `Limit the log of \`${service.name}\` to three files of 10 MB (older lines are lost)`;
  return reviewed(title, edits);
}
