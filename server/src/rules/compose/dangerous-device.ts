import { defineRule, type Problem } from "../../engine/rule.ts";
import { deviceMeaning } from "../../knowledge/host-paths.ts";
import type { ComposeModel } from "../../languages/compose/model.ts";
import type { YamlNode } from "../../languages/yaml/node.ts";
import { getPath, isUnknown, itemsOf, scalarText } from "../../languages/yaml/path.ts";
import { normalizePath } from "../../text/path.ts";
import { reviewed } from "../shared/edit-fixes.ts";
import { composeWith } from "./shared/example.ts";
import { isWatcher } from "./shared/host-namespace.ts";
import { oncePerPlace } from "./shared/services.ts";
import { removeItemWhereWritten } from "./shared/written.ts";

const reaches: Readonly<Record<"disk" | "memory" | "log" | "all", string>> = {
  disk: "past all permissions of its files",
  memory: "with the secrets of every process",
  log: "with messages of every service and addresses of the kernel",
  all: "its disks and memory included",
};

const what: Readonly<Record<"disk" | "memory" | "log" | "all", string>> = {
  disk: "a disk of the host",
  memory: "the host's memory",
  log: "the kernel's log",
  all: "all devices of the host",
};

export default defineRule("compose", {
  slug: "dangerous-device",
  summary: "A service is given a device by which it reaches the whole host.",
  why: `A disk as a device is the host's file system without its permissions: a service that was taken over reads every password and writes its own. The same goes for \`/dev/mem\`; \`/dev/kmsg\` gives away what
the kernel logs. Devices that are for one purpose only, such as a serial port, a graphics card or a tuner, are none of this rule's business.

To give a service storage, mount it on the host and hand the folder over as a volume. What measures disks (SMART) needs the device: images known for that are not reported.`,
  category: "security",
  severity: "error",
  preset: "minimal",
  since: "0.1.0",
  aliases: ["compose-lint:CL-0016"],
  references: [
    "https://docs.docker.com/reference/compose-file/services/#devices",
    "https://docs.docker.com/engine/containers/run/#runtime-privilege-and-linux-capabilities",
  ],
  fix: "review",
  examples: [{ bad: composeWith({ own: ["devices:", "  - /dev/sda:/dev/sda"] }), good: composeWith({}) }],
  keys: ["devices"],
  *check(model) {
    if (model.dialect === "stack") return;
    yield* oncePerPlace(problems(model));
  },
});

function* problems(model: ComposeModel): Iterable<Problem> {
  for (const service of model.services) {
    if (isWatcher(service)) continue;
    for (const item of itemsOf(service.get("devices"))) {
      const source = sourceOf(item);
      const text = scalarText(source);
      if (source === undefined || text === undefined || isUnknown(source)) continue;
      const path = text.split(":")[0] ?? text;
      const meaning = deviceMeaning(normalizePath(path));
      if (meaning === undefined) continue;
      yield {
        at: source.span,
        message: `\`${path}\` gives \`${service.name}\` ${what[meaning]}, ${reaches[meaning]}: hand over a folder or the one device it needs.`,
        fixes: () => {
          const edits = removeItemWhereWritten(model, ["devices"], item);
          const title = `Remove \`${path}\` (what reads the device stops working)`;
          return reviewed(title, edits);
        },
        ...(model.role === "development" ? { severity: "warning" } : {}),
      };
    }
  }
}

function sourceOf(item: YamlNode): YamlNode | undefined {
  return item.type === "map" ? getPath(item, "source") : item;
}
