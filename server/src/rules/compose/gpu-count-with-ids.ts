import { defineRule, type Problem } from "../../engine/rule.ts";
import type { ComposeModel } from "../../languages/compose/model.ts";
import { removePath } from "../../languages/yaml/edit.ts";
import { getPath, isUnknown, itemsOf } from "../../languages/yaml/path.ts";
import { reviewed } from "../shared/edit-fixes.ts";
import { composeWith } from "./shared/example.ts";
import { oncePerPlace } from "./shared/services.ts";

const devices = (keys: readonly string[]): readonly string[] => [
  "gpus:",
  "  - driver: nvidia",
  ...keys.map((key) => `    ${key}`),
];

export default defineRule("compose", {
  slug: "gpu-count-with-ids",
  summary: "A device request gives both a `count` and `device_ids`.",
  why: `A service reserves either so many devices, whichever are there, or the ones that are named. A request with both is refused, and with it the whole file.`,
  category: "correctness",
  severity: "error",
  preset: "minimal",
  since: "0.1.0",
  aliases: ["compose-go:consistency"],
  references: [
    "https://docs.docker.com/reference/compose-file/deploy/#devices",
    "https://docs.docker.com/compose/how-tos/gpu-support/",
  ],
  fix: "review",
  examples: [
    {
      bad: composeWith({ own: devices(["count: 1", 'device_ids: ["0"]']) }),
      good: composeWith({ own: devices(['device_ids: ["0"]']) }),
    },
  ],
  keys: ["device_ids"],
  *check(model) {
    yield* oncePerPlace(problems(model));
  },
});

const places = [["gpus"], ["deploy", "resources", "reservations", "devices"]] as const;

function* problems(model: ComposeModel): Iterable<Problem> {
  for (const service of model.services) {
    for (const path of places) {
      const requests = service.get(...path);
      for (const [index, request] of itemsOf(requests).entries()) {
        if (request.type !== "map") continue;
        const [count, ids] = [request.get("count"), request.get("device_ids")];
        if (count === undefined || ids === undefined || isUnknown(count.value)) continue;
        const own = getPath(service.map, ...path) === requests;
        const without = (key: string): ReturnType<typeof reviewed> =>
          own
            ? reviewed(
                `Remove \`${key}\` from the request`,
                removePath(model.document, service.map, [...path, index, key]),
              )
            : [];
        yield {
          at: count.keySpan,
          message: `\`${service.name}\` asks for devices by \`count\` and by \`device_ids\`, so Compose refuses the file: keep one of them.`,
          fixes: () => [...without("count"), ...without("device_ids")],
          related: [{ at: ids.keySpan, message: "the devices that are named" }],
        };
      }
    }
  }
}
