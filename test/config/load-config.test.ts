/** The loader from outside: what a good file becomes, and what is said about a bad one. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ConfigContext } from '../../src/config/load-config.ts';
import { goodConfig, linesOf, loadText } from './world.ts';

const MACHINE_ZONE = new Intl.DateTimeFormat().resolvedOptions().timeZone;

test('fills in every default', () => {
  assert.deepEqual(
    goodConfig('version: 1\nsources:\n  s: {type: archive, path: ../seeds}\nfeeds:\n  main: {}\n'),
    {
      file: '/mill/config/feedmill.yaml',
      server: { host: '127.0.0.1', port: 3000, baseUrl: null, trustProxy: false, timezone: MACHINE_ZONE },
      store: { kind: 'sqlite', file: '/mill/data/feedmill.db' },
      auth: 'required',
      fetch: {
        timeoutMs: 30_000,
        maxBodyBytes: 10_485_760,
        concurrency: 16,
        perHost: 2,
        allowPrivate: [],
        proxy: null,
        userAgent: null,
      },
      nearDuplicates: 'link',
      sources: [
        {
          key: 's',
          type: 'archive',
          path: '/mill/seeds',
          match: '**/*.txt',
          folder: null,
          schedule: '*/15 * * * *',
          keepMs: null,
          timezone: null,
          rules: [],
        },
      ],
      publications: [
        {
          name: 'main',
          path: null,
          title: 'main',
          description: '',
          language: null,
          sources: null,
          where: null,
          exclude: null,
          script: null,
          token: null,
          content: 'full',
          order: 'newest',
          images: 'direct',
          icon: null,
          format: 'atom',
          limit: 50,
        },
      ],
      withoutEffect: [],
    },
  );
});

const EVERYTHING = `
version: 1
server: {host: "::1", port: 0, base_url: "https://feeds.example/mill/", trust_proxy: "loopback, 10.0.0.0/8", timezone: Asia/Taipei}
store: {url: "postgres://me:pw@db/feedmill"}
auth: none
fetch: {timeout: 1h, max_body: 512KB, concurrency: 4, per_host: 1, allow_private: [10.0.0.1, "fd00::/8"], proxy: "http://u:p@proxy:3128", user_agent: Mill}
defaults: {schedule: "0 6 * * mon-fri", keep: 7d}
identity: {near_duplicates: merge}
sources:
  paper: {type: feed, url: "https://x.example/f", folder: News, schedule: "5 * * * *", keep: forever, full_text: always, headers: {Referer: "https://x.example/"}, auth: {user: me, password: pw}, timezone: Europe/Berlin, pipeline: [a, b, a]}
  town: {type: page, url: "https://y.example/", auth: {bearer: t}, select: {item: li, title: a, link: "a@href", date: "time@datetime", content: p, next: "a.next@href", pages: 3}}
pipelines:
  a:
    - strip_footer: feedx
    - unproxy_images: [Images.weserv.nl]
    - rewrite_links: {from: "^x(\\\\d)$", to: "y$1"}
    - strip_params: [maca]
    - remove: [.share]
    - replace: {in: title, pattern: "^a", with: ""}
  b:
    - drop: {title: [ad, {pattern: "^b"}], older_than: 30d, shorter_than: 9, language: [zh]}
    - tag: {as: t, when: {any: [x]}}
    - boilerplate: learn
    - full_text: never
    - near_duplicates: off
    - tests: [{item: i, contains: c}]
feeds:
  main: {path: /f.xml, title: T, description: D, language: zh-Hant, sources: [town, town], where: {all: [x]}, exclude: {none: [y]}, script: hans, token: tok, content: summary, order: oldest, images: proxied, icon: "https://x.example/i.png", format: rss, limit: 7}
`;

