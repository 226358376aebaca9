import type { BaseImageFacts } from "../../knowledge/base-images/index.ts";
import type { ImageDescription } from "../image/description.ts";
import type { ImageReference } from "../image/reference.ts";
import type { FromInstruction, Instruction, Keyword, Stage } from "./model.ts";
import type { Scope } from "./scope.ts";

/** A stage from its FROM on, to which the instructions behind it are added while the file is read. */
export class ReadStage implements Stage {
  readonly index: number;
  readonly from: FromInstruction;
  readonly scope: Scope;
  readonly #instructions: Instruction[];
  readonly #isShipped: (stage: Stage) => boolean;
  readonly #escape: string;
  #windows: boolean | undefined;
  #history: readonly Instruction[] | undefined;

  /** `isShipped` knows how the final image is made once all stages are read; `escape` is the file's escape character. */
  constructor(
    index: number,
    from: FromInstruction,
    scope: Scope,
    escape: string,
    isShipped: (stage: Stage) => boolean,
  ) {
    this.index = index;
    this.from = from;
    this.scope = scope;
    this.#instructions = [from];
    this.#escape = escape;
    this.#isShipped = isShipped;
  }

  add(instruction: Instruction): void {
    this.#instructions.push(instruction);
  }

  get name(): string | undefined {
    return this.from.alias?.value;
  }

  get instructions(): readonly Instruction[] {
    return this.#instructions;
  }

  get parent(): Stage | undefined {
    return this.from.base;
  }

  get baseImage(): ImageReference | undefined {
    return bottomOf(this).from.image;
  }

  get scratch(): boolean {
    return bottomOf(this).from.imageWord?.resolved?.toLowerCase() === "scratch";
  }

  get baseFacts(): BaseImageFacts | undefined {
    return bottomOf(this).from.facts;
  }

  get baseDescription(): ImageDescription | undefined {
    const { description } = bottomOf(this).from;
    // What is built upon it runs these first, and they may set anything.
    return description?.onbuild === undefined ? description : undefined;
  }

  get history(): readonly Instruction[] {
    // By a loop, for a chain of stages may be longer than the stack is deep.
    return (this.#history ??=
      this.parent === undefined
        ? this.#instructions
        : [...chainOf(this)].reverse().flatMap(({ instructions }) => instructions));
  }

  get shipped(): boolean {
    return this.#isShipped(this);
  }

  get windows(): boolean {
    return (this.#windows ??= this.#isWindows());
  }

  last(keyword: Keyword): Instruction | undefined {
    for (const stage of chainOf(this)) {
      const found = stage.instructions.findLast((instruction) => instruction.name === keyword);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  all(keyword: Keyword): readonly Instruction[] {
    const parts: (readonly Instruction[])[] = [];
    for (const stage of chainOf(this)) {
      parts.push(stage.instructions.filter((instruction) => instruction.name === keyword));
    }
    return parts.reverse().flat();
  }

  #isWindows(): boolean {
    const { from } = bottomOf(this);
    if (/^windows\b/i.test(from.flag("platform")?.value ?? "")) return true;
    if (from.image !== undefined && isWindowsImage(from.image)) return true;
    if (this.#escape !== "`") return false;
    const shell = this.scope.shellBefore(Infinity)?.[0] ?? "";
    return /(?:^|[\\/])(?:powershell|pwsh|cmd)(?:\.exe)?$/i.test(shell);
  }
}

/** A stage, the one it is based on, and so on to the one with an image. Each is based on one before it in the file, so this ends. */
export function* chainOf(stage: Stage): Generator<Stage> {
  for (let next: Stage | undefined = stage; next !== undefined; next = next.parent) yield next;
}

function bottomOf(stage: Stage): Stage {
  let bottom = stage;
  for (let next = stage.parent; next !== undefined; next = next.parent) bottom = next;
  return bottom;
}

function isWindowsImage({ canonical, tag }: ImageReference): boolean {
  return canonical.startsWith("mcr.microsoft.com/windows") || /nanoserver|servercore/.test(`${canonical}:${tag ?? ""}`);
}
