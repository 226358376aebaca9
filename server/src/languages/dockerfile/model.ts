import type { Once } from "../once.ts";
import type { LineComment } from "../comment.ts";
import type { Descriptions, ImageDescription } from "../image/description.ts";
import type { ImageReference, ImageUse } from "../image/reference.ts";
import type { SyntaxProblem } from "../problem.ts";
import type { ShellScript } from "../shell/model.ts";
import type { BaseImageFacts } from "../../knowledge/base-images/index.ts";
import type { Span } from "../../text/span.ts";

/** A Dockerfile as a builder reads it. Parsing never fails: what is wrong is in `problems`, the rest is understood. */
export interface DockerfileModel {
  readonly text: string;
  readonly escape: "\\" | "`";
  readonly lineEnding: "\n" | "\r\n";
  /** `# syntax=`, `# escape=`, `# check=` where BuildKit takes them for directives; those given twice too, which it refuses. `name` is in lower case. */
  readonly directives: readonly ParserDirective[];
  /** Those within instructions included; directives and what stands in heredocs are none. */
  readonly comments: readonly LineComment[];
  /** All of them, in order, those before the first FROM included. */
  readonly instructions: readonly Instruction[];
  readonly stages: readonly Stage[];
  /** No FROM at all: a piece of a Dockerfile. Rules about a missing thing stay quiet there. */
  readonly fragment: boolean;
  /** The stage a plain `docker build` produces: the last one. */
  readonly finalStage: Stage | undefined;
  readonly problems: readonly SyntaxProblem[];
  /** In the order of the text. As in `FromInstruction.image`, defaults of ARGs are put in, and a `$` in the reference's `text` tells of it. */
  readonly images: readonly ImageUse[];
  /** What registries had said of images when the file was read. */
  readonly descriptions: Descriptions;
  /**
   * The answer to a question about the whole file, found once: the same function given again gets the same answer. It keeps rules linear that
   * ask for each instruction what holds for all of them.
   */
  readonly once: Once<DockerfileModel>;
}

export interface ParserDirective {
  readonly name: string;
  readonly value: string;
  readonly span: Span;
  readonly valueSpan: Span;
}

export interface Stage {
  readonly index: number;
  readonly name: string | undefined;
  readonly from: FromInstruction;
  /** Its instructions, the FROM first. */
  readonly instructions: readonly Instruction[];
  /** The stage it is based on, where its FROM names one. */
  readonly parent: Stage | undefined;
  /** The image at the bottom of the chain of parents; `undefined` where unknown (a variable without default). */
  readonly baseImage: ImageReference | undefined;
  /** `FROM scratch` at the bottom of the chain. */
  readonly scratch: boolean;
  /** What is known of that image; `undefined` where it is not among those known. See `ImageUse.facts`. */
  readonly baseFacts: BaseImageFacts | undefined;
  /** See `ImageUse.description`; left out where the image has `ONBUILD`, which may set anything for what is built upon it. */
  readonly baseDescription: ImageDescription | undefined;
  /** All that is done to its file system and settings, what its parents do first. */
  readonly history: readonly Instruction[];
  /** The final stage, or one whose file system ends up in the final image through a chain of FROMs. */
  readonly shipped: boolean;
  /** The last of a keyword in effect in this stage, parents included: `last("USER")`. */
  last(keyword: Keyword): Instruction | undefined;
  /** All of a keyword in effect in this stage, those of its parents first. */
  all(keyword: Keyword): readonly Instruction[];
  /** Base image is Windows' (by its name), or the escape character and the SHELL say so. */
  readonly windows: boolean;
}

export type Keyword =
  | "ADD"
  | "ARG"
  | "CMD"
  | "COPY"
  | "ENTRYPOINT"
  | "ENV"
  | "EXPOSE"
  | "FROM"
  | "HEALTHCHECK"
  | "LABEL"
  | "MAINTAINER"
  | "ONBUILD"
  | "RUN"
  | "SHELL"
  | "STOPSIGNAL"
  | "USER"
  | "VOLUME"
  | "WORKDIR";

export type Instruction =
  | FromInstruction
  | RunInstruction
  | CommandInstruction
  | TransferInstruction
  | VariableInstruction
  | LabelInstruction
  | ExposeInstruction
  | HealthcheckInstruction
  | OnbuildInstruction
  | OtherInstruction;

export interface InstructionBase {
  /** From the keyword to the end of the last line, heredoc bodies included, without the final line ending. */
  readonly span: Span;
  /** Only the keyword; `name` has it in upper case. */
  readonly keywordSpan: Span;
  /** The keyword as written. */
  readonly keyword: string;
  readonly flags: readonly Flag[];
  /** The words behind the flags, by the instruction's own grammar (JSON elements in exec form). Comments and continuations are no part of them. */
  readonly words: readonly Word[];
  /** From the first word to the end of the last one; empty, behind the keyword, where there is none. Excludes heredoc bodies. */
  readonly argumentsSpan: Span;
  readonly heredocs: readonly Heredoc[];
  readonly stage: Stage | undefined;
  /** Behind an ONBUILD. */
  readonly onbuild: boolean;
  /**
   * Stands for the instruction's own text and for whether a shell reads it: the same object in a later model of the file as long as neither
   * changes. `undefined` where there is a heredoc.
   */
  readonly identity: object | undefined;
  flag(name: string): Flag | undefined;
  /**
   * Whether an ARG or ENV before it in its stage, or in those the stage is based on, sets a variable, to a known value or not. What the base image
   * sets does not count; to FROM, the ARGs before the first FROM do.
   */
  isSet(variable: string): boolean;
}

