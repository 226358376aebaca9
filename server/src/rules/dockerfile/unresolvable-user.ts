import { defineInstructionRule, type Fix } from "../../engine/rule.ts";
import { insertBefore } from "../../languages/dockerfile/edit.ts";
import type { DockerfileModel, Instruction, Stage } from "../../languages/dockerfile/model.ts";
import { replace } from "../../text/edit.ts";
import type { Span } from "../../text/span.ts";
import { createdUser } from "./shared/created-user.ts";
import { mayPlace } from "./shared/placed-files.ts";

export default defineInstructionRule({
  slug: "unresolvable-user",
  summary: "A user or group is given by a name that the image cannot look up.",
  why: `A name is looked up in \`/etc/passwd\` and \`/etc/group\` of the image itself. \`scratch\` has neither, and distroless images know \`root\`, \`nobody\` and
\`nonroot\` only; a user that was created in a build stage stays there. \`USER app\` then builds, and the container does not start (\`unable to find user app\`);
\`COPY --chown=app\` breaks the build.

A number needs no lookup, and it is what Kubernetes' \`runAsNonRoot\` wants anyway. Where the program asks for its own name, copy both files from the build
stage.`,
  category: "correctness",
  severity: "error",
  preset: "minimal",
  since: "0.1.0",
  aliases: ["tally:named-identity-in-passwdless-stage"],
  references: [
    "https://docs.docker.com/reference/dockerfile/#user",
    "https://docs.docker.com/reference/dockerfile/#copy---chown---chmod",
    "https://github.com/GoogleContainerTools/distroless",
  ],
  fix: "review",
  examples: [
    {
      bad: 'FROM scratch\nCOPY server /server\nUSER app\nCMD ["/server"]\n',
      good: 'FROM scratch\nCOPY server /server\nUSER 10001:10001\nCMD ["/server"]\n',
    },
  ],
  instructions: ["USER", "COPY", "ADD"],
  suspects: (instruction) => identityOf(instruction) !== undefined,
  *check(instruction, model) {
    const { stage, onbuild, span } = instruction;
    const facts = stage?.baseFacts;
    const identity = identityOf(instruction);
    if (stage === undefined || facts === undefined || identity === undefined || onbuild) return;
    if (facts.shell || stage.windows) return;
    const started = instruction.name === "USER";
    if (started && model.finalStage?.last("USER") !== instruction) return;
    const before = started ? stage.history : stage.history.filter((step) => step.span.start < span.start);
    const unknown = unknownName(stage, identity.text, started ? (model.finalStage?.history ?? before) : before);
    if (unknown === undefined) return;
    const base = stage.scratch ? "scratch" : (stage.baseImage?.text ?? "the base image");
    yield {
      at: identity.at,
      message: `\`${base}\` has no ${unknown.what} \`${unknown.name}\` to look up, so ${
        started ? "the container does not start" : "the build fails"
      }: give it as a number.`,
      fixes: () => fixesFor(model, instruction, stage, identity, unknown),
    };
  },
});

interface Identity {
  /** `app`, `app:app`, `1000:app`. */
  readonly text: string;
  readonly at: Span;
}

/** The user and group an instruction names, where a name is among them and no variable. */
function identityOf(instruction: Instruction): Identity | undefined {
  const [word] = instruction.words;
  const flag = instruction.name === "USER" ? undefined : instruction.flag("chown");
  const text = instruction.name === "USER" ? word?.value : flag?.value;
  const at = instruction.name === "USER" ? word?.span : flag?.valueSpan;
  if (text === undefined || at === undefined || !/[a-z]/i.test(text) || /[$"'\s\\]/.test(text)) return undefined;
  return { text, at };
}

interface Unknown {
  readonly what: "user" | "group";
  readonly name: string;
}

function unknownName(stage: Stage, text: string, steps: readonly Instruction[]): Unknown | undefined {
  // What runs there may write the files.
  if (steps.some(({ name }) => name === "RUN")) return undefined;
  const [user = "", group = ""] = text.split(":");
  const brought = (path: string): boolean =>
    steps.some((step) => (step.name === "COPY" || step.name === "ADD") && mayPlace(stage, step, path));
  if (isMissing(stage, user) && !brought("/etc/passwd")) return { what: "user", name: user };
  return isMissing(stage, group) && !brought("/etc/group") ? { what: "group", name: group } : undefined;
}

/** Sources: the passwd files of https://github.com/GoogleContainerTools/distroless and of Chainguard's images. */
const distrolessNames: ReadonlySet<string> = new Set(["root", "nobody", "nonroot", "tty", "staff"]);

function isMissing({ baseFacts }: Stage, name: string): boolean {
  // Builders and runtimes take `root` for 0, whatever the files say.
  if (name === "" || /^\d+$/.test(name) || name === "root") return false;
  if (baseFacts?.os === "scratch") return baseFacts.user.name !== name;
  return !distrolessNames.has(name) && baseFacts?.user.name !== name && baseFacts?.nonRootUser?.name !== name;
}

function fixesFor(
  model: DockerfileModel,
  instruction: Instruction,
  stage: Stage,
  { text, at }: Identity,
  { name, what }: Unknown,
): readonly Fix[] {
  const origin = model.stages.find((other) => {
    const created = other.index < stage.index ? createdUser(other) : undefined;
    return created !== undefined && created !== "unknown" && created.name === name;
  });
  const created = origin === undefined ? undefined : createdUser(origin);
  const uid = created === undefined || created === "unknown" ? undefined : created.uid;
  const number = uid ?? String(stage.baseFacts?.nonRootUser?.uid ?? 10001);
  const numbers = text.split(":").map((part) => (/^\d+$/.test(part) ? part : part === "root" ? "0" : number));
  const numeric = numbers.length > 1 ? numbers.join(":") : `${number}:${number}`;
  const fixes: readonly Fix[] = [
    {
      title: `Use \`${numeric}\`, which needs no lookup (files it writes must be that number's)`,
      safety: "review",
      edits: [replace(at, numeric)],
    },
  ];
  if (origin === undefined) return fixes;
  const files = text.includes(":") || what === "group" ? "/etc/passwd /etc/group /etc/" : "/etc/passwd /etc/passwd";
  const from = origin.name ?? String(origin.index);
  const copy: Fix = {
    title: `Copy the name from \`${from}\`, which creates it (with the other users of that stage)`,
    safety: "review",
    edits: [insertBefore(model, instruction, [`COPY --from=${from} ${files}`])],
  };
  return uid === undefined ? [copy, ...fixes] : [...fixes, copy];
}
