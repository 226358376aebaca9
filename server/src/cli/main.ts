import { nodeHost } from "../hosts/node.ts";
import { linter } from "../linter.ts";
import { printable } from "./width.ts";
import { run } from "./run.ts";
import type { Output, Terminal } from "./terminal.ts";

const argv = process.argv.slice(2);

for (const stream of [process.stdout, process.stderr]) {
  stream.on("error", (error: NodeJS.ErrnoException) => {
    // whoever reads our output may stop early, as `head` does; that is no failure of ours
    if (error.code !== "EPIPE") process.exitCode = 2;
  });
}

if (argv[0] === "lsp" && !argv.includes("--help") && !argv.includes("-h")) void startLanguageServer();
else void runCommand();

async function runCommand(): Promise<void> {
  try {
    // not `process.exit`: it would cut off what a slow pipe has not taken yet
    process.exitCode = await run(argv, terminal(), linter);
  } catch (error) {
    // a fault of ours must not look like findings, which is what Node's own exit code 1 means here
    const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
    process.stderr.write(
      `seaworthy: this is a fault of Seaworthy itself, please report it\n${printableLines(stack)}\n`,
    );
    process.exitCode = 2;
  }
}

async function startLanguageServer(): Promise<void> {
  if (!argv.some((word) => /^--(?:stdio|node-ipc|socket|pipe)\b/.test(word))) {
    process.stderr.write("seaworthy: say how the editor talks to it: seaworthy lsp --stdio\n");
    process.exitCode = 2;
    return;
  }
  await import("../lsp/main.ts");
}

function terminal(): Terminal {
  return {
    cwd: process.cwd(),
    env: process.env,
    output: outputOf(process.stdout),
    messages: outputOf(process.stderr),
    async readInput() {
      const chunks: Buffer[] = [];
      for await (const chunk of process.stdin) chunks.push(Buffer.from(chunk));
      return Buffer.concat(chunks).toString("utf8");
    },
    network: nodeHost(),
  };
}

function outputOf(stream: NodeJS.WriteStream): Output {
  return {
    write: (text) => {
      stream.write(text);
    },
    interactive: stream.isTTY,
    columns: stream.columns,
  };
}

function printableLines(text: string): string {
  return text.split("\n").map(printable).join("\n");
}
