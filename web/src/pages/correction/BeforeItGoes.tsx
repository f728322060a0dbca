// The checks, the road and the price, before anything is sent.
import { Loader } from '@mantine/core';
import { IconAlertCircle, IconClipboardCheck, IconRouteOff, IconVersions } from '@tabler/icons-react';
import type { CorrectionPreview } from '@/api/stops';
import { useWords } from '@/texts/useWords';
import { channelLook } from '@/ui/icons';
import classes from './Correction.module.css';

interface BeforeItGoesProps {
  preview: CorrectionPreview;
  documents: number;
  busy: boolean;
}

export function BeforeItGoes({ preview, documents, busy }: BeforeItGoesProps) {
  const { t, language, amount } = useWords();
  const left = preview.findings.filter((finding) => finding.severity === 'error');
  const step = preview.plan.find((one) => one.reachable);
  const road = step && channelLook(step.channel);
  return (
    <ul className={classes.checks}>
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
                <span key={`${finding.id}${index}`}>{finding.explanation[language]}</span>
              ))}
            </span>
          )}
        </span>
      </li>
      <li data-wrong={!step || undefined}>
        {road ? (
          <road.Icon size={16} stroke={1.75} color={road.colour} aria-hidden />
        ) : (
          <IconRouteOff size={16} stroke={1.75} color="var(--st-red)" aria-hidden />
        )}
        <span>
          {step
            ? t('portal.correction.goesBy', { channel: t(`channel.${step.channel}`, { defaultValue: step.channel }) })
            : t('portal.correction.noRoad')}
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
