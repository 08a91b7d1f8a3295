"""Batch, group, instance, layer, root mean square and mean-variance norm, vectors' lengths, local response norm."""
import torch
import torch.nn.functional as F

EPSILON = 1e-3
IMAGES = [(4, 1), (3, 5), (3, 5, 7), (2, 3, 4, 5), (2, 17, 3, 2), (1, 3, 5, 5), (2, 2, 3, 4, 3), (1, 33, 4)]
GROUPS = [((2, 6), 3), ((2, 6, 5), 3), ((1, 4, 3, 3), 2), ((2, 4, 3, 5), 1), ((2, 33, 7), 3), ((1, 4, 2, 3, 3), 4)]
ROWS = [((7,), 0), ((3, 5), 1), ((3, 17), 1), ((2, 3, 19), 2), ((2, 3, 4, 5), 1), ((2, 3, 4, 5), 2), ((5, 4), 0)]
LENGTHS = [((7,), 0), ((3, 5), 1), ((3, 5), 0), ((2, 17, 3, 3), 1), ((2, 3, 18), 2), ((2, 3, 4, 5), 2), ((2, 3, 2, 2, 3), 1)]
WINDOWS = [(1, 1.0, 0.75, 1.0), (2, 0.5, 0.75, 1.0), (3, 1.5, 0.5, 1.5), (5, 1e-1, 0.75, 2.0), (4, 0.7, 1.0, 1.0), (7, 2.0, 0.6, 1.0)]


def outputs(case, x, y, scale, groups, weight, bias):
    """y and the gradients. The mean is rounded, which costs |mean| · r; x minus it, r and what they are multiplied by follow.

    groups: how many elements share a gamma; scale: every r.
    """
    r = float(scale.detach().abs().max())
    hat = 1 + r * float(x.detach().abs().max())  # of |x - mean| · r
    gamma = 1.0 if weight is None else float(weight.detach().abs().max())
    beta = 0.0 if bias is None else float(bias.detach().abs().max())
    case.output('y', y, 16, hat * gamma + beta)
    dy = case.input('dy', y.shape)
    inputs = {'dx': x}
    magnitude = {'dx': r * hat * hat * gamma}
    if weight is not None:
        inputs.update(dgamma=weight, dbeta=bias)
        magnitude.update(dgamma=hat * groups, dbeta=float(groups))
    case.gradients(y, dy, 32, magnitude, **inputs)


def activate(f, v):
    return v if f == 'identity' else F.silu(v) if f == 'silu' else getattr(torch, f)(v)


def image_axes(x):
    return [0] + list(range(2, x.dim()))


def by_channel(t, x):
    return t.reshape([1, -1] + [1] * (x.dim() - 2))


