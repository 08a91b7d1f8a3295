"""Writes TurnedRows, TurnedHalfRows and TurnedBlocks; edit this, never its output, then run mvn spotless:apply."""
import pathlib
BASE = pathlib.Path(__file__).resolve().parents[2] / "kernels/src/main/java/io/lanewise/kernels/simd"
LANES = 16
HALF = LANES // 2

def shuffle(first, lanes=LANES):
    """Lanes first, first + 1, ... of two vectors in turn; those of the second are numbered from lanes."""
    return ', '.join(str(lane + second) for lane in range(first, first + lanes // 2) for second in (0, lanes))

def turn(names, o, letters='stuv'):
    """Appends the shuffles of rows, one a letter, and returns the names of columns."""
    half = len(names) // 2
    for letter in letters:
        turned = []
        for i in range(half):
            for which in ('low', 'high'):
                name = f'{letter}{len(turned)}'
                o.append(f'      FloatVector {name} = {which}.selectFrom({names[i]}, {names[i + half]});')
                turned.append(name)
        names = turned
    return names

o = ['package io.lanewise.kernels.simd;\n', 'import jdk.incubator.vector.FloatVector;', 'import jdk.incubator.vector.VectorMask;',
     'import jdk.incubator.vector.VectorSpecies;\n', f'''/**
 * {LANES} rows of a matrix times a vector, {LANES} lanes wide. Rows are read whole, {LANES} columns at a time, and
 * turned in registers by four perfect shuffles (Stone, Parallel processing with the perfect shuffle,
 * IEEE Transactions on Computers C-20(2), 1971), so that lanes lie on rows and each row keeps its one
 * chain. 64 permutations of two vectors, one a cycle: {LANES} bytes a cycle, half of what L2 gives, and
 * more than L3 does. Fewer of them and blends in their place, or two blocks of rows at once, were
 * slower: they spill. Written by tools/kernel-templates/turned_rows.py.
 */''', 'final class TurnedRows {', f'  static final int LANES = {LANES};\n',
     '  private static final VectorSpecies<Float> V = SimdKernels.V;',
     f'  private static final float[] LOW = {{{shuffle(0)}}};',
     f'  private static final float[] HIGH = {{{shuffle(LANES // 2)}}};\n',
     '  private TurnedRows() {}\n', f'''  /**
   * {{@code y[i] += Σ over p < k of a[i][p] · x[p]}} for {{@code skip <= i < {LANES}}}.
   *
   * @param k a multiple of {LANES}
   * @param a [{LANES}][k] from {{@code aOff}} with rows {{@code lda}} apart, read
   * @param x [k] from {{@code xOff}}, read
   * @param y [{LANES}] from {{@code yOff}}, added to
   */''', '  static void run(int k, float[] a, int aOff, int lda, float[] x, int xOff, float[] y, int yOff, int skip) {']
for i in range(1, LANES):
    o.append(f'    int a{i} = aOff + {f"{i} * " if i > 1 else ""}lda;')
o += ['    FloatVector low = FloatVector.fromArray(V, LOW, 0);', '    FloatVector high = FloatVector.fromArray(V, HIGH, 0);',
      '    FloatVector start = FloatVector.fromArray(V, y, yOff);', '    FloatVector sum = start;', f'    for (int p = 0; p < k; p += {LANES}) {{']
names = [f'r{i}' for i in range(LANES)]
for i, r in enumerate(names):
    o.append(f'      FloatVector {r} = FloatVector.fromArray(V, a, {f"a{i}" if i else "aOff"} + p);')
for j, v in enumerate(turn(names, o)):
    o.append(f'      sum = {v}.fma(FloatVector.broadcast(V, x[xOff + p{f" + {j}" if j else ""}]), sum);')
o += ['    }', '    start.blend(sum, VectorMask.fromLong(V, -1L << skip)).intoArray(y, yOff);', '  }', '}\n']
(BASE / 'TurnedRows.java').write_text('\n'.join(o))

def half_rows(name, groups, doc, skips):
    """A method for so many groups of HALF rows; with skips the first lanes may be left alone."""
    o.append(doc)
    o.append(f'  static void {name}(int k, float[] a, int aOff, int lda, float[] x, int xOff, float[] y, int yOff' +
             (', int skip) {' if skips else ') {'))
    for i in range(1, groups * HALF):
        o.append(f'    int a{i} = aOff + {f"{i} * " if i > 1 else ""}lda;')
    o.append('    FloatVector low = FloatVector.fromArray(V, LOW, 0);')
    o.append('    FloatVector high = FloatVector.fromArray(V, HIGH, 0);')
    if skips:
        o.append('    FloatVector start = FloatVector.fromArray(V, y, yOff);')
    for g in range(groups):
        o.append(f'    FloatVector sum{g} = ' +
                 ('start;' if skips else f'FloatVector.fromArray(V, y, yOff{f" + {g * HALF}" if g else ""});'))
    o.append(f'    for (int p = 0; p < k; p += {HALF}) {{')
    for g in range(groups):
        names = [f'r{g * HALF + i}' for i in range(HALF)]
        for i, r in enumerate(names):
            row = g * HALF + i
            o.append(f'      FloatVector {r} = FloatVector.fromArray(V, a, {f"a{row}" if row else "aOff"} + p);')
        for j, v in enumerate(turn(names, o, ('stu', 'vwz')[g])):
            o.append(f'      sum{g} = {v}.fma(FloatVector.broadcast(V, x[xOff + p{f" + {j}" if j else ""}]), sum{g});')
    o.append('    }')
    if not skips:
        o.append('    FloatVector same = FloatVector.broadcast(V, -0f); // a receiver that C2 knows')
    for g in range(groups):
        sums = f'start.blend(sum{g}, VectorMask.fromLong(V, -1L << skip))' if skips else f'same.add(sum{g})'
        o.append(f'    {sums}.intoArray(y, yOff{f" + {g * HALF}" if g else ""});')
    o.append('  }')

o = ['package io.lanewise.kernels.simd;\n', 'import jdk.incubator.vector.FloatVector;', 'import jdk.incubator.vector.VectorMask;',
     'import jdk.incubator.vector.VectorSpecies;\n', f'''/**
 * {{@link TurnedRows}} in vectors of {HALF} lanes, for processors that permute two of them a cycle: {HALF} rows
 * take 24 permutations, and two blocks of rows at once leave no vector on the stack, so that sums of
 * one go on while the other is turned. Written by tools/kernel-templates/turned_rows.py.
 */''', 'final class TurnedHalfRows {', f'  static final int LANES = {HALF};\n',
     '  private static final VectorSpecies<Float> V = SimdKernels.HALF;',
     f'  private static final float[] LOW = {{{shuffle(0, HALF)}}};',
     f'  private static final float[] HIGH = {{{shuffle(HALF // 2, HALF)}}};\n',
     '  private TurnedHalfRows() {}\n']
half_rows('one', 1, f'''  /**
   * {{@code y[i] += Σ over p < k of a[i][p] · x[p]}} for {{@code skip <= i < {HALF}}}.
   *
   * @param k a multiple of {HALF}
   * @param a [{HALF}][k] from {{@code aOff}} with rows {{@code lda}} apart, read
   * @param x [k] from {{@code xOff}}, read
   * @param y [{HALF}] from {{@code yOff}}, added to
   */''', True)
o.append('')
half_rows('two', 2, f'''  /**
   * {{@code y[i] += Σ over p < k of a[i][p] · x[p]}} for i below {LANES}.
   *
   * @param k a multiple of {HALF}
   * @param a [{LANES}][k] from {{@code aOff}} with rows {{@code lda}} apart, read
   * @param x [k] from {{@code xOff}}, read
   * @param y [{LANES}] from {{@code yOff}}, added to
   */''', False)
o.append('}\n')
(BASE / 'TurnedHalfRows.java').write_text('\n'.join(o))

o = ['package io.lanewise.kernels.simd;\n', 'import jdk.incubator.vector.FloatVector;', 'import jdk.incubator.vector.VectorSpecies;\n', f'''/**
 * Transposes {LANES} rows in blocks of {LANES} columns, {LANES} lanes wide: in registers, as {{@link TurnedRows}} turns
 * them. Written by tools/kernel-templates/turned_rows.py.
 */''', 'final class TurnedBlocks {', '  private static final VectorSpecies<Float> V = SimdKernels.V;',
     f'  private static final float[] LOW = {{{shuffle(0)}}};',
     f'  private static final float[] HIGH = {{{shuffle(LANES // 2)}}};\n',
     '  private TurnedBlocks() {}\n', f'''  /**
   * {{@code dst[j][i] = src[i][j]}} for {LANES} rows i.
   *
   * @param src [{LANES}][columns] from {{@code srcOff}} with rows {{@code lds}} apart, read
   * @param columns at least {LANES}; a last block overlaps the one before
   * @param dst [columns][{LANES}] from {{@code dstOff}} with rows {{@code ldd}} apart, written
   */''', '  static void run(float[] src, int srcOff, int lds, int columns, float[] dst, int dstOff, int ldd) {',
     '    FloatVector low = FloatVector.fromArray(V, LOW, 0);', '    FloatVector high = FloatVector.fromArray(V, HIGH, 0);',
     f'    for (int next = 0; next < columns; next += {LANES}) {{', f'      int j = Math.min(next, columns - {LANES});',
     '      int from = srcOff + j;', '      int to = dstOff + j * ldd;']
for i in range(LANES):
    o.append(f'      FloatVector r{i} = FloatVector.fromArray(V, src, from{f" + {i} * lds" if i else ""});')
for i, v in enumerate(turn([f'r{i}' for i in range(LANES)], o)):
    o.append(f'      {v}.intoArray(dst, to{f" + {i} * ldd" if i else ""});')
o += ['    }', '  }', '}\n']
(BASE / 'TurnedBlocks.java').write_text('\n'.join(o))
