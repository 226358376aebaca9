import { defineRule } from "../../engine/rule.ts";
import { setPath } from "../../languages/yaml/edit.ts";
import { scalarText } from "../../languages/yaml/path.ts";
import { composeWith } from "./shared/example.ts";
import { isSetElsewhere, oncePerPlace } from "./shared/services.ts";

export default defineRule("compose", {
  slug: "build-and-image",
  summary: "A service both builds an image and names one, without saying which is meant where both can be had.",
  why: `\`image\` beside \`build\` names what is built. On a machine that has not built it, \`docker compose up\` first asks the registry for that name and builds only when nothing is
found: with a name such as \`postgres\` somebody else's image is run in place of your own, and with a tag that was pushed before, an old one in place of the
working copy.

\`pull_policy: build\` always builds, \`missing\` and \`always\` say that the registry is meant. The other side: a name of your own is how a built image is pushed, and
most files do no more than that, which is why the rule is only in \`all\`.`,
  category: "reproducibility",
  severity: "hint",
  preset: "all",
  since: "0.1.0",
  aliases: ["dclint:no-build-and-image"],
  references: [
    "https://docs.docker.com/reference/compose-file/build/#using-build-and-image",
    "https://docs.docker.com/reference/compose-file/services/#pull_policy",
  ],
  fix: "review",
  reads: "workspace",
  keys: ["build"],
  options: {
    checkPullPolicy: {
      default: true,
      description: "Take a `pull_policy` for an answer; without it, `build` and `image` together are always reported.",
    },
  },
  examples: [
    {
      bad: composeWith({ image: ["image: ghcr.io/acme/api:1.4.2", "build: ."] }),
      good: composeWith({ image: ["image: ghcr.io/acme/api:1.4.2", "build: .", "pull_policy: build"] }),
    },
  ],
  *check(model, { checkPullPolicy }, workspace) {
    // A stack builds nothing.
    if (model.dialect === "stack" || model.document.templated) return;
    const found = model.services.flatMap((service) => {
      const build = service.entry("build");
      const name = scalarText(service.get("image"));
      if (build === undefined || name === undefined || service.get("build") === undefined) return [];
      if (checkPullPolicy && isPolicyGiven()) return [];
      const edits = () =>
        setPath(model.document, service.map, ["pull_policy"], "build", { position: { after: ["image", "build"] } });
      return [
        {
          at: build.keySpan,
          message: `\`${service.name}\` builds \`${name}\` and may pull it as well: say which is meant with \`pull_policy\`, or leave one of the two out.`,
          fixes: () => {
            const made = checkPullPolicy ? edits() : undefined;
            const title = "Add `pull_policy: build` (each `up` then builds, and never pulls it)";
            return made === undefined ? [] : [{ title, safety: "review" as const, edits: made }];
          },
        },
      ];

      function isPolicyGiven(): boolean {
        return (
          service.get("pull_policy") !== undefined ||
          service.open ||
          isSetElsewhere(workspace, service.name, "pull_policy")
        );
      }
    });
    yield* oncePerPlace(found);
  },
});
