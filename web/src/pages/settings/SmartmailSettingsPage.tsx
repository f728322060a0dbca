// How the company sends Smartmail: the deadline, the mail, and which counterparts have it otherwise.
import { useState } from 'react';
import { Button, Skeleton } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { api } from '@/api/client';
import { asProblem, problemWords } from '@/api/problem';
import { smartmailSettingsQuery, type SmartmailChange } from '@/api/smartmail';
import type { components } from '@/api/schema';
import { identifierText } from '@/format/identifiers';
import { useWords } from '@/texts/useWords';
import { ErrorNotice } from '@/ui/Notice';
import { PageHead } from '@/ui/PageHead';
import frame from '@/ui/SettingsPage.module.css';
import { companyChange, draftOf, faultsOf, fieldAt, type FieldName } from './smartmailForm';
import { faultWords, SmartmailFields } from './SmartmailFields';
import classes from './Settings.module.css';

type Saved = components['schemas']['CompanySmartmail'];

export function SmartmailSettingsPage() {
  const { t } = useWords();
  const { data, error, refetch } = useQuery(smartmailSettingsQuery);
  return (
    <div className={`${frame.page} ${classes.page}`}>
      <PageHead title={t('portal.settings.smartmail')} />
      {error && !data && <ErrorNotice error={error} onRetry={() => void refetch()} />}
      {!error && !data && <Skeleton height={420} mt="md" />}
      {data && (
        <div className={classes.columns}>
          <CompanyForm saved={data} />
          <Exceptions counterparts={data.counterparts} />
        </div>
      )}
    </div>
  );
}

function CompanyForm({ saved }: { saved: Saved }) {
  const { t } = useWords();
  const client = useQueryClient();
  const [draft, setDraft] = useState(() => draftOf(saved.effective));
  const save = useMutation({
    mutationFn: (change: SmartmailChange) => api.put('/api/v1/smartmail/settings', { body: change }),
    onSuccess: (answer) => {
      client.setQueryData(smartmailSettingsQuery.queryKey, answer);
      setDraft(draftOf(answer.effective));
      void client.invalidateQueries({ queryKey: ['smartmail', 'summary'] });
    },
  });
  const typed = faultsOf(draft);
  const refused = save.error ? asProblem(save.error) : undefined;
  const refusedAt = fieldAt(refused?.where);
  const words = refused && problemWords(t, refused);
  const faults = Object.fromEntries(Object.entries(typed).map(([name, fault]) => [name, faultWords(t, fault)])) as Partial<Record<FieldName, string>>;
  if (words && refusedAt && refusedAt !== 'addresses') faults[refusedAt] ??= `${words.what} ${words.advice}`;
  const good = Object.keys(typed).length === 0;
  const changed = JSON.stringify(draft) !== JSON.stringify(draftOf(saved.effective));
  return (
    <form
      className={classes.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (good) save.mutate(companyChange(draft));
      }}
    >
      <p className={`${frame.lead} ${classes.lead}`}>{t('portal.smartmail.settings.lead')}</p>
      <SmartmailFields
        draft={draft}
        faults={faults}
        onChange={(to) => {
          save.reset();
          setDraft((now) => ({ ...now, ...to }));
        }}
      />
      {words && !refusedAt && (
        <p role="alert" className={classes.fault}>
          {words.what} {words.advice}
        </p>
      )}
      <div className={classes.buttons}>
        <Button type="submit" variant="filled" size="sm" loading={save.isPending} disabled={!changed || !good}>
          {t('portal.notices.save')}
        </Button>
        {save.isSuccess && !changed && (
          <span role="status" className={classes.quiet}>
            {t('portal.smartmail.settings.savedFromNow')}
          </span>
        )}
      </div>
    </form>
  );
}

function Exceptions({ counterparts }: { counterparts: Saved['counterparts'] }) {
  const { t } = useWords();
  return (
    <section className={classes.exceptions} aria-labelledby="smartmail-own">
      <h2 id="smartmail-own">{t('portal.smartmail.settings.exceptions')}</h2>
      {counterparts.length === 0 && <p className={classes.quiet}>{t('portal.smartmail.settings.noExceptions')}</p>}
      <ul className={classes.rules}>
        {counterparts.map(({ identifier, name, own }) => (
          <li key={identifier}>
            <Link to="/partners/$identifier" params={{ identifier }}>
              {name ?? identifierText(identifier)}
            </Link>
            <span className={classes.quiet}>{ownWords(t, own)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

// "14 dygn, PDF i mejlet": what a counterpart has otherwise.
function ownWords(t: ReturnType<typeof useWords>['t'], own: SmartmailChange): string {
  const said = [
    own.days !== undefined && t(own.bankDays ? 'portal.smartmail.trial.bankDays' : 'portal.smartmail.trial.days', { count: own.days }),
    own.toPaper === false && t('portal.smartmail.neverPaper'),
    own.form !== undefined && t(`portal.smartmail.settings.short.${own.form}`),
    own.addresses !== undefined && own.addresses.length > 0 && t('portal.smartmail.settings.moreAddresses', { count: own.addresses.length }),
  ].filter(Boolean);
  return said.join(', ') || t('portal.smartmail.settings.otherOwn', { count: Object.keys(own).length });
}
