"""Losses, in every reduction, and their gradients. Those that PyTorch lacks are written as their formula."""
import torch
import torch.nn.functional as F

import torchcases

REDUCTIONS = ['none', 'mean', 'sum']
SHAPES = [(7,), (3, 5), (2, 3, 4), (1, 17, 3, 5)]
CLASSES = [(3, 5), (1, 2), (2, 4, 7), (2, 3, 3, 6)]
ROUNDED = 40  # a few functions within 4 ulp, and what is between them


def finish(case, terms, reduction, steps, size, divisor=None, slope_size=None, **inputs):
    """Loss and gradients. Magnitudes of terms and slopes; sums round once a term more."""
    n = max(1, terms.numel())
    y = {'none': terms, 'mean': terms.sum() / (n if divisor is None else divisor), 'sum': terms.sum()}[reduction]
    more, total = (0, 1) if reduction == 'none' else (96, 1 if reduction == 'mean' else n)
    case.output('loss', y, steps + more, size * total)
    dy = case.input('dloss', y.shape)
    slope = (size if slope_size is None else slope_size) / (1 if reduction != 'mean' else n if divisor is None else divisor)
    case.gradients(y, dy, steps, magnitude=slope, **inputs)


def points(family):
    for i, shape in enumerate(SHAPES):
        for reduction in REDUCTIONS:
            def case(name, **parameters):
                return family.case(name, reduction=reduction, **parameters)

            for name, f in [('mean-squared-error', F.mse_loss), ('mean-absolute-error', F.l1_loss)]:
                c = case(name)
                x, t = c.input('x', shape, 4.0), c.input('t', shape, 4.0)
                finish(c, f(x, t, reduction='none'), reduction, 4, 16.0, dx=x)
            for name, f, key, number in [
                    ('huber', lambda x, t, p: F.huber_loss(x, t, 'none', p), 'delta', 0.75),
                    ('smooth-l1', lambda x, t, p: F.smooth_l1_loss(x, t, reduction='none', beta=p), 'beta', 0.5)]:
                c = case(name, **{key: number})
                x, t = c.input('x', shape, 4.0), c.input('t', shape, 4.0)
                finish(c, f(x, t, number), reduction, 6, 16.0, dx=x)
            for name, power in [('hinge', 1), ('squared-hinge', 2)]:
                c = case(name, margin=1.25)
                x = c.input('x', shape, 4.0)
                t = 2 * c.draw('t', x.numel(), 2).reshape(shape).double() - 1
                finish(c, torch.clamp(1.25 - x * t, min=0)**power, reduction, 6, 16.0, dx=x)
            c = case('binary-cross-entropy')
            x, t = c.input('x', shape, 0.9, 0.5), c.input('t', shape, 1.0, 0.5)
            finish(c, F.binary_cross_entropy(x, t, reduction='none'), reduction, ROUNDED, 4.0, slope_size=40.0, dx=x)
            weights = [None, [1.5]] + ([[0.5 + j / 4 for j in range(shape[1])]] if len(shape) > 1 else [])
            c = case('binary-cross-entropy-with-logits')
            x, t = c.input('x', shape, 12.0), c.input('t', shape, 1.0, 0.5)
            w = None
            if weights[i % len(weights)] is not None:
                values = weights[i % len(weights)]
                w = c.values('weights', (len(values),), values).detach()
                w = w.reshape((len(values),) + (1,) * (len(shape) - 2))
            terms = F.binary_cross_entropy_with_logits(x, t, pos_weight=w, reduction='none')
            finish(c, terms, reduction, ROUNDED, 40.0, slope_size=6.0, dx=x)
            for log in False, True:
                c = case('kl-divergence', logTarget=log)
                x, t = c.input('x', shape, 4.0, -2.0), c.input('t', shape, 4.0 if log else 1.0, -2.0 if log else 0.5)
                finish(c, F.kl_div(x, t, reduction='none', log_target=log), reduction, ROUNDED, 4.0, dx=x)
            alpha, gamma = [(0.25, 2.0), (0.5, 0.0), (0.75, 1.5), (1.0, 0.5)][i]
            c = case('focal', alpha=alpha, gamma=gamma)
            x = c.input('x', shape, 10.0)
            t = c.draw('t', x.numel(), 2).reshape(shape).double()
            entropy = F.binary_cross_entropy_with_logits(x, t, reduction='none')
            p = torch.sigmoid(x)
            p = p * t + (1 - p) * (1 - t)
            terms = (alpha * t + (1 - alpha) * (1 - t)) * (1 - p)**gamma * entropy
            finish(c, terms, reduction, 100, 8.0, dx=x)


