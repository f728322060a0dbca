// One correction as it is being made: the form, what has been typed, and how it would stand (asked while typing).
import { useEffect, useState } from 'react';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, queryOptions, useQuery, useQueryClient } from '@tanstack/react-query';
import { ApiProblem } from '@/api/problem';
import { plainWords } from '@/format/plain';
import type { Correction, CorrectionField, CorrectionPreview } from '@/api/stops';
import { changesOf, fieldKey, loadDraft, saveDraft, type Draft } from './draft';
import { ownDocument, wasSent, type CorrectionSource } from './source';

export const pause = 60; // milliseconds without a key before it is asked

export interface Judgement {
  ok: boolean;
  words: string | null; // in the language asked for; null: nothing to say
}

// What the receiver's registers have that begins as what is typed does.
export const suggestedFor = (field: CorrectionField, preview: CorrectionPreview | undefined): CorrectionField['suggestions'] =>
  preview?.judgements.find((one) => one.term === field.term && one.place === field.place)?.suggestions ?? [];

const formQuery = (source: CorrectionSource) =>
  queryOptions({ queryKey: source.key, queryFn: ({ signal }) => source.read(signal), staleTime: 60_000 });

// What points at a correction is about to open it: its form is fetched meanwhile.
export function useCorrectionAhead() {
  const client = useQueryClient();
  return (id: string) => void client.prefetchQuery(formQuery(ownDocument(id)));
}

export function useCorrection(source: CorrectionSource) {
  const form = useQuery(formQuery(source));
  const [draft, setDraft] = useState<Draft>(() => loadDraft(source.id));
  useEffect(() => saveDraft(source.id, draft), [source.id, draft]);

  const change = form.data ? { changes: changesOf(form.data, draft), attachments: draft.attachments, removeAttachments: draft.removed, ...(draft.channel ? { channel: draft.channel } : {}) } : undefined;
  const touched = change !== undefined && change.changes.length + change.attachments.length + change.removeAttachments.length > 0;
  // Compared as text: a new object that says the same is no reason to ask again.
  const wanted = touched ? JSON.stringify([change.changes, change.channel, change.removeAttachments, change.attachments.map((one) => [one.fileName, one.description, one.content.length])]) : '';
  const [settled] = useDebouncedValue(wanted, pause);
  const preview = useQuery({
    queryKey: [...source.key, 'preview', settled],
    queryFn: async ({ signal }) => {
      if (!change) throw new Error('nothing to try');
      const answer = await source.attempt({ ...change, send: false }, signal);
      if (wasSent(answer)) throw new Error('a preview was sent');
      return answer;
    },
    enabled: settled !== '' && settled === wanted,
    placeholderData: keepPreviousData,
    staleTime: 30_000,
    gcTime: 30_000,
    retry: false,
  });
  const current = touched && settled === wanted && !preview.isPlaceholderData;
  return {
    form,
    draft,
    setDraft,
    change,
    settled, // the same as text, when it was last asked about
    touched,
    preview: touched ? preview.data : undefined,
    refused: current && preview.error instanceof ApiProblem ? preview.error : undefined,
    judged: current && preview.isSuccess, // the preview is of what is typed now
  };
}

// Half an address is no fault while it is being typed: one field waits for another, the term that this names.
export const waitsFor = (refused: ApiProblem | undefined): string | undefined =>
  refused?.code === 'term-needs-another' ? refused.problem.parameters?.needs : undefined;

// What is to be said beside a field: the server's judgement of it, or its refusal.
export function judgementOf(
  field: CorrectionField,
  preview: CorrectionPreview | undefined,
  refused: ApiProblem | undefined,
  language: 'sv' | 'en',
  words: (problem: ApiProblem) => string,
): Judgement | undefined {
  if (refused && !waitsFor(refused) && refused.problem.parameters?.term === field.term && (refused.problem.parameters.place ?? field.place) === field.place)
    return { ok: false, words: words(refused) };
  const judged = preview?.judgements.find((one) => one.term === field.term && one.place === field.place);
  if (judged) return { ok: judged.ok, words: judged.message ? plainWords(judged.message[language]) : null };
  const finding = preview?.findings.find((one) => one.term === field.term && one.severity === 'error');
  return finding ? { ok: false, words: plainWords(finding.explanation[language]) } : undefined;
}

export const isTyped = (draft: Draft, field: CorrectionField) => draft.values[fieldKey(field)] !== undefined;

export type CorrectionState = ReturnType<typeof useCorrection>;
export type { Correction };
