"""Writes the register tiles; edit this, never its output, then run mvn spotless:apply."""
import pathlib
BASE = str(pathlib.Path(__file__).resolve().parents[2] / "kernels/src/main/java/io/lanewise/kernels") + "/"
HEAD='''  private static final VectorSpecies<Float> V = SimdKernels.V;
  private static final int L = V.length();
  private static final int MR = %d;
  private static final int NR = 2 * L;

  @Override
  public int mr() {
    return MR;
  }

  @Override
  public int nr() {
    return NR;
  }

  @Override
  public void run(
      int k,
      float[] a,
      int aOff,
      int lda,
      float[] b,
      int bOff,
      float[] s,
      int sOff,
      int lds,
      float[] c,
      int cOff,
      int ldc,
      float[] ahead,
      int aheadOff,
      float[] sink,
      int sinkOff) {
'''
# -0 + x is x: it gives the store a receiver of which C2 knows the class (ADR 6).
ZERO = '\n    FloatVector zero = FloatVector.broadcast(V, -0f);'

def vec(mr, doc, touch=False):
    near = mr > 1
    o=['package io.lanewise.kernels.simd;\n','import io.lanewise.kernels.micro.MicroKernel;']
    if near: o.append('import java.util.Objects;')
    o+=['import jdk.incubator.vector.FloatVector;','import jdk.incubator.vector.VectorSpecies;\n',doc,
       f'final class VectorMicroKernel{mr}x2{"Ahead" if touch else ""} implements MicroKernel {{', (HEAD%mr).replace('  private static final int NR = 2 * L;\n','  private static final int NR = 2 * L;\n'+('  private static final MicroKernel FAR = new VectorMicroKernel1x2();\n' if near else ''))]
    last = 'aOff + k' if mr==1 else 'aOff + (MR - 1) * lda + k'
    o.append(f'    assert k >= 0 && {last} <= a.length && bOff + k * NR <= b.length;')
    def r(base,ld,i): return base if i==0 else f'{base} + {ld}' if i==1 else f'{base} + {i} * {ld}'
    if touch: o[-2] = o[-2].replace('  @Override\n  public void run(', '  @Override\n  public boolean touches() {\n    return true;\n  }\n\n  @Override\n  public void run(')
    if near:
        o.append(f'''    if (NearOffsets.isFar(aOff + (MR - 1) * lda, bOff, '''+('Math.max(aheadOff, sinkOff)' if touch else '0')+f''', k)) {{
      for (int i = 0; i < MR; i++) {{
        int start = sOff + i * lds;
        FAR.run(k, a, aOff + i * lda, lda, b, bOff, s, start, lds, c, cOff + i * ldc, ldc, ahead, aheadOff, sink, sinkOff);
      }}
      return;
    }}
    int n = Objects.checkIndex(k, NearOffsets.STEPS);
    int b00 = Objects.checkIndex(bOff, NearOffsets.LIMIT);''')
        if touch: o.append('    int h = Objects.checkIndex(aheadOff, NearOffsets.LIMIT);\n    int q = Objects.checkIndex(sinkOff, NearOffsets.LIMIT);')
        for i in range(mr): o.append(f'    int a{i} = Objects.checkIndex({r("aOff","lda",i)}, NearOffsets.LIMIT);')
    for i in range(mr):
        for j in range(2):
            o.append(f'    FloatVector c{i}{j} = FloatVector.fromArray(V, s, {r("sOff","lds",i)}' + (' + L' if j else '') + ');')
    o.append(f'    for (int p = 0; p < {"n" if near else "k"}; p++) {{\n' + ('      sink[q + p] = ahead[h + p * AHEAD];\n' if touch else '') + f'      int bp = {"b00" if near else "bOff"} + p * NR;')
    o.append('      FloatVector b0 = FloatVector.fromArray(V, b, bp);\n      FloatVector b1 = FloatVector.fromArray(V, b, bp + L);')
    for i in range(mr):
        ai = 'aOff' if mr==1 else f'a{i}'
        o.append(f'      FloatVector v{i} = FloatVector.broadcast(V, a[{ai} + p]);')
        o.append(f'      c{i}0 = v{i}.fma(b0, c{i}0);\n      c{i}1 = v{i}.fma(b1, c{i}1);')
    o.append('    }' + ZERO)
    for i in range(mr):
        for j in range(2):
            o.append(f'    zero.add(c{i}{j}).intoArray(c, {r("cOff","ldc",i)}' + (' + L' if j else '') + ');')
    o.append('  }\n}\n')
    open(BASE+f'simd/VectorMicroKernel{mr}x2{"Ahead" if touch else ""}.java','w').write('\n'.join(o))