def batch(family):
    for i, shape in enumerate(IMAGES):
        f = ['identity', 'relu', 'tanh', 'silu'][i % 4]
        case = family.case('batch-norm', epsilon=EPSILON, momentum=0.25, activation=f)
        x = case.input('x', shape, scale=4.0, shift=0.5)
        c = shape[1]
        gamma, beta = case.input('gamma', (c,)), case.input('beta', (c,))
        mean, variance = case.input('mean', (c,)), case.input('variance', (c,), shift=1.5)
        running = [mean.detach().clone(), variance.detach().clone()]
        v = F.batch_norm(x, *running, gamma, beta, training=True, momentum=0.25, eps=EPSILON)
        y = activate(f, v)
        scale = (x.var(image_axes(x), unbiased=False) + EPSILON).rsqrt()
        outputs(case, x, y, scale, x.numel() // c, gamma, beta)
        case.output('running-mean', running[0], 4, 4.0)
        case.output('running-variance', running[1], 4, 16.0)
        z = F.batch_norm(x, mean.detach(), variance.detach(), gamma, beta, training=False, eps=EPSILON)
        case.output('inference', z, 16, 1 + 4 / 0.7)
        fz = activate(f, z)
        dz = case.input('dz', shape)
        bend = 1 + 4 / 0.7 if f in ('tanh', 'silu') else 1.0  # a bent slope takes over the error of what goes into it
        each = bend * x.numel() / c
        case.gradients(fz, dz, 24, {'inference-dx': bend / 0.7, 'inference-dgamma': each * 4 / 0.7, 'inference-dbeta': each},
                       **{'inference-dx': x, 'inference-dgamma': gamma, 'inference-dbeta': beta})


def grouped(family):
    for shape, groups in GROUPS:
        case = family.case('group-norm', epsilon=EPSILON, groups=groups)
        x = case.input('x', shape, scale=4.0, shift=0.5)
        gamma, beta = case.input('gamma', (shape[1],)), case.input('beta', (shape[1],))
        y = F.group_norm(x, groups, gamma, beta, eps=EPSILON)
        scale = (x.reshape(shape[0], groups, -1).var(2, unbiased=False) + EPSILON).rsqrt()
        outputs(case, x, y, scale, x.numel() // shape[1], gamma, beta)
    for shape in [(2, 3, 5), (2, 17, 3, 3), (1, 2, 7, 5), (2, 2, 3, 2, 3)]:
        case = family.case('instance-norm', epsilon=EPSILON)
        x = case.input('x', shape, scale=4.0, shift=0.5)
        gamma, beta = case.input('gamma', (shape[1],)), case.input('beta', (shape[1],))
        y = F.instance_norm(x, weight=gamma, bias=beta, eps=EPSILON)
        scale = (x.var(list(range(2, x.dim())), unbiased=False) + EPSILON).rsqrt()
        outputs(case, x, y, scale, x.numel() // shape[1], gamma, beta)
    for shape, axes, span in [((3, 2, 5), (0, 2), 'BATCH'), ((2, 3, 4, 5), (0, 2, 3), 'BATCH'), ((2, 3, 4, 5), (2, 3), 'CHANNEL'),
                              ((2, 17, 3), (2,), 'CHANNEL'), ((2, 3, 4, 5), (1, 2, 3), 'IMAGE'), ((3, 5, 7), (1, 2), 'IMAGE')]:
        case = family.case('mean-variance-norm', epsilon=EPSILON, span=span)
        x = case.input('x', shape, scale=4.0, shift=0.5)
        deviation = x.var(axes, unbiased=False, keepdim=True).sqrt()
        y = (x - x.mean(axes, keepdim=True)) / (deviation + EPSILON)
        outputs(case, x, y, 1 / deviation, 1, None, None)


def rows(family):
    for shape, axis in ROWS:
        inner = shape[axis:]
        axes = list(range(axis, len(shape)))
        case = family.case('layer-norm', epsilon=EPSILON, axis=axis)
        x = case.input('x', shape, scale=4.0, shift=0.5)
        gamma, beta = case.input('gamma', inner), case.input('beta', inner)
        y = F.layer_norm(x, inner, gamma, beta, eps=EPSILON)
        each = x.numel() // gamma.numel()
        outputs(case, x, y, (x.var(axes, unbiased=False) + EPSILON).rsqrt(), each, gamma, beta)
        case = family.case('rms-norm', epsilon=EPSILON, axis=axis)
        x = case.input('x', shape, scale=4.0, shift=0.5)
        gamma, beta = case.input('gamma', inner), case.input('beta', inner)
        scale = (x.square().mean(axes, keepdim=True) + EPSILON).rsqrt()
        outputs(case, x, x * scale * gamma + beta, scale, each, gamma, beta)
    for shape, axis in LENGTHS:
        for epsilon in (1e-12, 3.0):
            case = family.case('length-norm', epsilon=epsilon, axis=axis)
            x = case.input('x', shape, scale=4.0)
            y = F.normalize(x, p=2.0, dim=axis, eps=epsilon)
            outputs(case, x, y, 1 / x.norm(dim=axis).clamp_min(epsilon), 1, None, None)


def response(case, x, y, taps, alpha, beta):
    """k is at least 1, so s^-beta at most 1; s, of so many taps, has taps + 3 roundings, the power 16 of its own."""
    steps = 24 + (beta + 1) * (taps + 3)
    most = float(x.detach().abs().max())
    case.output('y', y, steps, most)
    dy = case.input('dy', y.shape)
    case.gradients(y, dy, steps, magnitude=1 + 2 * alpha * beta * most * most, dx=x)


def responses(family):
    for i, (size, alpha, beta, k) in enumerate(WINDOWS):
        for shape in [(2, 5, 3), (1, 9, 2, 3), (1, 20, 17), (2, 6, 2, 2, 2)]:
            case = family.case('lrn', size=size, alpha=alpha, beta=beta, k=k)
            x = case.input('x', shape, scale=4.0)
            response(case, x, F.local_response_norm(x, size, alpha, beta, k), size, alpha, beta)
    for size, alpha, beta in [(1, 1.0, 0.75), (3, 2.0, 0.75), (5, 1.0, 0.5), (3, 1.0, 1.2)]:
        for shape in [(2, 3, 4, 5), (1, 2, 7, 19)]:
            case = family.case('lrn-within', size=size, alpha=alpha, beta=beta)
            x = case.input('x', shape, scale=4.0)
            mean = F.avg_pool2d(x.square(), size, 1, size // 2, count_include_pad=True)
            response(case, x, x * (1 + alpha * mean) ** -beta, size * size, alpha, beta)


def cases(family):
    batch(family)
    grouped(family)
    rows(family)
    responses(family)