test('reads every key', () => {
  const a = [
    { step: 'strip_footer', footer: 'feedx' },
    { step: 'unproxy_images', hosts: ['images.weserv.nl'] },
    { step: 'rewrite_links', from: '^x(\\d)$', to: 'y$1' },
    { step: 'strip_params', params: ['maca'] },
    { step: 'remove', selectors: ['.share'] },
    { step: 'replace', in: 'title', pattern: '^a', with: '' },
  ];
  const b = [
    {
      step: 'drop',
      condition: {
        title: ['ad', { pattern: '^b' }],
        language: ['zh'],
        olderThanMs: 2_592_000_000,
        shorterThan: 9,
      },
    },
    { step: 'tag', as: 't', when: { any: ['x'] } },
    { step: 'boilerplate', mode: 'learn' },
    { step: 'full_text', mode: 'never' },
    { step: 'near_duplicates', mode: 'off' },
    { step: 'tests', tests: [{ item: 'i', contains: 'c', excludes: null }] },
  ];
  const config = goodConfig(EVERYTHING);
  assert.deepEqual(config, {
    file: '/mill/config/feedmill.yaml',
    server: {
      host: '::1',
      port: 0,
      baseUrl: 'https://feeds.example/mill',
      trustProxy: 'loopback,10.0.0.0/8',
      timezone: 'Asia/Taipei',
    },
    store: { kind: 'postgres', url: 'postgres://me:pw@db/feedmill' },
    auth: 'none',
    fetch: {
      timeoutMs: 3_600_000,
      maxBodyBytes: 524_288,
      concurrency: 4,
      perHost: 1,
      allowPrivate: ['10.0.0.1/32', 'fd00::/8'],
      proxy: 'http://u:p@proxy:3128/',
      userAgent: 'Mill',
    },
    nearDuplicates: 'merge',
    sources: [
      {
        key: 'paper',
        type: 'feed',
        url: 'https://x.example/f',
        folder: 'News',
        schedule: '5 * * * *',
        keepMs: null,
        fullText: 'always',
        headers: { Referer: 'https://x.example/' },
        auth: { user: 'me', password: 'pw' },
        timezone: 'Europe/Berlin',
        rules: [...a, ...b, ...a],
      },
      {
        key: 'town',
        type: 'page',
        url: 'https://y.example/',
        folder: null,
        schedule: '0 6 * * mon-fri',
        keepMs: 604_800_000,
        headers: {},
        auth: { bearer: 't' },
        timezone: null,
        rules: [],
        select: {
          item: 'li',
          title: 'a',
          link: 'a@href',
          date: 'time@datetime',
          content: 'p',
          next: 'a.next@href',
          pages: 3,
        },
      },
    ],
    publications: [
      {
        name: 'main',
        path: '/f.xml',
        title: 'T',
        description: 'D',
        language: 'zh-Hant',
        sources: ['town'],
        where: { all: ['x'] },
        exclude: { none: ['y'] },
        script: 'hans',
        token: 'tok',
        content: 'summary',
        order: 'oldest',
        images: 'proxied',
        icon: 'https://x.example/i.png',
        format: 'rss',
        limit: 7,
      },
    ],
    withoutEffect: [
      'store.url (postgres)',
      'identity.near_duplicates',
      'sources.paper.full_text',
      'pipelines.b[2].boilerplate',
      'pipelines.b[3].full_text',
      'pipelines.b[4].near_duplicates',
      'pipelines.b[5].tests',
      'feeds.main.script',
      'feeds.main.images (proxied)',
    ],
  });
});

test('lets a page speak for itself where no selector is given', () => {
  const { sources } = goodConfig(
    'version: 1\nsources:\n  s: {type: page, url: "https://y.example/", select: {}}',
  );
  const [page] = sources;
  assert.deepEqual(page?.type === 'page' ? page.select : null, {
    item: null,
    title: null,
    link: null,
    date: null,
    content: null,
    next: null,
    pages: 1,
  });
});

test('gives a configuration that nobody can change', () => {
  const config = goodConfig(EVERYTHING);
  assert.throws(() => Object.assign(config.server, { port: 1 }), TypeError);
  assert.throws(() => Object.assign(config.sources[0]?.rules ?? [], { 0: null }), TypeError);
});

