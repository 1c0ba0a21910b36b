// Runs at CloudFront's edge before the cache (cloudfront-js-2.0). Made by `invoke hosts`.
// The key "release" of the key-value store names the release that readers get. It becomes part
// of the cache's key, so that no cached page of another release is ever sent.
import cf from 'cloudfront';

const releases = cf.kvs();
const moved = MOVED;

async function handler(event) {
  const request = event.request;
  const path = request.uri;
  const last = path.slice(path.lastIndexOf('/') + 1);
  const isPage = !last.includes('.') || last === 'index.html';
  if (isPage) {
    const folder = path.slice(0, path.length - (last === 'index.html' ? last.length : 0));
    const page = folder.endsWith('/') ? folder : folder + '/';
    if (moved[page]) return redirect(moved[page], request.querystring);
    // "//host" or "/\host" in a Location would lead to another site.
    if (page !== path && !/^\/[/\\]/.test(page)) return redirect(page, request.querystring);
  }
  const release = await releases.get('release');
  request.uri = '/releases/' + release + path + (last ? '' : 'index.html');
  return request;
}

function redirect(page, querystring) {
  const query = Object.keys(querystring)
    .map((name) => (querystring[name].value ? name + '=' + querystring[name].value : name))
    .join('&');
  return {
    statusCode: 301,
    statusDescription: 'Moved Permanently',
    headers: {
      location: { value: query ? page + '?' + query : page },
      'cache-control': { value: 'SHORT' },
    },
  };
}
