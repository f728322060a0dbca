// Rätta och skicka igen: beside the list it was opened from, or over the screen where there is no room.
import { Fragment, useState } from 'react';
import { Button, Checkbox, Skeleton, Textarea, Tooltip } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { IconSend, IconUsers } from '@tabler/icons-react';
import { api } from '@/api/client';
import { ApiProblem, asProblem, problemWords } from '@/api/problem';
import { versionsQuery, type Correction, type CorrectionChange } from '@/api/stops';
import { Aside } from '@/frame/Aside';
import { dateTimeOf } from '@/format/dates';
import { useWords } from '@/texts/useWords';
import { ErrorNotice } from '@/ui/Notice';
import { useNoticeRead } from '@/ui/useNoticeRead';
import { AlsoOn, type Other } from './AlsoOn';
import { CopyAsItIs } from './CopyAsItIs';
import { CopyWithChanges } from './CopyWithChanges';
import { CreditOffer } from './CreditOffer';
import { emptyDraft, forgetDraft, needsCredit, rememberable, saveDraft } from './draft';
import { Editor, Folded } from './Editor';
import { Result, type Outcome } from './Result';
import { ownDocument, wasSent } from './source';
import { pause, useCorrection } from './useCorrection';
import classes from './Correction.module.css';

interface CorrectionPanelProps {
  id: string;
  putRightBy?: string | null;
  onDocument?: boolean; // the document's own page stands beside it
  group?: readonly Other[]; // all of a cause: chosen at once
  onClose: () => void;
  onMove: (id: string) => void; // to a newer version
}

export function CorrectionPanel(props: CorrectionPanelProps) {
  return <Panel key={props.id} {...props} />;
}