vec(12,'''/**
 * 12 rows by 2 vectors. Budget: 24 accumulators + 2 of B + a broadcast or two = 28 of 32 registers.
 */''')
vec(12,'''/**
 * {@link VectorMicroKernel12x2} for operands in L3 or memory. Each step reads a float ahead and
 * stores it away, which brings half a line nearer without a use of the arithmetic units: 0.67 to
 * 0.84 of the peak where weights come from L3 (49 rows, sums of 4,608), 3 % less where they do not.
 */''', True)
vec(7,'''/**
 * 7 rows by 2 vectors, for the outputs of images whose sides are multiples of 7. Budget: 14
 * accumulators + 2 of B + up to 7 broadcasts that C2 hoists = 23 of 32 registers.
 */''')
vec(8,'''/**
 * 8 rows by 2 vectors. Budget: 16 accumulators + 2 of B + up to 8 broadcasts that C2 hoists = 26 of
 * 32 registers; its loop has no stack reference.
 */''')
vec(4,'''/**
 * 4 rows by 2 vectors. Budget: 8 accumulators, as many as two units of latency 4 need, + 2 of B +
 * up to 4 broadcasts that C2 hoists = 14 of 16 registers. 6 rows should fit in 15, but C2 spills an
 * accumulator for its hoisted broadcasts: about 0.75 of this kernel's speed (AVX2, JDK 25.0.3; runs
 * one after the other on a busy machine).
 */''')
