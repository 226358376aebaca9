import { atLeast } from "../../../knowledge/deprecated-apis.ts";
import type { Container, PodTemplate } from "../../../languages/kubernetes/model.ts";
import type { YamlNode } from "../../../languages/yaml/node.ts";
import { isNull, isUnknown } from "../../../languages/yaml/path.ts";
import { seconds } from "../../shared/durations.ts";
import { writtenCommand } from "./container-command.ts";

/** What a pod gets between the signal to stop and the kill where nothing is written, in seconds. */
export const usualGrace = 30;

/** The grace period of a pod in seconds; `undefined` where it is not known. */
export function graceOf(pod: PodTemplate): number | undefined {
  const node = pod.get("terminationGracePeriodSeconds");
  if (isNull(node)) return usualGrace;
  return node?.type === "scalar" && typeof node.value === "number" && !isUnknown(node, "kubernetes")
    ? node.value
    : undefined;
}

/** How long a container's `preStop` hook sleeps, at least, and where that is written. */
export interface StopDelay {
  readonly seconds: number;
  readonly node: YamlNode;
  /** By a program in the container, not by the kubelet. */
  readonly byProgram: boolean;
}

/** The sleep of a `preStop` hook, be it the kubelet's own or a program's. */
export function stopDelayOf(text: string, container: Container): StopDelay | undefined {
  const own = container.get("lifecycle", "preStop", "sleep", "seconds");
  if (own?.type === "scalar" && typeof own.value === "number")
    return { seconds: own.value, node: own, byProgram: false };
  const command = container.get("lifecycle", "preStop", "exec", "command");
  const script = command === undefined ? undefined : writtenCommand(text, command)?.script;
  if (command === undefined || script === undefined) return undefined;
  const sleeps = script.commands.filter(({ name, joined }) => name === "sleep" && joined !== "||" && joined !== "&");
  const slept = sleeps.map(({ args }) => seconds(withUnit(args[0]?.value ?? "")));
  const known = slept.flatMap((time) => time ?? []);
  if (known.length === 0) return undefined;
  return { seconds: known.reduce((sum, time) => sum + time, 0), node: command, byProgram: true };
}

function withUnit(word: string): string {
  return /^\d+(?:\.\d+)?$/.test(word) ? `${word}s` : word;
}

/**
 * Whether the kubelet sleeps by itself.
 * Source: https://kubernetes.io/docs/concepts/containers/container-lifecycle-hooks/#hook-handler-implementations, on by default since 1.30.
 */
export function hasSleepHook(release: string): boolean {
  return atLeast(release, "1.30");
}
