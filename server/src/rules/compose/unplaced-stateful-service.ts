import { defineRule, type Fix } from "../../engine/rule.ts";
import type { ComposeModel, ComposeMount, ComposeService } from "../../languages/compose/model.ts";
import { setPath } from "../../languages/yaml/edit.ts";
import { reviewed } from "../shared/edit-fixes.ts";
import { isLocalVolume, isPlaced, stateMounts } from "./shared/rollout.ts";
import { factsOf, isSetElsewhere, oncePerPlace, productionServices } from "./shared/services.ts";
import { stackPath, stackWith } from "./shared/stack-example.ts";

const database = {
  name: "db",
  image: ["image: postgres:17-alpine"],
  end: ["volumes:", "  data:"],
};
const data = ["volumes:", "  - data:/var/lib/postgresql/data"];

export default defineRule("compose", {
  slug: "unplaced-stateful-service",
  summary: "A service of a stack keeps data in a local volume, and may run on any node.",
  why: `A volume of the \`local\` driver exists on the node where the task ran first. When that node is drained or fails, or the swarm merely balances, the task starts on
another one, where a new and empty volume of the same name is made: the service comes up without its data, and writes new data beside it.

A constraint keeps the service where its data is, at the price that it is down while that node is. A volume of a driver that all nodes reach (NFS, a cloud's
disks, a CSI plugin) needs none. In a swarm of one node nothing can move, so leave it there.`,
  category: "storage",
  severity: "warning",
  preset: "recommended",
  since: "0.1.0",
  aliases: [],
  references: [
    "https://docs.docker.com/engine/swarm/services/#placement-constraints",
    "https://docs.docker.com/engine/swarm/stack-deploy/",
  ],
  fix: "review",
  examples: [
    {
      path: stackPath,
      bad: stackWith({ ...database, own: data }),
      good: stackWith({
        ...database,
        deploy: ["  placement:", "    constraints:", "      - node.labels.db == true"],
        own: data,
      }),
    },
  ],
  reads: "workspace",
  *check(model, _options, workspace) {
    if (model.dialect !== "stack") return;
    yield* oncePerPlace(
      productionServices(model, workspace).flatMap((service) => {
        if (isPlaced(service)) return [];
        const found = kept(model, service);
        if (found === undefined || isSetElsewhere(workspace, service.name, "deploy", "placement")) return [];
        const { mount, known } = found;
        const source = mount.source === undefined ? "an unnamed volume" : `\`${mount.source}\``;
        return [
          {
            at: mount.span,
            message: `\`${service.name}\` may start on a node where ${source} is empty: keep it where its data is by \`deploy.placement.constraints\`.`,
            // A program we do not know may keep nothing that would be missed.
            ...(known ? {} : { severity: "info" as const }),
            fixes: () => fixes(model, service),
          },
        ];
      }),
    );
  },
});

function kept(
  model: ComposeModel,
  service: ComposeService,
): { readonly mount: ComposeMount; readonly known: boolean } | undefined {
  const state = stateMounts(model, service).find(({ type }) => type === "volume");
  if (state !== undefined) return { mount: state, known: true };
  if (factsOf(service)?.stateful === true) return undefined;
  const mount = service.mounts.find(
    (one) =>
      one.source !== undefined &&
      !one.readOnly &&
      isLocalVolume(model, one) &&
      !passing.test(one.source) &&
      !passing.test(one.target ?? ""),
  );
  return mount === undefined ? undefined : { mount, known: false };
}

/** Names and paths of what can be made again. */
const passing = /cache|tmp|temp\b|logs?\b|run\b|sock/i;

function fixes({ document }: ComposeModel, service: ComposeService): readonly Fix[] {
  const label = service.name.replaceAll(/[^a-z0-9.-]/gi, "-");
  const constraint = `node.labels.${label} == true`;
  const edits = setPath(document, service.map, ["deploy", "placement", "constraints"], [constraint]);
  const title = `Keep it on nodes labelled \`${label}\` (first: \`docker node update --label-add ${label}=true <node>\`)`;
  return reviewed(title, edits);
}
