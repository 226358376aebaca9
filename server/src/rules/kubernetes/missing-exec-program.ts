import { defineRule, type Fix, type Problem } from "../../engine/rule.ts";
import type { BaseImageFacts } from "../../knowledge/base-images/index.ts";
import { execCommand, serviceFacts } from "../../knowledge/services/index.ts";
import type { Container, KubernetesModel } from "../../languages/kubernetes/model.ts";
import { removeEntry, setPath } from "../../languages/yaml/edit.ts";
import type { YamlMap, YamlNode } from "../../languages/yaml/node.ts";
import { getPath, itemsOf, scalarText } from "../../languages/yaml/path.ts";
import { nameOf } from "../../text/path.ts";
import { reviewed } from "../shared/edit-fixes.ts";
import { joined } from "../shared/joined-edits.ts";
import { lacksAny, missingProgram } from "../shared/missing-program.ts";
import { writtenCommand } from "./shared/container-command.ts";
import { serviceWith } from "./shared/example.ts";
import { hasSleepHook, stopDelayOf } from "./shared/stopping.ts";
import { containersOf } from "./shared/workloads.ts";

const probes = (asks: readonly string[]) => [
  "livenessProbe:",
  ...asks,
  "  periodSeconds: 20",
  "readinessProbe:",
  "  httpGet:",
  "    path: /",
  "    port: http",
];

export default defineRule("kubernetes", {
  slug: "missing-exec-program",
  summary: "A probe or hook runs a program that the container's image does not have.",
  why: `What a probe or hook executes runs inside the container, with what the image has: images of a single program have no shell and no \`sleep\`, Debian's slim ones neither curl nor
wget. A liveness probe of that kind restarts the container for ever, a readiness probe keeps it from all traffic, and a \`preStop\` hook that cannot run is skipped: the pause that it
was meant to make is none.

The kubelet asks over the network by itself (\`httpGet\`, \`tcpSocket\`, \`grpc\`) and sleeps by itself (\`preStop: { sleep: { seconds: 5 } }\`, from Kubernetes 1.30). Only images whose
contents are known are judged.`,
  category: "health",
  severity: "error",
  preset: "recommended",
  since: "0.1.0",
  aliases: [],
  references: [
    "https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/",
    "https://kubernetes.io/docs/concepts/containers/container-lifecycle-hooks/",
  ],
  fix: "review",
  examples: [
    {
      bad: serviceWith({
        container: probes(["  exec:", "    command: [curl, -f, http://localhost:8080/healthz]"]),
      }).replace(
        "ghcr.io/acme/api:1.4.2",
        "gcr.io/distroless/java21-debian12:nonroot@sha256:9f9d1c2fba1e6b2e3c8f6c2b1a7d5e4f3a2b1c0d9e8f7a6b5c4d3e2f1a0b9c8d",
      ),
      good: serviceWith({
        container: probes(["  httpGet:", "    path: /healthz", "    port: 8080"]),
      }).replace(
        "ghcr.io/acme/api:1.4.2",
        "gcr.io/distroless/java21-debian12:nonroot@sha256:9f9d1c2fba1e6b2e3c8f6c2b1a7d5e4f3a2b1c0d9e8f7a6b5c4d3e2f1a0b9c8d",
      ),
    },
  ],
  keys: ["exec"],
  *check(model) {
    for (const { container } of containersOf(model)) {
      const facts = container.imageUse?.facts;
      if (facts === undefined || facts.os === "windows" || bringsPrograms(container)) continue;
      for (const path of places) {
        const holder = container.get(...path);
        const command = getPath(holder, "exec", "command");
        if (holder?.type !== "map" || command === undefined) continue;
        const problem = problemOf(model, container, { path, holder, command, facts });
        if (problem !== undefined) yield problem;
      }
    }
  },
});

const places: readonly (readonly string[])[] = [
  ["startupProbe"],
  ["readinessProbe"],
  ["livenessProbe"],
  ["lifecycle", "postStart"],
  ["lifecycle", "preStop"],
];

