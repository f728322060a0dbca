import { Tabs } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useWords } from '@/texts/useWords';
import classes from './Settings.module.css';

const pages = { multichannel: '/settings/multichannel', handover: '/settings/handover', notices: '/settings/notices', smartmail: '/settings/smartmail', remembered: '/settings/remembered', bank: '/settings/bank', inbound: '/settings/inbound', morning: '/settings/morning' } as const;

export function SettingsTabs({ current }: { current: keyof typeof pages }) {
  const { t } = useWords();
  const navigate = useNavigate();
  return (
    <Tabs value={current} onChange={(value) => value && void navigate({ to: pages[value as keyof typeof pages] })} className={classes.tabs}>
      <Tabs.List>
        {(Object.keys(pages) as (keyof typeof pages)[]).map((name) => (
          <Tabs.Tab key={name} value={name}>
            {t(`portal.settings.${name}`)}
          </Tabs.Tab>
        ))}
      </Tabs.List>
    </Tabs>
  );
}