const GOOD: readonly [name: string, text: string, changes: Partial<ConfigContext>, picked: unknown][] = [
  ['sections left empty', 'version: 1\nsources:\nfeeds:\npipelines:\nserver:\nfetch:', {}, { port: 3000 }],
  [
    'a byte order mark and Windows line ends',
    '\ufeffversion: 1\r\nserver:\r\n  port: 81\r\n',
    {},
    { port: 81 },
  ],
  [
    'a port from the environment',
    'version: 1\nserver: {port: "${P}"}',
    { env: { P: '8080' } },
    { port: 8080 },
  ],
  ['a port by default', 'version: 1\nserver:\n  port: ${P:-81}', { env: { P: '' } }, { port: 81 }],
  [
    'trust in proxies from the environment',
    'version: 1\nserver: {trust_proxy: "${T}"}',
    { env: { T: 'true' } },
    { trustProxy: true },
  ],
  ['how many proxies are trusted', 'version: 1\nserver: {trust_proxy: 1}', {}, { trustProxy: 1 }],
  [
    'text that looks like YAML in the environment',
    'version: 1\nfeeds: {a: {title: "${T}"}}',
    { env: { T: '{a: *b}' } },
    { title: '{a: *b}' },
  ],
  [
    'a number in the environment where text is wanted',
    'version: 1\nfeeds: {a: {title: "${T}"}}',
    { env: { T: '2024' } },
    { title: '2024' },
  ],
  [
    'an escaped variable',
    'version: 1\nfeeds: {a: {title: "$${T} costs $5"}}',
    {},
    { title: '${T} costs $5' },
  ],
  [
    'YAML 1.2 whatever the directive says',
    '%YAML 1.1\n---\nversion: 1\nfeeds: {a: {title: yes}}',
    {},
    { title: 'yes' },
  ],
  [
    'merge keys, where own keys win',
    'version: 1\nfeeds:\n  a: &a {title: A, format: rss}\n  b: {<<: *a, title: B}',
    {},
    { title: 'B', format: 'rss' },
  ],
  [
    'merge keys in a list, where the first wins',
    'version: 1\nfeeds:\n  a: &a {title: A}\n  c: &c {title: C, limit: 3}\n  b: {<<: [*a, *c]}',
    {},
    { title: 'A', limit: 3 },
  ],
  [
    'aliases of lists',
    'version: 1\nfeeds:\n  a: {where: {any: &w [x]}}\n  b: {where: {any: *w}}',
    {},
    { where: { any: ['x'] } },
  ],
  [
    'names that mean something in JavaScript',
    'version: 1\nfeeds: {constructor: {}, toString: {title: T}}',
    {},
    { title: 'T' },
  ],
  [
    'a path that only looks reserved',
    'version: 1\nfeeds: {a: {path: /itemset.xml}}',
    {},
    { path: '/itemset.xml' },
  ],
  [
    'a path under /feeds that no feed owns',
    'version: 1\nfeeds: {a: {path: /feeds/all.xml}}',
    {},
    { path: '/feeds/all.xml' },
  ],
  [
    'host and port of the command line',
    'version: 1\nserver: {port: 1}',
    { overrides: { host: '::', port: 0 } },
    { host: '::', port: 0 },
  ],
  [
    'a data directory of the command line',
    'version: 1',
    { overrides: { dataDir: '/var/mill' } },
    { file: '/var/mill/feedmill.db' },
  ],
  [
    'a store of the file over that directory',
    'version: 1\nstore: {url: "sqlite:x.db"}',
    { overrides: { dataDir: '/d' } },
    { file: '/mill/config/x.db' },
  ],
  ['a store in memory', 'version: 1\nstore: {url: "sqlite::memory:"}', {}, { file: ':memory:' }],
  ['a store by absolute path', 'version: 1\nstore: {url: "sqlite:///var/x.db"}', {}, { file: '/var/x.db' }],
];

for (const [name, text, changes, picked] of GOOD) {
  test(`takes ${name}`, () => {
    const { server, store, publications } = goodConfig(text, changes);
    assert.partialDeepStrictEqual({ ...server, ...store, ...publications.at(-1) }, picked);
  });
}

const feed = (rest: string) => `version: 1\nsources: {a: {type: feed, url: "https://x.example/", ${rest}}}`;
const step = (text: string) => `version: 1\npipelines: {a: [${text}]}`;

