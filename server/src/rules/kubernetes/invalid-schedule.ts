import { defineRule, type Fix } from "../../engine/rule.ts";
import { atLeast } from "../../knowledge/deprecated-apis.ts";
import {
  cronMacros,
  type CronProblem,
  everRuns,
  isCronProblem,
  readSchedule,
} from "../../languages/kubernetes/cron.ts";
import type { KubernetesModel } from "../../languages/kubernetes/model.ts";
import { insideQuotes } from "../../languages/scalar-place.ts";
import { replaceScalar, setPath } from "../../languages/yaml/edit.ts";
import type { YamlScalar } from "../../languages/yaml/node.ts";
import { closestOf } from "../../text/closest.ts";
import type { Span } from "../../text/span.ts";
import { reviewed } from "../shared/edit-fixes.ts";
import { joined } from "../shared/joined-edits.ts";
import { cronJobWith } from "./shared/job-example.ts";
import { type CronJob, cronJobsOf, scheduleText } from "./shared/jobs.ts";

export default defineRule("kubernetes", {
  slug: "invalid-schedule",
  summary: "A CronJob's schedule is refused by Kubernetes, or names a day that never comes.",
  why: `Kubernetes reads five fields, from minutes to days of the week, and \`@hourly\` and its like. What other programs have besides is refused: a field for seconds or years, 7 for
Sunday, \`L\`, \`W\` and \`#\`, \`@reboot\`, a \`TZ=\` in front (that is the key \`timeZone\`). A day such as the 31st of February is accepted, and the job never runs, which nobody notices until its
work is missed.`,
  category: "correctness",
  severity: "error",
  preset: "minimal",
  since: "0.1.0",
  aliases: ["datree:CRONJOB_INVALID_SCHEDULE_VALUE"],
  references: ["https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/#schedule-syntax"],
  fix: "review",
  examples: [{ bad: cronJobWith({ schedule: '"0 4 * * 7"' }), good: cronJobWith({ schedule: '"0 4 * * 0"' }) }],
  keys: ["schedule"],
  *check(model) {
    for (const job of cronJobsOf(model)) {
      const node = job.schedule?.value;
      const text = scheduleText(node);
      if (node?.type !== "scalar" || text === undefined) continue;
      const place = insideQuotes(model.document.text, node);
      const refusal = refusalOf(model, text);
      if (refusal !== undefined) {
        const at = partOf(model, place, text, refusal);
        yield {
          at,
          message: `The schedule \`${text}\` ${refusal.what}: ${refusal.advice}.`,
          fixes: () => fixesFor(model, job, node, text),
        };
        continue;
      }
      const read = readSchedule(text.trim());
      if (isCronProblem(read) || everRuns(read)) continue;
      yield {
        at: place,
        message: `The schedule \`${text}\` names a day that no year has, so it never runs: name one that comes.`,
      };
    }
  },
});

const ZONE = /^\s*(?:CRON_)?TZ=(\S+)\s+/;

function refusalOf(model: KubernetesModel, text: string): (CronProblem & { readonly advice: string }) | undefined {
  if (text.includes("TZ")) {
    if (!atLeast(model.release, "1.29")) return undefined;
    return { what: "names a time zone, which Kubernetes refuses", advice: "use the key `timeZone`" };
  }
  const read = readSchedule(text);
  if (!isCronProblem(read)) return undefined;
  const advice = text.startsWith("@")
    ? `take one of ${cronMacros.map((macro) => `\`${macro}\``).join(", ")}`
    : "write minute, hour, day of the month, month and day of the week";
  return { ...read, advice: read.part === undefined ? advice : adviceFor(text) };
}

function adviceFor(text: string): string {
  const [meant] = meantBy(text);
  return meant === undefined ? "write numbers, ranges, lists and steps" : `write \`${meant}\``;
}

/** The part at fault, where the text stands in the file as it is read. */
function partOf(
  { document: { text: whole } }: KubernetesModel,
  place: Span,
  text: string,
  { part }: CronProblem,
): Span {
  if (part === undefined || whole.slice(place.start, place.end) !== text) return place;
  return { start: place.start + part.start, end: place.start + part.end };
}

function fixesFor(model: KubernetesModel, job: CronJob, node: YamlScalar, text: string): readonly Fix[] {
  const { document } = model;
  const zone = ZONE.exec(text);
  if (zone !== null) {
    const rest = text.slice(zone[0].length);
    if (isCronProblem(readSchedule(rest)) || job.spec.get("timeZone") !== undefined) return [];
    const edits = joined(document.text, [
      replaceScalar(document, node, rest),
      setPath(document, job.spec, ["timeZone"], zone[1] ?? "", { position: { after: ["schedule"] } }),
    ]);
    return reviewed(`Move the time zone to \`timeZone: ${zone[1] ?? ""}\``, edits);
  }
  return meantBy(text).flatMap((meant) =>
    reviewed(`Write \`${meant}\`, if that is what is meant`, replaceScalar(document, node, meant)),
  );
}

/** What other programs would take the schedule for, in Kubernetes' words. */
function meantBy(text: string): readonly string[] {
  if (text.startsWith("@")) return [closestOf(text, cronMacros)].filter((macro) => macro !== undefined);
  const words = text.trim().split(/\s+/);
  // Seconds come first and years last; a schedule that only uses them to say "always at once" and "every year" needs neither.
  const withoutSeconds = words.length > 5 && words[0] === "0" ? words.slice(1) : words;
  const five = withoutSeconds.length === 6 && withoutSeconds[5] === "*" ? withoutSeconds.slice(0, 5) : withoutSeconds;
  const sunday = five.map((word, index) => (index === 4 ? withSundayFirst(word) : word));
  const meant = sunday.join(" ");
  return meant === text || isCronProblem(readSchedule(meant)) ? [] : [meant];
}

/** Days of the week with 0 for Sunday where 7 was written. */
function withSundayFirst(field: string): string {
  if (field.includes("/")) return field;
  const parts = field.split(",").flatMap((part) => {
    const [, from] = /^(\w+)-(?:7|SUN)$/i.exec(part) ?? [];
    if (from === undefined) return [part === "7" ? "0" : part];
    return from === "0" || from === "1" || /^mon$/i.test(from) ? ["*"] : [`${from}-6`, "0"];
  });
  return parts.includes("*") ? "*" : parts.join(",");
}
