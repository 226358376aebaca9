// What a process of its own makes of a registry: prints the answer for the reference on the command line as JSON. Bundled by the suite, which runs it with
// variables that Node reads only when it starts.
import { clientOfThisMachine, referenceTo } from "./asking.ts";

void clientOfThisMachine()
  .digest(referenceTo(process.argv[2] ?? ""))
  .then((answer) => process.stdout.write(JSON.stringify(answer)));
