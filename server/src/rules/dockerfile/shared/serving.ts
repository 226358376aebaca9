import type { FinalImage } from "./final-image.ts";
import { runsBaseServer } from "./start.ts";

/** Whether an image serves, as far as the file tells: it exposes a port, or starts what its base image does, which serves. */
export function serves({ stage, facts, description }: FinalImage): boolean {
  if (isServerless({ facts })) return false;
  if (stage.last("EXPOSE") !== undefined) return true;
  if (facts === undefined && description !== undefined) {
    const starts = stage.last("CMD") ?? stage.last("ENTRYPOINT");
    return starts === undefined && description.exposedPorts.length > 0;
  }
  return facts?.server !== undefined && runsBaseServer(stage, facts);
}

/** Whether a platform starts the image for single calls, and asks for nothing in between. */
export function isServerless({ facts }: Pick<FinalImage, "facts">): boolean {
  return facts?.family.startsWith("lambda/") === true;
}
