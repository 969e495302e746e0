/**
 * Article files in the archive format, made of invented sentences: the same number gives the same file on every machine.
 * Three of five are in Traditional Chinese, one in Simplified Chinese, one in English; half carry the feedx footer.
 */

interface Words {
  readonly language: 'hant' | 'hans' | 'en';
  readonly who: readonly string[];
  readonly where: readonly string[];
  readonly did: readonly string[];
  readonly what: readonly string[];
  readonly why: readonly string[];
  readonly agency: string;
  readonly caption: string;
  readonly notice: string;
}

const HANT: Words = {
  language: 'hant',
  who: [
    '鎮長林秋水',
    '圖書館館員',
    '漁會代表',
    '三位退休教師',
    '河堤志工隊',
    '市場攤商',
    '氣象站技師',
    '年輕的木匠',
    '公車司機',
    '合唱團團長',
  ],
  where: [
    '在石橋鎮',
    '在河谷東岸',
    '在舊火車站前',
    '在燈塔下的廣場',
    '於週三的公聽會上',
    '在新建的蓄水池旁',
    '在雨後的果園裡',
    '於鎮公所二樓',
  ],
  did: [
    '宣布延長',
    '仔細說明了',
    '重新整理',
    '公開討論',
    '意外發現',
    '投票通過',
    '暫緩推動',
    '免費開放',
    '向居民展示',
    '記錄下',
  ],
  what: [
    '渡船的冬季班次',
    '百年老樹的保護辦法',
    '夜間圖書借閱計畫',
    '社區廚房的帳目',
    '候鳥觀測紀錄',
    '兒童單車道的路線',
    '水閘修繕工程',
    '鐘樓的敲鐘時刻',
    '梯田灌溉的輪值表',
  ],
  why: [
    '因為去年的大霧耽誤了許多人回家',
    '希望明年春天以前能夠完成',
    '並表示所有資料都可以當場查閱',
    '與會者認為費用仍然偏高',
    '雖然仍有兩戶人家持不同看法',
    '預計將有三百多人受益',
    '這也是二十年來的第一次',
  ],
  agency: '（河谷通訊社等）',
  caption: '清晨的石橋與渡船碼頭（資料照）。',
  notice: '年河谷日報版權聲明：本文由河谷日報編寫，未經書面同意，請勿全文轉載。',
};

const HANS: Words = {
  language: 'hans',
  who: [
    '镇长林秋水',
    '图书馆馆员',
    '渔会代表',
    '三位退休教师',
    '河堤志愿者',
    '市场摊商',
    '气象站技师',
    '年轻的木匠',
    '公交车司机',
    '合唱团团长',
  ],
  where: [
    '在石桥镇',
    '在河谷东岸',
    '在旧火车站前',
    '在灯塔下的广场',
    '于周三的听证会上',
    '在新建的蓄水池旁',
    '在雨后的果园里',
    '于镇政府二楼',
  ],
  did: [
    '宣布延长',
    '仔细说明了',
    '重新整理',
    '公开讨论',
    '意外发现',
    '投票通过',
    '暂缓推动',
    '免费开放',
    '向居民展示',
    '记录下',
  ],
  what: [
    '渡船的冬季班次',
    '百年老树的保护办法',
    '夜间图书借阅计划',
    '社区厨房的账目',
    '候鸟观测记录',
    '儿童自行车道的路线',
    '水闸修缮工程',
    '钟楼的敲钟时刻',
    '梯田灌溉的轮值表',
  ],
  why: [
    '因为去年的大雾耽误了许多人回家',
    '希望明年春天以前能够完成',
    '并表示所有资料都可以当场查阅',
    '与会者认为费用仍然偏高',
    '虽然仍有两户人家持不同看法',
    '预计将有三百多人受益',
    '这也是二十年来的第一次',
  ],
  agency: '（河谷通讯社等）',
  caption: '清晨的石桥与渡船码头（资料照）。',
  notice: '年河谷日报版权声明：本文由河谷日报编写，未经书面同意，请勿全文转载。',
};

