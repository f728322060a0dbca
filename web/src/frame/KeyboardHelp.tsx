import { Kbd, Modal } from '@mantine/core';
import { useWords } from '@/texts/useWords';
import classes from './KeyboardHelp.module.css';

const keys: [string, string[]][] = [
  ['search', ['/', 'Ctrl K']],
  ['down', ['j']],
  ['up', ['k']],
  ['open', ['Enter']],
  ['mark', ['x']],
  ['older', ['n']],
  ['newer', ['p']],
  ['close', ['Esc']],
  ['help', ['?']],
];

export default function KeyboardHelp({ onClose }: { onClose: () => void }) {
  const { t } = useWords();
  return (
    <Modal opened onClose={onClose} title={t('portal.keys.title')} size="sm" closeButtonProps={{ 'aria-label': t('portal.close') }}>
      <dl className={classes.keys}>
        {keys.map(([word, caps]) => (
          <div key={word}>
            <dt>{t(`portal.keys.${word}`)}</dt>
            <dd>
              {caps.map((cap) => (
                <Kbd key={cap}>{cap}</Kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </Modal>
  );
}
