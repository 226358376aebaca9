import type { ComposeModel, ComposeService } from "../../../languages/compose/model.ts";
import { bytesOf } from "../../../languages/compose/value.ts";
import { getPath, scalarText } from "../../../languages/yaml/path.ts";
import type { Span } from "../../../text/span.ts";
import { jvmHeap } from "../../shared/heap-sizes.ts";
import { isLarge, memoryForHeap, usualMemory } from "../../shared/usual-memory.ts";
import { commandText, factsOf } from "./services.ts";

/** The innermost key under which the limit would stand, else the service's own. */
export function placeOfLimit(service: ComposeService): Span {
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

/** Whether the limit goes below `deploy`: where a stack needs it there, the service has resources there, or the file's others do. */
export function limitsInDeploy(model: ComposeModel, service: ComposeService): boolean {
  if (model.dialect === "stack" || service.get("deploy", "resources") !== undefined) return true;
  if (service.get("mem_limit") !== undefined || service.get("cpus") !== undefined) return false;
  if (model.services.some((other) => other.get("mem_limit") !== undefined)) return false;
  // Files of version 3 were only ever allowed to say it there.
  const version = scalarText(model.root.get("version")?.value) ?? "";
  return version.startsWith("3") || model.services.some((other) => other.get("deploy", "resources") !== undefined);
}

/** An amount with which the service starts and does ordinary work; `undefined` where any would be a guess. */
export function memoryFor(service: ComposeService): string | undefined {
  const heap = heapOf(service);
  const shared = sharedMemoryOf(service);
  if (heap === "unknown" || shared === "unknown") return undefined;
  const amount = heap === undefined ? usualAmount(service) : `${memoryForHeap(heap)}m`;
  return amount === undefined || shared === 0 ? amount : withShared(amount, shared);
}

function usualAmount(service: ComposeService): string | undefined {
  const facts = factsOf(service);
  if (facts === undefined && service.build === undefined && service.image === undefined) return undefined;
  const usual = usualMemory(facts, `${service.name} ${service.image?.canonical ?? ""}`);
  if (usual === undefined) return undefined;
  return usual % 1024 === 0 ? `${usual / 1024}g` : `${usual}m`;
}

/** `/dev/shm` counts against the limit, so what may be in it comes on top; `shared` in megabytes. */
function withShared(amount: string, shared: number): string {
  const total = (megabytes(amount) ?? 0) + shared;
  return total % 1024 === 0 ? `${total / 1024}g` : `${Math.ceil(total / 256) * 256}m`;
}

/** The size that the service gives `/dev/shm`, in megabytes; 0 where it leaves Docker's 64. */
function sharedMemoryOf(service: ComposeService): number | "unknown" {
  const size = service.get("shm_size");
  if (size === undefined) return 0;
  return megabytes(scalarText(size)?.trim() ?? "") ?? "unknown";
}

function megabytes(amount: string): number | undefined {
  const bytes = bytesOf(amount);
  return bytes === undefined ? undefined : Math.ceil(bytes / 2 ** 20);
}

/** The largest heap that an option such as `-Xmx2g` gives a JVM, in bytes. */
function heapOf(service: ComposeService): number | "unknown" | undefined {
  const texts = [commandText(service, "command"), ...service.environment.map(({ value }) => value)];
  return jvmHeap(texts.filter((text) => text !== undefined));
}

/** How many CPUs a service gets that does ordinary work. */
export function cpusFor(service: ComposeService): number {
  const facts = factsOf(service);
  if (facts === undefined) return 1;
  return isLarge(facts) || ["database", "queue", "search", "ci"].includes(facts.category) ? 2 : 1;
}

/** How many processes and threads a service may have: well above what it starts by itself, and far below what a fork bomb makes. */
export function pidsFor(service: ComposeService): number {
  const facts = factsOf(service);
  if (facts === undefined) return 512;
  if (isLarge(facts)) return 4096;
  return ["database", "queue", "search", "ci"].includes(facts.category) ? 1024 : 512;
}

/** Whether `deploy` takes a limit of processes: stacks refuse it where the file names an older schema than 3.9. */
export function takesPids({ root, dialect }: ComposeModel): boolean {
  const version = scalarText(root.get("version")?.value);
  return dialect !== "stack" || version === undefined || Number(version) >= 3.9;
}
