"""Resize, grid sample and affine grid."""
import torch
import torch.nn.functional as F

# input, output, mode, corners aligned
RESIZE = [((2, 3, 7), (16,), 'nearest', None), ((1, 2, 16), (5,), 'nearest', None), ((1, 2, 7), (17,), 'nearest-exact', None),
          ((2, 3, 5, 7), (11, 3), 'nearest', None), ((2, 3, 5, 7), (11, 3), 'nearest-exact', None),
          ((1, 17, 4, 5), (8, 10), 'nearest', None), ((1, 2, 3, 4, 5), (5, 4, 9), 'nearest', None),
          ((1, 2, 3, 4, 5), (5, 4, 9), 'nearest-exact', None),
          ((2, 3, 9), (20,), 'linear', False), ((2, 3, 9), (20,), 'linear', True), ((1, 1, 20), (6,), 'linear', False),
          ((1, 1, 20), (6,), 'linear', True), ((1, 2, 1), (5,), 'linear', False), ((1, 2, 5), (1,), 'linear', True),
          ((2, 3, 5, 7), (11, 17), 'bilinear', False), ((2, 3, 5, 7), (11, 17), 'bilinear', True),
          ((1, 2, 13, 37), (5, 16), 'bilinear', False), ((1, 2, 13, 37), (5, 16), 'bilinear', True),
          ((1, 17, 4, 4), (8, 8), 'bilinear', False), ((1, 2, 6, 5), (6, 9), 'bilinear', False),
          ((1, 2, 1, 1), (3, 4), 'bilinear', True), ((1, 2, 9, 8), (1, 1), 'bilinear', False),
          ((2, 3, 5, 7), (11, 17), 'bicubic', False), ((2, 3, 5, 7), (11, 17), 'bicubic', True),
          ((1, 2, 13, 37), (5, 16), 'bicubic', False), ((1, 2, 13, 37), (5, 16), 'bicubic', True),
          ((1, 17, 4, 4), (8, 8), 'bicubic', False), ((1, 2, 1, 2), (3, 4), 'bicubic', False),
          ((1, 2, 3, 4, 5), (5, 4, 9), 'trilinear', False), ((1, 2, 3, 4, 5), (5, 4, 9), 'trilinear', True),
          ((1, 3, 6, 5, 4), (2, 3, 8), 'trilinear', False)]
# input, scales, mode: outputs are the floor of input times scale, positions follow the scale
SCALED = [((1, 2, 7), (2.3,), 'linear'), ((1, 2, 7, 10), (0.6, 1.37), 'bilinear'), ((1, 2, 7, 10), (1.9, 0.35), 'bicubic'),
          ((1, 2, 7, 10), (1.9, 0.35), 'nearest'), ((1, 2, 4, 5, 6), (1.3, 0.7, 1.9), 'trilinear')]
# input, output, mode
ANTIALIAS = [((1, 2, 23, 40), (7, 9), 'bilinear'), ((1, 2, 23, 40), (7, 9), 'bicubic'), ((2, 3, 5, 40), (7, 9), 'bilinear'),
             ((2, 3, 5, 40), (7, 9), 'bicubic'), ((1, 1, 9, 9), (3, 3), 'bilinear'), ((1, 1, 9, 9), (1, 4), 'bicubic')]
GRIDS = [((2, 3, 5, 4), (2, 3, 7, 2)), ((1, 17, 1, 3), (1, 5, 4, 2)), ((1, 2, 3, 4, 2), (1, 2, 3, 4, 3))]
AFFINE = [(2, 3, 4), (1, 1, 5), (1, 2, 3, 4), (3, 2, 2, 1)]


def words(numbers, between=','):
    return between.join(str(n) for n in numbers)


def resize(family, shape, mode, corners, taps, **how):
    """taps: along an axis, forward and backward; a bound is 2 more roundings an axis. A cubic kernel's weights sum to at most
    1.375 in magnitude, and so to less than 3 along three axes."""
    case = family.case('resize', mode=mode, **how)
    axes = len(shape) - 2
    scale, size = how.get('scales'), how.get('out')
    scale = None if scale is None else [float(s) for s in scale.split(',')]
    size = None if size is None else [int(s) for s in size.split(',')]
    steps = {k: (3 if mode == 'bicubic' else 1) * axes * (t + 2) for k, t in taps.items()}
    if mode.startswith('nearest'):
        steps['y'] = 0
    case.multilinear(lambda x: F.interpolate(x, size, scale, mode, corners, antialias='antialias' in how), steps,
                     x=case.input('x', shape))


def taps(shape, out, mode, wide=False):
    reach = {'nearest': 1, 'nearest-exact': 1, 'bicubic': 4}.get(mode, 2)
    forward = max(reach * (max(1, -(-i // o)) if wide else 1) + 1 for i, o in zip(shape[2:], out))
    backward = max(reach * (-(-o // i) + 1) + 2 for i, o in zip(shape[2:], out))
    return {'y': forward, 'dx': backward}


def cases(family):
    for shape, out, mode, aligned in RESIZE:
        resize(family, shape, mode, aligned, taps(shape, out, mode), out=words(out), aligned=bool(aligned))
    for shape, scales, mode in SCALED:
        out = [int(i * s) for i, s in zip(shape[2:], scales)]
        resize(family, shape, mode, None if mode == 'nearest' else False, taps(shape, out, mode), scales=words(scales),
               aligned=False)
    for shape, out, mode in ANTIALIAS:
        resize(family, shape, mode, False, taps(shape, out, mode, True), out=words(out), aligned=False, antialias=True)
    for x_shape, grid_shape in GRIDS:
        for mode in ['nearest', 'bilinear', 'bicubic'][:3 if len(x_shape) == 4 else 2]:
            for padding in 'zeros', 'border', 'reflection':
                for aligned in False, True:
                    grid_sample(family, x_shape, grid_shape, mode, padding, aligned)
    for grid in AFFINE:
        for aligned in False, True:
            case = family.case('affine-grid', grid=words(grid), aligned=aligned)
            axes = len(grid) - 1
            size = (grid[0], 1) + grid[1:]
            positions = 1
            for n in grid[1:]:
                positions *= n
            theta = case.input('x', (grid[0], axes, axes + 1))
            case.multilinear(lambda t: F.affine_grid(t, size, aligned), {'y': 2, 'dx': 2 * positions}, x=theta)


def grid_sample(family, x_shape, grid_shape, mode, padding, aligned):
    case = family.case('grid-sample', mode=mode, padding=padding, aligned=aligned)
    x = case.input('x', x_shape)
    grid = case.input('grid', grid_shape, scale=3.0)
    y = F.grid_sample(x, grid, mode, padding, aligned)
    channels, axes, taps = x_shape[1], len(x_shape) - 2, {'nearest': 1, 'bilinear': 2, 'bicubic': 4}[mode]**(len(x_shape) - 2)
    # All values are below 1; weights sum to at most 1.375 in magnitude an axis, slopes to 3 pixels' worth.
    case.output('y', y, 0 if mode == 'nearest' else taps + 3, 2.0)
    dy = case.input('dy', y.shape)
    outputs = y[0, 0].numel()
    magnitude = {'dx': 2.0 * outputs**0.5, 'dgrid': 3.0 * channels * max(x_shape[2:])}
    case.gradients(y, dy, {'dx': outputs + 3, 'dgrid': taps + channels + 3}, magnitude, dx=x, dgrid=grid)
