// What can be done with a document: correct and send again, send again, recall; or, received, the decision.
import { useState } from 'react';
import { ActionIcon, Button, Menu, Modal, Radio, Textarea, Tooltip } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { IconDots, IconEdit, IconRotate2, IconSend } from '@tabler/icons-react';
import { api } from '@/api/client';
import { asProblem, problemWords } from '@/api/problem';
import type { Document } from '@/api/queries';
import { resendQuery } from '@/api/stops';
import { dateOf } from '@/format/dates';
import { useWords } from '@/texts/useWords';
import { Channel } from '@/ui/Channel';
import { Decide, decisionsOf } from '../stopped/Decide';
import { AskAbout } from './AskAbout';
import { documentName } from './names';
import classes from './Document.module.css';

const route = getRouteApi('/frame/documents/$id');
const needsCorrection = ['stopped', 'returned', 'rejected', 'failed'];

function whyNotCorrect(document: Document): string | undefined {
  if (document.supersededBy || document.status === 'superseded') return 'superseded';
  if (document.status === 'cancelled') return 'cancelled';
  return ['received', 'ready', 'sending'].includes(document.status) ? 'busy' : undefined;
}

export function Actions({ document, large = false }: { document: Document; large?: boolean }) {
  const { t } = useWords();
  const navigate = useNavigate();
  const { act } = route.useSearch();
  const [asked, setAsked] = useState<'resend' | 'recall' | undefined>(act);
  const answered = () => {
    setAsked(undefined);
    if (act) void navigate({ to: '/documents/$id', params: { id: document.id }, search: {}, replace: true, resetScroll: false });
  };
  const size = large ? 'md' : 'xs';
  if (document.direction === 'received') {
    const decisions = decisionsOf(document);
    return (
      <>
        {decisions.length > 0 && <Decide id={document.id} number={null} decisions={decisions} size={size} />}
        <AskAbout document={document} large={large} />
      </>
    );
  }
  const why = whyNotCorrect(document);
  return (
    <>
      <Tooltip label={why ? t(`portal.resend.correctNot.${why}`) : ''} disabled={!why}>
        <Button
          size={size}
          fullWidth={large}
          variant={needsCorrection.includes(document.status) && !why ? 'filled' : 'default'}
          leftSection={<IconEdit size={16} stroke={1.75} aria-hidden />}
          {...(why ? { 'data-disabled': true, 'aria-disabled': true } : {})}
          onClick={() => !why && void navigate({ to: '/documents/$id', params: { id: document.id }, search: { correct: '1' }, resetScroll: false })}
        >
          {t('portal.correction.title')}
        </Button>
      </Tooltip>
      <AskAbout document={document} large={large} />
      <MoreMenu document={document} large={large} onAsk={setAsked} />
      {asked === 'resend' && <ResendDialog document={document} onClose={answered} />}
      {asked === 'recall' && <RecallDialog document={document} onClose={answered} />}
    </>
  );
}

interface MoreMenuProps {
  document: Document;
  large: boolean;
  onAsk: (what: 'resend' | 'recall') => void;
}

