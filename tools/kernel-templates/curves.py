"""The functions of one element, step by step, once for vectors and scalars: writer.py makes Java of them.

Plain Python, of which the writer understands assignments, calls of the functions here, and these steps: fma, abs, where(mask, then,
otherwise), isnan, and on the bits of floats: raised(p, t) = p · 2^j and lowered(p, t) = p · 2^-j for t = ROUND + j, octave(u) = ROUND +
k and fraction(u) = u · 2^-k, which lies in [sqrt(1/2), sqrt(2)). Capital names are constants of the micro package. A comparison with NaN
is false, which is how NaN passes most steps.
"""


# ---------------------------------------------------------------- what the others are made of


def reduce(x):
    t = fma(x, LOG2E, ROUND)
    j = t - ROUND
    r = fma(j, MINUS_LN2_HIGH, x)
    r = fma(j, MINUS_LN2_LOW, r)
    return t, r


def series(r):
    """(e^r - 1 - r) / r²."""
    p = fma(r, C7, C6)
    p = fma(p, r, C5)
    p = fma(p, r, C4)
    p = fma(p, r, C3)
    p = fma(p, r, C2)
    return p


def power(x):
    """e^x for x in [-87, 88.72]; not for NaN."""
    t, r = reduce(x)
    p = series(r)
    p = fma(r * r, p, r) + 1
    return raised(p, t)


def scaled(x):
    """e^x = y · s for x in [DEEP, TOP]: s is a power of two below 1 where e^x may be subnormal, so that y keeps its digits."""
    t, r = reduce(x)
    p = series(r)
    p = fma(r * r, p, r) + 1
    deep = x < SCALED
    y = raised(p, where(deep, t + 64, t))
    s = where(deep, SCALE, 1)
    return y, s


def decay(a):
    """e^-a as y · s, for a >= 0."""
    x = -where(a > -DEEP, -DEEP, a)
    y, s = scaled(x)
    return y, s


def logarithm(f, k):
    """log((1 + f) · 2^k)."""
    q = fma(f, G10, G9)
    q = fma(q, f, G8)
    q = fma(q, f, G7)
    q = fma(q, f, G6)
    q = fma(q, f, G5)
    q = fma(q, f, G4)
    q = fma(q, f, G3)
    q = fma(q, f, G2)
    r = fma(f * f, q, f)
    return fma(k, LN2, r)


def log_of_one_and(x):
    """log(1 + x) for finite x > -1; not for NaN."""
    u = x + 1
    t = octave(u)
    s = lowered(4, t)
    f = fma(s, x * 0.25, fma(s, 0.25, -1))
    r = logarithm(f, t - ROUND)
    return where(abs(x) < TINY, x, r)


def tail(a):
    """Φ(-a) as y · s, and e^(-a²/2) as e · s; a >= 0."""
    c = where(a > FAR, FAR, a)
    w = c * c
    e, s = scaled(w * -0.5)
    e = fma(e, fma(c, c, -w) * -0.5, e)
    t = 1 / fma(c, 0.25, 1)
    p = fma(t, N10, N9)
    p = fma(p, t, N8)
    p = fma(p, t, N7)
    p = fma(p, t, N6)
    p = fma(p, t, N5)
    p = fma(p, t, N4)
    p = fma(p, t, N3)
    p = fma(p, t, N2)
    p = fma(p, t, N1)
    return e * (t * p), e, s


def within(x, limit):
    """x, but no farther from 0 than limit."""
    c = where(x > limit, limit, x)
    return where(c < -limit, -limit, c)


# ---------------------------------------------------------------- exponentials


def exp(x):
    c = where(x > TOP, TOP, x)
    c = where(c < DEEP, DEEP, c)
    y, s = scaled(c)
    y = y * s
    y = where(x > TOP, INFINITY, y)
    return where(isnan(x), x, y)


def minus_one(x):
    """e^x - 1 for x <= TOP."""
    c = where(x < FLAT, FLAT, x)
    t, r = reduce(c)
    p = series(r)
    p = fma(r * r, p, r)
    s = raised(0.5, t)
    y = fma(s, p, s - 0.5)
    y = y + y
    return where(abs(x) < TINY, x, y)


def expm1(x):
    y = minus_one(where(x > TOP, TOP, x))
    return where(x > TOP, INFINITY, y)


