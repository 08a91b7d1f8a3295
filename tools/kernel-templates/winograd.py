"""Writes the transforms of Winograd's algorithm; edit this, never its output, then run mvn spotless:apply."""
import pathlib
BASE = str(pathlib.Path(__file__).resolve().parents[2] / "kernels/src/main/java/io/lanewise/kernels") + "/"
class Vec:
    T='FloatVector'
    def add(s,a,b): return f'{a}.add({b})'
    def sub(s,a,b): return f'{a}.sub({b})'
    def fma(s,c,a,b): return f'{a}.fma(FloatVector.broadcast(V, {c}f), {b})'
class Sca:
    T='float'
    def add(s,a,b): return f'{a} + {b}'
    def sub(s,a,b): return f'{a} - {b}'
    def fma(s,c,a,b): return f'multiplyAdd({c}f, {a}, {b})'
def in_lines(m,L,load,store):
    o=[]
    n=m+2
    for i in range(n): o.append(f'{L.T} d{i} = {load(i)};')
    if m==4:
        o+= [f'{L.T} p = {L.fma("-4","d2","d4")};',f'{L.T} q = {L.fma("-4","d1","d3")};',
             f'{L.T} r = {L.sub("d4","d2")};',f'{L.T} s = {L.sub("d3","d1")};',
             f'{L.T} f = {L.fma("-5","d2","d4")};',f'{L.T} g = {L.fma("-5","d3","d5")};']
        outs=[L.fma('4','d0','f'),L.add('p','q'),L.sub('p','q'),L.fma('2','s','r'),L.fma('-2','s','r'),L.fma('4','d1','g')]
    else:
        outs=[L.sub('d0','d2'),L.add('d1','d2'),L.sub('d2','d1'),L.sub('d1','d3')]
    for i,e in enumerate(outs): o.append(store(i,e))
    return o
def out_lines(m,L,load,store,bias=None):
    o=[]
    n=m+2
    for i in range(n): o.append(f'{L.T} d{i} = {load(i)};')
    if m==4:
        o+= [f'{L.T} p = {L.add("d1","d2")};',f'{L.T} q = {L.sub("d1","d2")};',f'{L.T} r = {L.add("d3","d4")};',f'{L.T} s = {L.sub("d3","d4")};',
             f'{L.T} f = {L.add("d0","p")};',f'{L.T} g = {L.add("d5","q")};']
        outs=[L.add('f','r'),L.fma('2','s','q'),L.fma('4','r','p'),L.fma('8','s','g')]
    else:
        o+= [f'{L.T} p = {L.add("d1","d2")};',f'{L.T} q = {L.sub("d1","d2")};']
        outs=[L.add('d0','p'),L.sub('q','d3')]
    if bias:
        for i,e in enumerate(outs): o.append(f'{L.T} y{i} = {e};')
        outs=[L.add(f'y{i}',bias) for i in range(m)]
    for i,e in enumerate(outs): o.append(store(i,e))
    return o
def idx(base,i,step): return base if i==0 else f'{base} + {step}' if i==1 else f'{base} + {i} * {step}'
def ind(lines,n): return '\n'.join(' '*n+l for l in lines)
def vec(m):
    n=m+2; L=Vec()
    ld=lambda arr,base,step: (lambda i: f'FloatVector.fromArray(V, {arr}, {idx(base,i,step)})')
    stv=lambda arr,base,step: (lambda i,e: f'{e}.intoArray({arr}, {idx(base,i,step)});')
    s=f'''package io.lanewise.kernels.simd;

import io.lanewise.kernels.micro.WinogradKernels;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * F({m} x {m}, 3 x 3): columns first, then rows, with the columns' results in scratch memory, since
 * a whole patch does not fit in registers. Channels that do not fill a vector go to {{@code rest}},
 * which computes the same steps.
 */
final class VectorWinograd{m} implements WinogradKernels {{
  private static final VectorSpecies<Float> V = SimdKernels.V;
  private static final int L = V.length();
  private static final int N = {n};

  private final WinogradKernels rest;

  VectorWinograd{m}(WinogradKernels rest) {{
    this.rest = rest;
  }}

  @Override
  public int m() {{
    return {m};
  }}

  @Override
  public int scratchFloats() {{
    return Math.max(N * N * L, rest.scratchFloats());
  }}

  @Override
  public void input(
      int channels,
      float[] x,
      int xOff,
      int rowStep,
      int pixelStep,
      float[] v,
      int vOff,
      int vStep,
      float[] scratch,
      int scratchOff) {{
    int whole = V.loopBound(channels);
    for (int c = 0; c < whole; c += L) {{
      inputColumns(x, xOff + c, rowStep, pixelStep, scratch, scratchOff);
      inputRows(scratch, scratchOff, v, vOff + c, vStep);
    }}
    if (whole < channels) {{
      rest.input(
          channels - whole,
          x,
          xOff + whole,
          rowStep,
          pixelStep,
          v,
          vOff + whole,
          vStep,
          scratch,
          scratchOff);
    }}
  }}

  private static void inputColumns(
      float[] x, int xOff, int rowStep, int pixelStep, float[] t, int tOff) {{
    for (int j = 0; j < N; j++) {{
      int at = xOff + j * pixelStep;
      int to = tOff + j * L;
{ind(in_lines(m,L,ld('x','at','rowStep'),stv('t','to','N * L')),6)}
    }}
  }}

  private static void inputRows(float[] t, int tOff, float[] v, int vOff, int vStep) {{
    for (int i = 0; i < N; i++) {{
      int at = tOff + i * N * L;
      int to = vOff + i * N * vStep;
{ind(in_lines(m,L,ld('t','at','L'),stv('v','to','vStep')),6)}
    }}
  }}

  @Override
  public void output(
      int channels,
      float[] products,
      int pOff,
      int pStep,
      float[] bias,
      int biasOff,
      float[] y,
      int yOff,
      int rowStep,
      int pixelStep,
      float[] scratch,
      int scratchOff) {{
    int whole = V.loopBound(channels);
    for (int c = 0; c < whole; c += L) {{
      outputColumns(products, pOff + c, pStep, scratch, scratchOff);
      outputRows(scratch, scratchOff, bias, biasOff + c, y, yOff + c, rowStep, pixelStep);
    }}
    if (whole < channels) {{
      rest.output(
          channels - whole,
          products,
          pOff + whole,
          pStep,
          bias,
          biasOff + whole,
          y,
          yOff + whole,
          rowStep,
          pixelStep,
          scratch,
          scratchOff);
    }}
  }}

  private static void outputColumns(float[] p0, int pOff, int pStep, float[] t, int tOff) {{
    int rowStep = N * pStep;
    for (int j = 0; j < N; j++) {{
      int at = pOff + j * pStep;
      int to = tOff + j * L;
{ind(out_lines(m,L,ld('p0','at','rowStep'),stv('t','to','N * L')),6)}
    }}
  }}

  private static void outputRows(
      float[] t, int tOff, float[] bias, int biasOff, float[] y, int yOff, int rowStep, int step) {{
    for (int i = 0; i < {m}; i++) {{
      int at = tOff + i * N * L;
      int to = yOff + i * rowStep;
      FloatVector b = FloatVector.fromArray(V, bias, biasOff);
{ind(out_lines(m,L,ld('t','at','L'),stv('y','to','step'),'b'),6)}
    }}
  }}
}}
'''
    open(BASE+f'simd/VectorWinograd{m}.java','w').write(s)
