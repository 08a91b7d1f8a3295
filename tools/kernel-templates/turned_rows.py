"""Writes TurnedRows and TurnedBlocks; edit this, never its output, then run mvn spotless:apply."""
import pathlib
BASE = pathlib.Path(__file__).resolve().parents[2] / "kernels/src/main/java/io/lanewise/kernels/simd"
LANES = 16

def shuffle(first):
    """Lanes first, first + 1, ... of two vectors in turn; those of the second are numbered from LANES."""
    return ', '.join(str(lane + second) for lane in range(first, first + LANES // 2) for second in (0, LANES))

def turn(names, o):
    """Appends the four shuffles of rows, and returns the names of columns."""
    for letter in 'stuv':
        turned = []
        for i in range(LANES // 2):
            for which in ('low', 'high'):
                name = f'{letter}{len(turned)}'
                o.append(f'      FloatVector {name} = {which}.selectFrom({names[i]}, {names[i + LANES // 2]});')
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
