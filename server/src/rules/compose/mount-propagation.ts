import { defineRule, type Fix, type Problem } from "../../engine/rule.ts";
import type { ComposeModel, ComposeMount } from "../../languages/compose/model.ts";
import { splitShort } from "../../languages/compose/short-syntax.ts";
import { removePath } from "../../languages/yaml/edit.ts";
import { getPath, isUnknown, scalarText } from "../../languages/yaml/path.ts";
import type { Span } from "../../text/span.ts";
import { reviewed } from "../shared/edit-fixes.ts";
import { composeWith } from "./shared/example.ts";
import { oncePerPlace } from "./shared/services.ts";
import { replaceWhereWritten } from "./shared/written.ts";

export default defineRule("compose", {
  slug: "mount-propagation",
  summary: "What a service mounts below a folder is mounted on the host as well.",
  why: `With \`shared\` or \`rshared\` a mount that is made inside the container appears on the host and in every other container that shares the folder. It goes both ways, so a service that was
taken over can lay its own files over those of the host, and what it leaves mounted keeps disks busy.

Storage drivers and FUSE mounts such as rclone's are meant to show what they mount. There it is needed: say so in a comment. Who only wants to see what the host mounts later takes \`rslave\`, of which nothing is said.`,
  category: "security",
  severity: "warning",
  preset: "recommended",
  since: "0.1.0",
  aliases: ["compose-lint:CL-0017", "kics:volume_mounted_in_multiple_containers"],
  references: [
    "https://docs.docker.com/engine/storage/bind-mounts/#configure-bind-propagation",
    "https://man7.org/linux/man-pages/man7/mount_namespaces.7.html",
  ],
  fix: "review",
  examples: [
    {
      bad: composeWith({ own: ["volumes:", "  - ./data:/data:rshared"] }),
      good: composeWith({ own: ["volumes:", "  - ./data:/data"] }),
    },
  ],
  keys: ["volumes"],
  *check(model) {
    yield* oncePerPlace(problems(model));
  },
});

function* problems(model: ComposeModel): Iterable<Problem> {
  for (const service of model.services) {
    for (const mount of service.mounts) {
      const found = propagationOf(mount);
      if (found === undefined) continue;
      yield {
        at: found.at,
        message: `What \`${service.name}\` mounts below \`${mount.target ?? ""}\` appears on the host, too (\`${found.value}\`): leave it out, or take \`rslave\` to see the host's mounts only.`,
        fixes: () => fixes(model, mount, found.value),
        ...(model.role === "development" ? { severity: "hint" } : {}),
      };
    }
  }
}

function propagationOf({ node }: ComposeMount): { readonly value: string; readonly at: Span } | undefined {
  if (node.type === "map") {
    const value = getPath(node, "bind", "propagation");
    const text = scalarText(value);
    return value !== undefined && (text === "shared" || text === "rshared")
      ? { value: text, at: value.span }
      : undefined;
  }
  if (node.type !== "scalar" || isUnknown(node)) return undefined;
  const value = optionsOf(node.text).find((option) => option === "shared" || option === "rshared");
  return value === undefined ? undefined : { value, at: node.span };
}

function optionsOf(text: string): readonly string[] {
  return splitShort(text, ":")[2]?.split(",") ?? [];
}

function fixes(model: ComposeModel, { node }: ComposeMount, value: string): readonly Fix[] {
  const title = `Remove \`${value}\` (what the service mounts is no longer seen outside)`;
  if (node.type === "map") {
    const edits = removePath(model.document, node, ["bind", "propagation"], { intoAnchor: true });
    return reviewed(title, edits);
  }
  if (node.type !== "scalar") return [];
  const [source = "", target = ""] = splitShort(node.text, ":");
  const left = optionsOf(node.text).filter((option) => option !== value);
  const text = [source, target, ...(left.length === 0 ? [] : [left.join(",")])].join(":");
  const edits = replaceWhereWritten(model, node, text);
  return reviewed(title, edits);
}