vec(1,'''/** One row by 2 vectors, for rows that are left over: two chains, bound by their latency. */''')
def wide(mr, doc):
    """Four vectors a row. Chains that start from a row and those that go on in C are methods of their own: with both in
    one, C2 spills row pointers in the loop (0.76 instead of 0.92 of the peak at sums of 128)."""
    def r(base,ld,i): return base if i==0 else f'{base} + {ld}' if i==1 else f'{base} + {i} * {ld}'
    def at(base,ld,i,j): return r(base,ld,i) + ('' if j==0 else ' + L' if j==1 else f' + {j} * L')
    cls = f'VectorMicroKernel{mr}x4'
    o=['package io.lanewise.kernels.simd;\n','import io.lanewise.kernels.micro.MicroKernel;','import java.util.Objects;','import jdk.incubator.vector.FloatVector;','import jdk.incubator.vector.VectorSpecies;\n',doc,
       f'final class {cls} implements MicroKernel {{']
    head = (HEAD%mr).replace('NR = 2 * L;','NR = 4 * L;\n  private static final int AT_ONCE = 4; // tiles of a call: C2 compiles what is called often')
    o.append(head.replace('  @Override\n  public void run(', """  @Override
  public int busyRows() {
    return 2;
  }

  @Override
  public void run("""))
    o.append("""    strip(1, k, a, aOff, lda, b, bOff, s, sOff, lds, c, cOff, ldc, ahead, aheadOff, sink, sinkOff);
  }

  @Override
  public void strip(
      int tiles,
      int k,
      float[] a,
      int aOff,
      int lda,
      float[] b,
      int bOff,
      float[] s,
      int sOff,
      int lds,
      float[] c,
      int cOff,
      int ldc,
      float[] ahead,
      int aheadOff,
      float[] sink,
      int sinkOff) {
    int last = aOff + (tiles * MR - 1) * lda;
    assert k >= 0 && last + k <= a.length && bOff + k * NR <= b.length;
    if (NearOffsets.isFar(last, bOff, 0, k)) {
      FarRows.run(tiles * MR, NR, k, a, aOff, lda, b, bOff, s, sOff, lds, c, cOff, ldc);
      return;
    }
    if (lds == 0) {
      for (int t = 0; t < tiles; t += AT_ONCE) {
        int i = t * MR;
        int here = Math.min(AT_ONCE, tiles - t);
        start(here, k, a, aOff + i * lda, lda, b, bOff, s, sOff, c, cOff + i * ldc, ldc);
      }
      return;
    }
    for (int i = 0; i < tiles * MR; i++) {
      int start = sOff + i * lds;
      int to = cOff + i * ldc;
      if (!NearOffsets.isSame(s, start, c, to)) {
        System.arraycopy(s, start, c, to, NR);
      }
    }
    for (int t = 0; t < tiles; t++) {
      int i = t * MR;
      %s;
    }
  }
""" % ('add(k, a, aOff + i * lda, b, bOff, c, cOff + i * ldc)' if mr == 1 else 'add(k, a, aOff + i * lda, lda, b, bOff, c, cOff + i * ldc, ldc)'))
    def loop():
        o.append('    for (int p = 0; p < n; p++) {\n      int bp = b00 + p * NR;')
        for j in range(4): o.append(f'      FloatVector b{j} = FloatVector.fromArray(V, b, bp' + ('' if j==0 else ' + L' if j==1 else f' + {j} * L') + ');')
        for i in range(mr):
            o.append(f'      FloatVector v{i} = FloatVector.broadcast(V, a[a{i} + p]);')
            for j in range(4): o.append(f'      c{i}{j} = v{i}.fma(b{j}, c{i}{j});')
        # In a loop over tiles C2 would keep the zero in a register that the sums need.
        o.append('    }' + ('' if strip else ZERO))
        for i in range(mr):
            for j in range(4):
                sum = f'c{i}{j}' if strip else f'zero.add(c{i}{j})'
                o.append(f'    {sum}.intoArray(c, {at("to" if strip else "cOff","ldc",i,j)});')
    strip = True
    o.append("""  /** Chains that start from one row. */
  private static void start(
      int tiles,
      int k,
      float[] a,
      int aOff,
      int lda,
      float[] b,
      int bOff,
      float[] s,
      int sOff,
      float[] c,
      int cOff,
      int ldc) {
    int n = Objects.checkIndex(k, NearOffsets.STEPS);
    int b00 = Objects.checkIndex(bOff, NearOffsets.LIMIT);""")
    for j in range(4): o.append(f'    FloatVector s{j} = FloatVector.fromArray(V, s, sOff' + ('' if j==0 else ' + L' if j==1 else f' + {j} * L') + ');')
    o.append('    for (int t = 0; t < tiles; t++) {\n      int from = aOff + t * MR * lda;\n      int to = cOff + t * MR * ldc;')
    for i in range(mr): o.append(f'      int a{i} = Objects.checkIndex({r("from","lda",i)}, NearOffsets.LIMIT);')
    for i in range(mr):
        for j in range(4): o.append(f'      FloatVector c{i}{j} = s{j};')
    loop()
    o.append('    }\n  }\n')
    strip = False
    o.append("""  /** Chains that go on in C. */
  private static void add(
      int k, float[] a, int aOff, INT_LDA float[] b, int bOff, float[] c, int cOff INT_LDC) {
    int n = Objects.checkIndex(k, NearOffsets.STEPS);
    int b00 = Objects.checkIndex(bOff, NearOffsets.LIMIT);""".replace('INT_LDA', '' if mr == 1 else 'int lda,').replace(' INT_LDC', '' if mr == 1 else ', int ldc'))
    for i in range(mr): o.append(f'    int a{i} = Objects.checkIndex({r("aOff","lda",i)}, NearOffsets.LIMIT);')
    for i in range(mr):
        for j in range(4): o.append(f'    FloatVector c{i}{j} = FloatVector.fromArray(V, c, {at("cOff","ldc",i,j)});')
    loop()
    o.append('  }\n}\n')
    open(BASE+f'simd/{cls}.java','w').write('\n'.join(o))
wide(6,'''/**
 * 6 rows by 4 vectors, tile after tile down a panel. Budget: 24 accumulators + 4 of B + a broadcast
 * = 29 of 32 registers. Where chains start from one row, a tile loads 4 vectors instead of 24: 0.93
 * of the peak at sums of 64, 0.96 at 128 (12 x 2: 0.85, 0.92).
 */''')
