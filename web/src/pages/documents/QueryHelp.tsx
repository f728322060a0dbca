// How the search box is written to: within reach, and out of the way.
import { ActionIcon, Popover } from '@mantine/core';
import { IconHelp } from '@tabler/icons-react';
import { useWords } from '@/texts/useWords';
import classes from './Documents.module.css';

const rules = ['words', 'phrase', 'amount', 'date', 'field', 'not'] as const;

export function QueryHelp() {
  const { t } = useWords();
  return (
    <Popover position="bottom-start" trapFocus width={380}>
      <Popover.Target>
        <ActionIcon size={24} aria-label={t('portal.find.help')}>
          <IconHelp size={16} stroke={1.75} />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown className={classes.queryHelp} aria-label={t('portal.find.helpTitle')}>
        <h2>{t('portal.find.helpTitle')}</h2>
        <p>{t('portal.find.helpLead')}</p>
        <dl>
          {rules.map((rule) => (
            <div key={rule}>
              <dt>
                <code>{t(`portal.find.example.${rule}`)}</code>
              </dt>
              <dd>{t(`portal.find.rule.${rule}`)}</dd>
            </div>
          ))}
        </dl>
      </Popover.Dropdown>
    </Popover>
  );
}
