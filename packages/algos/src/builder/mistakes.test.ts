import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { expect, test } from 'vitest';

const file = fileURLToPath(new URL('../../fixtures/mistakes.ts', import.meta.url));

/** What the compiler says about each statement that it refuses, by the statement's text: the first sentence of every error. */
function complaints(): Map<string, string> {
  const root = fileURLToPath(new URL('../../../../tsconfig.base.json', import.meta.url));
  const { options } = ts.parseJsonConfigFileContent(
    ts.readConfigFile(root, ts.sys.readFile).config,
    ts.sys,
    fileURLToPath(new URL('../../../..', import.meta.url)),
  );
  const program = ts.createProgram([file], { ...options, noErrorTruncation: true });
  const source = program.getSourceFile(file)!;
  const found = new Map<string, string>();
  for (const { start = 0, messageText } of program.getSemanticDiagnostics(source)) {
    const statement = source.statements.find((candidate) => candidate.end > start)!;
    const sentence = ts.flattenDiagnosticMessageText(messageText, '\n').split('\n')[0]!;
    const text = statement.getText(source).replace(/\n\s*/g, '');
    found.set(text, found.has(text) ? `${found.get(text)}\n${sentence}` : sentence);
  }
  return found;
}

const composeError = (sentence: string) =>
  expect.stringMatching(new RegExp(`^Argument of type .* parameter of type 'ComposeError<${literally(sentence)}>'\\.$`));
const missing = (sentence: string) => expect.stringMatching(new RegExp(`^The 'this' context of type .* 'this' of type '${literally(sentence)}'\\.$`));
const literally = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

test('each mistaken composition is refused with a sentence that says why', () => {
  expect([...complaints()]).toEqual([
    [
      'reinforce().env(cartPole()).policy(diagonalGaussian({ network: mlp([64]) }));',
      composeError('"diagonalGaussian acts on Box spaces; this environment takes Discrete<2>"'),
    ],
    [
      'reinforce().env(swingUp()).policy(categorical({ network: mlp([64]) }));',
      composeError('"categorical acts on Discrete spaces; this environment takes Box<[1]>"'),
    ],
    [
      'reinforce().env(game).policy(bernoulli({ network: conv([]) }));',
      composeError('"bernoulli acts on Discrete<2> spaces; this environment takes Discrete<3>"'),
    ],
    [
      'reinforce().env(swingUp()).policy(bernoulli({ network: mlp([64]) }));',
      composeError('"bernoulli acts on Discrete<2> spaces; this environment takes Box<[1]>"'),
    ],
    [
      'reinforce().env(pixels).policy(categorical({ network: mlp([64]) }));',
      composeError('"categorical cannot read observations of Box<[80, 80, 4]>; its network expects Box<[number]>"'),
    ],
    [
      'reinforce().env(cartPole()).policy(categorical({ network: conv([]) }));',
      composeError('"categorical cannot read observations of Box<[4]>; its network expects Box<[number, number, number]>"'),
    ],
    [
      'a2c().env(cartPole()).policy(categorical({ network: mlp([64]) }));',
      composeError('"this algorithm needs a critic; categorical has none (use actorCritic or actorCriticLstm)"'),
    ],
    [
      'ppo().env(cartPole()).policy(actorCriticLstm({ encoder: mlp([64]), units: 8 }));',
      composeError('"this algorithm cannot train memories; actorCriticLstm has one (use actorCritic, or a2c)"'),
    ],
    ['reinforce().policy(categorical({ network: mlp([64]) }));', composeError('"call .env() before .policy()"')],
    ['a2c().env(cartPole()).build({ seed: 1 });', composeError('"call .policy() before .build()"')],
    ['a2c().build({ seed: 1 });', composeError('"call .env() before .build()"')],
    ['cartPole().pipe(grayscale());', expect.stringContaining('is not assignable to parameter of type \'(space: Box<readonly [4], "float32">')],
    [
      'a2c().env(cartPole()).policy(actorCritic({ encoder: mlp([64]) })).options({ gama: 0.9 });',
      "Object literal may only specify known properties, but 'gama' does not exist in type 'Partial<A2cOptions>'. Did you mean to write 'gamma'?",
    ],
    [
      'reinforce().options({ episodesPerUpdat: 8 });',
      "Object literal may only specify known properties, but 'episodesPerUpdat' does not exist in type 'Partial<ReinforceOptions>'. Did you mean to write 'episodesPerUpdate'?",
    ],
    [
      'reinforce().env(cartPole()).policy(categorical({ network: mlp([64]) })).build({});',
      expect.stringContaining("Argument of type '{}' is not assignable to parameter of type 'BuildOptions'"),
    ],
    ['reinforce().env(cartPole()).policy(categorical({ network: mlp([64]) })).build();', missing('ComposeError<"a seed is required: .build({ seed: 0 })">')],
    [
      'reinforce().env(cartPole()).policy(categorical({ network: mlp([64]) })).load();',
      missing(`ComposeError<"a checkpoint is required: .load('run.safetensors')">`),
    ],
    ['a2c().build();', missing('ComposeError<"call .env() before .build()">')],
    ['a2c().env(cartPole()).load();', missing('ComposeError<"call .policy() before .load()">')],
    // one sentence: that a seed is missing as well is for later
    [
      'a2c().env(cartPole()).policy(categorical({ network: mlp([8]) })).build();',
      composeError('"this algorithm needs a critic; categorical has none (use actorCritic or actorCriticLstm)"'),
    ],
    ['make();', missing(`"an id is required: make('CartPole-v1')"`)],
  ]);
});