def opposite(x):
    """e^-x = p · 2^j as p and ROUND + j; not for NaN."""
    t = fma(x, -LOG2E, ROUND)
    j = t - ROUND
    r = fma(j, -MINUS_LN2_HIGH, x)
    r = fma(j, -MINUS_LN2_LOW, r)
    p = fma(r, D6, D5)
    p = fma(p, r, D4)
    p = fma(p, r, D3)
    p = fma(p, r, D2)
    p = fma(p, r, -1)
    p = fma(p, r, 1)
    return p, t


def quotient(c):
    """1 + e^-c as d / s for c >= DEEP: s is a power of two below 1 where e^-c may be infinite; beyond -SCALED it is 1."""
    p, t = opposite(where(c > -SCALED, -SCALED, c))
    deep = c < SCALED
    y = raised(p, where(deep, t - 64, t))
    d = where(deep, y, y + 1)
    s = where(deep, SCALE, 1)
    return d, s


def sigmoid(x):
    d, s = quotient(where(x < DEEP, DEEP, x))
    y = 1 / d * s
    return where(isnan(x), x, y)


def sigmoid_near(x):
    """sigmoid where e^|x| is finite: the same bits in fewer steps."""
    p, t = opposite(x)
    y = 1 / (raised(p, t) + 1)
    return where(isnan(x), x, y)


def sigmoid_slope(y, dy):
    return fma(-y, y, y) * dy


def silu(x):
    c = where(x < DEEP, DEEP, x)
    d, s = quotient(c)
    return c / d * s


def silu_near(x):
    """silu where e^|x| is finite: the same bits in fewer steps."""
    p, t = opposite(x)
    return x / (raised(p, t) + 1)


def silu_slope(x, dy):
    y, s = decay(abs(x))
    z = y * s
    d = z + 1
    p = where(x < 0, z, 1) / d
    m = where(x < 0, 1, z) / d
    c = within(x, -DEEP)
    return p * fma(c, m, 1) * dy


def elu(x, p, q, r):
    y = minus_one(where(x > 0, 0, x) * r)
    return where(x > 0, x * p, y * q)


def elu_slope(y, dy, p, q, r):
    return where(y > 0, p, fma(y, r, q * r)) * dy


# ---------------------------------------------------------------- logarithms


def log(x):
    small = x < MIN_NORMAL
    u = where(small, x * 33554432, x)
    t = octave(u)
    f = fraction(u) - 1
    y = logarithm(f, t - where(small, ROUND + 25, ROUND))
    y = where(x == INFINITY, x, y)
    y = where(x == 0, -INFINITY, y)
    return where(x >= 0, y, NOT_A_NUMBER)


def log1p(x):
    y = log_of_one_and(x)
    y = where(x == INFINITY, x, y)
    y = where(x == -1, -INFINITY, y)
    return where(x >= -1, y, NOT_A_NUMBER)


def softplus(x, p, q, r):
    v = x * p
    y, s = decay(abs(v))
    z = log_of_one_and(y * s)
    y = (where(v > 0, v, 0) + z) * r
    y = where(v > q, x, y)
    return where(isnan(x), x, y)


def softplus_slope(x, dy, p, q, r):
    v = x * p
    y, s = decay(abs(v))
    z = y * s
    y = where(v < 0, z, 1) / (z + 1)
    y = where(v > q, 1, y)
    return where(isnan(x), x, y) * dy


def mish(x):
    y, s = decay(abs(x))
    z = y * s
    below = x < 0
    n = fma(z, 2, 1)
    d = where(below, fma(z, z + 2, 2), fma(z + z, z, n))
    n = where(below, fma(y, z, y + y), n)
    s = where(below, s, 1)
    c = where(x < DEEP, DEEP, x)
    return c * (n / d) * s


def mish_slope(x, dy):
    y, s = decay(abs(x))
    z = y * s
    below = x < 0
    n = where(below, fma(z, z, z + z), fma(z, 2, 1))
    d = where(below, n + 2, fma(z + z, z, n))
    m = where(below, z, z * z) * 4 * (z + 1)
    c = within(x, -DEEP)
    return fma(c, m / d, n) / d * dy


# ---------------------------------------------------------------- the error function


