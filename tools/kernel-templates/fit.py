"""Fits the polynomials of the kernels' functions and prints their coefficients (needs mpmath).

Remez's exchange (E. Ya. Remez 1934; see Cheney, Introduction to Approximation Theory, 1966, ch. 3) in 40 digits, for the greatest
weighted error; coefficients are then rounded to float. What a function's steps make of them is measured by EveryFloatTest.
"""
import struct
from mpmath import mp, mpf, matrix, lu_solve, exp, log1p, erf, erfc, log, sqrt, pi, cos

mp.dps = 40


def as_float(v):
    return struct.unpack("f", struct.pack("f", float(v)))[0]


def remez(f, weight, low, high, degree, rounds=12):
    """Coefficients, constant first, of P with the least maximum of |weight · (f - P)|, and that maximum."""
    n = degree + 2
    points = [(low + high) / 2 - (high - low) / 2 * cos(pi * (i + mpf(1) / 2) / n) for i in range(n)]
    grid = [low + (high - low) * mpf(i) / 600 for i in range(601)]
    for _ in range(rounds):
        a = matrix(n, n)
        b = matrix(n, 1)
        for i, x in enumerate(points):
            for d in range(degree + 1):
                a[i, d] = x**d
            a[i, degree + 1] = (-1) ** i / weight(x)
            b[i] = f(x)
        solved = lu_solve(a, b)
        c = [solved[d] for d in range(degree + 1)]
        errors = [(weight(x) * (f(x) - horner(c, x)), x) for x in grid]
        # One point of greatest error for each run of one sign.
        runs = []
        for e in errors:
            if runs and (runs[-1][0] > 0) == (e[0] > 0):
                if abs(e[0]) > abs(runs[-1][0]):
                    runs[-1] = e
            else:
                runs.append(e)
        while len(runs) > n:
            runs.pop(0 if abs(runs[0][0]) < abs(runs[-1][0]) else -1)
        if len(runs) < n:
            break
        points = [x for _, x in runs]
    return c, max(abs(e[0]) for e in errors)


def horner(c, x):
    v = mpf(0)
    for k in reversed(c):
        v = v * x + k
    return v


def show(name, what, fitted):
    c, error = fitted
    print(f"{name}: {what}; error 2^{float(log(error, 2)):.1f}")
    for i, k in enumerate(c):
        print(f"  c{i} = {as_float(k)!r}")


TINY = mpf(10) ** -12


def log_tail(f):
    """(log(1 + f) - f + f²/2) / f³."""
    if abs(f) < TINY:
        return mpf(1) / 3
    return (log1p(f) - f + f * f / 2) / f**3


def erf_tail(q):
    """erf(x) / x - 1, for q = x²."""
    x = sqrt(q)
    return (erf(x) / x if x > TINY else 2 / sqrt(pi)) - 1


def normal_tail(t):
    """Φ(-a) · e^(a²/2) / t for t = 1 / (1 + a/4)."""
    a = (1 / t - 1) * 4
    return erfc(a / sqrt(2)) / 2 * exp(a * a / 2) / t


def decay_tail(r):
    """(e^-r - 1 + r) / r²."""
    if abs(r) < mpf(10) ** -9:
        return mpf(1) / 2 - r / 6
    return (exp(-r) - 1 + r) / r**2


if __name__ == "__main__":
    root = sqrt(mpf(2))
    half = log(mpf(2)) / 2
    show("decay", "(e^-r - 1 + r) / r² for |r| up to ln2 / 2, relative to e^-r",
         remez(decay_tail, lambda r: (r if abs(r) > TINY else TINY) ** 2 * exp(r), -half - mpf("1e-5"), half + mpf("1e-5"), 4))
    show("log", "(log(1 + f) - f + f²/2) / f³ for 1 + f in [sqrt(1/2), sqrt(2)], relative to log",
         remez(log_tail, lambda f: f**3 / log1p(f) if abs(f) > TINY else f**2, 1 / root - 1 - mpf("1e-7"), root - 1, 7))
    show("erf, small", "erf(x) / x - 1 in x² up to 0.92²",
         remez(erf_tail, lambda q: 1 / (1 + erf_tail(q)), mpf(0), mpf("0.8464"), 6))
    show("erf, large", "log(erfc(a)) / a on [0.92, 3.95], relative to erf",
         remez(lambda a: log(erfc(a)) / a, lambda a: a * erfc(a) / erf(a), mpf("0.92"), mpf("3.95"), 6))
    show("normal", "Φ(-a) · e^(a²/2) / t in t = 1 / (1 + a/4), a up to 14.5",
         remez(normal_tail, lambda t: 1 / normal_tail(t), 1 / (1 + mpf("14.5") / 4), mpf(1), 9))
    show("POWER", "(1 - e)^(-3/4), e from -0.1308 to 0.1192 (LrnKernels: what ROOT_GUESS leaves)",
         remez(lambda e: (1 - e) ** mpf("-0.75"), lambda e: (1 - e) ** mpf("0.75"), mpf("-0.130774"), mpf("0.119141"), 5))
