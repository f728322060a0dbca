import { Menu, UnstyledButton } from '@mantine/core';
import { IconCheck, IconLanguage } from '@tabler/icons-react';
import { changeLanguage, languages } from '@/texts/i18n';
import { useWords } from '@/texts/useWords';
import classes from './Frame.module.css';

const names = { sv: 'Svenska', en: 'English' }; // each language is called what its speakers call it

export function LanguageMenu() {
  const { t, language } = useWords();
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <UnstyledButton className={classes.tool} aria-label={t('portal.frame.language', { code: language.toUpperCase(), language: names[language] })}>
          <IconLanguage size={18} stroke={1.75} aria-hidden />
          {language.toUpperCase()}
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        {languages.map((one) => (
          <Menu.Item
            key={one}
            lang={one}
            onClick={() => void changeLanguage(one)}
            rightSection={one === language ? <IconCheck size={16} stroke={1.75} aria-hidden /> : null}
          >
            {names[one]}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
