import { addKey, type Hardened, type HardeningPart, isOpen } from "./part.ts";

/** `init: true` for images of languages, whose program is process 1 and reaps no children. Images that bring an init of their own would lose it. */
export function initProcess(hardened: Hardened): HardeningPart | undefined {
  const { service } = hardened;
  if (!isOpen(hardened, "init") || service.build !== undefined || service.get("build") !== undefined) return undefined;
  const image = service.imageUse?.facts;
  if (image?.runtime === undefined || image.server !== undefined) return undefined;
  if ((image.entrypoint ?? []).some((word) => /tini|dumb-init|s6|\binit$/.test(word))) return undefined;
  return {
    keys: ["init"],
    missing: "an init process",
    title: "Add `init: true`, which passes on signals and reaps children (what insists on being process 1 fails)",
    edits: () => addKey(hardened, "init", true),
    certain: false,
  };
}
