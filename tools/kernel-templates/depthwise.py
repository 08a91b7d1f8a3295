"""Writes the depthwise kernels; edit this, never its output, then run mvn spotless:apply."""
import pathlib
BASE = str(pathlib.Path(__file__).resolve().parents[2] / "kernels/src/main/java/io/lanewise/kernels/simd") + "/"

COUNT = {1: 'one', 2: 'two', 4: 'four', 8: 'eight'}


def at(base, i, step):
    return base if i == 0 else f'{base} + {step}' if i == 1 else f'{base} + {i} * {step}'


class Tile:
    """Outputs of R rows by T columns, windows of rows x taps; step is the stride in taps where neighbours share inputs, else 0."""

    def __init__(self, R, T, rows, taps, step, starts=False):
        self.R, self.T, self.rows, self.taps, self.step, self.starts = R, T, rows, taps, step, starts
        self.name = f'{COUNT[R]}By{COUNT[T].capitalize()}Of{rows}x{taps}'
        drop = set()
        if step: drop |= {'pixelStep', 'outRowStep'}
        if T == 1: drop |= {'pixelStep', 'yStep', 'sStep'}
        if R == 1: drop |= {'outRowStep', 'yRowStep'}
        if rows == 1: drop |= {'rowStep', 'wRowStep'}
        if taps == 1 and (T == 1 or not step): drop |= {'tapStep'}
        if taps == 1: drop |= {'wStep'}
        if not starts: drop |= {'sStep'}
        self.args = [a for a in ['int channels', 'float[] x', 'int xOff', 'int rowStep', 'int tapStep', 'int outRowStep', 'int pixelStep', 'float[] w', 'int wOff', 'int wRowStep', 'int wStep', 'float[] s', 'int sOff', 'int sStep', 'float[] y', 'int yOff', 'int yRowStep', 'int yStep'] if a.split()[1] not in drop]

    def call(self, where='', **given):
        return where + self.name + '(' + ', '.join(given.get(n, n) for n in (a.split()[1] for a in self.args)) + ');'

    def inputs(self):
        """(row, column) of each input -> its offset; rows of windows above each other are shared only with a step."""
        if self.step:
            return {(r, t): at(at('xOff', r, 'rowStep'), t, 'tapStep')
                    for r in range((self.R - 1) * self.step + self.rows) for t in range((self.T - 1) * self.step + self.taps)}
        return {(i, r, j, t): at(at(at(at('xOff', i, 'outRowStep'), r, 'rowStep'), j, 'pixelStep'), t, 'tapStep')
                for i in range(self.R) for r in range(self.rows) for j in range(self.T) for t in range(self.taps)}

    def source(self, doc):
        o = [f'  /** {doc} */', f'  static void {self.name}(' + ', '.join(self.args) + ') {']
        key = lambda k: '_'.join(map(str, k)) if len(k) > 2 else f'{k[0]}{k[1]}'
        offsets = self.inputs()
        if self.step:
            o += [f'    int x{key(k)} = {e};' for k, e in offsets.items()]
        o += [f'    int w{r}{t} = {at(at("wOff", r, "wRowStep"), t, "wStep")};' for r in range(self.rows) for t in range(self.taps)]
        o.append('    for (int c = 0; c < channels; c += L) {')
        if self.starts:
            o += [f'      FloatVector y0{j} = FloatVector.fromArray(V, s, {at("sOff", j, "sStep")} + c);' for j in range(self.T)]
        else:
            o.append('      FloatVector start = FloatVector.fromArray(V, s, sOff + c);')
        begun, loaded, weights = set(), set(), set()
        def weight(r, t):
            if (r, t) not in weights:
                weights.add((r, t))
                o.append(f'      FloatVector k{r}{t} = FloatVector.fromArray(V, w, w{r}{t} + c);')
        def add(i, j, ky, kx, x):
            acc = f'y{i}{j}'
            first = not self.starts and acc not in begun
            begun.add(acc)
            o.append(f'      {"FloatVector " if first else ""}{acc} = {x}.fma(k{ky}{kx}, {"start" if first else acc});')
        if self.step:
            height = (self.R - 1) * self.step + self.rows
            width = (self.T - 1) * self.step + self.taps
            for r in range(height):
                o += [f'      FloatVector v{r}{t} = FloatVector.fromArray(V, x, x{r}{t} + c);' for t in range(width)]
                for i in range(self.R):
                    ky = r - i * self.step
                    if not 0 <= ky < self.rows: continue
                    for kx in range(self.taps):
                        weight(ky, kx)
                        for j in range(self.T): add(i, j, ky, kx, f'v{r}{j * self.step + kx}')
                    if ky == self.rows - 1:
                        o += [f'      y{i}{j}.intoArray(y, {at(at("yOff", i, "yRowStep"), j, "yStep")} + c);' for j in range(self.T)]
        else:
            for ky in range(self.rows):
                for kx in range(self.taps):
                    weight(ky, kx)
                    for i in range(self.R):
                        for j in range(self.T): add(i, j, ky, kx, f'FloatVector.fromArray(V, x, {offsets[(i, ky, j, kx)]} + c)')
            o += [f'      y{i}{j}.intoArray(y, {at(at("yOff", i, "yRowStep"), j, "yStep")} + c);' for i in range(self.R) for j in range(self.T)]
        o.append('    }\n  }\n')
        return '\n'.join(o)


