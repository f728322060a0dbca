// Stopped documents under headings: what is wrong, whom it is with, or when it must be put right.
import { Fragment } from 'react';
import { Button } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { Link } from '@tanstack/react-router';
import { IconBuilding, IconCalendar, IconDownload, IconHandStop } from '@tabler/icons-react';
import type { GroupBy, Side, StoppedGroup, StoppedItem } from '@/api/stops';
import { isDate, today } from '@/format/dates';
import { useWords } from '@/texts/useWords';
import { DateText } from '@/ui/DateText';
import { originalHref } from '@/ui/downloads';
import { NoticeState } from '@/ui/NoticeState';
import { Sparkline } from '@/ui/Sparkline';
import tables from '@/ui/Table.module.css';
import { causeWords } from '../correction/findingWords';
import { useCorrectionAhead } from '../correction/useCorrection';
import { AmountCell } from '../documents/columns';
import { latenessOf, unreadApart } from './grouping';
import classes from './Stopped.module.css';

const fixTogetherMost = 200;

interface GroupsProps {
  side: Side;
  by: GroupBy;
  groups: readonly StoppedGroup[];
  open?: string | undefined;
  onCorrect?: ((id: string, others: string[] | undefined) => void) | undefined;
}

export function Groups({ side, by, groups, open, onCorrect }: GroupsProps) {
  const { t } = useWords();
  const phone = useMediaQuery('(max-width: 47.99em)', undefined, { getInitialValueInEffect: false });
  const second = by === 'counterpart' ? 'cause' : side === 'sent' ? 'receiver' : 'sender';
  return (
    <table className={`${tables.table} ${classes.table}`} data-phone={phone || undefined} aria-label={t(`portal.stopped.tab.${side}`)}>
      <thead>
        <tr>
          <th scope="col" className={classes.numberColumn}>
            {t('portal.column.number')}
          </th>
          <th scope="col">{t(`portal.stopped.column.${second}`)}</th>
          <th scope="col" className={classes.noticeColumn}>
            {t(`portal.stopped.column.notice.${side}`)}
          </th>
          <th scope="col" className={classes.dateColumn}>
            {t('portal.stopped.column.due')}
          </th>
          <th scope="col" className={classes.amountColumn}>
            {t('portal.column.amount')}
          </th>
          {side === 'received' && (
            <th scope="col" className={classes.actColumn}>
              <span className="visually-hidden">{t('portal.documents.original')}</span>
            </th>
          )}
        </tr>
      </thead>
      <tbody>
        {(by === 'cause' ? unreadApart(groups) : groups).map((group) => (
          <Fragment key={group.key}>
            <GroupHead group={group} by={by} span={side === 'received' ? 6 : 5} onCorrect={onCorrect} />
            {group.items.map((item) => (
              <Row key={item.id} item={item} side={side} by={by} open={open === item.id} onCorrect={onCorrect} />
            ))}
            {group.documents > group.items.length && group.items.length >= fixTogetherMost && (
              <tr className={classes.moreRow}>
                <td colSpan={side === 'received' ? 6 : 5}>{t('portal.stopped.firstOf', { shown: group.items.length, count: group.documents })}</td>
              </tr>
            )}
          </Fragment>
        ))}
      </tbody>
    </table>
  );
}

interface GroupHeadProps {
  group: StoppedGroup;
  by: GroupBy;
  span: number;
  onCorrect?: ((id: string, others: string[] | undefined) => void) | undefined;
}

