package io.lanewise.rivals.dl4j;

import io.lanewise.benchmarks.contender.Contender;
import io.lanewise.benchmarks.contender.Prepared;
import io.lanewise.benchmarks.contender.Task;
import io.lanewise.kernels.shape.GemmShape;
import io.lanewise.kernels.shape.LinearShape;
import io.lanewise.kernels.tensor.Shape;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Properties;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.scalar.RectifiedLinear;
import org.nd4j.linalg.api.ops.impl.transforms.custom.SoftMax;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Tanh;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOpsHolder;

/**
 * The operations that DL4J's layers run, on ND4J's native backend, each into an array that is there
 * already. Products are BLAS calls whose result has its columns next to each other: ND4J copies it
 * otherwise.
 */
public final class Dl4j implements Contender {
  private static final String NCHW = "nchw";
  private static final String PLAIN = "plain";

  @Override
  public String name() {
    return "dl4j";
  }

  @Override
  public String version() {
    String file = "/META-INF/maven/org.nd4j/nd4j-native/pom.properties";
    Properties properties = new Properties();
    try (InputStream in = Dl4j.class.getResourceAsStream(file)) {
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties.getProperty("version");
  }

  @Override
  public List<String> variants(Task task) {
    return switch (task.op()) {
      case CONV -> Images.canConvolve(task.conv()) ? List.of(NCHW) : List.of();
      case MAX_POOL, AVG_POOL -> Images.canPool(task.pool()) ? List.of(NCHW) : List.of();
      case GEMM -> isPlain(task.gemm()) ? List.of(PLAIN) : List.of();
      case LINEAR -> task.linear().n() == 0 ? List.of() : List.of(PLAIN);
      case RELU, TANH, SOFTMAX -> List.of(PLAIN);
      default -> List.of();
    };
  }

  private static boolean isPlain(GemmShape s) {
    return s.equals(GemmShape.of(s.m(), s.n(), s.k())) && s.flops() > 0;
  }

  @Override
  public Prepared prepare(Task task, String variant, int threads) {
    OpenBlasCore.choose();
    setThreads(threads);
    return switch (task.op()) {
      case CONV -> Images.conv(task.conv());
      case MAX_POOL, AVG_POOL -> Images.pool(task.pool(), task.op());
      case GEMM -> {
        GemmShape s = task.gemm();
        yield product(s.a(), s.b(), false, s.c());
      }
      case LINEAR -> {
        LinearShape s = task.linear();
        yield product(s.x(), s.w(), true, s.y());
      }
      case RELU, TANH, SOFTMAX -> map(task);
      default -> throw new IllegalArgumentException("no variant of " + task);
    };
  }

  /** ND4J's own loops, the OpenMP under them and under oneDNN, and OpenBLAS. */
  private static void setThreads(int threads) {
    Nd4j.getEnvironment().setMaxThreads(threads);
    Nd4j.getEnvironment().setMaxMasterThreads(threads);
    NativeOpsHolder.getInstance().getDeviceNativeOps().setOmpNumThreads(threads);
    Nd4j.factory().blas().setMaxThreads(threads);
  }

  private static Prepared product(Shape left, Shape right, boolean transpose, Shape result) {
    Nd4jRun run = new Nd4jRun(result, 'f');
    INDArray a = run.uniform(left, Task.SEED_X);
    INDArray b = run.uniform(right, Task.SEED_W);
    INDArray c = run.result();
    return run.of(() -> Nd4j.gemm(a, b, c, false, transpose, 1, 0));
  }

  private static Prepared map(Task task) {
    Nd4jRun run = new Nd4jRun(task.sizes(), 'c');
    INDArray x = run.uniform(task.sizes(), Task.SEED_X);
    return switch (task.op()) {
      case RELU -> run.of(new RectifiedLinear(x, run.result()));
      case TANH -> run.of(new Tanh(x, run.result()));
      default -> run.of(new SoftMax(x, run.result(), 1));
    };
  }
}