function Panel({ id, putRightBy, onDocument = false, group = [], onClose, onMove }: CorrectionPanelProps) {
  const { t, language, amount } = useWords();
  const client = useQueryClient();
  const [source] = useState(() => ownDocument(id));
  const state = useCorrection(source);
  const { form, draft, setDraft, change, preview, judged, touched } = state;
  const [chosen, setChosen] = useState<string[]>(() => group.map((other) => other.id).filter((other) => other !== id));
  const [remember, setRemember] = useState(false);
  const [reason, setReason] = useState('');
  const [outcomes, setOutcomes] = useState<Outcome[]>();
  const correction = form.data;
  useNoticeRead(id, (correction?.findings.length ?? 0) > 0);
  const others = correction ? othersOf(correction, group) : [];
  const together = chosen.filter((other) => others.some((one) => one.id === other));
  const lasting = correction ? rememberable(correction) : [];
  const trial = useGroupTrial(together, change, touched);

  const send = useMutation({
    mutationFn: async (): Promise<Outcome[]> => {
      if (!change || !correction) return [];
      const why = reason.trim() ? { reason: reason.trim() } : {};
      // The one that is open goes first: where it is refused, nothing has been sent.
      const answer = await source.attempt({ ...change, ...why, send: true, remember: remember && lasting.length > 0 });
      const first: Outcome = { id, number: correction.document.number, newId: wasSent(answer) ? answer.id : null, problem: null, findings: wasSent(answer) ? [] : answer.findings };
      if (together.length === 0 || !first.newId) return [first];
      const body = { documents: together, changes: change.changes, attachments: change.attachments, send: true, ...why };
      try {
        const { items } = await api.post('/api/v1/corrections', { body });
        return [first, ...items.map((item) => ({ ...item, number: numberOf(others, item.id) }))];
      } catch (error) {
        const problem = asProblem(error);
        return [first, ...together.map((other) => ({ id: other, number: numberOf(others, other), newId: null, problem, findings: [] }))];
      }
    },
    onSuccess: (sent) => {
      setOutcomes(sent);
      if (sent[0]?.newId) {
        setDraft(emptyDraft);
        forgetDraft(id);
      }
      for (const key of ['stopped', 'documents', 'facets', 'overview', 'document', 'remembered']) void client.invalidateQueries({ queryKey: [key], predicate: (query) => !query.queryKey.includes('correction') });
    },
  });

  const count = 1 + together.length;
  // Told when it is sent, or before: what is shown is kept true while somebody types.
  const superseded = [send.error, state.refused].find((error): error is ApiProblem => error instanceof ApiProblem && error.code === 'document-superseded');
  const editable = correction?.possible || (touched && correction?.why === 'document-superseded');
  const whyNot = superseded
    ? t('portal.correction.why.document-superseded')
    : !touched
      ? t('portal.correction.nothingChanged')
      : !judged || !preview
        ? t('portal.correction.judging')
        : !preview.valid
          ? t('portal.correction.findingsFirst')
          : undefined;
  const document = correction?.document;
  const facts = [
    document && ['returned', 'stopped', 'held'].includes(document.lastEvent.type) ? t('portal.correction.stoppedAt', { time: dateTimeOf(document.lastEvent.at) }) : '',
    putRightBy ? t('portal.correction.putRightBy', { date: putRightBy }) : '',
  ].filter(Boolean);

  return (
    <Aside
      title={t('portal.correction.title')}
      under={
        document && (
          <span className={classes.under}>
            {[
              t(`portal.typeNumber.${document.type}`, { number: document.number ?? '' }),
              t('portal.correction.to', { name: document.receiver.name ?? t('portal.missing') }),
              document.amount && amount(document.amount),
            ]
              .filter(Boolean)
              .join(' · ')}
            {!onDocument && (
              <Link to="/documents/$id" params={{ id }}>
                {t('portal.correction.openDocument')}
              </Link>
            )}
          </span>
        )
      }
      onClose={onClose}
      foot={
        outcomes ? (
          <Button size="sm" onClick={onClose}>
            {t('portal.close')}
          </Button>
        ) : editable ? (
          <>
            <Button variant="subtle" size="sm" color="gray" className={classes.cancel} onClick={onClose}>
              {t('portal.correction.cancel')}
            </Button>
            <Tooltip label={whyNot} disabled={!whyNot} multiline maw={280}>
              <Button
                size="sm"
                variant="filled"
                leftSection={<IconSend size={16} stroke={1.75} aria-hidden />}
                {...(whyNot ? { 'data-disabled': true, 'aria-disabled': true } : {})}
                loading={send.isPending}
                onClick={() => !whyNot && send.mutate()}
              >
                {t('portal.correction.send', { count })}
              </Button>
            </Tooltip>
          </>
        ) : undefined
      }
    >
      {form.error && !correction && <ErrorNotice error={form.error} onRetry={() => void form.refetch()} />}
      {form.isPending && <PanelSkeleton />}
      {outcomes && <Result outcomes={outcomes} />}
      {correction && !outcomes && !editable && <NotPossible correction={correction} />}
      {correction && editable && !outcomes && (
        <>
          {superseded && (
            <SomebodyFirst
              problem={superseded}
              onContinue={(newer) => {
                saveDraft(newer, draft);
                forgetDraft(id);
                onMove(newer);
              }}
            />
          )}
          {send.error && !superseded && (
            <p className={classes.refused} role="alert">
              {problemWords(t, asProblem(send.error)).what} {problemWords(t, asProblem(send.error)).advice}
            </p>
          )}
          <Editor
            correction={correction}
            state={superseded ? { ...state, refused: undefined, judged: true } : state}
            documents={count}
            when={
              facts.length > 0 &&
              facts.map((fact) => (
                <Fragment key={fact}>
                  <span className={classes.whenFact}>{fact}</span>{' '}
                </Fragment>
              ))
            }
            between={
              <>
                <AlsoOn others={others} receiver={correction.document.receiver} chosen={together} results={trial.data?.items} busy={trial.isFetching} onChange={setChosen} />
                {lasting.length > 0 && (
                  <Checkbox
                    size="sm"
                    className={classes.remember}
                    checked={remember}
                    onChange={(event) => setRemember(event.currentTarget.checked)}
                    label={t('portal.correction.remember', { name: correction.document.receiver.name ?? '' })}
                    description={t('portal.correction.rememberWhy', { fields: lasting.map((field) => field.title[language]).join(', ') })}
                  />
                )}
              </>
            }
          />
          {touched && (
            <Folded title={t('portal.correction.reason')}>
              <Textarea
                aria-label={t('portal.correction.reason')}
                placeholder={t('portal.correction.reasonHint')}
                value={reason}
                onChange={(event) => setReason(event.currentTarget.value)}
                maxLength={500}
                autosize
                minRows={2}
              />
            </Folded>
          )}
          <Folded title={t('portal.correction.copyNow')}>
            {preview && !state.refused ? <CopyWithChanges source={source} state={state} /> : <CopyAsItIs id={id} />}
          </Folded>
          {needsCredit(correction) ? (
            <CreditOffer id={id} />
          ) : (
            <Folded title={t('portal.correction.credit')}>
              <CreditOffer id={id} />
            </Folded>
          )}
        </>
      )}
    </Aside>
  );
}

