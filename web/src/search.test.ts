import { expect, it } from 'vitest';
import { isOwnPath } from './search';

it('after signing in people come to a page of the portal, whatever the link says', () => {
  for (const own of ['/', '/documents/sent?query=4711', '/stopped#a', '/a//b', '/@x'])
    expect(isOwnPath(own), own).toBe(true);
  for (const foreign of ['//evil.example', '/\\evil.example', '/\t/evil.example', '/\n/evil.example', '\\\\evil.example', 'https://evil.example', 'javascript:alert(1)', 'data:text/html,x', ' //evil.example', '', 'documents', '//', '///evil.example'])
    expect(isOwnPath(foreign), JSON.stringify(foreign)).toBe(false);
});
