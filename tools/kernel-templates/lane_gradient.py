"""Writes the loops of a weight gradient lane by lane; edit this, never its output, then run mvn spotless:apply."""
import pathlib
BASE = str(pathlib.Path(__file__).resolve().parents[2] / "kernels/src/main/java/io/lanewise/kernels/simd") + "/"

X = 'float[] x, int xOff, int rowStep, int tapStep, int lineStep, int pixelStep'
DY = 'float[] dy, int dyOff, int dyLineStep, int dyStep'
DW = 'float[] dw, int dwOff, int dwRowStep, int dwStep'
PASS = 'x, {x}, rowStep, tapStep, lineStep, pixelStep, dy, {dy}, dyLineStep, dyStep, dw, {dw}, dwRowStep, dwStep'
WORD = {1: 'one', 2: 'two', 3: 'three'}
MOST = 3  # rows and taps of a tile
ALONG = 4  # outputs of a tile whose neighbours share inputs


def at(base, i, step):
    return base if i == 0 else f'{base} + {step}' if i == 1 else f'{base} + {i} * {step}'


def load(array, offset):
    return f'FloatVector.fromArray(V, {array}, {offset})'


def name(rows, taps, stride=0):
    return f'{WORD[rows]}By{WORD[taps].capitalize()}' + ('', 'Shared', 'SharedByTwo')[stride]


def params(rows, taps):
    """Those of a tile: no steps between rows or taps where there is one."""
    unused = ({'rowStep', 'dwRowStep'} if rows == 1 else set()) | ({'tapStep', 'dwStep'} if taps == 1 else set())
    return [p for p in f'int lines, int pixels, {X}, {DY}, {DW}'.split(', ') if p.split()[1] not in unused]


def step(rows, taps):
    """One output: each input is loaded for the tap that meets it."""
    o = [f'        FloatVector d = {load("dy", "di")};']
    for r in range(rows):
        if r: o.append(f'        int x{r} = {at("xi", r, "rowStep")};')
        for t in range(taps):
            o.append(f'        w{r}{t} = {load("x", at("xi" if r == 0 else f"x{r}", t, "tapStep"))}.fma(d, w{r}{t});')
    return o + ['        xi += pixelStep;', '        di += dyStep;']


def shared(rows, taps, stride):
    """Some outputs whose neighbours share inputs: a load serves up to as many multiply-adds as there are taps."""
    o = [f'        FloatVector d{i} = {load("dy", at("di", i, "dyStep"))};' for i in range(ALONG)]
    for r in range(rows):
        if r: o.append(f'        int x{r} = {at("xi", r, "rowStep")};')
        for j in range((ALONG - 1) * stride + taps):
            o.append(f'        FloatVector v{r}{j} = {load("x", at("xi" if r == 0 else f"x{r}", j, "tapStep"))};')
            o += [f'        w{r}{j - i * stride} = v{r}{j}.fma(d{i}, w{r}{j - i * stride});' for i in range(ALONG) if 0 <= j - i * stride < taps]
    return o + [f'        xi += {ALONG} * pixelStep;', f'        di += {ALONG} * dyStep;']


def tile(rows, taps, stride=0):
    doc = f'{WORD[rows].capitalize()} row{"s" if rows > 1 else ""} of {WORD[taps]} tap{"s" if taps > 1 else ""}'
    doc += ('', '; neighbours share inputs', '; neighbours are two taps apart and share inputs')[stride]
    o = [f'  /** {doc}. */', f'  private static void {name(rows, taps, stride)}({", ".join(params(rows, taps))}) {{']
    slots = [(r, t, at(at('dwOff', r, 'dwRowStep'), t, 'dwStep')) for r in range(rows) for t in range(taps)]
    o += [f'    FloatVector w{r}{t} = {load("dw", slot)};' for r, t, slot in slots]
    o += ['    for (int line = 0; line < lines; line++) {', '      int xi = xOff + line * lineStep;', '      int di = dyOff + line * dyLineStep;']
    if stride:
        o += ['      int i = 0;', f'      for (; i <= pixels - {ALONG}; i += {ALONG}) {{'] + shared(rows, taps, stride) + ['      }', '      for (; i < pixels; i++) {']
    else:
        o.append('      for (int i = 0; i < pixels; i++) {')
    o += step(rows, taps) + ['      }', '    }', '    FloatVector zero = FloatVector.broadcast(V, -0f); // a receiver of known class']
    o += [f'    zero.add(w{r}{t}).intoArray(dw, {slot});' for r, t, slot in slots]
    return '\n'.join(o + ['  }\n'])


def call(rows, taps, stride=0):
    return f'{name(rows, taps, stride)}({", ".join(p.split()[1] for p in params(rows, taps))});'


TILES = [(r, t) for r in range(MOST, 0, -1) for t in range(MOST, 0, -1)]
body = f'''package io.lanewise.kernels.simd;

import io.lanewise.kernels.micro.LaneGradientKernel;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * A vector of channels after the other, up to {MOST} x {MOST} taps at a time, whose sums stay in registers from the first output to the
 * last. Budget of the largest tile: 9 sums, 4 outputs, an input. Channels that do not fill a vector go to {{@code rest}}.
 */
final class VectorLaneGradient implements LaneGradientKernel {{
  private static final VectorSpecies<Float> V = SimdKernels.V;
  private static final int L = V.length();
  private static final int MOST = {MOST};

  private final LaneGradientKernel rest;

  VectorLaneGradient(LaneGradientKernel rest) {{
    this.rest = rest;
  }}

  @Override
  public void add(int rows, int taps, int lines, int pixels, int channels, {X}, {DY}, {DW}) {{
    int whole = V.loopBound(channels);
    for (int c = 0; c < whole; c += L) {{
      int r = 0;
      while (r < rows) {{
        int high = part(rows - r);
        int t = 0;
        while (t < taps) {{
          int wide = part(taps - t);
          int from = xOff + c + r * rowStep + t * tapStep;
          int to = dwOff + c + r * dwRowStep + t * dwStep;
          tile(high, wide, lines, pixels, {PASS.format(x="from", dy="dyOff + c", dw="to")});
          t += wide;
        }}
        r += high;
      }}
    }}
    if (whole < channels) {{
      rest.add(rows, taps, lines, pixels, channels - whole, {PASS.format(x="xOff + whole", dy="dyOff + whole", dw="dwOff + whole")});
    }}
  }}

  /** Of so many rows or taps: as many as there are tiles for, but four in halves. */
  private static int part(int left) {{
    return left == MOST + 1 ? 2 : Math.min(left, MOST);
  }}

  private static void tile(int rows, int taps, int lines, int pixels, {X}, {DY}, {DW}) {{
    switch (MOST * (rows - 1) + taps - 1) {{
'''
for r, t in TILES:
    at_once = MOST * (r - 1) + t - 1
    if (r, t) == (MOST, MOST):
        body += f'''      case {at_once} -> {{
        if (pixelStep == tapStep) {{
          {call(r, t, 1)}
        }} else if (pixelStep == 2 * tapStep) {{
          {call(r, t, 2)}
        }} else {{
          {call(r, t)}
        }}
      }}
'''
    elif at_once: body += f'      case {at_once} -> {call(r, t)}\n'
    else: body += f'      default -> {call(r, t)}\n'
body += '    }\n  }\n\n'
body += ''.join(tile(MOST, MOST, s) + '\n' for s in (1, 2)) + '\n'.join(tile(r, t) for r, t in TILES)
open(BASE + 'VectorLaneGradient.java', 'w').write(body + '}\n')
