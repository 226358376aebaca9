import { defineRule, type Problem } from "../../engine/rule.ts";
import type { ComposeModel, ComposeService } from "../../languages/compose/model.ts";
import { oneOrMany } from "../../languages/compose/short-syntax.ts";
import { partOf } from "../../languages/scalar-place.ts";
import type { YamlNode } from "../../languages/yaml/node.ts";
import { isUnknownText, scalarText } from "../../languages/yaml/path.ts";
import type { Span } from "../../text/span.ts";
import { reviewed } from "../shared/edit-fixes.ts";
import { composeWith } from "./shared/example.ts";
import { finalTarget, targetSpan, withoutMount } from "./shared/mount-targets.ts";
import { oncePerPlace } from "./shared/services.ts";

export default defineRule("compose", {
  slug: "duplicate-mount-target",
  summary: "A directory of the container is to be mounted twice.",
  why: `Only one thing can be mounted at a path. Where \`tmpfs\` names a path that \`volumes\` mounts as well, or names it twice, Compose refuses the whole file rather than guess
whether the files are to be kept or to be gone with the container.`,
  category: "correctness",
  severity: "error",
  preset: "minimal",
  since: "0.1.0",
  aliases: ["compose-go:consistency"],
  references: [
    "https://docs.docker.com/reference/compose-file/services/#tmpfs",
    "https://docs.docker.com/reference/compose-file/services/#volumes",
  ],
  fix: "review",
  examples: [
    {
      bad: composeWith({
        own: ["tmpfs:", "  - /srv/cache", "volumes:", "  - cache:/srv/cache"],
        end: ["volumes:", "  cache:"],
      }),
      good: composeWith({ own: ["volumes:", "  - cache:/srv/cache"], end: ["volumes:", "  cache:"] }),
    },
  ],
  keys: ["volumes", "tmpfs"],
  *check(model) {
    // `docker stack deploy` has rules of its own here.
    if (model.dialect !== "stack") yield* oncePerPlace(problems(model));
  },
});

interface Mounted {
  readonly at: Span;
  readonly node: YamlNode;
  readonly key: "tmpfs" | "volumes";
  /** By what Compose takes two items of a list for the same, so that the later one replaces the earlier. */
  readonly identity: string;
  /** A path alone, which says less than what names a source or options. */
  readonly bare: boolean;
}

function* problems(model: ComposeModel): Iterable<Problem> {
  for (const service of model.services) {
    const known = new Map<string, Mounted>();
    for (const [target, mounted] of mountsOf(model, service)) {
      const before = known.get(target);
      known.set(target, mounted);
      if (before === undefined || (before.key === mounted.key && before.identity === mounted.identity)) continue;
      yield {
        at: mounted.at,
        message: `\`${service.name}\` mounts \`${target}\` twice, here and ${before.key === mounted.key ? "further up" : `under \`${before.key}\``}, so Compose refuses the file: remove one of them.`,
        fixes: () => {
          const earlier = reviewed(
            `Remove \`${target}\` from \`${before.key}\``,
            withoutMount(model, service, before.key, before.node),
          );
          const later = reviewed(
            `Remove this mount of \`${target}\` from \`${mounted.key}\``,
            withoutMount(model, service, mounted.key, mounted.node),
          );
          return mounted.bare && !before.bare ? [...later, ...earlier] : [...earlier, ...later];
        },
        related: [{ at: before.at, message: `\`${target}\` under \`${before.key}\`` }],
      };
    }
  }
}

function* mountsOf(model: ComposeModel, service: ComposeService): Iterable<readonly [string, Mounted]> {
  for (const node of oneOrMany(service.get("tmpfs"))) {
    const text = scalarText(node);
    if (node.type !== "scalar" || text === undefined || isUnknownText(text)) continue;
    const target = text.split(":")[0] ?? text;
    const at = partOf(model.document.text, node, 0, target.length);
    yield [target, { at, node, key: "tmpfs", identity: text.split("=")[0] ?? text, bare: target === text }];
  }
  for (const mount of service.mounts) {
    const target = finalTarget(mount);
    if (target === undefined) continue;
    const { node } = mount;
    // Before paths are tidied, long forms are compared as they are written.
    const identity = node.type === "map" ? (mount.target ?? "") : target;
    yield [
      target,
      {
        at: targetSpan(model.document.text, mount),
        node,
        key: "volumes",
        identity,
        bare: scalarText(node) === mount.target,
      },
    ];
  }
}
