import { defineRule, type Fix } from "../../engine/rule.ts";
import type { ComposeModel, ComposeService } from "../../languages/compose/model.ts";
import { replaceScalar } from "../../languages/yaml/edit.ts";
import { asScalar, scalarText } from "../../languages/yaml/path.ts";
import { reviewed } from "../shared/edit-fixes.ts";
import { composeWith } from "./shared/example.ts";
import { oncePerPlace } from "./shared/services.ts";

export default defineRule("compose", {
  slug: "disabled-logging",
  summary: "The log driver `none` throws away whatever the service prints.",
  why: `With \`driver: none\` there is nothing to read when the service crashes, refuses logins or was broken into: \`docker compose logs\` has nothing, and neither
has whatever collects logs from the engine. It is often meant to save the disk, which the \`local\` driver does as well: it keeps five files of 20 MB.

Leave it for a service that writes its log somewhere else by itself, or prints nothing but noise.`,
  category: "observability",
  severity: "warning",
  preset: "recommended",
  since: "0.1.0",
  aliases: ["compose-lint:CL-0014"],
  references: [
    "https://docs.docker.com/engine/logging/configure/",
    "https://docs.docker.com/reference/compose-file/services/#logging",
  ],
  fix: "review",
  examples: [
    {
      bad: composeWith({ logging: ["logging:", "  driver: none"] }),
      good: composeWith({ logging: ["logging:", "  driver: local"] }),
    },
  ],
  keys: ["logging"],
  *check(model) {
    if (model.role === "development") return;
    yield* oncePerPlace(
      model.services.flatMap((service) => {
        const driver = service.get("logging", "driver");
        if (driver === undefined || scalarText(driver)?.toLowerCase() !== "none") return [];
        return [
          {
            at: driver.span,
            message: `Nothing that \`${service.name}\` prints is kept: use \`local\`, or \`json-file\` with \`max-size\`.`,
            fixes: () => fixes(model, service),
          },
        ];
      }),
    );
  },
});

/** The driver that bounds its files by itself and takes the same options, in place of the other where that is written. */
function fixes({ document }: ComposeModel, service: ComposeService): readonly Fix[] {
  const driver = asScalar(service.get("logging", "driver"));
  const edits = driver === undefined ? undefined : replaceScalar(document, driver, "local", { intoAnchor: true });
  const title = `Keep the log of \`${service.name}\` with the \`local\` driver (up to 100 MB on the disk)`;
  return reviewed(title, edits);
}
