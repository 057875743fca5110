import { disguises, foldCase, foldLetters } from './fold-text.ts';

const THINGS = '(instruction|prompt|rule|direction|directive|guideline|context|command|order|message|fact)s?';

/** English, on folded letters; `.{0,40}` lets words stand between. */
const ENGLISH = [
  `\\b(ignore|disregard|forget|override|bypass|neglect|dismiss|drop)\\b.{0,40}\\b(previous|prior|above|earlier|preceding|all|any|your|these|those|the)\\b.{0,30}\\b${THINGS}\\b`,
  `\\b(ignore|disregard|forget) (everything|all|what(ever)?)\\b.{0,30}\\b(above|before|said|told|written|previous\\w*|you know)\\b`,
  `\\bignore(all)?(the|your)?(previous|prior|above)${THINGS}`,
  `\\b(new|updated|revised|real|actual) ${THINGS}\\s*[:=]`,
  `\\b(system|hidden|secret|initial|original|developer) (prompt|instruction|message|note)s?\\b`,
  '\\byou are (now|no longer) (an?|the|in|my|free|dan|bound|restricted)\\b',
  '\\byou are (an?|my) (\\w+ ){0,3}(ai|assistant|model|bot|pirate|hacker)\\b',
  '\\b(act|behave|respond|answer|speak|talk|write) as (if|though|my (late )?(grand)?mother|an? (\\w+ )?(ai|admin\\w*|assistant|model|bot|pirate|hacker|system|different|unrestricted)|the (user|system|admin\\w*|developer))\\b',
  '\\b(pretend|role-?play|imagine) (to be|you are|as|that you|being)\\b',
  '\\b(reveal|print|repeat|show|output|leak|dump|expose|translate|recite|send|forward|exfiltrate|upload|list)\\b.{0,40}\\b(prompt|instructions|your rules|everything above|text above|above text|all facts|other users?|e-?mail addresses|passwords?|api keys?|secrets?|credentials|access tokens?|environment variables)\\b',
  '\\b(respond|reply|answer|write|say|output|print|return|start|begin|end|finish|title)\\b.{0,25}\\b(only with|exactly|nothing but|the (word|text|phrase|sentence)s?|every (title|text|answer|sentence|suggestion|insight)|all titles|in all caps|verbatim)\\b',
  '\\b(tell|inform|convince|advise|warn|persuade) (the|this|every|all) (users?|readers?|customers?|agents?)\\b',
  '\\b(every|each|all) (titles?|texts?|answers?|suggestions?|insights?) (must|should|has to|have to|need to)\\b',
  '\\b(insert|include|add|embed|append|put|mention|recommend|promote)\\b.{0,60}\\b(markdown|html|in (every|each|all) (text|title|answer|suggestion|insight)s?|to (everyone|everybody|every user|all users))\\b',
  '\\b(jailbreak\\w*|do anything now|developer mode|dan mode|god mode|sudo mode|prompt injection|unrestricted mode)\\b',
  '\\b(end|stop|close) (of )?(the )?(facts|data|input|prompt|user texts?|fence|instructions|conversation)\\b',
  '\\b(begin|start) (of )?(the )?(system|instructions|prompt|new conversation)\\b',
  '\\bfrom now on,? (you|always|every|all|only|respond|answer|say|write)\\b',
  '\\b(the )?(above|facts?|rules?|data) (is|are|were|was) (wrong|fake|false|outdated|cancelled|void|not true|a test)\\b',
  '\\b(dear|attention|hey|hello|note (to|for)|message (to|for)|notice to|hi)[ ,:]+(the )?(ai|llm|language model|model|assistant|chatgpt|gpt|claude|nova|chatbot)\\b',
  '\\bas an? (ai|language model|llm)\\b',
  '\\b(call|invoke|use|run|execute) (the )?(tool|function|command|shell|code)\\b',
  '\\b(instead|rather) (of|than) (the )?(facts|above|rules|instructions)\\b',
  '\\b(cite|use|invent|make up|fabricate) (the )?(facts?|numbers?|figures?) (id|that|which|freely|named|called)\\b',
];

/** Other languages that write in Latin letters, without accents. */
const LATIN = [
  '\\b(ignora|ignore|ignorar|olvida|olvide|descarta|omite)\\b.{0,40}\\b(instrucciones|reglas|indicaciones|anteriores?|contexto)\\b',
  '\\b(ignore[zr]?|oublie[zr]?|neglige[zr]?|outrepasse[zr]?)\\b.{0,40}\\b(instructions?|consignes?|regles|precedente?s?|ci-dessus)\\b',
  '\\b(ignorier\\w*|vergiss|vergesst|vergessen|missachte\\w*|uberspring\\w*)\\b.{0,50}\\b(anweisung\\w*|regel\\w*|vorgabe\\w*|vorherig\\w*|obig\\w*|instruktion\\w*|bisherig\\w*)\\b',
  '\\b(ignora|ignorare|dimentica|trascura)\\b.{0,40}\\b(istruzioni|regole|precedenti|indicazioni)\\b',
  '\\b(ignore|ignora|esqueca|desconsidere)\\b.{0,40}\\b(instrucoes|regras|anteriores|orientacoes)\\b',
  '\\b(negeer|vergeet)\\b.{0,40}\\b(instructies|regels|vorige|voorgaande|opdrachten|bovenstaande)\\b',
  '\\b(zignoruj|ignoruj|zapomnij|pomin)\\b.{0,40}\\b(instrukcj\\w*|polecen\\w*|zasad\\w*|poprzedni\\w*)\\b',
  '\\b(onceki|yukaridaki|tum)\\b.{0,40}\\b(talimat\\w*|kural\\w*|yonerge\\w*)\\b',
  '\\b(ignorera|glom|bortse)\\b.{0,40}\\b(instruktion\\w*|regler\\w*|tidigare|ovanstaende)\\b',
  '\\b(abaikan|lupakan)\\b.{0,40}\\b(instruksi|perintah|aturan|sebelumnya)\\b',
  '\\bbo qua\\b.{0,40}\\b(huong dan|chi dan|lenh|truoc)\\b',
];