wide(4,'''/** 4 rows by 4 vectors, for rows that are left over. Budget: 16 accumulators + 4 of B + a broadcast. */''')
wide(2,'''/** 2 rows by 4 vectors: 8 chains, as many as two units of latency 4 need. */''')
wide(1,'''/** One row by 4 vectors: four chains, bound by their latency. */''')
def tail(mr, nv, half):
    """The last panel's columns: nv vectors, of which the last may be half. No half vectors: one class of vectors in all kernels (ADR 6)."""
    def r(base,ld,i): return base if i==0 else f'{base} + {ld}' if i==1 else f'{base} + {i} * {ld}'
    cls = f'VectorTailKernel{mr}x{nv}{"h" if half else ""}'
    near = mr > 1
    o=['package io.lanewise.kernels.simd;\n','import io.lanewise.kernels.micro.MicroKernel;']
    if near: o.append('import java.util.Objects;')
    o.append('import jdk.incubator.vector.FloatVector;')
    if half: o+=['import jdk.incubator.vector.VectorMask;','import jdk.incubator.vector.VectorShuffle;']
    o+=['import jdk.incubator.vector.VectorSpecies;\n',
       f"/** {mr} row{'s' if mr > 1 else ''} by {'half a vector' if nv == 1 and half else 'one vector' if nv == 1 else 'a vector and a half'} of a panel of two; reads whole vectors. */", f'final class {cls} implements MicroKernel {{']
    head = (HEAD % mr)
    fields = ''
    if half: fields += '  private static final int H = L / 2;\n'
    if half: fields += '  private static final VectorShuffle<Float> TURNED = V.iotaShuffle(H, 1, true);\n'
    if near: fields += f'  private static final MicroKernel FAR = new VectorTailKernel1x{nv}{"h" if half else ""}();\n'
    head = head.replace('NR = 2 * L;\n','NR = 2 * L;\n' + fields)
    o.append(head)
    last = 'aOff + k' if mr==1 else 'aOff + (MR - 1) * lda + k'
    o.append(f'    assert k >= 0 && {last} <= a.length && bOff + k * NR <= b.length;')
    if near:
        o.append(f"""    if (NearOffsets.isFar(aOff + (MR - 1) * lda, bOff, 0, k)) {{
      for (int i = 0; i < MR; i++) {{
        int start = sOff + i * lds;
        FAR.run(k, a, aOff + i * lda, lda, b, bOff, s, start, lds, c, cOff + i * ldc, ldc, ahead, aheadOff, sink, sinkOff);
      }}
      return;
    }}
    int n = Objects.checkIndex(k, NearOffsets.STEPS);
    int b00 = Objects.checkIndex(bOff, NearOffsets.LIMIT);""")
        for i in range(mr): o.append(f'    int a{i} = Objects.checkIndex({r("aOff","lda",i)}, NearOffsets.LIMIT);')
    if mr == 1 and nv == 1 and half:
        o.append("""    if (cOff < H && cOff > c.length - L) { // no room for a vector before nor behind
      for (int j = 0; j < H; j++) {
        float sum = s[sOff + j];
        for (int p = 0; p < k; p++) {
          sum = Math.fma(a[aOff + p], b[bOff + p * NR + j], sum);
        }
        c[cOff + j] = sum;
      }
      return;
    }""")
    for i in range(mr):
        for j in range(nv):
            o.append(f'    FloatVector c{i}{j} = FloatVector.fromArray(V, s, {r("sOff","lds",i)}' + (' + L' if j else '') + ');')
    o.append(f'    for (int p = 0; p < {"n" if near else "k"}; p++) {{\n      int bp = {"b00" if near else "bOff"} + p * NR;')
    for j in range(nv): o.append(f'      FloatVector b{j} = FloatVector.fromArray(V, b, bp' + (' + L' if j else '') + ');')
    for i in range(mr):
        ai = 'aOff' if mr==1 else f'a{i}'
        if nv == 1:
            o.append(f'      c{i}0 = FloatVector.broadcast(V, a[{ai} + p]).fma(b0, c{i}0);')
        else:
            o.append(f'      FloatVector v{i} = FloatVector.broadcast(V, a[{ai} + p]);\n      c{i}0 = v{i}.fma(b0, c{i}0);\n      c{i}1 = v{i}.fma(b1, c{i}1);')
    o.append('    }' + ZERO)
    if half: o.append('    VectorMask<Float> lower = VectorMask.fromLong(V, (1L << H) - 1);')
    for i in range(mr):
        for j in range(nv):
            at = f'{r("cOff","ldc",i)}' + (' + L' if j else '')
            if half and j == nv - 1 and i < mr - 1: o.append(f'    zero.add(c{i}{j}).intoArray(c, {at}, lower);')
            elif half and j == nv - 1: # a mask that crosses the array's end makes an object
                o.append(f"""    int last = {at};
    if (last <= c.length - L) {{
      zero.add(c{i}{j}).intoArray(c, last, lower);
    }} else {{
      VectorMask<Float> upper = VectorMask.fromLong(V, -1L << H);
      zero.add(c{i}{j}).rearrange(TURNED).intoArray(c, last - H, upper);
    }}""")
            else: o.append(f'    zero.add(c{i}{j}).intoArray(c, {at});')
    o.append('  }\n}\n')
    open(BASE+f'simd/{cls}.java','w').write('\n'.join(o))
