import { defineRule, type Rule, type RuleMetadata } from "../../server/src/engine/rule.ts";
import { insert, remove, replace } from "../../server/src/text/edit.ts";
import { span } from "../../server/src/text/span.ts";

/** Metadata for a rule that only tests know. */
export function metadata(slug: string, given: Partial<RuleMetadata> = {}): RuleMetadata {
  return {
    slug,
    summary: "A rule of a test.",
    why: "So that the engine is tested apart from real rules.",
    category: "correctness",
    severity: "warning",
    preset: "recommended",
    since: "0.1.0",
    aliases: [],
    references: [],
    fix: null,
    examples: [],
    ...given,
  };
}

/** Reports every `latest` tag; one safe fix and one to be reviewed. */
export const latestTag = defineRule("image", {
  ...metadata("latest-tag", {
    aliases: ["hadolint:DL3007", "trivy:DS-0001", "checkov:CKV_DOCKER_7", "kube-linter:latest-tag"],
  }),
  *check({ text, images }) {
    for (const { span: at, reference } of images) {
      if (reference?.tag !== "latest") continue;
      const tag = span(at.end - "latest".length, at.end);
      if (text.slice(tag.start, tag.end) !== "latest") continue;
      yield {
        at: tag,
        message: "`latest` moves.",
        fixes: [
          { title: "Pin to `1`", safety: "review", edits: [replace(tag, "1")] },
          { title: "Remove the tag", safety: "safe", edits: [remove(span(tag.start - 1, tag.end))] },
        ],
      };
    }
  },
});

/** Reports every MAINTAINER and takes its line away. */
export const maintainer = defineRule("dockerfile", {
  ...metadata("maintainer", { aliases: ["hadolint:DL4000", "buildkit:MaintainerDeprecated"], severity: "info" }),
  options: {
    allowed: { default: ["nobody"], description: "Who may be named." },
    word: { default: "x", values: ["x", "y"], description: "A word." },
    most: { default: 3, description: "A number." },
  },
  *check(model, { allowed }) {
    for (const instruction of model.instructions) {
      if (instruction.name !== "MAINTAINER") continue;
      if (allowed.includes(instruction.words.map(({ text }) => text).join(" "))) continue;
      const { start, end } = instruction.span;
      yield {
        at: instruction.keywordSpan,
        message: "`MAINTAINER` is deprecated.",
        tag: "deprecated",
        fixes: [
          { title: "Remove", safety: "safe", edits: [remove(span(start, Math.min(end + 1, model.text.length)))] },
        ],
      };
    }
  },
});

/** Asks for `restart` in every service, with a fix that puts it first. */
export const missingRestart = defineRule("compose", {
  ...metadata("missing-restart", { aliases: ["kics:restart_missing"] }),
  *check(model) {
    for (const service of model.services) {
      if (service.get("restart") !== undefined) continue;
      const indentation = " ".repeat(4);
      yield {
        at: service.keySpan,
        message: `\`${service.name}\` does not restart.`,
        fixes: [
          {
            title: "Add `restart`",
            safety: "review",
            edits: [insert(service.keySpan.end + 1, `\n${indentation}restart: always`)],
          },
        ],
      };
    }
  },
});

/** Reports every container that is privileged. */
export const privileged = defineRule("kubernetes", {
  ...metadata("privileged", {
    aliases: [
      "kube-linter:privileged-container",
      "kube-score:Container Security Context Privileged",
      "polaris:runAsPrivileged",
      "checkov:CKV_K8S_16",
    ],
    severity: "error",
    preset: "minimal",
  }),
  *check(model) {
    for (const { pod } of model.resources) {
      for (const container of pod?.containers ?? []) {
        const entry = container.entry("securityContext", "privileged");
        if (entry !== undefined) yield { at: entry.keySpan, message: "Privileged." };
      }
    }
  },
});

/** Off until asked for; reports the file's first character. */
export const pedantic = defineRule("dockerfile", {
  ...metadata("pedantic", { preset: "all", severity: "hint" }),
  *check() {
    yield { at: span(0, 1), message: "Anything." };
    yield { at: span(0, 1), message: "The same place once more." };
  },
});

/** Throws after its first problem. */
export const throwing = defineRule("dockerfile", {
  ...metadata("throwing"),
  *check() {
    yield { at: span(0, 4), message: "Before the fault." };
    throw new Error("it broke\nover two lines");
  },
});

/** Rules of tests that behave. */
export const sampleRules: readonly Rule[] = [latestTag, maintainer, missingRestart, privileged, pedantic];
