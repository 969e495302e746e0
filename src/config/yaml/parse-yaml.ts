/**
 * From text to the tree of YAML nodes, or to every place where it is not YAML. YAML 1.2 core, whatever a directive says.
 * Messages are ours and never quote the text: what the parser trips over may be a password (`password: *x!`, `!x`, `%x`).
 */
import { Composer, Lexer, Parser } from 'yaml';
import type { CST, Document, ErrorCode } from 'yaml';

export interface SyntaxMistake {
  readonly offset: number;
  readonly message: string;
}

export type ParsedYaml =
  | { readonly document: Document.Parsed; readonly mistakes: readonly SyntaxMistake[] }
  | { readonly document: null; readonly mistakes: readonly SyntaxMistake[] };

/** A configuration is 6 levels deep. The parser's own composer recurses, so depth is refused before it is called. */
const MAX_OPEN_NODES = 60;

/** 5,000 sources with 5 keys each. A megabyte of commas would keep the composer busy for ten seconds. */
const MAX_LEXEMES = 200_000;

/** Duplicate keys are left to tree.ts: the parser's own search for them takes minutes on a megabyte of keys. */
const OPTIONS = { schema: 'core', version: '1.2', uniqueKeys: false, merge: false } as const;

const UNKNOWN_TAG = 'TAG_RESOLVE_FAILED' satisfies ErrorCode;

const MESSAGES: Readonly<Record<ErrorCode, string>> = {
  ALIAS_PROPS: 'an alias (*) takes neither a tag (!) nor an anchor (&)',
  BAD_ALIAS: 'this is not a usable alias. Text that begins with * or & must stand in quotes',
  BAD_DIRECTIVE: 'only %YAML 1.2 may stand here',
  BAD_DQ_ESCAPE: 'this is no escape of double quotes. Write \\\\ for a backslash, or use single quotes',
  BAD_INDENT: 'the indentation is wrong here, or a bracket of this list or map is not closed',
  BAD_PROP_ORDER: 'tags (!) and anchors (&) must stand after the ?, : or - that they belong to',
  BAD_SCALAR_START: 'text may not begin with this character. Put it in quotes',
  BLOCK_AS_IMPLICIT_KEY:
    'a key may not begin here. Text that holds a colon and a space must stand in quotes; a key needs a line of its own',
  BLOCK_IN_FLOW: 'inside [ ] and { } there may be no indented list or map',
  DUPLICATE_KEY: 'this key is written twice',
  IMPOSSIBLE: 'this cannot be read as YAML',
  KEY_OVER_1024_CHARS: 'a key may have 1,024 characters at most',
  MISSING_CHAR: 'a character is missing before this place: a closing quote or bracket, a colon or a comma',
  MULTILINE_IMPLICIT_KEY: 'a key needs a colon on its own line',
  MULTIPLE_ANCHORS: 'a value may have one anchor (&)',
  MULTIPLE_DOCS: 'a second document begins here. The file may hold one',
  MULTIPLE_TAGS: 'a value may have one tag (!)',
  NON_STRING_KEY: 'keys must be text',
  TAB_AS_INDENT: 'a tab stands here. Indent with spaces',
  [UNKNOWN_TAG]: 'tags (!) are not used here. Text that begins with ! must stand in quotes',
  UNEXPECTED_TOKEN:
    'this was not expected here. Text that begins with one of * & ! | > % @ [ { or holds a # after a space must stand in quotes',
  BAD_COLLECTION_TYPE: 'this tag does not fit what it stands before',
  RESOURCE_EXHAUSTION: 'this is too large or too deep to be read',
};

/** Reads the text. `document` is null where nothing can be said about what is in it. */
export function parseYaml(text: string): ParsedYaml {
  const { tokens, tooMuch } = parseTokens(text);
  if (tooMuch !== null) return { document: null, mistakes: [tooMuch] };
  const documents = [...new Composer(OPTIONS).compose(tokens, true, text.length)];
  const [document, second] = documents;
  const errors = documents.flatMap((each) => [...each.errors, ...each.warnings]);
  const mistakes = errors.map(({ code, pos }) => ({
    offset: pos[0],
    message: messageFor(code, text, pos[0]),
  }));
  if (second !== undefined) mistakes.push({ offset: second.range[0], message: MESSAGES.MULTIPLE_DOCS });
  const readable = errors.every(({ code }) => code === UNKNOWN_TAG) && second === undefined;
  return document !== undefined && readable
    ? { document, mistakes }
    : { document: null, mistakes: firstOfEachLine(mistakes, text) };
}

/** The trap that people walk into: YAML takes the brace of `{port: ${PORT}}` for a brace of its own. */
function messageFor(code: ErrorCode, text: string, offset: number): string {
  const variable =
    code === 'UNEXPECTED_TOKEN' && /\$\{?$/.test(text.slice(Math.max(0, offset - 1), offset + 1));
  return variable ? 'inside [ ] and { } a variable must stand in quotes: "${NAME}"' : MESSAGES[code];
}

/** Where one thing is wrong the parser stumbles over all that follows. */
function firstOfEachLine(mistakes: readonly SyntaxMistake[], text: string): SyntaxMistake[] {
  const inOrder = mistakes.toSorted((a, b) => a.offset - b.offset);
  return inOrder.filter(({ offset }, index) => {
    const before = inOrder[index - 1];
    return before === undefined || text.slice(before.offset, offset).includes('\n');
  });
}

function parseTokens(text: string): { tokens: CST.Token[]; tooMuch: SyntaxMistake | null } {
  const parser = new Parser();
  const tokens: CST.Token[] = [];
  let lexemes = 0;
  for (const lexeme of new Lexer().lex(text)) {
    tokens.push(...parser.next(lexeme));
    lexemes += 1;
    if (parser.stack.length > MAX_OPEN_NODES) {
      return { tokens, tooMuch: { offset: parser.offset, message: 'this is nested too deeply' } };
    }
    if (lexemes > MAX_LEXEMES) {
      return {
        tokens,
        tooMuch: { offset: parser.offset, message: 'here the file becomes too large to be read' },
      };
    }
  }
  tokens.push(...parser.end());
  return { tokens, tooMuch: null };
}