def sca(m):
    n=m+2; L=Sca()
    ld=lambda arr,base,step: (lambda i: f'{arr}[{idx(base,i,step)}]')
    stv=lambda arr,base,step: (lambda i,e: f'{arr}[{idx(base,i,step)}] = {e};')
    fused = '''  private float multiplyAdd(float a, float b, float c) {
    return fma ? Math.fma(a, b, c) : a * b + c;
  }

''' if m==4 else ''
    field = '  private final boolean fma;\n\n  ScalarWinograd4(boolean fma) {\n    this.fma = fma;\n  }\n\n' if m==4 else ''
    st = '' if m==4 else 'static '
    s=f'''package io.lanewise.kernels.scalar;

import io.lanewise.kernels.micro.WinogradKernels;

/** F({m} x {m}, 3 x 3): columns first, then rows, channel by channel. */
final class ScalarWinograd{m} implements WinogradKernels {{
  private static final int N = {n};

{field}  @Override
  public int m() {{
    return {m};
  }}

  @Override
  public int scratchFloats() {{
    return N * N;
  }}

{fused}  @Override
  public void input(
      int channels,
      float[] x,
      int xOff,
      int rowStep,
      int pixelStep,
      float[] v,
      int vOff,
      int vStep,
      float[] scratch,
      int scratchOff) {{
    for (int c = 0; c < channels; c++) {{
      inputColumns(x, xOff + c, rowStep, pixelStep, scratch, scratchOff);
      inputRows(scratch, scratchOff, v, vOff + c, vStep);
    }}
  }}

  private {st}void inputColumns(
      float[] x, int xOff, int rowStep, int pixelStep, float[] t, int tOff) {{
    for (int j = 0; j < N; j++) {{
      int at = xOff + j * pixelStep;
      int to = tOff + j;
{ind(in_lines(m,L,ld('x','at','rowStep'),stv('t','to','N')),6)}
    }}
  }}

  private {st}void inputRows(float[] t, int tOff, float[] v, int vOff, int vStep) {{
    for (int i = 0; i < N; i++) {{
      int at = tOff + i * N;
      int to = vOff + i * N * vStep;
{ind(in_lines(m,L,ld('t','at','1'),stv('v','to','vStep')),6)}
    }}
  }}

  @Override
  public void output(
      int channels,
      float[] products,
      int pOff,
      int pStep,
      float[] bias,
      int biasOff,
      float[] y,
      int yOff,
      int rowStep,
      int pixelStep,
      float[] scratch,
      int scratchOff) {{
    for (int c = 0; c < channels; c++) {{
      outputColumns(products, pOff + c, pStep, scratch, scratchOff);
      outputRows(scratch, scratchOff, bias[biasOff + c], y, yOff + c, rowStep, pixelStep);
    }}
  }}

  private {st}void outputColumns(float[] p0, int pOff, int pStep, float[] t, int tOff) {{
    int rowStep = N * pStep;
    for (int j = 0; j < N; j++) {{
      int at = pOff + j * pStep;
      int to = tOff + j;
{ind(out_lines(m,L,ld('p0','at','rowStep'),stv('t','to','N')),6)}
    }}
  }}

  private {st}void outputRows(
      float[] t, int tOff, float b, float[] y, int yOff, int rowStep, int step) {{
    for (int i = 0; i < {m}; i++) {{
      int at = tOff + i * N;
      int to = yOff + i * rowStep;
{ind(out_lines(m,L,ld('t','at','1'),stv('y','to','step'),'b'),6)}
    }}
  }}
}}
'''
    s=s.replace(' * 1]',']')
    open(BASE+f'scalar/ScalarWinograd{m}.java','w').write(s)
for m in (2,4): vec(m); sca(m)