/** Text of the file after `version: 1`, or whole; then the lines that are expected, whole. */
const BAD: readonly [name: string, text: string, lines: readonly string[]][] = [
  ['an empty file', '', ['1:1: the file must be a map of keys that begins with version: 1']],
  ['no version', '{}', ['1:1: the file lacks the key "version"; it must be the number 1']],
  ['a version in quotes', 'version: "1"', ['1:10: version must be the number 1, not "1".']],
  [
    'a control character',
    'version: 1\n# \u0007',
    ['2:3: a control character stands here. Take it out, or write it as "\\u…"'],
  ],
  [
    'two documents',
    'version: 1\n---\nversion: 1',
    ['2:1: a second document begins here. The file may hold one'],
  ],
  [
    'a variable in a flow map',
    'version: 1\nserver: {port: ${P}}',
    ['2:17: inside [ ] and { } a variable must stand in quotes: "${NAME}"'],
  ],
  [
    'a key written twice',
    'version: 1\nserver: {port: 1, port: 2}',
    ['2:19: the key "port" is written twice here: a duplicate'],
  ],
  [
    'a map as key',
    'version: 1\nfeeds: {? [a] : {}}',
    ['2:11: a key must be text. Text in brackets or braces must stand in quotes'],
  ],
  ['a prototype', 'version: 1\nsources: {__proto__: {type: feed}}', ['2:11: unknown key "__proto__"']],
  [
    'a word where a number is wanted',
    'version: 1\nserver: {port: "3000"}',
    ['2:16: server.port must be a whole number from 0 to 65535, not "3000".'],
  ],
  [
    'a number where text is wanted',
    'version: 1\nfeeds: {a: {title: 2024}}',
    ['2:20: feeds.a.title must be text, not the number 2024. Put it in quotes.'],
  ],
  [
    'a feed of nothing',
    'version: 1\nfeeds:\n  a:\n',
    [
      '3:5: feeds.a must be a feed, such as {title: News, sources: [name]}; or {} for a feed of everything, not nothing.',
    ],
  ],
  [
    'a missing variable in the lines of a text',
    'version: 1\nfeeds:\n  a:\n    title: |\n      one\n      ${NOPE}\n',
    ['6:7: the environment variable NOPE is not set. Set it, or give a default: ${NOPE:-…}'],
  ],
  [
    'a variable in a variable',
    'version: 1\nfeeds: {a: {title: "${A:-${B}}"}}',
    [
      '2:21: this "${" begins no variable: write ${NAME} or ${NAME:-default}, or $${ for the characters',
      '2:26: the environment variable B is not set. Set it, or give a default: ${B:-…}',
    ],
  ],
  [
    'an unknown type',
    'version: 1\nsources: {a: {type: feeds}}',
    ['2:21: sources.a.type must be archive, feed or page, not "feeds". Did you mean "feed"?'],
  ],
  [
    'an unknown zone',
    feed('timezone: Mars/Base'),
    [
      '2:64: sources.a.timezone must be a time zone such as Europe/Berlin, Asia/Taipei or UTC, not "Mars/Base".',
    ],
  ],
  [
    'a step instead of a pipeline',
    feed('pipeline: [remove]'),
    ['2:65: sources.a.pipeline[0] names a step: put it into a pipeline, and name that here: "remove".'],
  ],
  [
    'a header with a secret',
    feed('headers: {cookie: x}'),
    [
      '2:64: "cookie" in sources.a.headers is a header that may not be set here. For passwords and tokens, use auth: {user: …, password: …} or {bearer: …}',
    ],
  ],
  [
    'half a login',
    feed('auth: {user: me}'),
    ['2:60: sources.a.auth must be {user: …, password: …} or {bearer: …}'],
  ],
  ['a step without a name', step('{}'), ['2:17: pipelines.a[0] must name a step']],
  [
    'two steps in one',
    step('{remove: [a], strip_params: [b]}'),
    ['2:17: pipelines.a[0] must have one key, the name of a step. Begin each step with a "- " of its own'],
  ],
  [
    'a pipeline in a pipeline',
    step('b'),
    [
      '2:17: pipelines.a[0] must be a step, such as {strip_params: [ref]}; a pipeline cannot name another one, not "b".',
    ],
  ],
  [
    'a condition that drops everything',
    step('{drop: {}}'),
    ['2:24: pipelines.a[0].drop must not be empty: it would hold for every item'],
  ],
  [
    'a group that the pattern lacks',
    step('{rewrite_links: {from: x, to: $1}}'),
    [
      '2:47: pipelines.a[0].rewrite_links.to: the replacement names group $1, but the pattern has no group. Put ( ) around what is to be kept, or write $$ for a dollar sign',
    ],
  ],
  [
    'a selector of nothing',
    step('{remove: [""]}'),
    ['2:27: pipelines.a[0].remove[0]: the selector is empty'],
  ],
  [
    'a mistyped needle',
    'version: 1\nfeeds: {a: {where: {any: [{patern: x}]}}}',
    [
      '2:27: feeds.a.where.any[0] lacks the key "pattern"; it must be text',
      '2:28: unknown key "patern" in feeds.a.where.any[0]. Did you mean "pattern"?',
    ],
  ],
  [
    'paths of other feeds',
    'version: 1\nfeeds:\n  a: {}\n  b: {path: /feed.xml}\n  c: {path: /Feed.RSS}\n  d: {path: /feeds/a}\n  e: {path: /feeds/e.atom}\n  f: {path: /FEVER/x}\n  g: {path: /x}\n  h: {path: /X/}',
    [
      '4:13: feeds.b.path: /feed.xml belongs to the first feed, "a". Put this feed first',
      '5:13: feeds.c.path: /Feed.RSS belongs to the first feed, "a", whether written or not',
      '6:13: feeds.d.path: /feeds/a belongs to the feed "a". Choose another, such as /news.xml',
      '7:13: feeds.e.path: /feeds/e.atom is there in any case. Leave path out, or choose another',
      '8:13: feeds.f.path: /FEVER/x is an address of Feedmill itself. Choose another, such as /news.xml',
      '10:13: feeds.h.path: /X/ is the path of the feed "g" already',
    ],
  ],
  [
    'a name that ends like a format',
    'version: 1\nfeeds: {a.rss: {}}',
    ['2:9: feeds.a.rss: a name may not end in .atom, .rss or .json, which are the formats of /feeds/NAME'],
  ],
  [
    'an alias of itself',
    'version: 1\nsources: &s {a: *s}',
    ['2:17: this alias (*) stands inside of what it repeats'],
  ],
  [
    'a merge of itself',
    'version: 1\nfeeds: {a: &a {<<: *a}}',
    ['2:20: this alias (*) stands inside of what it repeats'],
  ],
];

