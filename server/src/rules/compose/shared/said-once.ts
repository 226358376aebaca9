import type { ComposeModel, ComposeService } from "../../../languages/compose/model.ts";
import { entriesOf } from "../../../languages/yaml/path.ts";
import type { Span } from "../../../text/span.ts";

/** Where more than so many services lack the same thing, nobody has thought of it at all, and it is said once. */
const fewServices = 3;

/**
 * Where and of whom to say once what many services lack: at the key `services`, of "`web`, `api` and 5 more services". `undefined` where they are few enough
 * to name each in its place.
 */
export function saidOnce(
  { root }: ComposeModel,
  lacking: readonly ComposeService[],
): { readonly at: Span; readonly whose: string } | undefined {
  const [first, second] = lacking;
  if (first === undefined || second === undefined || lacking.length <= fewServices) return undefined;
  const top = entriesOf(root).find(({ key }) => key === "services");
  return (
    top && { at: top.keySpan, whose: `\`${first.name}\`, \`${second.name}\` and ${lacking.length - 2} more services` }
  );
}

/** Of services that share a map by an alias, the first: what is written there is written for all of them. */
export function oncePerMap(services: readonly ComposeService[]): readonly ComposeService[] {
  return [...new Map([...services].reverse().map((service) => [service.map.span.start, service])).values()].reverse();
}
