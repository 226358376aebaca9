import type { Word } from "../../../languages/dockerfile/model.ts";
import { nameOf } from "../../../text/path.ts";

/** The name of the file that `ADD` fetches; `undefined` for a source that is no address, or one of a Git repository. */
export function remoteFile({ value }: Word): string | undefined {
  if (!/^https?:\/\//i.test(value)) return undefined;
  const [address = ""] = value.split(/[?#]/);
  if (address.endsWith(".git")) return undefined;
  const name = nameOf(address);
  return name === "" || address.split("/").length < 4 ? value : name;
}
