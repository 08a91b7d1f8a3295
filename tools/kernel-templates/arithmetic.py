"""The functions of arithmetic, step by step, once for vectors and scalars: write_arithmetic.py makes Java of them.

As curves.py, whose functions may be used, with more steps: sqrt, least and greatest (Math.min and max), bit(t, i): whether that bit of a
float's representation is set. A function of one number has x, of two a and b; f_slope, f_slope_a and f_slope_b are dy times a
derivative. Where f_ok is false of a number, f leaves it to a function of the same name in ScalarCare, in float64.
"""


# ---------------------------------------------------------------- rounding


def whole(x):
    """The nearest integer, the even one of two."""
    a = abs(x)
    r = a + 8388608 - 8388608
    r = where(a < 8388608, r, a)
    return where(negative(x), -r, r)


def below(x):
    r = whole(x)
    return where(r > x, r - 1, r)


def round(x):
    return whole(x)


def floor(x):
    return below(x)


def ceil(x):
    return -below(-x)


def round_slope(x, dy):
    return 0


def floor_slope(x, dy):
    return 0


def ceil_slope(x, dy):
    return 0


# ---------------------------------------------------------------- one number


def abs_value(x):
    return abs(x)


def abs_value_slope(x, dy):
    return sign(x) * dy


def neg(x):
    return -x


def neg_slope(x, dy):
    return -dy


def sign(x):
    return where(x > 0, 1, where(x < 0, -1, x))


def sign_slope(x, dy):
    return 0


def square(x):
    return x * x


def square_slope(x, dy):
    return (x + x) * dy


def square_root(x):
    return sqrt(x)


def square_root_slope(x, dy):
    return dy * 0.5 / sqrt(x)


def reciprocal(x):
    return 1 / x


def reciprocal_slope(x, dy):
    y = 1 / x
    return -dy * y * y


def reciprocal_root(x):
    return 1 / sqrt(x)


def reciprocal_root_slope(x, dy):
    y = 1 / sqrt(x)
    return dy * -0.5 * y / x


def clip(x, p, q):
    y = where(x < p, p, x)
    return where(y > q, q, y)


def clip_slope(x, dy, p, q):
    return where(x < p, 0, where(x > q, 0, dy))


def logical_not(x):
    return where(x == 0, 1, 0)


def exp_slope(x, dy):
    return exp(x) * dy


def log_slope(x, dy):
    return dy / x


def erf_slope(x, dy):
    w = x * x
    c = where(w > 112, 112, w)
    y, s = scaled(-c)
    y = fma(y, -fma(x, x, -w), y) * s * ROOT_SLOPE
    return where(w > 112, 0, y) * dy


# ---------------------------------------------------------------- sine and cosine


def quadrant(x):
    """x = r + j · π/2 with j in the low bits of t, |r| at most π/4 and a little."""
    t = fma(x, TWO_OVER_PI, ROUND)
    j = t - ROUND
    r = fma(j, MINUS_HALF_PI_HIGH, x)
    r = fma(j, MINUS_HALF_PI_MIDDLE, r)
    r = fma(j, MINUS_HALF_PI_LOW, r)
    return t, r


def wave(t, r):
    """sin(r + j · π/2)."""
    z = r * r
    s = fma(z, S9, S7)
    s = fma(s, z, S5)
    s = fma(s, z, S3)
    s = fma(r * z, s, r)
    c = fma(z, K10, K8)
    c = fma(c, z, K6)
    c = fma(c, z, K4)
    c = fma(z * z, c, fma(z, -0.5, 1))
    y = where(bit(t, 0), c, s)
    return where(bit(t, 1), -y, y)


def sin(x):
    t, r = quadrant(x)
    return where(x == 0, x, wave(t, r))


def sin_ok(x):
    return abs(x) <= WAVE_FAR


def sin_slope(x, dy):
    t, r = quadrant(x)
    return wave(t + 1, r) * dy


def sin_slope_ok(x, dy):
    return abs(x) <= WAVE_FAR


def cos(x):
    t, r = quadrant(x)
    return wave(t + 1, r)


def cos_ok(x):
    return abs(x) <= WAVE_FAR


def cos_slope(x, dy):
    t, r = quadrant(x)
    return wave(t, r) * -dy


def cos_slope_ok(x, dy):
    return abs(x) <= WAVE_FAR


# ---------------------------------------------------------------- two numbers


def add(a, b):
    return a + b


def add_relu(a, b):
    y = a + b
    return where(y <= 0, 0, y)


def sub(a, b):
    return a - b


def mul(a, b):
    return a * b


def mul_slope_a(a, b, dy):
    return dy * b


def mul_slope_b(a, b, dy):
    return dy * a


def div(a, b):
    return a / b


def div_slope_a(a, b, dy):
    return dy / b


def div_slope_b(a, b, dy):
    return -dy * (a / b / b)


def min(a, b):
    return least(a, b)


def min_slope_a(a, b, dy):
    return where(a > b, 0, where(a == b, dy * 0.5, dy))


def min_slope_b(a, b, dy):
    return where(b > a, 0, where(a == b, dy * 0.5, dy))


def max(a, b):
    return greatest(a, b)


def max_slope_a(a, b, dy):
    return where(a < b, 0, where(a == b, dy * 0.5, dy))


def max_slope_b(a, b, dy):
    return where(b < a, 0, where(a == b, dy * 0.5, dy))


def equal(a, b):
    return where(a == b, 1, 0)


def not_equal(a, b):
    return where(a == b, 0, 1)


def less(a, b):
    return where(a < b, 1, 0)


