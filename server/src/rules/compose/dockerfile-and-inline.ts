import { defineRule, type Problem } from "../../engine/rule.ts";
import type { ComposeModel } from "../../languages/compose/model.ts";
import { removePath } from "../../languages/yaml/edit.ts";
import { isUnknown, scalarText } from "../../languages/yaml/path.ts";
import { reviewed } from "../shared/edit-fixes.ts";
import { composeWith } from "./shared/example.ts";
import { oncePerPlace } from "./shared/services.ts";

const inline = ["  dockerfile_inline: |", "    FROM ghcr.io/acme/base:1.2", "    COPY . /srv"];

export default defineRule("compose", {
  slug: "dockerfile-and-inline",
  summary: "A build has both a `dockerfile` and a `dockerfile_inline`.",
  why: `An image is built from one Dockerfile: that of a path, or the one written into the Compose file. Where both are given Compose cannot tell which is meant and
refuses the whole file.`,
  category: "correctness",
  severity: "error",
  preset: "minimal",
  since: "0.1.0",
  aliases: ["compose-go:consistency"],
  references: ["https://docs.docker.com/reference/compose-file/build/#dockerfile_inline"],
  fix: "review",
  examples: [
    {
      bad: composeWith({ image: ["build:", "  context: .", "  dockerfile: Dockerfile", ...inline] }),
      good: composeWith({ image: ["build:", "  context: .", ...inline] }),
    },
  ],
  keys: ["dockerfile_inline"],
  *check(model) {
    yield* oncePerPlace(problems(model));
  },
});

function* problems(model: ComposeModel): Iterable<Problem> {
  for (const service of model.services) {
    const written = service.entry("build", "dockerfile_inline");
    const dockerfile = service.entry("build", "dockerfile");
    if (written === undefined || dockerfile === undefined) continue;
    const values = [written.value, dockerfile.value];
    if (values.some((value) => isUnknown(value) && scalarText(value)?.startsWith("$") === true)) continue;
    if (values.some((value) => (scalarText(value) ?? "") === "")) continue;
    const without = (key: string): ReturnType<typeof reviewed> =>
      reviewed(
        `Remove \`${key}\` from the build of \`${service.name}\``,
        removePath(model.document, service.map, ["build", key]),
      );
    yield {
      at: dockerfile.keySpan,
      message: `The build of \`${service.name}\` has both a \`dockerfile\` and a \`dockerfile_inline\`, so Compose refuses the file: keep one of them.`,
      fixes: () => [...without("dockerfile"), ...without("dockerfile_inline")],
      related: [{ at: written.keySpan, message: "the Dockerfile in the file itself" }],
    };
  }
}
