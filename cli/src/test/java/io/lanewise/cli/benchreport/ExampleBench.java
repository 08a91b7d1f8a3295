package io.lanewise.cli.benchreport;

import io.lanewise.benchmarks.ShapeFile;
import io.lanewise.benchmarks.contender.Op;
import io.lanewise.benchmarks.result.BenchResult;
import io.lanewise.benchmarks.result.ContenderInfo;
import io.lanewise.benchmarks.result.HostInfo;
import io.lanewise.benchmarks.result.JvmInfo;
import io.lanewise.benchmarks.result.MemoryLevel;
import io.lanewise.benchmarks.result.Row;
import io.lanewise.benchmarks.result.Sample;
import io.lanewise.benchmarks.result.Settings;
import io.lanewise.benchmarks.result.Use;
import io.lanewise.kernels.shape.ConvShape;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Made-up results of ResNet-50's convolutions as a real run could leave them: ours in three
 * variants, a scalar baseline, two rivals, one of which fails here and there.
 */
final class ExampleBench {
  static final HostInfo HOST =
      new HostInfo(
          "Example(R) CPU @ 2.20GHz", "amd64", 2, 48 << 10, 2 << 20, 32L << 20, "Linux 6.1.0");
  static final String CRASH = "the process ended with status 134: munmap_chunk(): invalid pointer";
  private static final int FORKS = 3;
  private static final int ROUNDS = 5;

  private final Random random = new Random(3);
  private final List<Row> rows = new ArrayList<>();

  private ExampleBench() {}

  /** 23 tasks on one thread and on two. */
  static BenchResult resnet() {
    return with(new ExampleBench().convolutions("resnet50"));
  }

  /** The convolutions of three networks, each in six ways, on one thread and on two. */
  static BenchResult large() {
    List<Row> rows = new ArrayList<>();
    for (String file : List.of("lenet5", "resnet50", "vgg16", "mobilenetv1")) {
      rows.addAll(new ExampleBench().convolutions(file));
    }
    return with(rows);
  }

  /** A result with these rows and the rest as always. */
  static BenchResult with(List<Row> rows) {
    return with(
        rows,
        List.of(
            new ContenderInfo("lanewise", "0.1.0-SNAPSHOT, SIMD 512 bit"),
            new ContenderInfo("lanewise-scalar", "0.1.0-SNAPSHOT, scalar"),
            new ContenderInfo("onednn", "3.11.0"),
            new ContenderInfo("onnxruntime", "1.29.0")));
  }

  static BenchResult with(List<Row> rows, List<ContenderInfo> contenders) {
    return new BenchResult(
        BenchResult.VERSION,
        "2026-11-22T05:30:00Z",
        HOST,
        new JvmInfo(
            "OpenJDK 64-Bit Server VM",
            "25.0.3+9-LTS",
            List.of("--add-modules=jdk.incubator.vector", "-Xmx4g")),
        "a07b8fce55f5a2e2ccd2d6ab53a5dbb0d6a5a4ff",
        new Settings(
            List.of("--op", "conv", "--shapes", "resnet50", "--rivals", "--threads", "1,2"),
            List.of(Op.CONV),
            List.of("resnet50"),
            List.of(),
            List.of(1, 2),
            FORKS,
            ROUNDS,
            30,
            300),
        contenders,
        rows);
  }

  /** A row with the given samples, of which nothing failed. */
  static Row row(Op op, String shape, String contender, String variant, Sample... samples) {
    return new Row(
        op,
        shape,
        List.of(new Use("resnet50", 1)),
        2_000_000,
        1_000_000,
        MemoryLevel.L2,
        contender,
        variant,
        1,
        2.1e-7,
        2.1e-7,
        null,
        List.of(samples),
        null);
  }

  /** A row of which nothing was measured. */
  static Row failed(Op op, String shape, String contender, String variant, String why) {
    return new Row(
        op,
        shape,
        List.of(new Use("resnet50", 1)),
        2_000_000,
        1_000_000,
        MemoryLevel.L2,
        contender,
        variant,
        1,
        null,
        null,
        null,
        List.of(),
        why);
  }

  private List<Row> convolutions(String file) {
    try {
      for (ShapeFile.Entry<ConvShape> entry : ShapeFile.open(file).convs()) {
        Use use = new Use(file, entry.count());
        for (int threads : new int[] {1, 2}) {
          task(entry.shape(), use, threads);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return rows;
  }

  private void task(ConvShape shape, Use use, int threads) {
    boolean three = shape.kh() == 3;
    boolean small = shape.oh() <= 7;
    double base = shape.isDepthwise() ? 0.08 : small ? 0.66 : 0.85;
    add(shape, use, threads, "lanewise", "im2col", base * 0.6, 2.1e-7);
    if (three && !shape.isDepthwise()) {
      add(shape, use, threads, "lanewise", "winograd-f4x4", small ? 0.45 : 1.6, 2.9e-6);
      add(shape, use, threads, "lanewise", "direct", base, 1.8e-7);
    }
    add(shape, use, threads, "lanewise-scalar", "im2col", 0.05, 2.1e-7);
    add(shape, use, threads, "onednn", "blocked", base * 1.02, 2.4e-7);
    add(shape, use, threads, "onednn", "nchw", base * 0.75, 2.4e-7);
    if (threads == 2 && shape.ih() == 14 && three) {
      rows.add(row(shape, use, threads, "onnxruntime", "default", null, List.of(), CRASH));
    } else if (shape.oc() != 2048) {
      add(shape, use, threads, "onnxruntime", "default", base * 0.8, 3.3e-7);
    }
  }

  private void add(
      ConvShape shape,
      Use use,
      int threads,
      String name,
      String variant,
      double share,
      double error) {
    List<Sample> samples = new ArrayList<>();
    double own = share * (1 + 0.1 * random.nextGaussian());
    double copy = copy(level(shape, threads));
    for (int fork = 1; fork <= FORKS; fork++) {
      double mood = 1 + 0.03 * random.nextGaussian();
      for (int round = 1; round <= ROUNDS; round++) {
        double peak = threads * 131 * (1 + 0.02 * random.nextGaussian());
        double gbs = threads * copy * (1 + 0.04 * random.nextGaussian());
        double nanos = shape.flops() / (peak * own * mood * (1 + 0.02 * random.nextGaussian()));
        samples.add(new Sample(fork, round, nanos, peak, gbs));
      }
    }
    rows.add(row(shape, use, threads, name, variant, error, samples, null));
  }

  private static Row row(
      ConvShape shape,
      Use use,
      int threads,
      String name,
      String variant,
      Double error,
      List<Sample> samples,
      String failure) {
    return new Row(
        Op.CONV,
        shape.toString(),
        List.of(use),
        shape.flops(),
        bytes(shape),
        level(shape, threads),
        name,
        variant,
        threads,
        error,
        error == null ? null : error / 4,
        ContenderInfo.ours(name) ? 0L : null,
        samples,
        failure);
  }

  private static double copy(MemoryLevel level) {
    return switch (level) {
      case L1 -> 61;
      case L2 -> 57;
      case L3 -> 20;
      case MEMORY -> 11;
    };
  }

  private static MemoryLevel level(ConvShape shape, int threads) {
    return MemoryLevel.of(bytes(shape), threads, HOST);
  }

  private static long bytes(ConvShape shape) {
    return 4L * (shape.x().size() + shape.w().size() + shape.y().size());
  }
}
