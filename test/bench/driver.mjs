// A language client that does nothing but measure: how long from an edit to the diagnostics of the text after it.
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { performance } from "node:perf_hooks";

/** Longest wait for an answer, in milliseconds. */
const patience = 20_000;

/**
 * Starts a server on one document. `mode` is `push` (diagnostics are sent) or `pull` (they are asked for).
 * `firstMs`: from before the process was started to the first diagnostics.
 */
export async function startServer({ command, uri, languageId, text, mode, settings = {} }) {
  const started = performance.now();
  const child = spawn(command[0], command.slice(1), { stdio: ["pipe", "pipe", "ignore"] });
  const pending = new Map();
  const waiting = new Set();
  let ids = 0;
  let version = 1;
  let current = text;
  let previousResultId;
  let items = [];

  const send = (message) => {
    const body = Buffer.from(JSON.stringify({ jsonrpc: "2.0", ...message }));
    child.stdin.write(`Content-Length: ${body.length}\r\n\r\n`);
    child.stdin.write(body);
  };
  const request = (method, params) =>
    withPatience(
      method,
      new Promise((resolve, reject) => {
        ids += 1;
        pending.set(ids, { resolve, reject });
        send({ id: ids, method, params });
      }),
    );
  const notify = (method, params) => send({ method, params });
  const published = (wanted) =>
    withPatience(
      "diagnostics",
      new Promise((resolve) => {
        waiting.add((params) => {
          // A server that does not say which version it means is taken at its word.
          if (params.uri !== uri || (params.version ?? wanted) < wanted) return false;
          resolve(params.diagnostics);
          return true;
        });
      }),
    );
  const handle = (message) => {
    if (message.method !== undefined && message.id !== undefined) {
      const { items } = message.params ?? {};
      const isConfiguration = message.method === "workspace/configuration";
      send({ id: message.id, result: isConfiguration ? items.map(({ section }) => settings[section] ?? null) : null });
    } else if (message.method === "textDocument/publishDiagnostics") {
      for (const look of waiting) if (look(message.params)) waiting.delete(look);
    } else if (pending.has(message.id)) {
      const { resolve, reject } = pending.get(message.id);
      pending.delete(message.id);
      if (message.error === undefined) resolve(message.result);
      else reject(new Error(`${command.join(" ")}: ${message.error.message}`));
    }
  };
  child.stdout.on("data", messageReader(handle));
  const ended = new Promise((resolve) => child.once("exit", resolve));

  await request("initialize", {
    processId: process.pid,
    rootUri: null,
    workspaceFolders: null,
    capabilities: {
      workspace: { configuration: true, ...(mode === "pull" ? { diagnostics: { refreshSupport: true } } : {}) },
      textDocument: {
        publishDiagnostics: {
          relatedInformation: true,
          versionSupport: true,
          codeDescriptionSupport: true,
          dataSupport: true,
        },
        ...(mode === "pull" ? { diagnostic: {} } : {}),
      },
    },
  });
  notify("initialized", {});
  notify("workspace/didChangeConfiguration", { settings });
  const answer = (wanted) =>
    mode === "push"
      ? published(wanted)
      : request("textDocument/diagnostic", { textDocument: { uri }, previousResultId }).then((report) => {
          // As editors do: a server that was told what they have need not send it again.
          previousResultId = report.resultId;
          if (report.kind === "full") items = report.items;
          return items;
        });
  const opened = mode === "push" ? published(1) : undefined;
  notify("textDocument/didOpen", { textDocument: { uri, languageId, version, text } });
  const first = await (opened ?? answer(1));
  const firstMs = performance.now() - started;

  /** One edit, and the milliseconds until its diagnostics are there. */
  const edit = async (line, character, remove, insert) => {
    version += 1;
    const lines = current.split("\n");
    lines[line] = lines[line].slice(0, character) + insert + lines[line].slice(character + remove);
    current = lines.join("\n");
    const range = { start: { line, character }, end: { line, character: character + remove } };
    const waited = mode === "push" ? published(version) : undefined;
    const from = performance.now();
    notify("textDocument/didChange", { textDocument: { uri, version }, contentChanges: [{ range, text: insert }] });
    await (waited ?? answer(version));
    return performance.now() - from;
  };

  return {
    first,
    firstMs,
    /** Types a character at the end of some line and takes it back, so often; the times in milliseconds. */
    async type(edits, seed = 7) {
      const times = [];
      let random = seed;
      for (let i = 0; i < edits; i += 2) {
        random = (random * 1103515245 + 12345) % 2147483648;
        const lines = current.split("\n");
        const line = random % (lines.length - 1);
        times.push(await edit(line, lines[line].length, 0, "x"));
        times.push(await edit(line, lines[line].length, 1, ""));
      }
      return times;
    },
    /** Types so many characters without waiting for the server; the milliseconds until it has told of the last. In mode `push`. */
    async burst(edits) {
      const from = performance.now();
      const line = current.split("\n").length - 2;
      for (let i = 0; i < edits; i++) {
        version += 1;
        const lines = current.split("\n");
        const { length } = lines[line];
        lines[line] += "x";
        current = lines.join("\n");
        const range = { start: { line, character: length }, end: { line, character: length } };
        notify("textDocument/didChange", { textDocument: { uri, version }, contentChanges: [{ range, text: "x" }] });
      }
      await published(version);
      return performance.now() - from;
    },
    /** Most memory the process ever held, in MB; `undefined` where the system does not tell. */
    peakMemory() {
      try {
        const match = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, "utf8"));
        return match === null ? undefined : Number(match[1]) / 1024;
      } catch {
        return undefined;
      }
    },
    async stop() {
      await request("shutdown", null).catch(() => undefined);
      notify("exit", null);
      const timer = setTimeout(() => child.kill(), 1000);
      await ended;
      clearTimeout(timer);
    },
  };
}

/** The value that so large a part of the values does not exceed. */
export function percentile(values, part) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(part * sorted.length) - 1)];
}

function withPatience(what, promise) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no ${what} within ${patience / 1000} s`)), patience);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

function messageReader(handle) {
  let buffer = Buffer.alloc(0);
  return (chunk) => {
    buffer = buffer.length === 0 ? chunk : Buffer.concat([buffer, chunk]);
    for (;;) {
      const end = buffer.indexOf("\r\n\r\n");
      if (end < 0) return;
      const length = Number(/Content-Length: (\d+)/i.exec(buffer.toString("latin1", 0, end))?.[1]);
      if (buffer.length < end + 4 + length) return;
      const body = buffer.toString("utf8", end + 4, end + 4 + length);
      buffer = buffer.subarray(end + 4 + length);
      handle(JSON.parse(body));
    }
  };
}
