// Our words in the notices that senders get, with the notice as they would see it.
import { useState } from 'react';
import { Button, NumberInput, SegmentedControl, Skeleton, Textarea, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api } from '@/api/client';
import { asProblem, problemWords } from '@/api/problem';
import { noticeEmailQuery, noticeTextsQuery, type NoticeTexts } from '@/api/stops';
import type { Language } from '@/format/amounts';
import { useWords } from '@/texts/useWords';
import { ErrorNotice } from '@/ui/Notice';
import { PageHead } from '@/ui/PageHead';
import frame from '@/ui/SettingsPage.module.css';
import classes from './Settings.module.css';

export function NoticesPage() {
  const { t } = useWords();
  const { data, error, refetch } = useQuery(noticeTextsQuery);
  return (
    <div className={`${frame.page} ${classes.page}`}>
      <PageHead title={t('portal.settings.notices')} />
      {error && !data && <ErrorNotice error={error} onRetry={() => void refetch()} />}
      {!error && !data && <Skeleton height={320} mt="md" />}
      {data && <TextsForm saved={data} />}
      {error && !data && <OwnStops />}
    </div>
  );
}

// Where we ourselves want to hear of our invoices that others have stopped.
function OwnStops() {
  const { t } = useWords();
  const client = useQueryClient();
  const { data } = useQuery(noticeEmailQuery);
  const [typed, setTyped] = useState<string>();
  const save = useMutation({
    mutationFn: (email: string) => api.put('/api/v1/settings/notice-email', { body: { email: email.trim() || null } }),
    onSuccess: (answer) => {
      client.setQueryData(noticeEmailQuery.queryKey, answer);
      setTyped(undefined);
    },
  });
  if (!data) return null;
  const fault = save.error ? problemWords(t, asProblem(save.error)) : undefined;
  const value = typed ?? data.email ?? '';
  return (
    <section className={classes.own} aria-labelledby="own-stops">
      <h2 id="own-stops">{t('portal.notices.own')}</h2>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate(value);
        }}
      >
        <TextInput
          type="email"
          label={t('portal.notices.ownEmail')}
          description={t('portal.notices.ownEmailWhy')}
          size="sm"
          maxLength={254}
          value={value}
          onChange={(event) => setTyped(event.currentTarget.value)}
          error={fault && `${fault.what} ${fault.advice}`}
        />
        <Button type="submit" size="sm" loading={save.isPending} disabled={value.trim() === (data.email ?? '')}>
          {t('portal.notices.save')}
        </Button>
      </form>
    </section>
  );
}

function TextsForm({ saved }: { saved: NoticeTexts }) {
  const { t, language: screen } = useWords();
  const client = useQueryClient();
  const [texts, setTexts] = useState(saved);
  const [language, setLanguage] = useState<Language>(screen);
  const [settled] = useDebouncedValue(texts, 250);
  const preview = useQuery({
    queryKey: ['notice-preview', settled, language],
    queryFn: ({ signal }) => api.post('/api/v1/settings/notice-texts/preview', { query: { language }, body: settled, signal }),
    placeholderData: keepPreviousData,
    retry: false,
  });
  const save = useMutation({
    mutationFn: () => api.put('/api/v1/settings/notice-texts', { body: texts }),
    onSuccess: (answer) => client.setQueryData(noticeTextsQuery.queryKey, answer),
  });
  const set = (name: 'greeting' | 'help' | 'contact', value: string) => setTexts((now) => ({ ...now, [language]: { ...now[language], [name]: value } }));
  const changed = JSON.stringify(texts) !== JSON.stringify(saved);
  const words = texts[language];
  return (
    <div className={classes.columns}>
      <form
        className={classes.form}
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate();
        }}
      >
        <p className={`${frame.lead} ${classes.lead}`}>{t('portal.notices.lead')}</p>
        <SegmentedControl
          size="xs"
          aria-label={t('portal.notices.language')}
          value={language}
          onChange={(value) => setLanguage(value as Language)}
          data={(['sv', 'en'] as const).map((value) => ({ value, label: t(`portal.notices.in.${value}`) }))}
        />
        <Textarea label={t('portal.notices.greeting')} description={t('portal.notices.greetingWhy')} size="sm" autosize minRows={2} maxLength={1000} value={words.greeting} onChange={(event) => set('greeting', event.currentTarget.value)} />
        <Textarea label={t('portal.notices.help')} description={t('portal.notices.helpWhy')} size="sm" autosize minRows={3} maxLength={2000} value={words.help} onChange={(event) => set('help', event.currentTarget.value)} />
        <TextInput label={t('portal.notices.contact')} description={t('portal.notices.contactWhy')} size="sm" maxLength={500} value={words.contact} onChange={(event) => set('contact', event.currentTarget.value)} />
        <div className={classes.days}>
          <NumberInput label={t('portal.notices.reminderDays')} size="sm" min={1} max={60} allowDecimal={false} value={texts.reminderDays} onChange={(value) => typeof value === 'number' && setTexts((now) => ({ ...now, reminderDays: value }))} hideControls suffix={t('portal.notices.days')} />
          <NumberInput label={t('portal.notices.putRightDays')} size="sm" min={1} max={90} allowDecimal={false} value={texts.putRightDays} onChange={(value) => typeof value === 'number' && setTexts((now) => ({ ...now, putRightDays: value }))} hideControls suffix={t('portal.notices.days')} />
        </div>
        {save.error && (
          <p role="alert" className={classes.fault}>
            {problemWords(t, asProblem(save.error)).what} {problemWords(t, asProblem(save.error)).advice}
          </p>
        )}
        <div className={classes.buttons}>
          <Button type="submit" variant="filled" size="sm" loading={save.isPending} disabled={!changed}>
            {t('portal.notices.save')}
          </Button>
          {save.isSuccess && !changed && (
            <span role="status" className={classes.quiet}>
              {t('portal.filters.saved')}
            </span>
          )}
        </div>
      </form>
      <OwnStops />
      <section className={classes.preview} aria-label={t('portal.notices.preview')}>
        <h2>{t('portal.notices.preview')}</h2>
        {preview.error && !preview.data && <ErrorNotice error={preview.error} onRetry={() => void preview.refetch()} />}
        {preview.data && (
          <>
            <p className={classes.subject}>{preview.data.subject}</p>
            <iframe title={t('portal.notices.preview')} sandbox="" srcDoc={preview.data.html} className={classes.paper} />
          </>
        )}
      </section>
    </div>
  );
}
