// Behind the link in a notice: no account. The invoice, the fault marked, the field and the button; where the link may not
// edit, the reason and the advice alone.
import { useState } from 'react';
import { Button, Skeleton } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { IconCircleCheck, IconClockOff, IconFileSearch, IconLinkOff, IconSend } from '@tabler/icons-react';
import { address } from '@/api/client';
import { ApiProblem, asProblem, problemWords } from '@/api/problem';
import { linkQuery, type LinkState } from '@/api/stops';
import { Brand } from '@/frame/Brand';
import { LanguageMenu } from '@/frame/LanguageMenu';
import { dateOf } from '@/format/dates';
import { plainWords } from '@/format/plain';
import { identifierText } from '@/format/identifiers';
import { useWords } from '@/texts/useWords';
import { DateText } from '@/ui/DateText';
import { ErrorNotice, Notice } from '@/ui/Notice';
import { useTitle } from '@/ui/PageHead';
import { emptyDraft, forgetDraft, needsCredit } from '../correction/draft';
import { CopyWithChanges } from '../correction/CopyWithChanges';
import { Editor, Folded } from '../correction/Editor';
import { byLink, wasSent } from '../correction/source';
import { useCorrection } from '../correction/useCorrection';
import { CopyFrame } from '../document/CopyFrame';
import classes from './LinkPage.module.css';

const route = getRouteApi('/r/$token');
type LinkDocument = LinkState['documents'][number];

export function LinkPage() {
  const { t } = useWords();
  const { token } = route.useParams();
  const { document: chosen } = route.useSearch();
  const { data, error, isPending, refetch } = useQuery({ ...linkQuery(token), retry: false });
  useTitle(t('portal.correction.title'));
  const open = data?.documents.find((one) => one.id === chosen) ?? (data?.documents.length === 1 ? data.documents[0] : undefined);
  return (
    <div className={classes.page}>
      <header className={classes.top}>
        <Brand />
        <LanguageMenu />
      </header>
      <main className={classes.main}>
        {isPending && <Skeleton height={320} />}
        {error && !data && <NoLink error={error} onRetry={() => void refetch()} />}
        {data?.state === 'expired' && <Expired receiver={data.receiver.name} />}
        {data && data.state !== 'expired' && (
          <>
            {data.state === 'used' && !open && <Used />}
            {open ? <Shown key={open.id} token={token} link={data} document={open} /> : data.state === 'open' && <Several link={data} token={token} />}
          </>
        )}
      </main>
    </div>
  );
}

function NoLink({ error, onRetry }: { error: Error; onRetry: () => void }) {
  const { t } = useWords();
  if (error instanceof ApiProblem && error.code === 'link-used') return <Used />;
  if (error instanceof ApiProblem && error.problem.status === 410) return <Expired receiver={error.problem.parameters?.receiver ?? null} />;
  if (error instanceof ApiProblem && error.problem.status === 404)
    return (
      <Notice page icon={IconLinkOff} title={t('portal.link.unknown')}>
        {t('portal.link.unknownWhy')}
      </Notice>
    );
  return <ErrorNotice error={error} onRetry={onRetry} />;
}

function Expired({ receiver }: { receiver: string | null }) {
  const { t } = useWords();
  return (
    <Notice page icon={IconClockOff} title={t('portal.link.expired')}>
      {receiver ? t('portal.link.expiredWhy', { receiver }) : t('portal.link.expiredHow')}
    </Notice>
  );
}

function Used() {
  const { t } = useWords();
  return (
    <Notice page icon={IconCircleCheck} title={t('portal.link.used')}>
      {t('portal.link.usedWhy')}
    </Notice>
  );
}

function Several({ link, token }: { link: LinkState; token: string }) {
  const { t, amount } = useWords();
  return (
    <>
      <h1 className={classes.title}>{t('portal.link.several', { count: link.documents.length, receiver: link.receiver.name ?? '' })}</h1>
      <ul className={classes.documents}>
        {link.documents.map((document) => (
          <li key={document.id}>
            <Link to="/r/$token" params={{ token }} search={{ document: document.id }}>
              {t(`portal.typeNumber.${document.type}`, { number: document.number ?? '' })}
            </Link>
            <span className={classes.quiet}>{document.issueDate && <DateText date={document.issueDate} />}</span>
            {document.done ? <span className={classes.good}>{t('portal.link.done')}</span> : null}
            <span className={classes.amount}>{document.amount ? amount(document.amount) : ''}</span>
          </li>
        ))}
      </ul>
    </>
  );
}

interface ShownProps {
  token: string;
  link: LinkState;
  document: LinkDocument;
}

