"""Max and average pooling of images."""
import torch.nn.functional as F

# n, c, input, kernel, stride, padding, dilation
MAX = [(1, 1, (1, 1), (1, 1), (1, 1), (0, 0), (1, 1)), (2, 3, (7, 8), (2, 2), (2, 2), (0, 0), (1, 1)),
       (1, 17, (9, 9), (3, 3), (2, 2), (1, 1), (1, 1)), (1, 2, (11, 6), (3, 2), (1, 3), (1, 1), (2, 1)),
       (2, 2, (5, 19), (5, 3), (1, 1), (2, 1), (1, 3)), (1, 4, (6, 6), (1, 1), (2, 2), (0, 0), (1, 1)),
       (1, 3, (8, 33), (2, 3), (3, 2), (1, 0), (1, 2))]
# n, c, input, kernel, stride, padding, padding counts
AVG = [(1, 1, (1, 1), (1, 1), (1, 1), (0, 0), True), (2, 3, (7, 8), (2, 2), (2, 2), (0, 0), True),
       (1, 17, (9, 9), (3, 3), (2, 2), (1, 1), True), (1, 17, (9, 9), (3, 3), (2, 2), (1, 1), False),
       (2, 2, (5, 19), (5, 3), (1, 1), (2, 1), False), (1, 4, (6, 5), (2, 3), (3, 1), (1, 1), True),
       (1, 5, (7, 7), (7, 7), (7, 7), (0, 0), True), (1, 3, (8, 33), (2, 3), (3, 2), (1, 1), False)]


def shape(n, c, inputs, k, stride, padding, dilation=(1, 1)):
    return (f'n{n} c{c} ih{inputs[0]} iw{inputs[1]} kh{k[0]} kw{k[1]} sh{stride[0]} sw{stride[1]} dh{dilation[0]} '
            f'dw{dilation[1]} pt{padding[0]} pb{padding[0]} pl{padding[1]} pr{padding[1]}')


def cases(family):
    for n, c, inputs, k, stride, padding, dilation in MAX:
        case = family.case('max-pool', shape=shape(n, c, inputs, k, stride, padding, dilation))
        x = case.input('x', (n, c) + inputs)
        y = F.max_pool2d(x, k, stride, padding, dilation)
        case.output('y', y, 0)
        dy = case.input('dy', y.shape)
        case.gradients(y, dy, k[0] * k[1] - 1, magnitude=k[0] * k[1], dx=x)
    for n, c, inputs, k, stride, padding, counts in AVG:
        case = family.case('average-pool', shape=shape(n, c, inputs, k, stride, padding), countsPadding=counts)
        x = case.input('x', (n, c) + inputs)
        steps = k[0] * k[1] + 2
        case.multilinear(lambda x: F.avg_pool2d(x, k, stride, padding, count_include_pad=counts),
                         {'y': steps, 'dx': steps}, x=x)
