import { expect, test } from "vitest";
import { parseYaml } from "../../server/src/languages/yaml/parse.ts";
import {
  anItem,
  rearrange,
  type Rearrangement,
} from "../../server/src/rules/kubernetes/shared/migrations/rearrange.ts";
import { applyEdits } from "../../server/src/text/edit.ts";

const service: Rearrangement = {
  moves: [
    { from: "serviceName", to: ["service", "name"] },
    { from: "servicePort", to: ["service", "port", "number"] },
  ],
};

test.each<[string, string, Rearrangement, string | undefined]>([
  [
    "keys move below one that is made for them, where the first of them stood",
    "first: 1\nserviceName: web\nservicePort: 80\nlast: 2\n",
    service,
    "first: 1\nservice:\n  name: web\n  port:\n    number: 80\nlast: 2\n",
  ],
  [
    "comments go with what they stand above and behind",
    "# above all\nserviceName: web # name\n\n# port\nservicePort: 80 # eighty\n# end\n",
    service,
    "# above all\nservice:\n  name: web # name\n\n  port:\n    # port\n    number: 80 # eighty\n# end\n",
  ],
  [
    "what stands between them stays, behind the new key",
    "servicePort: 80\nweight: 5\nserviceName: web\n",
    service,
    "service:\n  port:\n    number: 80\n  name: web\nweight: 5\n",
  ],
  [
    "texts of several lines are moved as they are",
    "serviceName: |\n  a\n\n    b\nservicePort: 80",
    service,
    "service:\n  name: |\n    a\n\n      b\n  port:\n    number: 80",
  ],
  [
    "line endings are kept",
    "serviceName: web\r\nservicePort: 80\r\n",
    service,
    "service:\r\n  name: web\r\n  port:\r\n    number: 80\r\n",
  ],
  [
    "in flow style, with the quotes of the keys",
    '{ "serviceName": "web", "servicePort": 80, "x": 1 }',
    service,
    '{ "service": { "name": "web", "port": { "number": 80 } }, "x": 1 }',
  ],
  [
    "an item of a list, with keys before and behind",
    "version: v1\nvalidation:\n  a: 1\n",
    {
      moves: [
        { from: "validation", to: ["versions", anItem, "schema"] },
        { from: "version", to: ["versions", anItem, "name"], head: true },
      ],
      adds: [
        { to: ["versions", anItem, "served"], value: true },
        { to: ["versions", anItem, "last"], value: 1, last: true },
      ],
    },
    "versions:\n  - name: v1\n    served: true\n    schema:\n      a: 1\n    last: 1\n",
  ],
  ["keys go", "a: 1\nb: 2\nc: 3\n", { moves: [{ from: "a", to: ["d"] }], drops: ["b"] }, "d: 1\nc: 3\n"],
  ["nothing to move, nothing to do", "a: 1\n", service, "a: 1\n"],
  ["a key that is there already is not overwritten", "serviceName: web\nservice: other\n", service, undefined],
])("%s", (_title, text, plan, expected) => {
  const document = parseYaml(text);
  const { root } = document;
  expect(root?.type).toBe("map");
  const edits = root?.type === "map" ? rearrange(document, root, plan) : undefined;
  expect(edits === undefined ? undefined : applyEdits(text, edits)).toBe(expected);
});

test("what is written elsewhere is left alone", () => {
  const document = parseYaml(
    "base: &base\n  serviceName: web\nmerged:\n  <<: *base\n  servicePort: 80\nalias: *base\n",
  );
  for (const key of ["merged", "alias"]) {
    const map = document.root?.type === "map" ? document.root.get(key)?.value : undefined;
    expect(map?.type === "map" ? rearrange(document, map, service) : "no map").toBeUndefined();
  }
});