function Shown({ token, link, document }: ShownProps) {
  const { t, amount } = useWords();
  const [sent, setSent] = useState(false);
  const receiver = link.receiver.name ?? identifierText(link.receiver.identifier);
  const name = t(`portal.typeNumber.${document.type}`, { number: document.number ?? '' });
  const facts = [
    { name: t('portal.column.issueDate'), value: document.issueDate && <DateText date={document.issueDate} /> },
    { name: t('portal.document.from'), value: document.sender.name },
    { name: t('portal.document.toPay'), value: document.amount && <strong>{amount(document.amount)}</strong> },
  ].filter((fact) => fact.value);
  const done = sent || document.done || link.state === 'used';
  return (
    <>
      {link.documents.length > 1 && (
        <Link to="/r/$token" params={{ token }} className={classes.back}>
          {t('portal.link.back')}
        </Link>
      )}
      {done ? <Done name={name} receiver={receiver} /> : <p className={classes.stopped}>{t('portal.link.stopped')}</p>}
      {!done && <h1 className={classes.title}>{t('portal.link.title', { document: name, receiver })}</h1>}
      <dl className={classes.facts}>
        {facts.map((fact) => (
          <div key={fact.name}>
            <dt>{fact.name}</dt>
            <dd>{fact.value}</dd>
          </div>
        ))}
      </dl>
      {!done && <Correct token={token} link={link} document={document} receiver={receiver} onSent={() => setSent(true)} />}
      <CopyOf token={token} document={document} />
    </>
  );
}

function Done({ name, receiver }: { name: string; receiver: string }) {
  const { t } = useWords();
  return (
    <div className={classes.done} role="status">
      <IconCircleCheck size={24} stroke={1.75} aria-hidden />
      <div>
        <h1 className={classes.title}>{t('portal.link.sent', { document: name })}</h1>
        <p>{t('portal.link.sentWhy', { receiver })}</p>
      </div>
    </div>
  );
}

function Correct({ token, link, document, receiver, onSent }: ShownProps & { receiver: string; onSent: () => void }) {
  const { t } = useWords();
  const client = useQueryClient();
  const navigate = useNavigate();
  const [source] = useState(() => byLink(token, document.id));
  const state = useCorrection(source);
  const { form, change, preview, judged, touched, setDraft } = state;
  const send = useMutation({
    mutationFn: async () => {
      if (!change) return false;
      const answer = await source.attempt({ ...change, send: true });
      return wasSent(answer);
    },
    onSuccess: (went) => {
      if (!went) return;
      setDraft(emptyDraft);
      forgetDraft(document.id);
      onSent();
      window.scrollTo({ top: 0 });
      void client.invalidateQueries({ queryKey: ['link', token], exact: true });
      void navigate({ to: '/r/$token', params: { token }, search: link.documents.length > 1 ? { document: document.id } : {}, replace: true, resetScroll: false });
    },
  });
  if (form.error && !form.data) return <ErrorNotice error={form.error} onRetry={() => void form.refetch()} />;
  if (!form.data) return <Skeleton height={220} />;
  const correction = form.data;
  const readOnly = !link.mayEdit || !correction.possible || needsCredit(correction);
  const ready = touched && judged && preview?.valid === true;
  const first = send.error instanceof ApiProblem && send.error.code === 'document-superseded';
  return (
    <section className={classes.correct} aria-label={t('portal.link.wrong')}>
      <Editor
        correction={readOnly ? { ...correction, fields: [] } : correction}
        state={state}
        documents={1}
        further={false}
        readOnly={readOnly}
        when={t('portal.link.until', { date: dateOf(link.expiresAt) })}
      />
      {readOnly ? (
        <p className={classes.advice}>{t(needsCredit(correction) ? 'portal.link.needsCredit' : 'portal.link.readOnly', { receiver })}</p>
      ) : (
        <>
          {preview && !state.refused && (
            <Folded title={t('portal.link.copyWith')}>
              <CopyWithChanges source={source} state={state} />
            </Folded>
          )}
          {send.error && (
            <p role="alert" className={classes.fault}>
              {first ? t('portal.correction.why.document-superseded') : plainWords(problemWords(t, asProblem(send.error)).what)}{' '}
              {first ? t('portal.correction.firstKept') : plainWords(problemWords(t, asProblem(send.error)).advice)}
            </p>
          )}
          <Button
            size="md"
            variant="filled"
            className={classes.send}
            leftSection={<IconSend size={18} stroke={1.75} aria-hidden />}
            loading={send.isPending}
            {...(ready ? {} : { 'data-disabled': true, 'aria-disabled': true })}
            aria-describedby="send-why"
            onClick={() => ready && send.mutate()}
          >
            {t('portal.link.send')}
          </Button>
          <p id="send-why" className={classes.quiet}>
            {ready ? t('portal.link.sendMeans', { receiver }) : t(touched ? (judged ? 'portal.correction.findingsFirst' : 'portal.correction.judging') : 'portal.link.fillIn')}
          </p>
          <p className={classes.advice}>{t('portal.link.ownSystem')}</p>
        </>
      )}
    </section>
  );
}

function CopyOf({ token, document }: { token: string; document: LinkDocument }) {
  const { t, language } = useWords();
  const [shown, setShown] = useState(false);
  const href = address('/api/v1/links/{token}/documents/{documentId}/copy', { path: { token, documentId: document.id }, query: { language } });
  return (
    <section className={classes.copy} aria-label={t('portal.link.copy')}>
      {shown ? (
        <CopyFrame key={href} href={href} title={t('portal.link.copy')} onShown={() => undefined} />
      ) : (
        <Button size="sm" leftSection={<IconFileSearch size={16} stroke={1.75} aria-hidden />} onClick={() => setShown(true)}>
          {t('portal.link.showCopy')}
        </Button>
      )}
    </section>
  );
}
