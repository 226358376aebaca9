import type { BaseImageFacts } from "../../../knowledge/base-images/index.ts";
import type { Stage } from "../../../languages/dockerfile/model.ts";
import { createdUser } from "./created-user.ts";
import { exposedPorts } from "./exposed-ports.ts";

/** How an image comes to run as another user than root. */
export interface UserPlan {
  /** The name or number for `USER`. */
  readonly user: string;
  /** What has to be run before, if anything. */
  readonly create: string | undefined;
  /** What is done, in the imperative. */
  readonly title: string;
}

/** A user without privileges for a stage, by what the file and the base image have; `undefined` where neither says how. */
export function userPlan(stage: Stage, facts: BaseImageFacts | undefined, numeric: boolean): UserPlan | undefined {
  const caution = `(files it writes must be that user's${lowPort(stage, facts)})`;
  const created = createdUser(stage);
  if (created === "unknown") return undefined;
  if (created !== undefined) {
    const user = numeric ? (created.uid ?? created.name) : created.name;
    return { user, create: undefined, title: `Run as \`${user}\`, the user this file creates ${caution}` };
  }
  if (facts === undefined) return undefined;
  if (facts.nonRootUser !== undefined) {
    const { name, uid } = facts.nonRootUser;
    const user = numeric ? String(uid) : name;
    return { user, create: undefined, title: `Run as \`${user}\`, the image's own user ${caution}` };
  }
  switch (facts.userDialect) {
    case "busybox":
      return {
        user: numeric ? "10001" : "app",
        create: `addgroup -S app && adduser -S -G app${numeric ? " -u 10001" : ""} app`,
        title: `Create a user and run as it ${caution}`,
      };
    case "shadow":
      return {
        user: numeric ? "10001" : "app",
        create: `useradd --system --create-home --user-group${numeric ? " --uid 10001" : ""} app`,
        title: `Create a user and run as it ${caution}`,
      };
    default:
      return facts.os === "windows"
        ? undefined
        : { user: "10001:10001", create: undefined, title: `Run as user 10001, which needs no name ${caution}` };
  }
}

function lowPort(stage: Stage, facts: BaseImageFacts | undefined): string {
  const port = [...exposedPorts(stage), ...(facts?.server?.ports ?? [])].find((number) => number < 1024);
  return port === undefined ? "" : `, and older engines refuse it port ${port}`;
}
