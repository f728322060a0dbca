// Who may come in for the companies that one administers, in which role; who has been invited; and whether a second step
// of signing in is demanded.
import { useState } from 'react';
import { Button, Skeleton, Switch } from '@mantine/core';
import { useMutation, useQuery, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { IconUserPlus, IconUsers } from '@tabler/icons-react';
import { api } from '@/api/client';
import { useMay } from '@/api/may';
import { demandQuery, invitationsQuery, usersQuery, type User } from '@/api/people';
import { sessionQuery, type Session } from '@/api/queries';
import { dateTimeOf } from '@/format/dates';
import { useWords } from '@/texts/useWords';
import { ErrorNotice, Notice } from '@/ui/Notice';
import { PageHead } from '@/ui/PageHead';
import frame from '@/ui/SettingsPage.module.css';
import { Invitations } from './Invitations';
import { InviteForm } from './InviteForm';
import { FaultLine } from './FaultLine';
import { UserForm } from './UserForm';
import classes from './Users.module.css';

export function UsersPage() {
  const { t } = useWords();
  const { data: session } = useSuspenseQuery(sessionQuery);
  const may = useMay('users:read');
  return (
    <div className={frame.page}>
      <PageHead title={t('portal.settings.users')} />
      {may ? <Users session={session} /> : <Notice icon={IconUsers} title={t('portal.users.mayNot')} />}
    </div>
  );
}

function Users({ session }: { session: Session }) {
  const { t } = useWords();
  const { data, error, refetch } = useQuery(usersQuery);
  const [inviting, setInviting] = useState(false);
  const [open, setOpen] = useState<string>();
  if (error && !data) return <ErrorNotice error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton height={240} mt="md" />;
  return (
    <>
      <div className={classes.top}>
        <p className={classes.lead}>{t('portal.users.lead')}</p>
        {!inviting && (
          <Button variant="filled" size="sm" leftSection={<IconUserPlus size={16} stroke={1.75} aria-hidden />} onClick={() => setInviting(true)}>
            {t('portal.users.invite')}
          </Button>
        )}
      </div>
      {inviting && <InviteForm session={session} onClose={() => setInviting(false)} />}
      {data.items.length === 0 && (
        <Notice icon={IconUsers} title={t('portal.users.none')}>
          {t('portal.users.noneWhy')}
        </Notice>
      )}
      <ul className={classes.list}>
        {data.items.map((user) => (
          <li key={user.id}>
            <Row user={user} session={session} open={open === user.id} onOpen={() => setOpen(user.id)} />
            {open === user.id && <UserForm user={user} session={session} onClose={() => setOpen(undefined)} />}
          </li>
        ))}
      </ul>
      <OpenInvitations />
      <Demand session={session} />
    </>
  );
}

function Row({ user, session, open, onOpen }: { user: User; session: Session; open: boolean; onOpen: () => void }) {
  const { t } = useWords();
  const named = (id: string) => session.companies.find((company) => company.id === id)?.name ?? '';
  const marks = [user.you && t('portal.users.you'), !user.active && t('portal.users.closed'), user.secondFactor && t('portal.users.twoSteps')].filter(Boolean);
  return (
    <div className={classes.row}>
      <div className={classes.who}>
        <p>
          <b>{user.name}</b> {marks.length > 0 && <span className={classes.quiet}>{marks.join(' · ')}</span>}
        </p>
        <p className={classes.quiet}>{user.email}</p>
      </div>
      <ul className={classes.roles}>
        {user.memberships.map((membership) => (
          <li key={membership.companyId}>
            {t(`portal.users.roles.${membership.role}`)} <span className={classes.quiet}>{named(membership.companyId)}</span>
          </li>
        ))}
      </ul>
      <span className={`${classes.quiet} ${classes.seen}`}>{user.lastSeenAt ? t('portal.users.lastSeen', { date: dateTimeOf(user.lastSeenAt) }) : t('portal.users.never')}</span>
      <Button onClick={onOpen} disabled={open} aria-label={t('portal.users.changeOf', { name: user.name })}>
        {t('portal.users.change')}
      </Button>
    </div>
  );
}

function OpenInvitations() {
  const { data, error } = useQuery(invitationsQuery);
  if (error) return <ErrorNotice error={error} />;
  return data && data.items.length > 0 ? <Invitations items={data.items} /> : null;
}

function Demand({ session }: { session: Session }) {
  const { t } = useWords();
  const client = useQueryClient();
  const { data } = useQuery(demandQuery);
  const change = useMutation({
    mutationFn: (demanded: boolean) => api.put('/api/v1/settings/second-factor', { body: { demanded } }),
    onSuccess: async (answer) => {
      client.setQueryData(demandQuery.queryKey, answer);
      await client.invalidateQueries({ queryKey: sessionQuery.queryKey }); // one may be the first who needs it
    },
  });
  if (!data) return null;
  return (
    <div className={classes.demand}>
      <Switch
        label={t('portal.users.demand')}
        description={t('portal.users.demandWhy', { company: session.company.name })}
        checked={data.demanded}
        disabled={change.isPending}
        onChange={(event) => change.mutate(event.currentTarget.checked)}
      />
      <FaultLine error={change.error} />
    </div>
  );
}
