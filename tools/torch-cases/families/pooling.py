"""Poolings of sequences, images and volumes: windows that round up, norms, adaptive windows, unpooling."""
import random

import torch
import torch.nn.functional as F

AXES = 'dhw'
MAX = [F.max_pool1d, F.max_pool2d, F.max_pool3d]
AVG = [F.avg_pool1d, F.avg_pool2d, F.avg_pool3d]
ADAPTIVE_MAX = [F.adaptive_max_pool1d, F.adaptive_max_pool2d, F.adaptive_max_pool3d]
ADAPTIVE_AVG = [F.adaptive_avg_pool1d, F.adaptive_avg_pool2d, F.adaptive_avg_pool3d]
UNPOOL = [F.max_unpool1d, F.max_unpool2d, F.max_unpool3d]
CHANNELS = [1, 2, 3, 16, 17, 19]


def text(n, c, inputs, k, stride, padding, dilation, ceil):
    rank = len(inputs)
    axes = AXES[3 - rank:]
    sides = {'d': 'fk', 'h': 'tb', 'w': 'lr'}
    words = [f'n{n}', f'c{c}']
    for key, values in (('i', inputs), ('k', k), ('s', stride), ('d', dilation)):
        words += [f'{key}{a}{v}' for a, v in zip(axes, values)]
    words += [f'p{side}{p}' for a, p in zip(axes, padding) for side in sides[a]]
    return ' '.join(words + (['ceil'] if ceil else []))


def product(values):
    result = 1
    for v in values:
        result *= v
    return result


