"""Codes, convolutions and products of codes, and weights in 16 bits.

Scales are powers of two: PyTorch multiplies by a rounded 1/scale where ONNX and we divide, and only there both are one. Values whose
quotient is beyond int32 are left out: PyTorch 1.13 gives them the wrong end.
"""
import torch
import torch.nn.functional as F

TYPES = {'INT8': (torch.qint8, -128, 127), 'UINT8': (torch.quint8, 0, 255)}
CONVS = [  # rank, x shape, w shape, stride, padding, dilation, groups, in words for ConvShape.parse
    (1, (2, 4, 20), (6, 4, 5), 1, 2, 1, 1, 'n2 ic4 iw20 oc6 kw5 p2'),
    (1, (1, 6, 17), (4, 3, 3), 2, 1, 1, 2, 'ic6 iw17 oc4 kw3 s2 p1 g2'),
    (1, (1, 3, 15), (2, 3, 3), 1, 0, 3, 1, 'ic3 iw15 oc2 kw3 d3'),
    (2, (1, 3, 7, 7), (17, 3, 3, 3), 1, 1, 1, 1, 'ic3 ih7 oc17 kh3 p1'),
    (2, (2, 5, 6, 6), (4, 5, 1, 1), 1, 0, 1, 1, 'n2 ic5 ih6 oc4 kh1'),
    (2, (1, 6, 8, 8), (6, 1, 3, 3), 1, 1, 1, 6, 'ic6 ih8 oc6 kh3 p1 g6'),
    (2, (1, 4, 9, 9), (8, 2, 3, 3), 2, 1, 2, 2, 'ic4 ih9 oc8 kh3 s2 p1 d2 g2'),
    (3, (1, 2, 4, 5, 5), (3, 2, 3, 3, 3), 1, 1, 1, 1, 'ic2 id4 ih5 oc3 kd3 kh3 p1'),
]
CONV = {1: F.conv1d, 2: F.conv2d, 3: F.conv3d}


def codes(case, name, shape, kind):
    """Codes as float64; the line holds them from 0 on."""
    n = 1
    for d in shape:
        n *= d
    return (case.draw(name, n, 256) + TYPES[kind][1]).double().reshape(shape)


def endings(case, sums):
    """The sums, and their codes by scale and in fixed point."""
    case.output('sums', sums, 0)
    for shift in (9, 14):
        scaled = sums * 2.0**-shift
        case.output(f'codes{shift}', (torch.round(scaled) + 100).clamp(0, 255), 0)
        case.output(f'fixed{shift}', (torch.floor(scaled + 0.5) + 100).clamp(0, 255), 0)


def cases(family):
    for kind, (dtype, low, high) in TYPES.items():
        for shape in [(1,), (37,), (3, 5), (2, 3, 4, 5)]:
            for scale, zero in [(2.0**-6, low), (2.0**-7, (low + high + 1) // 2 + 3)]:
                case = family.case('quantise', type=kind, scale=scale, zero=zero)
                x = case.input('x', shape, scale=4.0)
                q = torch.quantize_per_tensor(x.detach().float(), scale, zero, dtype)
                case.output('codes', q.int_repr(), 0)
                case.output('back', q.dequantize(), 0)
        case = family.case('quantise', type=kind, scale=0.5, zero=3)
        x = case.values('x', (12,), [0.25, 0.75, 1.25, -0.25, -0.75, -1.25, 0.0, -0.0, 1e5, -1e5, 62.25, -64.75])
        q = torch.quantize_per_tensor(x.detach().float(), 0.5, 3, dtype)
        case.output('codes', q.int_repr(), 0)
        case.output('back', q.dequantize(), 0)
        for shape in [(3, 5), (2, 4, 3), (2, 3, 4, 5)]:
            for axis in (0, 1):
                case = family.case('quantise-channels', type=kind, axis=axis)
                scales = case.values('scales', (shape[axis],), [2.0**-(5 + i % 3) for i in range(shape[axis])])
                zeros = case.ints('zeros', [low + (i * 77) % 256 for i in range(shape[axis])])
                x = case.input('x', shape, scale=6.0)
                q = torch.quantize_per_channel(x.detach().float(), scales.detach(), zeros, axis, dtype)
                case.output('codes', q.int_repr(), 0)
                case.output('back', q.dequantize(), 0)

    for rank, xs, ws, stride, padding, dilation, groups, words in CONVS:
        for xkind, xzero, wkind, wzero in [('UINT8', 131, 'INT8', 0), ('INT8', -7, 'UINT8', 90)]:
            case = family.case('convolution', shape=words, x=xkind, xzero=xzero, w=wkind, wzero=wzero)
            x, w = codes(case, 'x', xs, xkind) - xzero, codes(case, 'w', ws, wkind) - wzero
            bias = (case.draw('bias', ws[0], 4000) - 2000).double()
            endings(case, CONV[rank](x, w, bias, stride, padding, dilation, groups))

    for m, n, k in [(1, 1, 1), (3, 5, 7), (1, 40, 19), (13, 17, 33), (4, 70, 9)]:
        for xkind, xzero, wkind, wzero in [('UINT8', 131, 'INT8', 0), ('INT8', -7, 'UINT8', 90)]:
            case = family.case('product', shape=f'm{m} n{n} k{k}', x=xkind, xzero=xzero, w=wkind, wzero=wzero)
            a, b = codes(case, 'x', (m, k), xkind) - xzero, codes(case, 'w', (k, n), wkind) - wzero
            bias = (case.draw('bias', n, 4000) - 2000).double()
            endings(case, a @ b + bias)

    for kind, dtype in [('FLOAT16', torch.float16), ('BFLOAT16', torch.bfloat16)]:
        for scale in (1e-7, 1e-4, 2.0, 1e4):
            case = family.case('round', format=kind)
            x = case.input('x', (64,), scale=scale)
            case.output('y', x.detach().float().to(dtype).float(), 0)
        for n, inputs, outputs in [(1, 1, 1), (1, 40, 19), (3, 33, 70), (13, 7, 5)]:
            case = family.case('linear', shape=f'n{n} in{inputs} out{outputs}', format=kind)
            x, w = case.input('x', (n, inputs)).detach(), case.input('w', (outputs, inputs)).detach()
            bias = case.input('bias', (outputs,)).detach()
            w = w.float().to(dtype).double()
            case.output('y', F.linear(x, w, bias), inputs + 1, F.linear(x.abs(), w.abs(), bias.abs()))
