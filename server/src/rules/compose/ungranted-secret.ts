import { defineRule, type Fix, type Problem } from "../../engine/rule.ts";
import type { ComposeModel, ComposeService } from "../../languages/compose/model.ts";
import { oneOrMany } from "../../languages/compose/short-syntax.ts";
import { nearest } from "../../languages/dockerfile/problems/nearest.ts";
import { partOf } from "../../languages/scalar-place.ts";
import type { YamlNode, YamlScalar } from "../../languages/yaml/node.ts";
import { getPath, isUnknown, itemsOf, scalarText } from "../../languages/yaml/path.ts";
import { replace } from "../../text/edit.ts";
import type { Span } from "../../text/span.ts";
import type { WorkspaceView } from "../../workspace/workspace.ts";
import { joined } from "../shared/joined-edits.ts";
import { composeWith } from "./shared/example.ts";
import { declared, granted } from "./shared/secret-file.ts";
import { isSetElsewhere, oncePerPlace, wholeServices } from "./shared/services.ts";

const declaration = ["secrets:", "  api_key:", "    file: ./secrets/api_key.txt"];

export default defineRule("compose", {
  slug: "ungranted-secret",
  summary: "A service reads a file of `/run/secrets` that it is not given.",
  why: `A secret at the top level is mounted for the services that name it under their own \`secrets\`, and for no others. One that reads
\`/run/secrets/<name>\` without that finds no file: images that take \`…_FILE\` variables end at once, others start with an empty password.

Leave it where the image brings the file, or something in the container writes it there.`,
  category: "correctness",
  severity: "warning",
  preset: "recommended",
  since: "0.1.0",
  aliases: [],
  references: ["https://docs.docker.com/compose/how-tos/use-secrets/"],
  fix: "review",
  examples: [
    {
      bad: composeWith({ own: ["environment:", "  API_KEY_FILE: /run/secrets/api_key"] }),
      good: composeWith({
        own: ["secrets:", "  - api_key", "environment:", "  API_KEY_FILE: /run/secrets/api_key"],
        end: declaration,
      }),
    },
  ],
  reads: "workspace",
  *check(model, _options, workspace) {
    if (!model.document.text.includes("/run/secrets/")) return;
    yield* oncePerPlace(problems(model, workspace));
  },
});

function* problems(model: ComposeModel, workspace: WorkspaceView): Iterable<Problem> {
  for (const service of wholeServices(model, workspace)) {
    const reads = [...readsOf(service)];
    if (reads.length === 0) continue;
    const given = givenTo(service);
    if (given === undefined || isSetElsewhere(workspace, service, "secrets")) continue;
    if (isSetElsewhere(workspace, service, "volumes") || isSetElsewhere(workspace, service, "configs")) continue;
    for (const { name, scalar, end } of reads) {
      if (given.has(name)) continue;
      const at = partOf(model.document.text, scalar, end - name.length, end);
      const near = nearest(name, [...given]);
      yield {
        at,
        message: `\`${service.name}\` is not given the secret \`${name}\`, so that there is no such file: ${near === undefined ? "name it under the service's `secrets`." : `did you mean \`${near}\`?`}`,
        fixes: () => fixes(model, service, name, at, near, workspace),
      };
    }
  }
}

/** What is mounted in `/run/secrets`; `undefined` where that is not known, or the folder comes from somewhere else. */
function givenTo(service: ComposeService): ReadonlySet<string> | undefined {
  const given = new Set<string>();
  for (const key of ["secrets", "configs"]) {
    for (const item of itemsOf(service.get(key))) {
      const target = item.type === "map" ? (getPath(item, "target") ?? getPath(item, "source")) : item;
      const text = scalarText(target);
      if (text === undefined || isUnknown(target)) return undefined;
      const [, below] = /^\/run\/secrets\/(.+)$/.exec(text) ?? [];
      if (below !== undefined) given.add(below);
      else if (key === "secrets" && !text.startsWith("/")) given.add(text);
    }
  }
  const folders = oneOrMany(service.get("tmpfs")).map((item) => scalarText(item)?.split(":")[0]);
  for (const target of [...service.mounts.map((mount) => (mount.known ? mount.target : "/run")), ...folders]) {
    if (target !== undefined && /^\/(?:var\/)?run(?:\/secrets)?\/?$/.test(target)) return undefined;
    const [, below] = /^\/run\/secrets\/(.+)$/.exec(target ?? "") ?? [];
    if (below !== undefined) given.add(below);
  }
  return given;
}

interface Read {
  readonly name: string;
  readonly scalar: YamlScalar;
  /** Where the name ends in the scalar's text. */
  readonly end: number;
}

const places: readonly (readonly string[])[] = [["environment"], ["command"], ["entrypoint"], ["healthcheck", "test"]];

function* readsOf(service: ComposeService): Iterable<Read> {
  for (const path of places) {
    for (const scalar of scalarsOf(getPath(service.map, ...path))) {
      if (!scalar.text.includes("/run/secrets/")) continue;
      for (const match of scalar.text.matchAll(/(?<![\w.$}])\/run\/secrets\/([\w.-]*\w)(?![\w./${*?-])/g)) {
        yield { name: match[1] ?? "", scalar, end: match.index + match[0].length };
      }
    }
  }
}

function scalarsOf(node: YamlNode | undefined): readonly YamlScalar[] {
  if (node === undefined) return [];
  if (node.type === "scalar") return [node];
  const parts = node.type === "seq" ? node.items : node.entries.map(({ value }) => value);
  return parts.flatMap((part) => (part.type === "scalar" ? [part] : []));
}

function fixes(
  model: ComposeModel,
  service: ComposeService,
  name: string,
  at: Span,
  near: string | undefined,
  workspace: WorkspaceView,
): readonly Fix[] {
  const { text } = model.document;
  if (near !== undefined && text.slice(at.start, at.end) === name) {
    const title = `Read \`/run/secrets/${near}\`, which the service is given`;
    return [{ title, safety: "review", edits: [replace(at, near)] }];
  }
  const known = model.secrets.has(name) || workspace.composeProject().declared("secrets", name) !== undefined;
  const edits = joined(text, [granted(model, service, name), known ? [] : declared(model, name)]);
  if (edits === undefined) return [];
  const where = known ? "" : ` from \`./secrets/${name}.txt\` (put the value there and keep that file out of Git)`;
  return [{ title: `Give \`${service.name}\` the secret \`${name}\`${where}`, safety: "review", edits }];
}