for mr in (8, 4, 1): # 8 chains are what two units of latency 4 need; 12 rows have too many pointers
    tail(mr, 1, False)
    tail(mr, 1, True)
    tail(mr, 2, True)
def packing(mr, nv=2):
    """Writes VectorPackingKernel{mr}x{nv}."""
    def r(base,ld,i): return base if i==0 else f'{base} + {ld}' if i==1 else f'{base} + {i} * {ld}'
    def off(j): return '' if j==0 else ' + L' if j==1 else f' + {j} * L'
    o=['package io.lanewise.kernels.simd;\n','import io.lanewise.kernels.micro.PackingMicroKernel;','import java.util.Objects;','import jdk.incubator.vector.FloatVector;','import jdk.incubator.vector.VectorSpecies;\n',
       '/** {@link VectorMicroKernel%dx%d} that packs; B\'s distant rows cost two range checks a step. */' % (mr, nv),
       f'final class VectorPackingKernel{mr}x{nv} implements PackingMicroKernel {{']
    head = (HEAD % mr).replace('NR = 2 * L', f'NR = {nv} * L')
    head = head.replace('      float[] b,\n      int bOff,\n', '      float[] b,\n      int bOff,\n      int ldb,\n      float[] panel,\n      int panelOff,\n')
    head = head.replace(',\n      float[] ahead,\n      int aheadOff,\n      float[] sink,\n      int sinkOff', '')
    o.append(head)
    o.append('    assert k >= 0 && aOff + (MR - 1) * lda + k <= a.length && panelOff + k * NR <= panel.length;')
    o.append(f'''    if (NearOffsets.isFar(aOff + (MR - 1) * lda, bOff, panelOff, k)) {{
      for (int p = 0; p < k; p++) {{
        System.arraycopy(b, bOff + p * ldb, panel, panelOff + p * NR, NR);
      }}
      FarRows.run(MR, NR, k, a, aOff, lda, panel, panelOff, s, sOff, lds, c, cOff, ldc);
      return;
    }}
    int n = Objects.checkIndex(k, NearOffsets.STEPS);
    int q = Objects.checkIndex(panelOff, NearOffsets.LIMIT);''')
    for i in range(mr): o.append(f'    int a{i} = Objects.checkIndex({r("aOff","lda",i)}, NearOffsets.LIMIT);')
    for i in range(mr):
        for j in range(nv):
            o.append(f'    FloatVector c{i}{j} = FloatVector.fromArray(V, s, {r("sOff","lds",i)}{off(j)});')
    o.append('    int row = bOff;\n    for (int p = 0; p < n; p++) {\n      int to = q + p * NR;')
    for j in range(nv): o.append(f'      FloatVector b{j} = FloatVector.fromArray(V, b, row{off(j)});')
    for j in range(nv): o.append(f'      b{j}.intoArray(panel, to{off(j)});')
    o.append('      row += ldb;')
    for i in range(mr):
        o.append(f'      FloatVector v{i} = FloatVector.broadcast(V, a[a{i} + p]);')
        for j in range(nv): o.append(f'      c{i}{j} = v{i}.fma(b{j}, c{i}{j});')
    o.append('    }' + ZERO)
    for i in range(mr):
        for j in range(nv):
            o.append(f'    zero.add(c{i}{j}).intoArray(c, {r("cOff","ldc",i)}{off(j)});')
    o.append('  }\n}\n')
    open(BASE+f'simd/VectorPackingKernel{mr}x{nv}.java','w').write('\n'.join(o))
