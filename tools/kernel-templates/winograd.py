"""Writes the transforms of Winograd's algorithm; edit this, never its output, then run mvn spotless:apply."""
import pathlib
BASE = str(pathlib.Path(__file__).resolve().parents[2] / "kernels/src/main/java/io/lanewise/kernels") + "/"
class Vec:
    T='FloatVector'
    def add(s,a,b): return f'{a}.add({b})'
    def sub(s,a,b): return f'{a}.sub({b})'
    def fma(s,c,a,b): return f'{a}.fma(FloatVector.broadcast(V, {c}f), {b})'
    def mul(s,a,c): return f'{a}.mul(FloatVector.broadcast(V, {c}))'
class Sca:
    T='float'
    def add(s,a,b): return f'{a} + {b}'
    def sub(s,a,b): return f'{a} - {b}'
    def fma(s,c,a,b): return f'multiplyAdd({c}f, {a}, {b})'
    def mul(s,a,c): return f'{a} * ({c})' if '/' in c else f'{a} * {c}'
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
def weight_lines(m,L,load,store):
    o=[]
    for i in range(3): o.append(f'{L.T} g{i} = {load(i)};')
    def mul(a,c,name): o.append(f'{L.T} {name} = {L.mul(a,c)};')
    if m==4:
        mul('g0','1f / 4f','e')
        o.append(f'{L.T} ends = {L.add("g0","g2")};')
        mul('ends','-1f / 6f','a'); mul('g1','1f / 6f','b')
        mul('g0','1f / 24f','first'); mul('g2','1f / 6f','last')
        o.append(f'{L.T} outer = {L.add("first","last")};')
        mul('g1','1f / 12f','inner')
        outs=['e',L.sub('a','b'),L.add('a','b'),L.add('outer','inner'),L.sub('outer','inner'),'g2']
    else:
        o.append(f'{L.T} ends = {L.add("g0","g2")};')
        mul('ends','0.5f','a'); mul('g1','0.5f','b')
        outs=['g0',L.add('a','b'),L.sub('a','b'),'g2']
    for i,e in enumerate(outs): o.append(store(i,e))
    return o
def idx(base,i,step): return base if i==0 else f'{base} + {step}' if i==1 else f'{base} + {i} * {step}'
def ind(lines,n): return '\n'.join(' '*n+l for l in lines)
# A stage takes a line of inputs to outputs in groups that share steps: (output: expression by names of inputs), steps first.
def groups(kind,m,L):
    def step(T,name,e): return f'{T} {name} = {e};'
    if kind=='input' and m==4:
        return [(lambda d,x:[step(L.T,f'f{x}',L.fma('-5',d[2],d[4]))], {0:lambda d,x:L.fma('4',d[0],f'f{x}')}),
                (lambda d,x:[step(L.T,f'p{x}',L.fma('-4',d[2],d[4])),step(L.T,f'q{x}',L.fma('-4',d[1],d[3]))],
                 {1:lambda d,x:L.add(f'p{x}',f'q{x}'),2:lambda d,x:L.sub(f'p{x}',f'q{x}')}),
                (lambda d,x:[step(L.T,f'r{x}',L.sub(d[4],d[2])),step(L.T,f's{x}',L.sub(d[3],d[1]))],
                 {3:lambda d,x:L.fma('2',f's{x}',f'r{x}'),4:lambda d,x:L.fma('-2',f's{x}',f'r{x}')}),
                (lambda d,x:[step(L.T,f'g{x}',L.fma('-5',d[3],d[5]))], {5:lambda d,x:L.fma('4',d[1],f'g{x}')})]
    if kind=='input':
        return [(lambda d,x:[],{0:lambda d,x:L.sub(d[0],d[2])}),
                (lambda d,x:[],{1:lambda d,x:L.add(d[1],d[2]),2:lambda d,x:L.sub(d[2],d[1])}),
                (lambda d,x:[],{3:lambda d,x:L.sub(d[1],d[3])})]
    if kind=='weights' and m==4:
        return [(lambda d,x:[],{0:lambda d,x:L.mul(d[0],'1f / 4f')}),
                (lambda d,x:[step(L.T,f'ends{x}',L.add(d[0],d[2])),step(L.T,f'a{x}',L.mul(f'ends{x}','-1f / 6f')),
                             step(L.T,f'b{x}',L.mul(d[1],'1f / 6f'))],
                 {1:lambda d,x:L.sub(f'a{x}',f'b{x}'),2:lambda d,x:L.add(f'a{x}',f'b{x}')}),
                (lambda d,x:[step(L.T,f'first{x}',L.mul(d[0],'1f / 24f')),step(L.T,f'last{x}',L.mul(d[2],'1f / 6f')),
                             step(L.T,f'outer{x}',L.add(f'first{x}',f'last{x}')),step(L.T,f'inner{x}',L.mul(d[1],'1f / 12f'))],
                 {3:lambda d,x:L.add(f'outer{x}',f'inner{x}'),4:lambda d,x:L.sub(f'outer{x}',f'inner{x}')}),
                (lambda d,x:[],{5:lambda d,x:d[2]})]
    return [(lambda d,x:[],{0:lambda d,x:d[0]}),
            (lambda d,x:[step(L.T,f'ends{x}',L.add(d[0],d[2])),step(L.T,f'a{x}',L.mul(f'ends{x}','0.5f')),
                         step(L.T,f'b{x}',L.mul(d[1],'0.5f'))],
             {1:lambda d,x:L.add(f'a{x}',f'b{x}'),2:lambda d,x:L.sub(f'a{x}',f'b{x}')}),
            (lambda d,x:[],{3:lambda d,x:d[2]})]
