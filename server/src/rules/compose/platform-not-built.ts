import { defineRule, type Problem } from "../../engine/rule.ts";
import type { ComposeModel } from "../../languages/compose/model.ts";
import { appendItem } from "../../languages/yaml/edit.ts";
import { offers, platformOf, shownPlatforms } from "../../languages/image/platform.ts";
import { isUnknown, scalarText } from "../../languages/yaml/path.ts";
import { reviewed } from "../shared/edit-fixes.ts";
import { composeWith } from "./shared/example.ts";
import { oncePerPlace } from "./shared/services.ts";

const api = (platforms: readonly string[]): readonly string[] => [
  "build:",
  "  context: .",
  "  platforms:",
  ...platforms.map((platform) => `    - ${platform}`),
  "platform: linux/amd64",
];

export default defineRule("compose", {
  slug: "platform-not-built",
  summary: "A service runs on a platform that its build, or its image, is not there for.",
  why: `\`platform\` says what the container runs on, \`build.platforms\` what the image is built for. Where the list lacks the service's own platform there would be no
image to run, and Compose refuses the whole file. The two are compared letter by letter: \`linux/amd64\` is not \`Linux/amd64\`.

What platforms an image is there for is known where somebody asked its registry; the engine finds nothing to pull for another one.`,
  category: "correctness",
  severity: "error",
  preset: "minimal",
  since: "0.1.0",
  aliases: ["compose-go:consistency"],
  references: ["https://docs.docker.com/reference/compose-file/build/#platforms"],
  fix: "review",
  examples: [
    {
      bad: composeWith({ image: api(["linux/arm64"]) }),
      good: composeWith({ image: api(["linux/arm64", "linux/amd64"]) }),
    },
  ],
  keys: ["platform"],
  *check(model) {
    yield* oncePerPlace(problems(model));
  },
});

function* problems(model: ComposeModel): Iterable<Problem> {
  for (const service of model.services) {
    const platform = service.get("platform");
    const built = service.get("build", "platforms");
    const wanted = scalarText(platform) ?? "";
    if (platform === undefined || wanted === "" || isUnknown(platform)) continue;
    const offered = service.imageUse?.built === false ? service.imageUse.description : undefined;
    const asked = platformOf(wanted);
    if (offered?.shape === "index" && asked !== undefined && !offers(offered.platforms, asked)) {
      yield {
        at: platform.span,
        message: `\`${service.name}\` runs on \`${wanted}\`, and its image is there for ${shownPlatforms(offered.platforms)}, so there is nothing to pull: take one of these.`,
      };
    }
    if (built?.type !== "seq" || built.items.length === 0) continue;
    if (built.items.some((item) => isUnknown(item) || scalarText(item) === wanted)) continue;
    yield {
      at: platform.span,
      message: `\`${service.name}\` runs on \`${wanted}\`, which its \`build.platforms\` lacks, so Compose refuses the file: add it there.`,
      fixes: () =>
        reviewed(`Build \`${service.name}\` for \`${wanted}\` too`, appendItem(model.document, built, wanted)),
      related: [{ at: built.span, message: `what \`${service.name}\` is built for` }],
    };
  }
}
