import { closestOf } from "../../text/closest.ts";
import { defineRule, type Fix, type Problem } from "../../engine/rule.ts";
import type { ComposeModel, ComposeService, ComposeVariable } from "../../languages/compose/model.ts";
import { variablesOf } from "../../languages/compose/variables.ts";
import { removePath, renameKey, replaceScalar } from "../../languages/yaml/edit.ts";
import { getPath, isUnknownText } from "../../languages/yaml/path.ts";
import type { TextEdit } from "../../text/edit.ts";
import type { WorkspaceView } from "../../workspace/workspace.ts";
import { reviewed } from "../shared/edit-fixes.ts";
import { builtDockerfile } from "./shared/built-dockerfile.ts";
import { composeWith } from "./shared/example.ts";
import { oncePerPlace } from "./shared/services.ts";

const build = (arg: string): readonly string[] => ["build:", "  context: .", "  args:", `    ${arg}: "1.4.2"`];

const dropped: readonly string[] = ["cap_drop:", "  - ALL"];

export default defineRule("compose", {
  slug: "unknown-build-arg",
  summary: "A build argument is given that the Dockerfile does not declare.",
  why: `The builder drops arguments without an \`ARG\` of that name, with a warning that scrolls by. The image is then built with the default instead: another version, another environment,
without the certificate that was meant.

Proxies and BuildKit's own settings need no \`ARG\` and are not reported. Arguments that only a base image's \`ONBUILD\` takes cannot be seen from here.`,
  category: "correctness",
  severity: "info",
  preset: "recommended",
  since: "0.1.0",
  aliases: [],
  references: [
    "https://docs.docker.com/reference/compose-file/build/#args",
    "https://docs.docker.com/reference/dockerfile/#arg",
  ],
  fix: "review",
  examples: [
    {
      bad: composeWith({ image: build("APP_VERSON"), own: dropped }),
      good: composeWith({ image: build("APP_VERSION"), own: dropped }),
      files: {
        Dockerfile:
          'FROM scratch\nARG APP_VERSION\nLABEL org.opencontainers.image.version=$APP_VERSION\nCOPY api /api\nUSER 10001\nENTRYPOINT ["/api"]\n',
      },
    },
  ],
  reads: "workspace",
  keys: ["build"],
  *check(model, _options, workspace) {
    yield* oncePerPlace(problems(model, workspace));
  },
});

/** Arguments that every build takes. Source: https://docs.docker.com/reference/dockerfile/#predefined-args and BuildKit's built-in ones. */
const predefined = /^(?:(?:https?|ftp|no|all)_proxy|buildkit_\w+|source_date_epoch|docker_buildkit)$/i;

function* problems(model: ComposeModel, workspace: WorkspaceView): Iterable<Problem> {
  for (const service of model.services) {
    const args = variablesOf(model.document.text, service.get("build", "args"));
    if (args.length === 0) continue;
    const dockerfile = builtDockerfile(service, workspace);
    if (dockerfile === undefined) continue;
    const given = new Set(args.map(({ name }) => name));
    for (const arg of args) {
      const { name, nameSpan } = arg;
      if (predefined.test(name) || isUnknownText(name) || dockerfile.args.includes(name)) continue;
      const near = closestOf(
        name,
        dockerfile.args.filter((other) => !given.has(other)),
      );
      yield {
        at: nameSpan,
        message: `\`${dockerfile.name}\` has no \`ARG ${name}\`, so the value is dropped: ${near === undefined ? "declare it there, or take it out here" : `did you mean \`${near}\`?`}${near === undefined ? "." : ""}`,
        ...(near === undefined ? {} : { severity: "warning" as const }),
        fixes: () => fixes(model, service, arg, near),
      };
    }
  }
}

function fixes(
  model: ComposeModel,
  service: ComposeService,
  arg: ComposeVariable,
  near: string | undefined,
): readonly Fix[] {
  const edits = near === undefined ? withoutArg(model, service, arg) : renamed(model, service, arg, near);
  const title =
    near === undefined
      ? `Take \`${arg.name}\` out (the build ignores it today)`
      : `Give \`${near}\` instead (its value then reaches the build)`;
  return reviewed(title, edits);
}

function withoutArg(
  { document }: ComposeModel,
  { map }: ComposeService,
  { name, span, form }: ComposeVariable,
): readonly TextEdit[] | undefined {
  const args = getPath(map, "build", "args");
  if (form === "map") return removePath(document, map, ["build", "args", name]);
  const index = args?.type === "seq" ? args.items.findIndex((item) => item.span.start === span.start) : -1;
  return index < 0 ? undefined : removePath(document, map, ["build", "args", index]);
}

function renamed(
  { document }: ComposeModel,
  { map }: ComposeService,
  { name, value, span }: ComposeVariable,
  near: string,
): readonly TextEdit[] | undefined {
  const args = getPath(map, "build", "args");
  if (args?.type === "map") {
    const entry = args.get(name);
    return entry === undefined ? undefined : renameKey(document, entry, near);
  }
  const item = args?.type === "seq" ? args.items.find((candidate) => candidate.span.start === span.start) : undefined;
  if (item?.type !== "scalar") return undefined;
  return replaceScalar(document, item, value === undefined ? near : `${near}=${value}`);
}
