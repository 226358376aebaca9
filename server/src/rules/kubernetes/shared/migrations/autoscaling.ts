import type { YamlDocument, YamlMap } from "../../../../languages/yaml/node.ts";
import { getPath, itemsOf } from "../../../../languages/yaml/path.ts";
import type { TextEdit } from "../../../../text/edit.ts";
import { eachWritten, type Migration } from "./migration.ts";
import { rearrange } from "./rearrange.ts";

/**
 * `autoscaling/v2beta1` to `autoscaling/v2`: what a metric is stands under `metric`, and what is wanted of it under `target`.
 * Source: https://github.com/kubernetes/api/blob/master/autoscaling/v2beta1/types.go, read beside that of `v2`.
 */
export const autoscaler: Migration = (document, { map }) => {
  const metrics = itemsOf(getPath(map, "spec", "metrics"));
  return {
    changes: Object.entries(sources).flatMap(([key, source]) =>
      eachWritten(
        metrics.flatMap((metric) => getPath(metric, key) ?? []),
        (map_) => metricOf(document, map_, source),
      ),
    ),
  };
};

/** The old names of a source's fields. */
interface Source {
  readonly metric: Readonly<Record<string, string>>;
  /** The old key, with the type of target it makes. */
  readonly target: Readonly<Record<string, "Utilization" | "AverageValue" | "Value">>;
  readonly described?: string;
}

const sources: Readonly<Record<string, Source>> = {
  resource: { metric: {}, target: { targetAverageUtilization: "Utilization", targetAverageValue: "AverageValue" } },
  containerResource: {
    metric: {},
    target: { targetAverageUtilization: "Utilization", targetAverageValue: "AverageValue" },
  },
  pods: { metric: { metricName: "name", selector: "selector" }, target: { targetAverageValue: "AverageValue" } },
  object: {
    metric: { metricName: "name", selector: "selector" },
    target: { averageValue: "AverageValue", targetValue: "Value" },
    described: "target",
  },
  external: {
    metric: { metricName: "name", metricSelector: "selector" },
    target: { targetAverageValue: "AverageValue", targetValue: "Value" },
  },
};

const keyOf = { Utilization: "averageUtilization", AverageValue: "averageValue", Value: "value" } as const;

function metricOf(document: YamlDocument, map: YamlMap, source: Source): readonly TextEdit[] | undefined {
  const wanted = Object.entries(source.target).filter(([key]) => map.get(key) !== undefined);
  const [only] = wanted;
  if (only === undefined || wanted.length > 1) {
    // Of an object the old version asks for both fields; the average wins there.
    if (source.described === undefined || only === undefined) return undefined;
  }
  const [from, type] = only;
  const described = source.described !== undefined && map.get(source.described) !== undefined;
  return rearrange(document, map, {
    moves: [
      ...(described ? [{ from: source.described ?? "", to: ["describedObject"] }] : []),
      ...Object.entries(source.metric).map(([key, name]) => ({ from: key, to: ["metric", name] })),
      { from, to: ["target", keyOf[type]] },
    ],
    adds: [{ to: ["target", "type"], value: type }],
    drops: wanted.slice(1).map(([key]) => key),
  });
}
