// One user: its roles, and what concerns all of its account, which only whoever administers all of it may do.
import { useState } from 'react';
import { Button, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api } from '@/api/client';
import { userSessionsQuery, usersQuery, type User } from '@/api/people';
import type { Session } from '@/api/queries';
import { dateTimeOf } from '@/format/dates';
import { useWords } from '@/texts/useWords';
import { FaultLine } from './FaultLine';
import { RolesEditor } from './RolesEditor';
import classes from './Users.module.css';

export function UserForm({ user, session, onClose }: { user: User; session: Session; onClose: () => void }) {
  const { t } = useWords();
  const client = useQueryClient();
  const [name, setName] = useState(user.name);
  const [memberships, setMemberships] = useState(user.memberships);
  const renamed = name.trim() !== user.name;
  const moved = JSON.stringify(memberships) !== JSON.stringify(user.memberships);
  const save = useMutation({
    mutationFn: () => api.patch('/api/v1/users/{userId}', { path: { userId: user.id }, body: { ...(renamed ? { name: name.trim() } : {}), ...(moved ? { memberships } : {}) } }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: usersQuery.queryKey });
      onClose();
    },
  });
  return (
    <form
      className={classes.form}
      aria-label={t('portal.users.changeOf', { name: user.name })}
      onSubmit={(event) => {
        event.preventDefault();
        if (!save.isPending) save.mutate();
      }}
    >
      {user.elsewhere ? <p className={classes.quiet}>{t('portal.users.elsewhere')}</p> : <TextInput size="sm" label={t('portal.users.name')} required withAsterisk={false} autoFocus maxLength={200} value={name} onChange={(event) => setName(event.currentTarget.value)} />}
      {user.you && <p className={classes.quiet}>{t('portal.users.self')}</p>}
      <RolesEditor session={session} memberships={memberships} disabled={user.you} onChange={setMemberships} />
      <FaultLine error={save.error} />
      <div className={classes.buttons}>
        <Button type="submit" variant="filled" size="sm" loading={save.isPending} disabled={!renamed && !moved}>
          {t('portal.users.save')}
        </Button>
        <Button size="sm" onClick={onClose}>
          {t('portal.users.cancel')}
        </Button>
      </div>
      {!user.elsewhere && !user.you && <Whole user={user} />}
    </form>
  );
}

type Act = 'didEnd' | 'didReset' | 'didClose' | 'didOpen';

function Whole({ user }: { user: User }) {
  const { t } = useWords();
  const client = useQueryClient();
  const path = { userId: user.id };
  const act = useMutation({
    mutationFn: async (what: Act) => {
      if (what === 'didEnd') await api.delete('/api/v1/users/{userId}/sessions', { path });
      else if (what === 'didReset') await api.delete('/api/v1/users/{userId}/second-factor', { path });
      else await api.patch('/api/v1/users/{userId}', { path, body: { active: what === 'didOpen' } });
      return what;
    },
    onSuccess: () => client.invalidateQueries({ queryKey: usersQuery.queryKey }),
  });
  const button = (what: Act, words: 'endSessions' | 'resetFactor' | 'deactivate' | 'reactivate') => (
    <Button size="sm" loading={act.isPending && act.variables === what} onClick={() => act.mutate(what)}>
      {t(`portal.users.${words}`)}
    </Button>
  );
  return (
    <>
      <SignedInOn user={user} />
      <div className={classes.buttons}>
        {user.active && button('didEnd', 'endSessions')}
        {user.secondFactor && button('didReset', 'resetFactor')}
        {user.active ? button('didClose', 'deactivate') : button('didOpen', 'reactivate')}
      </div>
      <FaultLine error={act.error} />
      {act.isSuccess && (
        <p role="status" className={classes.quiet}>
          {t(`portal.users.${act.data}`)}
        </p>
      )}
    </>
  );
}

function SignedInOn({ user }: { user: User }) {
  const { t } = useWords();
  const { data, error } = useQuery(userSessionsQuery(user.id));
  if (error) return <FaultLine error={error} />;
  if (!data) return null;
  return (
    <section aria-label={t('portal.users.sessions')}>
      <h3 className={classes.small}>{t('portal.users.sessions')}</h3>
      {data.items.length === 0 && <p className={classes.quiet}>{t('portal.users.sessionsNone')}</p>}
      <ul className={classes.sessions}>
        {data.items.map((session) => (
          <li key={session.id}>
            {session.device ?? t('portal.account.unknownDevice')} <span className={classes.quiet}>{session.address}</span>
            <p className={classes.quiet}>{t('portal.account.since', { date: dateTimeOf(session.startedAt), seen: dateTimeOf(session.lastSeenAt) })}</p>
          </li>
        ))}
      </ul>
    </section>
  );
}
