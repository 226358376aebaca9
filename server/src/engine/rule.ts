import type { ComposeModel } from "../languages/compose/model.ts";
import type { DockerfileModel, Instruction } from "../languages/dockerfile/model.ts";
import type { IgnoreModel } from "../languages/ignore/index.ts";
import type { ImageUse } from "../languages/image/reference.ts";
import type { Kind } from "../languages/index.ts";
import type { KubernetesModel } from "../languages/kubernetes/model.ts";
import type { TextEdit } from "../text/edit.ts";
import type { Span } from "../text/span.ts";
import type { WorkspaceView } from "../workspace/workspace.ts";
import type { DirectiveReport } from "./directives.ts";

export type Severity = "error" | "warning" | "info" | "hint";

/** Each holds the ones before it: `minimal` ⊂ `recommended` ⊂ `strict` ⊂ `all`. */
export type Preset = "minimal" | "recommended" | "strict" | "all";

export type Category =
  | "security"
  | "secrets"
  | "reproducibility"
  | "health"
  | "lifecycle"
  | "resources"
  | "availability"
  | "networking"
  | "storage"
  | "observability"
  | "size"
  | "correctness";

/** What the rules of a folder look at. `image` rules see the image references of all three languages, `seaworthy` ones our own directives. */
export interface RuleModels {
  readonly dockerfile: DockerfileModel;
  readonly compose: ComposeModel;
  readonly kubernetes: KubernetesModel;
  readonly ignore: IgnoreModel;
  readonly image: ImageModel;
  readonly seaworthy: DirectiveReport;
}

export type RuleKind = keyof RuleModels;

export interface ImageModel {
  readonly kind: Kind;
  readonly text: string;
  readonly images: readonly ImageUse[];
}

/**
 * A change that mends a problem. `safe`: what is built and run stays the same. `review`: it may change, and the title says what may
 * break. Edits refer to the text that was checked. A `resolve` fix needs the network, so only a person can ask for it.
 */
export type Fix = EditFix | DeferredFix;

export interface EditFix {
  /** What is done, in the imperative: "Add a `HEALTHCHECK` that asks port 3000". */
  readonly title: string;
  readonly safety: "safe" | "review";
  readonly edits: readonly TextEdit[];
  /** Files that come into being with it; never in the place of others. Such a fix is always `review`. */
  readonly creates?: readonly NewFile[];
  /** Lines that come to stand at the end of other files, which are there. Such a fix is always `review`, too. */
  readonly appends?: readonly MoreLines[];
  /** Rules, by id, whose fixes go first where all are made: the two would otherwise be at odds for ever. */
  readonly after?: readonly string[];
}

/** A file to be written. */
export interface NewFile {
  /** As in `WorkspaceView.path`. */
  readonly path: string;
  readonly text: string;
  /** It is a list of lines, so that another fix that makes the same file adds its own to it. */
  readonly ofLines?: boolean;
}

/** Lines for the end of a file. */
export interface MoreLines {
  /** As in `WorkspaceView.path`. */
  readonly path: string;
  /** Without line endings. */
  readonly lines: readonly string[];
}

export interface DeferredFix {
  readonly title: string;
  readonly safety: "safe" | "review";
  readonly resolve: { readonly kind: "digest"; readonly image: string; readonly span: Span };
}

export interface Related {
  readonly at: Span;
  /** In another file; this one where left out. Its places are then offsets in that whole file. */
  readonly path?: string;
  readonly message: string;
}

/** What a rule yields. Places count from the start of the unit (see `Unit`); the engine shifts them. */
export interface Problem {
  /** The few characters at fault. */
  readonly at: Span;
  /** One line: the user's own words in backticks, what is wrong, then what to do. */
  readonly message: string;
  /** The preferred one first. A function is called when somebody asks for the fixes, so that typing does not pay for edits nobody looks at. */
  readonly fixes?: readonly Fix[] | (() => readonly Fix[]);
  readonly related?: readonly Related[];
  readonly tag?: "unnecessary" | "deprecated";
  /** Another tool's code, of a rule that passes on what that tool says; directives may name it: `SC2086`. */
  readonly code?: string;
  /** Where this one place is worse or milder than the rule's own severity. A severity from the config wins over it. */
  readonly severity?: Severity;
}

