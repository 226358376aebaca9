import picomatch from "picomatch";
import { parse } from "yaml";
import { nameOf } from "../../server/src/text/path.ts";
import { at, isRecord, jsonOf } from "./files.ts";

/** The kinds of files that have snippets of ours; `snippets/<kind>.json` has them. */
export type SnippetKind = "dockerfile" | "compose" | "kubernetes";

/** One entry of a snippet file. */
export interface Snippet {
  readonly name: string;
  readonly prefixes: readonly string[];
  readonly description: string;
  /** Globs of the files in which alone it is offered; none: in all. */
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  /** In the syntax of snippets, lines joined. */
  readonly body: string;
}

/** The snippets of a file in `snippets/`, in their order. */
export function snippetsIn(file: string): readonly Snippet[] {
  const entries = jsonOf(file);
  if (!isRecord(entries)) return [];
  return Object.entries(entries).map(([name, snippet]) => ({
    name,
    prefixes: texts(at(snippet, "prefix")),
    description: texts(at(snippet, "description")).join(""),
    include: texts(at(snippet, "include")),
    exclude: texts(at(snippet, "exclude")),
    body: texts(at(snippet, "body")).join("\n"),
  }));
}

/** Whether VS Code 1.109 and later offer a snippet in a file; a pattern without `/` is for the file's name, as in `files.associations`. */
export function isOfferedIn({ include, exclude }: Snippet, path: string): boolean {
  const fits = (pattern: string): boolean =>
    picomatch.isMatch(pattern.includes("/") ? path : nameOf(path), pattern, { dot: true });
  return (include.length === 0 || include.some(fits)) && !exclude.some(fits);
}

/** A place to fill in: its number, and what stands there at first. */
export interface Tabstop {
  readonly number: number;
  readonly initial: string | undefined;
}

/** The places to fill in, as they stand in the text. */
export function tabstopsOf(body: string): readonly Tabstop[] {
  const found = body.matchAll(/(?<!\\)\$(?:(\d+)|\{(\d+)(?:[:|]((?:[^{}\\]|\\.)*))?\})/g);
  return [...found].map(([, plain, braced, initial]) => ({ number: Number(plain ?? braced), initial }));
}

