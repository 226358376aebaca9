import { defineRule, type Problem } from "../../engine/rule.ts";
import type { ComposeModel, ComposeService } from "../../languages/compose/model.ts";
import { insideQuotes } from "../../languages/scalar-place.ts";
import type { Span } from "../../text/span.ts";
import { buildFacts } from "../../workspace/compose-facts.ts";
import type { WorkspaceView } from "../../workspace/workspace.ts";
import { nameOfDockerfile } from "./shared/built-dockerfile.ts";
import { composeWith } from "./shared/example.ts";
import { isSetElsewhere, oncePerPlace } from "./shared/services.ts";

export default defineRule("compose", {
  slug: "missing-dockerfile",
  summary: "A service builds from a Dockerfile that is not there.",
  why: `The build fails wherever there is no image of an earlier one, so what works on the author's machine fails on a fresh clone and on the server. Mostly a folder was renamed, the
file has another name (\`dockerfile:\` is then missing), or the path is taken from the wrong place: \`context\` counts from the Compose file, \`dockerfile\` from the context.

A service that names an \`image\` too can be pulled instead, so there it is only a note. What lies outside of the project is left out. Where the context is a
Git submodule, or the file is generated before the build, leave a comment.`,
  category: "correctness",
  severity: "warning",
  preset: "recommended",
  since: "0.1.0",
  aliases: [],
  references: [
    "https://docs.docker.com/reference/compose-file/build/#dockerfile",
    "https://docs.docker.com/reference/compose-file/build/#context",
  ],
  fix: null,
  examples: [
    {
      bad: composeWith({ image: ["build: ./ap"], own: ["cap_drop:", "  - ALL"] }),
      good: composeWith({ image: ["build: ./api"], own: ["cap_drop:", "  - ALL"] }),
      files: { "api/Dockerfile": 'FROM scratch\nCOPY api /api\nUSER 10001\nENTRYPOINT ["/api"]\n' },
    },
  ],
  reads: "workspace",
  keys: ["build"],
  *check(model, _options, workspace) {
    yield* oncePerPlace(problems(model, workspace));
  },
});

function* problems(model: ComposeModel, workspace: WorkspaceView): Iterable<Problem> {
  if (model.document.templated) return;
  for (const service of model.services) {
    if (service.build === undefined) continue;
    const facts = buildFacts(service, workspace.path);
    // A repository beside this one need not be there wherever this one is.
    if (facts?.dockerfile.startsWith("../") === true) continue;
    if (facts === undefined || workspace.dockerfile(facts.dockerfile)?.beside?.present !== false) continue;
    if (
      ["context", "dockerfile", "dockerfile_inline"].some((key) => isSetElsewhere(workspace, service, "build", key))
    ) {
      continue;
    }
    yield {
      at: placeOf(model, service, service.build.span),
      message: `There is no \`${nameOfDockerfile(service)}\`, so \`${service.name}\` cannot be built: correct \`context\` or \`dockerfile\`, or add the file.`,
      // Then Compose takes the image as it finds it, and nobody has to build.
      ...(service.get("image") === undefined ? {} : { severity: "info" }),
    };
  }
}

/** What leads to the file: its own name, else the context. */
function placeOf({ document: { text } }: ComposeModel, service: ComposeService, span: Span): Span {
  for (const key of ["dockerfile", "context"]) {
    const node = service.get("build", key);
    if (node?.type === "scalar") return insideQuotes(text, node);
  }
  return span;
}
