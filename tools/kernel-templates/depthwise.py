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


class Line:
    """R outputs below each other, windows of rows x 3, along a row of outputs; stride in taps and in rows."""

    def __init__(self, R, rows, stride):
        self.R, self.rows, self.stride = R, rows, stride
        self.name = f'{COUNT[R]}Of{rows}' + ('ByTwo' if stride == 2 else '')
        self.args = [a for a in ['int pixels', 'float[] x', 'int xOff', 'int rowStep', 'int tapStep', 'float[] w', 'int wOff', 'int wRowStep', 'int wStep', 'float[] s', 'int sOff', 'float[] y', 'int yOff', 'int yRowStep', 'int yStep'] if R > 1 or a != 'int yRowStep']

    call = Tile.call

    def source(self, doc):
        R, rows, stride = self.R, self.rows, self.stride
        height = (R - 1) * stride + rows
        kept = 3 - stride  # columns of inputs that the next output reads again
        o = [f'  /** {doc} */', f'  private static void {self.name}(' + ', '.join(self.args) + ') {']
        o += [f'    FloatVector k{r}{t} = FloatVector.fromArray(V, w, {at(at("wOff", r, "wRowStep"), t, "wStep")});' for r in range(rows) for t in range(3)]
        o.append('    FloatVector start = FloatVector.fromArray(V, s, sOff);')
        o += [f'    FloatVector v{r}{t} = FloatVector.fromArray(V, x, {at(at("xOff", r, "rowStep"), t, "tapStep")});' for r in range(height) for t in range(kept)]
        o += [f'    int xi = {at("xOff", kept, "tapStep")};', '    int yi = yOff;', '    for (int i = 0; i < pixels; i++) {']
        begun = set()
        for r in range(height):
            o.append(f'      int x{r} = {at("xi", r, "rowStep")};')
            o += [f'      FloatVector v{r}{t} = FloatVector.fromArray(V, x, {at(f"x{r}", t - kept, "tapStep")});' for t in range(kept, 3)]
            for i in range(R):
                ky = r - i * stride
                if not 0 <= ky < rows: continue
                for kx in range(3):
                    first = i not in begun
                    begun.add(i)
                    o.append(f'      {"FloatVector " if first else ""}y{i} = k{ky}{kx}.fma(v{r}{kx}, {"start" if first else f"y{i}"});')
                if ky == rows - 1: o.append(f'      y{i}.intoArray(y, {at("yi", i, "yRowStep")});')
            o += [f'      v{r}{t} = v{r}{t + stride};' for t in range(kept)]
        o += [f'      xi += {at("0", stride, "tapStep")[4:]};', '      yi += yStep;', '    }', '  }\n']
        return '\n'.join(o)


ALONG = ['int pixels', 'int channels', 'float[] x', 'int x0', 'int rowStep', 'int tapStep', 'float[] w', 'int w0', 'int wRowStep', 'int wStep', 'float[] s', 'int s0', 'float[] y', 'int y0', 'int yRowStep', 'int yStep']
LINES = [(R, rows) for R, rows in ((4, 3), (2, 3), (1, 3), (1, 2))]
BELOW = {4: 'Four outputs below each other', 2: 'Two outputs below each other', 1: 'One output'}


def lines():
    o = ['  /** {@code outRows} rows of outputs, 4, 2 or 1, with windows of {@code rows} rows, 3 or for one row of outputs 2. */',
         '  static void run(int rows, int stride, int outRows, ' + ', '.join(ALONG) + ') {', '    int which = 2 * outRows + rows + (stride == 2 ? 32 : 0);', '    for (int c = 0; c < channels; c += L) {']
    o += [f'      int {n}Off = {n}0 + c;' for n in 'xwsy'] + ['      switch (which) {']
    members = [Line(R, rows, stride) for stride in (1, 2) for R, rows in LINES]
    for t in members: o.append(f'        case {2 * t.R + t.rows + (32 if t.stride == 2 else 0)} -> {t.call()}')
    o += ['        default -> throw new IllegalArgumentException("expected 4, 2 or 1 rows of outputs and 3 or 2 of windows, got " + outRows + " and " + rows);', '      }', '    }', '  }', '']
    doc = """Outputs below each other, a vector of channels at a time, along a row: the weights stay in registers, and so do inputs until the
 * last window that reads them. A load serves up to nine multiply-adds, and each line of inputs is read once for four rows of outputs, so
 * that images whose pixels lie a power of two apart, and push each other out of L1, do not read them from L2 again. Budget: 9 weights, 18
 * inputs, 4 sums."""
    tiles('DepthwiseLines', doc, [], '\n'.join(o) + '\n' + '\n'.join(t.source(f'{BELOW[t.R]}, windows of {t.rows} x 3' + (', a stride of 2.' if t.stride == 2 else '.')) for t in members))


