// What one is told, and how: in the portal, and by e-mail. A choice is kept at once.
import { Checkbox, Select } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { api } from '@/api/client';
import { meQuery, type Me, type MeChange } from '@/api/people';
import { newsKinds } from '@/pages/news/newsWords';
import { FaultLine } from '@/pages/users/FaultLine';
import { useWords } from '@/texts/useWords';
import classes from './Account.module.css';

const mailAlone = ['morning-list', 'new-sign-in'] as const;
const ways = ['each', 'digest', 'none'] as const;
type Kind = keyof Me['notices'];
type Way = (typeof ways)[number];

export function Notices({ me }: { me: Me }) {
  const { t } = useWords();
  const client = useQueryClient();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (window.location.hash === '#notices') heading.current?.scrollIntoView();
  }, []);
  const save = useMutation({
    mutationFn: (change: MeChange) => api.patch('/api/v1/me', { body: change }),
    onSuccess: (answer) => client.setQueryData(meQuery.queryKey, answer),
  });
  const pending = save.isPending ? save.variables : {};
  const mails: Me['notices'] = { ...me.notices, ...pending.notices };
  const portal: Me['portal'] = { ...me.portal, ...pending.portal };
  const kinds = newsKinds.filter((kind) => portal[kind] !== undefined);
  const hour = pending.digestHour ?? me.digestHour;
  const mailOf = (kind: Kind, choices: readonly Way[]) => (
    <Select
      size="sm"
      allowDeselect={false}
      aria-label={t('portal.news.byMailOf', { kind: t(`portal.news.kind.${kind}`) })}
      value={mails[kind] ?? 'none'}
      onChange={(value) => value && save.mutate({ notices: { [kind]: value as Way } })}
      data={choices.map((value) => ({ value, label: t(`portal.news.mail.${value}`) }))}
    />
  );
  return (
    <section className={classes.part} id="notices">
      <h2 className={classes.heading} ref={heading}>
        {t('portal.account.notices')}
      </h2>
      <p className={classes.quiet}>{t('portal.account.noticesWhy')}</p>
      <table className={classes.choices}>
        <thead>
          <tr>
            <th scope="col">{t('portal.news.choose')}</th>
            <th scope="col">{t('portal.news.inPortal')}</th>
            <th scope="col">{t('portal.news.byMail')}</th>
          </tr>
        </thead>
        <tbody>
          {kinds.map((kind) => (
            <tr key={kind}>
              <th scope="row">{t(`portal.news.kind.${kind}`)}</th>
              <td>
                <Checkbox
                  aria-label={t('portal.news.inPortalOf', { kind: t(`portal.news.kind.${kind}`) })}
                  checked={portal[kind] ?? false}
                  onChange={(event) => save.mutate({ portal: { [kind]: event.currentTarget.checked } })}
                />
              </td>
              <td>{mailOf(kind, ways)}</td>
            </tr>
          ))}
          {mailAlone.map((kind) => (
            <tr key={kind}>
              <th scope="row">{t(`portal.news.kind.${kind}`)}</th>
              <td />
              <td>{mailOf(kind, ['each', 'none'])}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <Select
        size="sm"
        maw={260}
        allowDeselect={false}
        label={t('portal.news.hour')}
        value={String(hour)}
        onChange={(value) => value && save.mutate({ digestHour: Number(value) })}
        data={Array.from({ length: 24 }, (_, each) => ({ value: String(each), label: t('portal.news.hourOf', { hour: String(each).padStart(2, '0') }) }))}
      />
      <Checkbox
        label={t('portal.news.alsoSeen')}
        description={t('portal.news.alsoSeenWhy')}
        checked={pending.alsoSeen ?? me.alsoSeen}
        onChange={(event) => save.mutate({ alsoSeen: event.currentTarget.checked })}
      />
      <FaultLine error={save.error} />
    </section>
  );
}
