import type { BaseImageFacts, ImageUser } from "../../../knowledge/base-images/index.ts";
import type { Stage } from "../../../languages/dockerfile/model.ts";
import { createdUser } from "./created-user.ts";
import { exposedPorts } from "./exposed-ports.ts";

/** How an image comes to run as another user than root. */
export interface UserPlan {
  /** The name or number for `USER`. */
  readonly user: string;
  /** User and group as `chown` and `--chown` take them; `undefined` where the user's group is not known. */
  readonly owner: string | undefined;
  /** What has to be run before, if anything. */
  readonly create: string | undefined;
  /** What is done, in the imperative. */
  readonly title: string;
}

/** A user without privileges for a stage, by what the file and the base image have; `undefined` where neither says how. */
export function userPlan(stage: Stage, facts: BaseImageFacts | undefined, numeric: boolean): UserPlan | undefined {
  const created = createdUser(stage);
  if (created === "unknown") return undefined;
  if (created !== undefined) {
    const { name, uid, group } = created;
    const user = numeric ? (uid ?? name) : name;
    const owner = group === undefined ? undefined : `${name}:${group}`;
    return { user, owner, create: undefined, title: `Run as \`${user}\`, the user this file creates` };
  }
  if (facts === undefined) return undefined;
  if (facts.nonRootUser !== undefined) {
    const known = facts.nonRootUser;
    const user = numeric ? String(known.uid) : known.name;
    const owner = ownerOf(known, numeric);
    return { user, owner, create: undefined, title: `Run as \`${user}\`, the image's own user` };
  }
  const made = { user: numeric ? "10001" : "app", owner: "app:app", title: "Create a user and run as it" };
  switch (facts.userDialect) {
    case "busybox":
      return { ...made, create: `addgroup -S app && adduser -S -G app${numeric ? " -u 10001" : ""} app` };
    case "shadow":
      return { ...made, create: `useradd --system --create-home --user-group${numeric ? " --uid 10001" : ""} app` };
    default:
      return facts.os === "windows"
        ? undefined
        : {
            user: "10001:10001",
            owner: "10001:10001",
            create: undefined,
            title: "Run as user 10001, which needs no name",
          };
  }
}

/** What to look at before an image runs as a user without privileges: for the end of a title. `given`: it got the folders that are known. */
export function cautionFor(stage: Stage, facts: BaseImageFacts | undefined, given: boolean): string {
  const port = [...exposedPorts(stage), ...(facts?.server?.ports ?? [])].find((number) => number < 1024);
  const low = port === undefined ? "" : `, and older engines refuse it port ${port}`;
  return `(files it writes ${given ? "elsewhere " : ""}must be that user's${low})`;
}

/** Groups are called after their users where the numbers are the same. */
function ownerOf({ name, uid, gid }: ImageUser, numeric: boolean): string {
  if (!numeric && uid === gid) return `${name}:${name}`;
  return numeric || gid !== 0 ? `${uid}:${gid}` : `${name}:root`;
}
