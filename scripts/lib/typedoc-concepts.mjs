import { Comment, CommentTag, Converter, ReflectionKind } from 'typedoc';

/**
 * A folder is a concept: the reference lists what a package exports by the folder of its source.
 *
 * @param {import('typedoc').Application} app
 */
export function load(app) {
  /** @type {Map<import('typedoc').DeclarationReflection, string>} */
  const concepts = new Map();
  app.converter.on(Converter.EVENT_CREATE_DECLARATION, (context, reflection) => {
    if (!reflection.parent?.kindOf(ReflectionKind.SomeModule | ReflectionKind.Project)) return;
    const file = context.getSymbolFromReflection(reflection)?.declarations?.[0]?.getSourceFile().fileName ?? '';
    const folder = /\/src\/([^/]+)\//.exec(file)?.[1];
    if (folder !== undefined) concepts.set(reflection, inWords(folder));
  });
  app.converter.on(Converter.EVENT_RESOLVE_BEGIN, () => {
    for (const [reflection, concept] of concepts) {
      // a function's comments are those of its signatures; what has none is to be found by the validation
      if (reflection.signatures?.every((signature) => signature.comment)) reflection.comment ??= new Comment();
      reflection.comment?.blockTags.push(new CommentTag('@category', [{ kind: 'text', text: concept }]));
    }
    concepts.clear();
  });
}

const ACRONYMS = ['a2c', 'a3c', 'onnx', 'ppo'];

/** @param {string} folder - `cart-pole`, which is `Cart pole` */
function inWords(folder) {
  const words = folder.replaceAll('-', ' ');
  return ACRONYMS.includes(words) ? words.toUpperCase() : `${words[0]?.toUpperCase()}${words.slice(1)}`;
}
