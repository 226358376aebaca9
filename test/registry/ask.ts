// What a process of its own makes of a registry: prints the answer for the reference on the command line as JSON. Bundled by the suite, which runs it with
// variables that Node reads only when it starts.
import { image } from "./asking.ts";
import { clientOfThisMachine } from "./machine-client.ts";

const [, , reference = ""] = process.argv;
void clientOfThisMachine()
  .digest(image(reference))
  .then((answer) => process.stdout.write(JSON.stringify(answer)));
