import { defineRule, type Fix, type Problem } from "../../engine/rule.ts";
import type { BaseImageFacts } from "../../knowledge/base-images/index.ts";
import type { ComposeModel, ComposeService } from "../../languages/compose/model.ts";
import type { ShellCommand } from "../../languages/shell/index.ts";
import { flow, setPath } from "../../languages/yaml/edit.ts";
import { replace, type TextEdit } from "../../text/edit.ts";
import { otherFetcher } from "../shared/fetchers.ts";
import { lacksAny, missingProgram } from "../shared/missing-program.ts";
import { composeWith } from "./shared/example.ts";
import { type WrittenCheck, writtenCheck } from "./shared/health-script.ts";
import { commandText, factsOf, oncePerPlace } from "./shared/services.ts";

const site = { name: "tool", image: ["image: node:22.14-alpine"] };

export default defineRule("compose", {
  slug: "unrunnable-healthcheck",
  summary: "The health check calls a program that the image does not have.",
  why: `A health check runs inside the container, with what the image has: Debian's slim images bring neither curl nor wget, Alpine's no curl and no bash, and images
of a single program no shell for \`CMD-SHELL\`. The check then fails each time: the container is unhealthy from its first minute, what waits for it with
\`condition: service_healthy\` never starts, and a swarm replaces it again and again, while the program works.

Ask with what is there: busybox's \`wget\`, the language's own runtime, the client that a database brings. Only images whose contents are known are judged, and
not those that are built here: what a Dockerfile adds is judged in the Dockerfile.`,
  category: "health",
  severity: "warning",
  preset: "recommended",
  since: "0.1.0",
  aliases: [],
  references: [
    "https://docs.docker.com/reference/compose-file/services/#healthcheck",
    "https://docs.docker.com/reference/dockerfile/#healthcheck",
  ],
  fix: "review",
  examples: [
    {
      bad: composeWith({
        ...site,
        healthcheck: ["healthcheck:", "  test: curl -f http://localhost:3000/health || exit 1"],
      }),
      good: composeWith({
        ...site,
        healthcheck: ["healthcheck:", "  test: wget -q -O /dev/null http://127.0.0.1:3000/health || exit 1"],
      }),
    },
  ],
  keys: ["healthcheck"],
  *check(model) {
    yield* oncePerPlace(problems(model));
  },
});

function* problems(model: ComposeModel): Iterable<Problem> {
  for (const service of model.services) {
    const image = service.imageUse;
    const test = service.get("healthcheck", "test");
    if (test === undefined || image === undefined || image.built) continue;
    const facts = image.facts;
    if (facts === undefined || facts.os === "windows") continue;
    // Reading a script costs more than looking for the names.
    const written = model.document.text.slice(test.span.start, test.span.end);
    if (facts.shell && !lacksAny(facts, written)) continue;
    const check = writtenCheck(model, service);
    if (check === undefined || mayBeChanged(service)) continue;
    const name = image.reference?.text ?? "the image";
    if (!facts.shell && !check.list) {
      yield {
        at: check.script.commands[0]?.nameSpan ?? check.test.span,
        message: `The health check is run by a shell, and \`${name}\` has none: use \`["CMD", …]\` with a program that the image has.`,
        fixes: () => known(model, service),
      };
      continue;
    }
    const missing = missingProgram(check.script, facts, factsOf(service)?.health?.test.join(" ") ?? "");
    if (missing === undefined) continue;
    const path = missing.program === "bash" ? undefined : facts.toolPaths?.[missing.program];
    const swapped = path === undefined ? swappedWords(check, facts, missing.command) : undefined;
    const use =
      path === undefined
        ? swapped
          ? `ask with \`${swapped[0]}\`, which is`
          : "ask with a program that it has"
        : `it is \`${path}\` there`;
    yield {
      at: missing.command.nameSpan,
      message: `\`${missing.word}\` is not in \`${name}\`, so the check always fails: ${use}.`,
      fixes: () => [
        ...(path === undefined
          ? []
          : [review(`Call it by its path, \`${path}\``, [replace(missing.command.nameSpan, path)])]),
        ...(swapped === undefined ? [] : swap(model, service, check, missing.command, swapped)),
        ...known(model, service),
      ],
    };
  }
}

/** A mount may bring programs, and what is started may install some. */
function mayBeChanged(service: ComposeService): boolean {
  const brings = service.mounts.some(
    ({ target }) => target === undefined || /^\/(?:usr(?:\/local)?(?:\/s?bin(?:\/.*)?)?|s?bin(?:\/.*)?)?$/.test(target),
  );
  if (brings || service.get("post_start") !== undefined) return true;
  const started = [commandText(service, "entrypoint"), commandText(service, "command")];
  return started.some(
    (text) => text === undefined || /\b(?:apk|apt|apt-get|dnf|microdnf|yum|install)\b|\.sh\b/.test(text),
  );
}

type Words = readonly [program: string, ...args: readonly string[]];

function swappedWords({ script }: WrittenCheck, facts: BaseImageFacts, command: ShellCommand): Words | undefined {
  return otherFetcher(command, script, (program) => facts.tools[program] === true);
}

function swap(
  model: ComposeModel,
  service: ComposeService,
  check: WrittenCheck,
  { span }: ShellCommand,
  words: Words,
): readonly Fix[] {
  const title = `Ask with \`${words[0]}\``;
  if (!check.direct) return [review(title, [replace(span, words.join(" "))])];
  const plain = words.map((word) => word.replace(/^'(.*)'$/, "$1"));
  const edits = setPath(model.document, service.map, ["healthcheck", "test"], flow(["CMD", ...plain]));
  return edits === undefined ? [] : [review(title, edits)];
}

/** The check that is known for the image, with the times that are written. */
function known(model: ComposeModel, service: ComposeService): readonly Fix[] {
  const facts = factsOf(service);
  if (facts?.health === undefined || commandText(service, "entrypoint") !== "") return [];
  const edits = setPath(model.document, service.map, ["healthcheck", "test"], flow([...facts.health.test]));
  const needs = facts.health.needs === undefined ? "" : ` (it needs ${facts.health.needs})`;
  return edits === undefined ? [] : [review(`Ask ${facts.name} with what its image has${needs}`, edits)];
}

function review(title: string, edits: readonly TextEdit[]): Fix {
  return { title, safety: "review", edits };
}
