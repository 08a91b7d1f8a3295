"""Writes VectorDepthwise; edit this, never its output, then run mvn spotless:apply."""
import pathlib
BASE = str(pathlib.Path(__file__).resolve().parents[2] / "kernels/src/main/java/io/lanewise/kernels") + "/"
ARGS=['channels:int','x:float[]','xOff:int','pixelStep:int','tapStep:int','rowStep:int','w:float[]','wOff:int','wStep:int','wRowStep:int','s:float[]','sOff:int','sStep:int','y:float[]','yOff:int','yStep:int']
def need(P,T,R,shared):
    drop=set()
    if P==1: drop|={'pixelStep','sStep','yStep'}
    if shared: drop|={'tapStep'}
    if T==1: drop|={'tapStep','wStep'}
    if R==1: drop|={'rowStep','wRowStep'}
    return [a for a in ARGS if a.split(':')[0] not in drop]
def name(P,T,R,shared): return {4:'four',1:'one'}[P]+{3:'Three',1:'One'}[T]+('Rows' if R==3 else '')+('Dense' if shared else '')
def at(base,i,step): return base if i==0 else f'{base} + {step}' if i==1 else f'{base} + {i} * {step}'
def tile(P,T,R,shared,doc):
    a=need(P,T,R,shared)
    o=[f'  /** {doc} */','  private static void '+name(P,T,R,shared)+'('+', '.join(f'{x.split(":")[1]} {x.split(":")[0]}' for x in a)+') {']
    n = P+T-1 if shared else P
    for r in range(R):
        for i in range(n):
            o.append(f'    int x{r}{i} = {at(at("xOff",r,"rowStep"),i,"pixelStep")};')
        if R>1: o.append(f'    int w{r} = {at("wOff",r,"wRowStep")};')
    o.append('    for (int c = 0; c < channels; c += L) {')
    for i in range(P): o.append(f'      FloatVector y{i} = FloatVector.fromArray(V, s, {at("sOff",i,"sStep")} + c);')
    for r in range(R):
        wb = f'w{r}' if R>1 else 'wOff'
        if shared:
            for j in range(n): o.append(f'      FloatVector v{r}{j} = FloatVector.fromArray(V, x, x{r}{j} + c);')
        for t in range(T):
            o.append(f'      FloatVector k{r}{t} = FloatVector.fromArray(V, w, {at(wb,t,"wStep")} + c);')
            for i in range(P):
                if shared: o.append(f'      y{i} = v{r}{i+t}.fma(k{r}{t}, y{i});')
                else: o.append(f'      y{i} = FloatVector.fromArray(V, x, {at(f"x{r}{i}",t,"tapStep")} + c).fma(k{r}{t}, y{i});')
    for i in range(P): o.append(f'      y{i}.intoArray(y, {at("yOff",i,"yStep")} + c);')
    o.append('    }\n  }\n')
    return '\n'.join(o)
def call(P,T,R,shared,wrow,from_):
    m={'channels':'whole','x':'x','xOff':'from','pixelStep':'pixelStep','tapStep':'tapStep','rowStep':'rowStep','w':'w','wOff':wrow,'wStep':'wStep','wRowStep':'wRowStep','s':from_,'sOff':f'{from_}At','sStep':f'{from_}Step' if from_!='s' else 'sStep','y':'y','yOff':'to','yStep':'yStep'}
    m['sOff']='start'; m['s']='s' if from_=='s' else 'src'; m['sStep']='sStep' if from_=='s' else 'srcStep'
    return name(P,T,R,shared)+'('+', '.join(m[a.split(':')[0]] for a in need(P,T,R,shared))+');'