packing(8)
packing(4)
packing(4, 4)
def sc(mr,cls,fused,doc):
    o=['package io.lanewise.kernels.scalar;\n','import io.lanewise.kernels.micro.MicroKernel;\n',doc,f'final class {cls} implements MicroKernel {{',(HEAD%mr).replace('''  private static final VectorSpecies<Float> V = SimdKernels.V;
  private static final int L = V.length();
''','').replace('2 * L','4')]
    o.append('    assert k >= 0 && aOff + (MR - 1) * lda + k <= a.length && bOff + k * NR <= b.length;')
    def r(base,ld,i): return base if i==0 else f'{base} + {ld}' if i==1 else f'{base} + {i} * {ld}'
    for i in range(mr):
        if i: o.append(f'    int s{i} = {r("sOff","lds",i)};')
    for i in range(mr):
        for j in range(4):
            o.append(f'    float c{i}{j} = s[{"sOff" if i==0 else "s%d"%i}' + (f' + {j}' if j else '') + '];')
    o.append('    for (int p = 0; p < k; p++) {\n      int bp = bOff + p * NR;')
    for j in range(4): o.append(f'      float b{j} = b[bp'+(f' + {j}' if j else '')+'];')
    for i in range(mr):
        o.append(f'      float a{i} = a[{r("aOff","lda",i)} + p];')
        for j in range(4):
            o.append(f'      c{i}{j} = Math.fma(a{i}, b{j}, c{i}{j});' if fused else f'      c{i}{j} += a{i} * b{j};')
    o.append('    }')
    for i in range(mr):
        if i: o.append(f'    int r{i} = {r("cOff","ldc",i)};')
        for j in range(4):
            o.append(f'    c[{"cOff" if i==0 else "r%d"%i}'+(f' + {j}' if j else '')+f'] = c{i}{j};')
    o.append('  }\n}\n')
    open(BASE+f'scalar/{cls}.java','w').write('\n'.join(o))
sc(3,'ScalarMicroKernel',True,'''/**
 * 3 x 4 with fused multiply-adds, in scalar registers: 12 accumulators and an operand or two of 16.
 * A loop over a row of C, for C2 to turn into vectors by itself, stays scalar in JDK 25 (B and C
 * might be one array) and is 2.4 times slower.
 */''')
sc(3,'UnfusedMicroKernel',False,'''/**
 * 3 x 4 for machines without a fused multiply-add: product and sum are each rounded. Otherwise as
 * {@link ScalarMicroKernel}.
 */''')