function GroupHead({ group, by, span, onCorrect }: GroupHeadProps) {
  const { t, language, number } = useWords();
  const first = group.items[0];
  const late = by === 'due' && latenessOf(isDate(group.key) ? group.key : null, today());
  const Mark = by === 'cause' ? IconHandStop : by === 'counterpart' ? IconBuilding : IconCalendar;
  const title =
    by === 'cause'
      ? first && group.cause
        ? causeWords(t, { cause: group.cause, finding: first.finding }, language)
        : t('portal.stopped.unknownCause')
      : by === 'counterpart'
        ? (group.counterpart?.name ?? t('portal.documents.noCounterpart'))
        : isDate(group.key)
          ? t(late === 'late' ? 'portal.stopped.dueLate' : 'portal.stopped.dueBy', { date: group.key })
          : t('portal.stopped.dueNone');
  return (
    <tr className={classes.groupRow}>
      <th scope="rowgroup" colSpan={span}>
        <div className={classes.groupHead}>
          <Mark size={18} stroke={1.75} color={late === 'late' ? 'var(--st-red)' : by === 'cause' || late ? 'var(--st-amber)' : 'var(--pg-dim)'} aria-hidden />
          <h2>{title}</h2>
          {by === 'cause' && group.cause?.term && <code className="prose">{group.cause.term}</code>}
          <span className={classes.count}>{number(group.documents)}</span>
          <span className={classes.trend}>
            <Sparkline width={72} days={group.trend} colour="var(--pg-text-2)" label={t('portal.stopped.trend')} />
          </span>
          {by === 'cause' && onCorrect && first && group.items.length > 1 && (
            <Button
              onClick={() =>
                onCorrect(
                  first.id,
                  group.items.slice(1, fixTogetherMost).map((item) => item.id),
                )
              }
            >
              {t('portal.stopped.fixAll', { count: group.items.length })}
            </Button>
          )}
        </div>
      </th>
    </tr>
  );
}

interface RowProps {
  item: StoppedItem;
  side: Side;
  by: GroupBy;
  open: boolean;
  onCorrect?: ((id: string, others: string[] | undefined) => void) | undefined;
}

function Row({ item, side, by, open, onCorrect }: RowProps) {
  const { t, language } = useWords();
  const counterpart = side === 'sent' ? item.receiver : item.sender;
  const name = item.number ?? t('portal.documents.noNumber');
  const late = latenessOf(item.putRightBy, today());
  const fetchAhead = useCorrectionAhead();
  const ahead = onCorrect && { onPointerEnter: () => fetchAhead(item.id), onFocus: () => fetchAhead(item.id) };
  return (
    <tr
      {...ahead}
      data-open={open || undefined}
      className={onCorrect ? classes.clickable : undefined}
      onClick={(event) => {
        if (onCorrect && !(event.target as HTMLElement).closest('a, button')) onCorrect(item.id, undefined);
      }}
    >
      <th scope="row" className={classes.number} title={name}>
        {side === 'sent' ? (
          <Link from="/stopped" to="/stopped" search={(before) => ({ ...before, correct: item.id, with: undefined })} resetScroll={false} aria-current={open || undefined}>
            {name}
          </Link>
        ) : (
          <Link to="/documents/$id" params={{ id: item.id }}>
            {name}
          </Link>
        )}
      </th>
      <td className={classes.name}>
        {by === 'counterpart' ? (
          causeWords(t, item, language)
        ) : (
          <>
            {counterpart.name ?? <span className={classes.quiet}>{t('portal.documents.noCounterpart')}</span>}
            {by === 'due' && <span className={classes.quiet}> {causeWords(t, item, language)}</span>}
          </>
        )}
      </td>
      <td className={classes.notice}>{item.held ? <span className={classes.quiet}>{t('portal.stopped.heldThere')}</span> : <NoticeState notice={item.notice} />}</td>
      <td className={classes.due} data-late={late ?? undefined}>
        {item.putRightBy ? <DateText date={item.putRightBy} /> : <span className={classes.quiet}>{t('portal.stopped.noDue')}</span>}
        {late && <span className={classes.lateWord}>{t(`portal.stopped.late.${late}`)}</span>}
      </td>
      <td className={classes.amount}>
        <AmountCell row={item} />
      </td>
      {side === 'received' && (
        <td className={classes.act}>
          <a href={originalHref(item.id)} download aria-label={t('portal.stopped.originalOf', { number: name })} title={t('portal.documents.original')}>
            <IconDownload size={16} stroke={1.75} aria-hidden />
          </a>
        </td>
      )}
    </tr>
  );
}