class Gradient:
    """A row of T outputs added to the gradient of a row of taps; dense if neighbours share their inputs."""

    def __init__(self, T, taps, dense=False):
        self.T, self.taps, self.dense = T, taps, dense
        self.name = f'{COUNT[T]}Of{taps}' + ('Dense' if dense else '')
        drop = set()
        if dense or T == 1: drop |= {'pixelStep'}
        if T == 1: drop |= {'dyStep'}
        if taps == 1: drop |= {'tapStep', 'dwStep'}
        self.args = [a for a in ['int channels', 'float[] x', 'int xOff', 'int tapStep', 'int pixelStep', 'float[] dy', 'int dyOff', 'int dyStep', 'float[] dw', 'int dwOff', 'int dwStep'] if a.split()[1] not in drop]

    call = Tile.call

    def source(self, doc):
        o = [f'  /** {doc} */', f'  static void {self.name}(' + ', '.join(self.args) + ') {', '    for (int c = 0; c < channels; c += L) {']
        load = lambda name, array, offset: o.append(f'      FloatVector {name} = FloatVector.fromArray(V, {array}, {offset} + c);')
        for t in range(self.taps): load(f'w{t}', 'dw', at('dwOff', t, 'dwStep'))
        if self.dense:
            for t in range(self.taps - 1): load(f'v{t}', 'x', at('xOff', t, 'tapStep'))
        for i in range(self.T):
            load(f'd{i}', 'dy', at('dyOff', i, 'dyStep'))
            if self.dense: load(f'v{i + self.taps - 1}', 'x', at('xOff', i + self.taps - 1, 'tapStep'))
            for t in range(self.taps):
                x = f'v{i + t}' if self.dense else f'FloatVector.fromArray(V, x, {at(at("xOff", i, "pixelStep"), t, "tapStep")} + c)'
                o.append(f'      w{t} = {x}.fma(d{i}, w{t});')
        o += [f'      w{t}.intoArray(dw, {at("dwOff", t, "dwStep")} + c);' for t in range(self.taps)]
        o.append('    }\n  }\n')
        return '\n'.join(o)


def write(name, head, body):
    open(BASE + name + '.java', 'w').write(head + body + '}\n')


def tiles(name, doc, members, more=''):
    write(name, f'''package io.lanewise.kernels.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** {doc} */
final class {name} {{
  private static final VectorSpecies<Float> V = SimdKernels.V;
  private static final int L = V.length();

  private {name}() {{}}

''', more + '\n'.join(t.source(d) for t, d in members))


