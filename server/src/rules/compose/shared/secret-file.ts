import type { Fix, MoreLines, NewFile } from "../../../engine/rule.ts";
import { fileVariable } from "../../../knowledge/services/index.ts";
import type { ComposeModel, ComposeService, ComposeVariable } from "../../../languages/compose/model.ts";
import { appendItem, insertTopLevel, renameKey, replaceScalar, setPath } from "../../../languages/yaml/edit.ts";
import { getPath, itemsOf, scalarText } from "../../../languages/yaml/path.ts";
import type { TextEdit } from "../../../text/edit.ts";
import { folderOf, joinPath } from "../../../text/path.ts";
import type { WorkspaceView } from "../../../workspace/workspace.ts";
import { joined } from "../../shared/joined-edits.ts";
import { keptOutOfGit } from "./kept-out-of-git.ts";
import { factsOf } from "./services.ts";

/** The variable that reads from a file what this one holds, where the image knows one and nothing else in the service would miss it. */
export function secretFileVariable(
  model: ComposeModel,
  service: ComposeService,
  variable: ComposeVariable,
): string | undefined {
  const facts = factsOf(service);
  const twin = facts === undefined ? undefined : fileVariable(facts, variable.name);
  return twin !== undefined && mayChange(model, service, variable, twin) ? twin : undefined;
}

/**
 * Moves a variable's value into the file of a secret, which is made with it and kept out of Git. `twin` is what {@link secretFileVariable} says, `uses` what
 * {@link usesOf} says of the file.
 */
export function secretFileFix(
  model: ComposeModel,
  service: ComposeService,
  variable: ComposeVariable,
  twin: string,
  uses: ReadonlyMap<string, number>,
  workspace: WorkspaceView,
): Fix | undefined {
  const secret = nameFor(model, service, uses, variable.name, twin);
  if (secret === undefined) return undefined;
  const edits = joined(model.document.text, [
    rewritten(model, service, variable, twin, `/run/secrets/${secret}`),
    granted(model, service, secret),
    declared(model, secret),
  ]);
  if (edits === undefined) return undefined;
  const { creates, appends, done } = filesFor(workspace, secret, variable.value ?? "");
  const title = `Read \`${variable.name}\` from \`./secrets/${secret}.txt\` (${done})`;
  return {
    title,
    safety: "review",
    edits,
    ...(creates.length === 0 ? {} : { creates }),
    ...(appends.length === 0 ? {} : { appends }),
  };
}

/** The secret's file and what keeps the folder out of Git; for a title, what is done then, or left to do. */
function filesFor(
  workspace: WorkspaceView,
  secret: string,
  value: string,
): { readonly creates: readonly NewFile[]; readonly appends: readonly MoreLines[]; readonly done: string } {
  const folder = folderOf(workspace.path);
  const written = `secrets/${secret}.txt`;
  if (workspace.hasFile(written) === true) {
    return { creates: [], appends: [], done: "which is there; see that it holds the right value" };
  }
  // No line end: not every image takes it off.
  const file = { path: joinPath(folder, written), text: value.replaceAll("$$", "$") };
  const { creates, appends, ignoreFile } = keptOutOfGit(workspace, "/secrets/");
  return { creates: [file, ...creates], appends, done: doneTo[ignoreFile] };
}

const doneTo = {
  extended: "makes that file with the value, and adds its folder to `.gitignore`",
  made: "makes that file with the value, and a `.gitignore` for its folder",
  unknown: "makes that file with the value; keep it out of Git",
};

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

/** The variable where it is written, by another name or with another value. `undefined` where it is not written in the service itself. */
export function rewritten(
  { document }: ComposeModel,
  { map }: ComposeService,
  variable: ComposeVariable,
  name: string,
  value: string,
): readonly TextEdit[] | undefined {
  const environment = map.get("environment");
  if (environment === undefined || environment.merged !== undefined || environment.value.alias !== undefined)
    return undefined;
  const node = environment.value;
  if (node.type === "seq") {
    const item = node.items.find(({ span }) => span.start === variable.span.start);
    return item?.type === "scalar" ? replaceScalar(document, item, `${name}=${value}`) : undefined;
  }
  const entry = node.type === "map" ? node.get(variable.name) : undefined;
  if (entry === undefined || entry.keySpan.start !== variable.nameSpan.start || entry.value.type !== "scalar")
    return undefined;
  return joined(document.text, [renameKey(document, entry, name), replaceScalar(document, entry.value, value)]);
}

/** The service is given the secret. */
export function granted(
  { document }: ComposeModel,
  { map }: ComposeService,
  secret: string,
): readonly TextEdit[] | undefined {
  const secrets = map.get("secrets");
  if (secrets === undefined)
    return setPath(document, map, ["secrets"], [secret], { position: { before: ["environment"] } });
  if (secrets.merged !== undefined || secrets.value.type !== "seq") return undefined;
  const has = itemsOf(secrets.value).some(
    (item) => scalarText(item) === secret || scalarText(getPath(item, "source")) === secret,
  );
  return has ? [] : appendItem(document, secrets.value, secret);
}

/** The file says where the secret comes from: `./secrets/<secret>.txt`. */
export function declared({ document, root }: ComposeModel, secret: string): readonly TextEdit[] | undefined {
  const source = { file: `./secrets/${secret}.txt` };
  return root.get("secrets") === undefined
    ? insertTopLevel(document, "secrets", { [secret]: source })
    : setPath(document, root, ["secrets", secret], source);
}