export interface Flag {
  /** Without the dashes. */
  readonly name: string;
  /** `undefined` for a flag without `=`, as `--link`. */
  readonly value: string | undefined;
  readonly span: Span;
  readonly nameSpan: Span;
  readonly valueSpan: Span | undefined;
}

export interface Word {
  /** As written, continuations taken out. */
  readonly text: string;
  /** Quotes and escapes taken out; variables stay as written. */
  readonly value: string;
  readonly span: Span;
  /** Holds `$NAME` or `${…}`. */
  readonly variable: boolean;
  /** The value with the variables known at this place put in; `undefined` where one of them is unknown. */
  readonly resolved: string | undefined;
}

export interface Heredoc {
  readonly delimiter: string;
  /** The delimiter was quoted, or a part of it escaped: variables in the body are not expanded by the builder. */
  readonly quoted: boolean;
  /** `<<-`: leading tabs are taken out. */
  readonly strip: boolean;
  readonly openerSpan: Span;
  /** The lines between, with their line endings. */
  readonly bodySpan: Span;
  readonly body: string;
  readonly terminated: boolean;
}

export interface FromInstruction extends InstructionBase {
  readonly name: "FROM";
  /**
   * The image, after the defaults of the ARGs before the first FROM were put in; `undefined` where unknown, a stage, or `scratch`. Its `text` is as
   * written: where that holds a `$`, the parts are what a build without `--build-arg` takes, and the word cannot simply be replaced.
   */
  readonly image: ImageReference | undefined;
  /** What is known of that image; of `scratch` too. See `ImageUse.facts`. */
  readonly facts: BaseImageFacts | undefined;
  /** See `ImageUse.description`. */
  readonly description: ImageDescription | undefined;
  readonly imageWord: Word | undefined;
  /** The stage it refers to by name. */
  readonly base: Stage | undefined;
  readonly alias: Word | undefined;
}

export interface RunInstruction extends InstructionBase {
  readonly name: "RUN";
  readonly form: "shell" | "exec";
  readonly mounts: readonly Mount[];
  /** The shell that runs it, by SHELL and the base image: `undefined` is the default `/bin/sh -c`. */
  readonly shell: readonly string[] | undefined;
  /**
   * The body as a POSIX shell or bash reads it, parsed when first asked for; `undefined` in exec form, under PowerShell or cmd,
   * and for a heredoc with the shebang of another language.
   */
  readonly script: ShellScript | undefined;
}

export interface Mount {
  readonly type: string;
  readonly span: Span;
  readonly options: ReadonlyMap<string, string>;
}

export interface CommandInstruction extends InstructionBase {
  readonly name: "CMD" | "ENTRYPOINT" | "SHELL";
  readonly form: "shell" | "exec";
  /** The elements in exec form. */
  readonly elements: readonly string[] | undefined;
  /** The body in shell form, parsed when first asked for. */
  readonly script: ShellScript | undefined;
}

export interface TransferInstruction extends InstructionBase {
  readonly name: "COPY" | "ADD";
  readonly sources: readonly Word[];
  readonly destination: Word | undefined;
  /** `--from`: a stage by name or number, else another image (or a named build context). */
  readonly from: { readonly value: string; readonly span: Span; readonly stage: Stage | undefined } | undefined;
}

export interface VariableInstruction extends InstructionBase {
  readonly name: "ARG" | "ENV";
  readonly pairs: readonly Pair[];
}

export interface LabelInstruction extends InstructionBase {
  readonly name: "LABEL";
  readonly pairs: readonly Pair[];
}

export interface Pair {
  readonly name: string;
  readonly nameSpan: Span;
  /** Unquoted; `undefined` for an ARG without default. */
  readonly value: string | undefined;
  readonly valueSpan: Span | undefined;
  /** From the name to the end of the value. */
  readonly span: Span;
  /** `ENV name value` without `=`. */
  readonly legacy: boolean;
  /** The value with known variables put in. */
  readonly resolved: string | undefined;
}

export interface ExposeInstruction extends InstructionBase {
  readonly name: "EXPOSE";
  readonly ports: readonly {
    readonly from: number;
    readonly to: number;
    readonly protocol: string;
    readonly span: Span;
  }[];
}

export interface HealthcheckInstruction extends InstructionBase {
  readonly name: "HEALTHCHECK";
  readonly none: boolean;
  readonly form: "shell" | "exec";
  readonly elements: readonly string[] | undefined;
  readonly script: ShellScript | undefined;
}

export interface OnbuildInstruction extends InstructionBase {
  readonly name: "ONBUILD";
  readonly trigger: Instruction | undefined;
}

export interface OtherInstruction extends InstructionBase {
  /** Upper case; `"unknown"` for what is no instruction, whose word is in `keyword`. */
  readonly name: "USER" | "WORKDIR" | "VOLUME" | "STOPSIGNAL" | "MAINTAINER" | "unknown";
}
