"""Movements: slices, padding, permutation, repetition, blocks of pixels, im2col, concatenation, gather and scatter."""
import math

import torch
import torch.nn.functional as F


def numbers(values):
    return ','.join(str(v) for v in values)


def moves(case, f, shape, terms=0):
    """terms: how many elements of y at most are one of x."""
    x = case.input('x', shape)
    case.multilinear(f, {'y': 0, 'dx': terms}, x=x)


def slices(family):
    for shape, axis, start, end, step in [((7,), 0, 1, 6, 2), ((3, 9), -1, -4, 9, 1), ((2, 3, 5), 1, 0, 1, 1),
                                          ((2, 19, 4), 1, 2, 19, 5)]:
        case = family.case('slice', axis=axis, start=start, end=end, step=step)
        index = [slice(None)] * len(shape)
        index[axis] = slice(start, end, step)
        moves(case, lambda x, index=index: x[tuple(index)], shape)
    for shape, axes in [((5,), (0,)), ((2, 3, 4), (0, 2)), ((2, 3, 4, 17), (-1, -2))]:
        moves(family.case('flip', axes=numbers(axes)), lambda x, axes=axes: x.flip(axes), shape)
    for shape, sizes in [((2, 3, 9), (4,)), ((1, 2, 8, 7), (3, 7)), ((1, 2, 4, 5, 6), (1, 3, 2))]:
        index = (slice(None), slice(None)) + tuple(
            slice((n - s) // 2, (n - s) // 2 + s) for n, s in zip(shape[2:], sizes))
        moves(family.case('center-crop', sizes=numbers(sizes)), lambda x, index=index: x[index], shape)
    for shape, diagonal in [((4, 4), 0), ((2, 3, 7), 2), ((1, 2, 6, 3), -1)]:
        moves(family.case('triangle', upper=True, diagonal=diagonal), lambda x, d=diagonal: x.triu(d), shape)
        moves(family.case('triangle', upper=False, diagonal=diagonal), lambda x, d=diagonal: x.tril(d), shape)


def pads(family):
    modes = {'EDGE': 'replicate', 'REFLECT': 'reflect', 'WRAP': 'circular'}
    for shape, before, after in [((2, 3, 5), (0, 0, 2), (0, 0, 4)), ((1, 2, 4, 6), (0, 0, 3, 1), (0, 0, 0, 5)),
                                 ((1, 1, 3, 4, 5), (0, 0, 1, 2, 3), (0, 0, 2, 1, 4))]:
        pairs = [p for b, a in reversed(list(zip(before[2:], after[2:]))) for p in (b, a)]
        for ours, theirs in modes.items():
            case = family.case('pad', mode=ours, before=numbers(before), after=numbers(after))
            moves(case, lambda x, pairs=pairs, m=theirs: F.pad(x, pairs, mode=m), shape,
                  terms=math.prod(b + a + 1 for b, a in zip(before, after)))
    for shape, before, after in [((5,), (2,), (1,)), ((2, 3, 4), (1, 0, -1), (0, 2, 3)), ((1, 2, 3, 9), (0, 0, 1, -2), (0, 0, 1, -3))]:
        pairs = [p for b, a in reversed(list(zip(before, after))) for p in (b, a)]
        case = family.case('pad', mode='ZERO', before=numbers(before), after=numbers(after))
        moves(case, lambda x, pairs=pairs: F.pad(x, pairs), shape)


def orders(family):
    for shape, order in [((3, 5), (1, 0)), ((2, 17, 5), (0, 2, 1)), ((2, 3, 4, 5), (0, 2, 3, 1)), ((2, 3, 4, 5), (3, 2, 1, 0)),
                         ((2, 1, 3, 2, 4), (4, 0, 3, 1, 2))]:
        moves(family.case('permute', order=numbers(order)), lambda x, o=order: x.permute(o), shape)
    for shape, to in [((2, 3, 4), (6, 4)), ((6,), (1, 2, 3, 1))]:
        moves(family.case('reshape', to=numbers(to)), lambda x, to=to: x.reshape(to), shape)
    for shape, axis in [((2, 3, 4, 5), 1), ((2, 3, 4), 2)]:
        moves(family.case('flatten', axis=axis), lambda x, a=axis: x.flatten(a), shape)
    for shape, to in [((3, 1), (3, 5)), ((4,), (2, 3, 4)), ((1, 5, 1, 1), (2, 5, 3, 7)), ((2, 1, 19), (2, 6, 19))]:
        moves(family.case('expand', to=numbers(to)), lambda x, to=to: x.expand(to), shape,
              terms=math.prod(to) // math.prod(shape))
    for shape, repeats in [((3,), (4,)), ((2, 3), (1, 5)), ((2, 1, 17), (3, 2, 2))]:
        moves(family.case('tile', repeats=numbers(repeats)), lambda x, r=repeats: x.repeat(r), shape, terms=math.prod(repeats))


def images(family):
    for shape, block in [((2, 8, 3, 5), 2), ((1, 9, 2, 17), 3)]:
        moves(family.case('depth-to-space', block=block), lambda x, b=block: F.pixel_shuffle(x, b), shape)
    for shape, block in [((2, 2, 6, 4), 2), ((1, 1, 3, 9), 3)]:
        moves(family.case('space-to-depth', block=block), lambda x, b=block: F.pixel_unshuffle(x, b), shape)
    for shape, groups in [((2, 6, 5, 3), 3), ((1, 12, 2, 2), 2)]:
        def shuffled(x, g=groups):
            n, c, h, w = x.shape
            return x.reshape(n, g, c // g, h, w).transpose(1, 2).reshape(n, c, h, w)
        moves(family.case('channel-shuffle', groups=groups), shuffled, shape)
    for shape, kernel, stride, dilation, padding in [((2, 3, 5, 6), (3, 2), (1, 1), (1, 1), (0, 0)),
                                                     ((1, 2, 7, 9), (3, 3), (2, 1), (1, 2), (1, 2)),
                                                     ((1, 1, 4, 4), (2, 2), (3, 3), (1, 1), (0, 0)),
                                                     ((2, 4, 3, 17), (1, 4), (1, 2), (1, 3), (2, 5))]:
        text = {'kernel': numbers(kernel), 'stride': numbers(stride), 'dilation': numbers(dilation), 'padding': numbers(padding)}
        more = dict(dilation=dilation, padding=padding, stride=stride)
        moves(family.case('im2col', **text), lambda x: F.unfold(x, kernel, **more), shape, terms=math.prod(kernel))
        columns = F.unfold(torch.zeros(shape), kernel, **more).shape
        case = family.case('col2im', image=numbers(shape), **text)
        x = case.input('x', columns)
        case.multilinear(lambda x: F.fold(x, shape[2:], kernel, **more), {'y': math.prod(kernel), 'dx': 0}, x=x)


def parts(family):
    for shapes, axis in [(((2, 3), (2, 5)), 1), (((1, 2, 3), (4, 2, 3)), 0), (((2, 3, 4, 5), (2, 17, 4, 5)), 1)]:
        case = family.case('concat', axis=axis)
        a, b = case.input('a', shapes[0]), case.input('b', shapes[1])
        case.multilinear(lambda a, b: torch.cat([a, b], axis), {'y': 0, 'da': 0, 'db': 0}, a=a, b=b)
    for shape, axis, sizes in [((7,), 0, (3, 4)), ((2, 9, 3), 1, (1, 8)), ((2, 3, 20), -1, (17, 3))]:
        case = family.case('split', axis=axis, sizes=numbers(sizes))
        x = case.input('x', shape)
        ys = x.split(sizes, axis)
        dys = [case.input(f'dy{i}', y.shape) for i, y in enumerate(ys)]
        for i, y in enumerate(ys):
            case.output(f'y{i}', y, 0)
        case.gradients(sum((y * dy).sum() for y, dy in zip(ys, dys)), torch.ones(()).double(), 0, dx=x)


def indexed(family):
    for shape, axis, picked in [((5,), 0, (7,)), ((4, 6), 1, (3, 2)), ((3, 19), 0, (8,)), ((2, 3, 4, 5), -2, (6,))]:
        case = family.case('gather', axis=axis, picked=numbers(picked))
        n = math.prod(picked)
        index = case.draw('indices', n, shape[axis])
        before = shape[:axis % len(shape)]
        after = shape[axis % len(shape) + 1:]
        moves(case, lambda x: x.index_select(axis, index).reshape(before + picked + after), shape, terms=n)
    for shape, axis, picked in [((6,), 0, (9,)), ((4, 5), 0, (7, 3)), ((4, 5), 1, (2, 8)), ((3, 4, 17), -2, (3, 6, 17))]:
        case = family.case('gather-elements', axis=axis, picked=numbers(picked))
        index = case.draw('indices', math.prod(picked), shape[axis]).reshape(picked)
        moves(case, lambda x: x.gather(axis, index), shape, terms=picked[axis])
        for add in (False, True):
            case = family.case('scatter-elements', axis=axis, picked=numbers(picked), add=add)
            n = math.prod(picked)
            if add:
                index = case.draw('indices', n, shape[axis]).reshape(picked)
            else:  # no element twice: which one stays PyTorch leaves open
                small = list(picked)
                small[axis] = min(small[axis], shape[axis])
                along = torch.arange(small[axis]).flip(0)
                view = [1] * len(small)
                view[axis] = small[axis]
                index = case.ints('indices', along.reshape(view).expand(small).reshape(-1)).reshape(small)
            x, u = case.input('x', shape), case.input('u', index.shape)
            f = (lambda x, u: x.scatter_add(axis, index, u)) if add else (lambda x, u: x.scatter(axis, index, u))
            case.multilinear(f, {'y': picked[axis] if add else 0, 'dx': 0, 'du': 0}, x=x, u=u)
    for shape, tuples, length in [((5, 3), 4, 1), ((3, 4, 6), 7, 2), ((2, 3, 4), 9, 3)]:
        case = family.case('gather-nd', tuples=tuples, length=length)
        index = case.draw('indices', tuples * length, min(shape[:length])).reshape(tuples, length)
        moves(case, lambda x: x[tuple(index.T)], shape, terms=tuples)
        case = family.case('scatter-nd', tuples=tuples, length=length)
        index = case.draw('indices', tuples * length, min(shape[:length])).reshape(tuples, length)
        x, u = case.input('x', shape), case.input('u', (tuples,) + shape[length:])
        case.multilinear(lambda x, u: x.index_put(tuple(index.T), u, accumulate=True), {'y': tuples, 'dx': 0, 'du': 0}, x=x, u=u)
    for n, depth in [(5, 4), (1, 1), (12, 20)]:
        case = family.case('one-hot', depth=depth)
        index = case.draw('indices', n, depth)
        case.output('y', F.one_hot(index, depth).double(), 0)


def cases(family):
    slices(family)
    pads(family)
    orders(family)
    images(family)
    parts(family)
    indexed(family)