const numberOf = (others: readonly Other[], id: string) => others.find((one) => one.id === id)?.number ?? null;

function othersOf(correction: Correction, group: readonly Other[]): Other[] {
  const all = new Map<string, Other>();
  for (const other of [...correction.same, ...group]) if (other.id !== correction.document.id) all.set(other.id, other);
  return [...all.values()];
}

// How each of the others would stand with the same change: the same values, the same files laid in.
function useGroupTrial(documents: string[], change: Pick<CorrectionChange, 'changes' | 'attachments'> | undefined, touched: boolean) {
  const { changes = [], attachments = [] } = change ?? {};
  const wanted = JSON.stringify([documents, changes, attachments.map((one) => [one.fileName, one.content.length])]);
  const [settled] = useDebouncedValue(wanted, pause);
  return useQuery({
    queryKey: ['corrections', 'preview', settled],
    queryFn: ({ signal }) => api.post('/api/v1/corrections', { body: { documents, changes, attachments, send: false }, signal }),
    enabled: touched && documents.length > 0 && changes.length + attachments.length > 0 && settled === wanted,
    staleTime: 30_000,
    gcTime: 30_000,
    retry: false,
  });
}

function SomebodyFirst({ problem, onContinue }: { problem: ApiProblem; onContinue: (newer: string) => void }) {
  const { t } = useWords();
  const newer = problem.problem.parameters?.documentId ?? problem.problem.documentId;
  const versions = useQuery({ ...versionsQuery(newer ?? ''), enabled: newer !== undefined });
  const version = versions.data?.items.find((one) => one.id === newer);
  return (
    <div className={classes.demand} data-stops role="alert">
      <IconUsers size={18} stroke={1.75} aria-hidden />
      <div className="prose">
        <p>
          <strong>{version?.by ? t('portal.correction.firstBy', { name: version.by }) : t('portal.correction.first')}</strong>{' '}
          {version && t('portal.correction.firstAt', { time: dateTimeOf(version.receivedAt) })} {t('portal.correction.firstKept')}
        </p>
        {newer && (
          <p className={classes.firstActions}>
            <Button onClick={() => onContinue(newer)}>{t('portal.correction.firstContinue')}</Button>
            <Link to="/documents/$id" params={{ id: newer }}>
              {t('portal.correction.firstOpen')}
            </Link>
          </p>
        )}
      </div>
    </div>
  );
}

function NotPossible({ correction }: { correction: Correction }) {
  const { t } = useWords();
  const why = correction.why ?? 'correction-not-possible';
  return (
    <>
      <p className={classes.lead}>{t(`portal.correction.why.${why}`, { defaultValue: t(`problem.${why}`, { defaultValue: t('portal.correction.why.correction-not-possible') }) })}</p>
      {why !== 'document-superseded' && <CreditOffer id={correction.document.id} />}
    </>
  );
}

function PanelSkeleton() {
  const { t } = useWords();
  return (
    <div role="status" aria-label={t('portal.loading')} className={classes.skeleton}>
      <Skeleton height={84} />
      <Skeleton height={110} />
      <Skeleton height={56} />
    </div>
  );
}
