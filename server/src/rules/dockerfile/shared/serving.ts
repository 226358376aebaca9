import type { FinalImage } from "./final-image.ts";
import { runsBaseServer } from "./start.ts";

/** Whether an image serves, as far as the file tells: it exposes a port, or starts the server of its base image. */
export function serves({ stage, facts }: FinalImage): boolean {
  if (isServerless({ facts })) return false;
  if (stage.last("EXPOSE") !== undefined) return true;
  return facts?.server !== undefined && runsBaseServer(stage, facts);
}

/** Whether a platform starts the image for single calls, and asks for nothing in between. */
export function isServerless({ facts }: Pick<FinalImage, "facts">): boolean {
  return facts?.family.startsWith("lambda/") === true;
}
