// Whether the sender has been told: word, icon and colour, like a status.
import { IconClock, IconEye, IconMailX, IconSend, IconUserX, type Icon } from '@tabler/icons-react';
import type { Notice } from '@/api/stops';
import { dateTimeOf, freshOf } from '@/format/dates';
import { useWords } from '@/texts/useWords';
import { DateText } from './DateText';
import { tokens, type StatusColour } from '@/theme/tokens';
import classes from './NoticeState.module.css';

const looks: Record<Notice['state'], { Icon: Icon; colour: StatusColour; tinted?: boolean }> = {
  waiting: { Icon: IconClock, colour: 'gray' },
  sent: { Icon: IconSend, colour: 'blue' },
  read: { Icon: IconEye, colour: 'green' },
  bounced: { Icon: IconMailX, colour: 'red', tinted: true },
  unreachable: { Icon: IconUserX, colour: 'amber', tinted: true },
};

export function NoticeState({ notice }: { notice: Notice | null }) {
  const { t } = useWords();
  if (!notice) return <span className={classes.none}>{t('portal.notice.none')}</span>;
  const { Icon: Mark, colour, tinted } = looks[notice.state];
  const at = notice.state === 'read' ? notice.readAt : notice.sentAt;
  const way = notice.way === 'email' ? (notice.address ?? t('portal.notice.way.email')) : notice.way ? t(`portal.notice.way.${notice.way}`) : '';
  return (
    <span
      className={classes.state}
      data-tinted={tinted || undefined}
      style={{ '--status': `var(--st-${colour})`, '--tint': `var(--st-${colour}-tint)` } as React.CSSProperties}
      title={[at && dateTimeOf(at), way].filter(Boolean).join(' · ') || undefined}
    >
      <Mark size={tokens.icon.size.status} stroke={tokens.icon.stroke} aria-hidden />
      <span>
        {t(`portal.notice.state.${notice.state}`)}
        {at && (notice.state === 'read' || notice.state === 'sent') && (
          <>
            {' '}
            <DateText date={freshOf(at)} />
          </>
        )}
      </span>
    </span>
  );
}
