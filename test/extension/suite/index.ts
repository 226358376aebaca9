import { format } from "node:util";
import Mocha from "mocha";

/** Called by VS Code in its extension host; rejects where a test failed. */
export async function run(): Promise<void> {
  const mocha = new Mocha({ ui: "bdd", timeout: 60_000, color: false });
  const mark = process.env["SEAWORTHY_SUITE_MARK"] ?? "";
  // oxlint-disable-next-line no-console -- the host shows it, and it is all that is heard from here
  Mocha.reporters.Base.consoleLog = (...parts) => console.log(mark + format(...parts));
  // Binds `describe` and `it` of the package to this run, as loading a file by its name would do.
  mocha.suite.emit("pre-require", {}, "", mocha);
  // In this order: only before any other document is open can be seen what a plain YAML file loads.
  await import("./activation.suite.ts");
  await import("./findings.suite.ts");
  await import("./fixes.suite.ts");
  await import("./settings.suite.ts");
  await import("./images.suite.ts");
  await import("./session.suite.ts");
  await import("./snippets.suite.ts");
  await import("./virtual.suite.ts");
  const failures = await new Promise<number>((done) => mocha.run(done));
  if (failures > 0) throw new Error(`${failures} of the suite's tests failed`);
}
