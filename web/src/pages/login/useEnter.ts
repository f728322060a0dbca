// What follows on signing in, wherever somebody does: the session is taken, the user's language too, and the way goes on.
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { sessionQuery, takeSession, type Session } from '@/api/queries';
import { changeLanguage, chosenLanguage } from '@/texts/i18n';

export function useEnter() {
  const client = useQueryClient();
  const navigate = useNavigate();
  return async (session: Session, to = '/') => {
    client.clear();
    client.setQueryData(sessionQuery.queryKey, takeSession(session));
    if (!chosenLanguage()) await changeLanguage(session.user.language, false);
    await navigate({ href: to });
  };
}