def taps(mr, nv):
    """A tile whose operands a table finds. A step takes the address of a row from that of the row above: a pointer
    for each row, which the matrix product's tiles keep, does not help where the steps are not neighbours (12 x 2: 0.74
    instead of 0.82 of the peak; pointers wait in vector registers). The range check of each row stays in the loop."""
    def at(base,ld,i,j): return (base if i==0 else f'{base} + {ld}' if i==1 else f'{base} + {i} * {ld}') + ('' if j==0 else ' + L' if j==1 else f' + {j} * L')
    cls = f'VectorTapKernel{mr}x{nv}'
    vectors = 'a vector' if nv == 1 else f'{nv} vectors'
    o=['package io.lanewise.kernels.simd;\n','import io.lanewise.kernels.micro.TapKernel;','import java.util.Objects;','import jdk.incubator.vector.FloatVector;','import jdk.incubator.vector.VectorSpecies;\n',
       f"/** {mr} output{'s' if mr > 1 else ''} of a line by {vectors} of channels. */", f'final class {cls} implements TapKernel {{',
       f"""  private static final VectorSpecies<Float> V = SimdKernels.V;
  private static final int L = V.length();
  private static final int MR = {mr};
  private static final int NR = {nv} * L;

  @Override
  public int mr() {{
    return MR;
  }}

  @Override
  public int nr() {{
    return NR;
  }}

  @Override
  public void strip(
      int tiles,
      int k,
      int[] at,
      int at0,
      float[] a,
      int aOff,
      int lda,
      float[] b,
      int bOff,
      float[] s,
      int sOff,
      float[] c,
      int cOff,
      int ldc) {{
    for (int t = 0; t < tiles; t++) {{
      int i = t * MR;
      tile(k, at, at0, a, aOff + i * lda, {'lda, ' if mr > 1 else ''}b, bOff, s, sOff, c, cOff + i * ldc{', ldc' if mr > 1 else ''});
    }}
  }}

  private static void tile(
      int k, int[] at, int at0, float[] a, int aOff, {'int lda, ' if mr > 1 else ''}float[] b, int bOff, float[] s, int sOff, float[] c, int cOff{', int ldc' if mr > 1 else ''}) {{
    int n = Objects.checkIndex(k, NearOffsets.STEPS);
    int b00 = Objects.checkIndex(bOff, NearOffsets.LIMIT);"""]
    for j in range(nv): o.append(f'    FloatVector s{j} = FloatVector.fromArray(V, s, {at("sOff","",0,j)});')
    for i in range(mr):
        for j in range(nv): o.append(f'    FloatVector c{i}{j} = s{j};')
    o.append('    for (int p = 0; p < n; p++) {\n      int q = aOff + at[at0 + p];\n      int bp = b00 + p * NR;')
    for j in range(nv): o.append(f'      FloatVector b{j} = FloatVector.fromArray(V, b, {at("bp","",0,j)});')
    for i in range(mr):
        if i: o.append('      q += lda;')
        o.append(f'      FloatVector v{i} = FloatVector.broadcast(V, a[q]);')
        for j in range(nv): o.append(f'      c{i}{j} = v{i}.fma(b{j}, c{i}{j});')
    o.append('    }' + ZERO)
    for i in range(mr):
        for j in range(nv): o.append(f'    zero.add(c{i}{j}).intoArray(c, {at("cOff","ldc",i,j)});')
    o.append('  }\n}\n')
    open(BASE+f'simd/{cls}.java','w').write('\n'.join(o))
for mr, nv in ((6, 4), (2, 4), (1, 4), (12, 2), (4, 2), (1, 2), (8, 1), (4, 1), (1, 1)):
    taps(mr, nv)