def less_or_equal(a, b):
    return where(a <= b, 1, 0)


def greater(a, b):
    return where(a > b, 1, 0)


def greater_or_equal(a, b):
    return where(a >= b, 1, 0)


def logical_and(a, b):
    return where(a == 0, 0, where(b == 0, 0, 1))


def logical_or(a, b):
    return where(a == 0, where(b == 0, 0, 1), 1)


def logical_xor(a, b):
    return where(a == 0, where(b == 0, 0, 1), where(b == 0, 1, 0))


# ---------------------------------------------------------------- remainders


def division(a, b):
    """|a| = q · |b| + r with 0 <= r < |b|. The rounded quotient is never too small, and too great by 1 at most: then r < 0."""
    m = abs(a)
    d = abs(b)
    v = m / d
    q = v + 8388608 - 8388608
    q = where(q > v, q - 1, q)
    r = fma(-q, d, m)
    over = r < 0
    q = where(over, q - 1, q)
    r = where(over, r + d, r)
    return q, r


def fmod(a, b):
    q, r = division(a, b)
    return where(negative(a), -r, r)


def fmod_ok(a, b):
    return abs(a / b) + abs(b) * 0 < 4194304


def fmod_slope_b(a, b, dy):
    q, r = division(a, b)
    return where(negative(a / b), q, -q) * dy


def fmod_slope_b_ok(a, b, dy):
    return abs(a / b) + abs(b) * 0 < 4194304


def mod(a, b):
    q, r = division(a, b)
    s = a / b
    d = where(r == 0, 0, abs(b) - r)
    y = where(negative(s), d, r)
    return where(negative(b), -y, y)


def mod_ok(a, b):
    return abs(a / b) + abs(b) * 0 < 4194304


def mod_slope_b(a, b, dy):
    q, r = division(a, b)
    up = where(r == 0, q, q + 1)
    return where(negative(a / b), up, -q) * dy


def mod_slope_b_ok(a, b, dy):
    return abs(a / b) + abs(b) * 0 < 4194304


# ---------------------------------------------------------------- powers


def log_in_two(x):
    """log(x) = h + l for normal or subnormal x > 0, off by 2^-33 of it."""
    small = x < MIN_NORMAL
    u = where(small, x * 33554432, x)
    t = octave(u)
    m = fraction(u)
    k = t - where(small, ROUND + 25, ROUND)
    f = m - 1
    d = m + 1
    e = m - (d - 1)
    s = f / d
    c = (fma(-s, d, f) - s * e) / d
    z = s * s
    y = fma(s, s, -z) + (s + s) * c
    q = fma(z, W11, W9)
    q = fma(q, z, W7)
    q = fma(q, z, W5)
    w = z * W3
    v = fma(z, W3, -w) + fma(z * z, q, fma(z, W3_LOW, y * W3))
    g = w + 2
    b = 2 - g + w + v
    p = s * g
    r = fma(s, g, -p) + fma(s, b, c * g)
    a = k * -MINUS_LN2_HIGH
    h = a + p
    l = a - h + p + fma(k, -MINUS_LN2_LOW, r)
    return h, l


def power_of(x, b):
    """x^b for x > 0."""
    h, l = log_in_two(x)
    e = h * b
    rest = fma(h, b, -e) + l * b
    c = where(e > ABOVE, ABOVE, e)
    c = where(c < DEEP, DEEP, c)
    t, r = reduce(c)
    r = where(c == e, r + rest, r)
    p = series(r)
    p = fma(r * r, p, r) + 1
    deep = c < SCALED
    high = c > NEAR_TOP
    y = raised(p, where(deep, t + 64, where(high, t - 1, t)))
    return y * where(deep, SCALE, where(high, 2, 1))


def pow(a, b):
    m = abs(a)
    y = power_of(m, b)
    y = where(m == 0, where(b > 0, 0, INFINITY), y)
    n = whole(b)
    integer = n == b
    half = b * 0.5
    n = whole(half)
    y = where(a < 0, where(integer, y, NOT_A_NUMBER), y)
    odd = where(n == half, y, -y)
    y = where(negative(a), where(integer, odd, y), y)
    y = where(b == 2, a * a, y)
    y = where(b == 1, a, y)
    return where(b == 0, 1, y)


def pow_ok(a, b):
    return (abs(a) + abs(b)) * 0 == 0


def pow_slope_a(a, b, dy):
    c = b - 1
    y = pow(a, c)
    return where(b == 0, 0, dy * (b * y))


def pow_slope_a_ok(a, b, dy):
    return (abs(a) + abs(b)) * 0 == 0


def pow_slope_b(a, b, dy):
    y = pow(a, b)
    l = log(a)
    g = dy * (y * l)
    return where(a == 0, where(b >= 0, 0, g), g)


def pow_slope_b_ok(a, b, dy):
    return (abs(a) + abs(b)) * 0 == 0


BINARY_FILES = {
    "Sums": ["add", "add_relu", "sub", "mul", "div", "min", "max"],
    "Comparisons": ["equal", "not_equal", "less", "less_or_equal", "greater", "greater_or_equal", "logical_and", "logical_or", "logical_xor"],
    "Powers": ["fmod", "mod", "pow"],
}
UNARY_FILES = {
    "Functions": ["abs_value", "neg", "sign", "square", "square_root", "reciprocal", "reciprocal_root", "round", "floor", "ceil", "clip", "logical_not"],
    "Waves": ["exp", "log", "erf", "sin", "cos"],
}
ELSEWHERE = {"exp": "Exponentials", "log": "Logarithms", "erf": "ErrorFunctions"}
