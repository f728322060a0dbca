import { MantineProvider } from '@mantine/core';
import { cleanup, render, screen } from '@testing-library/react';
import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import sv from '@texts/sv.json';
import { ApiProblem } from '@/api/problem';
import { ErrorNotice } from './Notice';
import { DocumentStatusBadge } from './Status';
import { Sparkline } from './Sparkline';
import { reasonWords } from './words';

beforeAll(async () => {
  await i18next.use(initReactI18next).init({ lng: 'sv', ns: ['words'], defaultNS: 'words', resources: { sv: { words: sv } } });
});
afterEach(cleanup);
const show = (element: React.ReactElement) => render(<MantineProvider>{element}</MantineProvider>);

describe('status', () => {
  it('is word, icon and colour; a tint only where somebody must act', () => {
    const { container } = show(
      <>
        <DocumentStatusBadge status="delivered" />
        <DocumentStatusBadge status="stopped" />
      </>,
    );
    expect(screen.getByText('Levererat')).toBeTruthy();
    expect(container.querySelectorAll('svg')).toHaveLength(2);
    expect([...container.querySelectorAll('[data-tinted]')].map((badge) => badge.textContent)).toEqual(['Stoppat']);
  });
});

it('a reason is told in words, and a person’s own stay whole', () => {
  const t = i18next.getFixedT('sv');
  expect(reasonWords(t, 'missing-email')).toBe('E-postadress saknas');
  expect(reasonWords(t, 'demand-missing:BT-13')).toBe('Ordernummer saknas');
  expect(reasonWords(t, 'Fel pris: se avtalet.')).toBe('Fel pris: se avtalet');
});

describe('errors', () => {
  const problem = (status: number, code: string) => new ApiProblem({ type: '', title: '', status, code, detail: 'x' });

  it('offer another try only where it may help', () => {
    show(<ErrorNotice error={problem(503, 'try-again')} onRetry={() => undefined} />);
    expect(screen.getByRole('button', { name: 'Försök igen' })).toBeTruthy();
    cleanup();
    show(<ErrorNotice error={problem(404, 'document-not-found')} onRetry={() => undefined} />);
    expect(screen.queryByRole('button')).toBeNull();
    expect(screen.getByRole('alert').textContent).toContain('Dokumentet finns inte');
  });
});

it('a sparkline of nothing is a flat line, not a fault', () => {
  const { container } = show(<Sparkline days={Array.from({ length: 30 }, () => 0)} colour="currentColor" label="30 dagar" />);
  expect(container.querySelector('polyline')?.getAttribute('points')).not.toContain('NaN');
});
