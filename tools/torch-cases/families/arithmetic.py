"""Arithmetic: functions of one and two tensors with broadcasting, where, reductions, selections, cumulative sums, matmul."""
import torch

# A shape and the other's, in turn in both orders: equal, a number, rows, columns, both, vectors against longer axes.
PAIRS = [((3, 5), (3, 5)), ((2, 3, 4), ()), ((3, 20), (20,)), ((2, 3, 1), (3, 4)), ((2, 3, 4, 5), (1, 3, 1, 1)), ((70, 3), (70, 1))]

# The operation, PyTorch's function, and the intervals of a and of b: nowhere near a jump or a pole.
BINARY = [
    ('ADD', torch.add, (-2, 2), (-2, 2)), ('SUB', torch.sub, (-2, 2), (-2, 2)), ('MUL', torch.mul, (-2, 2), (-2, 2)),
    ('DIV', torch.div, (-2, 2), (0.5, 3)), ('MIN', torch.minimum, (-2, 2), (-2, 2)), ('MAX', torch.maximum, (-2, 2), (-2, 2)),
    ('POW', torch.pow, (0.25, 3), (-2, 2)),
]
EXACT = [
    ('EQUAL', torch.eq), ('NOT_EQUAL', torch.ne), ('LESS', torch.lt), ('LESS_OR_EQUAL', torch.le), ('GREATER', torch.gt),
    ('GREATER_OR_EQUAL', torch.ge), ('AND', torch.logical_and), ('OR', torch.logical_or), ('XOR', torch.logical_xor),
    ('FMOD', torch.fmod), ('MOD', torch.remainder),
]
UNARY = [
    ('ABS', torch.abs, (-3, 3)), ('NEG', torch.neg, (-3, 3)), ('SIGN', torch.sign, (-3, 3)), ('SQUARE', torch.square, (-3, 3)),
    ('SQRT', torch.sqrt, (0.25, 4)), ('RSQRT', torch.rsqrt, (0.25, 4)), ('RECIPROCAL', torch.reciprocal, (0.25, 4)),
    ('EXP', torch.exp, (-3, 3)), ('LOG', torch.log, (0.25, 4)), ('SIN', torch.sin, (-30, 30)), ('COS', torch.cos, (-30, 30)),
    ('ERF', torch.erf, (-3, 3)), ('FLOOR', torch.floor, (-3, 3)), ('CEIL', torch.ceil, (-3, 3)), ('ROUND', torch.round, (-3, 3)),
]
OVER = [((7,), (0,)), ((5, 300), (1,)), ((5, 300), (0,)), ((30, 7, 7), (1, 2)), ((3, 4, 5), (0, 2)), ((2, 3, 4, 3), (1,))]
REDUCE = [
    ('SUM', lambda x, d, k: x.sum(d, k)), ('MEAN', lambda x, d, k: x.mean(d, k)), ('MAX', lambda x, d, k: x.amax(d, k)),
    ('MIN', lambda x, d, k: x.amin(d, k)), ('L1', lambda x, d, k: x.abs().sum(d, k)),
    ('L2', lambda x, d, k: torch.linalg.vector_norm(x, 2, d, k)), ('SUM_OF_SQUARES', lambda x, d, k: (x * x).sum(d, k)),
    ('LOG_SUM_EXP', lambda x, d, k: torch.logsumexp(x, d, k)),
]
MATMUL = [
    ((3,), (3,)), ((2, 3), (3,)), ((3,), (3, 4)), ((5, 2, 3), (3, 4)), ((5, 2, 3), (5, 3, 4)), ((2, 3), (5, 3, 4)),
    ((2, 1, 3, 4), (3, 4, 2)), ((3,), (5, 3, 4)), ((17, 40), (40, 33)),
]


def between(case, name, shape, interval):
    low, high = interval
    return case.input(name, shape, scale=float(high - low), shift=(low + high) / 2)


