import { box, discrete } from '@pg/core';
import { layersModel, type TfLayersModel } from '@pg/nn/tfjs';
import { actorCritic, categorical, createPolicy, loadPolicy } from '@pg/policies';
import * as tf from '@tensorflow/tfjs';
import { expectTypeOf, test } from 'vitest';

const actionSpace = discrete(2);
const model = tf.sequential();

test('any tf.LayersModel is taken, for observations of any number of axes', () => {
  expectTypeOf<tf.LayersModel>().toExtend<TfLayersModel>();
  expectTypeOf<tf.Sequential>().toExtend<TfLayersModel>();
  for (const shape of [[4] as const, [8, 8, 3] as const]) {
    createPolicy(categorical({ network: layersModel(model) }), { observationSpace: box({ shape, low: 0, high: 1 }), actionSpace });
  }
  createPolicy(actorCritic({ encoder: layersModel(model) }), { observationSpace: box({ shape: [4], low: 0, high: 1 }), actionSpace });
  void loadPolicy('file', { network: layersModel(model) });
});

test('but no choices, and nothing else', () => {
  // @ts-expect-error a model reads boxes
  createPolicy(categorical({ network: layersModel(model) }), { observationSpace: discrete(3), actionSpace });
  // @ts-expect-error a tensor is no model
  layersModel(tf.scalar(1));
});
