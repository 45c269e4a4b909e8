"""Peer: four 3x3 stride-2 convolutions of 32 filters with ELU and a linear layer behind them, on one thread of PyTorch.

Reads one request in JSON a line and answers each with one line:
  {"weights": [...], "inputs": ..., "actions": [...], "gradients": true}   float32 arrays in base64; once, at first; answers true
  {"run": N}                                              does the work N times; answers the seconds it took
  {"outcome": true}                                       the norms of all gradients, or the logits without them
The work: forward and, with gradients, the backward pass of the sum over the rows of -log pi(action).
"""
import base64
import json
import sys
import time

import numpy
import torch
import torch.nn.functional as F

torch.set_num_threads(1)


def floats(text, *shape):
    return torch.from_numpy(numpy.frombuffer(base64.b64decode(text), "<f4").reshape(shape).copy())


class Work:
    def __init__(self, weights, inputs, actions, gradients):
        self.gradients = gradients
        self.rows = len(actions)
        self.actions = torch.tensor(actions)
        # images come as [rows, height, width, 1]: with one channel that is PyTorch's order too
        self.x = floats(inputs, self.rows, 1, 80, 80)
        self.params = []
        for i in range(4):
            channels = 1 if i == 0 else 32
            # [kernel, kernel, channels, filters] -> [filters, channels, kernel, kernel]
            self.params.append(floats(weights[2 * i], 3, 3, channels, 32).permute(3, 2, 0, 1).contiguous())
            self.params.append(floats(weights[2 * i + 1], 32))
        # features in the order [height, width, filters] -> [filters, height, width]
        dense = floats(weights[8], 5, 5, 32, 6).permute(3, 2, 0, 1).reshape(6, 800).contiguous()
        self.params += [dense, floats(weights[9], 6)]
        for p in self.params:
            p.requires_grad_(gradients)

    def forward(self):
        x = self.x
        for i in range(4):
            x = F.elu(F.conv2d(x, self.params[2 * i], self.params[2 * i + 1], 2, 1))
        return F.linear(x.flatten(1), self.params[8], self.params[9])

    def once(self):
        if not self.gradients:
            with torch.no_grad():
                return self.forward()
        for p in self.params:
            p.grad = None
        F.cross_entropy(self.forward(), self.actions, reduction="sum").backward()

    def run(self, times):
        start = time.perf_counter()
        for _ in range(times):
            self.once()
        return time.perf_counter() - start

    def outcome(self):
        return [p.grad.norm().item() for p in self.params] if self.gradients else self.once().flatten().tolist()


work = None
for line in sys.stdin:
    request = json.loads(line)
    if "weights" in request:
        work, answer = Work(**request), True
    else:
        answer = work.run(request["run"]) if "run" in request else work.outcome()
    print(json.dumps(answer), flush=True)
