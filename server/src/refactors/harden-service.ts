import type { ComposeModel, ComposeService } from "../languages/compose/model.ts";
import { hardeningOf } from "../rules/compose/shared/hardening/index.ts";
import { defineRefactor } from "./refactor.ts";

/** Takes from a service of a Compose file what it does not need, and limits the rest; each thing by itself, with what it may break. */
export default defineRefactor("compose", {
  slug: "harden-service",
  offer(model, offset, workspace) {
    const service = serviceAt(model, offset);
    if (service === undefined) return undefined;
    const parts = hardeningOf({ model, service, workspace }).map(({ title, edits }) => ({ title, edits }));
    return parts.length === 0 ? undefined : { title: `Harden service \`${service.name}\`…`, parts };
  },
});

/** The service whose key or map the offset is in, ends included. */
function serviceAt({ services }: ComposeModel, offset: number): ComposeService | undefined {
  return services.find(
    ({ keySpan, map }) =>
      keySpan.start <= offset && offset <= Math.max(keySpan.end, map.alias === undefined ? map.span.end : keySpan.end),
  );
}
