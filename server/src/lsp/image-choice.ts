import { CancellationTokenSource, type Connection, MessageType, ShowMessageRequest } from "vscode-languageserver";
import { isRecord } from "../languages/json/record.ts";
import type { Abilities } from "./abilities.ts";
import { type ChooseItem, type ChooseParams, chooseRequest } from "./protocol.ts";

/** More buttons than that no message has room for. */
const mostButtons = 8;

/** Has a person choose one of these; its index, `undefined` where none is wanted. An editor without a list of its own asks with a message, which has room for the first few. */
export async function choose(
  params: ChooseParams,
  connection: Connection,
  { options }: Abilities,
  signal: AbortSignal,
): Promise<number | undefined> {
  const cancellation = new CancellationTokenSource();
  const cancel = (): void => cancellation.cancel();
  signal.addEventListener("abort", cancel, { once: true });
  try {
    const answer: unknown = options.choose
      ? await connection.sendRequest(chooseRequest, params, cancellation.token)
      : await chooseByMessage(params, connection, cancellation);
    return typeof answer === "number" && params.items[answer] !== undefined ? answer : undefined;
  } catch (error) {
    if (signal.aborted) return undefined;
    throw error;
  } finally {
    signal.removeEventListener("abort", cancel);
    cancellation.dispose();
  }
}

async function chooseByMessage(
  { title, items }: ChooseParams,
  connection: Connection,
  { token }: CancellationTokenSource,
): Promise<number> {
  const actions = items.slice(0, mostButtons).map((item) => ({ title: buttonOf(item) }));
  const params = { type: MessageType.Info, message: title, actions };
  const chosen: unknown = await connection.sendRequest(ShowMessageRequest.method, params, token);
  return isRecord(chosen) ? actions.findIndex(({ title }) => title === chosen["title"]) : -1;
}

function buttonOf({ label, description }: ChooseItem): string {
  return description === undefined ? label : `${label} (${description})`;
}