D42, D41, D14, E41, S22 = Tile(4, 2, 3, 3, 1), Tile(4, 1, 3, 3, 1), Tile(1, 4, 3, 3, 1), Tile(4, 1, 3, 2, 1), Tile(2, 2, 3, 3, 2)
tiles('DepthwiseShared', 'Windows of outputs so near each other that they share their inputs: loads bound them.', [
    (D42, 'Budget: 8 accumulators, 9 weights, 4 inputs, 1 start = 22 of 32 registers.'),
    (D41, 'Four outputs below each other.'),
    (D14, 'Four outputs side by side.'),
    (E41, 'Four outputs below each other at the left or right border.'),
    (S22, 'A stride of 2: 25 inputs for 4 outputs.')])

ALL = ['int channels', 'float[] x', 'int xOff', 'int rowStep', 'int tapStep', 'int pixelStep', 'float[] w', 'int wOff', 'int wRowStep', 'int wStep', 'float[] s', 'int sOff', 'float[] y', 'int yOff', 'int yStep']


def switch(T, doc):
    """All windows up to 3 x 3 for T outputs side by side, and the choice among them."""
    args = [a for a in ALL if T > 1 or a.split()[1] not in ('pixelStep', 'yStep')]
    members = [Tile(1, T, rows, taps, 0) for rows in (3, 2, 1) for taps in (3, 2, 1)]
    o = ['  /** The window of {@code rows} x {@code taps}, 3 x 3 at most. */', '  static void run(int rows, int taps, ' + ', '.join(args) + ') {', '    switch (3 * rows + taps) {']
    for t in members: o.append(f'      case {3 * t.rows + t.taps} -> {t.call()}')
    o += ["      default -> throw new IllegalArgumentException(\"expected a window of up to 3 x 3, got \" + rows + \" x \" + taps);", '    }', '  }', '']
    name = 'Depthwise' + COUNT[T].capitalize()
    tiles(name, doc, [], '\n'.join(o) + '\n' + '\n'.join(t.source(f'{t.rows} x {t.taps}.').replace('  static', '  private static', 1) for t in members))
    return name + '.run(rows, taps, ' + ', '.join({'xOff': 'from', 'yOff': 'to'}.get(a.split()[1], a.split()[1]) for a in args) + ');'


FOUR = switch(4, 'Four outputs side by side, at any distance, with small windows.')
ONE = switch(1, 'One output with a small window.')
class Chains:
    """The gradient of R rows of three taps, kept in registers along a row of outputs."""

    def __init__(self, R, dense):
        self.R, self.dense = R, dense
        self.name = f'{COUNT[R]}Rows' + ('Dense' if dense else '')
        self.args = [a for a in ['int pixels', 'float[] x', 'int xOff', 'int rowStep', 'int tapStep', 'int pixelStep', 'float[] dy', 'int dyOff', 'int dyStep', 'float[] dw', 'int dwOff', 'int dwRowStep', 'int dwStep'] if not (dense and a == 'int pixelStep')]

    call = Tile.call

    def source(self, doc):
        T = 4 if self.dense else 1
        step = 'tapStep' if self.dense else 'pixelStep'
        taps = [(r, t) for r in range(self.R) for t in range(3)]
        slot = lambda r, t: at(at('dwOff', r, 'dwRowStep'), t, 'dwStep')
        o = [f'  /** {doc} */', f'  static void {self.name}(' + ', '.join(self.args) + ') {']
        o += [f'    FloatVector w{r}{t} = FloatVector.fromArray(V, dw, {slot(r, t)});' for r, t in taps]
        o += ['    int xi = xOff;', '    int di = dyOff;', f'    for (int i = 0; i < pixels; i += {T}) {{']
        o += [f'      FloatVector d{i} = FloatVector.fromArray(V, dy, {at("di", i, "dyStep")});' for i in range(T)]
        for r in range(self.R):
            o.append(f'      int x{r} = {at("xi", r, "rowStep")};')
            o += [f'      FloatVector v{r}{j} = FloatVector.fromArray(V, x, {at(f"x{r}", j, "tapStep")});' for j in range(T + 2)]
            o += [f'      w{r}{t} = v{r}{i + t}.fma(d{i}, w{r}{t});' for i in range(T) for t in range(3)]
        o += [f'      xi += {T} * {step};' if T > 1 else f'      xi += {step};', f'      di += {T} * dyStep;' if T > 1 else '      di += dyStep;', '    }']
        o.append('    FloatVector zero = FloatVector.broadcast(V, -0f); // a receiver of known class')
        o += [f'    zero.add(w{r}{t}).intoArray(dw, {slot(r, t)});' for r, t in taps]
        o.append('  }\n')
        return '\n'.join(o)


