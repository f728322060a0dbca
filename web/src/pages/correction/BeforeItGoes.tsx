// The checks, the road and the price, before anything is sent.
import { Loader, NativeSelect } from '@mantine/core';
import { IconAlertCircle, IconClipboardCheck, IconForms, IconRouteOff, IconVersions } from '@tabler/icons-react';
import type { CorrectionField, CorrectionPreview } from '@/api/stops';
import { useWords } from '@/texts/useWords';
import { channelLook } from '@/ui/icons';
import { findingWords } from './findingWords';
import classes from './Correction.module.css';

interface BeforeItGoesProps {
  preview: CorrectionPreview;
  documents: number;
  busy: boolean;
  waiting: readonly CorrectionField[]; // faulty fields that nobody has come to yet
  onRoad?: ((channel: string) => void) | undefined; // another channel than the first that reaches
}

export function BeforeItGoes({ preview, documents, busy, waiting, onRoad }: BeforeItGoesProps) {
  const { t, language, amount } = useWords();
  const stops = preview.findings.filter((finding) => finding.severity === 'error');
  const unfilled = waiting.filter((field) => stops.some((finding) => finding.term === field.term));
  const left = stops.filter((finding) => !unfilled.some((field) => field.term === finding.term));
  const onlyUnfilled = unfilled.length > 0 && left.length === 0;
  const step = preview.plan.find((one) => one.reachable);
  const road = step && channelLook(step.channel);
  const roads = preview.plan.filter((one) => one.reachable);
  const channelWord = (channel: string) => t(`channel.${channel}`, { defaultValue: channel });
  return (
    <ul className={classes.checks}>
      {unfilled.length > 0 && (
        <li>
          <IconForms size={16} stroke={1.75} color="var(--st-gray)" aria-hidden />
          <span>{t('portal.correction.yetToFill', { count: unfilled.length, fields: unfilled.map((field) => field.title[language]).join(', ') })}</span>
        </li>
      )}
      {!onlyUnfilled && (
        <li data-wrong={!preview.valid || undefined}>
          {busy ? (
            <Loader size={16} color="gray" aria-hidden />
          ) : preview.valid ? (
            <IconClipboardCheck size={16} stroke={1.75} color="var(--st-green)" aria-hidden />
          ) : (
            <IconAlertCircle size={16} stroke={1.75} color="var(--st-red)" aria-hidden />
          )}
          <span>
            {preview.valid ? t('portal.correction.noFindings') : t('portal.correction.findingsLeft', { count: Math.max(1, left.length) })}
            {left.length > 0 && (
              <span className={`${classes.left} prose`}>
                {left.map((finding, index) => (
                  <span key={`${finding.id}${index}`}>{findingWords(t, finding, language).what}</span>
                ))}
              </span>
            )}
          </span>
        </li>
      )}
      <li data-wrong={!step || undefined}>
        {road ? (
          <road.Icon size={16} stroke={1.75} color={road.colour} aria-hidden />
        ) : (
          <IconRouteOff size={16} stroke={1.75} color="var(--st-red)" aria-hidden />
        )}
        <span>
          {!step ? (
            t('portal.correction.noRoad')
          ) : onRoad && roads.length > 1 ? (
            <NativeSelect
              size="xs"
              label={t('portal.correction.road')}
              value={step.channel}
              data={roads.map((one) => ({ value: one.channel, label: channelWord(one.channel) }))}
              onChange={(event) => onRoad(event.currentTarget.value)}
            />
          ) : (
            t('portal.correction.goesBy', { channel: channelWord(step.channel) })
          )}
        </span>
        {step && preview.price && (
          <span className={classes.price}>{documents > 1 ? `${documents} × ${amount(preview.price)}` : amount(preview.price)}</span>
        )}
      </li>
      <li>
        <IconVersions size={16} stroke={1.75} color="var(--st-gray)" aria-hidden />
        <span>{t('portal.correction.earlierKept', { count: documents })}</span>
      </li>
    </ul>
  );
}
