import { useLocalStorage } from '@mantine/hooks';
import { columnNames, looks, shownAtFirst } from './columns';

export interface Columns {
  visible: Record<string, boolean>;
  toggle: (name: string) => void;
  reset: () => void;
  choices: string[];
}

// Which columns this person wants to see; kept in the browser, the same for every list.
export function useColumns(): Columns {
  const [visible, setVisible] = useLocalStorage<Record<string, boolean>>({
    key: 'postgang.columns',
    defaultValue: shownAtFirst,
    getInitialValueInEffect: false,
  });
  return {
    visible,
    toggle: (name) => setVisible((now) => ({ ...now, [name]: now[name] === false })),
    reset: () => setVisible(shownAtFirst),
    choices: columnNames.filter((name) => !looks[name]?.always),
  };
}