def group(mr, n, turned=True):
    """Groups of n lanes side by side: n sums for each output, which move to the outputs' lanes once they are complete. A permutation
    for each product instead (one sum for each output) takes 1.7 cycles a product on Zen 4, where both share a unit. Not turned: groups
    wider than a vector, with channels broadcast; the same sums in the same order."""
    cls = f'VectorGroupKernel{mr}x{n}' if turned else f'VectorGroupKernelWide{n}'
    def tree(t): return t[0] if len(t) == 1 else tree([f'{x}.add({y})' for x, y in zip(t[::2], t[1::2])])
    def row(d): return 'FloatVector.fromArray(V, b, bp' + ('' if d == 0 else f' + {"" if d == 1 else f"{d} * "}{"L" if turned else "N"}') + ')'
    def method(rows):
        def at(base,ld,i): return base if i==0 else f'{base} + {ld}' if i==1 else f'{base} + {i} * {ld}'
        o=[f"""  private static void {'tile' if rows > 1 else 'one'}(
      int k, int[] at, int at0, float[] a, int aOff, {'int lda, ' if rows > 1 else ''}float[] b, int bOff, float[] s, int sOff, float[] c, int cOff{', int ldc' if rows > 1 else ''}) {{
    int taps = Objects.checkIndex(k, NearOffsets.STEPS);
    int from = Objects.checkIndex(bOff, NearOffsets.LIMIT);
    FloatVector none = FloatVector.zero(V);"""]
        for i in range(rows):
            for d in range(n): o.append(f'    FloatVector c{i}{d} = none;')
        o.append('    for (int p = 0; p < taps; p++) {\n      int q = aOff + at[at0 + p];\n      int bp = from + p * NR;')
        if rows > 1:
            for d in range(n): o.append(f'      FloatVector b{d} = {row(d)};')
        for i in range(rows):
            if i: o.append('      q += lda;')
            if turned: o.append(f'      FloatVector v{i} = FloatVector.fromArray(V, a, q);')
            for d in range(n):
                v = f'v{i}' if turned else f'FloatVector.broadcast(V, a[q{f" + {d}" if d else ""}])'
                o.append(f'      c{i}{d} = {v}.fma({f"b{d}" if rows > 1 else row(d)}, c{i}{d});')
        o.append('    }' + ZERO)
        for i in range(rows):
            turns = [f'zero.add(c{i}{d})' + (f'.rearrange(TURN_{d})' if d and turned else '') for d in range(n)]
            o.append(f'    FloatVector y{i} = FloatVector.fromArray(V, s, sOff).add({tree(turns)});')
            o.append(f'    y{i}.intoArray(c, {at("cOff","ldc",i)});')
        o.append('  }')
        return '\n'.join(o)
    o=['package io.lanewise.kernels.simd;\n','import io.lanewise.kernels.micro.GroupKernel;','import java.util.Objects;','import jdk.incubator.vector.FloatVector;']
    if n > 1 and turned: o.append('import jdk.incubator.vector.VectorShuffle;')
    o+=['import jdk.incubator.vector.VectorSpecies;\n',
       (f"/** Groups of {n} lane{'s' if n > 1 else ''}, {mr} output{'s' if mr > 1 else ''} of a line at a time. */" if turned else f"/** Groups of {n} lanes in narrower vectors: lanes on output channels, an output of a line at a time. */"),
       f'final class {cls} implements GroupKernel {{',
       f"""  private static final VectorSpecies<Float> V = SimdKernels.V;
  private static final int L = V.length();"""]
    if turned: o.append(f'  private static final int NR = {n} * L;')
    else: o.append(f'  private static final int N = {n};\n  private static final int NR = N * N;')
    if mr > 1: o.append(f'  private static final int MR = {mr};')
    if turned:
        for d in range(1, n): o.append(f'  private static final VectorShuffle<Float> TURN_{d} = VectorShuffle.fromOp(V, j -> j ^ {d});')
    o.append(f"""
  @Override
  public int lanes() {{
    return {'L' if turned else 'N'};
  }}

  @Override
  public int weight(int channel, int output) {{
    return {'(channel ^ output) * L + channel' if turned else 'channel * N + output'};
  }}

  @Override
  public void line(
      int m, int k, int[] at, int at0, float[] a, int aOff, int lda, float[] b, int bOff, float[] s, int sOff, float[] c, int cOff, int ldc) {{
    int i = 0;""")
    if mr > 1: o.append("""    for (; i <= m - MR; i += MR) {
      tile(k, at, at0, a, aOff + i * lda, lda, b, bOff, s, sOff, c, cOff + i * ldc, ldc);
    }""")
    o.append("""    for (; i < m; i++) {
      one(k, at, at0, a, aOff + i * lda, b, bOff, s, sOff, c, cOff + i * ldc);
    }
  }
""" if turned else """    for (; i < m; i++) {
      for (int j = 0; j < N; j += L) {
        one(k, at, at0, a, aOff + i * lda, b, bOff + j, s, sOff + j, c, cOff + i * ldc + j);
      }
    }
  }
""")
    if mr > 1: o.append(method(mr) + '\n')
    o.append(method(1) + '\n}\n')
    open(BASE+f'simd/{cls}.java','w').write('\n'.join(o))
for mr, n in ((12, 1), (12, 2), (6, 4), (2, 8), (8, 1), (5, 2), (2, 4), (1, 8)): # with 32 registers, then with 16
    group(mr, n)
group(1, 8, turned=False)