class Pixel:
    """The gradient of rows x taps by one output."""

    def __init__(self, rows, taps):
        self.rows, self.taps = rows, taps
        self.name = f'oneOf{rows}x{taps}'
        self.args = ['int channels', 'float[] x', 'int xOff', 'int rowStep', 'int tapStep', 'float[] dy', 'int dyOff', 'float[] dw', 'int dwOff', 'int dwRowStep', 'int dwStep']

    call = Tile.call

    def source(self, doc):
        o = [f'  /** {doc} */', f'  static void {self.name}(' + ', '.join(self.args) + ') {', '    for (int c = 0; c < channels; c += L) {', '      FloatVector d = FloatVector.fromArray(V, dy, dyOff + c);']
        for r in range(self.rows):
            for t in range(self.taps):
                slot = at(at('dwOff', r, 'dwRowStep'), t, 'dwStep')
                o.append(f'      FloatVector w{r}{t} = FloatVector.fromArray(V, dw, {slot} + c);')
                o.append(f'      FloatVector.fromArray(V, x, {at(at("xOff", r, "rowStep"), t, "tapStep")} + c).fma(d, w{r}{t}).intoArray(dw, {slot} + c);')
        o.append('    }\n  }\n')
        return '\n'.join(o)


P33, P32, P23, P22 = Pixel(3, 3), Pixel(3, 2), Pixel(2, 3), Pixel(2, 2)
COUNT[3] = 'three'
C3d, C2d, C3, C2 = Chains(3, True), Chains(2, True), Chains(3, False), Chains(2, False)
G4, G1, G41, G11 = Gradient(4, 3), Gradient(1, 3), Gradient(4, 1), Gradient(1, 1)
tiles('DepthwiseGradient', 'Outputs of a row added to the gradient of rows of taps.', [
    (C3d, 'Three rows, outputs in fours that share their inputs: 9 accumulators, 4 of dy, 6 inputs.'),
    (C2d, 'Two rows, outputs in fours.'),
    (C3, 'Three rows.'),
    (C2, 'Two rows.'),
    (P33, 'One output.'),
    (P32, 'One output at the left or right border.'),
    (P23, 'One output at the upper or lower border.'),
    (P22, 'One output in a corner.'),
    (G4, 'Four outputs, three taps.'),
    (G1, 'One output, three taps.'),
    (G41, 'Four outputs, one tap.'),
    (G11, 'One output, one tap.')])
R43, R41, R13, R11 = Tile(1, 4, 1, 3, 0, True), Tile(1, 4, 1, 1, 0, True), Tile(1, 1, 1, 3, 0, True), Tile(1, 1, 1, 1, 0, True)

X = 'float[] x, int xOff, int rowStep, int tapStep, int outRowStep, int pixelStep'
W = 'float[] w, int wOff, int wRowStep, int wStep, float[] s, int sOff'
Y = 'float[] y, int yOff, int yRowStep, int yStep'