const ENGLISH: Words = {
  language: 'en',
  who: [
    'The mayor of Stonebridge',
    'A librarian',
    'The fishing guild',
    'Three retired teachers',
    'Volunteers of the levee',
    'A young carpenter',
    'The weather station',
    'The choir',
  ],
  where: [
    ' at the old railway station',
    ' on the east bank',
    ' below the lighthouse',
    ' during the hearing on Wednesday',
    ' beside the new reservoir',
    ' in the orchard after the rain',
  ],
  did: [
    ' extended',
    ' explained',
    ' rearranged',
    ' discussed in public',
    ' discovered',
    ' agreed on',
    ' postponed',
    ' opened free of charge',
    ' recorded',
  ],
  what: [
    ' the winter timetable of the ferry',
    ' a plan for the hundred-year-old trees',
    ' the night loans of the library',
    ' the accounts of the community kitchen',
    ' the counts of migrating birds',
    ' the repair of the sluice',
  ],
  why: [
    ', because last year’s fog kept many people from getting home',
    ', and hopes to be done before spring',
    ', and said that every paper can be read on the spot',
    ', although two households still disagree',
    ', for the first time in twenty years',
    ', which will serve more than three hundred people',
  ],
  agency: '(Valley News Agency and others)',
  caption: 'The stone bridge and the ferry landing in the morning (archive picture).',
  notice:
    ' Valley Daily. Copyright notice: written by the Valley Daily; please do not reprint in full without written consent.',
};

const FOOTER =
  '<br><hr><div>获取更多RSS：<br><a href="https://feedx.net" style="color:orange" target="_blank">https://feedx.net</a> <br><a href="https://feedx.best" style="color:orange" target="_blank">https://feedx.best</a><br></div>';

const FILE_BYTES = 6_000;
const FIRST_MOMENT = Date.UTC(2020, 0, 1);
const MINUTES_APART = 97;

/** Name and text of the file with this number, counted from 0. About 6 KB. */
export function makeArchiveFile(number: number): { name: string; text: string } {
  const random = randomFrom(number + 1);
  const words = [HANT, HANT, HANT, HANS, ENGLISH][number % 5] ?? HANT;
  const published = FIRST_MOMENT + number * MINUTES_APART * 60_000;
  const title = sentence(words, random).replace(/[。.]$/, '');
  const head = `<!--${published + 1_800_000}-->\n[${title}](https://news.example/zh/${encodeURIComponent(title.slice(0, 12))}/a-${70_000_000 + number})\n------\n\n`;
  const opening = `<div><i><br>${new Date(published).toISOString()}</i></div>${picture(number, words)}`;
  const closing = `<p>${words.agency}</p><p><em>© ${new Date(published).getUTCFullYear()}</em><em>${words.notice}</em></p>${number % 2 === 0 ? FOOTER : ''}`;
  let body = '';
  const room = FILE_BYTES - Buffer.byteLength(head + opening + closing);
  for (let paragraphs = 0; Buffer.byteLength(body) < room; paragraphs += 1) {
    body += paragraphs % 5 === 4 ? picture(number * 10 + paragraphs, words) : paragraph(words, random);
  }
  const name = `${String(number).padStart(6, '0')}_${Math.floor(random() * 2 ** 32)
    .toString(16)
    .padStart(8, '0')}.txt`;
  return { name, text: head + opening + body + closing };
}

function picture(number: number, { caption }: Words): string {
  return `<img src="https://images.weserv.nl/?url=pictures.example/image/${number}_303.jpg" width="100%"><div><small style="color: #999;">${caption}</small></div>`;
}

function paragraph(words: Words, random: () => number): string {
  const sentences = Array.from({ length: 3 + Math.floor(random() * 3) }, () => sentence(words, random));
  const reference = 60_000_000 + Math.floor(random() * 1_000_000);
  const link = `<a href="https://api.dw.com/api/detail/article/${reference}" rel="ArticleRef">${sentence(words, random)}</a>`;
  return `<p>${[...sentences.slice(0, 2), link, ...sentences.slice(2)].join(words.language === 'en' ? ' ' : '')}</p>`;
}

function sentence(words: Words, random: () => number): string {
  const pick = (list: readonly string[]): string => list[Math.floor(random() * list.length)] ?? '';
  const { language, who, where, did, what, why } = words;
  if (language === 'en') return `${pick(who)}${pick(did)}${pick(what)}${pick(where)}${pick(why)}.`;
  return `${pick(who)}${pick(where)}${pick(did)}${pick(what)}，${pick(why)}。`;
}

/** Mulberry32: small, and good enough to shuffle words. */
function randomFrom(seed: number): () => number {
  let state = Math.imul(seed, 0x9e3779b1);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
