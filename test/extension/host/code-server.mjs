// Starts code-server and a Chromium that shows it. Everything lies in a folder of its own, and nothing outlives `stop`.
import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, openSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { codeServer, node, requireFromCache, wantsOldest } from "./install.mjs";

/** A quiet, reproducible workbench: no welcome, no updates, no other extension's problems. */
const settings = {
  "telemetry.telemetryLevel": "off",
  "update.mode": "none",
  "update.showReleaseNotes": false,
  "extensions.autoUpdate": false,
  "extensions.autoCheckUpdates": false,
  "extensions.ignoreRecommendations": true,
  "workbench.startupEditor": "none",
  "workbench.tips.enabled": false,
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "workbench.enableExperiments": false,
  "chat.disableAIFeatures": true,
  "security.workspace.trust.enabled": false,
  "files.autoSave": "off",
  "git.enabled": false,
};

/** A fresh profile in `base`, whose former content is deleted. */
export function createProfile(base, moreSettings = {}) {
  rmSync(base, { recursive: true, force: true });
  mkdirSync(join(base, "data/User"), { recursive: true });
  mkdirSync(join(base, "extensions"));
  writeFileSync(join(base, "data/User/settings.json"), JSON.stringify({ ...settings, ...moreSettings }, undefined, 2));
  writeFileSync(join(base, "config.yaml"), "auth: none\n");
  const args = ["--user-data-dir", join(base, "data"), "--extensions-dir", join(base, "extensions")];
  return { base, args: [codeServer, ...args, "--config", join(base, "config.yaml")] };
}

export function installVsix(profile, vsix) {
  const args = [...profile.args, "--install-extension", vsix];
  const { status, stdout, stderr } = spawnSync(node(), args, { encoding: "utf8", env: environment() });
  if (status !== 0) throw new Error(`The VSIX could not be installed:\n${stdout}${stderr}`);
}

/** Answers once the server does. `stop` ends it with all its children. */
export async function startCodeServer(profile, env = {}) {
  const port = await freePort();
  const authority = `127.0.0.1:${port}`;
  const log = join(profile.base, "code-server.log");
  const logFile = openSync(log, "w");
  const args = [
    ...profile.args,
    ...["--auth", "none", "--bind-addr", authority, "--ignore-last-opened"],
    ...["--disable-telemetry", "--disable-update-check", "--disable-workspace-trust"],
    // Without it the workbench does not take the folder of a suite from its address; the oldest one asks for nothing.
    ...(wantsOldest ? [] : ["--vscode-option", "enable-smoke-test-driver"]),
  ];
  // A process group of its own, so that its children end with it.
  const child = spawn(node(), args, { stdio: ["ignore", logFile, logFile], env: environment(env), detached: true });
  const stop = () => endGroup(child);
  const origin = `http://${authority}`;
  for (let tries = 0; !(await answers(`${origin}/healthz`)); tries++) {
    if (child.exitCode === null && tries < 600) {
      await delay(100);
      continue;
    }
    await stop();
    throw new Error(`code-server did not start, see ${log}`);
  }
  return { origin, authority, stop };
}

/** The workbench's address for a folder; `payload` are key and value pairs as VS Code's own web tests give them. */
export function workbenchUrl(server, folder, payload) {
  return `${server.origin}/?folder=${encodeURIComponent(folder)}&payload=${encodeURIComponent(JSON.stringify(payload))}`;
}

export function remoteUri(server, path) {
  return `vscode-remote://${server.authority}${path}`;
}

/** A page that reaches this machine and nothing else. */
export async function openPage(viewport = { width: 1280, height: 800 }) {
  const { chromium } = requireFromCache("playwright-core");
  const browser = await chromium.launch({
    executablePath: chromiumPath(),
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"],
  });
  const context = await browser.newContext({ viewport });
  await context.route(
    (url) => ["http:", "https:"].includes(url.protocol) && url.hostname !== "127.0.0.1",
    (route) => route.abort(),
  );
  return { page: await context.newPage(), close: () => browser.close() };
}

export function chromiumPath() {
  const candidates = [process.env.CHROMIUM, "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
  const found = candidates.find((path) => path !== undefined && existsSync(path));
  if (found !== undefined) return found;
  throw new Error(
    "No Chromium here. `apt-get install -y --no-install-recommends chromium fonts-dejavu-core`, or set CHROMIUM to one.",
  );
}

function environment(more = {}) {
  const mine = ([name]) => !name.startsWith("VSCODE_") && name !== "PORT" && name !== "PASSWORD";
  const gallery = { serviceUrl: "", itemUrl: "", resourceUrlTemplate: "", controlUrl: "", recommendationsUrl: "" };
  return {
    ...Object.fromEntries(Object.entries(process.env).filter(mine)),
    CS_DISABLE_GETTING_STARTED_OVERRIDE: "1",
    EXTENSIONS_GALLERY: JSON.stringify(gallery),
    ...more,
  };
}

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer().once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

async function answers(url) {
  try {
    return (await fetch(url)).ok;
  } catch {
    return false;
  }
}

async function endGroup(child) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once("exit", resolve));
  const kill = (signal) => {
    try {
      process.kill(-child.pid, signal);
    } catch {
      // It ended by itself meanwhile.
    }
  };
  kill("SIGTERM");
  const hurry = setTimeout(() => kill("SIGKILL"), 5000);
  await ended;
  clearTimeout(hurry);
  // Children that outlive the first process are of the same group.
  kill("SIGKILL");
}
