import { PassThrough } from "node:stream";
import { expect, it } from "vitest";
import { wholeMessages } from "../../server/src/lsp/whole-messages.ts";

it("a message's header and body leave together, and nothing else is held back", async () => {
  const pieces: string[] = [];
  const output = new PassThrough();
  output.on("data", (piece: Buffer) => pieces.push(piece.toString()));
  const messages = wholeMessages(output);
  const write = async (text: string): Promise<void> =>
    new Promise((resolve) => {
      messages.write(text, () => resolve());
    });
  await write("Content-Length: 2\r\n\r\n");
  expect(pieces).toEqual([]);
  await write("{}");
  await write("Content-Length: 4\r\n\r\n");
  await write('"é"');
  await write("more");
  expect(pieces).toEqual(["Content-Length: 2\r\n\r\n{}", 'Content-Length: 4\r\n\r\n"é"', "more"]);
});
