import { defineRule, type Fix, type Problem, type Severity } from "../../engine/rule.ts";
import type { ComposeModel, ComposeService } from "../../languages/compose/model.ts";
import { setPath } from "../../languages/yaml/edit.ts";
import { getPath } from "../../languages/yaml/path.ts";
import type { WorkspaceView } from "../../workspace/workspace.ts";
import { reviewed } from "../shared/edit-fixes.ts";
import { composeWith, serviceLines } from "./shared/example.ts";
import { knownCheckFixes } from "./shared/health-fix.ts";
import { healthOf } from "./shared/health.ts";
import { isSetElsewhere, oncePerPlace, wholeServices } from "./shared/services.ts";

const waiting = ["depends_on:", "  admin:", "    condition: service_healthy"];
const admin = { name: "admin", image: ["image: phpmyadmin:5.2"], restart: ['restart: "no"'], healthcheck: [] };
const checked = [
  "healthcheck:",
  '  test: ["CMD", "bash", "-c", ": </dev/tcp/127.0.0.1/80"]',
  "  interval: 30s",
  "  timeout: 5s",
  "  retries: 3",
  "  start_period: 30s",
];

function lines(text: string): readonly string[] {
  return text.trimEnd().split("\n");
}

export default defineRule("compose", {
  slug: "unchecked-dependency",
  summary: "A service waits until another one is healthy that has no health check.",
  why: `\`condition: service_healthy\` asks for the state that a health check reports. Where there is none, neither in the file nor in the image, \`docker compose up\`
starts the dependency, says that the container "has no healthcheck configured" and gives up: the service never starts.

Give the dependency a check, or wait for its start alone with \`service_started\`. An error where the image is known to bring none, as Docker's official
images do; a warning where it is built from a Dockerfile without \`HEALTHCHECK\`, whose base image might.`,
  category: "health",
  severity: "error",
  preset: "minimal",
  since: "0.1.0",
  aliases: [],
  references: [
    "https://docs.docker.com/compose/how-tos/startup-order/",
    "https://docs.docker.com/reference/compose-file/services/#depends_on",
  ],
  fix: "review",
  examples: [
    {
      bad: composeWith({ own: waiting, end: lines(serviceLines(admin)) }),
      good: composeWith({ own: waiting, end: lines(serviceLines({ ...admin, own: checked })) }),
    },
  ],
  reads: "workspace",
  keys: ["depends_on"],
  *check(model, _options, workspace) {
    if (model.dialect !== "stack") yield* oncePerPlace(problems(model, workspace));
  },
});

function* problems(model: ComposeModel, workspace: WorkspaceView): Iterable<Problem> {
  let whole: ReadonlySet<ComposeService> | undefined;
  for (const service of model.services) {
    for (const { service: name, condition, span, node } of service.dependsOn) {
      if (condition !== "service_healthy") continue;
      const target = model.service(name);
      whole ??= new Set(wholeServices(model));
      if (target === undefined || !whole.has(target)) continue;
      const severity = lacking(target, workspace);
      if (severity === undefined || isSetElsewhere(workspace, target, "healthcheck")) continue;
      const off = healthOf(target, workspace) === "off";
      yield {
        at: getPath(node, "condition")?.span ?? span,
        message: `\`${service.name}\` never starts: \`${name}\` cannot become healthy, since ${off ? "its health check is switched off" : "neither it nor its image has a health check"}: add one there, or wait for \`service_started\`.`,
        fixes: () => [...knownCheckFixes(model, target), ...started(model, service, name)],
        ...(severity === "error" ? {} : { severity }),
      };
    }
  }
}

/** How bad it is, `undefined` where the dependency has a check or may have one. */
function lacking(target: ComposeService, workspace: WorkspaceView): Severity | undefined {
  const state = healthOf(target, workspace);
  if (state === "off") return "error";
  if (state !== "none") return undefined;
  if (target.build === undefined && target.get("build") === undefined) {
    return target.image?.canonical.startsWith("docker.io/library/") === true ? "error" : "warning";
  }
  // Of another stage than the last one the facts say nothing.
  return target.get("build", "target") === undefined ? "warning" : undefined;
}

function started(model: ComposeModel, service: ComposeService, name: string): readonly Fix[] {
  const edits = setPath(model.document, service.map, ["depends_on", name, "condition"], "service_started");
  const title = `Wait for the start of \`${name}\` alone (it may not be ready yet)`;
  return reviewed(title, edits);
}
