package io.lanewise.rivals.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.convolutional.Conv1d;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.convolutional.Conv3d;
import ai.djl.nn.core.Linear;
import ai.djl.pytorch.engine.PtEngine;
import ai.djl.pytorch.jni.JniUtils;
import io.lanewise.benchmarks.contender.Contender;
import io.lanewise.benchmarks.contender.Prepared;
import io.lanewise.benchmarks.contender.Task;
import io.lanewise.kernels.shape.ConvShape;
import io.lanewise.kernels.shape.GemmShape;
import io.lanewise.kernels.shape.LinearShape;
import io.lanewise.kernels.shape.Padding;
import io.lanewise.kernels.shape.PoolShape;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * PyTorch's eager operations through DJL: each call allocates its output, and a convolution brings
 * its weights into the layout it needs, every time. Variant {@code nhwc} has the channels of images
 * innermost in memory.
 */
public final class PyTorch implements Contender {
  private static final String NCHW = "nchw";
  private static final String NHWC = "nhwc";
  private static final String PLAIN = "plain";

  @Override
  public String name() {
    return "pytorch";
  }

  @Override
  public String version() {
    return PtEngine.getEngine(PtEngine.ENGINE_NAME).getVersion();
  }

  @Override
  public List<String> variants(Task task) {
    return switch (task.op()) {
      case CONV, CONV_BACKWARD_DATA, CONV_BACKWARD_WEIGHTS -> convVariants(task.conv());
      case MAX_POOL -> canPool(task.pool()) ? List.of(NCHW, NHWC) : List.of();
      // DJL's native part counts the padding, whatever it is told.
      case AVG_POOL ->
          canPool(task.pool()) && task.pool().padding().isNone() ? List.of(NCHW, NHWC) : List.of();
      case GEMM -> isPlain(task.gemm()) ? List.of(PLAIN) : List.of();
      case LINEAR -> task.linear().n() == 0 ? List.of() : List.of(PLAIN);
      case RELU, TANH, SOFTMAX -> List.of(PLAIN);
      default -> List.of();
    };
  }

  /** The layout with channels innermost is one of images. */
  private static List<String> convVariants(ConvShape s) {
    if (s.n() == 0 || !isSymmetric(s.padding())) {
      return List.of();
    }
    return s.rank() == 2 ? List.of(NCHW, NHWC) : List.of(NCHW);
  }

  private static boolean isSymmetric(Padding p) {
    return p.front() == p.back() && p.top() == p.bottom() && p.left() == p.right();
  }

  /** PyTorch pads by half the window at most; DJL passes no dilation on. */
  private static boolean canPool(PoolShape s) {
    return s.n() > 0
        && s.rank() == 2
        && !s.ceil()
        && isSymmetric(s.padding())
        && s.padding().top() <= s.kh() / 2
        && s.padding().left() <= s.kw() / 2
        && s.dilationH() == 1
        && s.dilationW() == 1;
  }

  private static boolean isPlain(GemmShape s) {
    return s.equals(GemmShape.of(s.m(), s.n(), s.k())) && s.flops() > 0;
  }

  @Override
  public Prepared prepare(Task task, String variant, int threads) {
    Operands arrays = new Operands(variant.equals(NHWC));
    JniUtils.setNumThreads(threads);
    JniUtils.setGradMode(false);
    return switch (task.op()) {
      case CONV, CONV_BACKWARD_DATA, CONV_BACKWARD_WEIGHTS -> conv(arrays, task);
      case MAX_POOL, AVG_POOL -> pool(arrays, task);
      case GEMM -> {
        GemmShape s = task.gemm();
        NDArray a = arrays.uniform(s.a(), Task.SEED_X);
        NDArray b = arrays.uniform(s.b(), Task.SEED_W);
        yield new Eager(arrays, () -> a.matMul(b));
      }
      case LINEAR -> {
        LinearShape s = task.linear();
        NDArray x = arrays.uniform(s.x(), Task.SEED_X);
        NDArray w = arrays.uniform(s.w(), Task.SEED_W);
        yield new Eager(arrays, () -> Linear.linear(x, w).singletonOrThrow());
      }
      case RELU, TANH, SOFTMAX -> map(arrays, task);
      default -> throw new IllegalArgumentException("no variant of " + task);
    };
  }

  private static Prepared conv(Operands arrays, Task task) {
    ConvShape s = task.conv();
    NDArray x = arrays.uniform(s.x(), Task.SEED_X);
    NDArray w = arrays.uniform(s.w(), Task.SEED_W);
    Shape stride = shape(s.strides());
    Shape padding = shape(s.paddingBefore());
    Shape dilation = shape(s.dilations());
    Supplier<NDList> forward =
        switch (s.rank()) {
          case 1 -> () -> Conv1d.conv1d(x, w, null, stride, padding, dilation, s.groups());
          case 2 -> () -> Conv2d.conv2d(x, w, null, stride, padding, dilation, s.groups());
          default -> () -> Conv3d.conv3d(x, w, null, stride, padding, dilation, s.groups());
        };
    return conv(arrays, task, x, w, () -> forward.get().singletonOrThrow());
  }

  private static Shape shape(int[] sizes) {
    return new Shape(IntStream.of(sizes).asLongStream().toArray());
  }

  private static Prepared conv(
      Operands arrays, Task task, NDArray x, NDArray w, Supplier<NDArray> forward) {
    ConvShape s = task.conv();
    return switch (task.op()) {
      case CONV -> new Eager(arrays, forward);
      case CONV_BACKWARD_DATA ->
          new Autograd(arrays, x, forward, arrays.uniform(s.y(), Task.SEED_DY));
      default -> new Autograd(arrays, w, forward, arrays.uniform(s.y(), Task.SEED_DY));
    };
  }

  private static Prepared pool(Operands arrays, Task task) {
    PoolShape s = task.pool();
    NDArray x = arrays.uniform(s.x(), Task.SEED_X);
    Shape kernel = new Shape(s.kh(), s.kw());
    Shape stride = new Shape(s.strideH(), s.strideW());
    Shape padding = new Shape(s.padding().top(), s.padding().left());
    return switch (task.op()) {
      case MAX_POOL ->
          new Eager(arrays, () -> x.getNDArrayInternal().maxPool(kernel, stride, padding, false));
      default ->
          new Eager(
              arrays, () -> x.getNDArrayInternal().avgPool(kernel, stride, padding, false, false));
    };
  }

  private static Prepared map(Operands arrays, Task task) {
    NDArray x = arrays.uniform(task.sizes(), Task.SEED_X);
    return switch (task.op()) {
      case RELU -> new Eager(arrays, () -> x.getNDArrayInternal().relu());
      case TANH -> new Eager(arrays, x::tanh);
      default -> new Eager(arrays, () -> x.softmax(1));
    };
  }
}
