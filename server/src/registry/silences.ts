import type { NetworkProblem } from "./network-problems.ts";
import type { Sent } from "./sender.ts";

/**
 * What requests find out for those that wait for their turn: where nobody answers, the others need not wait for that, each as long. No failure is
 * kept: who comes later asks anew.
 */
export interface Silences {
  /** The present, to be compared with what happens later. */
  moment(): number;
  /** Remembers what became of a request to an origin (`https://ghcr.io`) that was begun at that moment. */
  note(origin: string, begun: number, sent: Sent): void;
  /** That nobody answers at the origin, where this was found out after that moment. */
  since(origin: string, moment: number): Sent | undefined;
}

const silent: ReadonlySet<NetworkProblem | undefined> = new Set(["timed-out", "refused", "unknown-host"] as const);

export function createSilences(): Silences {
  let count = 0;
  const answers = new Map<string, number>();
  const silences = new Map<string, { readonly at: number; readonly sent: Sent }>();
  return {
    moment: () => count,
    note(origin, begun, sent) {
      count += 1;
      if (sent.type === "response") {
        answers.set(origin, count);
        silences.delete(origin);
      } else if (silent.has(sent.problem) && (answers.get(origin) ?? 0) <= begun) {
        // Where others are answered meanwhile, somebody is there, and it was bad luck.
        silences.set(origin, { at: count, sent });
      }
    },
    since(origin, moment) {
      const silence = silences.get(origin);
      return silence !== undefined && silence.at > moment ? silence.sent : undefined;
    },
  };
}