/** A snippet with its placeholders replaced by their defaults, choices by the first one, and variables by something plain. */
export function expanded(body: string): string {
  const defaults = new Map<string, string>();
  let text = body;
  for (let before = ""; before !== text; ) {
    before = text;
    text = text.replaceAll(/(?<!\\)\$\{(\d+)\|((?:[^|\\]|\\.)*)\|\}/g, (_, number: string, choices: string) =>
      remember(defaults, number, choices.split(/(?<!\\),/)[0] ?? ""),
    );
    text = text.replaceAll(/(?<!\\)\$\{(\d+):((?:[^{}$\\]|\\.|\$(?!\{))*)\}/g, (_, number: string, value: string) =>
      remember(defaults, number, value),
    );
    text = text.replaceAll(
      /(?<!\\)\$\{([A-Z_]+)(?::([^{}]*))?\}/g,
      (_, name: string, value?: string) => value ?? name.toLowerCase(),
    );
  }
  text = text.replaceAll(
    /(?<!\\)\$(?:\{(\d+)\}|(\d+))/g,
    (_, braced?: string, plain?: string) => defaults.get(braced ?? plain ?? "") ?? "",
  );
  return `${text.replaceAll(/\\([$}\\|,])/g, "$1").replace(/\n+$/, "")}\n`;
}

/** An expanded snippet as a file: by itself where it is one, else in the place where a person would put it. */
export function asFile(kind: SnippetKind, text: string): string {
  if (kind === "dockerfile") return /^FROM /m.test(text) ? text : inStage(text);
  if (kind === "compose") return inComposeFile(text);
  return /^apiVersion:/m.test(text) ? text : inPod(text);
}

function remember(defaults: Map<string, string>, number: string, value: string): string {
  defaults.set(number, value);
  return value;
}

function texts(value: unknown): readonly string[] {
  return [value].flat().filter((text) => typeof text === "string");
}

/** Instructions of a stage on an image that has what they ask for. */
function inStage(text: string): string {
  const user = /^USER /m.test(text) ? "" : "USER 10001:10001\n";
  if (/\bnpm\b/.test(text)) {
    return `FROM node:24.19-alpine3.24\nWORKDIR /app\nCOPY package.json package-lock.json ./\n${text}USER node\n`;
  }
  if (text.includes('"node"')) return `FROM node:24.19-alpine3.24\n${text}USER node\n`;
  if (text.includes('"python"')) return `FROM python:3.13.15-slim-trixie\n${text}${user}`;
  if (/apt-get|useradd/.test(text)) return `FROM debian:trixie-20260803-slim\n${text}${user}`;
  return `FROM alpine:3.24.1\n${text}${user}`;
}

function inComposeFile(text: string): string {
  if (/^services:/m.test(text)) return text;
  const isService = /^[\w-]+:\n {2}/.test(text) && /^ {2}(?:image|build):/m.test(text);
  const services = isService
    ? `services:\n${indented(text, 2)}`
    : withKeys(`${expanded(bodyOf("compose", "Service"))}${neighbour()}`, /^ {4}image:.*\n/m, text, 4);
  return `${services}${declarations(services)}`;
}

/** A service that the others can wait for. */
function neighbour(): string {
  return `\n${indented(expanded(bodyOf("compose", "PostgreSQL beside other services")), 2)}`;
}

/** What services name and a file has to declare at its top. */
function declarations(text: string): string {
  const named = { volumes: new Set<string>(), secrets: new Set<string>(), configs: new Set<string>() };
  const services: unknown = at(parse(text), "services");
  for (const service of isRecord(services) ? Object.values(services) : []) {
    for (const kind of ["volumes", "secrets", "configs"] as const) {
      const entries = at(service, kind);
      for (const entry of Array.isArray(entries) ? entries : []) {
        const source = typeof entry === "string" ? entry.split(":")[0] : at(entry, "source");
        if (typeof source === "string" && /^\w/.test(source)) named[kind].add(source);
      }
    }
  }
  return Object.entries(named)
    .filter(([, names]) => names.size > 0)
    .map(([kind, names]) => {
      const entries = [...names].map((name) =>
        kind === "volumes" ? `  ${name}:\n` : `  ${name}:\n    file: ./${name}.txt\n`,
      );
      return `\n${kind}:\n${entries.join("")}`;
    })
    .join("");
}

const keysOfPods = /^(?:topologySpreadConstraints|initContainers|affinity|volumes):|seccompProfile/m;

/** A part of a pod or of a container in the Deployment of the snippets, in place of what stands there. */
function inPod(text: string): string {
  const deployment = expanded(bodyOf("kubernetes", "Deployment"));
  if (text.startsWith("- ")) {
    return deployment.replace(/^ {6}containers:\n(?: {8}.*\n)*/m, `      containers:\n${indented(text, 8)}`);
  }
  return keysOfPods.test(text)
    ? withKeys(deployment, /^ {4}spec:\n/m, text, 6)
    : withKeys(deployment, /^ {10}image:.*\n/m, text, 10);
}

/** Puts `part` behind the line that `anchor` finds, and takes out first what it says anew. */
function withKeys(text: string, anchor: RegExp, part: string, indent: number): string {
  const start = text.search(anchor);
  let end = text.length;
  for (const [, key = ""] of part.matchAll(/^(\w+):/gm)) {
    const block = new RegExp(`^ {${indent}}${key}:.*\\n(?: {${indent + 1}}.*\\n)*`, "m");
    const found = block.exec(text.slice(start, end));
    if (found === null) continue;
    text = text.slice(0, start + found.index) + text.slice(start + found.index + found[0].length);
    end = text.length;
  }
  return text.replace(anchor, (line) => `${line}${indented(part, indent)}`);
}

function indented(text: string, by: number): string {
  return text.replaceAll(/^(?=.)/gm, " ".repeat(by));
}

function bodyOf(kind: SnippetKind, name: string): string {
  return snippetsIn(`snippets/${kind}.json`).find((snippet) => snippet.name === name)?.body ?? "";
}
