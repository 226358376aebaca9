import { Writable } from "node:stream";

/**
 * Passes messages on to `output`, each in one piece: the connection writes a message's header and its body one after the other, which costs two calls of the
 * system, and wakes the client twice.
 */
export function wholeMessages(output: NodeJS.WritableStream): Writable {
  let header: Buffer | undefined;
  return new Writable({
    write(chunk: Buffer, _encoding, done) {
      if (header === undefined && isHeader(chunk)) {
        header = chunk;
        done();
        return;
      }
      const whole = header === undefined ? chunk : Buffer.concat([header, chunk]);
      header = undefined;
      output.write(whole, done);
    },
  });
}

/** A body is JSON, and does not end like this. */
function isHeader(chunk: Buffer): boolean {
  return chunk.length > 4 && chunk.toString("latin1", chunk.length - 4) === "\r\n\r\n";
}