for (const [name, text, lines] of BAD) {
  test(`says what is wrong with ${name}`, () => {
    assert.deepEqual(
      linesOf(loadText(text)),
      lines.map((line) => `feedmill.yaml:${line}`),
    );
  });
}

test('asks whether the path of an archive is a directory', () => {
  const asked: string[] = [];
  const isDirectory = (path: string) => asked.push(path) === 0;
  const loaded = loadText('version: 1\nsources: {a: {type: archive, path: ../x}}', { isDirectory });
  assert.deepEqual(linesOf(loaded), [
    'feedmill.yaml:2:36: sources.a.path must be the path of a directory, relative to this file, not "../x".',
  ]);
  assert.deepEqual(asked.includes('/mill/x'), true);
});

const SECRET = 'hunter2';
const LEAKS: readonly [name: string, text: string][] = [
  ['a password that is a number', feed('auth: {user: me, password: 4711}')],
  ['a password without a space after its colon', feed('auth: {user: me, password:hunter2}')],
  ['a password that begins with a star', feed('auth: {user: me, password: *hunter2}')],
  ['a password that begins with an exclamation mark', feed('auth: {user: me, password: !hunter2}')],
  ['a password that begins with an at sign', feed('auth: {user: me, password: @hunter2}')],
  ['a password with a colon', 'version: 1\nsources:\n  a:\n    auth:\n      password: x: hunter2'],
  ['a login that is text', feed('auth: hunter2')],
  ['a login in an address', feed('folder: 1').replace('https://', 'https://me:hunter2@')],
  ['a login in an address in the wrong place', 'version: 1\nsources: {a: "https://me:hunter2@x.example/"}'],
  [
    'a login in an address where a folder is wanted',
    feed('folder: 1, full_text: "https://me:hunter2@x.example/"'),
  ],
  ['a header with a line end', feed('headers: {X-Key: "hunter2\\n"}')],
  ['a wrong proxy', 'version: 1\nfetch: {proxy: "socks://me:hunter2@x"}'],
  ['a wrong store', 'version: 1\nstore: {url: "mysql://me:hunter2@x"}'],
  [
    'a value from the environment',
    'version: 1\nfeeds: {a: {format: "${S}", sources: ["${S}"], path: "${S}"}}',
  ],
  ['a pattern from the environment', step('{replace: {in: title, pattern: "(${S}", with: ""}}')],
  ['an unclosed variable', 'version: 1\nfeeds: {a: {token: "${S"}}'],
  ['a default', 'version: 1\nserver: {port: "${NOPE:-hunter2}"}'],
];

for (const [name, text] of LEAKS) {
  test(`finds a mistake and shows no secret: ${name}`, () => {
    const lines = linesOf(loadText(text, { env: { S: SECRET } })).join('\n');
    assert.notEqual(lines, '');
    assert.doesNotMatch(lines, /hunter2|4711/);
  });
}

test('names the variable whose value is wrong', () => {
  const loaded = loadText('version: 1\nserver: {port: "${MY_PORT}"}', { env: { MY_PORT: 'eighty' } });
  assert.deepEqual(linesOf(loaded), [
    'feedmill.yaml:2:16: server.port must be a whole number from 0 to 65535, not the value of MY_PORT.',
  ]);
});

test('says which line is not UTF-8', () => {
  const bytes = Buffer.concat([Buffer.from('version: 1\n# é\n# '), Buffer.from([0xe9]), Buffer.from('\n')]);
  assert.deepEqual(linesOf(loadText(bytes)), [
    'feedmill.yaml:3:1: this line is not UTF-8. Save the file with the encoding UTF-8',
  ]);
});