def window(rng, rank, dilated):
    """n, c, input, kernel, stride, padding, dilation with at least one output."""
    n, c = rng.choice([1, 2]), rng.choice(CHANNELS[:4] if rank == 3 else CHANNELS)
    k = [rng.randint(1, 3 if rank == 3 else 5) for _ in range(rank)]
    stride = [rng.randint(1, 3) for _ in range(rank)]
    dilation = [rng.randint(1, 2) if dilated else 1 for _ in range(rank)]
    padding = [rng.randint(0, v // 2) for v in k]
    inputs = [(kk - 1) * d + 1 + rng.randint(0, 4 if rank == 3 else 9) for kk, d in zip(k, dilation)]
    return n, c, inputs, k, stride, padding, dilation


def cases(family):
    rng = random.Random(5)
    for rank in (1, 2, 3):
        for number in range(14):
            max_pool(family, rank, number % 2 == 1, *window(rng, rank, True))
        for number in range(16):
            average_pool(family, rank, number % 2 == 1, number % 4 < 2, *window(rng, rank, False))
        for number in range(8):
            lp_pool(family, rank, [1, 2, 2, 3, 2.5][number % 5], *window(rng, rank, False))
        for _ in range(7):
            c = rng.choice(CHANNELS[:4] if rank == 3 else CHANNELS)
            inputs = [rng.randint(1, 5 if rank == 3 else 11) for _ in range(rank)]
            adaptive(family, rank, rng.choice([1, 2]), c, inputs, [rng.randint(1, 6) for _ in range(rank)])
        for _ in range(4):
            k = [rng.randint(1, 3) for _ in range(rank)]
            unpool(family, rank, rng.choice(CHANNELS), [v * rng.randint(1, 3) + rng.randint(0, v - 1) for v in k], k)
        global_pool(family, rank, 17, [3, 4, 5][:rank])


def max_pool(family, rank, ceil, n, c, inputs, k, stride, padding, dilation):
    case = family.case('max', shape=text(n, c, inputs, k, stride, padding, dilation, ceil))
    x = case.input('x', [n, c] + inputs)
    y, indices = MAX[rank - 1](x, k, stride, padding, dilation, ceil_mode=ceil, return_indices=True)
    case.output('y', y, 0)
    case.output('indices', indices, 0)
    dy = case.input('dy', y.shape)
    case.gradients(y, dy, product(k), magnitude=product(k), dx=x)


def average_pool(family, rank, ceil, counts, n, c, inputs, k, stride, padding, dilation):
    case = family.case('average', shape=text(n, c, inputs, k, stride, padding, dilation, ceil), countsPadding=counts)
    x = case.input('x', [n, c] + inputs)
    steps = product(k) + 2
    case.multilinear(lambda x: AVG[rank - 1](x, k, stride, padding, ceil, counts), {'y': steps, 'dx': steps}, x=x)


def norm(x, rank, p, k, stride, padding):
    powers = x.abs().pow(p)
    pad = [v for q in reversed(padding) for v in (q, q)]
    powers = F.pad(powers, pad)
    if rank == 1:  # PyTorch has no divisor for one axis
        return (F.avg_pool1d(powers, k, stride) * k[0]).pow(1 / p)
    return AVG[rank - 1](powers, k, stride, divisor_override=1).pow(1 / p)


def lp_pool(family, rank, p, n, c, inputs, k, stride, padding, dilation):
    """By definition; PyTorch's own lp_pool, which takes no padding, has to say the same where it applies."""
    case = family.case('lp', shape=text(n, c, inputs, k, stride, padding, dilation, False), p=float(p))
    x = case.input('x', [n, c] + inputs, shift=0.0 if p in (1, 2) else 1.25)
    y = norm(x, rank, p, k, stride, padding)
    if rank < 3 and not any(padding) and p != 1:
        theirs = (F.lp_pool1d(x, p, k[0], stride[0]) if rank == 1 else F.lp_pool2d(x, p, k, stride))
        assert torch.allclose(theirs, y, rtol=1e-12)
    area = product(k)
    case.output('y', y, area + 4)
    dy = case.input('dy', y.shape)
    sizes = x.detach().abs().requires_grad_()
    sums = torch.autograd.grad(norm(sizes, rank, p, k, stride, padding), sizes, dy.detach().abs())[0]
    case.gradients(y, dy, (area + 4) * p + area + 4, magnitude=sums, dx=x)


def adaptive(family, rank, n, c, inputs, out):
    shape = [n, c] + inputs
    case = family.case('adaptive-max', out=','.join(map(str, out)))
    x = case.input('x', shape)
    y, indices = ADAPTIVE_MAX[rank - 1](x, out, return_indices=True)
    case.output('y', y, 0)
    case.output('indices', indices, 0)
    dy = case.input('dy', y.shape)
    holders = product(v // i + 2 for v, i in zip(out, inputs))
    case.gradients(y, dy, holders, magnitude=holders, dx=x)
    case = family.case('adaptive-average', out=','.join(map(str, out)))
    x = case.input('x', shape)
    steps = product(inputs) + holders + 2
    case.multilinear(lambda x: ADAPTIVE_AVG[rank - 1](x, out), {'y': steps, 'dx': steps}, x=x)


def unpool(family, rank, c, inputs, k):
    """Windows that do not overlap: PyTorch leaves open which of two values at one place wins."""
    case = family.case('unpool', to=','.join(map(str, inputs)))
    taken = case.input('taken', [2, c] + inputs)
    values, indices = MAX[rank - 1](taken.detach(), k, return_indices=True)
    x = case.input('x', values.shape)
    case.ints('indices', indices.reshape(-1))
    y = UNPOOL[rank - 1](x, indices, k, output_size=inputs)
    case.output('y', y, 0)
    dy = case.input('dy', y.shape)
    case.gradients(y, dy, 0, dx=x)


def global_pool(family, rank, c, inputs):
    none, ones = [0] * rank, [1] * rank
    max_pool(family, rank, False, 2, c, inputs, inputs, ones, none, ones)
    average_pool(family, rank, False, True, 2, c, inputs, inputs, ones, none, ones)
    lp_pool(family, rank, 2, 2, c, inputs, inputs, ones, none, ones)
