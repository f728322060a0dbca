// One's own account: profile, password, second step, where one is signed in, and which notices come.
import { useState } from 'react';
import { Button, Input, SegmentedControl, Skeleton, TextInput, useMantineColorScheme } from '@mantine/core';
import { useMutation, useQuery, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { api } from '@/api/client';
import { meQuery, type Me } from '@/api/people';
import { sessionQuery } from '@/api/queries';
import { changeLanguage } from '@/texts/i18n';
import { useWords } from '@/texts/useWords';
import { ErrorNotice } from '@/ui/Notice';
import { PageHead } from '@/ui/PageHead';
import { FaultLine } from '@/pages/users/FaultLine';
import frame from '@/ui/SettingsPage.module.css';
import { Notices } from './Notices';
import { Password } from './Password';
import { SecondFactor } from './SecondFactor';
import { Sessions } from './Sessions';
import classes from './Account.module.css';

export function AccountPage() {
  const { t } = useWords();
  const { data: session } = useSuspenseQuery(sessionQuery);
  const { data, error, refetch } = useQuery(meQuery);
  return (
    <div className={frame.page}>
      <PageHead title={t('portal.settings.account')} />
      {session.secondFactorFirst && (
        <p role="status" className={classes.first}>
          {t('portal.account.first')}
        </p>
      )}
      {session.secondFactorFirst && <SecondFactor />}
      {error && !data && <ErrorNotice error={error} onRetry={() => void refetch()} />}
      {!error && !data && <Skeleton height={240} mt="md" />}
      {data && <Profile me={data} />}
      <Password email={session.user.email} />
      {!session.secondFactorFirst && <SecondFactor />}
      <Sessions />
      {data && <Notices me={data} />}
    </div>
  );
}

function Profile({ me }: { me: Me }) {
  const { t } = useWords();
  const client = useQueryClient();
  const { setColorScheme } = useMantineColorScheme();
  const [name, setName] = useState(me.name);
  const [language, setLanguage] = useState(me.language);
  const [theme, setTheme] = useState(me.theme);
  const save = useMutation({
    mutationFn: () => api.patch('/api/v1/me', { body: { name: name.trim(), language, theme } }),
    onSuccess: async (answer) => {
      client.setQueryData(meQuery.queryKey, answer);
      setColorScheme(answer.theme === 'system' ? 'auto' : answer.theme);
      await changeLanguage(answer.language);
      await client.invalidateQueries({ queryKey: sessionQuery.queryKey });
    },
  });
  const changed = name.trim() !== me.name || language !== me.language || theme !== me.theme;
  return (
    <form
      className={classes.part}
      onSubmit={(event) => {
        event.preventDefault();
        if (!save.isPending) save.mutate();
      }}
    >
      <h2 className={classes.heading}>{t('portal.account.profile')}</h2>
      <TextInput size="sm" label={t('portal.account.name')} autoComplete="name" required withAsterisk={false} maxLength={200} value={name} onChange={(event) => setName(event.currentTarget.value)} />
      <TextInput size="sm" label={t('portal.account.email')} description={t('portal.account.emailWhy')} readOnly value={me.email} />
      <Input.Wrapper size="sm" label={t('portal.account.language')} labelElement="div">
        <div>
          <SegmentedControl size="sm" aria-label={t('portal.account.language')} value={language} onChange={(value) => setLanguage(value as Me['language'])} data={(['sv', 'en'] as const).map((value) => ({ value, label: t(`portal.notices.in.${value}`) }))} />
        </div>
      </Input.Wrapper>
      <Input.Wrapper size="sm" label={t('portal.account.theme')} labelElement="div">
        <div>
          <SegmentedControl size="sm" aria-label={t('portal.account.theme')} value={theme} onChange={(value) => setTheme(value as Me['theme'])} data={(['system', 'light', 'dark'] as const).map((value) => ({ value, label: t(`portal.account.themes.${value}`) }))} />
        </div>
      </Input.Wrapper>
      <FaultLine error={save.error} />
      <div className={classes.buttons}>
        <Button type="submit" variant="filled" size="sm" loading={save.isPending} disabled={!changed}>
          {t('portal.account.save')}
        </Button>
        {save.isSuccess && !changed && (
          <span role="status" className={classes.quiet}>
            {t('portal.account.saved')}
          </span>
        )}
      </div>
    </form>
  );
}
