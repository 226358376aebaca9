import { defineRule, type Fix, type Rule, type RuleMetadata } from "../../../engine/rule.ts";
import { atLeast } from "../../../knowledge/deprecated-apis.ts";
import { execCommand, serviceFacts } from "../../../knowledge/services/index.ts";
import type { Container, KubernetesModel } from "../../../languages/kubernetes/model.ts";
import { setPath, type YamlValue } from "../../../languages/yaml/edit.ts";
import { reviewed } from "../../shared/edit-fixes.ts";
import { probeExample } from "./example.ts";
import { containersOf, nameOf } from "./workloads.ts";

export interface ProbeFamily extends Omit<RuleMetadata, "slug" | "fix" | "since" | "category" | "examples"> {
  readonly probe: "readiness" | "liveness";
  /** What a container without this probe does: "gets traffic before it is ready". */
  readonly without: string;
  /** What a container without a declared port is told instead, since it may well serve nobody. */
  readonly portless?: string;
  /** What may go wrong with the probe, for the fix's title. */
  readonly caution: string;
  /** Keys of the probe besides what it asks. */
  readonly timing: { readonly [key: string]: number };
}

/** The rule that asks a kind of probe of containers that serve. Nobody asks init containers, Jobs or CronJobs. */
export function missingProbe({ probe, without, portless, caution, timing, ...metadata }: ProbeFamily): Rule {
  const key = `${probe}Probe`;
  return defineRule("kubernetes", {
    ...metadata,
    slug: `missing-${probe}-probe`,
    category: "health",
    since: "0.1.0",
    fix: "review",
    examples: [probeExample(probe)],
    *check(model) {
      for (const { pod, container, whole } of containersOf(model)) {
        if (!whole || pod.batch || container.role !== "main" || container.entry(key) !== undefined) continue;
        const declares = container.ports.length > 0;
        const told = declares || portless === undefined ? ` and ${without}: add a \`${key}\`.` : `: ${portless}.`;
        yield {
          at: container.at,
          message: `${nameOf(container)} has no ${probe} probe${told}`,
          fixes: () => questions(model, container, probe).flatMap((asked) => fixFor(model, container, asked)),
          ...(declares ? {} : { severity: "hint" }),
        };
      }
    },
  });

  function fixFor(model: KubernetesModel, container: Container, { words, handler, doubt }: Question): readonly Fix[] {
    const edits = setPath(model.document, container.map, [key], { ...handler, ...timing }, { position });
    return reviewed(`Add a ${probe} probe that ${words} (${doubt === undefined ? "" : `${doubt}; `}${caution})`, edits);
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
  /** What nobody can tell from here. */
  readonly doubt?: string;
}

/**
 * What can be asked, the likeliest first: an image's own check; of a port that says what it speaks, a question in that language, for readiness alone, since a wrong one
 * only holds a rollout up there; a connection to a declared port.
 */
function questions(model: KubernetesModel, container: Container, probe: ProbeFamily["probe"]): readonly Question[] {
  const known = knownQuestion(container);
  if (known !== undefined) return [known];
  const ports = container.ports.filter(
    ({ protocol, containerPort, name }) => protocol === "TCP" && (name ?? containerPort) !== undefined,
  );
  const port = ports.find(({ name }) => !aside.test(name ?? "")) ?? ports[0];
  if (port === undefined) return [];
  const shown = port.name ?? port.containerPort ?? 0;
  const connection: Question = { words: `connects to port \`${shown}\``, handler: { tcpSocket: { port: shown } } };
  const spoken = probe === "readiness" ? spokenBy(container, model.release) : undefined;
  return spoken === undefined ? [connection] : [spoken, connection];
}

/** Ports that answer even where the program's work is not done. */
const aside = /^(?:metrics|prom|debug|pprof|jmx|admin)/;

function knownQuestion(container: Container): Question | undefined {
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
  return facts === undefined || health === undefined || health.needs !== undefined
    ? undefined
    : { words: `asks ${facts.name} itself`, handler: { exec: { command: execCommand(health) } } };
}

/** A port named `http`, `https-web` or `grpc` says what it speaks; service meshes and Prometheus go by these names too. */
function spokenBy({ ports }: Container, release: string): Question | undefined {
  for (const { name, containerPort, protocol } of ports) {
    if (name === undefined || protocol !== "TCP") continue;
    if (/^https?(?:-|$)/.test(name)) {
      const scheme = name.startsWith("https") ? { scheme: "HTTPS" } : {};
      return {
        words: `asks port \`${name}\` for \`/\``,
        handler: { httpGet: { path: "/", port: name, ...scheme } },
        doubt: "`/` must answer, so write a path of its own where the program has one",
      };
    }
    if (/^grpc(?:-|$)/.test(name) && containerPort !== undefined && atLeast(release, "1.24")) {
      return {
        words: `asks port ${containerPort} by gRPC`,
        handler: { grpc: { port: containerPort } },
        doubt: "the program must serve the gRPC health protocol",
      };
    }
  }
  return undefined;
}

function portName(container: Container, number: number): string | number {
  return container.ports.find(({ containerPort }) => containerPort === number)?.name ?? number;
}
