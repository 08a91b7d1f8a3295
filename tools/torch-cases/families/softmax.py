"""Softmax and its logarithm, along any axis and over rows, and cross-entropy."""
import torch
import torch.nn.functional as F

SHAPES = [((1,), 0), ((7,), 0), ((3, 5), 1), ((3, 5), 0), ((2, 17, 3), 1), ((2, 3, 4, 5), 1), ((2, 3, 4, 5), -1), ((33, 2), 0)]
ROWS = [(1, 1), (3, 10), (2, 33), (5, 7)]
SCALE = 12.0


def softmax(case, function, shape, axis):
    x = case.input('x', shape, scale=SCALE)
    y = function(x, axis)
    classes = shape[axis]
    steps = SCALE + classes + 8  # x - max loses SCALE roundings of 1 in the exponent, exp 4, sum and division the rest
    size = torch.maximum(y.abs(), torch.ones_like(y))
    case.output('y', y, steps, size)
    dy = case.input('dy', shape)
    # y is rounded, and comes with its error; sums of the row's slopes follow.
    case.gradients(y, dy, 2 * steps, magnitude=dy.abs().sum(axis), dx=x)


def cases(family):
    for shape, axis in SHAPES:
        softmax(family.case('softmax', axis=axis), F.softmax, shape, axis)
        softmax(family.case('log-softmax', axis=axis), F.log_softmax, shape, axis)
    for shape in ROWS:
        softmax(family.case('softmax-rows'), F.softmax, shape, 1)
    for n, classes in ROWS:
        case = family.case('cross-entropy')
        x, labels = case.input('x', (n, classes), scale=SCALE), case.draw('labels', n, classes)
        losses = F.cross_entropy(x, labels, reduction='none')
        steps = SCALE + classes + 8
        case.output('losses', losses, steps, SCALE)
        loss = F.cross_entropy(x, labels)
        case.output('loss', loss, steps, SCALE)
        case.gradients(loss, torch.ones(()).double(), steps, magnitude=1.0 / n, dx=x)