SIG=', '.join(['int rows','int taps','int pixels','int channels','float[] x','int xOff','int rowStep','int pixelStep','int tapStep','float[] w','int wOff','int wRowStep','int wStep','float[] s','int sOff','int sStep','float[] y','int yOff','int yStep'])
s=f'''package io.lanewise.kernels.simd;

import io.lanewise.kernels.micro.DepthwiseKernel;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Four outputs at a time. Windows of 3 x 3 in one go: it is loads and stores that bound it, most of
 * which cross a cache line, so an output is written once, and a stride of 1 lets neighbours share
 * their inputs. Other windows go row by row, three taps and one at a time. The inner loop runs over
 * channels with a constant step, so that its range checks move out of it. Channels that do not fill
 * a vector go to {{@code rest}}.
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
  public void run({SIG}) {{
    int whole = V.loopBound(channels);
    if (whole > 0 && rows == ROWS && taps == TAPS) {{
      windows(pixels, whole, x, xOff, rowStep, pixelStep, tapStep, w, wOff, wRowStep, wStep, s, sOff, sStep, y, yOff, yStep);
    }} else if (whole > 0) {{
      for (int r = 0; r < rows; r++) {{
        boolean first = r == 0;
        row(taps, pixels, whole, x, xOff + r * rowStep, pixelStep, tapStep, w, wOff + r * wRowStep, wStep, first ? s : y, first ? sOff : yOff, first ? sStep : yStep, y, yOff, yStep);
      }}
    }}
    if (whole < channels) {{
      rest.run(rows, taps, pixels, channels - whole, x, xOff + whole, rowStep, pixelStep, tapStep, w, wOff + whole, wRowStep, wStep, s, sOff + whole, sStep, y, yOff + whole, yStep);
    }}
  }}

  /** Windows of 3 x 3. */
  private static void windows(int pixels, int whole, float[] x, int xOff, int rowStep, int pixelStep, int tapStep, float[] w, int wOff, int wRowStep, int wStep, float[] s, int sOff, int sStep, float[] y, int yOff, int yStep) {{
    int i = 0;
    for (; pixels - i >= PIXELS; i += PIXELS) {{
      int from = xOff + i * pixelStep;
      int start = sOff + i * sStep;
      int to = yOff + i * yStep;
      if (tapStep == pixelStep) {{
        {call(4,3,3,True,'wOff','s')}
      }} else {{
        {call(4,3,3,False,'wOff','s')}
      }}
    }}
    for (; i < pixels; i++) {{
      int from = xOff + i * pixelStep;
      int start = sOff + i * sStep;
      int to = yOff + i * yStep;
      {call(1,3,3,False,'wOff','s')}
    }}
  }}

  /** One row of windows of any length. */
  private static void row(int taps, int pixels, int whole, float[] x, int xOff, int pixelStep, int tapStep, float[] w, int wOff, int wStep, float[] s, int sOff, int sStep, float[] y, int yOff, int yStep) {{
    float[] src = s;
    int srcOff = sOff;
    int srcStep = sStep;
    int t = 0;
    while (t < taps) {{
      boolean three = taps - t >= TAPS;
      int at = wOff + t * wStep;
      int i = 0;
      for (; pixels - i >= PIXELS; i += PIXELS) {{
        int from = xOff + i * pixelStep + t * tapStep;
        int start = srcOff + i * srcStep;
        int to = yOff + i * yStep;
        if (three) {{
          {call(4,3,1,False,'at','src')}
        }} else {{
          {call(4,1,1,False,'at','src')}
        }}
      }}
      for (; i < pixels; i++) {{
        int from = xOff + i * pixelStep + t * tapStep;
        int start = srcOff + i * srcStep;
        int to = yOff + i * yStep;
        if (three) {{
          {call(1,3,1,False,'at','src')}
        }} else {{
          {call(1,1,1,False,'at','src')}
        }}
      }}
      t += three ? TAPS : 1;
      src = y;
      srcOff = yOff;
      srcStep = yStep;
    }}
  }}

'''
s+=tile(4,3,3,True,'Four outputs that lie as far apart as taps do: six inputs a row.')+'\n'+tile(4,3,3,False,'Four outputs.')+'\n'+tile(1,3,3,False,'One output.')+'\n'+tile(4,3,1,False,'Four outputs, three taps.')+'\n'+tile(4,1,1,False,'Four outputs, one tap.')+'\n'+tile(1,3,1,False,'One output, three taps.')+'\n'+tile(1,1,1,False,'One output, one tap.')+'}\n'
open(BASE+'simd/VectorDepthwise.java','w').write(s)
