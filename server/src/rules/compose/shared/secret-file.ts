import type { Fix } from "../../../engine/rule.ts";
import { fileVariable } from "../../../knowledge/services/index.ts";
import type { ComposeModel, ComposeService, ComposeVariable } from "../../../languages/compose/model.ts";
import { appendItem, insertTopLevel, renameKey, replaceScalar, setPath } from "../../../languages/yaml/edit.ts";
import { getPath, itemsOf, scalarText } from "../../../languages/yaml/path.ts";
import type { TextEdit } from "../../../text/edit.ts";
import { joined } from "../../shared/joined-edits.ts";
import { factsOf } from "./services.ts";

/** Moves a variable's value into the file of a secret, where the image reads such files. `uses` is what {@link usesOf} says of the file. */
export function secretFileFixes(
  model: ComposeModel,
  service: ComposeService,
  variable: ComposeVariable,
  uses: ReadonlyMap<string, number>,
): readonly Fix[] {
  const facts = factsOf(service);
  const twin = facts === undefined ? undefined : fileVariable(facts, variable.name);
  if (twin === undefined || !mayChange(model, service, variable, twin)) return [];
  const secret = nameFor(model, service, uses, variable.name, twin);
  if (secret === undefined) return [];
  const edits = joined(model.document.text, [
    renamed(model, service, variable, twin, `/run/secrets/${secret}`),
    granted(model, service, secret),
    declared(model, secret),
  ]);
  if (edits === undefined) return [];
  const title = `Read \`${variable.name}\` from \`./secrets/${secret}.txt\` (put the value there and keep that file out of Git)`;
  return [{ title, safety: "review", edits }];
}

/** Written in this service itself, without the twin, and used by nothing else in it that expects the variable. */
function mayChange(model: ComposeModel, service: ComposeService, variable: ComposeVariable, twin: string): boolean {
  if (service.environment.some(({ name }) => name === twin)) return false;
  const uses = ["healthcheck", "command", "entrypoint"] as const;
  return !uses.some((key) => {
    const node = service.get(key);
    return node !== undefined && model.document.text.slice(node.span.start, node.span.end).includes(variable.name);
  });
}

/** In how many services each variable is set, by its name. */
export function usesOf(model: ComposeModel): ReadonlyMap<string, number> {
  const uses = new Map<string, number>();
  for (const { environment } of model.services) {
    for (const { name } of environment) uses.set(name, (uses.get(name) ?? 0) + 1);
  }
  return uses;
}

/**
 * `postgres_password`, with the service's name before it where several services have the variable or its twin. So the answer stays the same
 * when some of them have been changed already.
 */
function nameFor(
  model: ComposeModel,
  service: ComposeService,
  uses: ReadonlyMap<string, number>,
  variable: string,
  twin: string,
): string | undefined {
  const base = variable.toLowerCase();
  const sharing = (uses.get(variable) ?? 0) + (uses.get(twin) ?? 0);
  const name = sharing > 1 ? `${service.name}_${base}` : base;
  return /^[\w.-]+$/.test(name) && !model.secrets.has(name) ? name : undefined;
}

function renamed(
  { document }: ComposeModel,
  { map }: ComposeService,
  variable: ComposeVariable,
  twin: string,
  value: string,
): readonly TextEdit[] | undefined {
  const environment = map.get("environment");
  if (environment === undefined || environment.merged !== undefined || environment.value.alias !== undefined)
    return undefined;
  const node = environment.value;
  if (node.type === "seq") {
    const item = node.items.find(({ span }) => span.start === variable.span.start);
    return item?.type === "scalar" ? replaceScalar(document, item, `${twin}=${value}`) : undefined;
  }
  const entry = node.type === "map" ? node.get(variable.name) : undefined;
  if (entry === undefined || entry.keySpan.start !== variable.nameSpan.start || entry.value.type !== "scalar")
    return undefined;
  return joined(document.text, [renameKey(document, entry, twin), replaceScalar(document, entry.value, value)]);
}

/** The service is given the secret. */
function granted({ document }: ComposeModel, { map }: ComposeService, secret: string): readonly TextEdit[] | undefined {
  const secrets = map.get("secrets");
  if (secrets === undefined)
    return setPath(document, map, ["secrets"], [secret], { position: { before: ["environment"] } });
  if (secrets.merged !== undefined || secrets.value.type !== "seq") return undefined;
  const has = itemsOf(secrets.value).some(
    (item) => scalarText(item) === secret || scalarText(getPath(item, "source")) === secret,
  );
  return has ? [] : appendItem(document, secrets.value, secret);
}

/** The file says where the secret comes from. */
function declared({ document, root }: ComposeModel, secret: string): readonly TextEdit[] | undefined {
  const source = { file: `./secrets/${secret}.txt` };
  return root.get("secrets") === undefined
    ? insertTopLevel(document, "secrets", { [secret]: source })
    : setPath(document, root, ["secrets", secret], source);
}
