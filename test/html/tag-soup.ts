/** Anything but HTML: tags opened, closed and crossed at random, for properties that must hold whatever comes. */
import * as fc from 'fast-check';

const NAMES = (
  'p a b i em strong div span h1 h2 ul ol li table tr td th tbody caption pre code img br hr picture source video audio ' +
  'figure figcaption blockquote details summary ruby rt dl dt dd section font center svg math script style title textarea ' +
  'select option button form input iframe object embed noscript template xmp small mtext desc annotation-xml'
).split(' ');

const ATTRIBUTES = [
  '',
  ' href="https://a.example/?a=1&amp;utm_source=x"',
  ' href=/x',
  ' src=https://a.example/b.png',
  ' src="data:image/png;base64,AA=="',
  ' data-src="https://a.example/lazy.jpg"',
  ' srcset="https://a.example/1 1x, https://a.example/2,, 2x"',
  ' lang=zh dir=rtl',
  ' title="a&quot;b"',
  ' "<"=x',
  ' onload=x width=1 height=1',
  ' <b',
  ' poster=//x/',
  ' style="color: #999"',
];

const name = fc.constantFrom(...NAMES);

const token = fc.oneof(
  fc.tuple(name, fc.constantFrom(...ATTRIBUTES)).map(([tag, attribute]) => `<${tag}${attribute}>`),
  name.map((tag) => `</${tag}>`),
  fc.constantFrom(
    'text',
    '王毅',
    '\n',
    '  ',
    '<!-- c -->',
    '&amp;',
    '&nbsp;',
    '&lt;',
    '<',
    '>',
    '"',
    '</',
    '<br/>',
  ),
  fc.constantFrom('<![CDATA[x]]>', '<?x?>', '\r\n', '\u0001', 'a < b', '<br><br><br>'),
);

export const tagSoup = fc.array(token, { maxLength: 25 }).map((tokens) => tokens.join(''));
