import { type ServiceFacts, serviceFacts } from "../../../knowledge/services/index.ts";
import type { Container } from "../../../languages/kubernetes/model.ts";
import { UNIT, bytesText } from "../../../languages/kubernetes/quantity.ts";
import { entriesOf, itemsOf, scalarText } from "../../../languages/yaml/path.ts";
import { jvmHeap } from "../../shared/heap-sizes.ts";
import { amountOf } from "./resources.ts";
import { isLarge, memoryForHeap, usualMemory } from "../../shared/usual-memory.ts";

/** Amounts to start with, until somebody has measured; memory is left out where any number would be a guess. */
export interface UsualResources {
  readonly cpu: string;
  /** What to set aside. */
  readonly memory: string | undefined;
  /** What to allow at most. */
  readonly memoryLimit: string | undefined;
}

/** What a container of that image, with a heap of that size, usually starts and does ordinary work with. */
export function usualResources(container: Container): UsualResources {
  const { image } = container;
  const facts = image === undefined ? undefined : serviceFacts(image.canonical, image.tag);
  const cpu = facts !== undefined && (isLarge(facts) || busy.has(facts.category)) ? "250m" : "100m";
  const heap = jvmHeap(textsOf(container));
  if (heap === "unknown" || (heap === undefined && worksHard(container)))
    return { cpu, memory: undefined, memoryLimit: undefined };
  const known = heap !== undefined || facts !== undefined;
  const limit = heap === undefined ? usualMemory(facts, namesOf(container)) : memoryForHeap(heap);
  if (limit === undefined) return { cpu, memory: undefined, memoryLimit: undefined };
  const memoryLimit = bytesText(limit * 2 ** 20);
  // What is known to take so much gets it; of anything else most is small.
  return { cpu, memory: known && limit > 512 ? memoryLimit : "128Mi", memoryLimit };
}

/** Whether it asks for devices, or for several CPUs: what is written for such work takes memory by the gigabyte. */
function worksHard(container: Container): boolean {
  return (["requests", "limits"] as const).some((bound) => {
    const cpu = amountOf(container.get("resources", bound, "cpu"));
    if (cpu !== undefined && cpu >= 4n * UNIT) return true;
    return entriesOf(container.get("resources", bound)).some(({ key }) => key.includes("/"));
  });
}

/** The texts of a container that may hold options of a runtime: its command, arguments and variables. */
export function textsOf(container: Container): readonly string[] {
  const words = [...itemsOf(container.get("command")), ...itemsOf(container.get("args"))];
  const values = container.env.map(({ value }) => value);
  return [...words.map((word) => scalarText(word)), ...values].filter((text) => text !== undefined);
}

const busy: ReadonlySet<ServiceFacts["category"]> = new Set(["database", "queue", "search", "ci"]);

function namesOf({ name, image }: Container): string {
  return `${name ?? ""} ${image?.canonical ?? ""}`;
}
