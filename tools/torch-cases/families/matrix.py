"""Matrix products and fully connected layers."""
import torch
import torch.nn.functional as F

# m, n, k, words of the shape's text
GEMMS = [(1, 1, 1, ''), (5, 7, 3, ''), (17, 33, 9, ' ta'), (8, 16, 31, ' tb'), (13, 4, 40, ' ta tb'), (1, 19, 23, ''),
         (21, 1, 18, ''), (1, 1, 37, ' tb'), (6, 5, 4, ' alpha=0.5'), (9, 18, 7, ' acc'), (4, 34, 6, ' alpha=-2.0 beta=0.25'),
         (3, 5, 7, ' batch4'), (2, 17, 3, ' batch3 ta acc'), (33, 2, 65, ' tb beta=-1.5')]
# n, in, out
LINEARS = [(1, 1, 1), (2, 3, 5), (1, 17, 33), (16, 31, 4), (7, 64, 19), (33, 5, 1), (3, 130, 12)]


def cases(family):
    for m, n, k, words in GEMMS:
        case = family.case('gemm', shape=f'm{m} n{n} k{k}{words}')
        parts = words.split()
        batch = next(((int(p[5:]),) for p in parts if p.startswith('batch')), ())
        alpha = next((float(p[6:]) for p in parts if p.startswith('alpha=')), 1.0)
        beta = next((float(p[5:]) for p in parts if p.startswith('beta=')), 1.0 if 'acc' in parts else 0.0)
        a = case.input('a', batch + ((k, m) if 'ta' in parts else (m, k)))
        b = case.input('b', batch + ((n, k) if 'tb' in parts else (k, n)))
        c = case.input('c', batch + (m, n))

        def product(a, b, c, alpha, beta):
            a = a.transpose(-1, -2) if 'ta' in parts else a
            b = b.transpose(-1, -2) if 'tb' in parts else b
            return alpha * (a @ b) + beta * c

        sizes = product(a.abs(), b.abs(), c.abs(), abs(alpha), abs(beta))
        case.output('c', product(a, b, c, alpha, beta), k + 4, sizes)
    for n, size_in, size_out in LINEARS:
        case = family.case('linear', shape=f'n{n} in{size_in} out{size_out}')
        x, w, b = case.input('x', (n, size_in)), case.input('w', (size_out, size_in)), case.input('b', (size_out,))
        case.multilinear(F.linear, {'y': size_in + 2, 'dx': size_out + 2, 'dw': n + 2, 'db': n + 2}, x=x, w=w, b=b)