/** A mount may bring programs. */
function bringsPrograms(container: Container): boolean {
  return itemsOf(container.get("volumeMounts")).some((mount) => {
    const target = scalarText(getPath(mount, "mountPath"));
    return target === undefined || /^\/(?:usr(?:\/local)?(?:\/s?bin(?:\/.*)?)?|s?bin(?:\/.*)?)?$/.test(target);
  });
}

interface Executed {
  readonly path: readonly string[];
  readonly holder: YamlMap;
  readonly command: YamlNode;
  readonly facts: BaseImageFacts;
}

/** What every distribution brings and an image of a single program does not. */
const everyday = /^(?:(?:ba|da|a)?sh|sleep|cat|test|\[|ls|true|grep|pgrep|kill|touch|echo)$/;

function problemOf(model: KubernetesModel, container: Container, executed: Executed): Problem | undefined {
  const { text } = model.document;
  const { command, facts } = executed;
  const image = container.image?.text ?? "the image";
  const [first] = itemsOf(command);
  const word = scalarText(first);
  if (first === undefined || word === undefined) return undefined;
  if (!facts.shell && everyday.test(nameOf(word))) {
    return {
      at: first.span,
      message: `\`${word}\` is not in \`${image}\`, so ${consequence(executed)}.`,
      fixes: () => fixesFor(model, container, executed),
    };
  }
  if (!lacksAny(facts, text.slice(command.span.start, command.span.end))) return undefined;
  const script = writtenCommand(text, command)?.script;
  const missing =
    script === undefined ? undefined : missingProgram(script, facts, knownCheck(container)?.join(" ") ?? "");
  if (missing === undefined) return undefined;
  return {
    at: missing.command.nameSpan,
    message: `\`${missing.word}\` is not in \`${image}\`, so ${consequence(executed)}.`,
    fixes: () => fixesFor(model, container, executed),
  };
}

function consequence({ path }: Executed): string {
  const [key = "", hook] = path;
  if (hook === "preStop") return "the hook is skipped: let the kubelet sleep, or run a program that is there";
  if (hook === "postStart") return "the container is killed as soon as it has started: run a program that is there";
  return `the ${key.replace("Probe", "")} probe fails each time: ask over the network, or with a program that is there`;
}

function knownCheck(container: Container): readonly string[] | undefined {
  const { image } = container;
  const health = image === undefined ? undefined : serviceFacts(image.canonical, image.tag)?.health;
  return health === undefined || health.needs !== undefined ? undefined : execCommand(health);
}

function fixesFor(model: KubernetesModel, container: Container, { path, holder, command }: Executed): readonly Fix[] {
  const { document } = model;
  const replaced = (key: string, value: Parameters<typeof setPath>[3]) =>
    joined(document.text, [
      setPath(document, holder, [key], value, { position: { before: ["exec"] } }),
      removeEntry(document, holder, "exec"),
    ]);
  if (path[1] === "preStop") {
    const delay = stopDelayOf(document.text, container);
    if (delay === undefined || !hasSleepHook(model.release) || !Number.isInteger(delay.seconds)) return [];
    return reviewed(
      `Let the kubelet sleep for ${delay.seconds} s (each pod takes so much longer to go)`,
      replaced("sleep", { seconds: delay.seconds }),
    );
  }
  if (path[1] !== undefined) return [];
  const address = /\bhttp:\/\/(?:localhost|127\.0\.0\.1)(?::(\d+))?(\/[\w/.-]*)?(?=["'\s\],]|$)/.exec(
    document.text.slice(command.span.start, command.span.end),
  );
  const check = knownCheck(container);
  return [
    ...(address === null
      ? []
      : reviewed(
          `Let the kubelet ask for \`${address[2] ?? "/"}\` (the probe begins to work; it comes from outside the container)`,
          replaced("httpGet", { path: address[2] ?? "/", port: Number(address[1] ?? 80) }),
        )),
    ...(check === undefined
      ? []
      : reviewed(
          "Ask with what the image has (the probe begins to work)",
          setPath(document, holder, ["exec", "command"], check),
        )),
  ];
}
