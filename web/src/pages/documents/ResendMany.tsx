// The marked documents sent once more, by a channel that one chooses: each by itself, with its own outcome.
import { useState } from 'react';
import { Button, Checkbox, Modal, Progress, Radio } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { api } from '@/api/client';
import { asProblem, problemWords, type Problem } from '@/api/problem';
import type { DocumentSummary } from '@/api/queries';
import { useWords } from '@/texts/useWords';
import { Channel } from '@/ui/Channel';
import documentClasses from '../document/Document.module.css';
import classes from './Documents.module.css';

const channels = ['peppol', 'email', 'print', 'network'] as const;

interface Refused {
  row: DocumentSummary;
  problem: Problem;
}

export function ResendMany({ rows, onClose }: { rows: readonly DocumentSummary[]; onClose: () => void }) {
  const { t, number } = useWords();
  const client = useQueryClient();
  const [channel, setChannel] = useState('');
  const [confirm, setConfirm] = useState(false);
  const [done, setDone] = useState<number>(); // how many have been asked for
  const [refused, setRefused] = useState<readonly Refused[]>([]);
  const busy = done !== undefined && done < rows.length;
  const ready = done !== undefined && done === rows.length;

  const send = async () => {
    const problems: Refused[] = [];
    setRefused([]);
    setDone(0);
    for (const [index, row] of rows.entries()) {
      try {
        await api.post('/api/v1/documents/{id}/resend', { path: { id: row.id }, body: { confirm, ...(channel ? { channel } : {}) } });
      } catch (error) {
        problems.push({ row, problem: asProblem(error) });
      }
      setDone(index + 1);
    }
    setRefused(problems);
    for (const key of ['documents', 'facets', 'overview', 'stopped', 'document']) void client.invalidateQueries({ queryKey: [key] });
  };

  return (
    <Modal opened onClose={() => !busy && onClose()} title={t('portal.resend.many', { count: rows.length, number: number(rows.length) })} size={460} radius="lg" closeButtonProps={{ 'aria-label': t('portal.close') }} transitionProps={{ duration: 120 }}>
      <div className={documentClasses.dialog}>
        {!ready && (
          <>
            <Radio.Group label={t('portal.resend.channel')} value={channel} onChange={setChannel}>
              <div className={documentClasses.roads}>
                <Radio value="" label={t('portal.resend.best')} />
                {channels.map((name) => (
                  <Radio key={name} value={name} label={<Channel channel={name} />} />
                ))}
              </div>
            </Radio.Group>
            <Checkbox label={t('portal.resend.alsoSent')} description={t('portal.resend.alsoSentWhy')} checked={confirm} onChange={(event) => setConfirm(event.currentTarget.checked)} />
          </>
        )}
        {busy && <Progress size={4} value={(done / rows.length) * 100} aria-label={t('portal.resend.sending')} />}
        {ready && (
          <div role="status">
            <p>{t('portal.resend.manyDone', { done: number(rows.length - refused.length), all: number(rows.length) })}</p>
            {refused.length > 0 && (
              <ul className={classes.refused}>
                {refused.map(({ row, problem }) => {
                  const words = problemWords(t, problem);
                  return (
                    <li key={row.id}>
                      <Link to="/documents/$id" params={{ id: row.id }}>
                        {row.number ?? t('portal.documents.noNumber')}
                      </Link>{' '}
                      {words.what} {words.advice}
                    </li>
                  );
                })}
              </ul>
            )}
          </div>
        )}
        <div className={documentClasses.dialogFoot}>
          {ready ? (
            <Button size="sm" onClick={onClose}>
              {t('portal.close')}
            </Button>
          ) : (
            <>
              <Button variant="subtle" color="gray" size="sm" disabled={busy} onClick={onClose}>
                {t('portal.correction.cancel')}
              </Button>
              <Button variant="filled" size="sm" loading={busy} onClick={() => void send()}>
                {t('portal.resend.sendMany', { count: rows.length, number: number(rows.length) })}
              </Button>
            </>
          )}
        </div>
      </div>
    </Modal>
  );
}
