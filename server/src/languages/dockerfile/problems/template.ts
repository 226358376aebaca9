/** Text that a template engine replaces before any builder sees it. */
export function isTemplate(text: string): boolean {
  return /\{\{|\{%|<%|(?:^|\s)@\w+@|\$\(|\$\{templateOption:/.test(text);
}
