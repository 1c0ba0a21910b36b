// A Cloudflare Worker before an R2 bucket of releases. Made by `invoke hosts --target r2`.
// current.json names the release that readers get; it is read for each request, so that after
// it is written nobody is sent a page of the release before.
const policy = POLICY;

export default {
  async fetch(request, env) {
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      return answer(null, 405, '', { Allow: 'GET, HEAD', 'Cache-Control': policy.never });
    }
    const url = new URL(request.url);
    let path;
    try {
      path = decodeURIComponent(url.pathname);
    } catch {
      path = url.pathname;
    }
    const last = path.slice(path.lastIndexOf('/') + 1);
    if (!last.includes('.') || last === 'index.html') {
      const folder = last === 'index.html' ? path.slice(0, -last.length) : path;
      const page = folder.endsWith('/') ? folder : folder + '/';
      const to = policy.moved[page] ?? page;
      if (to !== path && /^\/(?![/\\])[\w/.~-]*$/.test(to)) return redirect(to + url.search);
    }
    const pointer = await env.SITE.get('current.json');
    if (pointer === null) return answer('There is no release yet.', 503, '', {});
    const current = await pointer.json();
    const release = `releases/${current.release}`;
    const file = last ? path : path + 'index.html';
    const wanted = { onlyIf: request.headers, range: request.headers };
    let found = await env.SITE.get(release + file, wanted);
    // A page that somebody opened a minute ago may still ask for what it was made with.
    if (found === null && current.previous && new RegExp(policy.immutable).test(file)) {
      found = await env.SITE.get(`releases/${current.previous}${file}`, wanted);
    }
    if (found === null || path === '/404.html') return missing(env, release);
    const stored = new Headers();
    found.writeHttpMetadata(stored);
    stored.set('ETag', found.httpEtag);
    stored.set('Accept-Ranges', 'bytes');
    // Without a body the conditions of the request were not met (R2 runtime API, R2Object).
    if (!('body' in found)) return answer(null, 304, path, stored);
    const part = found.range && request.headers.has('Range') ? partOf(found) : null;
    if (part) stored.set('Content-Range', part);
    return answer(request.method === 'HEAD' ? null : found.body, part ? 206 : 200, path, stored);
  },
};

function partOf(found) {
  const length = found.range.suffix ?? found.range.length ?? found.size - found.range.offset;
  const start = found.range.offset ?? Math.max(found.size - length, 0);
  const end = Math.min(start + length, found.size) - 1;
  return start === 0 && end === found.size - 1 ? null : `bytes ${start}-${end}/${found.size}`;
}

async function missing(env, release) {
  const page = await env.SITE.get(`${release}/404.html`);
  const headers = { 'Content-Type': 'text/html; charset=utf-8', 'Cache-Control': policy.never };
  return answer(page === null ? null : page.body, 404, '', headers);
}

function redirect(to) {
  return answer(null, 301, '', { Location: to, 'Cache-Control': policy.short });
}

function answer(body, status, path, own) {
  const suffix = path.slice(path.lastIndexOf('.') + 1);
  const headers = new Headers(policy.everywhere);
  for (const more of [policy.suffixes[suffix], policy.addresses[path], own]) {
    new Headers(more ?? {}).forEach((value, name) => headers.set(name, value));
  }
  return new Response(body, { status, headers });
}
