import type { Stage } from "../../../languages/dockerfile/model.ts";
import { type StartedProgram, startedPrograms } from "./start.ts";

/** A port that a container listens on, as its command or its environment says. */
export interface ServedPort {
  readonly port: number;
  /** What says so: `--port 8000`, `ENV PORT=3000`. */
  readonly by: string;
}

/** The port that the started program is told to listen on; `undefined` where nothing in the file names one. */
export function servedPort(stage: Stage): ServedPort | undefined {
  for (const program of startedPrograms(stage)) {
    const found = portOf(program);
    if (found !== undefined) return found;
  }
  return stage.last("CMD") === undefined && stage.last("ENTRYPOINT") === undefined
    ? undefined
    : portByEnvironment(stage);
}

const longFlags =
  /^(?:--?(?:port|http-port|http\.port|server\.port|server-port|listen-port|web\.port)|-D(?:server\.port|http\.port|quarkus\.http\.port))(?:=(.*))?$/;
const shortPort =
  /^(?:rails|puma|rackup|thin|serve|http-server|next|nuxt|flask|daphne|streamlit|vite|json-server|unicorn|waitress-serve|granian|php)$/;
const binds =
  /^(?:--?(?:bind|listen|addr|address|listen-address|web\.listen-address|http\.addr|http-addr)|-[bl])(?:=(.*))?$/;
const binders = /^(?:gunicorn|hypercorn|unicorn|puma|serve|uwsgi|waitress-serve|granian|php)$/;

function portOf({ name, args }: StartedProgram): ServedPort | undefined {
  // Clients name the port of somebody else.
  if (/(?:cli|client|wait|dump|bench)/i.test(name)) return undefined;
  const words = [name, ...args.map((arg) => arg ?? "")];
  const programs = words.slice(0, 3).map((word) => word.slice(word.lastIndexOf("/") + 1));
  for (const [index, word] of words.entries()) {
    const next = words[index + 1] ?? "";
    const long =
      longFlags.exec(word) ?? (word === "-p" && programs.some((program) => shortPort.test(program)) ? [word] : null);
    const bind = binds.exec(word);
    const short = /^-[bl]/.test(word);
    const usable = bind !== null && (!short || programs.some((program) => binders.test(program)));
    if (long === null && !usable) continue;
    const value = (long ?? bind)?.[1] ?? next;
    const port = long === null ? /(?:^|:)(\d{2,5})$/.exec(value)?.[1] : /^\d{2,5}$/.exec(value)?.[0];
    // Nobody outside reaches it there.
    if (/^(?:127\.|localhost|\[::1\])/.test(value)) return undefined;
    if (isPort(port)) return { port: Number(port), by: word.includes("=") ? word : `${word} ${value}` };
  }
  return undefined;
}

function portByEnvironment(stage: Stage): ServedPort | undefined {
  for (const instruction of stage.all("ENV").toReversed()) {
    if (instruction.name !== "ENV") continue;
    for (const { name, resolved } of instruction.pairs.toReversed()) {
      if (!/^(?:PORT|HTTP_PORT|SERVER_PORT|APP_PORT|LISTEN_PORT)$/.test(name)) continue;
      return isPort(resolved) ? { port: Number(resolved), by: `ENV ${name}=${resolved}` } : undefined;
    }
  }
  return undefined;
}

function isPort(text: string | undefined): text is string {
  return text !== undefined && /^[1-9]\d{1,4}$/.test(text) && Number(text) <= 65_535;
}
