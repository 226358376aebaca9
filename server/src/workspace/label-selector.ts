import { isPlainMap, type PlainValue, plainItems, plainText } from "./plain-value.ts";

/** Labels of an object or of pods. */
export type Labels = Readonly<Record<string, string>>;

/**
 * Whether labels fit a selector: one with `matchLabels` and `matchExpressions`, or a bare map of labels as a Service has it. An empty one fits everything,
 * none at all (`undefined`, null) nothing. An expression that is not understood fits nothing.
 * Source: https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#label-selectors
 */
export function selects(selector: PlainValue | undefined, labels: Labels): boolean {
  if (!isPlainMap(selector)) return false;
  if (!("matchLabels" in selector) && !("matchExpressions" in selector)) return hasAll(selector, labels);
  const wanted = selector["matchLabels"];
  return (
    (!isPlainMap(wanted) || hasAll(wanted, labels)) &&
    plainItems(selector, "matchExpressions").every((expression) => holds(expression, labels))
  );
}

/** The labels that a selector wants of one value each: its `matchLabels`, a bare map's own, and `In` with a single value. */
export function wantedLabels(selector: PlainValue | undefined): Labels {
  if (!isPlainMap(selector)) return {};
  const plain = !("matchLabels" in selector) && !("matchExpressions" in selector);
  const pairs = plain ? selector : selector["matchLabels"];
  const wanted: Record<string, string> = {};
  if (isPlainMap(pairs)) for (const [key, value] of Object.entries(pairs)) wanted[key] = textOf(value);
  for (const expression of plainItems(selector, "matchExpressions")) {
    const key = plainText(expression, "key");
    const values = plainItems(expression, "values");
    if (key !== undefined && values.length === 1 && plainText(expression, "operator") === "In") {
      wanted[key] = textOf(values[0]);
    }
  }
  return wanted;
}

function hasAll(wanted: { readonly [key: string]: PlainValue }, labels: Labels): boolean {
  return Object.entries(wanted).every(([key, value]) => Object.hasOwn(labels, key) && labels[key] === textOf(value));
}

function holds(expression: PlainValue, labels: Labels): boolean {
  const key = plainText(expression, "key");
  if (key === undefined) return false;
  const value = Object.hasOwn(labels, key) ? labels[key] : undefined;
  const among = (): boolean => plainItems(expression, "values").some((one) => textOf(one) === value);
  switch (plainText(expression, "operator")) {
    case "In":
      return value !== undefined && among();
    case "NotIn":
      return value === undefined || !among();
    case "Exists":
      return value !== undefined;
    case "DoesNotExist":
      return value === undefined;
    default:
      return false;
  }
}

/** A label's value is text, though people write numbers. */
function textOf(value: PlainValue | undefined): string {
  return plainText(value) ?? JSON.stringify(value);
}