export interface OptionSpec {
  /** A string, number, boolean or list of strings; its type is the option's type. */
  readonly default: string | number | boolean | readonly string[];
  readonly description: string;
  /** The only values a string option takes. */
  readonly values?: readonly string[];
}

export type OptionSpecs = Readonly<Record<string, OptionSpec>>;

type Widen<T> = T extends string
  ? string
  : T extends number
    ? number
    : T extends boolean
      ? boolean
      : T extends readonly string[]
        ? readonly string[]
        : never;

export type OptionValues<O extends OptionSpecs> = { readonly [K in keyof O]: Widen<O[K]["default"]> };

export interface RuleMetadata {
  /** What is wrong, in kebab case; reads as "allow <slug>". */
  readonly slug: string;
  /** One sentence: what is wrong. */
  readonly summary: string;
  /** What it costs in production; both sides where it is contested. Markdown, one or a few paragraphs. */
  readonly why: string;
  readonly category: Category;
  readonly severity: Severity;
  /** The smallest preset that has it; the larger ones have it too. `all` means: off until asked for. */
  readonly preset: Preset;
  /** The version that brought it. */
  readonly since: string;
  /** Other tools' codes for the same pitfall, as `hadolint:DL3025`. */
  readonly aliases: readonly string[];
  readonly references: readonly string[];
  /** The best safety its fixes have; `null` where it has none. */
  readonly fix: "safe" | "review" | null;
  /**
   * Run by a test: `bad` reports this rule (and under `recommended` no other); its first fix, if any, gives `good` where `fixed` is not false;
   * `good` is silent under `recommended` and this rule. `path` is needed where the name matters, `options` where the rule
   * is silent without them, `files` (path → text) where it asks for files beside it, `registry` (image with its tag → digest) where it asks what a registry said
   * that tags stand for.
   */
  readonly examples: readonly {
    readonly bad: string;
    readonly good: string;
    readonly path?: string;
    readonly fixed?: false;
    readonly options?: Readonly<Record<string, unknown>>;
    readonly files?: Readonly<Record<string, string>>;
    readonly registry?: Readonly<Record<string, string>>;
  }[];
}

export interface RuleSpec<K extends RuleKind, O extends OptionSpecs> extends RuleMetadata {
  readonly options?: O;
  /**
   * Findings of a `document` rule (the default) follow from the model and the options alone and are kept as long as these stay the same;
   * a `workspace` rule also asks the workspace.
   */
  readonly reads?: "document" | "workspace";
  /** Of a rule of YAML files: keys of which a document has at least one wherever the rule has something to say of it; others are spared its look. */
  readonly keys?: readonly string[];
  check(model: RuleModels[K], options: OptionValues<O>, workspace: WorkspaceView): Iterable<Problem>;
}

/** The instructions with one of these keywords; those that share a shape with others come with these: `CMD` as a command of any keyword. */
export type InstructionNamed<N extends Instruction["name"]> = Instruction extends infer I
  ? I extends Instruction
    ? [I["name"] & N] extends [never]
      ? never
      : I
    : never
  : never;

/**
 * A rule of Dockerfiles that looks at one instruction after another; one behind an ONBUILD is shown to it like any other. Typing costs it the
 * instruction that changed, so it is the shape for whatever a single instruction can be suspected of.
 */
export interface InstructionRuleSpec<N extends Instruction["name"], O extends OptionSpecs> extends RuleMetadata {
  readonly options?: O;
  /** The keywords of the instructions it looks at. */
  readonly instructions: readonly N[];
  /** Whether `check` asks the workspace; `document` is the default. */
  readonly reads?: "document" | "workspace";
  /**
   * What the instruction's text holds wherever there is something to suspect: a look at the characters that spares most instructions the closer
   * one. Without the flags `g` and `y`.
   */
  readonly mentions?: RegExp;
  /**
   * Whether there can be a finding in the instruction, whatever stands around it: `false` is remembered as long as the instruction's text stays the
   * same, and the options. It must look at that text alone: its words, flags and script; not at `stage`, a word's `resolved`, or where it stands.
   */
  suspects(instruction: InstructionNamed<N>, options: OptionValues<O>): boolean;
  /** Judges a suspected instruction; here its surroundings count. */
  check(
    instruction: InstructionNamed<N>,
    model: DockerfileModel,
    options: OptionValues<O>,
    workspace: WorkspaceView,
  ): Iterable<Problem>;
}