body = f'''package io.lanewise.kernels.simd;

import io.lanewise.kernels.micro.DepthwiseKernel;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Windows of 3 x 3, and the parts of them that borders leave, in one go: loads and stores bound it,
 * so an output is written once and eight neighbours share their inputs. Other windows go row by
 * row, three taps and one at a time. The inner loops run over channels with a constant step, so that
 * their range checks move out of them. Channels that do not fill a vector go to {{@code rest}}.
 */
final class VectorDepthwise implements DepthwiseKernel {{
  private static final VectorSpecies<Float> V = SimdKernels.V;
  private static final int L = V.length();
  private static final int PIXELS = 4;
  private static final int TAPS = 3;
  private static final int ROWS = 3;

  private final DepthwiseKernel rest;

  VectorDepthwise(DepthwiseKernel rest) {{
    this.rest = rest;
  }}

  @Override
  public void run(int rows, int taps, int outRows, int pixels, int channels, {X}, {W}, {Y}) {{
    int whole = V.loopBound(channels);
    if (whole > 0) {{
      boolean dense = pixelStep == tapStep && outRowStep == rowStep;
      int r = 0;
      if (rows == ROWS && dense) {{
        for (; outRows - r >= 4; r += 4) {{
          fourRows(taps, pixels, whole, x, xOff + r * outRowStep, rowStep, tapStep, w, wOff, wRowStep, wStep, s, sOff, y, yOff + r * yRowStep, yRowStep, yStep);
        }}
      }} else if (rows == ROWS && taps == TAPS && pixelStep == 2 * tapStep && outRowStep == 2 * rowStep) {{
        for (; outRows - r >= 2; r += 2) {{
          twoRows(pixels, whole, x, xOff + r * outRowStep, rowStep, tapStep, w, wOff, wRowStep, wStep, s, sOff, y, yOff + r * yRowStep, yRowStep, yStep);
        }}
      }}
      for (; r < outRows; r++) {{
        oneRow(rows, taps, pixels, whole, dense, x, xOff + r * outRowStep, rowStep, tapStep, pixelStep, w, wOff, wRowStep, wStep, s, sOff, y, yOff + r * yRowStep, yStep);
      }}
    }}
    if (whole < channels) {{
      rest.run(rows, taps, outRows, pixels, channels - whole, x, xOff + whole, rowStep, tapStep, outRowStep, pixelStep, w, wOff + whole, wRowStep, wStep, s, sOff + whole, y, yOff + whole, yRowStep, yStep);
    }}
  }}

  @Override
  public void addGradient(int rows, int taps, int pixels, int channels, float[] x, int xOff, int rowStep, int tapStep, int pixelStep, float[] dy, int dyOff, int dyStep, float[] dw, int dwOff, int dwRowStep, int dwStep) {{
    int whole = V.loopBound(channels);
    boolean small = (rows == ROWS || rows == ROWS - 1) && (taps == TAPS || taps == TAPS - 1);
    if (whole > 0 && small) {{
      smallGradient(rows, taps, pixels, whole, x, xOff, rowStep, tapStep, pixelStep, dy, dyOff, dyStep, dw, dwOff, dwRowStep, dwStep);
    }} else if (whole > 0) {{
      for (int r = 0; r < rows; r++) {{
        gradientRow(taps, pixels, whole, x, xOff + r * rowStep, tapStep, pixelStep, dy, dyOff, dyStep, dw, dwOff + r * dwRowStep, dwStep);
      }}
    }}
    if (whole < channels) {{
      rest.addGradient(rows, taps, pixels, channels - whole, x, xOff + whole, rowStep, tapStep, pixelStep, dy, dyOff + whole, dyStep, dw, dwOff + whole, dwRowStep, dwStep);
    }}
  }}

  /** Windows of three or two rows of three or two taps. */
  private static void smallGradient(int rows, int taps, int pixels, int channels, float[] x, int xOff, int rowStep, int tapStep, int pixelStep, float[] dy, int dyOff, int dyStep, float[] dw, int dwOff, int dwRowStep, int dwStep) {{
    int i = 0;
    if (taps == TAPS && pixels >= PIXELS) {{
      boolean dense = tapStep == pixelStep;
      i = dense ? pixels / PIXELS * PIXELS : pixels;
      chains(rows, dense, i, channels, x, xOff, rowStep, tapStep, pixelStep, dy, dyOff, dyStep, dw, dwOff, dwRowStep, dwStep);
    }}
    for (; i < pixels; i++) {{
      pixel(rows, taps, channels, x, xOff + i * pixelStep, rowStep, tapStep, dy, dyOff + i * dyStep, dw, dwOff, dwRowStep, dwStep);
    }}
  }}

  private static void pixel(int rows, int taps, int channels, float[] x, int xOff, int rowStep, int tapStep, float[] dy, int dyOff, float[] dw, int dwOff, int dwRowStep, int dwStep) {{
    if (rows == ROWS && taps == TAPS) {{
      {P33.call('DepthwiseGradient.')}
    }} else if (rows == ROWS) {{
      {P32.call('DepthwiseGradient.')}
    }} else if (taps == TAPS) {{
      {P23.call('DepthwiseGradient.')}
    }} else {{
      {P22.call('DepthwiseGradient.')}
    }}
  }}

  /** Windows of three or two rows of three taps: a vector of channels after the other. */
  private static void chains(int rows, boolean dense, int pixels, int channels, float[] x, int x0, int rowStep, int tapStep, int pixelStep, float[] dy, int dy0, int dyStep, float[] dw, int dw0, int dwRowStep, int dwStep) {{
    for (int c = 0; c < channels; c += L) {{
      int xOff = x0 + c;
      int dyOff = dy0 + c;
      int dwOff = dw0 + c;
      if (dense && rows == ROWS) {{
        {C3d.call('DepthwiseGradient.')}
      }} else if (dense) {{
        {C2d.call('DepthwiseGradient.')}
      }} else if (rows == ROWS) {{
        {C3.call('DepthwiseGradient.')}
      }} else {{
        {C2.call('DepthwiseGradient.')}
      }}
    }}
  }}

  /** The gradient of one row of taps, three taps and one at a time. */
  private static void gradientRow(int taps, int pixels, int channels, float[] x, int xOff, int tapStep, int pixelStep, float[] dy, int dyOff, int dyStep, float[] dw, int dwOff, int dwStep) {{
    int t = 0;
    while (t < taps) {{
      boolean three = taps - t >= TAPS;
      gradient(three, pixels, channels, x, xOff + t * tapStep, tapStep, pixelStep, dy, dyOff, dyStep, dw, dwOff + t * dwStep, dwStep);
      t += three ? TAPS : 1;
    }}
  }}

  /** The gradient of three taps or one. */
  private static void gradient(boolean three, int pixels, int channels, float[] x, int xAt, int tapStep, int pixelStep, float[] dy, int dyAt, int dyStep, float[] dw, int dwOff, int dwStep) {{
    int i = 0;
    for (; pixels - i >= PIXELS; i += PIXELS) {{
      int xOff = xAt + i * pixelStep;
      int dyOff = dyAt + i * dyStep;
      if (three) {{
        {G4.call('DepthwiseGradient.')}
      }} else {{
        {G41.call('DepthwiseGradient.')}
      }}
    }}
    for (; i < pixels; i++) {{
      int xOff = xAt + i * pixelStep;
      int dyOff = dyAt + i * dyStep;
      if (three) {{
        {G1.call('DepthwiseGradient.')}
      }} else {{
        {G11.call('DepthwiseGradient.')}
      }}
    }}
  }}

  /** Four rows of outputs with windows of three rows, a stride of 1 apart. */
  private static void fourRows(int taps, int pixels, int channels, float[] x, int xOff, int rowStep, int tapStep, {W}, {Y}) {{
    if (taps != TAPS && taps != TAPS - 1) {{
      for (int r = 0; r < 4; r++) {{
        oneRow(ROWS, taps, pixels, channels, true, x, xOff + r * rowStep, rowStep, tapStep, tapStep, w, wOff, wRowStep, wStep, s, sOff, y, yOff + r * yRowStep, yStep);
      }}
      return;
    }}
    int i = 0;
    if (taps == TAPS) {{
      for (; pixels - i >= 2; i += 2) {{
        int from = xOff + i * tapStep;
        int to = yOff + i * yStep;
        {D42.call('DepthwiseShared.', xOff='from', yOff='to')}
      }}
    }}
    for (; i < pixels; i++) {{
      int from = xOff + i * tapStep;
      int to = yOff + i * yStep;
      if (taps == TAPS) {{
        {D41.call('DepthwiseShared.', xOff='from', yOff='to')}
      }} else {{
        {E41.call('DepthwiseShared.', xOff='from', yOff='to')}
      }}
    }}
  }}

  /** Two rows of outputs with windows of 3 x 3, a stride of 2 apart. */
  private static void twoRows(int pixels, int channels, float[] x, int xOff, int rowStep, int tapStep, {W}, {Y}) {{
    int i = 0;
    for (; pixels - i >= 2; i += 2) {{
      int from = xOff + 2 * i * tapStep;
      int to = yOff + i * yStep;
      {S22.call('DepthwiseShared.', xOff='from', yOff='to')}
    }}
    if (i < pixels) {{
      int from = xOff + 2 * i * tapStep;
      int to = yOff + i * yStep;
      DepthwiseOne.run(ROWS, TAPS, channels, x, from, rowStep, tapStep, w, wOff, wRowStep, wStep, s, sOff, y, to);
      DepthwiseOne.run(ROWS, TAPS, channels, x, from + 2 * rowStep, rowStep, tapStep, w, wOff, wRowStep, wStep, s, sOff, y, to + yRowStep);
    }}
  }}

  /** A row of outputs with windows of any size. */
  private static void oneRow(int rows, int taps, int pixels, int channels, boolean dense, float[] x, int xOff, int rowStep, int tapStep, int pixelStep, {W}, float[] y, int yOff, int yStep) {{
    if (rows <= ROWS && taps <= TAPS) {{
      smallWindows(rows, taps, pixels, channels, dense, x, xOff, rowStep, tapStep, pixelStep, w, wOff, wRowStep, wStep, s, sOff, y, yOff, yStep);
      return;
    }}
    for (int r = 0; r < rows; r++) {{
      boolean first = r == 0;
      row(taps, pixels, channels, x, xOff + r * rowStep, tapStep, pixelStep, w, wOff + r * wRowStep, wStep, first ? s : y, first ? sOff : yOff, first ? 0 : yStep, y, yOff, yStep);
    }}
  }}

  /** A row of outputs with windows of up to 3 x 3. */
  private static void smallWindows(int rows, int taps, int pixels, int channels, boolean dense, float[] x, int xOff, int rowStep, int tapStep, int pixelStep, {W}, float[] y, int yOff, int yStep) {{
    boolean shared = dense && rows == ROWS && taps == TAPS;
    int i = 0;
    for (; pixels - i >= PIXELS; i += PIXELS) {{
      int from = xOff + i * pixelStep;
      int to = yOff + i * yStep;
      if (shared) {{
        {D14.call('DepthwiseShared.', xOff='from', yOff='to')}
      }} else {{
        {FOUR}
      }}
    }}
    for (; i < pixels; i++) {{
      int from = xOff + i * pixelStep;
      int to = yOff + i * yStep;
      {ONE}
    }}
  }}

  /** One row of windows of any length. */
  private static void row(int taps, int pixels, int channels, float[] x, int xOff, int tapStep, int pixelStep, float[] w, int wOff, int wStep, float[] s, int sOff, int sStep, float[] y, int yOff, int yStep) {{
    float[] src = s;
    int srcOff = sOff;
    int srcStep = sStep;
    int t = 0;
    while (t < taps) {{
      boolean three = taps - t >= TAPS;
      int k = wOff + t * wStep;
      int i = 0;
      for (; pixels - i >= PIXELS; i += PIXELS) {{
        int from = xOff + i * pixelStep + t * tapStep;
        int start = srcOff + i * srcStep;
        int to = yOff + i * yStep;
        if (three) {{
          {R43.call(xOff='from', yOff='to', wOff='k', s='src', sOff='start', sStep='srcStep')}
        }} else {{
          {R41.call(xOff='from', yOff='to', wOff='k', s='src', sOff='start', sStep='srcStep')}
        }}
      }}
      for (; i < pixels; i++) {{
        int from = xOff + i * pixelStep + t * tapStep;
        int start = srcOff + i * srcStep;
        int to = yOff + i * yStep;
        if (three) {{
          {R13.call(xOff='from', yOff='to', wOff='k', s='src', sOff='start')}
        }} else {{
          {R11.call(xOff='from', yOff='to', wOff='k', s='src', sOff='start')}
        }}
      }}
      t += three ? TAPS : 1;
      src = y;
      srcOff = yOff;
      srcStep = yStep;
    }}
  }}

'''
write('VectorDepthwise', body, '\n'.join(t.source(d).replace('  static', '  private static', 1) for t, d in [
    (R43, 'Four outputs, three taps.'), (R41, 'Four outputs, one tap.'), (R13, 'One output, three taps.'), (R11, 'One output, one tap.')]))
