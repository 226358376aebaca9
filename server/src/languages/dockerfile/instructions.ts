import type { BaseImageFacts } from "../../knowledge/base-images/index.ts";
import type { ImageDescription } from "../image/description.ts";
import type { ImageReference } from "../image/reference.ts";
import type { KnownImage } from "../image/known.ts";
import type { ShellScript } from "../shell/model.ts";
import { isExec } from "./chunk.ts";
import { BaseInstruction, type Site, pairsOf } from "./instruction.ts";
import { isPort, portRange } from "./ports.ts";
import { scriptOf } from "./script-of.ts";
import type {
  CommandInstruction,
  ExposeInstruction,
  FromInstruction,
  HealthcheckInstruction,
  Instruction,
  LabelInstruction,
  Mount,
  OnbuildInstruction,
  OtherInstruction,
  Pair,
  RunInstruction,
  Stage,
  TransferInstruction,
  VariableInstruction,
  Word,
} from "./model.ts";

/** The instruction at a site, by its keyword. */
export function createInstruction(site: Site): Instruction {
  const { name } = site.chunk;
  switch (name) {
    case "FROM":
      return new From(site);
    case "RUN":
      return new Run(site);
    case "CMD":
    case "ENTRYPOINT":
    case "SHELL":
      return new Command(site, name);
    case "COPY":
    case "ADD":
      return new Transfer(site, name);
    case "ARG":
    case "ENV":
      return new Variable(site, name);
    case "LABEL":
      return new Label(site);
    case "EXPOSE":
      return new Expose(site);
    case "HEALTHCHECK":
      return new Healthcheck(site);
    case "ONBUILD":
      return new Onbuild(site);
    default:
      return new Other(site, name);
  }
}

/** A FROM, known to be one. */
export function createFrom(site: Site): FromInstruction {
  return new From(site);
}

class From extends BaseInstruction implements FromInstruction {
  readonly name = "FROM";
  readonly base: Stage | undefined;
  readonly #image: KnownImage | undefined;

  constructor(site: Site) {
    super(site);
    const word = this.imageWord;
    const resolved = word?.resolved;
    this.base = resolved === undefined ? undefined : site.findStage(resolved, "name");
    if (word !== undefined && resolved !== undefined && this.base === undefined)
      this.#image = site.chunk.image(resolved, word.value, site.descriptions);
  }

  get image(): ImageReference | undefined {
    return this.imageWord?.resolved?.toLowerCase() === "scratch" ? undefined : this.#image?.reference;
  }

  get facts(): BaseImageFacts | undefined {
    return this.#image?.facts;
  }

  get description(): ImageDescription | undefined {
    return this.image === undefined ? undefined : this.#image?.description;
  }

  get imageWord(): Word | undefined {
    return this.words[0];
  }

  get alias(): Word | undefined {
    return this.words[1]?.value.toLowerCase() === "as" ? this.words[2] : undefined;
  }
}

/** The elements of the exec form. */
function elementsOf({ chunk }: Site): readonly string[] | undefined {
  const { json } = chunk.syntax;
  return isExec(json) ? json.map((element) => element.value) : undefined;
}

class Run extends BaseInstruction implements RunInstruction {
  readonly name = "RUN";
  #script: { readonly value: ShellScript | undefined } | undefined;

  get form(): "shell" | "exec" {
    return elementsOf(this.site) === undefined ? "shell" : "exec";
  }

  get mounts(): readonly Mount[] {
    return this.flags
      .filter((flag) => flag.name === "mount")
      .map((flag) => {
        const options = new Map(
          (flag.value ?? "").split(",").map((option): [string, string] => {
            const equals = option.indexOf("=");
            const key = (equals < 0 ? option : option.slice(0, equals)).trim().toLowerCase();
            return [key, equals < 0 ? "" : option.slice(equals + 1).trim()];
          }),
        );
        return { type: options.get("type")?.toLowerCase() ?? "bind", span: flag.valueSpan ?? flag.span, options };
      });
  }