// What cannot be done stands there with the reason under its name.
function MoreMenu({ document, large, onAsk }: MoreMenuProps) {
  const { t } = useWords();
  const [opened, setOpened] = useState(false);
  const { data } = useQuery({ ...resendQuery(document.id), enabled: opened });
  const whyWords = (code: string | null | undefined) => (code ? t(`portal.resend.why.${code}`, { defaultValue: t(`problem.${code}`, { defaultValue: '' }) }) : '');
  const items = [
    { what: 'resend', icon: IconSend, word: t('portal.resend.via'), possible: data?.possible, why: whyWords(data?.why) || t('portal.resend.why.resend-not-possible') },
    { what: 'recall', icon: IconRotate2, word: t('portal.resend.recall'), possible: data?.recall.possible, why: whyWords(data?.recall.why) || t('portal.resend.why.recall-not-possible') },
  ] as const;
  return (
    <Menu opened={opened} onChange={setOpened} position={large ? 'top-end' : 'bottom-end'} width={260}>
      <Menu.Target>
        <ActionIcon variant="default" size={large ? 44 : 30} aria-label={t('portal.document.actions')}>
          <IconDots size={16} stroke={1.75} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {items.map(({ what, icon: Mark, word, possible, why }) => (
          <Menu.Item
            key={what}
            leftSection={<Mark size={16} stroke={1.75} aria-hidden />}
            {...(possible ? {} : { 'aria-disabled': true, className: classes.menuOff })}
            closeMenuOnClick={possible === true}
            onClick={() => possible && onAsk(what)}
          >
            {word}
            {possible === false && <span className={classes.menuWhy}>{why}</span>}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

function useRefresh(id: string) {
  const client = useQueryClient();
  return () => {
    for (const key of [['document', id], ['documents'], ['facets'], ['overview'], ['stopped']]) void client.invalidateQueries({ queryKey: key });
  };
}

function ResendDialog({ document, onClose }: { document: Document; onClose: () => void }) {
  const { t, amount } = useWords();
  const refresh = useRefresh(document.id);
  const { data } = useQuery(resendQuery(document.id));
  const [channel, setChannel] = useState('');
  const already = data?.alreadySent;
  const send = useMutation({
    mutationFn: () =>
      api.post('/api/v1/documents/{id}/resend', {
        path: { id: document.id },
        body: { confirm: already !== null && already !== undefined, ...(channel ? { channel: channel as NonNullable<typeof data>['channels'][number]['channel'] } : {}) },
      }),
    onSuccess: () => {
      refresh();
      onClose();
    },
  });
  const roads = data?.channels ?? [];
  const why = data?.possible === false ? data.why : undefined;
  const whyWords = why && t(`portal.resend.why.${why}`, { defaultValue: t(`problem.${why}`, { defaultValue: t('portal.resend.why.resend-not-possible') }) });
  return (
    <Dialog title={t('portal.resend.title', { document: documentName(t, document) })} error={send.error} onClose={onClose}>
      {whyWords && <p className={classes.warning}>{whyWords}</p>}
      {already && <p className={classes.warning}>{t('portal.resend.already', { date: dateOf(already.at), channel: t(`channel.${already.channel}`, { defaultValue: already.channel }) })}</p>}
      <Radio.Group label={t('portal.resend.channel')} value={channel} onChange={setChannel}>
        <div className={classes.roads}>
          <Radio value="" label={t('portal.resend.best')} />
          {roads.map((road) => (
            <Radio
              key={road.channel}
              value={road.channel}
              disabled={!road.reachable}
              label={
                <>
                  <Channel channel={road.channel} /> {road.price && road.reachable && <span className={classes.quiet}>{amount(road.price)}</span>}
                </>
              }
              description={road.reachable ? undefined : t(`event.routed.reason.${road.reason}`, { defaultValue: road.reason })}
            />
          ))}
        </div>
      </Radio.Group>
      <p className={classes.quiet}>{t('portal.resend.one')}</p>
      <div className={classes.dialogFoot}>
        <Button variant="subtle" color="gray" size="sm" onClick={onClose}>
          {t('portal.correction.cancel')}
        </Button>
        <Button variant="filled" size="sm" loading={send.isPending} disabled={!data?.possible} onClick={() => send.mutate()}>
          {t(already ? 'portal.resend.sendAnyway' : 'portal.resend.send')}
        </Button>
      </div>
    </Dialog>
  );
}

function RecallDialog({ document, onClose }: { document: Document; onClose: () => void }) {
  const { t } = useWords();
  const refresh = useRefresh(document.id);
  const [reason, setReason] = useState('');
  const recall = useMutation({
    mutationFn: () => api.post('/api/v1/documents/{id}/recall', { path: { id: document.id }, body: reason.trim() ? { reason: reason.trim() } : {} }),
    onSettled: refresh,
    onSuccess: onClose,
  });
  return (
    <Dialog title={t('portal.resend.recallTitle', { document: documentName(t, document) })} error={recall.error} onClose={onClose}>
      <p>{t(document.channel === 'print' ? 'portal.resend.recallLetterMeans' : 'portal.resend.recallMeans')}</p>
      <Textarea label={t('portal.resend.recallReason')} value={reason} onChange={(event) => setReason(event.currentTarget.value)} maxLength={500} autosize minRows={2} />
      <div className={classes.dialogFoot}>
        <Button variant="subtle" color="gray" size="sm" onClick={onClose}>
          {t('portal.correction.cancel')}
        </Button>
        <Button variant="filled" color="red" size="sm" className={classes.grave} loading={recall.isPending} onClick={() => recall.mutate()}>
          {t('portal.resend.recall')}
        </Button>
      </div>
    </Dialog>
  );
}

function Dialog({ title, error, onClose, children }: { title: string; error: Error | null; onClose: () => void; children: React.ReactNode }) {
  const { t } = useWords();
  const words = error ? problemWords(t, asProblem(error)) : undefined;
  return (
    <Modal opened onClose={onClose} title={title} size={460} radius="lg" closeButtonProps={{ 'aria-label': t('portal.close') }} transitionProps={{ duration: 120 }}>
      <div className={classes.dialog}>
        {children}
        {words && (
          <p role="alert" className={classes.warning}>
            {words.what} {words.advice}
          </p>
        )}
      </div>
    </Modal>
  );
}
