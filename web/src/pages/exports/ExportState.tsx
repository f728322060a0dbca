// How far an export has come, in a word, a colour and a bar.
import { Progress } from '@mantine/core';
import { IconCircleCheck, IconCircleX, IconClock, IconDownload, IconLoader, IconTrash } from '@tabler/icons-react';
import { exportFileHref, type Export } from '@/api/exports';
import { problemWords } from '@/api/problem';
import { dateOf, dateTimeOf } from '@/format/dates';
import { fileSizeText } from '@/format/identifiers';
import { useWords } from '@/texts/useWords';
import classes from './Exports.module.css';

const looks = {
  waiting: { Icon: IconClock, colour: 'gray' },
  making: { Icon: IconLoader, colour: 'blue' },
  done: { Icon: IconCircleCheck, colour: 'green' },
  failed: { Icon: IconCircleX, colour: 'red' },
  removed: { Icon: IconTrash, colour: 'gray' },
} as const;

export function ExportState({ one }: { one: Export }) {
  const { t, number, language } = useWords();
  const { Icon, colour } = looks[one.state];
  const form = t(`portal.exports.form.${one.form}`);
  const trouble = one.trouble ? problemWords(t, { type: '', title: '', status: 0, code: one.trouble, detail: '' }) : undefined;
  return (
    <div className={classes.state} role="status" data-state={one.state}>
      <span className={classes.word}>
        <Icon size={16} stroke={1.75} color={`var(--st-${colour})`} aria-hidden />
        {t(`portal.exports.state.${one.state}`)}
      </span>
      {one.state === 'making' && (
        <>
          <span>
            {one.total === 0
              ? t('portal.exports.count', { count: one.documents, number: number(one.documents) })
              : t('portal.exports.progress', { documents: number(one.documents), total: number(Math.max(one.total, one.documents)) })}
          </span>
          <Progress size={4} value={one.total === 0 ? 0 : Math.min(100, (one.documents * 100) / one.total)} aria-label={t('portal.exports.state.making')} />
        </>
      )}
      {one.state === 'done' && (
        <>
          <span className={classes.quiet}>
            {t('portal.exports.count', { count: one.documents, number: number(one.documents) })}, {fileSizeText(one.size ?? 0, language)}
          </span>
          <a href={exportFileHref(one.id)} download aria-label={t('portal.exports.downloadNamed', { form, when: dateTimeOf(one.askedAt) })}>
            <IconDownload size={16} stroke={1.75} aria-hidden /> {t('portal.exports.download')}
          </a>
          {one.keptUntil && <span className={classes.quiet}>{t('portal.exports.until', { day: dateOf(one.keptUntil) })}</span>}
        </>
      )}
      {trouble && (
        <span>
          {trouble.what} {trouble.advice}
        </span>
      )}
    </div>
  );
}