def erf(x):
    a = abs(x)
    q = x * x
    p = fma(q, E13, E11)
    p = fma(p, q, E9)
    p = fma(p, q, E7)
    p = fma(p, q, E5)
    p = fma(p, q, E3)
    p = fma(p, q, E1)
    small = fma(x, p, x)
    c = where(a > ERF_ONE, ERF_ONE, a)
    h = fma(c, H7, H6)
    h = fma(h, c, H5)
    h = fma(h, c, H4)
    h = fma(h, c, H3)
    h = fma(h, c, H2)
    h = fma(h, c, H1)
    y = 1 - power(h * c)
    y = where(x < 0, -y, y)
    y = where(a < ERF_SMALL, small, y)
    return where(isnan(x), x, where(x == 0, x, y))


def gelu(x):
    y, e, s = tail(abs(x))
    c = where(x < -FAR, -FAR, x)
    y = where(x <= 0, c * y * s, fma(-c, y * s, c))
    return where(x == INFINITY, x, y)


def gelu_slope(x, dy):
    y, e, s = tail(abs(x))
    y = y * s
    c = within(x, FAR)
    return fma(c, e * s * DENSITY, where(x < 0, y, 1 - y)) * dy


def gelu_tanh(x):
    v = x * fma(x * x, CUBIC, LINEAR)
    y, s = decay(abs(v))
    d = fma(y, s, 1)
    c = where(x < TANH_FAR, TANH_FAR, x)
    n = where(x < 0, y, 1)
    s = where(x < 0, s, 1)
    return c * n / d * s


def gelu_tanh_slope(x, dy):
    w = x * x
    v = x * fma(w, CUBIC, LINEAR)
    y, s = decay(abs(v))
    z = y * s
    d = z + 1
    p = where(x < 0, z, 1) / d
    m = where(x < 0, 1, z) / d
    c = within(x, -TANH_FAR)
    u = fma(c * c, CUBIC * 3, LINEAR)
    return p * fma(c * u, m, 1) * dy


def tanh(x):
    a = abs(x)
    q = x * x
    p = fma(q, P13, P11)
    p = fma(p, q, P9)
    p = fma(p, q, P7)
    p = fma(p, q, P5)
    p = fma(p, q, P3)
    small = fma(a * q, p, a)
    c = where(a > ONE, ONE, a)
    y = power(c + c)
    y = 1 - 2 / (y + 1)
    y = where(a < SMALL, small, y)
    y = where(isnan(x), x, y)
    return where(negative(x), -y, y)


def tanh_slope(y, dy):
    return fma(-y, y, 1) * dy


# ---------------------------------------------------------------- straight lines


def step(x):
    return where(x > 0, 1, where(isnan(x), x, 0))


def step_slope(x, dy):
    return 0


def relu(x):
    return where(x <= 0, 0, x)


def relu_slope(y, dy):
    return where(y > 0, dy, 0)


def leaky_relu(x, p):
    return where(x > 0, x, x * p)


def leaky_relu_slope(y, dy, p):
    return where(y > 0, dy, dy * p)


def clamp(x, p, q):
    y = where(x <= p, p, x)
    return where(y >= q, q, y)


def clamp_slope(y, dy, p, q):
    return where(y > p, where(y < q, dy, 0), 0)


def threshold(x, p, q):
    return where(x <= p, q, x)


def threshold_slope(x, dy, p):
    return where(x > p, dy, 0)


def hard_sigmoid(x, p, q):
    y = fma(x, p, q)
    y = where(y < 0, 0, y)
    return where(y > 1, 1, y)


def hard_sigmoid_slope(y, dy, p):
    return where(y > 0, where(y < 1, dy * p, 0), 0)


def hard_swish(x):
    y = x * ((x + 3) * 0.16666667)
    y = where(x <= -3, -0.0, y)
    return where(x >= 3, x, y)


def hard_swish_slope(x, dy):
    y = dy * ((x + 1.5) * 0.33333334)
    y = where(x <= -3, 0, y)
    return where(x >= 3, dy, y)


def softsign(x):
    c = within(x, MAX_VALUE)
    return c / (abs(c) + 1)


def softsign_slope(x, dy):
    d = 1 / (abs(x) + 1)
    return d * d * dy


# Functions that take a shorter way, *_near, where no element of a vector is farther from 0 than this.
NEAR = {"sigmoid": "-SCALED", "silu": "-SCALED"}

FILES = {
    "Exponentials": ["exp", "expm1", "sigmoid", "silu", "elu", "tanh"],
    "Logarithms": ["log", "log1p", "softplus", "mish"],
    "ErrorFunctions": ["erf", "gelu", "gelu_tanh"],
    "Lines": ["step", "relu", "leaky_relu", "clamp", "threshold", "hard_sigmoid", "hard_swish", "softsign"],
}
