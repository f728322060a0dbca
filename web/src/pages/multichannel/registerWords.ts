import type { TFunction } from 'i18next';
import type { components } from '@/api/schema';

// "Kunder här: Granberga Bygg AB": what a register said when it was asked.
export function registerWords(t: TFunction, { name, answer }: components['schemas']['RegisterAnswer']): string {
  return t('portal.multichannel.register', {
    name: t(`portal.multichannel.registerName.${name}`, { defaultValue: name }),
    answer: answer === 'unknown' ? t('portal.multichannel.unknown') : answer,
  });
}