import re
def lines_of(kind,m,L,group,load,store):
    """The first stage's outputs of one group, for each column, and the second stage of each."""
    n=m+2 if kind=='input' else 3
    steps,outs=group
    o=[]
    for j in range(n):
        d=[f'd{i}{j}' for i in range(n)]
        body=steps(d,f'{j}')+[f'{L.T} h{i}{j} = {e(d,f"{j}")};' for i,e in outs.items()]
        text='\n'.join(body)
        for i in range(n):
            if re.search(rf'\b{d[i]}\b',text): o.append(f'{L.T} {d[i]} = {load(i,j)};')
        o+=body
    for i in outs:
        h=[f'h{i}{j}' for j in range(n)]
        for steps2,outs2 in groups(kind,m,L):
            o+=steps2(h,f'of{i}')
            for k,e in outs2.items(): o.append(store(i,k,e(h,f'of{i}')))
    return o
def at(base,terms):
    t=' + '.join(x for x in terms if x)
    return base if not t else f'{base} + {t}'
def times(i,step): return '' if i==0 else step if i==1 else f'{i} * {step}'
NAMES={'input':{4:['First','Inner','Outer','Last'],2:['First','Inner','Last']},'weights':{4:['First','Inner','Outer','Last'],2:['First','Inner','Last']}}
def output_lines(m,L,load,store,bias):
    n=m+2; o=[]
    def stage(d,x):
        if m==4:
            s=[f'{L.T} p{x} = {L.add(d[1],d[2])};',f'{L.T} q{x} = {L.sub(d[1],d[2])};',f'{L.T} r{x} = {L.add(d[3],d[4])};',
               f'{L.T} s{x} = {L.sub(d[3],d[4])};',f'{L.T} f{x} = {L.add(d[0],f"p{x}")};',f'{L.T} g{x} = {L.add(d[5],f"q{x}")};']
            return s,[L.add(f'f{x}',f'r{x}'),L.fma('2',f's{x}',f'q{x}'),L.fma('4',f'r{x}',f'p{x}'),L.fma('8',f's{x}',f'g{x}')]
        return [f'{L.T} p{x} = {L.add(d[1],d[2])};',f'{L.T} q{x} = {L.sub(d[1],d[2])};'],[L.add(d[0],f'p{x}'),L.sub(f'q{x}',d[3])]
    for j in range(n):
        d=[f'd{i}{j}' for i in range(n)]
        for i in range(n): o.append(f'{L.T} {d[i]} = {load(i,j)};')
        s,e=stage(d,f'{j}'); o+=s
        for i in range(m): o.append(f'{L.T} h{i}{j} = {e[i]};')
    for i in range(m):
        s,e=stage([f'h{i}{j}' for j in range(n)],f'of{i}'); o+=s
        for k in range(m):
            o.append(f'{L.T} y{i}{k} = {e[k]};'); o.append(store(i,k,L.add(f'y{i}{k}',bias)))
    return o
