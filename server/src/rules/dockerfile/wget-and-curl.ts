import { type Problem, defineRule } from "../../engine/rule.ts";
import type { DockerfileModel, Instruction } from "../../languages/dockerfile/model.ts";
import type { Span } from "../../text/span.ts";
import { packageStep } from "./shared/package-steps.ts";
import { bodyOf } from "./shared/run-bodies.ts";

export default defineRule("dockerfile", {
  slug: "wget-and-curl",
  summary: "`wget` and `curl` are both used in one stage.",
  why: `The two do the same work with different options: proxies, certificates, retries and the handling of errors have to be got right twice, and the one that is
only there for a single download makes the image larger and is one more program to patch.

Where both come with the base image, or a third party's script needs the other one, there is nothing to gain. Installing one and using the other is not reported.`,
  category: "size",
  severity: "hint",
  preset: "all",
  since: "0.1.0",
  aliases: [
    "hadolint:DL4001",
    "trivy:DS-0014",
    "kics:run_using_wget_and_curl",
    "semgrep:use-either-wget-or-curl",
    "droast:DF058",
  ],
  references: ["https://docs.docker.com/build/building/best-practices/#dont-install-unnecessary-packages"],
  fix: null,
  examples: [
    {
      bad: "FROM alpine:3.22\nRUN wget -q https://example.com/a.csv && curl -fsSLO https://example.com/b.csv\nUSER nobody\n",
      good: "FROM alpine:3.22\nRUN wget -q https://example.com/a.csv https://example.com/b.csv\nUSER nobody\n",
      fixed: false,
    },
  ],
  *check(model) {
    if (!model.text.includes("wget") || !model.text.includes("curl")) return;
    for (const instructions of stagesOf(model)) {
      const found = both(instructions);
      if (found !== undefined) yield found;
    }
  },
});

/** A piece of a Dockerfile is a part of one stage. */
function stagesOf(model: DockerfileModel): readonly (readonly Instruction[])[] {
  return model.fragment ? [model.instructions] : model.stages.map(({ instructions }) => instructions);
}

type Program = "wget" | "curl";

interface Uses {
  /** Where each is called first. */
  readonly called: Map<Program, Span>;
  /** Where each is installed first. */
  readonly installed: Map<Program, Span>;
}

function both(instructions: readonly Instruction[]): Problem | undefined {
  const { called, installed } = usesIn(instructions);
  const wget = called.get("wget");
  const curl = called.get("curl");
  if (wget !== undefined && curl !== undefined) return calledBoth(wget, curl);
  // Where one of them does the work, the other may be there for whoever runs the container.
  if (wget !== undefined || curl !== undefined) return undefined;
  const packages = [installed.get("wget"), installed.get("curl")].filter((place) => place !== undefined);
  const [one, other] = packages.toSorted((a, b) => a.start - b.start);
  if (one === undefined || other === undefined) return undefined;
  return {
    at: other,
    message: "`wget` and `curl` do the same work: install one of them.",
    related: [{ at: one, message: "The other one is installed here" }],
  };
}

function usesIn(instructions: readonly Instruction[]): Uses {
  const uses: Uses = { called: new Map(), installed: new Map() };
  for (const written of instructions) {
    const instruction = written.name === "ONBUILD" ? written.trigger : written;
    const script = instruction?.name === "RUN" ? bodyOf(instruction) : undefined;
    for (const command of script?.everyCommand ?? []) {
      note(uses.called, command.name, command.nameSpan);
      const step = packageStep(command);
      if (step?.packages.manager.scope !== "system" || step.packages.does !== "install") continue;
      for (const index of step.packages.operands) {
        const word = command.args[index];
        if (word !== undefined) note(uses.installed, word.value?.split("=")[0], word.span);
      }
    }
  }
  return uses;
}

function note(places: Map<Program, Span>, name: string | undefined, place: Span): void {
  if ((name === "wget" || name === "curl") && !places.has(name)) places.set(name, place);
}

function calledBoth(wget: Span, curl: Span): Problem {
  const first = wget.start < curl.start ? "wget" : "curl";
  const second = first === "wget" ? "curl" : "wget";
  return {
    at: first === "wget" ? curl : wget,
    message: `\`${second}\` does here what \`${first}\` did before: use one of them in a stage.`,
    related: [{ at: first === "wget" ? wget : curl, message: `\`${first}\` is used here` }],
  };
}
