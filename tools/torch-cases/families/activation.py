"""Every activation and PReLU, forward and backward."""
import torch
import torch.nn.functional as F

import torchcases

# The text that Activation.parse reads, and PyTorch's function.
FUNCTIONS = [
    ('relu', F.relu), ('relu6', F.relu6), ('clamp(-0.5,1.25)', lambda x: F.hardtanh(x, -0.5, 1.25)),
    ('leaky-relu(0.01)', lambda x: F.leaky_relu(x, 0.01)), ('leaky-relu(0.25)', lambda x: F.leaky_relu(x, 0.25)),
    ('leaky-relu(-0.5)', lambda x: F.leaky_relu(x, -0.5)), ('hard-sigmoid', F.hardsigmoid), ('hard-swish', F.hardswish),
    ('sigmoid', torch.sigmoid), ('silu', F.silu), ('tanh', torch.tanh),
    ('step', None), ('threshold(0.5,-3.0)', lambda x: F.threshold(x, 0.5, -3.0)), ('elu(1.0)', F.elu),
    ('elu(0.5)', lambda x: F.elu(x, 0.5)), ('selu', F.selu), ('celu(1.0)', F.celu), ('celu(2.0)', lambda x: F.celu(x, 2.0)),
    ('gelu', F.gelu), ('gelu-tanh', lambda x: F.gelu(x, approximate='tanh')), ('mish', F.mish), ('softplus', F.softplus),
    ('softplus(2.0,5.0)', lambda x: F.softplus(x, 2.0, 5.0)), ('softsign', F.softsign),
]
SHAPES = [(1,), (5, 7), (2, 3, 4, 5)]

# Our functions are within 4 units in the last place (Curve), which are 8 roundings of the greatest result; slopes, of the input
# or of the rounded output, come in at most 24 roundings of numbers of at most 1.5 |dy| (ActivationBounds).
FORWARD, BACKWARD, STEEPEST = 8, 24, 2.0
# PyTorch's own rounding: where 1 + erf(x) cancels (GELU), float64 leaves 2^-53 |x|; |x| <= 8 here.
FLOAT64 = 8 * 2.0**-53 / torchcases.U / FORWARD


def cases(family):
    for text, f in FUNCTIONS:
        for shape in SHAPES:
            case = family.case(text.split('(')[0], f=text)
            x = case.input('x', shape, scale=16.0)
            if f is None:  # PyTorch has no gradient for it: 0
                y = torch.heaviside(x.detach(), torch.zeros((), dtype=x.dtype))
                case.output('y', y, 0)
                case.input('dy', y.shape)
                case.output('dx', torch.zeros_like(y), 0)
                continue
            y = f(x)
            case.output('y', y, FORWARD, FLOAT64)
            dy = case.input('dy', y.shape)
            case.gradients(y, dy, BACKWARD, magnitude=STEEPEST * dy, dx=x)

    for shape in [(3, 5), (2, 3, 4), (1, 17, 3, 7), (2, 1, 6)]:
        for slopes in {1, shape[1]}:
            case = family.case('prelu')
            x, w = case.input('x', shape, scale=4.0), case.input('slope', (slopes,))
            y = F.prelu(x, w)
            case.output('y', y, 1)
            dy = case.input('dy', y.shape)
            sizes = {'dslope': (x * dy).abs().sum()}
            case.gradients(y, dy, {'dx': 2, 'dslope': x.numel() // slopes + 2}, sizes, dx=x, dslope=w)