/** What is known of a rule before its code is loaded: enough to name it and to weigh what a config says of it. */
export interface RuleCard extends Pick<RuleMetadata, "slug" | "severity" | "preset" | "aliases"> {
  /** `<kind>/<slug>` */
  readonly id: string;
  readonly kind: RuleKind;
  readonly options: OptionSpecs;
}

/** A rule with its options' types forgotten: what the engine works with. */
export interface Rule extends RuleMetadata, RuleCard {
  readonly reads: "document" | "workspace";
  /** See `RuleSpec.keys`. */
  readonly keys?: readonly string[];
  /** Whether the rule looks at files of this kind. */
  appliesTo(kind: Kind): boolean;
  /** `model` must be of the rule's own kind, `options` complete: the engine sees to both. */
  run(
    model: RuleModels[RuleKind],
    options: Readonly<Record<string, unknown>>,
    workspace: WorkspaceView,
  ): Iterable<Problem>;
  /** Where the rule goes by instructions: `run` does nothing then. */
  readonly each?: {
    readonly instructions: ReadonlySet<Instruction["name"]>;
    readonly mentions: RegExp | undefined;
    suspects(instruction: Instruction, options: Readonly<Record<string, unknown>>): boolean;
    run(
      instruction: Instruction,
      model: DockerfileModel,
      options: Readonly<Record<string, unknown>>,
      workspace: WorkspaceView,
    ): Iterable<Problem>;
  };
}

/** Makes a rule of what a rule's file says; the options' types follow from their defaults. */
export function defineRule<K extends RuleKind, const O extends OptionSpecs = Record<string, never>>(
  kind: K,
  spec: RuleSpec<K, O>,
): Rule {
  // oxlint-disable-next-line typescript/unbound-method -- a rule's check has no `this`: it is a function of its arguments
  const { check, options, reads, keys, ...metadata } = spec;
  return {
    ...metadata,
    ...(keys === undefined ? {} : { keys }),
    id: `${kind}/${spec.slug}`,
    kind,
    options: options ?? {},
    reads: reads ?? "document",
    appliesTo: (fileKind) => kind === "image" || kind === "seaworthy" || kind === fileKind,
    run: (model, values, workspace) =>
      // The engine looks up the model by `kind` and completes options by their specs, which types cannot follow through a list of rules.
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion
      check(model as RuleModels[K], values as OptionValues<O>, workspace),
  };
}

/** Makes a rule of Dockerfiles that looks at one instruction after another. */
export function defineInstructionRule<
  const N extends Instruction["name"],
  const O extends OptionSpecs = Record<string, never>,
>(spec: InstructionRuleSpec<N, O>): Rule {
  // oxlint-disable-next-line typescript/unbound-method -- as above, these have no `this`
  const { check, suspects, instructions, mentions, options, reads, ...metadata } = spec;
  return {
    ...metadata,
    id: `dockerfile/${spec.slug}`,
    kind: "dockerfile",
    options: options ?? {},
    reads: reads ?? "document",
    appliesTo: (fileKind) => fileKind === "dockerfile",
    run: () => [],
    each: {
      instructions: new Set(instructions),
      mentions,
      // The engine hands over instructions of these names alone, and complete options.
      suspects: (instruction, values) =>
        // oxlint-disable-next-line typescript/no-unsafe-type-assertion
        suspects(instruction as InstructionNamed<N>, values as OptionValues<O>),
      run: (instruction, model, values, workspace) =>
        // oxlint-disable-next-line typescript/no-unsafe-type-assertion
        check(instruction as InstructionNamed<N>, model, values as OptionValues<O>, workspace),
    },
  };
}
