import type { Stage } from "../../../languages/dockerfile/model.ts";
import { folderOf, nameOf } from "../../../text/path.ts";

/** Whether an image is meant for a developer's machine or a pipeline, by the name of its file, its folder or its stage. */
export function isForDevelopment(path: string, stage: Stage | undefined): boolean {
  return (
    named.test(nameOf(path).replace(/dockerfile|containerfile/i, "")) ||
    /(?:^|\/)\.?devcontainers?(?:\/|$)/.test(folderOf(path)) ||
    (stage?.name !== undefined && named.test(stage.name))
  );
}

const named = /(?:^|[._-])(?:dev|devel|development|local|debug|test|tests|testing|ci|e2e|lint)(?:$|[._-])/i;