  get shell(): readonly string[] | undefined {
    return this.site.scope.shellBefore(this.site.order);
  }

  get script(): ShellScript | undefined {
    this.#script ??= { value: scriptOf(this.site) };
    return this.#script.value;
  }
}

class Command extends BaseInstruction implements CommandInstruction {
  readonly name: CommandInstruction["name"];
  #script: { readonly value: ShellScript | undefined } | undefined;

  constructor(site: Site, name: CommandInstruction["name"]) {
    super(site);
    this.name = name;
  }

  get form(): "shell" | "exec" {
    return this.elements === undefined ? "shell" : "exec";
  }

  get elements(): readonly string[] | undefined {
    return elementsOf(this.site);
  }

  get script(): ShellScript | undefined {
    this.#script ??= { value: this.name === "SHELL" ? undefined : scriptOf(this.site) };
    return this.#script.value;
  }
}

class Transfer extends BaseInstruction implements TransferInstruction {
  readonly name: TransferInstruction["name"];

  constructor(site: Site, name: TransferInstruction["name"]) {
    super(site);
    this.name = name;
  }

  get sources(): readonly Word[] {
    return this.words.slice(0, -1);
  }

  get destination(): Word | undefined {
    return this.words.length > 1 ? this.words.at(-1) : undefined;
  }

  get from(): TransferInstruction["from"] {
    const flag = this.name === "COPY" ? this.flag("from") : undefined;
    if (flag?.value === undefined || flag.valueSpan === undefined) return undefined;
    const { value, valueSpan } = flag;
    return { value, span: valueSpan, stage: this.site.findStage(value, "name or number") };
  }
}

class Variable extends BaseInstruction implements VariableInstruction {
  readonly name: VariableInstruction["name"];
  #pairs: readonly Pair[] | undefined;

  constructor(site: Site, name: VariableInstruction["name"]) {
    super(site);
    this.name = name;
  }

  get pairs(): readonly Pair[] {
    return (this.#pairs ??= pairsOf(this.site));
  }
}

class Label extends BaseInstruction implements LabelInstruction {
  readonly name = "LABEL";
  #pairs: readonly Pair[] | undefined;

  get pairs(): readonly Pair[] {
    return (this.#pairs ??= pairsOf(this.site));
  }
}

class Expose extends BaseInstruction implements ExposeInstruction {
  readonly name = "EXPOSE";

  get ports(): ExposeInstruction["ports"] {
    return this.words.flatMap((word) => {
      // A variable may hold several ports.
      const values = (word.resolved ?? "").split(/\s+/).filter((value) => value !== "");
      return values.flatMap((value) => {
        const port = portRange(value);
        return isPort(port) ? [{ ...port, span: word.span }] : [];
      });
    });
  }
}

class Healthcheck extends BaseInstruction implements HealthcheckInstruction {
  readonly name = "HEALTHCHECK";
  #script: { readonly value: ShellScript | undefined } | undefined;

  get none(): boolean {
    return this.words[0]?.value.toUpperCase() === "NONE";
  }

  get form(): "shell" | "exec" {
    return this.elements === undefined ? "shell" : "exec";
  }

  get elements(): readonly string[] | undefined {
    return elementsOf(this.site);
  }

  get script(): ShellScript | undefined {
    this.#script ??= { value: this.none ? undefined : scriptOf(this.site) };
    return this.#script.value;
  }
}

class Onbuild extends BaseInstruction implements OnbuildInstruction {
  readonly name = "ONBUILD";
  readonly trigger: Instruction | undefined;

  constructor(site: Site) {
    super(site);
    const inner = site.chunk.trigger;
    // A chain of them is refused; a long one would also be a deep recursion.
    if (inner !== undefined && !site.onbuild) {
      this.trigger = createInstruction({ ...site, chunk: inner.chunk, start: site.start + inner.start, onbuild: true });
    }
  }
}

class Other extends BaseInstruction implements OtherInstruction {
  readonly name: OtherInstruction["name"];

  constructor(site: Site, name: OtherInstruction["name"]) {
    super(site);
    this.name = name;
  }
}
