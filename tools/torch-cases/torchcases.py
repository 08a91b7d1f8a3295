"""Cases of one family, and the two files they are kept in; see README.md."""
import math
import pathlib
import zlib

import numpy as np
import torch

U = 2.0**-24  # half the distance from 1 to the next float32


def hashed(key, n):
    """n 24-bit integers, a function of key and index that TorchCase.java computes too."""
    i = np.arange(n, dtype=np.uint64)
    h = (i * np.uint64(2654435761) + np.uint64(zlib.crc32(key.encode()))) & np.uint64(0xFFFFFFFF)
    h ^= h >> np.uint64(15)
    h = (h * np.uint64(2246822519)) & np.uint64(0xFFFFFFFF)
    h ^= h >> np.uint64(13)
    return h >> np.uint64(8)


def greatest(value):
    """The greatest magnitude of a tensor or number, 0 of none."""
    t = torch.as_tensor(value, dtype=torch.float64).detach()
    return float(t.abs().max()) if t.numel() else 0.0


class Case:
    """One run of an operation: parameters, inputs, and what PyTorch makes of them in float64."""

    def __init__(self, name, op, parameters):
        self.name = name
        self.fields = [name, op] + [f'{k}={text(v)}' for k, v in parameters.items()]
        self.data = []

    def _field(self, field):
        if '|' in field or '\n' in field:
            raise ValueError(f'{self.name}: {field!r} cannot stand in a line of fields')
        self.fields.append(field)

    def input(self, name, shape, scale=2.0, shift=0.0):
        """Floats in [shift - scale/2, shift + scale/2), on a grid of 2^-24 scale; a float64 tensor that asks for gradients."""
        n = int(np.prod(shape, dtype=np.int64))
        h = hashed(f'{self.name}/{name}', n).astype(np.float32) * np.float32(U) - np.float32(0.5)
        values = h * np.float32(scale) + np.float32(shift)
        self._field(f'in {name} {dims(shape)} {scale!r} {shift!r}')
        return torch.tensor(values.astype(np.float64)).reshape(tuple(shape)).requires_grad_()

    def values(self, name, shape, values):
        """Floats that stand in the line one by one: for ties, zeros, and what else no draw gives."""
        values = np.asarray(values, dtype=np.float32).reshape(-1)
        self._field(f'floats {name} {dims(shape)} ' + ','.join(repr(float(v)) for v in values))
        return torch.tensor(values.astype(np.float64)).reshape(tuple(shape)).requires_grad_()

    def ints(self, name, values):
        """Integers that stand in the line: labels, indices, lengths."""
        self._field(f'ints {name} ' + ','.join(str(int(v)) for v in values))
        return torch.tensor([int(v) for v in values], dtype=torch.int64)

    def draw(self, name, n, below):
        """As ints, n of them in [0, below)."""
        return self.ints(name, [int(v) % below for v in hashed(f'{self.name}/{name}', n)])

    def output(self, name, value, steps, magnitude=None):
        """A result to agree with, to within steps roundings of what is at most magnitude.

        steps: an upper bound of the roundings on the way to one element, 0 if nothing is rounded;
        magnitude: number or tensor, the greatest of what is rounded there (of a sum: the sum of the absolute values of what
        is added); the greatest element of value if not given.
        """
        value = torch.as_tensor(value, dtype=torch.float64).detach()
        if not torch.isfinite(value).all():
            raise ValueError(f'{self.name}: {name} is not finite')
        size = greatest(value) if magnitude is None else max(greatest(magnitude), greatest(value))
        within = 0.0 if steps == 0 else U * (steps * size + greatest(value))
        self._field(f'out {name} {dims(value.shape)} {round_up(within):.3g}')
        self.data.append(value.numpy().astype('<f4').tobytes())

    def gradients(self, y, dy, steps, magnitude=None, **inputs):
        """Outputs dx=x, dw=w, ...: the gradients of sum(y * dy). steps, magnitude: one for all, or one by name."""
        grads = torch.autograd.grad(y, list(inputs.values()), dy, retain_graph=True)
        for name, grad in zip(inputs, grads):
            m = magnitude.get(name) if isinstance(magnitude, dict) else magnitude
            self.output(name, grad, steps[name] if isinstance(steps, dict) else steps, m)

    def multilinear(self, f, steps, dy_shape=None, **inputs):
        """f is linear in each input: y, dy drawn in y's shape, and a gradient d<name> of each input.

        steps: the number of roundings by output name ('y', 'dx', ...). Magnitudes are those of f and its gradients at the
        inputs' absolute values.
        """
        y = f(*inputs.values())
        dy = self.input('dy', y.shape)
        sizes = [t.detach().abs().requires_grad_() for t in inputs.values()]
        y_size = f(*sizes)
        grads = torch.autograd.grad(y, list(inputs.values()), dy)
        grad_sizes = torch.autograd.grad(y_size, sizes, dy.detach().abs())
        self.output('y', y, steps['y'], y_size)
        for name, grad, size in zip(inputs, grads, grad_sizes):
            self.output('d' + name, grad, steps['d' + name], size)

    def line(self):
        return ' | '.join(self.fields)


class Family:
    """Collects cases in the order in which they are made."""

    def __init__(self, name):
        self.name = name
        self.cases = []

    def case(self, op, **parameters):
        """A case named after op, numbered; parameters stand in the line for the Java side to read."""
        number = sum(c.fields[1] == op for c in self.cases) + 1
        self.cases.append(Case(f'{op}-{number}', op, parameters))
        return self.cases[-1]

    def lines(self):
        made = f'# {self.name}: {len(self.cases)} cases, made by tools/torch-cases/make with PyTorch {torch.__version__}'
        return [made] + [c.line() for c in self.cases]

    def data(self):
        return b''.join(d for c in self.cases for d in c.data)

    def write(self, folder):
        folder = pathlib.Path(folder)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f'{self.name}.txt').write_text('\n'.join(self.lines()) + '\n')
        (folder / f'{self.name}.f32').write_bytes(self.data())

    def differences(self, folder):
        """What is wrong with the stored files: lines that differ, numbers further apart than machines' sums differ."""
        folder = pathlib.Path(folder)
        try:
            stored = (folder / f'{self.name}.txt').read_text().splitlines()
            old = np.frombuffer((folder / f'{self.name}.f32').read_bytes(), '<f4').astype(np.float64)
        except OSError as e:
            return [f'{self.name}: {e}']
        lines = self.lines()
        found = [f'{self.name}: line {i + 1} is {a!r}, should be {b!r}'
                 for i, (a, b) in enumerate(zip(stored, lines)) if i > 0 and a != b]
        if len(stored) != len(lines):
            found.append(f'{self.name}: {len(stored)} lines are stored, {len(lines)} are made')
        new = np.frombuffer(self.data(), '<f4').astype(np.float64)
        if len(old) != len(new):
            return found + [f'{self.name}: {len(old)} numbers are stored, {len(new)} are made']
        far = np.nonzero(np.abs(old - new) > 4 * U * np.maximum(np.abs(new), 1e-6))[0]
        return found + [f'{self.name}: number {i} is {old[i]!r}, should be {new[i]!r}' for i in far[:5]]


def dims(shape):
    return '[' + ','.join(str(int(d)) for d in shape) + ']'


def text(value):
    if isinstance(value, bool):
        return str(value).lower()
    return str(value)


def round_up(x):
    """To three digits, upwards."""
    if x == 0:
        return 0.0
    unit = 10.0**(math.floor(math.log10(x)) - 2)
    return math.ceil(x / unit * (1 - 1e-12)) * unit
