import { defineRule, type Problem } from "../../engine/rule.ts";
import type { ComposeModel, ComposeService } from "../../languages/compose/model.ts";
import { removePath } from "../../languages/yaml/edit.ts";
import type { ShellCommand } from "../../languages/shell/model.ts";
import { cover } from "../../text/span.ts";
import { reviewed } from "../shared/edit-fixes.ts";
import { type DevelopmentCommand, developmentCommand } from "../shared/development-servers.ts";
import { composeWith } from "./shared/example.ts";
import { scriptsOf } from "./shared/service-scripts.ts";
import { lastingServices, oncePerPlace } from "./shared/services.ts";

export default defineRule("compose", {
  slug: "development-command",
  summary: "A service starts what is made for a developer's machine.",
  why: `Development servers watch files, compile at the first request, answer an error with the stack trace and sometimes with a console, and serve one request at a time; their makers say not to use them in
production. In the main Compose file such a command also overrides the one that the image was built and tested with.

Keep it in \`compose.override.yaml\`, which Compose reads by itself on a developer's machine, or in a file whose name says so (\`compose.dev.yaml\`); those are left alone.`,
  category: "correctness",
  severity: "info",
  preset: "recommended",
  since: "0.1.0",
  aliases: [],
  references: [
    "https://docs.docker.com/compose/how-tos/production/#modify-your-compose-file-for-production",
    "https://docs.djangoproject.com/en/stable/ref/django-admin/#runserver",
    "https://flask.palletsprojects.com/en/stable/deploying/",
  ],
  fix: "review",
  examples: [
    {
      bad: composeWith({ image: ["build: ."], own: ["command: npm run dev"] }),
      good: composeWith({ image: ["build: ."] }),
    },
  ],
  reads: "workspace",
  keys: ["command", "entrypoint"],
  *check(model, _options, workspace) {
    if (model.role !== "main") return;
    yield* oncePerPlace(lastingServices(model, workspace).flatMap((service) => [...problems(model, service)]));
  },
});

/** Words that every such command has one of: a look at the text spares most services the shell's parser. */
const words =
  /dev|watch|serve|reload|start|run|air|reflex|CompileDaemon|nodemon|tsnd|vite|next|nuxt|parcel|php|manage\.py|flask|sbt/i;

function* problems(model: ComposeModel, service: ComposeService): Iterable<Problem> {
  for (const { script, role } of scriptsOf(model, service, words, ["command", "entrypoint"])) {
    for (const command of script.everyCommand) {
      const found = foundIn(command);
      if (found === undefined) continue;
      yield {
        at: cover(command.nameSpan, command.words.at(-1)?.span ?? command.nameSpan),
        message: messageFor(service, found),
        fixes: () => {
          // Without it the image runs its own, which only a built image is known to have.
          const edits =
            role === "command" && service.build !== undefined
              ? removePath(model.document, service.map, ["command"])
              : undefined;
          const title = "Remove `command`, so that the image runs its own (put this one into `compose.override.yaml`)";
          return reviewed(title, edits);
        },
      };
      break;
    }
  }
}

function foundIn({ name, args }: ShellCommand): DevelopmentCommand | undefined {
  return name === undefined ? undefined : developmentCommand({ name, args: args.map(({ value }) => value) });
}

function messageFor({ name }: ComposeService, { command, kind }: DevelopmentCommand): string {
  const advice = "keep it for an override file";
  switch (kind) {
    case "compiles":
      return `\`${command}\` builds the program each time \`${name}\` starts: start what the image has built, and ${advice}.`;
    case "reloads":
      return `\`${command}\` runs \`${name}\` as for development, where files change and are watched: ${advice}.`;
    default:
      return `\`${command}\` runs \`${name}\` on a server for development, which its makers keep out of production: ${advice}.`;
  }
}