def weights(case, kind, classes):
    return case.values('weights', (classes,), [0.5 + j / 2 for j in range(classes)]).detach() if kind else None


def classes(family):
    for i, shape in enumerate(CLASSES):
        n, k = shape[:2]
        count = n * int(torch.tensor(shape[2:]).prod())
        for reduction in REDUCTIONS:
            for smoothing, weighted in [(0.0, False), (0.0, True), (0.1, i % 2 == 0)]:
                for name in ['cross-entropy', 'negative-log-likelihood'][:1 if smoothing else 2]:
                    c = family.case(name, reduction=reduction, smoothing=smoothing)
                    x = c.input('x', shape, 12.0)
                    w = weights(c, weighted, k)
                    drawn = [int(v) for v in torchcases.hashed(c.name, count)]
                    labels = c.ints('labels', [-100 if v % 7 == 0 and count > 1 and j else v % k for j, v in enumerate(drawn)])
                    t = labels.reshape((n,) + shape[2:])
                    if name == 'cross-entropy':
                        terms = F.cross_entropy(x, t, w, reduction='none', label_smoothing=smoothing)
                    else:
                        terms = F.nll_loss(x, t, w, reduction='none')
                    divisor = float(sum((1 if w is None else w[v]) for v in labels.tolist() if v >= 0))
                    finish(c, terms, reduction, ROUNDED + 12, 40.0, divisor=divisor, slope_size=4.0, dx=x)
            c = family.case('soft-cross-entropy', reduction=reduction, smoothing=[0.0, 0.2][i % 2])
            x, t = c.input('x', shape, 12.0), c.input('t', shape, 1.0, 0.5)
            w = weights(c, i > 1, k)
            terms = F.cross_entropy(x, t, w, reduction='none', label_smoothing=[0.0, 0.2][i % 2])
            finish(c, terms, reduction, ROUNDED + 12, 120.0, slope_size=10.0, dx=x)
            if len(shape) == 2:
                for power in 1, 2:
                    c = family.case('multi-class-hinge', reduction=reduction, margin=0.75, power=power)
                    x = c.input('x', shape, 4.0)
                    w = weights(c, power == 2, k)
                    labels = c.draw('labels', n, k)
                    terms = F.multi_margin_loss(x, labels, power, 0.75, w, reduction='none')
                    finish(c, terms, reduction, k + 10, 40.0, dx=x)


def overlaps(family):
    for shape in [(2, 3, 7), (1, 2, 5, 9), (3, 1, 1030)]:
        for reduction in REDUCTIONS:
            for name, alpha, beta, smoothing in [('dice', 0.5, 0.5, 1.0), ('jaccard', 1.0, 1.0, 0.5), ('tversky', 0.3, 0.7, 0.0)]:
                numbers = {'alpha': alpha, 'beta': beta} if name == 'tversky' else {}
                c = family.case(name, reduction=reduction, smoothing=smoothing, **numbers)
                x, t = c.input('x', shape, 1.0, 0.5), c.input('t', shape, 1.0, 0.5)
                a, b = x.flatten(2), t.flatten(2)
                both, s = (a * b).sum(2), smoothing / 2 if name == 'dice' else smoothing
                terms = 1 - (both + s) / (both + alpha * (a * (1 - b)).sum(2) + beta * ((1 - a) * b).sum(2) + s)
                finish(c, terms, reduction, 200, 2.0, slope_size=4.0 / a.shape[2], dx=x)


def pairs(family):
    for n, d in [(1, 1), (3, 5), (4, 33), (2, 1100)]:
        for reduction in REDUCTIONS:
            c = family.case('cosine-embedding', reduction=reduction, margin=-0.25)
            a, b = c.input('a', (n, d), 4.0), c.input('b', (n, d), 4.0)
            sides = torchcases.hashed(c.name, n).astype(int) % 2 * 2 - 1
            alike = c.ints('alike', sides)
            terms = F.cosine_embedding_loss(a, b, alike, -0.25, reduction='none')
            least = float(torch.minimum((a * a).sum(1).min(), (b * b).sum(1).min()))**0.5
            finish(c, terms, reduction, 200, 4.0, slope_size=4.0 / least, da=a, db=b)
            for swap in False, True:
                c = family.case('triplet-margin', reduction=reduction, margin=0.5, swap=swap)
                a, p, q = (c.input(name, (n, d), 4.0) for name in ('anchor', 'positive', 'negative'))
                terms = F.triplet_margin_loss(a, p, q, 0.5, swap=swap, reduction='none')
                finish(c, terms, reduction, 100, 4.0 * d**0.5, slope_size=2.0, danchor=a, dpositive=p, dnegative=q)


def cases(family):
    points(family)
    classes(family)
    overlaps(family)
    pairs(family)