class Wide:
    """T outputs side by side with windows of any number of rows of five taps; stride in taps."""

    def __init__(self, T, stride):
        self.T, self.stride = T, stride
        self.name = COUNT[T] + ('ByTwo' if stride == 2 else '')
        drop = {'yStep'} if T == 1 else set()
        self.args = [a for a in ['int rows', 'float[] x', 'int xOff', 'int rowStep', 'int tapStep', 'float[] w', 'int wOff', 'int wRowStep', 'int wStep', 'float[] s', 'int sOff', 'float[] y', 'int yOff', 'int yStep'] if a.split()[1] not in drop]

    call = Tile.call

    def source(self, doc):
        T, stride = self.T, self.stride
        o = [f'  /** {doc} */', f'  private static void {self.name}(' + ', '.join(self.args) + ') {', '    FloatVector start = FloatVector.fromArray(V, s, sOff);']
        o += [f'    FloatVector y{j} = start;' for j in range(T)]
        o += ['    int xi = xOff;', '    int wi = wOff;', '    for (int r = 0; r < rows; r++) {']
        o += [f'      FloatVector v{t} = FloatVector.fromArray(V, x, {at("xi", t, "tapStep")});' for t in range((T - 1) * stride + 5)]
        for kx in range(5):
            o.append(f'      FloatVector k{kx} = FloatVector.fromArray(V, w, {at("wi", kx, "wStep")});')
            o += [f'      y{j} = k{kx}.fma(v{j * stride + kx}, y{j});' for j in range(T)]
        o += ['      xi += rowStep;', '      wi += wRowStep;', '    }', '    FloatVector zero = FloatVector.broadcast(V, -0f); // a receiver of known class']
        o += [f'    zero.add(y{j}).intoArray(y, {at("yOff", j, "yStep")});' for j in range(T)]
        o.append('  }\n')
        return '\n'.join(o)


def wide():
    members = [Wide(4, 1), Wide(4, 2), Wide(2, 1), Wide(2, 2), Wide(1, 1)]
    o = ['  /** A row of outputs, {@code stride} taps from one to the next, 1 or 2. */',
         '  static void run(int rows, int stride, int pixels, int channels, float[] x, int x0, int rowStep, int tapStep, float[] w, int w0, int wRowStep, int wStep, float[] s, int s0, float[] y, int y0, int yStep) {',
         '    for (int c = 0; c < channels; c += L) {', '      int wOff = w0 + c;', '      int sOff = s0 + c;', '      for (int i = 0; i < pixels; ) {',
         '        int xOff = x0 + i * stride * tapStep + c;', '        int yOff = y0 + i * yStep + c;']
    for n, t in enumerate(members):
        least = f'pixels - i >= {t.T}' if t.T > 1 else ''
        only = f'stride == {t.stride}' if t.T > 1 and t.stride == 1 else ''
        test = ' && '.join(filter(None, [least, only]))
        o.append(('        if' if n == 0 else ' else if' if test else ' else') + (f' ({test})' if test else '') + f' {{ {t.call()} i += {t.T}; }}')
    o += ['      }', '    }', '  }', '']
    tiles('DepthwiseWide', 'Rows of outputs with windows of five taps, a vector of channels at a time: sums stay in registers from the first row to the last.', [], '\n'.join(o) + '\n'
          + '\n'.join(t.source(f'{BESIDE[t.T]}' + (', a stride of 2.' if t.stride == 2 else '.')) for t in members))


BESIDE = {4: 'Four outputs side by side', 2: 'Two outputs side by side', 1: 'One output'}
lines()
wide()
COLUMNS = {(taps, stride): Tile(4, 1, 5, taps, stride) for stride in (1, 2) for taps in (4, 3)}
for (taps, stride), t in COLUMNS.items():
    if stride == 2: t.name += 'ByTwo'
