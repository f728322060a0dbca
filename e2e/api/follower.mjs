// A client of /stream: reads server-sent events as they come and keeps what it has seen.
import assert from 'node:assert/strict';

export class Follower {
  static async open(server, { key, cookie, lastId }) {
    const follower = new Follower();
    follower.seen = [];
    follower.abort = new AbortController();
    const response = await fetch(`${server.url}/api/v1/stream`, {
      signal: follower.abort.signal,
      headers: { ...(key ? { authorization: `Bearer ${key}` } : {}), ...(cookie ? { cookie } : {}), ...(lastId ? { 'last-event-id': lastId } : {}) },
    });
    assert.equal(response.status, 200);
    assert.match(response.headers.get('content-type'), /^text\/event-stream/);
    follower.reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    follower.text = '';
    return follower;
  }

  // The next event; fails when none comes within ten seconds.
  async next(milliseconds = 10_000) {
    const timer = setTimeout(() => this.abort.abort(new Error(`no event within ${milliseconds} ms; seen: ${JSON.stringify(this.seen).slice(-1000)}`)), milliseconds);
    try {
      for (;;) {
        const end = this.text.indexOf('\n\n');
        if (end >= 0) {
          const block = this.text.slice(0, end);
          this.text = this.text.slice(end + 2);
          const event = eventOf(block);
          if (!event) continue;
          this.seen.push(event);
          return event;
        }
        const { done, value } = await this.reader.read();
        if (done) throw new Error('the stream ended');
        this.text += value;
      }
    } finally {
      clearTimeout(timer);
    }
  }

  async until(accept) {
    for (;;) {
      const event = await this.next();
      if (accept(event)) return event;
    }
  }

  close() {
    this.abort.abort();
  }
}

// A block of lines; a comment gives nothing.
function eventOf(block) {
  const field = (name) => block.split('\n').filter((line) => line.startsWith(`${name}: `)).map((line) => line.slice(name.length + 2)).join('\n');
  if (!field('event') && !field('data')) return undefined;
  return { id: field('id'), event: field('event'), data: JSON.parse(field('data') || '{}') };
}
