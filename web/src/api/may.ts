// What the caller's scopes allow. What the portal shows follows them; the server decides all the same.
import { useSuspenseQuery } from '@tanstack/react-query';
import { sessionQuery, type Session } from './queries';

export type Scope = Session['scopes'][number];

export const may = (session: Pick<Session, 'scopes'>, scope: Scope): boolean => session.scopes.includes(scope);

// For what stands within the frame: there is always a session.
export function useMay(scope: Scope): boolean {
  return may(useSuspenseQuery(sessionQuery).data, scope);
}
