// The questions about webhooks, with their cache keys.
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api } from './client';
import type { components } from './schema';

type Schemas = components['schemas'];
export type Webhook = Schemas['Webhook'];
export type WebhookEvent = Schemas['WebhookEvent'];
export type WebhookEventType = Schemas['WebhookEventType'];
export type WebhookChange = Schemas['WebhookChange'];
export type WebhookMessage = Schemas['WebhookMessage'];
export type WebhookMessageState = Schemas['WebhookMessageState'];
export type WebhookAttempt = Schemas['WebhookAttempt'];
export type DocumentType = Schemas['DocumentType'];
export type Direction = Schemas['Direction'];

export const webhooksQuery = queryOptions({
  queryKey: ['webhooks'],
  queryFn: ({ signal }) => api.get('/api/v1/webhooks', { signal }),
  refetchInterval: 30_000,
});

export const messagesKey = (webhookId: string) => ['webhooks', webhookId, 'messages'];

export const messagesQuery = (webhookId: string, state: WebhookMessageState | undefined) =>
  infiniteQueryOptions({
    queryKey: [...messagesKey(webhookId), 'list', state ?? 'all'],
    queryFn: ({ signal, pageParam }) =>
      api.get('/api/v1/webhooks/{webhookId}/messages', {
        path: { webhookId },
        query: { limit: 20, ...(state ? { state: [state] } : {}), ...(pageParam ? { cursor: pageParam } : {}) },
        signal,
      }),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    refetchInterval: 15_000,
  });

// What becomes of one that is under way is seen as it happens.
export const messageQuery = (webhookId: string, messageId: string) =>
  queryOptions({
    queryKey: [...messagesKey(webhookId), messageId],
    queryFn: ({ signal }) => api.get('/api/v1/webhooks/{webhookId}/messages/{messageId}', { path: { webhookId, messageId }, signal }),
    refetchInterval: ({ state }) => (state.data?.state === 'waiting' ? 1000 : false),
  });
