import { defineRule, type Problem } from "../../engine/rule.ts";
import type { ComposeModel } from "../../languages/compose/model.ts";
import type { WorkspaceView } from "../../workspace/workspace.ts";
import { composeWith, serviceLines } from "./shared/example.ts";
import { buildContextsOf, isUndeclared, nearService, type Reference } from "./shared/references.ts";
import { isSetElsewhere, oncePerPlace } from "./shared/services.ts";
import { renameFix } from "./shared/undeclared.ts";

const base = serviceLines({ name: "base", image: ["build: ./base"] })
  .trimEnd()
  .split("\n");

const api = (context: string): readonly string[] => [
  "build:",
  "  context: .",
  "  additional_contexts:",
  `    base: service:${context}`,
];

export default defineRule("compose", {
  slug: "unknown-build-context",
  summary: "A build takes a service for a context that does not exist or is not built.",
  why: `\`additional_contexts: base: service:base\` hands the image that another service builds to this build, under a name its Dockerfile can use in \`FROM\` and
\`COPY --from\`. That service has to be there and has to have a \`build\`; otherwise Compose refuses the whole file. An image that is only pulled is named by
\`docker-image://\`.`,
  category: "correctness",
  severity: "error",
  preset: "minimal",
  since: "0.1.0",
  aliases: ["compose-go:consistency"],
  references: [
    "https://docs.docker.com/reference/compose-file/build/#additional_contexts",
    "https://docs.docker.com/compose/how-tos/dependent-images/",
  ],
  fix: "review",
  examples: [
    {
      bad: composeWith({ image: api("bse"), end: base }),
      good: composeWith({ image: api("base"), end: base }),
    },
  ],
  reads: "workspace",
  keys: ["build"],
  *check(model, _options, workspace) {
    yield* oncePerPlace(problems(model, workspace));
  },
});

function* problems(model: ComposeModel, workspace: WorkspaceView): Iterable<Problem> {
  for (const service of model.services) {
    for (const reference of buildContextsOf(model, service)) {
      const { name, at } = reference;
      if (isUndeclared(model, workspace, "services", name)) {
        const near = nearService(model, workspace, reference);
        const advice = near === undefined ? "name one that is built." : `did you mean \`${near}\`?`;
        yield {
          at,
          message: `The build of \`${service.name}\` takes the service \`${name}\` for a context, which does not exist, so Compose refuses the file: ${advice}`,
          fixes: () => renameFix(model, reference, near),
        };
      } else if (isPulled(model, workspace, reference)) {
        yield {
          at,
          message: `The build of \`${service.name}\` takes the service \`${name}\` for a context, which builds nothing, so Compose refuses the file: give it a \`build\`, or name its image with \`docker-image://\`.`,
        };
      }
    }
  }
}

/** The service has an image, and no build anywhere. */
function isPulled(model: ComposeModel, workspace: WorkspaceView, { name }: Reference): boolean {
  const target = model.service(name);
  if (target === undefined || target.open || target.get("image") === undefined) return false;
  return (
    target.map.get("build") === undefined && target.build === undefined && !isSetElsewhere(workspace, name, "build")
  );
}
