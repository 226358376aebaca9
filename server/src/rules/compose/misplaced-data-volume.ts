import { defineRule, type Fix } from "../../engine/rule.ts";
import type { ServiceFacts } from "../../knowledge/services/index.ts";
import type { ComposeModel, ComposeMount, ComposeService } from "../../languages/compose/model.ts";
import { replaceScalar } from "../../languages/yaml/edit.ts";
import { getPath } from "../../languages/yaml/path.ts";
import { holdingOf } from "./shared/data-directory.ts";
import { composeWith } from "./shared/example.ts";
import { factsOf, isSetElsewhere, oncePerPlace, wholeServices } from "./shared/services.ts";

const database = { name: "db", image: ["image: postgres:18-alpine"], end: ["volumes:", "  data:"] };

export default defineRule("compose", {
  slug: "misplaced-data-volume",
  summary: "The volume for a database's data is mounted where that image does not keep its data.",
  why: `PostgreSQL's images keep their data below \`/var/lib/postgresql\` since version 18, in a folder for each version, and no longer in \`…/data\`. With a
volume on the old place they refuse to start. Up to 17 it is the other way round, and worse: the image declares \`…/data\` as a volume of its own, so a
volume one folder above stays empty while the data goes to an anonymous volume that the next container does not get. Everything works until the first
\`docker compose down\`.

The same holds for every image that declares its data directory as \`VOLUME\`: only a mount on that very directory takes its place. Data that is already
in the wrong place has to be moved, and data of an older PostgreSQL upgraded, before the volume is.`,
  category: "storage",
  severity: "error",
  preset: "minimal",
  since: "0.1.0",
  aliases: [],
  references: [
    "https://hub.docker.com/_/postgres",
    "https://github.com/docker-library/postgres/pull/1259",
    "https://docs.docker.com/reference/dockerfile/#volume",
  ],
  fix: "review",
  examples: [
    {
      bad: composeWith({ ...database, own: ["volumes:", "  - data:/var/lib/postgresql/data"] }),
      good: composeWith({ ...database, own: ["volumes:", "  - data:/var/lib/postgresql"] }),
    },
  ],
  reads: "workspace",
  *check(model, _options, workspace) {
    yield* oncePerPlace(
      wholeServices(model).flatMap((service) => {
        const facts = factsOf(service);
        const holding = holdingOf(service, facts);
        if (facts === undefined || holding?.kind !== "misplaced") return [];
        const { mount, why, directory } = holding;
        if (isSetElsewhere(workspace, service, "environment", "PGDATA")) return [];
        if (why === "above" && isSetElsewhere(workspace, service, "volumes")) return [];
        // Which version `latest` is depends on when it was pulled; a file of variables may name another place; and in development nobody misses the data.
        const sure =
          service.get("env_file") === undefined && (why === "former" ? statesVersion(service) : model.role === "main");
        return [
          {
            at: mount.span,
            message:
              why === "former"
                ? `${facts.name} keeps its data below \`${directory}\` since version 18 and refuses to start with a mount on \`${mount.target ?? ""}\`: mount the volume on \`${directory}\`.`
                : `${facts.name}'s data does not get here: its image declares \`${directory}\` as a volume of its own, which is empty after \`docker compose down\`: mount this one there.`,
            fixes: () => moved(model, facts, mount, directory),
            ...(sure ? {} : { severity: "warning" as const }),
          },
        ];
      }),
    );
  },
});

function statesVersion({ image }: ComposeService): boolean {
  return /\d/.test(image?.tag ?? "");
}

function moved(
  { document }: ComposeModel,
  facts: ServiceFacts,
  { node, target = "", source = "" }: ComposeMount,
  directory: string,
): readonly Fix[] {
  const written = node.type === "map" ? getPath(node, "target") : node;
  if (written?.type !== "scalar") return [];
  const at = written.text.lastIndexOf(target);
  const text = written.text.slice(0, at) + directory + written.text.slice(at + target.length);
  const edits = at < source.length && node.type !== "map" ? undefined : replaceScalar(document, written, text);
  if (edits === undefined) return [];
  const warning =
    facts.formerDirectory === target.replace(/\/+$/, "")
      ? "data of an older version has to be upgraded first"
      : "what the container has now has to be moved there first";
  return [{ title: `Mount the volume on \`${directory}\` (${warning})`, safety: "review", edits }];
}
