import { renameKey, setPath } from "../../../../languages/yaml/edit.ts";
import type { YamlDocument, YamlMap } from "../../../../languages/yaml/node.ts";
import { asMap, getPath, isUnknown, itemsOf } from "../../../../languages/yaml/path.ts";
import type { TextEdit } from "../../../../text/edit.ts";
import { eachWritten, type Migration } from "./migration.ts";
import { rearrange } from "./rearrange.ts";

/**
 * `extensions/v1beta1` and `networking.k8s.io/v1beta1` to `networking.k8s.io/v1`. A path without a type is `ImplementationSpecific` in the old versions.
 * Source: https://kubernetes.io/docs/reference/using-api/deprecation-guide/#ingress-v122
 */
export const ingress: Migration = (document, { map }) => {
  const spec = asMap(getPath(map, "spec"));
  if (spec === undefined) return undefined;
  const fallback = spec.get("backend");
  if (fallback !== undefined && spec.get("defaultBackend") !== undefined) return undefined;
  const paths = itemsOf(getPath(spec, "rules")).flatMap((rule) => itemsOf(getPath(rule, "http", "paths")));
  const backends = paths.flatMap((path) => getPath(path, "backend") ?? []);
  return {
    changes: [
      fallback === undefined ? [] : renameKey(document, fallback, "defaultBackend"),
      ...eachWritten(fallback === undefined ? backends : [fallback.value, ...backends], (backend) =>
        serviceOf(document, backend),
      ),
      ...eachWritten(paths, (path) => {
        if (path.get("pathType") !== undefined) return [];
        const position = path.get("path") === undefined ? { before: ["backend"] } : { after: ["path"] };
        return setPath(document, path, ["pathType"], "ImplementationSpecific", { position });
      }),
    ],
  };
};

/** `serviceName` and `servicePort` as `service: { name, port: { number } }`, or with the port's `name`. */
function serviceOf(document: YamlDocument, backend: YamlMap): readonly TextEdit[] | undefined {
  const port = backend.get("servicePort")?.value;
  if (backend.get("serviceName") === undefined) return port === undefined ? [] : undefined;
  if (port?.type !== "scalar" || port.value === null || isUnknown(port, "kubernetes")) return undefined;
  const numbered = /^\d+$/.test(port.text);
  const moved = rearrange(document, backend, {
    moves: [
      { from: "serviceName", to: ["service", "name"] },
      { from: "servicePort", to: ["service", "port", numbered ? "number" : "name"] },
    ],
  });
  // A number in quotes is one of a port here too; behind `number` it must not be a text.
  return numbered && typeof port.value === "string" ? unquoted(document, backend, moved) : moved;
}

function unquoted(
  document: YamlDocument,
  backend: YamlMap,
  moved: readonly TextEdit[] | undefined,
): readonly TextEdit[] | undefined {
  const port = backend.get("servicePort")?.value;
  if (port?.type !== "scalar" || port.alias !== undefined || port.anchor !== undefined) return undefined;
  const quoted = document.text.slice(port.span.start, port.span.end);
  return moved?.map((edit) => ({ ...edit, text: edit.text.replace(`number: ${quoted}`, `number: ${port.text}`) }));
}
