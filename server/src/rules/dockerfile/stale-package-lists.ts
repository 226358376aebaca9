import { defineInstructionRule, type Fix, type Problem } from "../../engine/rule.ts";
import { packageManagerMention } from "../../knowledge/package-managers.ts";
import { removeCommand, removeInstruction } from "../../languages/dockerfile/edit.ts";
import type { DockerfileModel } from "../../languages/dockerfile/model.ts";
import type { TextEdit } from "../../text/edit.ts";
import {
  type Afterwards,
  type Reader,
  type Refresh,
  afterwards,
  onlyRefreshes,
  refreshesOf,
} from "./shared/package-lists.ts";
import { asPrivileged, commandsOf, packageStep, withFlag } from "./shared/package-steps.ts";
import { insertCommandBefore } from "./shared/command-before.ts";

export default defineInstructionRule({
  slug: "stale-package-lists",
  summary:
    "Packages are installed from lists that an earlier `RUN` fetched, which the build cache may have kept for weeks.",
  why: `A layer is built again only when its own instruction or something before it changes. A \`RUN apt-get update\` never changes, so the day a
package is added to the \`RUN\` behind it, the installation works from lists of weeks ago: it asks for versions that the archive no longer has and fails with
404, or brings versions whose holes were closed since. It happens on the machines with a warm cache alone, which makes it hard to reproduce.

Fetching the lists and installing belong in one \`RUN\`. \`dnf\`, \`yum\` and \`zypper\` are not concerned: they fetch lists anew once these have expired.`,
  category: "reproducibility",
  severity: "warning",
  preset: "recommended",
  since: "0.1.0",
  aliases: ["trivy:DS-0017", "checkov:CKV_DOCKER_5", "kics:update_instruction_alone", "droast:DF028"],
  references: ["https://docs.docker.com/build/building/best-practices/#apt-get"],
  fix: "review",
  examples: [
    {
      bad: "FROM debian:12.10-slim\nRUN apt-get update\nRUN apt-get install -y --no-install-recommends tini && \\\n    rm -rf /var/lib/apt/lists/*\nUSER nobody\n",
      good: "FROM debian:12.10-slim\nRUN apt-get update && apt-get install -y --no-install-recommends tini && \\\n    rm -rf /var/lib/apt/lists/*\nUSER nobody\n",
    },
  ],
  instructions: ["RUN"],
  mentions: packageManagerMention,
  suspects: (run) => refreshesOf(run).length > 0,
  *check(run, model) {
    for (const refresh of refreshesOf(run)) {
      const after = afterwards(model, refresh);
      const problem = refresh.keeper === "apk" ? ofIndex(model, refresh, after) : ofLists(model, refresh, after);
      if (problem !== undefined) yield problem;
    }
  },
});

function ofLists(model: DockerfileModel, refresh: Refresh, { readers, unsure }: Afterwards): Problem | undefined {
  const { step, alone } = refresh;
  const [reader] = readers;
  if (reader !== undefined) {
    return {
      at: reader.step.at,
      message: `\`${reader.step.label}\` works from lists that an earlier \`RUN\` fetched, and the build cache may have kept these for weeks: run \`${step.label}\` in this \`RUN\` too.`,
      related: [{ at: step.at, message: "The lists are fetched here." }],
      fixes: () => joinFix(model, refresh, readers, unsure),
    };
  }
  if (!alone) return undefined;
  return unsure
    ? {
        at: step.at,
        severity: "info",
        message: `\`${step.label}\` in a \`RUN\` of its own is cached, so what a later one installs comes from lists that may be weeks old: fetch them in the \`RUN\` that installs.`,
      }
    : {
        at: step.at,
        severity: "info",
        message: `Nothing in this file reads the lists that \`${step.label}\` fetches, and they stay in the image: take it out.`,
        fixes: () => removalFix(model, refresh),
      };
}

/** `apk add --no-cache` fetches an index of its own and keeps none. */
function ofIndex(model: DockerfileModel, refresh: Refresh, { readers, unsure }: Afterwards): Problem | undefined {
  const { step, alone } = refresh;
  if (!alone) return undefined;
  const unread = readers.length === 0 && !unsure;
  return {
    at: step.at,
    ...(unread ? { severity: "info" } : {}),
    message: unread
      ? `Nothing in this file reads the index that \`${step.label}\` fetches, and it stays in the image: take it out.`
      : `\`${step.label}\` in a \`RUN\` of its own is cached, so later packages come from an index that may be weeks old: take it out and install with \`apk add --no-cache\`.`,
    fixes: () => {
      if (unread) return removalFix(model, refresh);
      const gone = removal(model, refresh);
      if (gone === undefined || unsure) return [];
      const flagged = readers.flatMap(({ body }) =>
        commandsOf(body.script).flatMap((command): readonly TextEdit[] => {
          const each = packageStep(command);
          const { does, manager } = each?.packages ?? {};
          if (each === undefined || manager?.name !== "apk" || (does !== "install" && does !== "upgrade")) return [];
          return command.has("--no-cache") ? [] : [withFlag(body, each, "--no-cache")];
        }),
      );
      return [
        {
          title: "Install with `--no-cache`, without `apk update` (brings the versions of today)",
          safety: "review",
          edits: [gone, ...flagged],
        },
      ];
    },
  };
}

function joinFix(
  model: DockerfileModel,
  refresh: Refresh,
  readers: readonly Reader[],
  unsure: boolean,
): readonly Fix[] {
  const { start, end } = refresh.step.command.span;
  const written = model.text.slice(start, end);
  const bare = refresh.step.command.prefixes.length === 0 && /^[\w ./=:-]+$/.test(written);
  const command = bare ? written : refresh.step.label;
  const edits: TextEdit[] = [];
  for (const { body, step } of readers) {
    const edit = insertCommandBefore(model, body, step.command, asPrivileged(step, command));
    if (edit === undefined) return [];
    edits.push(edit);
  }
  const gone = refresh.alone && !unsure ? removal(model, refresh) : undefined;
  const where = readers.length > 1 ? "in each `RUN` that installs" : "in the `RUN` that installs";
  return [
    {
      title: `Run \`${command}\` ${where} (brings the versions of today)`,
      safety: "review",
      edits: gone === undefined ? edits : [gone, ...edits],
    },
  ];
}

function removalFix(model: DockerfileModel, refresh: Refresh): readonly Fix[] {
  const gone = removal(model, refresh);
  if (gone === undefined) return [];
  const title = `Take out \`${refresh.step.label}\` (a program that runs in the container may want its lists)`;
  return [{ title, safety: "review", edits: [gone] }];
}

/** Takes the command out, with its RUN where that does nothing else. */
function removal(model: DockerfileModel, { body, step, keeper }: Refresh): TextEdit | undefined {
  if (body.run.onbuild) return undefined;
  return onlyRefreshes(body.run, keeper)
    ? removeInstruction(model, body.run)
    : removeCommand(model, body.run, step.command);
}
