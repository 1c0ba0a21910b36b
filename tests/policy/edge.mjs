// Runs the edge's program that was emitted for a host on the requests that stdin holds as JSON,
// and prints its answers. Argument: "cloudfront" or "r2", then the program's file.
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

const [kind, program] = process.argv.slice(2);
const { requests, objects, release } = JSON.parse(readFileSync(0, 'utf8'));

function r2() {
  return {
    async get(key, options = {}) {
      const found = objects[key];
      if (!found) return null;
      const bytes = new TextEncoder().encode(found.body);
      const asked = options.range?.get('range')?.match(/^bytes=(\d+)-(\d+)$/);
      const [start, end] = asked ? [Number(asked[1]), Number(asked[2])] : [0, bytes.length - 1];
      const object = {
        size: bytes.length,
        httpEtag: found.etag,
        range: { offset: start, length: end - start + 1 },
        json: async () => JSON.parse(found.body),
        writeHttpMetadata(headers) {
          for (const [name, value] of Object.entries(found.headers ?? {})) headers.set(name, value);
        },
      };
      if (options.onlyIf?.get('if-none-match') === found.etag) return object;
      return { ...object, body: bytes.slice(start, end + 1) };
    },
  };
}

async function ask(module, { method = 'GET', path, headers = {} }) {
  const request = new Request('https://wellsourced.example' + path, { method, headers });
  const response = await module.default.fetch(request, { SITE: r2() });
  return {
    status: response.status,
    headers: Object.fromEntries(response.headers),
    body: await response.text(),
  };
}

let answers;
if (kind === 'r2') {
  const module = await import(pathToFileURL(program));
  answers = await Promise.all(requests.map((one) => ask(module, one)));
} else {
  const text = readFileSync(program, 'utf8').replace(/^import cf from 'cloudfront';$/m, '');
  const cf = { kvs: () => ({ get: async (key) => (key === 'release' ? release : undefined) }) };
  const handler = new Function('cf', text + '\nreturn handler;')(cf);
  const event = ({ path, query = {} }) => ({
    request: { method: 'GET', uri: path, querystring: query, headers: {}, cookies: {} },
  });
  answers = await Promise.all(requests.map((one) => handler(event(one))));
}
process.stdout.write(JSON.stringify(answers));
