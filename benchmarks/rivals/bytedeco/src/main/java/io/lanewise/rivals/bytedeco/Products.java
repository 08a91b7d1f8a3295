package io.lanewise.rivals.bytedeco;

import io.lanewise.benchmarks.contender.Op;
import io.lanewise.benchmarks.contender.Task;
import io.lanewise.kernels.shape.GemmShape;
import io.lanewise.kernels.shape.LinearShape;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import java.lang.foreign.Arena;
import java.nio.ByteOrder;
import org.bytedeco.javacpp.FloatPointer;

/** The operands of a matrix product in native memory, row-major. */
final class Products implements AutoCloseable {
  private static final int CACHE_LINE = 64;

  final GemmShape shape;
  final FloatPointer a;
  final FloatPointer b;
  final FloatPointer c;
  private final Arena arena = Arena.ofConfined();

  /** A and B from the task: x and w where it is a fully connected layer. */
  Products(Task task) {
    shape = of(task);
    a = floats(Task.uniform(shape.a(), Task.SEED_X));
    b = floats(Task.uniform(shape.b(), Task.SEED_W));
    c = allocate(shape.c().size());
  }

  /** The product that the task is; for a fully connected layer {@code y = x·wᵀ}. */
  private static GemmShape of(Task task) {
    if (task.op() == Op.GEMM) {
      return task.gemm();
    }
    LinearShape s = task.linear();
    return new GemmShape(s.n(), s.out(), s.in(), false, true, false);
  }

  /** True for a plain matrix product or a fully connected layer, unless it is empty. */
  static boolean isProduct(Task task) {
    return switch (task.op()) {
      case GEMM ->
          task.gemm().equals(GemmShape.of(task.gemm().m(), task.gemm().n(), task.gemm().k()))
              && task.gemm().flops() > 0;
      case LINEAR -> task.linear().n() > 0;
      default -> false;
    };
  }

  /** True for a plain product with a vector, of which BLAS has a function of its own. */
  static boolean isVector(Task task) {
    return isProduct(task)
        && task.op() == Op.GEMM
        && Math.min(task.gemm().m(), task.gemm().n()) == 1;
  }

  /** Leading dimension: the length of a stored row. */
  static int ld(Shape stored) {
    return stored.dim(1);
  }

  /** Uninitialised memory, at the start of a cache line, that lives as long as this. */
  FloatPointer allocate(long count) {
    return new FloatPointer(
        arena
            .allocate(count * Float.BYTES, CACHE_LINE)
            .asByteBuffer()
            .order(ByteOrder.nativeOrder())
            .asFloatBuffer());
  }

  private FloatPointer floats(Tensor t) {
    return allocate(t.size()).put(t.array(), t.offset(), t.size());
  }

  /** A copy of C. */
  float[] result() {
    float[] values = new float[shape.c().size()];
    c.get(values, 0, values.length);
    return values;
  }

  @Override
  public void close() {
    arena.close();
  }
}
