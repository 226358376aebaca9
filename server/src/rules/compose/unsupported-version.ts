import { defineRule, type Fix, type Problem } from "../../engine/rule.ts";
import { newestStackVersion, stackSince } from "../../knowledge/stack-keys.ts";
import type { ComposeModel } from "../../languages/compose/model.ts";
import { replaceScalar } from "../../languages/yaml/edit.ts";
import { isUnknown } from "../../languages/yaml/path.ts";
import { safe } from "../shared/edit-fixes.ts";
import { keysIn, keyTree } from "./shared/key-tree.ts";
import { oncePerPlace } from "./shared/services.ts";
import { stackPath, stackWith } from "./shared/stack-example.ts";

export default defineRule("compose", {
  slug: "unsupported-version",
  summary:
    "The `version` of a stack file is one that `docker stack deploy` does not know, or older than a key it uses.",
  why: `\`docker compose\` ignores \`version\`, \`docker stack deploy\` does not: it takes \`3\` and \`3.0\` to \`3.13\`, and judges the file by the keys of exactly that version. One from
the time of \`2.4\` stops the deployment, and so does \`rollback_config\` in a file that says \`3.3\`.

Since Docker 23 the line can be left out, and \`3\` alone means the newest; older command lines want a number, and take \`3\` for \`3.0\`. \`3.8\` is understood everywhere since 2019.`,
  category: "correctness",
  severity: "error",
  preset: "minimal",
  since: "0.1.0",
  aliases: [],
  references: [
    "https://docs.docker.com/reference/cli/docker/stack/deploy/",
    "https://docs.docker.com/engine/swarm/stack-deploy/",
  ],
  fix: "safe",
  examples: [
    {
      path: stackPath,
      bad: stackWith({ top: ['version: "2.4"'] }),
      good: stackWith({ top: ['version: "3.8"'] }),
    },
  ],
  keys: ["version"],
  *check(model) {
    const { root, document } = model;
    const version = root.get("version")?.value;
    if (model.dialect !== "stack" || document.templated || version?.type !== "scalar" || isUnknown(version)) return;
    // A number is refused as such, which another rule says.
    if (typeof version.value !== "string") return;
    const said = version.value;
    const minor = minorOf(said);
    const fixes = (): readonly Fix[] => {
      const wanted = `3.${neededBy(model)}`;
      const edits = replaceScalar(document, version, wanted);
      return safe(`Change \`version\` to \`${wanted}\``, edits);
    };
    if (minor === undefined) {
      yield {
        at: version.span,
        message: `\`docker stack deploy\` does not know version \`${said}\`: say \`3.${neededBy(model)}\`.`,
        fixes,
      };
      return;
    }
    yield* oncePerPlace(tooNew(model, said, minor, fixes));
  },
});

const sinceTree = keyTree(stackSince);

function* tooNew(model: ComposeModel, version: string, minor: number, fixes: () => readonly Fix[]): Iterable<Problem> {
  for (const { entry, fact } of keysIn(model.root, sinceTree)) {
    if (fact.minor <= minor) continue;
    const { key } = entry;
    const message = `\`${key}\` is known since version 3.${fact.minor}, so \`docker stack deploy\` refuses it in a file of \`${version}\`: raise \`version\`.`;
    yield { at: entry.keySpan, message, fixes };
  }
}

/** The 8 of `3.8`; `undefined` for what is no version that the command knows. */
function minorOf(text: string): number | undefined {
  if (text === "3" || text === "") return newestStackVersion;
  const minor = Number(/^3\.(\d+)$/.exec(text)?.[1] ?? Number.NaN);
  return minor <= newestStackVersion ? minor : undefined;
}

/** `3.8` is known wherever a swarm still runs. */
function neededBy({ root }: ComposeModel): number {
  let needed = 8;
  for (const { fact } of keysIn(root, sinceTree)) needed = Math.max(needed, fact.minor);
  return needed;
}
