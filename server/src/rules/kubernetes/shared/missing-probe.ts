import { defineRule, type Fix, type Rule, type RuleMetadata } from "../../../engine/rule.ts";
import { execCommand, serviceFacts } from "../../../knowledge/services/index.ts";
import type { Container, KubernetesModel } from "../../../languages/kubernetes/model.ts";
import { setPath, type YamlValue } from "../../../languages/yaml/edit.ts";
import { probeExample } from "./example.ts";
import { containersOf, nameOf } from "./workloads.ts";

export interface ProbeFamily extends Omit<RuleMetadata, "slug" | "fix" | "since" | "category" | "preset" | "examples"> {
  readonly probe: "readiness" | "liveness";
  /** What a container without this probe does: "gets traffic before it is ready". */
  readonly without: string;
  /** What may go wrong with the probe, for the fix's title. */
  readonly caution: string;
  /** Keys of the probe besides what it asks. */
  readonly timing: { readonly [key: string]: number };
}

/** The rule that asks a kind of probe of containers that serve. Nobody asks init containers, Jobs or CronJobs. */
export function missingProbe({ probe, without, caution, timing, ...metadata }: ProbeFamily): Rule {
  const key = `${probe}Probe`;
  return defineRule("kubernetes", {
    ...metadata,
    slug: `missing-${probe}-probe`,
    category: "health",
    preset: "recommended",
    since: "0.1.0",
    fix: "review",
    examples: [probeExample(probe)],
    *check(model) {
      for (const { pod, container, whole } of containersOf(model)) {
        if (!whole || pod.batch || container.role !== "main" || container.entry(key) !== undefined) continue;
        yield {
          at: container.at,
          message: `${nameOf(container)} has no ${probe} probe and ${without}: add a \`${key}\`.`,
          fixes: () => fixesFor(model, container),
          // Without a declared port it may well serve nobody.
          ...(container.ports.length === 0 ? { severity: "hint" } : {}),
        };
      }
    },
  });

  function fixesFor(model: KubernetesModel, container: Container): readonly Fix[] {
    const asked = question(container);
    if (asked === undefined) return [];
    const edits = setPath(model.document, container.map, [key], { ...asked.handler, ...timing }, { position });
    const title = `Add a ${probe} probe that ${asked.words} (${caution})`;
    return edits === undefined ? [] : [{ title, safety: "review", edits }];
  }
}

const position = {
  after: [
    "name",
    "image",
    "imagePullPolicy",
    "command",
    "args",
    "workingDir",
    "ports",
    "envFrom",
    "env",
    "livenessProbe",
    "readinessProbe",
  ],
} as const;

interface Question {
  readonly words: string;
  readonly handler: { readonly [key: string]: YamlValue };
}

/** What can be asked and is sure to be answered: an image's own check, else a connection to a declared port. A path would be a guess. */
function question(container: Container): Question | undefined {
  const { image } = container;
  const facts = image === undefined ? undefined : serviceFacts(image.canonical, image.tag);
  if (facts?.http !== undefined && container.get("command") === undefined) {
    const { path, port } = facts.http;
    return {
      words: `asks ${facts.name} for \`${path}\``,
      handler: { httpGet: { path, port: portName(container, port) } },
    };
  }
  const { health } = facts ?? {};
  if (facts !== undefined && health !== undefined && health.needs === undefined) {
    return { words: `asks ${facts.name} itself`, handler: { exec: { command: execCommand(health) } } };
  }
  const port = container.ports.find(
    ({ protocol, containerPort, name }) => protocol === "TCP" && (name ?? containerPort) !== undefined,
  );
  if (port === undefined) return undefined;
  const shown = port.name ?? port.containerPort ?? 0;
  return { words: `connects to port \`${shown}\``, handler: { tcpSocket: { port: shown } } };
}

function portName(container: Container, number: number): string | number {
  return container.ports.find(({ containerPort }) => containerPort === number)?.name ?? number;
}
