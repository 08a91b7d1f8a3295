package io.lanewise.rivals.bytedeco;

import static io.lanewise.rivals.bytedeco.OneDnnMemory.desc;
import static io.lanewise.rivals.bytedeco.OneDnnMemory.floats;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WEIGHTS;

import io.lanewise.benchmarks.contender.Prepared;
import io.lanewise.benchmarks.contender.Task;
import io.lanewise.kernels.shape.GemmShape;
import io.lanewise.kernels.shape.LinearShape;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.global.dnnl.prop_kind;
import org.bytedeco.dnnl.inner_product_forward;
import org.bytedeco.dnnl.matmul;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.memory.format_tag;
import org.bytedeco.javacpp.FloatPointer;

/** Matrix products and fully connected layers. */
final class OneDnnMatrix {
  private OneDnnMatrix() {}

  /**
   * The matmul primitive.
   *
   * @param packed B in a layout of oneDNN's own instead of row-major
   */
  static Prepared matmul(OneDnnMemory memory, GemmShape s, boolean packed) {
    memory.desc a = desc(new long[] {s.m(), s.k()}, s.transposeA() ? format_tag.ba : format_tag.ab);
    long[] bDims = {s.k(), s.n()};
    memory.desc b = desc(bDims, format_tag.ab);
    memory.desc c = desc(new long[] {s.m(), s.n()}, format_tag.ab);
    memory.desc anyB = packed ? desc(bDims, format_tag.any) : b;
    matmul.primitive_desc pd = new matmul.primitive_desc(memory.cpu(), a, anyB, c);
    return new OneDnnRun(memory, DNNL_ARG_DST, c, c)
        .with(DNNL_ARG_SRC, memory.fill(Task.uniform(s.a(), Task.SEED_X), a, a))
        .with(DNNL_ARG_WEIGHTS, memory.fill(Task.uniform(s.b(), Task.SEED_W), b, pd.weights_desc()))
        .of(pd);
  }

  /** The inner product primitive: x and y row-major, the weights in a layout of oneDNN's own. */
  static Prepared linear(OneDnnMemory memory, Task task) {
    LinearShape s = task.linear();
    memory.desc x = desc(new long[] {s.n(), s.in()}, format_tag.ab);
    long[] wDims = {s.out(), s.in()};
    memory.desc y = desc(new long[] {s.n(), s.out()}, format_tag.ab);
    var pd =
        new inner_product_forward.primitive_desc(
            memory.cpu(), prop_kind.forward_inference, x, desc(wDims, format_tag.any), y);
    memory.desc w = desc(wDims, format_tag.ab);
    return new OneDnnRun(memory, DNNL_ARG_DST, y, y)
        .with(DNNL_ARG_SRC, memory.fill(Task.uniform(s.x(), Task.SEED_X), x, x))
        .with(DNNL_ARG_WEIGHTS, memory.fill(task.linearWeights(), w, pd.weights_desc()))
        .of(pd);
  }

  /** oneDNN's own cblas-like function. */
  static Prepared sgemm(OneDnnMemory memory, GemmShape s) {
    memory.desc a = desc(new long[] {s.a().size()}, format_tag.a);
    memory.desc b = desc(new long[] {s.b().size()}, format_tag.a);
    memory.desc c = desc(new long[] {s.c().size()}, format_tag.a);
    FloatPointer pa = floats(memory.fill(Task.uniform(s.a(), Task.SEED_X), a, a));
    FloatPointer pb = floats(memory.fill(Task.uniform(s.b(), Task.SEED_W), b, b));
    memory result = memory.allocate(c);
    return new Sgemm(memory, s, pa, pb, result, floats(result), c);
  }

  private record Sgemm(
      OneDnnMemory memory,
      GemmShape s,
      FloatPointer a,
      FloatPointer b,
      memory result,
      FloatPointer c,
      memory.desc plain)
      implements Prepared {
    @Override
    public void run() {
      int status =
          dnnl.dnnl_sgemm(
              (byte) 'N', (byte) 'N', s.m(), s.n(), s.k(), 1, a, s.k(), b, s.n(), 0, c, s.n());
      if (status != dnnl.dnnl_success) {
        throw new IllegalStateException("dnnl_sgemm of " + s + " gave status " + status);
      }
    }

    @Override
    public float[] output() {
      return memory.read(result, plain);
    }

    @Override
    public void close() {
      memory.close();
    }
  }
}
