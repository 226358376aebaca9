import type { Lookup } from "./expansion.ts";
import type { Instruction } from "./model.ts";

/**
 * What the variables and the shell are at a place. Places are the numbers of instructions in the file.
 * `global`: the ARGs before the first FROM, which FROM sees; `stage`: what holds in a stage; `fragment`: a file without FROM.
 */
export interface Scope {
  /** What an instruction sees: what was set by those before it. `Infinity` for what holds at the end. */
  lookup(name: string, order: number): ReturnType<Lookup>;
  /** Whether an ARG or ENV before a place sets a variable, those of the parents included. */
  isSet(name: string, order: number): boolean;
  /** The last SHELL before a place. */
  shellBefore(order: number): readonly string[] | undefined;
  /** Instructions are added in order, before the first question. */
  add(instruction: Instruction, order: number): void;
}

interface Definition {
  readonly order: number;
  readonly kind: "ARG" | "ENV";
  readonly value: ReturnType<Lookup>;
}

/** Set by the builder for each platform, so nothing can be said of their values. */
const platformArgs = /^(?:TARGET|BUILD)(?:PLATFORM|OS|OSVERSION|ARCH|VARIANT)$|^TARGETSTAGE$/;

/** Whether the builder gives a variable the platform's value, in a FROM by itself and in a stage behind an ARG of that name. */
export function isPlatformArg(name: string): boolean {
  return platformArgs.test(name);
}

/** Known to every build without a declaration, set or not by whoever builds. */
const proxyArgs = /^(?:https?|ftp|no|all)_proxy$/i;

/** Whether the builder knows a variable without an ARG. In a stage those of the platform are not set by that. */
export function isPredefined(name: string): boolean {
  return (
    platformArgs.test(name) || proxyArgs.test(name) || name.startsWith("BUILDKIT_") || name === "SOURCE_DATE_EPOCH"
  );
}

/** `parent` is the scope of the stage this one is based on, `globals` that of the ARGs before the first FROM. */
export function createScope(
  kind: "global" | "stage" | "fragment",
  globals: Scope | undefined,
  parent: () => Scope | undefined,
): Scope {
  const setters: { readonly instruction: Instruction; readonly order: number }[] = [];
  const shells: { readonly elements: readonly string[]; readonly order: number }[] = [];
  const definitions = new Map<string, Definition[]>();
  let settled = 0;

  const define = (name: string, definition: Definition): void => {
    const known = definitions.get(name);
    if (known === undefined) definitions.set(name, [definition]);
    else known.push(definition);
  };

  // In order and one after the other, so that a long chain of variables does not become a deep recursion.
  const settle = (order: number): void => {
    for (let next = setters[settled]; next !== undefined && next.order < order; next = setters[settled]) {
      const { instruction } = next;
      if (instruction.name === "ARG" || instruction.name === "ENV") {
        for (const pair of instruction.pairs) {
          const value = pair.value === undefined ? undeclaredDefault(instruction.name, pair.name) : pair.resolved;
          define(pair.name, { order: next.order, kind: instruction.name, value });
        }
      }
      settled += 1;
    }
  };

  const undeclaredDefault = (keyword: "ARG" | "ENV", name: string): ReturnType<Lookup> => {
    if (keyword === "ENV") return undefined;
    if (globals === undefined) return isPredefined(name) ? undefined : null;
    return globals.lookup(name, Infinity);
  };

  const own = (name: string, order: number, kind: "ARG" | "ENV"): Definition | undefined =>
    definitions.get(name)?.findLast((definition) => definition.kind === kind && definition.order < order);

  return {
    add(instruction, order) {
      if (instruction.name === "ARG" || instruction.name === "ENV") setters.push({ instruction, order });
      else if (instruction.name === "SHELL" && instruction.elements !== undefined) {
        shells.push({ elements: instruction.elements, order });
      }
    },
    lookup(name, order) {
      settle(order);
      const found = own(name, order, "ENV") ?? own(name, order, "ARG");
      if (found !== undefined) return found.value;
      const above = parent();
      if (above !== undefined) return above.lookup(name, Infinity);
      // Without a declaration FROM sees nothing; elsewhere the base image may have set it.
      return kind === "global" && !isPredefined(name) ? null : undefined;
    },
    isSet(name, order) {
      settle(order);
      return (
        definitions.get(name)?.some((definition) => definition.order < order) === true ||
        parent()?.isSet(name, Infinity) === true
      );
    },
    shellBefore(order) {
      return shells.findLast((shell) => shell.order < order)?.elements ?? parent()?.shellBefore(Infinity);
    },
  };
}
