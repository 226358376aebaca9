import { defineRule, type Problem } from "../../engine/rule.ts";
import type { ComposeModel } from "../../languages/compose/model.ts";
import { oneOrMany } from "../../languages/compose/short-syntax.ts";
import { isUnknown } from "../../languages/yaml/path.ts";
import { reviewed } from "../shared/edit-fixes.ts";
import { composeWith } from "./shared/example.ts";
import { oncePerPlace } from "./shared/services.ts";
import { replaceWhereWritten } from "./shared/written.ts";

const allows: Readonly<Record<string, string>> = {
  exec: "programs can be run",
  suid: "setuid programs make somebody root",
  dev: "device nodes work",
};

export default defineRule("compose", {
  slug: "unsafe-tmpfs",
  summary: "A tmpfs takes back what the engine forbids in it.",
  why: `The engine mounts a tmpfs with \`noexec\`, \`nosuid\` and \`nodev\`, so that a folder everybody can write to cannot be used to run what was just downloaded. \`exec\`, \`suid\` and \`dev\` take that
back.

Some programs unpack libraries to \`/tmp\` and load them from there, among them Java's and some Python packages: these need \`exec\`. Point them to a folder of their own (\`-Djava.io.tmpdir\`, \`TMPDIR\`) and
allow it there only. Nothing needs \`suid\` or \`dev\`.`,
  category: "security",
  severity: "info",
  preset: "recommended",
  since: "0.1.0",
  aliases: ["compose-lint:CL-0022"],
  references: [
    "https://docs.docker.com/reference/compose-file/services/#tmpfs",
    "https://docs.docker.com/engine/storage/tmpfs/",
  ],
  fix: "review",
  examples: [
    {
      bad: composeWith({ own: ["tmpfs:", "  - /tmp:size=64m,exec"] }),
      good: composeWith({ own: ["tmpfs:", "  - /tmp:size=64m"] }),
    },
  ],
  keys: ["tmpfs", "volumes"],
  *check(model) {
    if (model.role === "development") return;
    yield* oncePerPlace(problems(model));
  },
});

function* problems(model: ComposeModel): Iterable<Problem> {
  for (const service of model.services) {
    for (const item of oneOrMany(service.get("tmpfs"))) {
      if (item.type !== "scalar" || isUnknown(item)) continue;
      const [path = "", options = ""] = item.text.split(":");
      const written = options.split(",");
      const unsafe = written.filter((option) => Object.hasOwn(allows, option));
      const [first] = unsafe;
      if (first === undefined) continue;
      yield {
        at: item.span,
        message: `\`${first}\` takes back what keeps \`${path}\` of \`${service.name}\` harmless, so that ${allows[first] ?? ""} from there: leave it out.`,
        fixes: () => {
          const left = written.filter((option) => !unsafe.includes(option));
          const edits = replaceWhereWritten(model, item, left.length === 0 ? path : `${path}:${left.join(",")}`);
          const title = `Remove \`${unsafe.join(",")}\` (what runs programs from \`${path}\` fails)`;
          return reviewed(title, edits);
        },
      };
    }
  }
}
