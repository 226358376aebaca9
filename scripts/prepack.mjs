// Runs before `npm pack` and `npm publish`: builds what the npm package holds, with the licences of what went into it.
import { writeNotices } from "./notices.mjs";
import { node } from "./tools.mjs";

node("scripts/build.mjs");
writeNotices();