/** Languages with letters of their own. */
const OTHER_SCRIPTS = [
  '(игнорируй|игнорируйте|проигнорируй|забудь|отбрось)[^.]{0,50}(инструкц|указан|правил|предыдущ|команд)',
  '(ігноруй|забудь|знехтуй)[^.]{0,50}(інструкц|вказів|правил|попередн)',
  '(忽略|无视|無視|忘记|忘記|忽视|不要理会)[^。]{0,20}(指令|指示|规则|規則|提示|说明|之前|以上|上述|前面)',
  '(指示|命令|ルール|プロンプト|指令)[^。]{0,15}(無視|忘れ|従わ)',
  '(지시|명령|규칙|지침|프롬프트)[^.]{0,20}(무시|잊)',
  '(تجاهل|انس|اهمل)[^.]{0,50}(التعليمات|الأوامر|القواعد|السابقة|تعليمات)',
  '(دستور|قوانین)[^.]{0,50}(نادیده|فراموش)',
  '(निर्देश|नियम|आदेश)[^।]{0,50}(अनदेखा|नज़रअंदाज़|भूल)',
  '(התעלם|שכח)[^.]{0,50}(הוראות|ההוראות|הנחיות|כללים|הקודמות)',
  '(αγνόησε|αγνοήστε|ξέχασε)[^.]{0,50}(οδηγίες|κανόνες|προηγούμεν)',
];

/** Marks of templates for models, of markup, of encodings, and of facts that are none. On the text as it stands. */
const SIGNS = [
  '(^|[\\n.!?;|>"\')\\]])\\s*(system|assistant|developer|human)\\s*:',
  '<\\|?/?(im_start|im_end|system|assistant|user|endoftext|inst|facts?|s)\\b',
  '\\[/?inst\\]|<<sys>>|#{2,}\\s*(instruction|system|response|human|assistant|new)',
  '!\\[|\\]\\(|<[/!]?[a-z][^>]*>|`{3}|javascript:|data:[a-z]+/',
  '(%[0-9a-f]{2}){4,}|(\\\\u[0-9a-f]{4}){3,}|(\\\\x[0-9a-f]{2}){4,}|(&#x?[0-9a-f]+;){3,}',
  '\\b([0-9a-f]{2}[ :]){8,}|\\b[01]{8}( [01]{8}){3,}|(^| )[.\\-]{1,6}( [.\\-/]{1,6}){8,}',
  '\\b(goal|churn|focus|trend|feature|content|activity|value|standing|streak|segment|pattern|next|recent)\\d+\\b',
  '\\bfacts?\\s*\\d*\\s*[:=]',
  '\\{\\{|\\$\\{|<%|-{3,}\\s*(end|begin|system)|={3,}\\s*(end|begin|system)',
];

/** Texts are folded before, which is faster than flags. */
const compiled = (sources: readonly string[], flags = ''): RegExp[] =>
  sources.map((source) => new RegExp(source.normalize('NFKC'), flags));

const english = compiled(ENGLISH);
const latin = compiled([...ENGLISH, ...LATIN]);
const others = compiled(OTHER_SCRIPTS);
const signs = compiled(SIGNS, 'i');

const JOINED =
  /[\u200C\u200D](?=[\p{Script=Arabic}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Sinhala}\p{Extended_Pictographic}\p{M}])/gu;
const INVISIBLE = /\p{Cf}|[\u{E0000}-\u{E0FFF}]|\u3164|\u115F/u;

/** Characters that nobody sees. Joiners are a part of Persian, of Indian scripts and of emoji: they may stay there. */
export const hasInvisible = (text: string): boolean => INVISIBLE.test(text.replace(JOINED, ''));

/** A run as machines write them: upper and lower case and digits mixed, or padded. */
const looksEncoded = (text: string): boolean =>
  (text.match(/[A-Za-z0-9+/_-]{20,}={0,2}/g) ?? []).some(
    (run) =>
      /=$/.test(run) ||
      (/[a-z]/.test(run) &&
        /[A-Z]/.test(run) &&
        (/\d/.test(run) || (run.match(/[a-z][A-Z]/g) ?? []).length > 4)),
  );

const some = (patterns: readonly RegExp[], text: string): boolean =>
  patterns.some((pattern) => pattern.test(text));

/** Whether a text reads like an instruction to a model: phrases in some twenty languages, role tags, disguises. */
export const readsLikeInstruction = (text: string): boolean => {
  const folded = foldLetters(text);
  return (
    some(latin, folded) ||
    some(others, foldCase(text)) ||
    disguises(folded).some((disguised) => disguised !== folded && some(english, disguised))
  );
};

/**
 * Whether a user's text is kept from the model: it reads like an instruction, or holds what a plain title does not (markup,
 * invisible characters, encoded blobs, what looks like a fact). Says too much rather than too little: the fact itself stays.
 */
export const isHostile = (text: string): boolean =>
  hasInvisible(text) ||
  looksEncoded(text) ||
  some(signs, text.normalize('NFKC')) ||
  readsLikeInstruction(text);
