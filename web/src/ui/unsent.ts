// What stands in a field when what was sent from it has been taken: what was written meanwhile, and nothing of what was sent.
export const unsent = (now: string, sent: string): string => (now.startsWith(sent) ? now.slice(sent.length).trimStart() : now);
