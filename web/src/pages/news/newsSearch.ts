// What the page of notifications shows, as it stands in its address. Which kinds there are, the page knows: what reads
// addresses is fetched with the first one.
export interface NewsSearch {
  unread?: true;
  kind?: string;
}

export const readNewsSearch = ({ unread, kind }: Record<string, unknown>): NewsSearch => ({ ...(unread === true || unread === 'true' ? { unread: true } : {}), ...(typeof kind === 'string' ? { kind } : {}) });
