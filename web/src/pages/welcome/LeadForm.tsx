// The form: a name, and a number or an address. What is wrong is said at its field, and nothing that was written is lost.
import { useState, type FormEvent } from 'react';
import { Button, Checkbox, Textarea, TextInput } from '@mantine/core';
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { IconCircleCheck } from '@tabler/icons-react';
import { api } from '@/api/client';
import { asProblem } from '@/api/problem';
import { useWords } from '@/texts/useWords';
import { likelierAddress } from './typo';
import { useContact } from './useContact';
import classes from './Welcome.module.css';

const formQuery = queryOptions({
  queryKey: ['lead-form'],
  queryFn: ({ signal }) => api.get('/api/v1/leads/form', { signal }),
  staleTime: Infinity,
});

const secondsToWrite = 2.5; // api/lead_form_token.h: what is sent sooner is a program's
const fields = ['name', 'company', 'phone', 'email', 'message'] as const;
type Field = (typeof fields)[number];
type Written = Record<Field, string>;
const nothing: Written = { name: '', company: '', phone: '', email: '', message: '' };

export function LeadForm() {
  const { t, language } = useWords();
  const client = useQueryClient();
  const { data: form } = useQuery(formQuery);
  const { box, faults, tell, refuse, beside, forget, written, setWritten, given, missing } = useContact<Field, 'consent'>(fields, nothing);
  const [homepage, setHomepage] = useState('');
  const [agreed, setAgreed] = useState(false);
  const [asked, setAsked] = useState<string>();
  const send = useMutation({
    mutationFn: async () => {
      const post = (token?: string) =>
        api.post('/api/v1/leads', {
          body: { ...written, language, source: '/welcome', consent: form?.consent ?? null, formToken: token ?? null, ...(homepage ? { homepage } : {}) },
        });
      try {
        return await post(form?.token);
      } catch (error) {
        if (asProblem(error).code !== 'lead-form-expired') throw error;
        // Left open since yesterday: sent once more with a new token, when a person could have written it.
        const { token } = await client.fetchQuery({ ...formQuery, staleTime: 0 });
        await new Promise((resolve) => setTimeout(resolve, secondsToWrite * 1000));
        return post(token);
      }
    },
    onError: refuse,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (send.isPending) return;
    const found = { ...missing(t('portal.welcome.nameMissing')), ...(agreed ? {} : { consent: t('portal.welcome.consentMissing') }) };
    tell(found);
    if (Object.keys(found).length === 0) send.mutate();
  };
  if (send.isSuccess)
    return (
      <Thanks
        written={written}
        confirms={form?.confirms ?? false}
        onAnother={() => {
          send.reset();
          setWritten(nothing);
          setAgreed(false);
        }}
      />
    );
  const other = beside(send.error);
  const meant = asked === written.email ? likelierAddress(written.email) : undefined;
  const optional = (word: string) => `${word} ${t('portal.welcome.optional')}`;
  return (
    <form ref={box} className={classes.form} noValidate onSubmit={submit} aria-labelledby="ask-title">
      <TextInput size="sm" required withAsterisk={false} maxLength={120} autoComplete="name" label={t('portal.welcome.name')} {...given('name')} />
      <TextInput size="sm" maxLength={120} autoComplete="organization" label={optional(t('portal.welcome.company'))} {...given('company')} />
      <TextInput size="sm" type="tel" maxLength={40} autoComplete="tel" label={t('portal.welcome.phone')} description={t('portal.welcome.oneOfTwo')} inputWrapperOrder={['label', 'input', 'description', 'error']} {...given('phone')} />
      <div>
        <TextInput size="sm" type="email" maxLength={254} autoComplete="email" label={t('portal.welcome.email')} {...given('email')} onBlur={(event) => setAsked(event.currentTarget.value)} />
        {meant && (
          <p className={classes.meant} role="status">
            {t('portal.welcome.typo', { address: meant })}
            <Button size="xs" onClick={() => setWritten({ ...written, email: meant })}>
              {t('portal.welcome.typoYes')}
            </Button>
          </p>
        )}
      </div>
      <Textarea className={classes.across} size="sm" autosize minRows={3} maxLength={2000} label={optional(t('portal.welcome.message'))} {...given('message')} />
      <div className="visually-hidden" aria-hidden="true">
        <label>
          {t('portal.welcome.homepage')}
          <input name="homepage" tabIndex={-1} autoComplete="off" value={homepage} onChange={(event) => setHomepage(event.currentTarget.value)} />
        </label>
      </div>
      <Checkbox
        className={classes.across}
        name="consent"
        label={t('portal.welcome.consent')}
        description={form && t('portal.welcome.consentKept', { count: form.monthsKept, number: form.monthsKept })}
        checked={agreed}
        error={faults.consent}
        onChange={(event) => {
          setAgreed(event.currentTarget.checked);
          forget('consent');
        }}
      />
      {other && (
        <p role="alert" className={classes.fault}>
          {other.what} {other.advice}
        </p>
      )}
      <Button type="submit" size="md" variant="filled" className={classes.submit} loading={send.isPending}>
        {t('portal.welcome.submit')}
      </Button>
    </form>
  );
}

function Thanks({ written, confirms, onAnother }: { written: Written; confirms: boolean; onAnother: () => void }) {
  const { t } = useWords();
  const email = written.email.trim();
  return (
    <div className={classes.thanks} role="status">
      <IconCircleCheck size={24} stroke={1.75} aria-hidden />
      <div>
        <p className={classes.strong}>{t('portal.welcome.thanks')}</p>
        <p>{t('portal.welcome.thanksWhy', { contact: written.phone.trim() || email })}</p>
        {confirms && email && <p>{t('portal.welcome.thanksMail', { address: email })}</p>}
        <Button size="sm" onClick={onAnother}>
          {t('portal.welcome.another')}
        </Button>
      </div>
    </div>
  );
}