columns = ['  /** Four outputs below each other, windows of five rows of 4 or 3 taps, and {@code stride} rows apart, 1 or 2. */',
           '  static void run(int taps, int stride, ' + ', '.join(COLUMNS[4, 1].args) + ') {', '    switch (taps + (stride == 2 ? 8 : 0)) {']
columns += [f'      case {taps + (8 if stride == 2 else 0)} -> {t.call()}' for (taps, stride), t in COLUMNS.items()]
columns += ['      default -> throw new IllegalArgumentException("expected 4 or 3 taps, got " + taps);', '    }', '  }', '']
tiles('DepthwiseColumns', 'Four outputs below each other with windows of five rows at the left or right border: they share their inputs.', [], '\n'.join(columns) + '\n'
      + '\n'.join(t.source(f'{taps} taps' + (', a stride of 2.' if stride == 2 else '.')).replace('  static', '  private static', 1) for (taps, stride), t in COLUMNS.items()))
E41, E42 = Tile(4, 1, 3, 2, 1), Tile(4, 1, 3, 2, 2)
E42.name += 'ByTwo'
tiles('DepthwiseShared', 'Windows of outputs below each other that share their inputs.', [
    (E41, 'Four outputs below each other at the left or right border.'),
    (E42, 'Four outputs below each other at the left or right border, a stride of 2.')])

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
R43, R41, R13, R11 = Tile(1, 4, 1, 3, 0, True), Tile(1, 4, 1, 1, 0, True), Tile(1, 1, 1, 3, 0, True), Tile(1, 1, 1, 1, 0, True)

X = 'float[] x, int xOff, int rowStep, int tapStep, int outRowStep, int pixelStep'
W = 'float[] w, int wOff, int wRowStep, int wStep, float[] s, int sOff'
Y = 'float[] y, int yOff, int yRowStep, int yStep'

