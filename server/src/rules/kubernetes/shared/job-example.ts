import { jobWith } from "./example.ts";

/** A CronJob that no rule of `recommended` has anything to say of, but for the lines given: of its `spec`, of its Jobs' and of their pods'. */
export function cronJobWith(parts: {
  readonly schedule?: string;
  readonly spec?: readonly string[];
  readonly job?: readonly string[];
  readonly restartPolicy?: string;
}): string {
  const spec = [`schedule: ${parts.schedule ?? '"0 4 * * *"'}`, ...(parts.spec ?? []), "jobTemplate:", "  spec:"];
  const job = [...spec, ...(parts.job ?? []).map((line) => `    ${line}`)];
  const [head = "", template = ""] = jobWith({}).split("spec:\n  template:\n");
  const pod = `  template:\n${template}`.replaceAll(/^(?=.)/gm, "    ");
  const text = `${head.replace("kind: Job", "kind: CronJob")}spec:\n${job.map((line) => `  ${line}\n`).join("")}${pod}`;
  if (parts.restartPolicy === undefined) return text;
  const written = parts.restartPolicy === "" ? "" : `          restartPolicy: ${parts.restartPolicy}\n`;
  return text.replace("          restartPolicy: Never\n", written);
}

/** The same of a Job. */
export function jobSpecWith(lines: readonly string[]): string {
  return jobWith({}).replace("spec:\n", `spec:\n${lines.map((line) => `  ${line}\n`).join("")}`);
}
