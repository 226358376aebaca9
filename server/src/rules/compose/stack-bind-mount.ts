import { defineRule, type Fix } from "../../engine/rule.ts";
import type { ComposeModel, ComposeMount, ComposeService } from "../../languages/compose/model.ts";
import { appendItem, insertTopLevel, removeEntry, removeItem, setPath } from "../../languages/yaml/edit.ts";
import type { TextEdit } from "../../text/edit.ts";
import { nameOf } from "../../text/path.ts";
import type { WorkspaceView } from "../../workspace/workspace.ts";
import { joined } from "../shared/joined-edits.ts";
import { reviewed } from "../shared/edit-fixes.ts";
import { hasConstraints } from "./shared/rollout.ts";
import { isSetElsewhere, oncePerPlace, productionServices } from "./shared/services.ts";
import { stackPath, stackWith } from "./shared/stack-example.ts";

export default defineRule("compose", {
  slug: "stack-bind-mount",
  summary: "A service of a stack mounts a file or folder from beside the stack file, which is on one node at most.",
  why: `\`docker stack deploy\` turns \`./nginx.conf\` into the absolute path on the machine where it is run, and each node then looks for that path on its own disk. Where it is
missing the task is rejected ("bind source path does not exist"), and where an old copy lies the service runs with that.

Files belong into \`configs\` and \`secrets\`, which the swarm brings to every node; folders into the image or into a volume of a driver that all nodes reach. In a
swarm of one node, or with a folder that is kept the same on all of them, leave it. A service with a placement constraint is not reported.`,
  category: "storage",
  severity: "info",
  preset: "recommended",
  since: "0.1.0",
  aliases: [],
  references: [
    "https://docs.docker.com/engine/swarm/services/#bind-mounts",
    "https://docs.docker.com/reference/compose-file/configs/",
  ],
  fix: "review",
  examples: [
    {
      path: stackPath,
      files: { "settings.toml": "" },
      bad: stackWith({ own: ["volumes:", "  - ./settings.toml:/etc/api/settings.toml:ro"] }),
      good: stackWith({
        own: ["configs:", "  - source: settings_toml", "    target: /etc/api/settings.toml"],
        end: ["configs:", "  settings_toml:", "    file: ./settings.toml"],
      }),
    },
  ],
  reads: "workspace",
  keys: ["volumes"],
  *check(model, _options, workspace) {
    if (model.dialect !== "stack") return;
    yield* oncePerPlace(
      productionServices(model, workspace).flatMap((service) => {
        const mounts = service.mounts.filter(isRelative);
        if (mounts.length === 0 || hasConstraints(service)) return [];
        if (isSetElsewhere(workspace, service.name, "deploy", "placement")) return [];
        return mounts.map((mount) => {
          const source = mount.source ?? "";
          const file = isFile(mount, workspace);
          const instead = file ? "bring it there as a config or secret" : "put it into the image or on a shared volume";
          return {
            at: mount.span,
            message: `Each node looks for \`${source}\` on its own disk, where nothing brings it: ${instead}.`,
            fixes: () => (file ? fixes(model, service, mount) : []),
          };
        });
      }),
    );
  },
});

function isRelative({ type, known, source = "" }: ComposeMount): boolean {
  return type === "bind" && known && /^(?:\.{1,2}(?:\/|$)|~)/.test(source);
}

/** By what is there; where nobody looked, by a name such as `nginx.conf`. */
function isFile({ source = "", target = "" }: ComposeMount, workspace: WorkspaceView): boolean {
  const found = workspace.hasFile(source);
  if (found === true) return true;
  return endings.test(source) && endings.test(target);
}

const endings = /\.(?:conf|cfg|cnf|ini|toml|ya?ml|json|xml|properties|env|txt|crt|pem|key|sql|tmpl|hcl|rules)$/i;

function fixes(model: ComposeModel, service: ComposeService, mount: ComposeMount): readonly Fix[] {
  const { source = "", target = "" } = mount;
  const { document } = model;
  const volumes = service.map.get("volumes");
  // A key or a program would have to keep its mode, and a file that is written to cannot be a config.
  if (!/^\.{1,2}\//.test(source) || /\.(?:key|pem|env|sh)$/i.test(source) || !target.startsWith("/")) return [];
  if (volumes?.value.type !== "seq" || volumes.merged !== undefined) return [];
  const index = volumes.value.items.indexOf(mount.node);
  const name = nameOf(source).replaceAll(/\W+/g, "_").toLowerCase();
  if (index < 0 || model.configs.has(name) || document.comments.some(({ span }) => isWithin(span.start, mount)))
    return [];
  const own = service.map.get("configs");
  const grant = { source: name, target };
  const gone =
    volumes.value.items.length === 1
      ? removeEntry(document, service.map, "volumes")
      : removeItem(document, volumes.value, index);
  const granted: readonly TextEdit[] | undefined =
    own === undefined
      ? setPath(document, service.map, ["configs"], [grant])
      : own.value.type === "seq" && own.merged === undefined
        ? appendItem(document, own.value, grant)
        : undefined;
  const declared =
    model.root.get("configs") === undefined
      ? insertTopLevel(document, "configs", { [name]: { file: source } })
      : setPath(document, model.root, ["configs", name], { file: source });
  const edits = joined(document.text, [gone, granted, declared]);
  const title = `Bring \`${source}\` to the nodes as a config (read-only, and changed under a new name only)`;
  return reviewed(title, edits);
}

function isWithin(offset: number, { span }: ComposeMount): boolean {
  return span.start <= offset && offset < span.end;
}