def vec(m):
    n=m+2; L=Vec()
    body=''
    for k,g in zip(NAMES['input'][m],groups('input',m,L)):
        ls=lines_of('input',m,L,g,lambda i,j:f"FloatVector.fromArray(V, x, {at('from',[times(i,'rowStep'),times(j,'pixelStep')])})",
                    lambda i,j,e:f"{e}.intoArray(v, {at('to',[times(i*n+j,'vStep')])});")
        body+=f"""
  private static void input{k}(
      int channels,
      float[] x,
      int xOff,
      int rowStep,
      int pixelStep,
      float[] v,
      int vOff,
      int vStep) {{
    for (int c = 0; c < channels; c += L) {{
      int from = xOff + c;
      int to = vOff + c;
{ind(ls,6)}
    }}
  }}
"""
    wbody=''
    for k,g in zip(NAMES['weights'][m],groups('weights',m,L)):
        ls=lines_of('weights',m,L,g,lambda i,j:f"FloatVector.fromArray(V, g, {at('from',[times(i*3+j,'gStep')])})",
                    lambda i,j,e:f"{e}.intoArray(u, {at('to',[times(i*n+j,'uStep')])});")
        wbody+=f"""
  private static void weights{k}(
      int lanes, float[] g, int gOff, int gStep, float[] u, int uOff, int uStep) {{
    for (int c = 0; c < lanes; c += L) {{
      int from = gOff + c;
      int to = uOff + c;
{ind(ls,6)}
    }}
  }}
"""
    ols=output_lines(m,L,lambda i,j:f"FloatVector.fromArray(V, products, {at('from',[times(i*n+j,'pStep')])})",
                     lambda i,k,e:f"{e}.intoArray(y, {at('to',[times(i,'rowStep'),times(k,'pixelStep')])});",'b')
    calls=''.join(f"      input{k}(n, x, xOff + c, rowStep, pixelStep, v, vOff + c, vStep);\n" for k in NAMES['input'][m]).rstrip('\n')
    wcalls=''.join(f"      weights{k}(n, g, gOff + c, gStep, u, uOff + c, uStep);\n" for k in NAMES['weights'][m]).rstrip('\n')
    s=f"""package io.lanewise.kernels.simd;

import io.lanewise.kernels.micro.WinogradKernels;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * F({m} x {m}, 3 x 3): first the columns, then the rows, all in registers, those rows together that
 * share steps. Products lie pages apart, so some rows are done for a batch of channels before the
 * next ones: nearly every store would miss the TLB. Channels that do not fill a vector go to
 * {{@code rest}}, which computes the same steps.
 */
final class VectorWinograd{m} implements WinogradKernels {{
  private static final VectorSpecies<Float> V = SimdKernels.V;
  private static final int L = V.length();
  private static final int BATCH = 8 * L;

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
    return rest.scratchFloats();
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
    for (int c = 0; c < whole; c += BATCH) {{
      int n = Math.min(BATCH, whole - c);
{calls}
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
{body}
  @Override
  public void weights(
      int lanes,
      float[] g,
      int gOff,
      int gStep,
      float[] u,
      int uOff,
      int uStep,
      float[] scratch,
      int scratchOff) {{
    int whole = V.loopBound(lanes);
    for (int c = 0; c < whole; c += BATCH) {{
      int n = Math.min(BATCH, whole - c);
{wcalls}
    }}
    if (whole < lanes) {{
      rest.weights(
          lanes - whole, g, gOff + whole, gStep, u, uOff + whole, uStep, scratch, scratchOff);
    }}
  }}
{wbody}
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
    outputs(whole, products, pOff, pStep, bias, biasOff, y, yOff, rowStep, pixelStep);
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

  private static void outputs(
      int channels,
      float[] products,
      int pOff,
      int pStep,
      float[] bias,
      int biasOff,
      float[] y,
      int yOff,
      int rowStep,
      int pixelStep) {{
    for (int c = 0; c < channels; c += L) {{
      int from = pOff + c;
      int to = yOff + c;
      FloatVector b = FloatVector.fromArray(V, bias, biasOff + c);
{ind(ols,6)}
    }}
  }}
}}
"""
    s=re.sub(r'\b(\w+) \+ 1 \* ',r'\1 + ',s)
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

  @Override
  public void weights(
      int lanes,
      float[] g,
      int gOff,
      int gStep,
      float[] u,
      int uOff,
      int uStep,
      float[] scratch,
      int scratchOff) {{
    for (int c = 0; c < lanes; c++) {{
      weightColumns(g, gOff + c, gStep, scratch, scratchOff);
      weightRows(scratch, scratchOff, u, uOff + c, uStep);
    }}
  }}

  private static void weightColumns(float[] g, int gOff, int gStep, float[] t, int tOff) {{
    int rowStep = 3 * gStep;
    for (int j = 0; j < 3; j++) {{
      int at = gOff + j * gStep;
      int to = tOff + j;
{ind(weight_lines(m,L,ld('g','at','rowStep'),stv('t','to','3')),6)}
    }}
  }}

  private static void weightRows(float[] t, int tOff, float[] u, int uOff, int uStep) {{
    for (int i = 0; i < N; i++) {{
      int at = tOff + i * 3;
      int to = uOff + i * N * uStep;
{ind(weight_lines(m,L,ld('t','at','1'),stv('u','to','uStep')),6)}
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