def binary(family):
    for op, f, of_a, of_b in BINARY:
        for i, pair in enumerate(PAIRS):
            first, second = pair if i % 2 == 0 else pair[::-1]
            case = family.case('binary', f=op)
            a, b = between(case, 'a', first, of_a), between(case, 'b', second, of_b)
            y = f(a, b)
            case.output('y', y, 4)
            dy = case.input('dy', y.shape)
            # An element comes in at most 8 roundings of at most SLOPE |dy|, and n of them are added.
            slope = 130.0 if op == 'POW' else 8.0  # |b| a^(b - 1) and |log a| a^b where a >= 1/4, |b| <= 2
            n = {'da': y.numel() // a.numel(), 'db': y.numel() // b.numel()}
            case.gradients(
                y, dy, {k: v + 8 for k, v in n.items()}, {k: slope * dy.abs().max() * v for k, v in n.items()}, da=a, db=b)
    for op, f in EXACT:
        for rows in [4, 1]:
            case = family.case('exact', f=op)
            a = case.values('a', (4, 5), [(i * 7 % 11 - 5) * 0.5 for i in range(20)])
            values = [(i * 5 % 7 - 3) * 0.5 for i in range(rows * 5)]
            b = case.values('b', (rows, 5), [v or 1.5 for v in values] if 'MOD' in op else values)
            case.output('y', f(a, b).double(), 0)


def residual(family):
    for shape in [(2, 3, 5, 5), (1, 70)]:
        case = family.case('add-relu')
        a, b = case.input('a', shape), case.input('b', shape)
        y = torch.relu(a + b)
        case.output('y', y, 1)
        case.gradients(y, case.input('dy', shape), 0, da=a, db=b)


def unary(family):
    for op, f, interval in UNARY:
        for shape in [(5,), (3, 4, 7)]:
            case = family.case('unary', f=op)
            x = between(case, 'x', shape, interval)
            y = f(x)
            case.output('y', y, 4)
            case.gradients(y, case.input('dy', shape), 12, dx=x)
    for shape in [(9,), (2, 20)]:
        case = family.case('clip', min=-0.5, max=0.75)
        x = case.input('x', shape)
        y = torch.clamp(x, -0.5, 0.75)
        case.output('y', y, 0)
        case.gradients(y, case.input('dy', shape), 0, dx=x)


def where(family):
    for c, a, b in [((3, 4), (3, 4), (3, 4)), ((3, 1), (4,), (3, 4)), ((2, 3, 4), (), (1, 3, 1))]:
        case = family.case('where')
        condition = case.values('condition', c, [i * 5 % 3 for i in range(torch.Size(c).numel())])
        left, right = case.input('a', a), case.input('b', b)
        y = torch.where(condition != 0, left, right)
        case.output('y', y, 0)
        dy = case.input('dy', y.shape)
        case.gradients(y, dy, y.numel(), dy.abs().sum(), da=left, db=right)


def reductions(family):
    for op, f in REDUCE:
        for i, (shape, axes) in enumerate(OVER):
            keep = i % 2 == 0
            case = family.case('reduce', f=op, axes=','.join(map(str, axes)), keep=str(keep).lower())
            x = case.input('x', shape, scale=4.0)
            y = f(x, axes, keep)
            case.output('y', y, x.numel() // y.numel() + 20, f(x.detach().abs(), axes, True).abs().max() + 1)
            dy = case.input('dy', y.shape)
            case.gradients(y, dy, 24, 4 * dy.abs().max(), dx=x)
    for shape, axis in [((4,), 0), ((3, 6), 1), ((5, 3), 0)]:
        case = family.case('reduce', f='PROD', axes=axis, keep='false')
        x = between(case, 'x', shape, (0.5, 2))
        y = x.prod(axis)
        case.output('y', y, 1)
        case.gradients(y, case.input('dy', y.shape), 4, dx=x)
    case = family.case('reduce', f='PROD', axes=1, keep='false')  # one zero a row, and two
    x = case.values('x', (3, 3), [2, 3, 4, 2, 0, 4, 0, 0, 4])
    y = x.prod(1)
    case.output('y', y, 0)
    case.gradients(y, case.input('dy', (3,)), 4, dx=x)
    case = family.case('reduce', f='MAX', axes=1, keep='true')  # equal ones share the gradient
    x = case.values('x', (2, 4), [1, 3, 3, 2, 5, 5, 5, 0])
    y = x.amax(1, True)
    case.output('y', y, 0)
    case.gradients(y, case.input('dy', (2, 1)), 2, dx=x)


def selections(family):
    for shape, axis in [((9,), 0), ((4, 30), 1), ((6, 20), 0), ((2, 5, 7), 1)]:
        for op in ['argmax', 'argmin']:
            case = family.case(op, axis=axis)
            x = case.input('x', shape)
            case.output('indices', getattr(torch, op)(x, axis).double(), 0)
        for largest in [True, False]:
            case = family.case('top-k', axis=axis, k=3, largest=str(largest).lower())
            x = case.input('x', shape)
            values, indices = torch.topk(x, 3, axis, largest)
            case.output('values', values, 0)
            case.output('indices', indices.double(), 0)
            case.gradients(values, case.input('dy', values.shape), 0, dx=x)


def cumulative_sum(axis, reverse):
    def turned(x):
        return x.flip(axis) if reverse else x
    return lambda x: turned(torch.cumsum(turned(x), axis))


def linear(family):
    for shape, axis in [((9,), 0), ((3, 40), 1), ((30, 17), 0), ((2, 5, 7), 1)]:
        for reverse in [False, True]:
            case = family.case('cumulative-sum', axis=axis, reverse=str(reverse).lower())
            n = shape[axis] + 2
            case.multilinear(cumulative_sum(axis, reverse), {'y': n, 'dx': n}, x=case.input('x', shape))
    for left, right in MATMUL:
        case = family.case('matmul')
        a, b = case.input('a', left), case.input('b', right)
        n = torch.matmul(a, b).numel() + 2
        case.multilinear(torch.matmul, {'y': left[-1] + 2, 'da': n, 'db': n}, a=a, b=b)


def cases(family):
    binary(family)
    residual(family)
    unary(family)
    where(family)
    reductions(family)
    selections(family)
    linear(family)
