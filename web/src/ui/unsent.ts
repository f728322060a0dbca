// What stands in a field when what was sent from it has been taken: what was written meanwhile, and nothing of what was sent.
export function unsent(now: string, sent: string): string {
  const rest = now.slice(sent.length);
  return now.startsWith(sent) && /^(\s|$)/.test(rest) ? rest.trimStart() : now;
}
