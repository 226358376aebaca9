import { isLicenseExpression } from "../../../knowledge/licenses.ts";

/** What the value of a label is to be; the words are those of hadolint's label schema, but `text`, which anything but nothing fits. */
export type LabelFormat = "text" | "url" | "rfc3339" | "spdx" | "hash" | "semver" | "email";

/** Whether a value is what it is to be. Blanks around it count. */
export function hasFormat(value: string, format: LabelFormat): boolean {
  return tests[format](value);
}

/** What a label of this format should hold, for a message: "a time such as …". */
export function describeFormat(format: LabelFormat): string {
  return descriptions[format];
}

const descriptions: Readonly<Record<LabelFormat, string>> = {
  text: "a text",
  url: "a URL with its scheme, such as `https://example.com/app`",
  rfc3339: "a time by RFC 3339, such as `2026-03-09T14:30:00Z`",
  spdx: "an SPDX licence expression, such as `Apache-2.0` or `MIT OR GPL-2.0-only`",
  hash: "a Git commit, 7 to 64 hexadecimal digits",
  semver: "a semantic version, such as `1.4.2`",
  email: "an e-mail address, such as `team@example.com`",
};

const tests: Readonly<Record<LabelFormat, (value: string) => boolean>> = {
  text: (value) => value.trim() !== "",
  url: isUrl,
  rfc3339: isTime,
  spdx: isLicenseExpression,
  hash: (value) => /^[0-9a-f]{7,64}$/i.test(value),
  semver: (value) => semanticVersion.test(value),
  email: (value) => /^[^\s@<>,;]+@(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)*[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/i.test(value),
};

/** The pattern that semver.org recommends, without its names. */
const semanticVersion =
  /^(?:0|[1-9]\d*)\.(?:0|[1-9]\d*)\.(?:0|[1-9]\d*)(?:-(?:0|[1-9]\d*|\d*[a-z-][0-9a-z-]*)(?:\.(?:0|[1-9]\d*|\d*[a-z-][0-9a-z-]*))*)?(?:\+[0-9a-z-]+(?:\.[0-9a-z-]+)*)?$/i;

function isUrl(value: string): boolean {
  return /^[a-z][a-z0-9+.-]*:(?:\/\/[^\s/?#]+|(?!\/\/)[^\s/])\S*$/i.test(value);
}

function isTime(value: string): boolean {
  const parts = /^\d{4}-(\d\d)-(\d\d)[Tt ](\d\d):(\d\d):(\d\d)(?:\.\d+)?(?:[Zz]|[+-](\d\d):(\d\d))$/.exec(value);
  if (parts === null) return false;
  const [month = 0, day = 0, hour = 0, minute = 0, second = 0, offset = 0, offsetMinute = 0] = parts
    .slice(1)
    .map((part) => Number(part ?? 0));
  const date = month >= 1 && month <= 12 && day >= 1 && day <= 31;
  // A leap second is the sixtieth.
  return date && hour < 24 && minute < 60 && second <= 60 && offset < 24 && offsetMinute < 60;
}