body = f'''package io.lanewise.kernels.simd;

import io.lanewise.kernels.micro.DepthwiseKernel;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Windows of 3 x 3 go along rows of outputs ({{@link DepthwiseLines}}), and the parts of them that borders
 * leave are computed in one go; windows of five taps go by single rows ({{@link DepthwiseWide}}), and
 * at the sides of an image by four ({{@link DepthwiseColumns}}). Other windows go row by row, three taps and one at a time. Where inner
 * loops run over channels, they do so with a constant step, so that their range checks move out of
 * them. Channels that do not fill a vector go to {{@code rest}}.
 */
final class VectorDepthwise implements DepthwiseKernel {{
  private static final VectorSpecies<Float> V = SimdKernels.V;
  private static final int L = V.length();
  private static final int PIXELS = 4;
  private static final int TAPS = 3;
  private static final int ROWS = 3;
  private static final int WIDE = 5; // rows and taps of large windows

  private final DepthwiseKernel rest;

  VectorDepthwise(DepthwiseKernel rest) {{
    this.rest = rest;
  }}

  @Override
  public void run(int rows, int taps, int outRows, int pixels, int channels, {X}, {W}, {Y}) {{
    int whole = V.loopBound(channels);
    if (whole > 0) {{
      int stride = stride(outRows, rowStep, tapStep, outRowStep, pixelStep);
      int r = 0;
      while (r < outRows) {{
        int from = xOff + r * outRowStep;
        int to = yOff + r * yRowStep;
        int count = together(rows, taps, stride, outRows - r);
        if (stride > 0 && taps == TAPS && (rows == ROWS || rows == ROWS - 1)) {{
          DepthwiseLines.run(rows, stride, count, pixels, whole, x, from, rowStep, tapStep, w, wOff, wRowStep, wStep, s, sOff, y, to, yRowStep, yStep);
        }} else if (count == 4 && rows == WIDE) {{
          wideBorder(taps, stride, pixels, whole, x, from, rowStep, tapStep, w, wOff, wRowStep, wStep, s, sOff, y, to, yRowStep, yStep);
        }} else if (stride > 0 && taps == WIDE) {{
          count = 1;
          DepthwiseWide.run(rows, stride, pixels, whole, x, from, rowStep, tapStep, w, wOff, wRowStep, wStep, s, sOff, y, to, yStep);
        }} else if (count == 4) {{
          border(stride, pixels, whole, x, from, rowStep, tapStep, w, wOff, wRowStep, wStep, s, sOff, y, to, yRowStep, yStep);
        }} else {{
          count = 1;
          oneRow(rows, taps, pixels, whole, x, from, rowStep, tapStep, pixelStep, w, wOff, wRowStep, wStep, s, sOff, y, to, yStep);
        }}
        r += count;
      }}
    }}
    if (whole < channels) {{
      rest.run(rows, taps, outRows, pixels, channels - whole, x, xOff + whole, rowStep, tapStep, outRowStep, pixelStep, w, wOff + whole, wRowStep, wStep, s, sOff + whole, y, yOff + whole, yRowStep, yStep);
    }}
  }}

  /** 1 or 2, if outputs lie as many taps apart, and as many rows; 0 otherwise. */
  private static int stride(int outRows, int rowStep, int tapStep, int outRowStep, int pixelStep) {{
    for (int stride = 1; stride <= 2; stride++) {{
      if (pixelStep == stride * tapStep && (outRows == 1 || outRowStep == stride * rowStep)) {{
        return stride;
      }}
    }}
    return 0;
  }}

  /** Rows of outputs that are computed together, of those that are left. */
  private static int together(int rows, int taps, int stride, int left) {{
    boolean wide = rows == WIDE && (taps == WIDE - 1 || taps == WIDE - 2) && left >= 4;
    boolean small = rows == ROWS && (taps == TAPS || taps == TAPS - 1) && left >= 2;
    if (stride == 0 || (!wide && !small)) {{
      return 1;
    }}
    return left >= 4 ? 4 : 2;
  }}

  /** Four rows of outputs with windows of five rows of four or three taps, at the left or right border. */
  private static void wideBorder(int taps, int stride, int pixels, int channels, float[] x, int xOff, int rowStep, int tapStep, {W}, {Y}) {{
    for (int i = 0; i < pixels; i++) {{
      DepthwiseColumns.run(taps, stride, channels, x, xOff + i * stride * tapStep, rowStep, tapStep, w, wOff, wRowStep, wStep, s, sOff, y, yOff + i * yStep, yRowStep);
    }}
  }}

  /** Four rows of outputs with windows of three rows of two taps, at the left or right border. */
  private static void border(int stride, int pixels, int channels, float[] x, int xOff, int rowStep, int tapStep, {W}, {Y}) {{
    for (int i = 0; i < pixels; i++) {{
      int from = xOff + i * stride * tapStep;
      int to = yOff + i * yStep;
      if (stride == 1) {{
        {E41.call('DepthwiseShared.', xOff='from', yOff='to')}
      }} else {{
        {E42.call('DepthwiseShared.', xOff='from', yOff='to')}
      }}
    }}
  }}

  /** A row of outputs with windows of any size. */
  private static void oneRow(int rows, int taps, int pixels, int channels, float[] x, int xOff, int rowStep, int tapStep, int pixelStep, {W}, float[] y, int yOff, int yStep) {{
    if (rows <= ROWS && taps <= TAPS) {{
      smallWindows(rows, taps, pixels, channels, x, xOff, rowStep, tapStep, pixelStep, w, wOff, wRowStep, wStep, s, sOff, y, yOff, yStep);
      return;
    }}
    for (int r = 0; r < rows; r++) {{
      boolean first = r == 0;
      row(taps, pixels, channels, x, xOff + r * rowStep, tapStep, pixelStep, w, wOff + r * wRowStep, wStep, first ? s : y, first ? sOff : yOff, first ? 0 : yStep, y, yOff, yStep);
    }}
  }}

  /** A row of outputs with windows of up to 3 x 3. */
  private static void smallWindows(int rows, int taps, int pixels, int channels, float[] x, int xOff, int rowStep, int tapStep, int pixelStep, {W}, float[] y, int yOff, int yStep) {{
    int i = 0;
    for (; pixels - i >= PIXELS; i += PIXELS) {{
      int from = xOff + i * pixelStep;
      int to = yOff + i * yStep;
      {FOUR}
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
