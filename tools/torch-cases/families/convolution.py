"""Convolutions and transposed ones along 1, 2 and 3 axes, and their gradients."""
import torch
import torch.nn.functional as F

AXES = {1: 'w', 2: 'hw', 3: 'dhw'}


def sizes(key, values):
    return ''.join(f' {key}{axis}{v}' for axis, v in zip(AXES[len(values)], values))


def sides(padding):
    names = {1: [('pl', 'pr')], 2: [('pt', 'pb'), ('pl', 'pr')], 3: [('pf', 'pk'), ('pt', 'pb'), ('pl', 'pr')]}
    return ''.join(f' {a}{p} {b}{p}' for (a, b), p in zip(names[len(padding)], padding))


def shape(n, ic, inputs, oc, k, stride, padding, dilation, groups, more=''):
    return (f'n{n} ic{ic}{sizes("i", inputs)} oc{oc}{sizes("k", k)}{sizes("s", stride)}{sizes("d", dilation)}'
            f'{sides(padding)} g{groups}{more}')


# n, ic, input, oc, kernel, stride, padding, dilation, groups
CONVS = [
    (1, 1, (1,), 1, (1,), (1,), (0,), (1,), 1),
    (2, 3, (11,), 4, (3,), (1,), (1,), (1,), 1),
    (1, 4, (17,), 6, (5,), (2,), (2,), (1,), 2),
    (3, 2, (13,), 17, (4,), (3,), (0,), (2,), 1),
    (1, 6, (9,), 6, (3,), (1,), (4,), (1,), 6),
    (2, 5, (8,), 3, (1,), (2,), (0,), (1,), 1),
    (1, 33, (7,), 18, (3,), (1,), (1,), (1,), 3),
    (1, 1, (1, 1), 1, (1, 1), (1, 1), (0, 0), (1, 1), 1),
    (2, 3, (7, 6), 5, (3, 3), (1, 1), (1, 1), (1, 1), 1),
    (1, 4, (9, 11), 17, (3, 3), (2, 2), (1, 1), (1, 1), 1),
    (1, 3, (12, 10), 8, (7, 7), (2, 2), (3, 3), (1, 1), 1),
    (2, 16, (5, 5), 33, (1, 1), (1, 1), (0, 0), (1, 1), 1),
    (1, 8, (6, 7), 8, (3, 3), (1, 1), (1, 1), (1, 1), 8),
    (2, 8, (9, 8), 16, (3, 3), (2, 1), (1, 1), (1, 1), 8),
    (1, 6, (8, 9), 9, (3, 2), (1, 2), (0, 1), (2, 1), 3),
    (1, 2, (10, 10), 3, (3, 3), (1, 1), (2, 2), (2, 2), 1),
    (1, 2, (3, 4), 3, (2, 3), (1, 1), (3, 4), (1, 1), 1),
    (1, 3, (5, 5), 4, (2, 2), (3, 3), (0, 0), (1, 1), 1),
    (1, 40, (7, 7), 20, (3, 3), (1, 1), (1, 1), (1, 1), 1),
    (1, 2, (13, 1), 3, (5, 1), (1, 1), (2, 0), (1, 1), 1),
    (1, 1, (1, 1, 1), 1, (1, 1, 1), (1, 1, 1), (0, 0, 0), (1, 1, 1), 1),
    (2, 3, (4, 5, 6), 4, (3, 3, 3), (1, 1, 1), (1, 1, 1), (1, 1, 1), 1),
    (1, 4, (5, 6, 5), 6, (2, 3, 3), (2, 1, 2), (0, 1, 2), (1, 1, 1), 2),
    (1, 3, (4, 4, 4), 3, (3, 3, 3), (1, 1, 1), (1, 1, 1), (1, 1, 1), 3),
    (1, 2, (7, 5, 6), 17, (3, 1, 2), (1, 2, 1), (1, 0, 0), (2, 1, 3), 1),
    (1, 16, (3, 3, 3), 18, (1, 1, 1), (1, 1, 1), (0, 0, 0), (1, 1, 1), 1),
]

# n, ic, input, oc, kernel, stride, padding, dilation, groups, output padding
TRANSPOSED = [
    (1, 1, (1,), 1, (1,), (1,), (0,), (1,), 1, (0,)),
    (2, 3, (6,), 4, (3,), (2,), (1,), (1,), 1, (1,)),
    (1, 4, (5,), 6, (4,), (3,), (0,), (2,), 2, (2,)),
    (1, 17, (7,), 3, (2,), (2,), (0,), (1,), 1, (0,)),
    (1, 3, (5, 4), 5, (3, 3), (1, 1), (1, 1), (1, 1), 1, (0, 0)),
    (2, 4, (4, 5), 3, (2, 2), (2, 2), (0, 0), (1, 1), 1, (0, 0)),
    (1, 6, (5, 3), 4, (3, 4), (2, 3), (1, 0), (1, 1), 2, (1, 2)),
    (1, 8, (4, 4), 8, (3, 3), (2, 2), (1, 1), (1, 1), 8, (1, 1)),
    (1, 2, (6, 6), 17, (3, 2), (1, 2), (0, 1), (2, 2), 1, (0, 1)),
    (1, 3, (1, 1), 2, (4, 4), (1, 1), (0, 0), (1, 1), 1, (0, 0)),
    (1, 2, (3, 4, 3), 3, (2, 2, 2), (2, 2, 2), (0, 0, 0), (1, 1, 1), 1, (0, 0, 0)),
    (1, 4, (3, 2, 4), 6, (3, 3, 2), (1, 2, 2), (1, 1, 0), (1, 1, 1), 2, (0, 1, 0)),
]


def conv_steps(x, w, y, groups):
    area = int(torch.tensor(w.shape[2:]).prod())
    pixels = y[0, 0].numel() * y.shape[0]
    return {'y': w.shape[1] * area + 2, 'dx': w.shape[0] // groups * area + 2, 'dw': pixels + 2, 'db': pixels + 2}


def cases(family):
    functions = {1: F.conv1d, 2: F.conv2d, 3: F.conv3d}
    for n, ic, inputs, oc, k, stride, padding, dilation, groups in CONVS:
        case = family.case('conv', shape=shape(n, ic, inputs, oc, k, stride, padding, dilation, groups))
        x, w, b = case.input('x', (n, ic) + inputs), case.input('w', (oc, ic // groups) + k), case.input('b', (oc,))

        def f(x, w, b):
            return functions[len(k)](x, w, b, stride, padding, dilation, groups)

        case.multilinear(f, conv_steps(x, w, f(x, w, b), groups), x=x, w=w, b=b)

    functions = {1: F.conv_transpose1d, 2: F.conv_transpose2d, 3: F.conv_transpose3d}
    for n, ic, inputs, oc, k, stride, padding, dilation, groups, op in TRANSPOSED:
        more = sizes('op', op)
        case = family.case('transposed-conv', shape=shape(n, ic, inputs, oc, k, stride, padding, dilation, groups, more))
        x, w, b = case.input('x', (n, ic) + inputs), case.input('w', (ic, oc // groups) + k), case.input('b', (oc,))

        def f(x, w, b):
            return functions[len(k)](x, w, b, stride, padding, op, groups, dilation)

        area, pixels = w[0, 0].numel(), f(x, w, b)[0, 0].numel() * n
        steps = {'y': ic // groups * area + 2, 'dx': oc // groups * area + 2, 'dw': pixels + 2, 'db': pixels + 2}
        case.multilinear(f, steps, x=x, w=w, b=b)
