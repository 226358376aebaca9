// `npm start`: builds, lets the command line judge examples/, and says how to see the same in VS Code. Ends with 0: findings are the point here.
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { styleText } from "node:util";

const root = fileURLToPath(new URL("..", import.meta.url));
const node = (script, args = []) => spawnSync(process.execPath, [script, ...args], { cwd: root, stdio: "inherit" });
const title = (text) => console.log(`\n${process.stdout.isTTY ? styleText("bold", text) : text}\n`);

const built = node("scripts/build.mjs");
if (built.status !== 0) process.exit(built.status ?? 1);

const failed = [];
const check = (heading, args) => {
  title(`${heading}\n$ seaworthy check ${args.join(" ")}`);
  const { status } = node("dist/cli.js", ["check", ...args]);
  if (status !== 0 && status !== 1) failed.push(args.join(" "));
};
check("A service as people first write it:", ["examples/development", "--format", "stylish"]);
check("The same service after each finding was dealt with:", ["examples/production", "--format", "stylish"]);

title("In VS Code");
console.log(`Open this folder and press F5: a second window opens with the extension in it. Open examples/development/Dockerfile there,
put the cursor on an underlined place and press Ctrl+. (Cmd+. on a Mac).

Or install it: npm run package && code --install-extension seaworthy-*.vsix

On your own files: node ${process.platform === "win32" ? "dist\\cli.js" : "dist/cli.js"} check <folder>`);

if (failed.length > 0) {
  console.error(`\nseaworthy check failed on ${failed.join(" and ")}`);
  process.exit(2);
}
