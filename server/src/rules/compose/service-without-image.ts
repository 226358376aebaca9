import { defineRule, type Problem } from "../../engine/rule.ts";
import type { ComposeModel, ComposeService } from "../../languages/compose/model.ts";
import { isUnknown, scalarText } from "../../languages/yaml/path.ts";
import { nameOf } from "../../text/path.ts";
import type { WorkspaceView } from "../../workspace/workspace.ts";
import { composeWith } from "./shared/example.ts";
import { isSetElsewhere, oncePerPlace } from "./shared/services.ts";

export default defineRule("compose", {
  slug: "service-without-image",
  summary: "A service has neither an image nor a build.",
  why: `Without \`image\`, \`build\` or \`provider\` there is nothing to run, and Compose refuses the whole file. It happens where a service was begun and not finished, and
where a key of the file's top level slipped below \`services\`.

An override, a service that extends another one, and a file that is laid over another need no image of their own and are not reported; pieces that only
others merge belong under a key that begins with \`x-\`.`,
  category: "correctness",
  severity: "error",
  preset: "minimal",
  since: "0.1.0",
  aliases: ["compose-go:consistency"],
  references: ["https://docs.docker.com/reference/compose-file/services/#image"],
  fix: null,
  examples: [
    {
      bad: composeWith({ image: ['command: ["serve"]'] }),
      good: composeWith({ image: ["image: ghcr.io/acme/api:1.4.2", 'command: ["serve"]'] }),
      fixed: false,
    },
  ],
  reads: "workspace",
  *check(model, _options, workspace) {
    yield* oncePerPlace(problems(model, workspace));
  },
});

function* problems(model: ComposeModel, workspace: WorkspaceView): Iterable<Problem> {
  if (!isWhole(model, workspace)) return;
  for (const service of model.services) {
    if (service.open || !lacksImage(service) || keys.some((key) => isSetElsewhere(workspace, service, key))) continue;
    yield {
      at: service.keySpan,
      message: `\`${service.name}\` has neither \`image\` nor \`build\`, so there is nothing to run and Compose refuses the file: ${
        topLevel.has(service.name) ? "move it to the left, if it is the file's own key." : "add one of them."
      }`,
    };
  }
}

/** Keys of the top level that end up below `services` when they are indented. */
const topLevel: ReadonlySet<string> = new Set(["volumes", "networks", "secrets", "configs", "models"]);

const keys = ["image", "build", "provider"];

/** Files of other names than Compose's own may be meant to be laid over one of these. */
function isWhole(model: ComposeModel, workspace: WorkspaceView): boolean {
  // In `.devcontainer` and among tests lie files to be laid over one elsewhere.
  if (model.role !== "main" || model.includes || model.document.templated) return false;
  return /^(?:docker-)?compose\.ya?ml$/i.test(nameOf(workspace.path));
}

function lacksImage(service: ComposeService): boolean {
  const image = service.get("image");
  const named = image !== undefined && (isUnknown(image) || scalarText(image) !== "");
  // A key without a value is a wrong type, which is told at that key.
  const begun = ["image", "build"].some((key) => service.map.get(key) !== undefined && service.get(key) === undefined);
  return !named && !begun && service.get("build") === undefined && service.get("provider") === undefined;
}
