import { defineRule, type Fix, type Problem } from "../../engine/rule.ts";
import type { ComposeModel, ComposePort, ComposeService } from "../../languages/compose/model.ts";
import { rangeOf } from "../../languages/compose/ports.ts";
import { portsOf } from "../../languages/image/index.ts";
import { replaceScalar, setPath } from "../../languages/yaml/edit.ts";
import type { WorkspaceView } from "../../workspace/workspace.ts";
import { reviewed } from "../shared/edit-fixes.ts";
import { nameOfDockerfile } from "./shared/built-dockerfile.ts";
import { composeWith } from "./shared/example.ts";
import { dockerfileOf } from "./shared/health.ts";
import { placeOfPort } from "./shared/published-ports.ts";
import { commandText, oncePerPlace } from "./shared/services.ts";

const published = (target: string) =>
  composeWith({ image: ["build: ."], own: ["cap_drop:", "  - ALL", "ports:", `  - "127.0.0.1:8080:${target}"`] });

export default defineRule("compose", {
  slug: "unexposed-port",
  summary: "A port is published that the image says nothing listens on.",
  why: `\`EXPOSE\` is how a Dockerfile says where its program listens. Where a service publishes another port of the container, connections are accepted by Docker and then refused: the
address looks open, and nobody answers. Mostly the two numbers of \`ports\` were confused, or the port changed in one of the two files.

\`EXPOSE\` opens nothing and may be outdated itself; a program can listen on more ports than it names. Services whose command or variables speak of the port are not reported.
What an image that is pulled exposes is known where somebody asked its registry.`,
  category: "networking",
  severity: "hint",
  preset: "strict",
  since: "0.1.0",
  aliases: [],
  references: [
    "https://docs.docker.com/reference/dockerfile/#expose",
    "https://docs.docker.com/reference/compose-file/services/#ports",
  ],
  fix: "review",
  examples: [
    {
      bad: published("8080"),
      good: published("3000"),
      files: { Dockerfile: 'FROM scratch\nCOPY api /api\nUSER 10001\nEXPOSE 3000\nENTRYPOINT ["/api"]\n' },
    },
  ],
  reads: "workspace",
  *check(model, _options, workspace) {
    yield* oncePerPlace(problems(model, workspace));
  },
});

function* problems(model: ComposeModel, workspace: WorkspaceView): Iterable<Problem> {
  for (const service of model.services) {
    if (service.ports.length === 0) continue;
    const exposing = exposedBy(service, workspace);
    if (exposing === undefined || exposing.ports.length === 0) continue;
    for (const port of service.ports) {
      const range = port.known && port.protocol === "tcp" ? rangeOf(port.target) : undefined;
      if (range === undefined || range.first !== range.last || exposing.ports.includes(range.first)) continue;
      if (speaksOf(service, range.first)) continue;
      yield {
        at: placeOfPort(port),
        message: `\`${exposing.name}\` exposes ${listed(exposing.ports)} and not \`${range.first}\`, so nothing may answer there: publish the port that \`${service.name}\` listens on.`,
        fixes: () => fixes(model, service, port, exposing.ports),
      };
    }
  }
}

/** Who says which ports a service listens on: the Dockerfile that it builds, or its image, where somebody asked its registry. */
function exposedBy(
  service: ComposeService,
  workspace: WorkspaceView,
): { readonly name: string; readonly ports: readonly number[] } | undefined {
  if (service.build !== undefined) {
    const facts = service.build.target === undefined ? dockerfileOf(service, workspace) : undefined;
    return facts === undefined ? undefined : { name: nameOfDockerfile(service), ports: facts.ports };
  }
  const { description, reference } = service.imageUse ?? {};
  if (description === undefined || reference === undefined || service.get("build") !== undefined) return undefined;
  // A file of settings may say another port.
  if (service.mounts.some(({ type }) => type === "bind") || service.get("configs") !== undefined) return undefined;
  return { name: reference.text, ports: portsOf(description) };
}

function listed(ports: readonly number[]): string {
  const shown = ports.slice(0, 3).map((port) => `\`${port}\``);
  return ports.length > shown.length ? `${shown.join(", ")} and others` : shown.join(" and ");
}

/** Whether a variable, the command or `expose` names the port, so that it is set to listen there. */
function speaksOf(service: ComposeService, port: number): boolean {
  const number = new RegExp(String.raw`(?:^|\D)${port}(?:\D|$)`);
  // A file of variables may set it.
  if (service.get("env_file") !== undefined) return true;
  if (service.environment.some(({ value, known }) => !known || (value !== undefined && number.test(value))))
    return true;
  const texts = [commandText(service, "command"), commandText(service, "entrypoint")];
  return texts.some((text) => text === undefined || number.test(text)) || service.get("expose") !== undefined;
}

function fixes(
  { document }: ComposeModel,
  { ports }: ComposeService,
  { node, target }: ComposePort,
  exposed: readonly number[],
): readonly Fix[] {
  const [only, ...others] = exposed.filter((port) => !ports.some((other) => other.target === String(port)));
  if (only === undefined || others.length > 0 || target === undefined) return [];
  const edits =
    node.type === "map"
      ? setPath(document, node, ["target"], only)
      : node.type === "scalar"
        ? replaceScalar(document, node, node.text.replace(/\d+(?=(?:\/\w+)?$)/, String(only)))
        : undefined;
  const title = `Publish \`${only}\` of the container (what answers on \`${target}\` today is no longer reached)`;
  return reviewed(title, edits);
}
